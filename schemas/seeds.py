"""The files beside the documents that are data too: corrections, and people to be left out."""

from schemas.declare import ID, Column, Table

_REASON = Column("reason", "text", "Why, in a sentence.", "The document misprints the year.")
_DATE = Column("date", "date", "When it was entered.", "2030-09-01")

CORRECTIONS = Table(
    "corrections",
    "Corrections",
    "One row per value that is not what the rules make of a document. `expect` is what they make"
    " of it: when that is no longer so, the correction has to be looked at again.",
    "Entered by hand.",
    key=("table", "key", "column"),
    order=(),
    columns=(
        Column("table", "text", "The table.", "participants"),
        Column(
            "key",
            "text",
            "The key of the row; a JSON list where it has several columns.",
            "idm-2030-1-jeanne-exemple",
        ),
        Column("column", "text", "The column.", "country_code"),
        Column("expect", "text", "The value it corrects.", "CHE", nullable=True, raw=True),
        Column("value", "text", "The right value.", "FRA", nullable=True, raw=True),
        _REASON,
        Column("author", "text", "Who entered it.", "The maintainers"),
        _DATE,
    ),
)

WITHDRAWALS = Table(
    "withdrawals",
    "Withdrawals",
    "One row per person who is to be left out: the rows go, the name is masked in all texts.",
    "Entered by hand.",
    key=("entity_id",),
    order=(),
    columns=(
        Column(
            "entity_id",
            "text",
            "The person, as in participants and mentions.",
            "jeanne-exemple",
            pattern=ID,
        ),
        _REASON,
        _DATE,
    ),
)
