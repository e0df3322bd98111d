"""Tables that say how complete and how right the others are."""

from schemas.core import SESSION
from schemas.declare import ID, SPAN, Column, Table

WARNINGS = Table(
    "warnings",
    "What was not understood",
    "One row per passage, item, date, total or name of a document that was not understood.",
    key=("warning_id",),
    order=("document_id", "char_start", "char_end", "warning_id"),
    columns=(
        Column(
            "warning_id",
            "text",
            "Key: <document_id>-w-<kind>-<first eight digits of the SHA-256 of text and message>.",
            "idm-2030-1.fr-w-date-9e107d9d",
            pattern=ID,
        ),
        Column(
            "kind",
            "text",
            "What was not understood.",
            "date",
            values={
                "header_line": "a line of the header that is neither series, theme, date, place"
                " nor type",
                "passage": "text of which it is not known what it is",
                "section": "a part of the document that was not found",
                "list_item": "an item of a list, or a row of a table, that gave no row",
                "date": "a date or hours that could not be read or are not the session's",
                "total": "a stated total without rows that amount to it",
                "person": "a name beside a sign of a role that was not taken as a person",
                "instrument": "the name of an instrument that the reference tables do not hold",
                "organisation": "the name of an organisation that the reference tables do not hold",
                "register": "the register of documents says otherwise than the text",
            },
        ),
        Column("text", "text", "The words, as a reader sees them.", "le 31 juin 2030"),
        Column("message", "text", "The reason, in English.", "a date that does not exist"),
        *SPAN,
    ),
)

RECONCILIATIONS = Table(
    "reconciliations",
    "Stated and extracted totals",
    "One row per document and total: what the document states held against the rows extracted.",
    "Totals from figures held against counts of the rows.",
    key=("document_id", "measure"),
    order=("document_id", "measure"),
    columns=(
        Column(
            "document_id",
            "text",
            "The document that states the total.",
            "idm-2030-1.fr",
            references="documents",
            origin="derived",
        ),
        SESSION,
        Column(
            "measure",
            "text",
            "What is counted, as in figures.measure, or a field of the session.",
            "panels",
            pattern="[a-z][a-z0-9_]*",
        ),
        Column("stated", "number", "What the document states.", 2.0, nullable=True),
        Column(
            "extracted", "number", "What the rows amount to.", 2.0, nullable=True, origin="derived"
        ),
        Column(
            "status",
            "text",
            "How the two compare.",
            "match",
            values={
                "match": "equal",
                "partial": "fewer extracted than stated, as expected: not all are listed",
                "mismatch": "different, and they should be equal",
                "not_stated": "the document states no such total",
            },
            origin="derived",
        ),
        Column(
            "note",
            "text",
            "What explains the status.",
            "Only some are named.",
            nullable=True,
            origin="derived",
        ),
    ),
)

EVALUATIONS = Table(
    "evaluations",
    "Scores",
    "One row per document, table and field scored against labels made by hand.",
    "Counted by comparing the rows with labels made by hand.",
    key=("document_id", "table_name", "measure"),
    order=("document_id", "table_name", "measure"),
    columns=(
        Column(
            "document_id",
            "text",
            "The document scored.",
            "idm-2030-1.fr",
            references="documents",
            origin="derived",
        ),
        Column("table_name", "text", "The table scored.", "panels", origin="derived"),
        Column(
            "measure",
            "text",
            "The field or code scored; `rows` for whole rows.",
            "rows",
            origin="derived",
        ),
        Column(
            "true_positives",
            "integer",
            "Found and in the labels (and equal).",
            2,
            minimum=0,
            origin="derived",
        ),
        Column(
            "false_positives",
            "integer",
            "Found, not in the labels.",
            0,
            minimum=0,
            origin="derived",
        ),
        Column(
            "false_negatives",
            "integer",
            "In the labels, not found.",
            0,
            minimum=0,
            origin="derived",
        ),
        Column(
            "precision",
            "number",
            "Share of what was found that is right; NULL when nothing was found.",
            1.0,
            nullable=True,
            minimum=0,
            maximum=1,
            origin="derived",
        ),
        Column(
            "recall",
            "number",
            "Share of the labels that was found; NULL when there are none.",
            1.0,
            nullable=True,
            minimum=0,
            maximum=1,
            origin="derived",
        ),
        Column(
            "f1",
            "number",
            "Harmonic mean of precision and recall.",
            1.0,
            nullable=True,
            minimum=0,
            maximum=1,
            origin="derived",
        ),
    ),
)
