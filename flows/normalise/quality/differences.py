"""What a document in a second language says differently of its session.

The rows of the session come from the reference document alone, so that whatever the other one
says of it otherwise, or alone, is told here.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from flows.normalise.rows import Findings, totals_of

_FIELDS = ("start_date", "end_date", "start_time", "end_time", "modality", "country_code")


@dataclass(frozen=True)
class Difference:
    """One thing said otherwise; the numbers are None where it is none, the note has both."""

    measure: str
    own: float | None
    other: float | None
    is_contradiction: bool
    note: str


def differences(found: Findings, reference: Findings) -> Iterator[Difference]:
    """Fields, numbers of panels and stated totals that differ from the reference document's."""
    for field in _FIELDS:
        own, other = getattr(found.header, field), getattr(reference.header, field)
        yield from _difference(field, own, other, reference)
    panels, others = _by_day(found), _by_day(reference)
    yield from _difference("panels_listed", panels.total(), others.total(), reference)
    if None not in panels.keys() | others.keys():
        for day in sorted({day for day in (*panels, *others) if day is not None}):
            measure = f"panels_day_{day}"
            yield from _difference(measure, panels[day], others[day], reference)
    totals, stated = totals_of(found), totals_of(reference)
    for measure, total in totals.items():
        yield from _difference(f"stated_{measure}", total, stated.get(measure), reference)


def _by_day(found: Findings) -> Counter[int | None]:
    return Counter(panel.day for panel in found.panels)


def _difference(
    measure: str, own: object, other: object, reference: Findings
) -> Iterator[Difference]:
    """The difference of two values, unless they are the same or the document has none."""
    if own is None or own == other:
        return
    there = "not stated" if other is None else _shown(other)
    note = f"{_shown(own)} here, {there} in {reference.document_id}."
    yield Difference(measure, _number(own), _number(other), other is not None, note)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _shown(value: object) -> str:
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:g}" if isinstance(value, int | float) else str(value)
