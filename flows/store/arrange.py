"""Rows → Arrow tables with the declared columns, types and order."""

from datetime import date, time

import pyarrow as pa

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
    faults = [Fault(name, "is not declared") for name in tables if name not in TABLES]
    faults += [Fault(name, "is missing") for name in TABLES if name not in tables]
    for name, rows in tables.items():
        if name in TABLES:
            faults += misfits(TABLES[name], rows)
    if faults:
        raise Invalid(faults)
    return {name: arrow_table(table, tables[name]) for name, table in TABLES.items()}


def in_order(table: Table, rows: list[Row]) -> list[Row]:
    """The rows in the declared order; NULL comes last, the key decides between equals."""
    columns = (*table.order, *table.key)
    return sorted(rows, key=lambda row: [(row[c] is None, row[c]) for c in columns])


def misfits(table: Table, rows: list[Row]) -> list[Fault]:
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


def arrow_table(table: Table, rows: list[Row]) -> pa.Table:
    """Rows that fit as an Arrow table, in the declared order."""
    schema = arrow_schema(table)
    rows = in_order(table, rows)
    columns = [pa.array([row[field.name] for row in rows], field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)
