"""A build, written into a folder."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from flows.ground.record import Build
from flows.store.database import write_database
from flows.store.parquet import write_parquet
from flows.store.plan import file_hashes
from schemas.texts import tables_with


def written(tables: Mapping[str, pa.Table], build: Build, folder: Path) -> Build:
    """Writes all files of a build into a new folder, and returns the build with that folder.

    Raises OSError or duckdb.Error when it cannot.
    """
    build = replace(build, folder=folder)
    build.parquet.mkdir()
    write_parquet(tables, build.parquet)
    declared = tables_with(build.texts)
    write_database(declared, tables, build.facts(), build.logical_sha256, build.database)
    build = replace(build, parquet_sha256=file_hashes(build.parquet, build.rows))
    (folder / "build.json").write_text(build.as_json(), encoding="utf-8")
    return build
