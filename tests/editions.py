"""Editions for tests: folders like those of a build or release, with tables of their own."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from flows.publish.release.about import read_about
from flows.publish.release.edition import Edition, described, read_edition
from schemas import Column, Row, Table
from schemas.arrow import arrow_schema

CITY = Column("city_id", "text", "The city.", "ville", pattern="[a-z-]+")
NAME = Column("name", "text", "Its name.", "Ville")
SIZE = Column(
    "size",
    "text",
    "How large it is.",
    "small",
    nullable=True,
    values={"small": "few people", "large": "many people"},
)
YEAR = Column("year", "integer", "When it was founded.", 1200, minimum=0, maximum=2100)
CITIES = Table(
    "cities",
    "Cities",
    "One row per city.",
    "Invented.",
    key=("city_id",),
    order=("city_id",),
    columns=(CITY, NAME, SIZE, YEAR),
)
TEXTS = Table(
    "documents",
    "Documents",
    "One row per document.",
    "Invented.",
    key=("document_id",),
    order=("document_id",),
    columns=(Column("document_id", "text", "The document.", "a"), NAME),
)
VIEWS = {
    "large_cities": "create view large_cities as select city_id, year from cities"
    " where size = 'large'",
    "older": "create macro older(years) as years + 1",
}


@dataclass(frozen=True)
class Spec:
    """What an edition holds; without `about` what a release says of itself today."""

    tables: tuple[Table, ...] = (CITIES, TEXTS)
    rows: Mapping[str, list[Row]] = field(
        default_factory=lambda: {
            "cities": [
                {"city_id": "berne", "name": "Berne", "size": "large", "year": 1191},
                {"city_id": "ville", "name": "Villeneuve", "size": None, "year": 1214},
            ],
            "documents": [{"document_id": "a", "name": "Premier"}],
        }
    )
    views: Mapping[str, str] = field(default_factory=lambda: VIEWS)
    about: Mapping[str, Any] = field(default_factory=lambda: described(read_about()))

    def with_table(self, table: Table) -> "Spec":
        """The same with another declaration of a table, and rows that have its columns."""
        rows = [
            {name: row.get(name) for name in table.column_names}
            for row in self.rows.get(table.name, [])
        ]
        tables = tuple(table if t.name == table.name else t for t in self.tables)
        return replace(self, tables=tables, rows={**self.rows, table.name: rows})

    def with_column(self, column: Column, instead: str | None = None) -> "Spec":
        """The same with that column of cities, in the place of the one of that name."""
        name = instead or column.name
        columns = tuple(column if c.name == name else c for c in CITIES.columns)
        rows = [
            {(column.name if key == name else key): value for key, value in row.items()}
            for row in self.rows["cities"]
        ]
        spec = replace(self, rows={**self.rows, "cities": rows})
        return spec.with_table(replace(CITIES, columns=columns))

    def with_rows(self, table: str, rows: list[Row]) -> "Spec":
        """The same with other rows of a table."""
        return replace(self, rows={**self.rows, table: rows})


def declaring(tables: Iterable[Table], folder: Path | None = None) -> Edition:
    """An edition of which nothing is known but its declarations, as files would have them."""
    declarations = {table.name: json.loads(json.dumps(asdict(table))) for table in tables}
    for declared in declarations.values():
        declared["columns"] = {column["name"]: column for column in declared["columns"]}
    return Edition("", folder or Path(), declarations, {}, {}, {})


def rows_written(spec: Spec, folder: Path) -> dict[str, pa.Table]:
    """Writes the Parquet files of an edition into a new folder, and returns what they hold."""
    (folder / "parquet").mkdir(parents=True)
    tables = {
        table.name: pa.Table.from_pylist(list(spec.rows[table.name]), arrow_schema(table))
        for table in spec.tables
    }
    for name, rows in tables.items():
        pq.write_table(rows, folder / "parquet" / f"{name}.parquet")
    return tables


def written(spec: Spec, folder: Path) -> Edition:
    """Writes an edition into a new folder, and reads it."""
    tables = rows_written(spec, folder)
    with duckdb.connect(folder / "idm.duckdb") as database:
        for table in spec.tables:
            rows = tables[table.name]
            database.register("arrow_rows", rows)
            database.execute(f"create table {table.name} as from arrow_rows")
            database.unregister("arrow_rows")
        for sql in spec.views.values():
            database.execute(sql)
    (folder / "manifest.json").write_text(json.dumps({"about": spec.about}))
    return read_edition(folder, folder.name)
