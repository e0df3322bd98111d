"""Withdrawing a release: its data goes, its manifest and the reason stay.

The catalogue is replaced first: from then on the release is withdrawn, and whatever of it a killed
run has left is removed by the next one.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path

from flows.ground.files import replace_file, unwritable
from flows.ground.problems import Problem, Refused
from flows.publish.release.catalogue import (
    TOMBSTONE,
    Entry,
    FileEntry,
    files_of,
    latest_of,
    read_catalogue,
    with_unlisted,
    write_catalogue,
)
from flows.publish.release.checksums import NAME, differing_files, write_checksums
from flows.publish.release.edition import MANIFEST

KEPT = {MANIFEST, TOMBSTONE, NAME}


def withdraw(version: str, warehouse: Path, reason: str) -> str | None:
    """Withdraws a release, and returns which is the latest now.

    `reason` is one line. The caller keeps other writers out (`flows.ground.lock.only_writer`).
    Raises Refused when there is no such release, or it is withdrawn already.
    """
    releases = warehouse / "releases"
    try:
        entries = with_unlisted(read_catalogue(releases), releases)
        place = next((n for n, e in enumerate(entries) if e["version"] == version), None)
        if place is None:
            raise Refused([_no(version, releases)])
        if entries[place]["status"] == "withdrawn":
            what = f"is withdrawn already: {entries[place]['reason']}"
            raise Refused([Problem(version, None, what, "Nothing is left to do.")])
        withdrawn = entries[place].copy()
        withdrawn.update({"status": "withdrawn", "reason": reason, "files": []})
        entries[place] = withdrawn
        write_catalogue(entries, releases)
        finish_withdrawals(entries, releases)
        latest = latest_of(entries)
        return latest and latest["version"]
    except OSError as error:
        raise unwritable(warehouse, error) from error


def finish_withdrawals(entries: Sequence[Entry], releases: Path) -> list[Entry]:
    """Removes what is left of the data of withdrawn releases, and enters the files that stay."""
    finished = []
    for entry in entries:
        if entry["status"] == "withdrawn":
            entry = entry.copy()
            entry["files"] = _emptied(releases / entry["version"], str(entry["reason"]))
        finished.append(entry)
    if finished != list(entries):
        write_catalogue(finished, releases)
    return finished


def _emptied(folder: Path, reason: str) -> list[FileEntry]:
    """The files of a withdrawn release, once there are no others."""
    page = f"# Withdrawn\n\n{reason}\n\nThe data is gone; {MANIFEST} says what it was.\n"
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    if there != KEPT or differing_files(folder):
        replace_file(folder / TOMBSTONE, page)
        for path in folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name not in KEPT:
                path.unlink()
        write_checksums(folder)
    return files_of(folder)


def _no(version: str, releases: Path) -> Problem:
    remedy = "Name the whole version; `idm releases` lists them."
    return Problem(version, None, f"There is no such release in {releases}.", remedy)
