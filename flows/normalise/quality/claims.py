"""What a document says of its session as a whole, in plain values that outlive its text.

All that one document of a session is held against another by: see `reconcile` and `differences`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from flows.normalise.panels.days import days_of
from flows.normalise.rows import Findings, totals_of

FIELDS = ("start_date", "end_date", "start_time", "end_time", "modality", "country_code")


@dataclass(frozen=True)
class Claims:
    """`fields` are those of the header, as people read them; `panel_days` has the day of each
    panel; `totals` are the stated ones by measure, `counts` the numbers of rows by measure."""

    document_id: str
    session_id: str
    fields: Mapping[str, str | None]
    panel_days: Sequence[int | None]
    totals: Mapping[str, float]
    counts: Mapping[str, float]


def claims_of(found: Findings) -> Claims:
    """What one document says of its session."""
    people = found.attendance.taking_part()
    return Claims(
        found.document_id,
        found.session_id,
        {field: shown(getattr(found.header, field)) for field in FIELDS},
        [panel.day for panel in found.panels],
        totals_of(found),
        {
            "panels": float(len(found.panels)),
            "days": float(len(days_of(found.header))),
            "speakers": float(sum(person.kind == "person" for person in people)),
            "countries": float(len({person.country_code for person in people} - {None, ""})),
        },
    )


def shown(value: object) -> str | None:
    """A value as people read it; None for none."""
    if value is None:
        return None
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:g}" if isinstance(value, int | float) else str(value)
