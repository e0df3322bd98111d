"""What a build would be made from, in one hash: the same hash, the same build."""

from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from flows.build import SEEDS, TOOLS
from flows.publish.release.checksums import file_hash
from flows.settings import PROJECT

CODE = {".py", ".toml", ".md", ".sql"}


def inputs_hash(documents: Path, *asked: object) -> str | None:
    """The hash of the documents, of all files in `seeds`, of the code and the packages that read
    and write, and of what is `asked` of the run; None when a file cannot be read."""
    digest = sha256(repr([asked, [version(tool) for tool in TOOLS]]).encode())
    try:
        for name, file in _files(documents):
            digest.update(f"{name}\0{file_hash(file)}\n".encode("utf-8", "surrogateescape"))
    except OSError:
        return None
    return digest.hexdigest()


def _files(documents: Path) -> Iterator[tuple[str, Path]]:
    for file in sorted(documents.iterdir()):
        if file.is_file() and not file.name.startswith("."):
            yield f"documents/{file.name}", file
    for folder in (SEEDS, PROJECT / "flows", PROJECT / "schemas", PROJECT / "warehouse" / "sql"):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and (folder == SEEDS or file.suffix in CODE):
                yield file.relative_to(PROJECT).as_posix(), file
