"""Totals that a document states held against what was extracted from it."""

from dataclasses import dataclass

from flows.normalise.panels.days import days_of
from flows.normalise.quality.differences import differences
from flows.normalise.rows import Findings, totals_of
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


@dataclass(frozen=True)
class Count:
    """A number of rows; `complete` if the document should list them all."""

    extracted: float | None
    complete: bool = False
    note: str | None = None


def reconcile(found: Findings, reference: Findings) -> list[Row]:
    """One row a measure. A second language is held against the rows of the reference document."""
    totals = totals_of(found)
    rows = []
    for measure in _MEASURES:
        stated, count = totals.get(measure), count_of(measure, reference)
        if stated is not None or count.extracted is not None:
            status = status_of(stated, count)
            note = count.note if found is reference else _against(count.note, reference)
            rows.append(_row(found, measure, stated, count.extracted, status, note))
    if found is not reference:
        for one in differences(found, reference):
            status = "mismatch" if one.is_contradiction else "partial"
            rows.append(_row(found, one.measure, one.own, one.other, status, one.note))
    return sorted(rows, key=lambda row: str(row["measure"]))


def _against(note: str | None, reference: Findings) -> str:
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


def count_of(measure: str, found: Findings) -> Count:
    """What was extracted of a measure."""
    people = found.attendance.taking_part()
    if measure == "panels":
        return Count(float(len(found.panels)), complete=True)
    if measure == "days":
        return Count(float(len(days_of(found.header))), complete=True)
    if measure == "speakers":
        persons = sum(person.kind == "person" for person in people)
        return Count(float(persons), note="The document names only some of its speakers.")
    if measure == "countries":
        codes = {person.country_code for person in people if person.country_code}
        return Count(float(len(codes)), note="The document names only some of the countries.")
    return Count(None, note="No rows correspond to this total.")


def _row(
    found: Findings,
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
