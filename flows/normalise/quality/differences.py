"""What a document in a second language says differently of its session.

The rows of the session come from the reference document alone, so that whatever the other one
says of it otherwise, or alone, is told here.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from flows.normalise.quality.claims import FIELDS, Claims, shown


@dataclass(frozen=True)
class Difference:
    """One thing said otherwise; the numbers are None where it is none, the note has both."""

    measure: str
    own: float | None
    other: float | None
    is_contradiction: bool
    note: str


def differences(found: Claims, reference: Claims) -> Iterator[Difference]:
    """Fields, numbers of panels and stated totals that differ from the reference document's."""
    for field in FIELDS:
        own, other = found.fields[field], reference.fields[field]
        yield from _difference(field, own, other, reference)
    panels, others = _by_day(found), _by_day(reference)
    yield from _difference("panels_listed", panels.total(), others.total(), reference)
    if None not in panels.keys() | others.keys():
        for day in sorted({day for day in (*panels, *others) if day is not None}):
            measure = f"panels_day_{day}"
            yield from _difference(measure, panels[day], others[day], reference)
    for measure, total in found.totals.items():
        stated = reference.totals.get(measure)
        yield from _difference(f"stated_{measure}", total, stated, reference)


def _by_day(found: Claims) -> Counter[int | None]:
    return Counter(found.panel_days)


def _difference(
    measure: str, own: object, other: object, reference: Claims
) -> Iterator[Difference]:
    """The difference of two values, unless they are the same or the document has none."""
    if own is None or own == other:
        return
    there = "not stated" if other is None else shown(other)
    note = f"{shown(own)} here, {there} in {reference.document_id}."
    yield Difference(measure, _number(own), _number(other), other is not None, note)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
