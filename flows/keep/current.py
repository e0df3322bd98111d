"""Whether a run would make what is there already: told by its inputs alone, before any is read.

The last run leaves in `current.json` a hash of all that it was made from, and hashes of all that
it made. When both are still the same, there is nothing to do.
"""

import json
import stat
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from flows.ground.files import replace_file
from flows.ground.problems import Problem
from flows.ground.record import Build, read_build
from flows.ingest import is_document
from flows.ingest.register import REGISTER_NAME
from flows.keep import program
from flows.publish.release.catalogue import CATALOGUE
from flows.publish.release.checksums import differing_files, file_hash
from flows.store.plan import file_hashes
from flows.store.switch import PARTS

FILE = "current.json"


@dataclass(frozen=True)
class Current:
    """What is there: the build, the inputs that were refused, the release if one was asked for."""

    build: Build
    refused: Sequence[Problem]
    version: str | None


def hash_of_inputs(documents: Path, files: Iterable[Path], asked: object) -> str | None:
    """SHA-256 (hex) of all that a run is made from: the program, the documents and their register,
    the other `files`, and what is `asked` for (JSON values).

    None when it cannot be told: then the run has to say why.
    """
    if not program.is_as_started():
        return None
    digest = sha256(json.dumps([program.STARTED, str(documents), asked]).encode())
    try:
        for path in sorted(documents.iterdir()):
            if is_document(path) or path.name == REGISTER_NAME:
                mode = path.stat().st_mode
                content = file_hash(path) if stat.S_ISREG(mode) else ""  # a pipe might never end
                digest.update(f"{path.name!a} {mode} {content}\n".encode())
        digest.update(program.hash_of_files(files).encode())
    except OSError:
        return None
    return digest.hexdigest()


def current(warehouse: Path, folder: Path, inputs: str | None) -> Current | None:
    """What these inputs came to, if it is what the warehouse holds now, and holds it whole.

    `folder` is that of what is kept.
    """
    try:
        known = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if inputs is None or known["inputs"] != inputs:
            return None
        there = (warehouse / "current").resolve(strict=True)
        build = read_build(there)
        if (
            known["hashes"] != _hashes(build)
            or any(not (warehouse / part).samefile(there / part) for part in PARTS)
            or known["releases"] != _releases(warehouse)
        ):
            return None
        version = known["version"]
        if version is not None and differing_files(warehouse / "releases" / version):
            return None
        return Current(build, [Problem(**problem) for problem in known["refused"]], version)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def note(warehouse: Path, folder: Path, made: Current, inputs: str | None) -> None:
    """Notes what these inputs came to. What the disk does not take is worked out again."""
    if inputs is None:
        return
    facts = {
        "inputs": inputs,
        "hashes": _hashes(made.build),
        "releases": _releases(warehouse),
        "refused": [asdict(problem) for problem in made.refused],
        "version": made.version,
    }
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        replace_file(folder / FILE, json.dumps(facts, ensure_ascii=False, indent=1) + "\n")


def _hashes(build: Build) -> Mapping[str, object]:
    """The files of a build, by their hashes."""
    return {
        "build.json": file_hash(build.folder / "build.json"),
        "database": file_hash(build.database),
        "parquet": file_hashes(build.parquet, build.rows),
    }


def _releases(warehouse: Path) -> Sequence[str]:
    """Which releases there are, and what the catalogue says of them."""
    releases = warehouse / "releases"
    if not releases.is_dir():
        return []
    names = sorted(path.name for path in releases.iterdir())
    return [*names, file_hash(releases / CATALOGUE) if (releases / CATALOGUE).exists() else ""]
