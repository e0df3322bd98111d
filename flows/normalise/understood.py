"""What is understood of one document, as plain values: all that other documents do not bear on.

In: the findings of a document. Out: the rows that it gives should it be the reference document of
its session, and what it claims; then, of all documents together, the rows of every table.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.ground.rows import Joined, Kept
from flows.normalise.language.names import Names
from flows.normalise.quality.claims import Claims, claims_of
from flows.normalise.quality.reconcile import reconcile
from flows.normalise.quality.warnings import warning_rows
from flows.normalise.rows import Findings, rows_of
from schemas import REFERENCE, TABLES, Row, Tables

_NOT_EXTRACTED = {table.name for table in REFERENCE} | {"evaluations"}
OF_EVERY_DOCUMENT = {"documents", "sections", "passages", "sentences", "warnings"}
"""The tables that documents in a second language fill as well."""


@dataclass(frozen=True)
class Understood:
    """`tables` are the document's rows if it is the reference document of its session."""

    claims: Claims
    tables: Tables

    @property
    def document_id(self) -> str:
        return self.claims.document_id


def understand(found: Findings, names: Names) -> Understood:
    """What the findings of a document come to."""
    tables = {**rows_of(found, is_reference=True), "warnings": warning_rows(found, names)}
    return Understood(claims_of(found), tables)


def assembled(documents: Sequence[Understood]) -> Tables:
    """The rows of all documents, each of another id, by table. The first document of a session is
    its reference document."""
    references: dict[str, Claims] = {}  # by session
    pieces: dict[str, list[tuple[str, Sequence[Row]]]] = {
        name: [] for name in TABLES if name not in _NOT_EXTRACTED
    }
    for one in documents:
        first = references.setdefault(one.claims.session_id, one.claims)
        is_reference = first is one.claims
        for name, rows in one.tables.items():
            if name == "documents":
                rows = [{**row, "is_reference": is_reference} for row in rows]
            if is_reference or name in OF_EVERY_DOCUMENT:
                pieces[name].append((one.document_id, rows))
        pieces["reconciliations"].append((one.document_id, reconcile(one.claims, first)))
    return {name: _joined(of_table) for name, of_table in pieces.items()}


def _joined(pieces: Sequence[tuple[str, Sequence[Row]]]) -> Sequence[Row]:
    if any(isinstance(rows, Kept) for _, rows in pieces):
        return Joined(pieces)
    return [row for _, rows in pieces for row in rows]
