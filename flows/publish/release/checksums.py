"""SHA256SUMS: the hash of every file of a release, as `sha256sum -c` reads them."""

from hashlib import sha256
from pathlib import Path

NAME = "SHA256SUMS"


def write_checksums(folder: Path) -> None:
    """Writes `<folder>/SHA256SUMS` over all other files in the folder, sorted by path."""
    lines = [f"{file_hash(folder / path)}  {path}\n" for path in _files(folder)]
    (folder / NAME).write_text("".join(lines), encoding="utf-8", newline="\n")


def read_checksums(folder: Path) -> dict[str, str]:
    """Path → SHA-256 (hex), as SHA256SUMS has them. Raises OSError when there is none."""
    lines = (folder / NAME).read_text(encoding="utf-8").splitlines()
    return {path: digest for digest, _, path in (line.partition("  ") for line in lines)}


def differing_files(folder: Path) -> list[str]:
    """Paths of files that are missing, changed or not listed in SHA256SUMS; none if it is whole."""
    if not (folder / NAME).is_file():
        return [NAME]
    listed = read_checksums(folder)
    present = {path: file_hash(folder / path) for path in _files(folder)}
    return sorted({path for path, _ in listed.items() ^ present.items()})


def _files(folder: Path) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file() and path != folder / NAME]
    return sorted(path.relative_to(folder).as_posix() for path in files)


def file_hash(file: Path) -> str:
    """SHA-256 (hex) of a file."""
    with file.open("rb") as content:
        digest = sha256()
        while block := content.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
