"""catalog.json: all releases, newest first, and which version an alias means.

All that it says of a release is read from the release's own folder, so that a folder which a
killed run could not enter any more is entered by the next.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from flows.ground.files import replace_file
from flows.ground.problems import Problem, Refused
from flows.publish.release.checksums import NAME, differing_files, file_hash, read_checksums
from flows.publish.release.edition import read_manifest
from flows.publish.release.number import number

CATALOGUE = "catalog.json"
VERSION = re.compile(r"\d+\.\d+\.\d+")
TOMBSTONE = "WITHDRAWN.md"


class TableEntry(TypedDict):
    """A table of a release: how many rows it has, and the hash of their values (hex)."""

    table: str
    rows: int
    logical_sha256: str


class FileEntry(TypedDict):
    """A file of a release: its path there, its size in bytes and the hash of its bytes (hex)."""

    path: str
    bytes: int
    sha256: str


class Entry(TypedDict):
    """A release: `tables` in the order of their names, `files` by path. `status` is `published`
    or `withdrawn`; `reason` says why it was withdrawn."""

    version: str
    date: str | None
    status: str
    reason: str | None
    schema_sha256: str
    sql_sha256: str
    tables: list[TableEntry]
    files: list[FileEntry]


def read_catalogue(releases: Path) -> list[Entry]:
    """The releases in the catalogue, newest first; none when there is no catalogue.

    Raises Refused when it cannot be understood, or when a release's folder is not there.
    """
    file = releases / CATALOGUE
    if not file.exists():
        return []
    entries = entries_of(file.read_bytes(), str(file))
    missing = [entry["version"] for entry in entries if not (releases / entry["version"]).is_dir()]
    if missing:
        what = "is in the catalogue, but its folder is missing."
        remedy = f"Put the folder back, or move {CATALOGUE} away: the next run makes it anew."
        raise Refused([Problem(str(releases / version), None, what, remedy) for version in missing])
    return entries


def entries_of(catalogue: bytes, name: str) -> list[Entry]:
    """The releases that a catalogue lists. Raises Refused, with its `name`, when it cannot be
    understood."""
    try:
        entries: list[Entry] = json.loads(catalogue.decode())["releases"]
        for entry in entries:
            number(entry["version"])
            entry["status"], entry["tables"], entry["files"]
    except (ValueError, KeyError, TypeError) as error:
        what = f"is not a catalogue of releases: {type(error).__name__}: {error}."
        remedy = "Move it away: the next run makes it anew from the release folders."
        raise Refused([Problem(name, None, what, remedy)]) from error
    return entries


def with_unlisted(entries: list[Entry], releases: Path) -> list[Entry]:
    """The entries, and those of whole release folders that are not among them, newest first.

    Raises Refused when such a folder is not whole.
    """
    listed = {entry["version"] for entry in entries}
    unlisted = [
        folder
        for folder in releases.iterdir()
        if folder.is_dir() and VERSION.fullmatch(folder.name) and folder.name not in listed
    ]
    problems = [
        Problem(
            str(folder),
            None,
            f"is not in {CATALOGUE}, and not whole: {', '.join(differing)} missing, changed or"
            f" not in {NAME}.",
            "Move the folder away.",
        )
        for folder in unlisted
        if (differing := differing_files(folder))
    ]
    if problems:
        raise Refused(problems)
    found = [entry_of(folder) for folder in unlisted]
    return sorted([*entries, *found], key=lambda entry: number(entry["version"]), reverse=True)


def entry_of(folder: Path) -> Entry:
    """The entry of the release in a folder. Raises Refused when it cannot be read."""
    facts = read_manifest(folder)
    tombstone = folder / TOMBSTONE
    reason = tombstone.read_text("utf-8").splitlines()[2] if tombstone.is_file() else None
    return {
        "version": facts["version"],
        "date": facts["date"],
        "status": "published" if reason is None else "withdrawn",
        "reason": reason,
        "schema_sha256": facts["schema_sha256"],
        "sql_sha256": facts["sql_sha256"],
        "tables": facts["tables"],
        "files": files_of(folder),
    }


def files_of(folder: Path) -> list[FileEntry]:
    """The files of a release, as its SHA256SUMS has them, and that file itself."""
    hashes = {**read_checksums(folder), NAME: file_hash(folder / NAME)}
    return [
        {"path": path, "bytes": (folder / path).stat().st_size, "sha256": digest}
        for path, digest in sorted(hashes.items())
    ]


def latest_of(entries: Sequence[Entry]) -> Entry | None:
    """The newest release that is not withdrawn, if there is one."""
    return next((entry for entry in entries if entry["status"] == "published"), None)


def aliases(entries: Sequence[Entry]) -> dict[str, str]:
    """What `latest`, `1` and `1.2` mean: the newest release of that name that is not withdrawn."""
    meant: dict[str, str] = {}
    for entry in entries:
        if entry["status"] == "published":
            major, minor, _ = number(entry["version"])
            for alias in ("latest", f"{major}", f"{major}.{minor}"):
                meant.setdefault(alias, entry["version"])
    return meant


def write_catalogue(entries: Sequence[Entry], releases: Path) -> None:
    """Puts a catalogue of these releases, newest first, in the place of the last, in one step."""
    replace_file(releases / CATALOGUE, catalogue_of(entries))


def catalogue_of(entries: Sequence[Entry]) -> str:
    """The catalogue of these releases, newest first, as JSON."""
    meant = aliases(entries)
    catalogue = {"aliases": meant, "latest": meant.get("latest"), "releases": entries}
    return json.dumps(catalogue, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
