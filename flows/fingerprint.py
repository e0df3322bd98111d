"""Logical hashes: equal when the rows are equal, however and wherever they are stored."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, time
from hashlib import sha256
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from schemas.ddl import quoted


def logical_hash(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """SHA-256 (hex) of the column names and of the rows as canonical JSON, sorted."""
    digest = sha256(_canonical(columns))
    for row in sorted(map(_canonical, rows)):
        digest.update(b"\n" + row)
    return digest.hexdigest()


def hash_of_table(table: pa.Table) -> str:
    """The logical hash of an Arrow table."""
    columns = [column.to_pylist() for column in table.columns]
    return logical_hash(table.column_names, zip(*columns, strict=True))


def hashes_of_parquet(folder: Path) -> dict[str, str]:
    """Logical hashes, by table, of a folder of Parquet files."""
    return {
        file.stem: hash_of_table(pq.read_table(file)) for file in sorted(folder.glob("*.parquet"))
    }


def hashes_of_database(database: Path) -> dict[str, str]:
    """Logical hashes, by table, of the DuckDB file of a build."""
    with duckdb.connect(database, read_only=True) as connection:
        hashes = {}
        for (name,) in connection.execute("select table_name from build_tables").fetchall():
            rows = connection.execute(f"from {quoted(name)}")
            columns = [column[0] for column in rows.description]
            hashes[name] = logical_hash(columns, rows.fetchall())
        return hashes


def _canonical(values: Sequence[object]) -> bytes:
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=_iso)
    return text.encode()


def _iso(value: object) -> str:
    assert isinstance(value, date | time), value
    return value.isoformat()
