"""A build → a release: a folder that is complete, checked, and never written again.

<warehouse>/releases/.next.partial/   being written
<warehouse>/releases/<version>/       a release: the rename is the one step that makes it
<warehouse>/releases/catalog.json     all releases; replaced last, in one step

The data is written first and compared with the latest release; what differs decides the version,
and whether there is a release at all.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from flows.ground.files import rename_folder, staged, unwritable
from flows.ground.problems import Problem, Refused
from flows.ground.record import Build
from flows.publish.compare.decision import decide
from flows.publish.compare.versions import Reason
from flows.publish.contents import check_data, write_data, write_pages
from flows.publish.describe.changelog import CHANGELOG, changelog
from flows.publish.describe.database import tell_database
from flows.publish.describe.manifest import manifest
from flows.publish.release.about import read_about
from flows.publish.release.catalogue import (
    entry_of,
    latest_of,
    read_catalogue,
    with_unlisted,
    write_catalogue,
)
from flows.publish.release.edition import MANIFEST, read_manifest
from flows.publish.release.terms import Terms
from flows.publish.release.withdraw import finish_withdrawals
from schemas.texts import Texts, texts_of

__all__ = ["Release", "Terms", "publish", "texts_to_carry"]


@dataclass(frozen=True)
class Release:
    """A release in its `folder`, and the `reasons` for its version. `unchanged`: it was there
    already and nothing was written."""

    version: str
    folder: Path
    unchanged: bool
    reasons: Sequence[Reason] = ()


def publish(
    build: Build,
    warehouse: Path,
    terms: Terms | None = None,
    withdrawn: Collection[str] = (),
) -> Release:
    """Publishes a build as the next release of a warehouse; the latest when nothing differs.

    `withdrawn` are the entities that nothing in it may name. The caller keeps other writers out
    (`flows.ground.lock.only_writer`). Raises Refused when the warehouse cannot be written, what
    is there does not fit together, or the terms do not allow the release; catalogue and releases
    then stay as they were.
    """
    releases = warehouse / "releases"
    terms = terms or Terms()
    terms = replace(terms, date=terms.date or _date_of(build.record))
    try:
        _check_there(build)
        releases.mkdir(exist_ok=True)
        listed = read_catalogue(releases)
        entries = with_unlisted(listed, releases)
        if entries != listed:
            write_catalogue(entries, releases)
        entries = finish_withdrawals(entries, releases)
        with staged(releases, ".next") as partial:
            write_data(build, partial)
            check_data(build, partial)
            decision = decide(build, partial, releases, entries, terms, withdrawn)
            if decision.version is None:
                latest = str(decision.previous)
                return Release(latest, releases / latest, unchanged=entries == listed)
            folder = releases / decision.version
            about = read_about()
            tell_database(partial, build, about, terms, decision, releases)
            more = {
                CHANGELOG: changelog(decision, terms, build.record, releases),
                MANIFEST: manifest(build, about, terms, decision),
            }
            write_pages(build, about, decision.version, terms.date, more, partial)
            entry = entry_of(partial)
            rename_folder(partial, folder)
        write_catalogue([entry, *entries], releases)
        return Release(decision.version, folder, False, decision.reasons)
    except (OSError, duckdb.IOException) as error:
        raise unwritable(warehouse, error) from error


def texts_to_carry(warehouse: Path, terms: Terms | None) -> Texts:
    """How much of the documents the next release of a warehouse carries: what the terms say, else
    as much as the latest, else all. Nobody publishes more than before by leaving an option out.

    Raises Refused when the catalogue or the latest release cannot be read.
    """
    if terms is not None and terms.texts is not None:
        return terms.texts
    releases = warehouse / "releases"
    latest = latest_of(read_catalogue(releases))
    if latest is None:
        return "full"
    return texts_of(read_manifest(releases / latest["version"]))


def _date_of(record: Mapping[str, Any]) -> str | None:
    """When the newest document was entered, else the commit was made."""
    date: str | None = record.get("date") or (record.get("commit") or {}).get("date")
    return date


def _check_there(build: Build) -> None:
    """Refuses a build that another run has replaced since it was made."""
    if not build.database.is_file():
        what = "is not there any more: another run has put its build in the place of this one."
        raise Refused([Problem(str(build.folder), None, what, "Run again.")])
