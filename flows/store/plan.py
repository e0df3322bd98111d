"""Which build the tables of a run make: known before anything is written."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

import pyarrow as pa

from flows.ground.fingerprint import hash_of_digests, hash_of_table
from flows.ground.record import Build
from flows.store.arrange import digests
from flows.store.database import sql_files
from flows.store.self_description import query_files
from schemas import TABLES, Tables, hash_of_declarations, schema_hash
from schemas.database import SUPPORT


def plan(
    tables: Mapping[str, pa.Table], record: Mapping[str, object], rows: Tables | None = None
) -> Build:
    """The build that these tables and this record make, before anything is written.

    `rows` are the same rows, where they are at hand document by document: then the hashes of those
    that are kept are known already.
    """
    return Build(
        record=dict(record),
        schema_sha256=schema_hash(),
        sql_sha256=sql_hash(),
        rows={name: table.num_rows for name, table in tables.items()},
        logical_sha256={
            name: hash_of_digests(table.column_names, digests(TABLES[name], rows[name], table))
            if rows is not None
            else hash_of_table(table)
            for name, table in tables.items()
        },
    )


def sql_hash() -> str:
    """SHA-256 (hex) of all that makes the database out of the tables: views, macros, the query
    book, and the declarations of what only the database holds."""
    digest = sha256(hash_of_declarations(SUPPORT.values()).encode())
    for file in [*sql_files(), *query_files()]:
        digest.update(file.name.encode() + b"\n" + file.read_bytes() + b"\n")
    return digest.hexdigest()


def file_hashes(parquet: Path, tables: Iterable[str]) -> dict[str, str]:
    """SHA-256 (hex) of the Parquet file of each table. Raises OSError when one is missing."""
    return {name: sha256((parquet / f"{name}.parquet").read_bytes()).hexdigest() for name in tables}
