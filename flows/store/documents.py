"""The checks that the rows of one document must pass, before they are stored with all others."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import pyarrow as pa

from flows.ground.problems import Problem
from flows.ground.source import Source
from flows.store.arrange import misfits
from flows.store.checked import of_documents, to_check
from flows.store.columns import table_faults
from flows.store.faults import Fault
from flows.store.relations import by_document, document_relation_faults, known_keys
from schemas import TABLES, Row, Table, Tables
from schemas.arrow import ARROW_TYPES

SHOWN = 3
"""Faults that are told of one document; the last line says how many more there are."""
EXCERPT = 70
"""Characters of the passage at fault that are shown."""
REMEDY = "This is a fault of the rules, not of the document: please report it, with the document."


def faulty_documents(tables: Tables, sources: Iterable[Source]) -> dict[str, list[Problem]]:
    """File name → the problems of a source whose rows fail their own checks, for each such source.

    `tables` are the reference tables and those that normalise made of the sources.
    """
    by_name = {source.file_name: source for source in sources}
    names = {str(row["document_id"]): str(row["file_name"]) for row in tables["documents"]}
    return {
        names[document]: _problems(faults, by_name[names[document]])
        for document, faults in document_faults(tables).items()
    }


def _problems(faults: list[Fault], source: Source) -> list[Problem]:
    problems = [_problem(fault, source) for fault in faults[:SHOWN]]
    more = len(faults) - SHOWN
    if more > 0:
        what = f"{more} more {'rows fail' if more > 1 else 'row fails'} such checks."
        problems.append(Problem(source.path, problems[-1].line, what, REMEDY))
    return problems


def _problem(fault: Fault, source: Source) -> Problem:
    """A fault with its place in the source and the words that stand there."""
    check = str(replace(fault, key=(), span=None))
    if fault.span is None or not isinstance(fault.span[1], int):
        return Problem(source.path, None, f"{check}.", REMEDY)
    start, end = fault.span[1], fault.span[2]
    line, column = source.line_and_column(start)
    passage = " ".join(source.text[start : end if isinstance(end, int) else start].split())
    excerpt = passage if len(passage) <= EXCERPT else f"{passage[: EXCERPT - 1].rstrip()}…"
    return Problem(source.path, line, f"{excerpt}: {check}.", REMEDY, column)


def document_faults(tables: Tables) -> dict[str, list[Fault]]:
    """Document id → the faults of its rows, for the documents that have any.

    `tables` are the reference tables and those that normalise makes. What is checked is all that
    `validated` checks, but for what only the rows of several documents together can break. What
    is held document by document, and was checked before, is not checked again.
    """
    documents = to_check(tables)
    if documents is not None:
        tables = of_documents(tables, documents)
    known = known_keys(tables)
    faults: dict[str, list[Fault]] = {}

    def add(found: Iterable[Fault]) -> None:
        for fault in found:
            faults.setdefault(str(fault.document), []).append(fault)

    for name, rows in _sound(tables, faults).items():
        add(misfits(TABLES[name], rows))
    # Each kind of check rests on those before: what they found wrong is not looked at again.
    for name, rows in _sound(tables, faults).items():
        add(table_faults(TABLES[name], _columns(TABLES[name], rows)))
    for document, rows_of_document in by_document(_sound(tables, faults)).items():
        has_passages = documents is None or document in documents
        add(document_relation_faults(rows_of_document, known, has_passages))
    return faults


def _columns(table: Table, rows: Sequence[Row]) -> pa.Table:
    """Rows whose values are of the declared types, without what a file says of itself."""
    columns = [
        pa.array([row[column.name] for row in rows], ARROW_TYPES[column.type])
        for column in table.columns
    ]
    return pa.Table.from_arrays(columns, names=list(table.column_names))


def _sound(tables: Tables, faults: Collection[str]) -> Tables:
    """The rows of documents without those that have faults."""
    return {
        name: [row for row in tables[name] if str(row.get("document_id")) not in faults]
        for name, table in TABLES.items()
        if name in tables and "document_id" in table.column_names
    }
