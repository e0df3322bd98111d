"""Rows → validated Parquet and DuckDB, switched into place in one step."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa

from flows.files import only_writer, staged, unwritable
from flows.store.arrange import arrange
from flows.store.build import Build, file_hashes, plan, read_build
from flows.store.columns import column_faults
from flows.store.database import write_database
from flows.store.faults import Fault, Invalid
from flows.store.fingerprint import hashes_of_database
from flows.store.parquet import write_parquet
from flows.store.relations import relation_faults
from flows.store.switch import check_places, finish, link, switch
from schemas import Tables

__all__ = ["Build", "Fault", "Invalid", "store", "validated"]


def store(tables: Tables, warehouse: Path, record: Mapping[str, object]) -> Build:
    """Stores rows as the current build of a warehouse.

    `tables` holds every declared table; `record` what the build was made from (JSON values).
    The same rows and record as in the current build leave it as it is (`Build.unchanged`).
    Raises `Invalid` when rows break the declarations and `Refused` when the warehouse cannot be
    written; what was there then stays as it was.
    """
    arranged = validated(tables)
    build = plan(arranged, record)
    try:
        with only_writer(warehouse):
            check_places(warehouse)
            current = (warehouse / "current").resolve()
            if _holds(current, build):
                link(warehouse)
                return replace(read_build(current), unchanged=True)
            with staged(warehouse / ".builds", build.build_id) as partial:
                build = _written(arranged, build, partial)
                folder = finish(partial)
            switch(warehouse, folder)
            return replace(build, folder=folder)
    except (OSError, duckdb.OperationalError, duckdb.FatalException) as error:
        raise unwritable(warehouse, error) from error


def validated(tables: Tables) -> dict[str, pa.Table]:
    """The rows as Arrow tables, sorted as declared. Raises `Invalid` with every fault found."""
    arranged = arrange(tables)
    faults = column_faults(arranged)
    if not any(fault.value is None for fault in faults):
        # Rows with holes cannot be held against one another.
        faults += relation_faults({name: data.to_pylist() for name, data in arranged.items()})
    if faults:
        raise Invalid(faults)
    return arranged


def _holds(folder: Path, build: Build) -> bool:
    """Whether a folder holds that build, and holds it whole."""
    try:
        there = read_build(folder)
        return (
            there.build_id == build.build_id
            and file_hashes(there.parquet) == there.parquet_sha256
            and hashes_of_database(there.database) == build.logical_sha256
        )
    except (OSError, ValueError, KeyError, duckdb.Error):
        return False


def _written(tables: Mapping[str, pa.Table], build: Build, folder: Path) -> Build:
    """Writes all files of a build into a folder."""
    build = replace(build, folder=folder)
    build.parquet.mkdir()
    write_parquet(tables, build.parquet)
    write_database(tables, build.facts(), build.logical_sha256, build.database)
    build = replace(build, parquet_sha256=file_hashes(build.parquet))
    (folder / "build.json").write_text(build.as_json(), encoding="utf-8")
    return build
