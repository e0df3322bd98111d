"""Whether a release is whole, and holds what it says. Asks the release itself, not today's code."""

from collections.abc import Iterator, Mapping
from glob import escape
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from flows.ground.fingerprint import hash_of_parquet, hashes_of_database
from flows.ground.problems import Problem
from flows.publish.release.catalogue import Entry, files_of
from flows.publish.release.checksums import differing_files
from flows.publish.release.edition import CHANGES, read_edition, read_manifest
from flows.publish.verify.descriptors import descriptor_faults
from schemas.arrow import ARROW_TYPES
from schemas.ddl import literal, quoted
from schemas.release import CHANGES as CHANGES_TABLE

SHOWN = 5


def faults_of(folder: Path, entry: Entry | None = None) -> list[Problem]:
    """Everything that is wrong with the release in a folder; nothing if it is whole.

    `entry` is what the catalogue says of the release, None where there is no catalogue. Raises
    Refused when so much is missing that nothing can be checked.
    """
    differing = differing_files(folder)
    if differing:
        # What was changed cannot speak for itself.
        remedy = "Get the release again."
        what = "is missing, changed, or not in SHA256SUMS."
        return [Problem(str(folder / path), None, what, remedy) for path in differing]
    with duckdb.connect() as connection:
        release = _Release(folder, connection)
        faults = [
            *(release.catalogued(entry) if entry else ()),
            *release.tables_and_rows(),
            *release.schemas(),
            *release.values(),
            *release.keys(),
            *release.spans(),
            *descriptor_faults(folder, release.manifest, release.edition),
        ]
    return [Problem(str(folder), None, what, "Do not use it; report it.") for what in faults]


class _Release:
    """The release in a folder: each method yields what is wrong in one respect."""

    def __init__(self, folder: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.folder = folder
        self.manifest = read_manifest(folder)
        self.edition = read_edition(folder, str(self.manifest["version"]))
        self.connection = connection

    def catalogued(self, entry: Entry) -> Iterator[str]:
        for part in ("version", "date", "schema_sha256", "sql_sha256", "tables"):
            if entry[part] != self.manifest[part]:
                yield f"the catalogue gives another {part} than the manifest."
        if entry["files"] != files_of(self.folder):
            yield "the catalogue gives other files, sizes or hashes than SHA256SUMS."

    def tables_and_rows(self) -> Iterator[str]:
        stated = {table["table"]: table for table in self.manifest["tables"]}
        if stated.keys() != self.edition.tables.keys():
            names = ", ".join(sorted(stated.keys() ^ self.edition.tables.keys()))
            yield f"{names}: in the manifest or in parquet/, not in both."
        in_database = hashes_of_database(self.folder / "idm.duckdb")
        if in_database.keys() != self.edition.tables.keys():
            names = ", ".join(sorted(in_database.keys() ^ self.edition.tables.keys()))
            yield f"{names}: in the database or in parquet/, not in both."
        for name in stated.keys() & self.edition.tables.keys():
            file = self.edition.parquet(name)
            rows = pq.read_metadata(file).num_rows
            if rows != stated[name]["rows"]:
                yield f"{name} has {rows} rows, the manifest says {stated[name]['rows']}."
            digest = hash_of_parquet(file)
            if digest != stated[name]["logical_sha256"]:
                yield f"the rows of {name} do not have the logical hash in the manifest."
            if in_database.get(name, digest) != digest:
                yield f"{name} has other rows in the database than in parquet/."

    def schemas(self) -> Iterator[str]:
        for name, table in self.edition.tables.items():
            fields = pq.read_schema(self.edition.parquet(name))
            there = [(f.name, _parquet_type(f.type), f.nullable) for f in fields]
            declared = [
                (
                    column["name"],
                    _parquet_type(ARROW_TYPES[column["type"]]),
                    column["nullable"] or column.get("withheld", False),
                )
                for column in table["columns"].values()
            ]
            if there != declared:
                yield f"the columns of {name} are not those that it declares."
        changes = pq.read_schema(self.folder / CHANGES)
        if changes.names != CHANGES_TABLE.column_names:
            yield f"{CHANGES} has other columns than {', '.join(CHANGES_TABLE.column_names)}."

    def values(self) -> Iterator[str]:
        for name, table in self.edition.tables.items():
            for column in table["columns"].values():
                for what, condition in _conditions(column):
                    count = self._count(f"from {self._rows(name)} where not ({condition})")
                    if count:
                        yield f"{name}.{column['name']} {what}: {count} rows are not so."

    def keys(self) -> Iterator[str]:
        for name, table in self.edition.tables.items():
            key = ", ".join(map(quoted, table["key"]))
            twice = self._count(f"from {self._rows(name)} group by {key} having count(*) > 1")
            if twice:
                yield f"{name}: {twice} keys are there more than once."
            for column in table["columns"].values():
                target = column["references"]
                if target is None:
                    continue
                lost = self._count(
                    f"from {self._rows(name)} as r where r.{quoted(column['name'])} is not null and"
                    f" not exists (from {self._rows(target)} as t where"
                    f" t.{quoted(self.edition.tables[target]['key'][0])}"
                    f" = r.{quoted(column['name'])})"
                )
                if lost:
                    yield f"{name}.{column['name']}: {lost} rows refer to none of {target}."

    def spans(self) -> Iterator[str]:
        documents = self._rows("documents")
        wrong = self._count(f"from {documents} where length(text) <> characters")
        if wrong:
            yield f"documents: {wrong} texts are not as long as stated."
        for name, table in self.edition.tables.items():
            if {"document_id", "char_start", "char_end"} <= table["columns"].keys():
                outside = self._count(
                    f"from {self._rows(name)} join {documents} as d using (document_id)"
                    " where not (0 <= char_start and char_start < char_end"
                    " and char_end <= d.characters)"
                )
                if outside:
                    yield f"{name}: {outside} spans are not in their document."

    def _rows(self, table: str) -> str:
        return f"read_parquet({literal(escape(str(self.edition.parquet(table))))})"

    def _count(self, query: str) -> int:
        found = self.connection.execute(f"select count(*) from (select 1 {query})").fetchone()
        assert found is not None
        return int(found[0])


def _parquet_type(arrow: pa.DataType) -> str:
    """Times are text in Parquet; releases before the second major version have them as times."""
    return "string" if pa.types.is_time32(arrow) else str(arrow)


def _conditions(column: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What the declaration of a column demands of its values, in words and in SQL."""
    name = quoted(column["name"])
    if column.get("withheld", False):
        yield "is withheld, so always NULL", f"{name} is null"
    elif not column["nullable"]:
        yield "is never NULL", f"{name} is not null"
    if column["values"] is not None:
        listed = ", ".join(map(literal, column["values"]))
        yield "has only values of its list", f"{name} is null or {name} in ({listed})"
    if column["pattern"] is not None:
        fits = f"regexp_full_match({name}, {literal(column['pattern'])})"
        yield f"is like {column['pattern']}", f"{name} is null or {fits}"
    for part, sign in (("minimum", ">="), ("maximum", "<=")):
        if column[part] is not None:
            yield f"is {sign} {column[part]}", f"{name} is null or {name} {sign} {column[part]}"
