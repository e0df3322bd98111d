"""csv.zip: every table as CSV, a Data Package of its own.

UTF-8 and RFC 4180. NULL is a field without anything, not even quotes; no text is empty, so that
the two cannot be taken for each other.
"""

import csv
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pyarrow.parquet as pq

from flows.publish.describe.facts import CSV, Facts
from flows.publish.release.archive import Member, add_member

DESCRIPTOR = "datapackage.json"
BATCH = 10_000


def write_csv_files(
    facts: Facts, folder: Path, describe: Callable[[Facts, dict[str, Member]], str]
) -> None:
    """Writes `<folder>/csv.zip` from `<folder>/parquet`; `describe` makes its descriptor."""
    with ZipFile(folder / CSV, "w") as archive:
        members = {
            f"{name}.csv": add_member(
                archive, f"{name}.csv", _lines(folder / "parquet" / f"{name}.parquet")
            )
            for name in facts.tables
        }
        add_member(archive, DESCRIPTOR, [describe(facts, members).encode()])


def _lines(parquet: Path) -> Iterator[bytes]:
    """The lines of a table as CSV, its header first, many at a time."""
    with pq.ParquetFile(parquet) as file:
        yield _written([file.schema_arrow.names])
        for batch in file.iter_batches(BATCH):
            columns = [map(_cell, column.to_pylist()) for column in batch.columns]
            yield _written(list(zip(*columns, strict=True)))


def _written(rows: list[tuple[object, ...]] | list[list[str]]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else value
