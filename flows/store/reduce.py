"""A build without words of the documents, for a release that is not to carry them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import cast

import pyarrow.parquet as pq

from flows.ground.files import staged
from flows.ground.fingerprint import hash_of_table
from flows.ground.record import Build
from flows.store.arrange import arrow_table
from flows.store.write import written
from flows.withhold.quotations import pieces_of
from schemas import Row, Table
from schemas.arrow import from_parquet
from schemas.release import QUOTATIONS
from schemas.texts import Texts, tables_with


@contextmanager
def reduced(build: Build, texts: Texts, warehouse: Path) -> Iterator[Build]:
    """Gives, for the length of a `with` block, the build with only the texts that may be released.

    That is the build itself where it carries just these, else a copy in the warehouse, which is
    removed when the block ends. The copy's record says which texts it has, and holds in
    `full_logical_sha256` the hashes of its tables as they are with all texts. Raises OSError when
    the warehouse cannot be written.
    """
    if texts == build.texts:
        yield build
        return
    declared = tables_with(texts)
    rows = {
        name: from_parquet(
            pq.read_table(build.parquet / f"{name}.parquet"), declared[name]
        ).to_pylist()
        for name in build.rows
    }
    documents = {str(row["document_id"]): str(row["text"]) for row in rows["documents"]}
    places = [
        place
        for name in build.rows
        for row in rows[name]
        for place in _places(declared[name], row, documents)
    ]
    withheld = {name: _without(declared[name], rows[name]) for name in build.rows}
    withheld[QUOTATIONS.name] = places
    tables = {name: arrow_table(table, withheld[name]) for name, table in declared.items()}
    less = replace(
        build,
        record={
            **build.record,
            "texts": texts,
            "full_logical_sha256": dict(build.logical_sha256),
        },
        rows={name: table.num_rows for name, table in tables.items()},
        logical_sha256={name: hash_of_table(table) for name, table in tables.items()},
    )
    with staged(warehouse / ".builds", f"{less.build_id}-{texts}") as folder:
        yield written(tables, less, folder)


def _without(table: Table, rows: list[Row]) -> list[Row]:
    """The rows, NULL in every column that is withheld."""
    nothing = {column.name: None for column in table.columns if column.withheld}
    return [{**row, **nothing} for row in rows]


def _places(table: Table, row: Row, documents: Mapping[str, str]) -> Iterator[Row]:
    """Where the withheld values of a row stand."""
    for column in table.columns:
        value = row[column.name]
        if not column.withheld or value is None:
            continue
        document = str(row["document_id"])
        start = cast(int, row.get("char_start", 0))
        for number, piece in enumerate(pieces_of(str(value), documents[document], start), 1):
            yield {
                "table_name": table.name,
                "row_key": row_key(table, row),
                "column_name": column.name,
                "position": number,
                "document_id": document,
                "char_start": piece.start,
                "char_end": piece.end,
                "characters": piece.characters,
            }


def row_key(table: Table, row: Row) -> str:
    """The key of a row as one text: a JSON list where it has several columns."""
    values = [str(row[name]) for name in table.key]
    if len(values) == 1:
        return values[0]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
