"""ro-crate-metadata.json: what the release was made from and by (RO-Crate 1.1, Process Run Crate).

The run that made it is an action: its objects are the documents and other inputs by their hashes,
its instruments the programs by their versions, its result the files. When, where and by whom it
was run is not said: the same inputs make the same release.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flows.publish.describe.facts import Facts, File

CONTEXT = [
    "https://w3id.org/ro/crate/1.1/context",
    {"sha256": "https://schema.org/sha256"},
]
PROFILE = "https://w3id.org/ro/crate/1.1"
PROCESS = "https://w3id.org/ro/wfrun/process/0.5"
MEDIA_TYPES = {
    "cff": "application/yaml",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "md": "text/markdown",
}
RUN = "#run"
PROGRAM = "#idm-open-data"

Entity = dict[str, object]


def ro_crate(facts: Facts, files: Sequence[File], pages: Sequence[str]) -> str:
    """The metadata as JSON-LD. `pages` are the names of the files that describe the data."""
    inputs = [*_documents(facts), *_other_inputs(facts)]
    tools = list(_tools(facts))
    parts = [{"@id": file.path} for file in files] + [{"@id": name} for name in sorted(pages)]
    graph: list[Entity] = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "conformsTo": {"@id": PROFILE},
            "about": {"@id": "./"},
        },
        _root(facts, parts),
        {"@id": PROCESS, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"},
        {
            "@id": RUN,
            "@type": "CreateAction",
            "name": "Build of the tables from the documents, and of the release from the tables",
            "actionStatus": {"@id": "http://schema.org/CompletedActionStatus"},
            "instrument": {"@id": PROGRAM},
            "object": [{"@id": entity["@id"]} for entity in inputs],
            "result": [{"@id": file.path} for file in files],
        },
        {
            "@id": PROGRAM,
            "@type": "SoftwareApplication",
            "name": "IDM Open Data",
            "license": {"@id": facts.about.code.url},
            "softwareRequirements": [{"@id": tool["@id"]} for tool in tools],
            **_commit(facts),
        },
        *tools,
        *inputs,
        *(_file(facts, file) for file in files),
        *(_page(name) for name in sorted(pages)),
        *_licences(facts),
        *(_organisation(_creator(name), name) for name in facts.about.creators),
        _organisation("#rights-holder", facts.about.sources.holder),
    ]
    crate = {"@context": CONTEXT, "@graph": graph}
    return json.dumps(crate, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _root(facts: Facts, parts: Sequence[Mapping[str, str]]) -> Entity:
    about = facts.about
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": about.title,
        "description": about.description,
        "version": facts.version,
        "identifier": f"{about.name}/{facts.version}",
        "keywords": about.keywords,
        "license": {"@id": about.data.url},
        "usageInfo": {"@id": "RIGHTS.md"},
        "creator": [{"@id": _creator(name)} for name in about.creators],
        "conformsTo": {"@id": PROCESS},
        "hasPart": parts,
        "mentions": {"@id": RUN},
    }
    if facts.date:
        root["datePublished"] = facts.date
    return root


def _documents(facts: Facts) -> Iterator[Entity]:
    for row in facts.data["documents"]:
        yield {
            "@id": row["source_url"] or f"#document-{row['document_id']}",
            "@type": "CreativeWork",
            "name": row["title"] or row["document_id"],
            "identifier": row["document_id"],
            "alternateName": row["file_name"],
            "encodingFormat": row["media_type"],
            "inLanguage": row["language"],
            "sha256": row["sha256"],
            "copyrightHolder": {"@id": "#rights-holder"},
            "usageInfo": {"@id": "RIGHTS.md"},
        }


def _other_inputs(facts: Facts) -> Iterator[Entity]:
    """The reference tables, labels and facts that the program read besides the documents."""
    for entry in facts.record.get("inputs", []):
        yield {
            "@id": f"#input-{entry['file']}",
            "@type": "CreativeWork",
            "name": entry["file"],
            "sha256": entry["sha256"],
            "license": {"@id": facts.about.data.url},
        }


def _tools(facts: Facts) -> Iterator[Entity]:
    for name, version in sorted(facts.record.get("tools", {}).items()):
        yield {
            "@id": f"#tool-{name}",
            "@type": "SoftwareApplication",
            "name": name,
            "softwareVersion": version,
        }


def _commit(facts: Facts) -> Entity:
    commit: Mapping[str, Any] | None = facts.record.get("commit")
    return {"softwareVersion": commit["id"]} if commit else {}


def _file(facts: Facts, file: File) -> Entity:
    entity: Entity = {
        "@id": file.path,
        "@type": "File",
        "name": file.title,
        "description": file.description,
        "encodingFormat": file.media_type,
        "license": {"@id": facts.about.data.url},
    }
    if file.table is None or facts.tables[file.table].quotes:
        entity["usageInfo"] = {"@id": "RIGHTS.md"}
    if file.sha256 is not None:
        entity |= {"contentSize": str(file.bytes), "sha256": file.sha256}
    return entity


def _licences(facts: Facts) -> Iterator[Entity]:
    """The licences of data and code."""
    for licence in (facts.about.data, facts.about.code):
        yield {
            "@id": licence.url,
            "@type": "CreativeWork",
            "name": licence.title,
            "identifier": licence.id,
        }


def _page(name: str) -> Entity:
    media_type = MEDIA_TYPES.get(name.rpartition(".")[2], "text/plain")
    return {"@id": name, "@type": "File", "name": name, "encodingFormat": media_type}


def _organisation(entity: str, name: str) -> Entity:
    return {"@id": entity, "@type": "Organization", "name": name}


def _creator(name: str) -> str:
    return f"#creator-{name.lower().replace(' ', '-')}"
