"""What a release folder holds."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from flows.ground.problems import Problem, Refused
from flows.ground.record import Build
from flows.publish.describe.citation import citation
from flows.publish.describe.croissant import croissant
from flows.publish.describe.data_package import csv_package, data_package
from flows.publish.describe.dcat import dcat
from flows.publish.describe.facts import Facts, data_files
from flows.publish.describe.pages import data_licence, readme, rights
from flows.publish.describe.quality import quality
from flows.publish.describe.ro_crate import ro_crate
from flows.publish.formats.csv_files import write_csv_files
from flows.publish.formats.spreadsheet import write_spreadsheet
from flows.publish.release.about import About, licence_text
from flows.publish.release.checksums import file_hash, write_checksums
from schemas.ddl import quoted
from schemas.dictionary import data_dictionary
from schemas.texts import tables_with

TOLD = (
    *("sessions", "documents", "passages", "recommendations"),
    *("reconciliations", "evaluations", "warnings"),
)
"""The tables whose rows pages and descriptors quote or count."""


def write_data(build: Build, folder: Path) -> None:
    """Copies the Parquet files and the database of a build into an empty folder. Raises OSError."""
    (folder / "parquet").mkdir()
    for name in build.rows:
        shutil.copyfile(build.parquet / f"{name}.parquet", folder / "parquet" / f"{name}.parquet")
    shutil.copyfile(build.database, folder / "idm.duckdb")


def write_pages(
    build: Build,
    about: About,
    version: str,
    date: str | None,
    more: Mapping[str, str],
    folder: Path,
) -> None:
    """Completes a release in a folder that holds its data already.

    Writes CSV files and spreadsheet, the pages and descriptors, the texts of `more` (by file name),
    and last the hashes of all files. Raises OSError when it cannot.
    """
    facts = _facts(build, about, version, date, folder)
    write_csv_files(facts, folder, csv_package)
    write_spreadsheet(facts, folder)
    files = data_files(facts, folder)
    texts = {
        "CITATION.cff": citation(about, version, date),
        "DICTIONARY.md": data_dictionary(facts.tables.values()),
        "LICENSE": licence_text(),
        "LICENSE-DATA.md": data_licence(facts),
        "QUALITY.md": quality(facts),
        "README.md": readme(facts),
        "RIGHTS.md": rights(facts),
        "croissant.json": croissant(facts, files),
        "datapackage.json": data_package(facts, files),
        "dcat.jsonld": dcat(facts, files),
        **more,
    }
    texts["ro-crate-metadata.json"] = ro_crate(facts, files, list(texts))
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    write_checksums(folder)


def _facts(build: Build, about: About, version: str, date: str | None, folder: Path) -> Facts:
    return Facts(
        about,
        version,
        date,
        build.texts,
        tables_with(build.texts),
        build.rows,
        {name: pq.read_table(folder / "parquet" / f"{name}.parquet").to_pylist() for name in TOLD},
        build.record,
    )


def check_data(build: Build, folder: Path) -> None:
    """Raises Refused when the data in a folder is not, table by table, that of the build."""
    try:
        with duckdb.connect(folder / "idm.duckdb", read_only=True) as database:
            different = [
                name
                for name in build.rows
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


def _damaged(build: Build, reason: str) -> Refused:
    what = f"is damaged: {reason}."
    return Refused([Problem(str(build.folder), None, what, "Run again: it is made anew.")])
