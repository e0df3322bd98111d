"""Validation of each table by Pandera, with the rows at fault named."""

import pandera.pyarrow as pandera
import pyarrow as pa
import pyarrow.compute as pc
from pandera.config import get_config_context

from flows.store.faults import Fault, fault_of
from schemas import TABLES, Column, Table
from schemas.validation import checks_of, pandera_schema


def column_faults(tables: dict[str, pa.Table]) -> list[Fault]:
    """Every value that breaks its column's declaration. Raises when Pandera is switched off."""
    if not get_config_context().validation_enabled:
        raise RuntimeError("Pandera's validation is switched off; unset PANDERA_VALIDATION_ENABLED")
    faults = []
    for name, data in tables.items():
        try:
            pandera_schema(TABLES[name]).validate(data, lazy=True)
        except pandera.errors.SchemaErrors as error:
            # Pandera's own row numbers are not reliable: ask the data which rows are meant.
            found = table_faults(TABLES[name], data)
            faults += found or [Fault(name, str(error))]
    return faults


def table_faults(table: Table, data: pa.Table) -> list[Fault]:
    """Every value of one table that breaks its column's declaration, without Pandera."""
    return [fault for column in table.columns for fault in _faults(table, column, data)]


def _faults(table: Table, column: Column, data: pa.Table) -> list[Fault]:
    values = data[column.name]
    faults = []
    if not column.nullable:
        faults += _rows(table, column, data, pc.is_null(values), "must not be NULL")
    for check in checks_of(column):
        wrong = pc.fill_null(pc.invert(check.holds(values)), False)
        if not column.nullable:
            wrong = pc.and_(wrong, pc.is_valid(values))
        faults += _rows(table, column, data, wrong, f"must be {check.what}")
    return faults


def _rows(
    table: Table, column: Column, data: pa.Table, wrong: pa.ChunkedArray, what: str
) -> list[Fault]:
    if not pc.any(wrong).as_py():
        return []
    return [fault_of(table, row, what, column.name) for row in data.filter(wrong).to_pylist()]
