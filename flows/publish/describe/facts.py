"""What all pages and descriptors of a release are made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from flows.publish.release.about import About
from flows.publish.release.checksums import file_hash
from flows.publish.release.edition import CHANGES
from schemas import Table, Tables
from schemas.texts import Texts

DATABASE = "idm.duckdb"
CSV = "csv.zip"
SPREADSHEET = "idm.xlsx"


@dataclass(frozen=True)
class Facts:
    """What the pages and descriptors of a release say of it.

    `texts` says how much of the documents it carries. `tables` are its declarations, `rows` the
    numbers of rows, both by table; `data` has the rows of the tables that pages quote. `record` is
    what the build was made from. `date` (ISO 8601) is the only time in a release.
    """

    about: About
    version: str
    date: str | None
    texts: Texts
    tables: Mapping[str, Table]
    rows: Mapping[str, int]
    data: Tables
    record: Mapping[str, Any]

    @property
    def languages(self) -> list[str]:
        """The languages of the documents (ISO 639-1)."""
        return sorted({str(row["language"]) for row in self.data["documents"]})


class File(NamedTuple):
    """A file that holds data. `bytes` and `sha256` are None for the database: its bytes differ
    from build to build, and a descriptor is to be the same for the same rows."""

    path: str
    title: str
    description: str
    media_type: str
    table: str | None
    bytes: int | None
    sha256: str | None


def data_files(facts: Facts, folder: Path) -> list[File]:
    """The files of a release that hold its data."""

    def file(path: str, title: str, what: str, media_type: str, table: str | None = None) -> File:
        known = path != DATABASE
        return File(
            *(path, title, what, media_type, table),
            (folder / path).stat().st_size if known else None,
            file_hash(folder / path) if known else None,
        )

    return [
        *(
            file(
                f"parquet/{name}.parquet",
                f"{table.title} (Parquet)",
                table.description,
                "application/vnd.apache.parquet",
                name,
            )
            for name, table in facts.tables.items()
        ),
        file(
            CHANGES,
            "Changes (Parquet)",
            "What differs from the release before, value by value.",
            "application/vnd.apache.parquet",
        ),
        file(CSV, "All tables (CSV)", "Every table as CSV, in one archive.", "application/zip"),
        file(
            SPREADSHEET,
            "All tables (spreadsheet)",
            "Every table as a sheet, for people who work in spreadsheets.",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        file(
            DATABASE,
            "All tables (DuckDB)",
            "Every table with keys, checks and comments, with views and macros.",
            "application/octet-stream",
        ),
    ]
