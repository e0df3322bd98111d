"""Whether the descriptors of a release speak of that release: version, tables, files, hashes."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from flows.publish.release.checksums import read_checksums
from flows.publish.release.edition import Edition

Json = Any
Files = dict[str, str]
"""Path → SHA-256."""


def descriptor_faults(folder: Path, manifest: Mapping[str, Any], edition: Edition) -> Iterator[str]:
    """Where the descriptors of a release differ from its files and rows, a sentence each."""
    version, hashes = manifest["version"], read_checksums(folder)
    for name, (version_in, files_in) in DESCRIPTORS.items():
        try:
            described = json.loads((folder / name).read_text(encoding="utf-8"))
            stated, files = version_in(described), files_in(described)
        except (OSError, ValueError, LookupError, TypeError, StopIteration) as error:
            yield f"{name} is not the descriptor of a release: {type(error).__name__}: {error}."
            continue
        if stated != version:
            yield f"{name} is of version {stated}."
        for path, digest in files.items():
            if path not in hashes:
                yield f"{name} describes {path}, which is not there."
            elif digest != hashes[path]:
                yield f"{name} gives another hash of {path} than SHA256SUMS."
    yield from _tables_of_package(folder, edition)
    citation = (folder / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    if f"version: {json.dumps(version)}" not in citation:
        yield "CITATION.cff is of another version."


def _tables_of_package(folder: Path, edition: Edition) -> Iterator[str]:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    described = {resource["name"]: resource for resource in package["resources"]}
    for name, table in edition.tables.items():
        if name not in described:
            yield f"datapackage.json does not describe {name}."
            continue
        fields = [field["name"] for field in described[name]["schema"]["fields"]]
        if fields != list(table["columns"]):
            yield f"datapackage.json gives other columns of {name}."
    for resource in package["resources"]:
        if not (folder / resource["path"]).is_file():
            yield f"datapackage.json points at {resource['path']}, which is not there."


def _in_croissant(croissant: Json) -> Files:
    return {
        file["contentUrl"]: file["sha256"] for file in croissant["distribution"] if "sha256" in file
    }


def _in_crate(crate: Json) -> Files:
    return {
        entity["@id"]: entity["sha256"]
        for entity in crate["@graph"]
        if entity["@type"] == "File" and "sha256" in entity
    }


def _in_dcat(dcat: Json) -> Files:
    return {
        node["dcat:downloadURL"]["@id"]: node["spdx:checksum"]["spdx:checksumValue"]["@value"]
        for node in dcat["@graph"]
        if node["@type"] == "dcat:Distribution" and "spdx:checksum" in node
    }


def _node(graph: Json, name: str) -> Json:
    return next(node for node in graph["@graph"] if node["@id"] == name)


DESCRIPTORS: Mapping[str, tuple[Callable[[Json], str], Callable[[Json], Files]]] = {
    "datapackage.json": (lambda package: package["version"], lambda package: {}),
    "croissant.json": (lambda croissant: croissant["version"], _in_croissant),
    "dcat.jsonld": (lambda dcat: _node(dcat, "./")["dcat:version"], _in_dcat),
    "ro-crate-metadata.json": (lambda crate: _node(crate, "./")["version"], _in_crate),
}
"""Name of a descriptor → where it has the version, and the files with their hashes. The database
has none: its bytes are not those of the next build of the same rows."""
