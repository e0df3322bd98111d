"""A build → a release: a folder that is complete, checked, and never written again.

<warehouse>/releases/.<version>.partial/   being written
<warehouse>/releases/<version>/            a release: the rename is the one step that makes it
<warehouse>/releases/catalog.json          all releases; replaced last, in one step
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows.files import only_writer, rename_folder, staged, unwritable
from flows.problems import Problem, Refused
from flows.publish.catalogue import entry_of, read_catalogue, with_unlisted, write_catalogue
from flows.publish.contents import check_contents, write_contents
from flows.publish.versions import next_version

if TYPE_CHECKING:
    from flows.store import Build

__all__ = ["Release", "publish"]


@dataclass(frozen=True)
class Release:
    """A release in its `folder`. `unchanged`: it was there already and nothing was written."""

    version: str
    folder: Path
    unchanged: bool


def publish(build: "Build", warehouse: Path, date: str | None = None) -> Release:
    """Publishes a build as the next release of a warehouse; the latest when that holds the same.

    `date` (ISO 8601) is the date of the release, where one is to be stated. Raises Refused when
    the warehouse cannot be written, another run is writing to it, or what is there does not fit
    together; catalogue and releases then stay as they were.
    """
    releases = warehouse / "releases"
    try:
        with only_writer(warehouse):
            _check_there(build)
            releases.mkdir(exist_ok=True)
            listed = read_catalogue(releases)
            entries = with_unlisted(listed, releases)
            if entries != listed:
                write_catalogue(entries, releases)
            latest = entries[0] if entries else None
            version = next_version(latest, build)
            if latest is not None and version is None:
                version = latest["version"]
                return Release(version, releases / version, unchanged=entries == listed)
            assert version is not None
            folder = releases / version
            with staged(releases, f".{version}") as partial:
                write_contents(build, version, date, partial)
                check_contents(build, partial)
                entry = entry_of(partial, version)
                rename_folder(partial, folder)
            write_catalogue([entry, *entries], releases)
            return Release(version, folder, unchanged=False)
    except OSError as error:
        raise unwritable(warehouse, error) from error


def _check_there(build: "Build") -> None:
    """Refuses a build that another run has replaced since it was made."""
    if not build.database.is_file():
        what = "is not there any more: another run has put its build in the place of this one."
        raise Refused([Problem(str(build.folder), None, what, "Run again.")])
