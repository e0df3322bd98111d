"""Rows → validated Parquet and DuckDB, switched into place in one step."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa

from flows.ground.files import staged, unwritable
from flows.ground.fingerprint import hashes_of_database
from flows.ground.lock import only_writer
from flows.ground.record import Build, read_build
from flows.store.arrange import arrange, settled
from flows.store.checked import has_unique_keys, of_documents, to_check
from flows.store.columns import column_faults
from flows.store.documents import faulty_documents
from flows.store.faults import Fault, Invalid
from flows.store.plan import file_hashes, plan
from flows.store.reduce import reduced
from flows.store.relations import relation_faults
from flows.store.switch import check_places, finish, remove_unused, switch
from flows.store.write import written
from schemas import Tables

__all__ = [
    "Build",
    "Fault",
    "Invalid",
    "faulty_documents",
    "plan",
    "reduced",
    "store",
    "storing",
    "validated",
    "written",
]


def store(tables: Tables, warehouse: Path, record: Mapping[str, object]) -> Build:
    """Stores rows as the current build of a warehouse, as `storing` does."""
    with storing(tables, warehouse, record) as build:
        return build


@contextmanager
def storing(tables: Tables, warehouse: Path, record: Mapping[str, object]) -> Iterator[Build]:
    """Writes rows as a build, which takes the old one's place when the block has ended.

    `tables` holds every declared table; `record` what the build was made from (JSON values).
    The same rows and record as in the current build leave it as it is (`Build.unchanged`). No
    other run can write to the warehouse in the meantime. Raises `Invalid` when rows break the
    declarations and `Refused` when the warehouse cannot be written; then, and when the block
    raises anything, what was there stays as it was.
    """
    tables = settled(tables)
    arranged = validated(tables)
    with only_writer(warehouse):
        with _writing(warehouse):
            build = _built(arranged, warehouse, plan(arranged, record, tables))
        try:
            yield build
        except BaseException:
            remove_unused(warehouse)
            raise
        with _writing(warehouse):
            switch(warehouse, build.folder)


@contextmanager
def _writing(warehouse: Path) -> Iterator[None]:
    """Says what to do when the warehouse cannot be written."""
    try:
        yield
    except (OSError, duckdb.OperationalError, duckdb.FatalException) as error:
        raise unwritable(warehouse, error) from error


def validated(tables: Tables) -> dict[str, pa.Table]:
    """The rows as Arrow tables, sorted as declared. Raises `Invalid` with every fault found.

    What is held document by document, and was checked before, is not checked again.
    """
    tables = settled(tables)
    arranged = arrange(tables)
    documents = to_check(tables) if has_unique_keys(arranged) else None
    if documents is not None:
        tables = of_documents(tables, documents)
    checked = arranged if documents is None else arrange(tables)
    faults = column_faults(checked)
    if not any(fault.value is None for fault in faults):
        # Rows with holes cannot be held against one another.
        rows: Tables = {name: data.to_pylist() for name, data in checked.items()}
        faults += relation_faults(rows, documents)
    if faults:
        raise Invalid(faults)
    return arranged


def _holds(folder: Path, build: Build) -> bool:
    """Whether a folder holds that build, and holds it whole."""
    try:
        there = read_build(folder)
        return (
            there.build_id == build.build_id
            and file_hashes(there.parquet, there.rows) == there.parquet_sha256
            and hashes_of_database(there.database) == build.logical_sha256
        )
    except (OSError, ValueError, KeyError, duckdb.Error):
        return False


def _built(tables: Mapping[str, pa.Table], warehouse: Path, build: Build) -> Build:
    """The build in a finished folder: the current one, or another beside it."""
    check_places(warehouse)
    current = (warehouse / "current").resolve()
    if _holds(current, build):
        return replace(read_build(current), unchanged=True)
    with staged(warehouse / ".builds", build.build_id) as partial:
        build = written(tables, build, partial)
        return replace(build, folder=finish(partial))
