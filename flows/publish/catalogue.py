"""catalog.json: all releases, newest first, and which is the latest.

All that it says of a release is read from the release's own folder, so that a folder which a
killed run could not enter any more is entered by the next.
"""

import json
import re
from pathlib import Path
from typing import TypedDict

import duckdb

from flows.files import replace_file
from flows.problems import Problem, Refused
from flows.publish.checksums import NAME, differing_files, file_hash, read_checksums
from flows.publish.versions import number

CATALOGUE = "catalog.json"
VERSION = re.compile(r"\d+\.\d+\.\d+")


class TableEntry(TypedDict):
    table: str
    rows: int
    logical_sha256: str


class FileEntry(TypedDict):
    path: str
    bytes: int
    sha256: str


class Entry(TypedDict):
    """A release: `tables` in the order of their names, `files` by path."""

    version: str
    status: str
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
    try:
        entries: list[Entry] = json.loads(file.read_text(encoding="utf-8"))["releases"]
        missing = [
            entry["version"] for entry in entries if not (releases / entry["version"]).is_dir()
        ]
    except (ValueError, KeyError, TypeError) as error:
        what = f"is not a catalogue of releases: {type(error).__name__}: {error}."
        remedy = "Move it away: the next run makes it anew from the release folders."
        raise Refused([Problem(str(file), None, what, remedy)]) from error
    if missing:
        what = "is in the catalogue, but its folder is missing."
        remedy = f"Put the folder back, or move {CATALOGUE} away: the next run makes it anew."
        raise Refused([Problem(str(releases / version), None, what, remedy) for version in missing])
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
    found = [entry_of(folder, folder.name) for folder in unlisted]
    return sorted([*entries, *found], key=lambda entry: number(entry["version"]), reverse=True)


def entry_of(folder: Path, version: str) -> Entry:
    """The entry of the release in a folder. Raises Refused when it cannot be read."""
    try:
        with duckdb.connect(folder / "idm.duckdb", read_only=True) as connection:
            facts = dict(connection.execute("from build").fetchall())
            tables = connection.execute("from build_tables order by table_name").fetchall()
    except duckdb.Error as error:
        what = f"is not the database of a release: {error}."
        problem = Problem(str(folder / "idm.duckdb"), None, what, "Move the folder away.")
        raise Refused([problem]) from error
    return {
        "version": version,
        "status": "published",
        "schema_sha256": facts["schema_sha256"],
        "sql_sha256": facts["sql_sha256"],
        "tables": [
            {"table": name, "rows": rows, "logical_sha256": digest} for name, rows, digest in tables
        ],
        "files": [
            {"path": path, "bytes": (folder / path).stat().st_size, "sha256": digest}
            for path, digest in sorted(
                {**read_checksums(folder), NAME: file_hash(folder / NAME)}.items()
            )
        ],
    }


def write_catalogue(entries: list[Entry], releases: Path) -> None:
    """Puts a catalogue of these releases, newest first, in the place of the last, in one step."""
    catalogue = {"latest": entries[0]["version"], "releases": entries}
    text = json.dumps(catalogue, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    replace_file(releases / CATALOGUE, text)
