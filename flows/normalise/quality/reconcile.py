"""Totals that a document states held against what was extracted from it."""

from dataclasses import dataclass

from flows.normalise.quality.claims import Claims
from flows.normalise.quality.differences import differences
from schemas import Row

_MEASURES = (
    "attended",
    "registered",
    "countries",
    "government_share",
    "panels",
    "speakers",
    "days",
)
_INCOMPLETE = {
    "speakers": "The document names only some of its speakers.",
    "countries": "The document names only some of the countries.",
}


@dataclass(frozen=True)
class Count:
    """A number of rows; `complete` if the document should list them all."""

    extracted: float | None
    complete: bool = False
    note: str | None = None


def reconcile(found: Claims, reference: Claims) -> list[Row]:
    """One row a measure. A second language is held against the rows of the reference document."""
    rows = []
    for measure in _MEASURES:
        stated, count = found.totals.get(measure), count_of(measure, reference)
        if stated is not None or count.extracted is not None:
            status = status_of(stated, count)
            note = count.note if found is reference else _against(count.note, reference)
            rows.append(_row(found, measure, stated, count.extracted, status, note))
    if found is not reference:
        for one in differences(found, reference):
            status = "mismatch" if one.is_contradiction else "partial"
            rows.append(_row(found, one.measure, one.own, one.other, status, one.note))
    return sorted(rows, key=lambda row: str(row["measure"]))


def _against(note: str | None, reference: Claims) -> str:
    """The note on a total of a document in a second language."""
    held = f"Held against the rows of {reference.document_id}."
    return f"{note} {held}" if note else held


def status_of(stated: float | None, count: Count) -> str:
    """How a total, None where none is stated, compares with the rows."""
    if stated is None:
        return "not_stated"
    if count.extracted is None:
        return "partial"
    if stated == count.extracted:
        return "match"
    return "partial" if count.extracted < stated and not count.complete else "mismatch"


def count_of(measure: str, found: Claims) -> Count:
    """What was extracted of a measure."""
    extracted = found.counts.get(measure)
    if measure in ("panels", "days"):
        return Count(extracted, complete=True)
    return Count(extracted, note=_INCOMPLETE.get(measure, "No rows correspond to this total."))


def _row(
    found: Claims,
    measure: str,
    stated: float | None,
    extracted: float | None,
    status: str,
    note: str | None,
) -> Row:
    return {
        "document_id": found.document_id,
        "session_id": found.session_id,
        "measure": measure,
        "stated": stated,
        "extracted": extracted,
        "status": status,
        "note": note if status != "match" else None,
    }
