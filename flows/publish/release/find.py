"""Where a release or build is that somebody names."""

from pathlib import Path

from flows.ground.problems import Problem, Refused
from flows.publish.release.catalogue import Entry, aliases, read_catalogue
from flows.publish.release.edition import Edition, read_edition

BUILD = "build"


def find_entry(name: str, releases: Path) -> Entry | None:
    """The release with that version or alias, if there is one. Raises Refused for a damaged
    catalogue."""
    entries = read_catalogue(releases)
    version = aliases(entries).get(name, name)
    return next((entry for entry in entries if entry["version"] == version), None)


def find_edition(name: str, warehouse: Path) -> Edition:
    """The release of that version or alias, the current build for `build`, else what is in the
    folder of that name. Raises Refused when there is none, or it is withdrawn."""
    if name == BUILD:
        return read_edition(warehouse / "current", BUILD)
    releases = warehouse / "releases"
    entry = find_entry(name, releases)
    if entry is None and Path(name).is_dir():
        return read_edition(Path(name), name)
    if entry is None:
        remedy = f"`idm releases` lists them; `{BUILD}` is the current build."
        raise Refused([Problem(name, None, "There is no such release or folder.", remedy)])
    if entry["status"] == "withdrawn":
        what = f"was withdrawn: {entry['reason']}"
        raise Refused([Problem(name, None, what, "Its data is not kept.")])
    return read_edition(releases / entry["version"], entry["version"])
