"""Whether a build becomes a release, and which: what differs, and what is allowed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flows.ground.problems import Problem, Refused
from flows.ground.record import Build
from flows.publish.compare.declarations import Change
from flows.publish.compare.rows import Difference, compare
from flows.publish.compare.versions import Reason, next_version, reasons_of
from flows.publish.release.about import read_about
from flows.publish.release.catalogue import Entry, latest_of
from flows.publish.release.edition import CHANGES, described, edition_of, read_edition
from flows.publish.release.terms import Terms
from flows.withhold.people import mask_of


@dataclass(frozen=True)
class Decision:
    """The version of the next release, and why.

    `version` is None when nothing differs from the latest release, which is `previous`; that is
    None when there is none. `worse` tells, a line each, what there is less of than in the latest.
    """

    version: str | None
    previous: str | None
    reasons: Sequence[Reason] = ()
    worse: Sequence[str] = ()


def decide(
    build: Build,
    data: Path,
    releases: Path,
    entries: Sequence[Entry],
    terms: Terms,
    withdrawn: Collection[str],
) -> Decision:
    """Compares the data of the next release with the latest one, and decides on its version.

    `data` is the folder with the data of the next release, where changes.parquet is written too;
    `entries` are the releases there are, newest first. Raises Refused when no rule explains a
    difference, or the terms do not allow it.
    """
    latest = latest_of(entries)
    if latest is None:
        old, previous, hashes = None, None, {}
    else:
        previous = latest["version"]
        old = read_edition(releases / previous, previous)
        hashes = {table["table"]: table["logical_sha256"] for table in latest["tables"]}
    new = edition_of(data, "the build", described(read_about()), build.record)
    mask = mask_of(withdrawn, old.folder) if old else None
    difference = compare(old, new, data / CHANGES, mask)
    if entries and old is None:
        difference = replace(difference, structure=[Change("history_withdrawn")])
    reasons = reasons_of(difference)
    if old is not None and not reasons:
        if hashes != dict(build.logical_sha256):
            what = f"holds other rows than {previous}, but no difference is found."
            raise Refused([Problem(str(build.folder), None, what, "Please report this.")])
        return Decision(None, previous)
    version = next_version(entries[0]["version"] if entries else None, reasons)
    worse = losses(difference)
    _check_allowed(version, reasons, worse, terms)
    return Decision(version, previous, reasons, worse)


def losses(difference: Difference) -> list[str]:
    """Tables that lost rows and scores that fell, with the figures, a line each.

    Rows that are gone with a person who was withdrawn are not lost.
    """
    lines = [
        f"{table} has {after:,} rows, {before - after:,} fewer than {before:,}"
        for table, before in difference.before.items()
        if (after := difference.after.get(table)) is not None and after < before
    ]
    return lines + [
        f"{fall.document_id}: F1 of {fall.table}.{fall.measure} fell from {fall.old:.3f} to "
        + ("nothing scored" if fall.new is None else f"{fall.new:.3f}")
        for fall in difference.falls
    ]


def _check_allowed(
    version: str, reasons: Sequence[Reason], worse: Sequence[str], terms: Terms
) -> None:
    problems = []
    if not terms.allow_major:
        problems += [
            Problem(
                f"release {version}",
                None,
                f"breaks what users rely on: {reason.rule}, {reason.place}: {reason.what}.",
                'If that is meant, say why: --allow-major "why".',
            )
            for reason in reasons
            if reason.level == "major"
        ]
    if not terms.accept:
        problems += [
            Problem(
                f"release {version}",
                None,
                f"is worse than the last: {line}.",
                'If that is right, say why: --accept "why".',
            )
            for line in worse
        ]
    if problems:
        raise Refused(problems)
