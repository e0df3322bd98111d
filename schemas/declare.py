"""The small language in which a table is declared: `Table` and `Column`.

A declaration says what a row and each of its columns mean and how they were obtained; types,
keys and checks stand beside it. Everything else (Arrow, Pandera, DuckDB, data dictionary) is
derived from it and never written by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Type = Literal["text", "integer", "number", "boolean", "date", "time"]
"""integer: 32 bits; number: double; time: of the day, to the second (in Parquet as text)."""

Value = str | int | float | bool

Origin = Literal["text", "quotation", "reading", "derived", "file", "register", "reference"]

ORIGINS: Mapping[Origin, str] = {
    "text": "running text of a document: all that stands there, clean where the column says so",
    "quotation": "words of a document, as printed",
    "reading": "read from a document by a rule, in a normal form: a date, number, code or kind",
    "derived": "computed from other values: an id, a position, a count, a score",
    "file": "a fact of the source file",
    "register": "entered by hand in the register of documents",
    "reference": "entered by hand in the reference files, from published lists",
}
"""How a value was obtained."""

QUOTING: tuple[Origin, ...] = ("text", "quotation")
"""Those that are words of a document, in which others hold rights: see `schemas.texts`."""


@dataclass(frozen=True)
class Column:
    """One column. `example` is invented but valid (dates and times as ISO 8601 text); `nullable`
    means that NULL stands for what is not stated.

    `values` lists all that may stand in it, each with its meaning. `pattern` (RE2, whole value),
    `minimum` and `maximum` (inclusive) bound the others. `references` names the table whose
    one-column key the value repeats. Text is clean (NFC, one line, no outer white space, not empty)
    unless it is `raw`. `origin` says how its values were obtained; where they are `withheld` from
    a release, all are NULL.
    """

    name: str
    type: Type
    description: str
    example: Value
    nullable: bool = False
    values: Mapping[str, str] | None = None
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    references: str | None = None
    raw: bool = False
    origin: Origin = "reading"
    withheld: bool = False

    @property
    def meaning(self) -> str:
        """Its description, and that its values are withheld where they are."""
        return self.description + " Withheld from this release, see RIGHTS.md." * self.withheld

    @property
    def may_be_null(self) -> bool:
        """Whether NULL may stand in it: nothing is stated, or it is withheld."""
        return self.nullable or self.withheld


@dataclass(frozen=True)
class Table:
    """One table. `obtained` says how its rows were, `order` how they are sorted, `minimum_rows` how
    many a build must have.

    `numbered_within` is given for tables whose column `position` counts 1…n among the rows that
    are equal in these columns.
    """

    name: str
    title: str
    description: str
    obtained: str
    key: tuple[str, ...]
    order: tuple[str, ...]
    columns: tuple[Column, ...]
    numbered_within: tuple[str, ...] = ()
    minimum_rows: int = 0

    @property
    def column_names(self) -> list[str]:
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        """The column of that name. Raises StopIteration when there is none."""
        return next(column for column in self.columns if column.name == name)

    @property
    def references(self) -> dict[str, str]:
        """Foreign keys: column → the table whose key it repeats."""
        return {c.name: c.references for c in self.columns if c.references is not None}

    @property
    def quotes(self) -> bool:
        """Whether any of its columns holds words of a document."""
        return any(c.origin in QUOTING and not c.withheld for c in self.columns)

    @property
    def has_span(self) -> bool:
        """Whether each row points at the passage of a document that it was read from."""
        return "char_start" in self.column_names


ID = r"[a-z0-9][a-z0-9._-]*"
SESSION_ID = r"[a-z]+-[0-9]{4}-[0-9]+"
DOCUMENT_ID = r"[a-z0-9-]+\.[a-z]{2}"
LANGUAGE = r"[a-z]{2}"
COUNTRY = r"[A-Z]{3}"

SPAN = (
    Column(
        "document_id",
        "text",
        "The document that the row was read from.",
        "idm-2030-1.fr",
        references="documents",
        origin="derived",
    ),
    Column(
        "char_start",
        "integer",
        "Where the passage starts in documents.text: characters (Unicode code points) before it.",
        120,
        minimum=0,
    ),
    Column(
        "char_end",
        "integer",
        "Where the passage ends in documents.text: the offset of the first character after it, so"
        " that substr(text, char_start + 1, char_end - char_start) is the passage.",
        185,
        minimum=1,
    ),
    Column(
        "rule",
        "text",
        "The rule or lexicon entry that found the row, by its id in the code or language pack.",
        "fr.call.exhorter",
        pattern=r"[a-z0-9_][a-z0-9_.-]*",
    ),
)
"""The last four columns of every table whose rows were read from a document."""
