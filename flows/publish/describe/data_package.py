"""datapackage.json: the release described for programs (Data Package v2)."""

import json
from collections.abc import Mapping, Sequence

from flows.publish.describe.facts import Facts, File
from flows.publish.release.about import About
from flows.publish.release.archive import Member
from schemas import Column, Row, Table

PROFILES = "https://datapackage.org/profiles/2.0"
TYPES = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
}


def data_package(facts: Facts, files: Sequence[File]) -> str:
    """The descriptor of a release as JSON.

    The resources of Parquet files have no `bytes` or `hash`: validators take them for those of a
    text file. The hashes are in SHA256SUMS.
    """
    resources = []
    for file in files:
        if file.table is not None:
            table = facts.tables[file.table]
            described = _resource(facts, table, [])
            resources.append(
                {**described, "path": file.path, "format": "parquet", "mediatype": file.media_type}
            )
        else:
            resources.append(_file(facts, file))
    return _package(facts, resources)


def csv_package(facts: Facts, members: Mapping[str, Member]) -> str:
    """The descriptor of the CSV files as JSON. `members` are the files by name."""
    resources = []
    for (path, member), table in zip(members.items(), facts.tables.values(), strict=True):
        resources.append(
            {
                **_resource(facts, table, [""]),
                "path": path,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": member.bytes,
                "hash": f"sha256:{member.sha256}",
            }
        )
    return _package(facts, resources)


def _package(facts: Facts, resources: Sequence[Mapping[str, object]]) -> str:
    about = facts.about
    package = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": about.name,
        "title": about.title,
        "description": about.description,
        "version": facts.version,
        "licenses": [_data_licence(about), *_texts_licence(about), _code_licence(about)],
        "sources": [_source(document) for document in facts.data["documents"]],
        "contributors": [{"title": name, "roles": ["creator"]} for name in about.creators],
        "keywords": about.keywords,
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _data_licence(about: About) -> dict[str, str]:
    return {"name": about.data.id, "title": about.data.title, "path": about.data.url}


def _texts_licence(about: About) -> list[dict[str, str]]:
    return [{"title": about.sources.title, "path": "RIGHTS.md"}]


def _code_licence(about: About) -> dict[str, str]:
    return {"name": about.code.id, "title": about.code.title, "path": about.code.url}


def _source(document: Row) -> dict[str, object]:
    source = {
        "title": document["title"] or document["document_id"],
        "sha256": document["sha256"],
        "document_id": document["document_id"],
    }
    if document["source_url"] is not None:
        source["path"] = document["source_url"]
    return source


def _file(facts: Facts, file: File) -> dict[str, object]:
    """A resource that is no single table."""
    code = [_code_licence(facts.about)] if file.sha256 is None else []
    described: dict[str, object] = {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": file.path.replace(".", "-"),
        "title": file.title,
        "description": file.description,
        "path": file.path,
        "format": file.path.rpartition(".")[2],
        "mediatype": file.media_type,
        "licenses": [_data_licence(facts.about), *_texts_licence(facts.about), *code],
    }
    if file.sha256 is not None:
        described |= {"bytes": file.bytes, "hash": f"sha256:{file.sha256}"}
    return described


def _resource(facts: Facts, table: Table, missing: list[str]) -> dict[str, object]:
    schema: dict[str, object] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(column, table.key) for column in table.columns],
        "missingValues": missing,
        "primaryKey": list(table.key),
    }
    if table.references:  # the standard has no empty list of them
        schema["foreignKeys"] = [
            _foreign_key(facts.tables, table.name, column, target)
            for column, target in table.references.items()
        ]
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "type": "table",
        "licenses": [
            _data_licence(facts.about),
            *(_texts_licence(facts.about) if table.quotes else []),
        ],
        "schema": schema,
    }


def _field(column: Column, key: tuple[str, ...]) -> dict[str, object]:
    constraints: dict[str, object] = {
        "required": not column.may_be_null,
        "unique": True if key == (column.name,) else None,
        "enum": list(column.values) if column.values is not None else None,
        "pattern": column.pattern,
        "minimum": _bound(column, column.minimum),
        "maximum": _bound(column, column.maximum),
    }
    field: dict[str, object] = {
        "name": column.name,
        "type": TYPES[column.type],
        "description": column.meaning,
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


def _foreign_key(
    tables: Mapping[str, Table], table: str, column: str, target: str
) -> dict[str, object]:
    """A reference; one to the table itself names no resource, as the standard has it."""
    reference: dict[str, object] = {"fields": list(tables[target].key)}
    if target != table:
        reference["resource"] = target
    return {"fields": [column], "reference": reference}
