"""croissant.json: the release described for machine learning (Croissant 1.1, schema.org)."""

import json
from collections.abc import Sequence

from flows.publish.describe.facts import Facts, File
from flows.publish.release.about import citation_line
from schemas import Column, Table

PARQUET = ["application/vnd.apache.parquet", "application/x-parquet"]
"""The registered media type, and the one by which readers of Croissant know the format."""

CROISSANT_TERMS = (
    *("arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field"),
    *("fileObject", "fileProperty", "fileSet", "format", "includes", "isArray", "isLiveDataset"),
    *("jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex"),
    *("repeated", "replace", "samplingRate", "separator", "source", "subField", "transform"),
)
CONTEXT: dict[str, object] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "description": {"@container": "@language"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    **{term: f"cr:{term}" for term in CROISSANT_TERMS},
}
TYPES = {
    "text": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "time": "sc:Time",
}


def croissant(facts: Facts, files: Sequence[File]) -> str:
    """The description as JSON-LD.

    The database is not among its files: every file must have its hash there, and the database's
    bytes differ from build to build. Foreign keys are in datapackage.json alone: readers of
    Croissant join the tables that a field refers to, and fail where those refer to others.
    """
    about = facts.about
    description: dict[str, object] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": about.name,
        "alternateName": about.title,
        "description": about.description,
        "version": facts.version,
        "license": [about.data.url, "RIGHTS.md"],
        "usageInfo": about.sources.title,
        "creator": [{"@type": "Organization", "name": name} for name in about.creators],
        "publisher": [{"@type": "Organization", "name": name} for name in about.creators],
        "keywords": about.keywords,
        "inLanguage": facts.languages,
        "citeAs": citation_line(about, facts.version, facts.date),
        "isLiveDataset": False,
        "temporalCoverage": _coverage(facts),
        "prov:wasDerivedFrom": [
            {
                "@type": "prov:Entity",
                "prov:label": str(row["title"] or row["document_id"]),
                "sha256": row["sha256"],
                **({"url": row["source_url"]} if row["source_url"] else {}),
            }
            for row in facts.data["documents"]
        ],
        "distribution": [_file_object(file) for file in files if file.sha256 is not None],
        "recordSet": [_record_set(table) for table in facts.tables.values()],
    }
    if facts.date:
        description["datePublished"] = facts.date
    return json.dumps(description, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _coverage(facts: Facts) -> str:
    """From the first day of any session to the last, as schema.org writes it."""
    sessions = facts.data["sessions"]
    first = min(str(row["start_date"]) for row in sessions)
    return f"{first}/{max(str(row['end_date']) for row in sessions)}"


def _file_object(file: File) -> dict[str, object]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path.rpartition("/")[2],
        "description": file.description,
        "contentUrl": file.path,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": PARQUET if file.path.endswith(".parquet") else file.media_type,
        "sha256": file.sha256,
    }


def _record_set(table: Table) -> dict[str, object]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
        "field": [_field(table, column) for column in table.columns],
    }


def _field(table: Table, column: Column) -> dict[str, object]:
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.meaning,
        "dataType": TYPES[column.type],
        "source": {
            "fileObject": {"@id": f"parquet/{table.name}.parquet"},
            "extract": {"column": column.name},
        },
    }
