"""datapackage.json: the release described for programs (Data Package v2)."""

import json

from flows.publish.about import About
from schemas import TABLES, Column, Row, Table

PROFILES = "https://datapackage.org/profiles/2.0"
TYPES = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
}


def data_package(about: About, version: str, documents: list[Row]) -> str:
    """The descriptor as JSON. `documents` are the rows of that table.

    Resources have no `bytes` or `hash`: validators take them for those of a text file. The hashes
    are in SHA256SUMS.
    """
    package = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": about.name,
        "title": about.title,
        "description": about.description,
        "version": version,
        "licenses": [
            {"name": about.data.id, "title": about.data.title, "path": about.data.url},
            {"title": about.sources.title, "path": "RIGHTS.md"},
        ],
        "sources": [_source(document) for document in documents],
        "contributors": [{"title": name, "roles": ["creator"]} for name in about.creators],
        "keywords": about.keywords,
        "resources": [_resource(table) for table in TABLES.values()],
    }
    return json.dumps(package, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _source(document: Row) -> dict[str, object]:
    source = {
        "title": document["title"] or document["document_id"],
        "sha256": document["sha256"],
        "document_id": document["document_id"],
    }
    if document["source_url"] is not None:
        source["path"] = document["source_url"]
    return source


def _resource(table: Table) -> dict[str, object]:
    schema: dict[str, object] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(column, table.key) for column in table.columns],
        "missingValues": [],
        "primaryKey": list(table.key),
    }
    if table.references:  # the standard has no empty list of them
        schema["foreignKeys"] = [
            _foreign_key(table.name, column, target) for column, target in table.references.items()
        ]
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "type": "table",
        "path": f"parquet/{table.name}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": schema,
    }


def _field(column: Column, key: tuple[str, ...]) -> dict[str, object]:
    constraints: dict[str, object] = {
        "required": not column.nullable,
        "unique": True if key == (column.name,) else None,
        "enum": list(column.values) if column.values is not None else None,
        "pattern": column.pattern,
        "minimum": _bound(column, column.minimum),
        "maximum": _bound(column, column.maximum),
    }
    field: dict[str, object] = {
        "name": column.name,
        "type": TYPES[column.type],
        "description": column.description,
        "example": str(column.example),
        "constraints": {name: value for name, value in constraints.items() if value is not None},
    }
    if column.values is not None:
        field["categories"] = [
            {"value": value, "label": meaning} for value, meaning in column.values.items()
        ]
    return field


def _bound(column: Column, bound: float | None) -> float | None:
    return int(bound) if bound is not None and column.type == "integer" else bound


def _foreign_key(table: str, column: str, target: str) -> dict[str, object]:
    """A reference; one to the table itself names no resource, as the standard has it."""
    reference: dict[str, object] = {"fields": list(TABLES[target].key)}
    if target != table:
        reference["resource"] = target
    return {"fields": [column], "reference": reference}
