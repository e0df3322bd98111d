"""An edition: what one build or release holds, read from its own files.

Nothing here asks how a table is declared today: a Parquet file carries its declaration, the
database its views and macros, the manifest what the release says of itself.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from flows.ground.problems import Problem, Refused
from flows.publish.release.about import About, read_about

MANIFEST = "manifest.json"
CHANGES = "changes.parquet"

Declaration = Mapping[str, Any]
"""A table as it was declared: the fields of `schemas.Table`, `columns` by name. `stored`: the
type of a column in Parquet, where it is not that of today."""

View = Mapping[str, Any]
"""A view or macro: `kind`, `description`, `definition`, and `columns` (name → type) or
`parameters`."""


@dataclass(frozen=True)
class Edition:
    """The data of a build or a release, ready to be compared with another.

    `name` is what people call it. `tables`, `views` and `about` are compared besides the rows,
    which are in the files of `folder`. `withdrawn` counts, by table, the rows that are left out
    because a person was withdrawn.
    """

    name: str
    folder: Path
    tables: Mapping[str, Declaration]
    views: Mapping[str, View]
    about: Mapping[str, Any]
    withdrawn: Mapping[str, int]

    def parquet(self, table: str) -> Path:
        """The file of a table."""
        return self.folder / "parquet" / f"{table}.parquet"


def read_edition(folder: Path, name: str) -> Edition:
    """The edition in the folder of a build or release.

    What a build says of itself (title, licence …) is taken from seeds/release.toml as it is now.
    Raises Refused when the folder holds neither a build nor a release.
    """
    try:
        if (folder / MANIFEST).exists():
            facts = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            return edition_of(folder, name, facts["about"], facts)
        facts = json.loads((folder / "build.json").read_text(encoding="utf-8"))
        return edition_of(folder, name, described(read_about()), facts["record"])
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException, duckdb.Error) as error:
        what = f"cannot be read as a build or release: {type(error).__name__}: {error}."
        remedy = "Move it away if it is older than this program; else get it again."
        raise Refused([Problem(str(folder), None, what, remedy)]) from error


def edition_of(
    folder: Path, name: str, about: Mapping[str, Any], record: Mapping[str, Any]
) -> Edition:
    """The edition whose data is in a folder.

    `about` is what it says of itself, `record` what it was made from. Raises OSError, KeyError,
    TypeError or duckdb.Error when the data cannot be read.
    """
    files = sorted((folder / "parquet").glob("*.parquet"))
    tables = {file.stem: _declaration(file) for file in files}
    withdrawn = record.get("withdrawn", {}).get("rows", {})
    return Edition(name, folder, tables, _views(folder / "idm.duckdb"), about, withdrawn)


def described(about: About) -> dict[str, Any]:
    """What a release says of itself (title, creators, licences …), as it stands in its manifest."""
    facts = asdict(about)
    del facts["headline"]  # which scores a page shows
    return facts


def _declaration(file: Path) -> Declaration:
    fields = pq.read_schema(file)
    metadata = fields.metadata or {}
    if b"declaration" not in metadata:
        raise ValueError(f"{file.name} does not say how its table is declared")
    table = json.loads(metadata[b"declaration"])
    columns = {column["name"]: column for column in table["columns"]}
    for field in fields:
        if pa.types.is_time(field.type):  # releases of today have times as text
            columns[field.name]["stored"] = str(field.type)
    return {**table, "columns": columns}


def _views(database: Path) -> dict[str, View]:
    with duckdb.connect(database, read_only=True) as connection:
        views: dict[str, View] = {
            name: {"kind": "view", "description": comment, "definition": sql, "columns": {}}
            for name, comment, sql in connection.execute(
                "select view_name, comment, sql from duckdb_views() where not internal"
                " order by view_name"
            ).fetchall()
        }
        for view, column, kind in connection.execute(
            "select table_name, column_name, data_type from duckdb_columns() where not internal"
            " order by table_name, column_index"
        ).fetchall():
            if view in views:
                views[view]["columns"][column] = kind
        for name, kind, comment, parameters, definition in connection.execute(
            "select function_name, function_type, comment, parameters, macro_definition"
            " from duckdb_functions() where not internal order by all"
        ).fetchall():
            views[name] = {
                "kind": kind,
                "description": comment,
                "definition": definition,
                "parameters": parameters,
            }
        return views


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of the release in a folder. Raises Refused when there is none to be read."""
    file = folder / MANIFEST
    try:
        facts = json.loads(file.read_text(encoding="utf-8"))
        missing = {"version", "date", "schema_sha256", "sql_sha256", "tables"} - facts.keys()
    except (OSError, ValueError, AttributeError) as error:
        what = f"is not the manifest of a release: {type(error).__name__}: {error}."
        raise Refused([Problem(str(file), None, what, "Move the folder away.")]) from error
    if missing:
        what = f"is not the manifest of a release: it lacks {', '.join(sorted(missing))}."
        raise Refused([Problem(str(file), None, what, "Move the folder away.")])
    return dict(facts)
