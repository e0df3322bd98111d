"""Which rows are still to be checked, of those that are held document by document.

What a document's rows say is checked once: against its text, among themselves, and against the
reference tables, all of which are the same whenever the rows are. What depends on the other
documents of a build is checked every time: the keys, and all rows of the tables in `ANEW`.
"""

from collections.abc import Collection, Mapping

import pyarrow as pa

from flows.ground.rows import Joined, Kept
from schemas import REFERENCE, TABLES, Tables

ANEW = {*(table.name for table in REFERENCE), "sessions", "documents"} | {
    *("reconciliations", "evaluations")
}


def to_check(tables: Tables) -> set[str] | None:
    """The documents whose rows were not checked yet, by their ids; None where that is unknown."""
    documents: set[str] = set()
    for name, rows in tables.items():
        if isinstance(rows, Joined):
            documents |= {
                document
                for document, piece in rows.pieces.items()
                if name not in ANEW and not (isinstance(piece, Kept) and piece.is_checked)
            }
        elif rows and name not in ANEW:
            return None
    return documents


def of_documents(tables: Tables, documents: Collection[str]) -> Tables:
    """The rows of these documents, and of the tables in `ANEW` all."""
    return {
        name: Joined((d, piece) for d, piece in rows.pieces.items() if d in documents)
        if isinstance(rows, Joined) and name not in ANEW
        else rows
        for name, rows in tables.items()
    }


def has_unique_keys(tables: Mapping[str, pa.Table]) -> bool:
    """Whether no key occurs twice."""
    return all(
        data.group_by(list(TABLES[name].key)).aggregate([]).num_rows == data.num_rows
        for name, data in tables.items()
        if data.num_rows
    )
