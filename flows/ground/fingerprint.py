"""Logical hashes: equal when the rows are equal, however and wherever they are stored."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, time
from hashlib import sha256
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from schemas.ddl import quoted

BATCH = 10_000  # rows at a time: a table may be larger than memory


def logical_hash(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """SHA-256 (hex) over the column names, and over the sorted SHA-256 of each row, all as
    canonical JSON."""
    return hash_of_digests(columns, _digests(rows))


def hash_of_digests(columns: Sequence[str], digests: Iterable[bytes]) -> str:
    """The logical hash, from the digests of the rows in any order."""
    digest = sha256(_canonical(columns))
    digest.update(b"".join(sorted(digests)))
    return digest.hexdigest()


def digests_of(table: pa.Table) -> list[bytes]:
    """SHA-256 of each row of an Arrow table as canonical JSON."""
    return list(_digests(_rows_of(table.to_batches(BATCH))))


def hash_of_table(table: pa.Table) -> str:
    """The logical hash of an Arrow table."""
    return hash_of_digests(table.column_names, digests_of(table))


def hash_of_parquet(file: Path) -> str:
    """The logical hash of a Parquet file."""
    parquet = pq.ParquetFile(file)
    return logical_hash(parquet.schema_arrow.names, _rows_of(parquet.iter_batches(BATCH)))


def hashes_of_parquet(folder: Path) -> dict[str, str]:
    """Logical hashes, by table, of a folder of Parquet files."""
    return {file.stem: hash_of_parquet(file) for file in sorted(folder.glob("*.parquet"))}


def hashes_of_database(database: Path) -> dict[str, str]:
    """Logical hashes, by table, of the DuckDB file of a build."""
    with duckdb.connect(database, read_only=True) as connection:
        hashes = {}
        for (name,) in connection.execute("select table_name from build_tables").fetchall():
            rows = connection.execute(f"from {quoted(name)}")
            columns = [column[0] for column in rows.description]
            hashes[name] = logical_hash(columns, _fetched(rows.fetchmany))
        return hashes


def _digests(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    return (sha256(_canonical(row)).digest() for row in rows)


def _fetched(fetch: Callable[[int], Sequence[Sequence[object]]]) -> Iterator[Sequence[object]]:
    while batch := fetch(BATCH):
        yield from batch


def _rows_of(batches: Iterable[pa.RecordBatch]) -> Iterator[Sequence[object]]:
    for batch in batches:
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _canonical(values: Sequence[object]) -> bytes:
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=_iso)
    return text.encode()


def _iso(value: object) -> str:
    assert isinstance(value, date | time), value
    return value.isoformat()
