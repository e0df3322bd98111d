"""How much of the documents a release carries, and how its tables are then declared.

Others hold the rights in the documents: a release may have to do without their words.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, cast

from schemas import TABLES, Column, Table
from schemas.declare import Origin
from schemas.release import QUOTATIONS

Texts = Literal["full", "quotes", "standoff"]

TEXTS: Mapping[Texts, str] = {
    "full": "the whole texts, and everything quoted from them",
    "quotes": "what is quoted (titles, names, recommendations, evidence), not the running texts",
    "standoff": "no word of them: offsets, identifiers, codes and hashes alone",
}

WITHHELD: Mapping[Texts, tuple[Origin, ...]] = {
    "full": (),
    "quotes": ("text",),
    "standoff": ("text", "quotation"),
}
"""The origins of the values that are not in a release."""


def tables_with(texts: Texts) -> dict[str, Table]:
    """The tables as a release that carries so much of the documents declares them."""
    if texts == "full":
        return TABLES
    reduced = {
        name: replace(table, columns=tuple(_reduced(column, texts) for column in table.columns))
        for name, table in TABLES.items()
    }
    return {**reduced, QUOTATIONS.name: QUOTATIONS}


def texts_of(record: Mapping[str, object]) -> Texts:
    """How much the build with this record carries: all, unless it says otherwise."""
    return cast(Texts, record.get("texts", "full"))


def _reduced(column: Column, texts: Texts) -> Column:
    if column.origin not in WITHHELD[texts]:
        return column
    return replace(column, withheld=True)
