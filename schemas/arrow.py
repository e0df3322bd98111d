"""Arrow schemas: types, and descriptions as metadata of fields and file."""

import json
from dataclasses import asdict
from datetime import time

import pyarrow as pa

from schemas import Table, schema_hash

ARROW_TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int32(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "time": pa.time32("s"),
}


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema of a table.

    Each field's metadata holds its `description`. The schema's metadata (in Parquet the
    key-value metadata of the file) holds `table`, `title`, `description`, `schema_sha256`, and
    as JSON `columns` (name → description), `primary_key`, `foreign_keys` and `declaration`: all
    that is declared of the table, so that a file can be compared with one of another time.
    """
    return pa.schema(
        [
            pa.field(
                column.name,
                ARROW_TYPES[column.type],
                column.may_be_null,
                {"description": column.meaning},
            )
            for column in table.columns
        ],
        {
            "table": table.name,
            "title": table.title,
            "description": table.description,
            "columns": _json({column.name: column.meaning for column in table.columns}),
            "primary_key": _json(table.key),
            "foreign_keys": _json(table.references),
            "schema_sha256": schema_hash(),
            "declaration": json.dumps(asdict(table), ensure_ascii=False, sort_keys=True),
        },
    )


def for_parquet(table: pa.Table) -> pa.Table:
    """A table as it is written to Parquet: times as text (ISO 8601), because not every reader of
    Parquet knows times (Spark refuses the whole file)."""
    for place, field in enumerate(table.schema):
        if pa.types.is_time(field.type):
            texts = field.with_type(pa.string())
            table = table.set_column(place, texts, table.column(place).cast(pa.string()))
    return table


def from_parquet(table: pa.Table, declared: Table) -> pa.Table:
    """A table that was read from Parquet, with the declared types again."""
    for place, column in enumerate(declared.columns):
        if column.type == "time":
            field = table.schema.field(place).with_type(ARROW_TYPES["time"])
            # Arrow casts no text to a time.
            times = [text and time.fromisoformat(text) for text in table.column(place).to_pylist()]
            table = table.set_column(place, field, pa.array(times, field.type))
    return table


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
