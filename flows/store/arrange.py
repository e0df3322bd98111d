"""Rows → Arrow tables with the declared columns, types and order."""

from collections.abc import Sequence
from datetime import date, time
from itertools import chain

import pyarrow as pa

from flows.ground.fingerprint import digests_of
from flows.ground.rows import Joined, Kept
from flows.store.faults import Fault, Invalid, fault_of
from schemas import TABLES, Row, Table, Tables
from schemas.arrow import arrow_schema
from schemas.declare import Type

PYTHON_TYPES: dict[Type, set[type]] = {
    "text": {str},
    "integer": {int},
    "number": {float, int},
    "boolean": {bool},
    "date": {date},
    "time": {time},
}


def arrange(tables: Tables) -> dict[str, pa.Table]:
    """One Arrow table per declared table, in the order of `TABLES`, rows sorted as declared.

    Every declared table must be there (it may be empty) and every row must have exactly the
    declared columns. Raises `Invalid` with everything that does not fit.
    """
    return {name: _data(TABLES[name], rows) for name, rows in settled(tables).items()}


def settled(tables: Tables) -> Tables:
    """The tables in the order of `TABLES`; rows that are held by document are all kept as Arrow.

    Raises `Invalid` as `arrange` does.
    """
    faults = [Fault(name, "is not declared") for name in tables if name not in TABLES]
    faults += [Fault(name, "is missing") for name in TABLES if name not in tables]
    for name, rows in tables.items():
        if name in TABLES:
            pieces = rows.pieces.values() if isinstance(rows, Joined) else [rows]
            for piece in pieces:
                if not isinstance(piece, Kept):
                    faults += misfits(TABLES[name], piece)
    if faults:
        raise Invalid(faults)
    return {
        name: Joined((d, kept(table, piece)) for d, piece in rows.pieces.items())
        if isinstance(rows := tables[name], Joined)
        else rows
        for name, table in TABLES.items()
    }


def kept(table: Table, rows: Sequence[Row]) -> Kept:
    """The rows of one document as Arrow. Raises `Invalid` for rows that do not fit."""
    if isinstance(rows, Kept):
        return rows
    faults = misfits(table, rows)
    if faults:
        raise Invalid(faults)
    data = arrow_table(table, rows)
    return Kept(data, b"".join(digests_of(data)), is_checked=False)


def digests(table: Table, rows: Sequence[Row], data: pa.Table) -> list[bytes]:
    """SHA-256 of each row; `data` are the rows as Arrow."""
    if not isinstance(rows, Joined):
        return digests_of(data)
    joined = b"".join(kept(table, piece).digests for piece in rows.pieces.values())
    return [joined[n : n + 32] for n in range(0, len(joined), 32)]


def _data(table: Table, rows: Sequence[Row]) -> pa.Table:
    """The rows in the declared order, as Arrow."""
    if not isinstance(rows, Joined) or table.order[0] != "document_id":
        return arrow_table(table, rows)
    schema = arrow_schema(table)
    pieces = [kept(table, piece).data for _, piece in sorted(rows.pieces.items())]
    columns = [
        pa.chunked_array(chain.from_iterable(p.column(n).chunks for p in pieces), field.type)
        for n, field in enumerate(schema)
    ]
    return pa.Table.from_arrays(columns, schema=schema).combine_chunks()


def in_order(table: Table, rows: Sequence[Row]) -> list[Row]:
    """The rows in the declared order; NULL comes last, the key decides between equals."""
    columns = (*table.order, *table.key)
    return sorted(rows, key=lambda row: [(row[c] is None, row[c]) for c in columns])


def misfits(table: Table, rows: Sequence[Row]) -> list[Fault]:
    """Columns that are missing or too many, and values that are not of the declared type."""
    declared = set(table.column_names)
    faults = [
        fault_of(table, row, f"has no column {column}")
        if column in declared
        else fault_of(table, row, "is not a declared column", column)
        for row in rows
        for column in sorted(declared.symmetric_difference(row))
    ]
    if faults:
        return faults
    for column in table.columns:
        for row in rows:
            value = row[column.name]
            if value is not None and not _fits(value, column.type):
                faults.append(fault_of(table, row, f"is not of type {column.type}", column.name))
            elif value is None and column.name in table.key + table.order and not column.nullable:
                # Without these, rows cannot be sorted. Pandera finds the others.
                faults.append(fault_of(table, row, "must not be NULL", column.name))
    return faults


def _fits(value: object, declared: Type) -> bool:
    """Exactly: Arrow would cut 1.5 down to 1, and take True for 1."""
    if type(value) is int and declared == "integer":
        return -(2**31) <= value < 2**31
    return type(value) in PYTHON_TYPES[declared]


def arrow_table(table: Table, rows: Sequence[Row]) -> pa.Table:
    """Rows that fit as an Arrow table, in the declared order."""
    schema = arrow_schema(table)
    rows = in_order(table, rows)
    columns = [pa.array([row[field.name] for row in rows], field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)
