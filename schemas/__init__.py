"""The tables: declared once, everything else derived.

`core`, `text`, `quality` and `reference` declare them; `arrow`, `validation` (Pandera), `ddl`
(DuckDB) and `dictionary` derive from the declarations what their names say.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cache
from hashlib import sha256

from schemas import core, quality, reference, text
from schemas.declare import Column, Table

Row = dict[str, object]
"""One row: column name → str, int, float, bool, date, time or None."""

Tables = dict[str, Sequence[Row]]
"""Table name → its rows."""

REFERENCE = (
    reference.COUNTRIES,
    reference.COUNTRY_NAMES,
    reference.COUNTRY_ADJECTIVES,
    reference.CITY_NAMES,
    reference.ORGANISATIONS,
    reference.ORGANISATION_NAMES,
    reference.INSTRUMENTS,
    reference.INSTRUMENT_NAMES,
    reference.GCM_OBJECTIVES,
    reference.SDGS,
    reference.GROUPS,
    reference.SYNONYMS,
)
"""The tables that are read from seeds/reference."""

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        *REFERENCE,
        core.SESSIONS,
        core.DOCUMENTS,
        text.SESSION_DAYS,
        text.SECTIONS,
        text.PASSAGES,
        text.SENTENCES,
        core.PANELS,
        core.PARTICIPANTS,
        text.INTERVENTIONS,
        core.RECOMMENDATIONS,
        text.RECOMMENDATION_CODES,
        text.ATTRIBUTIONS,
        text.CITATIONS,
        text.FIGURES,
        text.MENTIONS,
        quality.RECONCILIATIONS,
        quality.WARNINGS,
        quality.EVALUATIONS,
    )
}
"""Every table by name, each after those that it refers to."""


@cache
def schema_hash() -> str:
    """SHA-256 (hex) of all declarations as canonical JSON: changes when any of them does."""
    return hash_of_declarations(TABLES.values())


def hash_of_declarations(tables: Iterable[Table]) -> str:
    """SHA-256 (hex) of the declarations of some tables as canonical JSON."""
    declarations = [asdict(table) for table in tables]
    text = json.dumps(declarations, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


__all__ = [
    "REFERENCE",
    "TABLES",
    "Column",
    "Row",
    "Table",
    "Tables",
    "hash_of_declarations",
    "schema_hash",
]
