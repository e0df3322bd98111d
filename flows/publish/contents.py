"""What a release folder holds."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow.parquet as pq

from flows.problems import Problem, Refused
from flows.publish.about import About, licence_text
from flows.publish.checksums import file_hash, write_checksums
from flows.publish.citation import citation
from flows.publish.descriptor import data_package
from flows.publish.pages import data_licence, readme, rights
from schemas import TABLES
from schemas.ddl import quoted
from schemas.dictionary import data_dictionary

if TYPE_CHECKING:
    from flows.store import Build


def write_data(build: "Build", folder: Path) -> None:
    """Writes the data of a release into an empty folder. Raises OSError when it cannot."""
    (folder / "parquet").mkdir()
    for name in TABLES:
        shutil.copyfile(build.parquet / f"{name}.parquet", folder / "parquet" / f"{name}.parquet")
    shutil.copyfile(build.database, folder / "idm.duckdb")


def write_pages(
    build: "Build",
    about: About,
    version: str,
    date: str | None,
    more: Mapping[str, str],
    folder: Path,
) -> None:
    """Writes all that describes the data in a folder, with `more` texts by file name, and last
    the hashes of all files. Raises OSError when it cannot."""
    tables = {
        name: pq.read_table(folder / "parquet" / f"{name}.parquet").to_pylist()
        for name in ("sessions", "documents", "recommendations", "reconciliations", "evaluations")
    }
    texts = {
        "CITATION.cff": citation(about, version, date),
        "DICTIONARY.md": data_dictionary(),
        "LICENSE": licence_text(),
        "LICENSE-DATA.md": data_licence(about, version, date),
        "README.md": readme(about, version, date, build.rows, tables),
        "RIGHTS.md": rights(about, tables["documents"]),
        "datapackage.json": data_package(about, version, tables["documents"]),
        **more,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    write_checksums(folder)


def check_data(build: "Build", folder: Path) -> None:
    """Refuses data whose Parquet files are not the build's, or whose database holds other rows."""
    try:
        with duckdb.connect(folder / "idm.duckdb", read_only=True) as database:
            different = [
                name
                for name in TABLES
                if file_hash(folder / "parquet" / f"{name}.parquet") != build.parquet_sha256[name]
                or not _same_rows(database, name, folder / "parquet" / f"{name}.parquet")
            ]
    except duckdb.Error as error:
        raise _damaged(build, str(error)) from error
    if different:
        raise _damaged(build, f"{', '.join(different)} differ from what was stored")


def _same_rows(database: duckdb.DuckDBPyConnection, name: str, parquet: Path) -> bool:
    """Whether a table of the database and a Parquet file hold the same rows."""
    table = quoted(name)
    database.register("parquet_rows", pq.read_table(parquet))
    different = database.execute(
        f"select count(*) from ((from {table} except all from parquet_rows)"
        f" union all (from parquet_rows except all from {table}))"
    ).fetchall()
    database.unregister("parquet_rows")
    return different == [(0,)]


def _damaged(build: "Build", reason: str) -> Refused:
    what = f"is damaged: {reason}."
    return Refused([Problem(str(build.folder), None, what, "Run again: it is made anew.")])
