"""Totals that a document states held against what was extracted from it."""

from flows.normalise.rows import Findings, days_of, totals_of
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


def reconcile(found: Findings, reference: Findings) -> list[Row]:
    """One row a measure. A second language is held against the rows of the reference document."""
    totals = totals_of(found)
    rows = []
    for measure in _MEASURES:
        stated = totals.get(measure)
        extracted, complete, note = _extracted(measure, reference)
        if stated is None:
            if extracted is None:
                continue
            status = "not_stated"
        elif extracted is None:
            status = "partial"
        elif stated == extracted:
            status = "match"
        elif extracted < stated and not complete:
            status = "partial"
        else:
            status = "mismatch"
        rows.append(_row(found, measure, stated, extracted, status, note))
    if found is not reference:
        rows.extend(_differences(found, reference))
    return sorted(rows, key=lambda row: str(row["measure"]))


def _extracted(measure: str, found: Findings) -> tuple[float | None, bool, str | None]:
    """Number of rows, whether the document should list them all, and a note."""
    people = [p for p in found.attendance.participants if p.takes_part]
    if measure == "panels":
        return float(len(found.panels)), True, None
    if measure == "days":
        return float(len(days_of(found.header))), True, None
    if measure == "speakers":
        named = [p for p in people if p.kind == "person"]
        return float(len(named)), False, "The document names only some of its speakers."
    if measure == "countries":
        named = {p.country_code for p in people if p.country_code}
        return float(len(named)), False, "The document names only some of the countries."
    return None, False, "No rows correspond to this total."


def _differences(found: Findings, reference: Findings) -> list[Row]:
    """What a document in a second language says differently of the session."""
    rows: list[Row] = []
    for field in ("start_date", "end_date"):
        own, other = getattr(found.header, field), getattr(reference.header, field)
        if own and other and own != other:
            note = f"{own.isoformat()} here, {other.isoformat()} in {reference.document_id}."
            rows.append(
                _row(
                    found, field, float(own.toordinal()), float(other.toordinal()), "mismatch", note
                )
            )
    return rows


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
