"""What describes a release to programs, read and checked by the tools that people use for it."""

import csv
import json
import re
import shutil
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import frictionless
import jsonschema
import mlcroissant
import pyarrow.parquet as pq
import pyshacl
import pytest
import rdflib
import yaml
from rdflib.namespace import DCAT, DCTERMS, FOAF
from rocrate.rocrate import ROCrate

from conftest import RELEASED
from flows.publish.release.about import read_about
from schemas import TABLES, Row
from schemas.arrow import from_parquet

pytestmark = pytest.mark.slow

SHAPES = Path(__file__).with_name("dcat_ap.ttl")
PLACE = "https://example.org/data/1.0.0/"
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
OTHERS = ["changes.parquet", "csv.zip", "idm.xlsx"]
"""The files whose data is of no single table and whose bytes are always the same."""

QUOTING = {name for name, table in TABLES.items() if table.quotes}


def text_of(release: Path, name: str) -> str:
    return (release / name).read_text(encoding="utf-8")


def json_of(release: Path, name: str) -> Any:
    return json.loads(text_of(release, name))


def hash_of(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


# --- Data Package ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unpacked(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that csv.zip holds. To be read only."""
    folder = tmp_path_factory.mktemp("csv")
    shutil.unpack_archive(released / "csv.zip", folder)
    return folder


@pytest.mark.parametrize("name", ["datapackage.json", "csv/datapackage.json"])
def test_a_data_package_is_described_by_the_standard(
    name: str, released: Path, unpacked: Path
) -> None:
    place = unpacked if name.startswith("csv/") else released
    package = json_of(place, "datapackage.json")
    assert list(frictionless.Package.validate_descriptor(package).flatten(["note"])) == []
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["version"] == "1.0.0"
    assert [licence.get("name") for licence in package["licenses"]] == [
        *("CC-BY-4.0", None, "Apache-2.0"),
    ]
    tables = [resource for resource in package["resources"] if "schema" in resource]
    assert [resource["name"] for resource in tables] == list(TABLES)
    for resource in tables:
        titles = [licence["title"] for licence in resource["licenses"]]
        assert (read_about().sources.title in titles) == (resource["name"] in QUOTING)


def test_frictionless_finds_no_fault_in_the_csv_files(released: Path) -> None:
    """Types, required values, enumerations, patterns, bounds, keys, sizes and hashes."""
    report = frictionless.validate(str(released / "csv.zip"))
    assert report.flatten(["name", "fieldName", "type", "note"]) == []
    assert report.stats["tasks"] == len(TABLES)


def test_frictionless_reads_the_records_of_the_csv_files(released: Path) -> None:
    package = frictionless.Package(str(released / "csv.zip"))
    for name in TABLES:
        read = [
            {k: float(v) if isinstance(v, Decimal) else v for k, v in row.to_dict().items()}
            for row in package.get_resource(name).read_rows()
        ]
        table = pq.read_table(released / "parquet" / f"{name}.parquet")
        assert read == from_parquet(table, TABLES[name]).to_pylist()


def test_frictionless_reads_and_checks_the_parquet_files(released: Path) -> None:
    """It takes them by way of pandas, which has no missing numbers but NaN: tables that lack one
    it judges wrong whoever wrote them. Those are checked as CSV alone."""
    package = frictionless.Package(str(released / "datapackage.json"))
    checked = 0
    for name, table in TABLES.items():
        rows = pq.read_table(released / "parquet" / f"{name}.parquet")
        numbers = [c.name for c in table.columns if c.type in ("integer", "number")]
        resource = package.get_resource(name)
        if not any(rows[column].null_count for column in numbers):
            assert resource.validate().flatten(["fieldName", "type", "note"]) == []
            checked += 1
        keys = [row[table.key[0]] for row in resource.read_rows()]
        assert keys == rows[table.key[0]].to_pylist()
    assert checked > len(TABLES) / 2


def test_the_other_files_are_as_described(released: Path) -> None:
    others = [r for r in json_of(released, "datapackage.json")["resources"] if "schema" not in r]
    assert [resource["path"] for resource in others] == [*OTHERS, "idm.duckdb"]
    for resource in others[:-1]:
        file = released / resource["path"]
        assert resource["bytes"] == file.stat().st_size
        assert resource["hash"] == f"sha256:{hash_of(file)}"
    assert not {"bytes", "hash"} & others[-1].keys()


def test_the_descriptor_says_how_each_parquet_file_is_made(released: Path) -> None:
    arrow = {
        "string": "string",
        "integer": "int32",
        "number": "double",
        "boolean": "bool",
        "date": "date32[day]",
        "time": "string",
    }
    for resource in json_of(released, "datapackage.json")["resources"]:
        if "schema" in resource:
            assert not {"bytes", "hash"} & resource.keys()
            fields = pq.read_schema(released / resource["path"])
            assert [
                (field["name"], arrow[field["type"]], not field["constraints"]["required"])
                for field in resource["schema"]["fields"]
            ] == [(field.name, str(field.type), field.nullable) for field in fields]


@pytest.mark.parametrize(
    ("table", "change", "error"),
    [
        ("panels", {"session_id": "idm-2031-1"}, "foreign-key"),
        ("panels", {"title": ""}, "constraint-error"),
        ("panels", {"position": "one"}, "type-error"),
        ("participants", {"kind": "persona"}, "constraint-error"),
        ("interventions", {"intervention_id": "{other}"}, "primary-key"),
        ("panels", {"title": "Anything else"}, "hash-count"),
    ],
)
def test_frictionless_finds_a_fault_by_the_descriptor(
    unpacked: Path, tmp_path: Path, table: str, change: Row, error: str
) -> None:
    shutil.copytree(unpacked, tmp_path, dirs_exist_ok=True)
    file = tmp_path / f"{table}.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    other = rows[1][TABLES[table].key[0]]
    rows[0].update({name: str(value).format(other=other) for name, value in change.items()})
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert [error] in report.flatten(["type"])


# --- Croissant ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def croissant(released: Path) -> mlcroissant.Dataset:
    return mlcroissant.Dataset(jsonld=released / "croissant.json")


def test_croissant_is_read_without_a_complaint(
    croissant: mlcroissant.Dataset, caplog: pytest.LogCaptureFixture
) -> None:
    metadata = croissant.metadata
    assert metadata.ctx.issues.report() == ""
    assert metadata.ctx.is_v1_1()
    assert metadata.version == "1.0.0"
    assert str(metadata.date_published).startswith(RELEASED)
    assert [record_set.id for record_set in metadata.record_sets] == list(TABLES)


def test_mlcroissant_reads_the_records(croissant: mlcroissant.Dataset, released: Path) -> None:
    for name, table in TABLES.items():
        rows = pq.read_table(released / "parquet" / f"{name}.parquet").to_pylist()
        read = list(croissant.records(name))
        assert len(read) == len(rows)
        for column in table.columns:
            if column.type == "text":
                assert [
                    value.decode() if isinstance(value, bytes) else None
                    for value in (record[f"{name}/{column.name}"] for record in read)
                ] == [row[column.name] for row in rows]


def test_croissant_has_the_hashes_and_rights_of_the_files(released: Path) -> None:
    description = json_of(released, "croissant.json")
    assert {entry["contentUrl"] for entry in description["distribution"]} == {
        *OTHERS,
        *(f"parquet/{name}.parquet" for name in TABLES),
    }
    for entry in description["distribution"]:
        file = released / entry["contentUrl"]
        assert entry["sha256"] == hash_of(file)
        assert entry["contentSize"] == f"{file.stat().st_size} B"
    assert description["license"] == ["https://creativecommons.org/licenses/by/4.0/", "RIGHTS.md"]
    assert 50 <= len(description["description"]) <= 5000  # as search engines demand
    assert {source["sha256"] for source in description["prov:wasDerivedFrom"]} == {
        row["sha256"] for row in pq.read_table(released / "parquet/documents.parquet").to_pylist()
    }


# --- DCAT-AP -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def catalogue(released: Path) -> rdflib.Graph:
    """The description as it is read from where the release is published."""
    return rdflib.Graph().parse(
        data=text_of(released, "dcat.jsonld"), format="json-ld", base=PLACE + "dcat.jsonld"
    )


def conforms(graph: rdflib.Graph) -> tuple[bool, str]:
    conforming, _, report = pyshacl.validate(graph, shacl_graph=str(SHAPES), inference="none")
    return conforming, report


def test_the_catalogue_entry_conforms(catalogue: rdflib.Graph) -> None:
    conforming, report = conforms(catalogue)
    assert conforming, report
    assert (rdflib.URIRef(PLACE), DCTERMS.issued, None) in catalogue


@pytest.mark.parametrize(
    ("kind", "prop"),
    [
        *((DCAT.Dataset, prop) for prop in (DCTERMS.title, DCTERMS.publisher, DCAT.distribution)),
        *((DCAT.Distribution, prop) for prop in (DCAT.accessURL, DCTERMS.license)),
        (FOAF.Agent, FOAF.name),
        (SPDX.Checksum, SPDX.checksumValue),
    ],
)
def test_a_catalogue_entry_that_lacks_something_does_not(
    kind: rdflib.URIRef, prop: rdflib.URIRef, catalogue: rdflib.Graph
) -> None:
    less = rdflib.Graph()
    less += catalogue
    for subject in list(less.subjects(rdflib.RDF.type, kind)):
        less.remove((subject, prop, None))
    assert not conforms(less)[0]


def test_the_catalogue_entry_points_at_every_data_file(
    catalogue: rdflib.Graph, released: Path
) -> None:
    paths = {
        str(url).removeprefix(PLACE): subject
        for subject, url in catalogue.subject_objects(DCAT.downloadURL)
    }
    assert paths.keys() == {
        *(*OTHERS, "idm.duckdb"),
        *(f"parquet/{name}.parquet" for name in TABLES),
    }
    for path, subject in paths.items():
        checksum = catalogue.value(subject, SPDX.checksum)
        if path == "idm.duckdb":
            assert checksum is None
        else:
            digest = str(catalogue.value(checksum, SPDX.checksumValue)).lower()
            assert digest == hash_of(released / path)
        rights = catalogue.value(subject, DCTERMS.rights)
        table = Path(path).stem if path.startswith("parquet/") else None
        assert (rights is not None) == (table is None or table in QUOTING)


# --- RO-Crate ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def graph(released: Path) -> dict[str, dict[str, Any]]:
    """The entities of the crate by their ids."""
    entities = json_of(released, "ro-crate-metadata.json")["@graph"]
    by_id = {entity["@id"]: entity for entity in entities}
    assert len(by_id) == len(entities)
    return by_id


def referred(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if value.keys() == {"@id"}:
            yield value["@id"]
        else:
            for part in value.values():
                yield from referred(part)
    elif isinstance(value, list):
        for part in value:
            yield from referred(part)


def test_rocrate_reads_the_crate(released: Path) -> None:
    crate = ROCrate(released)
    assert crate.name == read_about().title
    assert crate.datePublished.date().isoformat() == RELEASED
    assert str(crate.root_dataset["version"]) == "1.0.0"
    names = {str(entity.id) for entity in crate.data_entities}
    assert names == {
        path.relative_to(released).as_posix() for path in released.rglob("*") if path.is_file()
    } - {"ro-crate-metadata.json", "SHA256SUMS"}


def test_the_crate_is_linked_and_right_about_its_files(
    graph: dict[str, dict[str, Any]], released: Path
) -> None:
    allowed = {"https://w3id.org/ro/crate/1.1", "http://schema.org/CompletedActionStatus"}
    assert set(referred(list(graph.values()))) - graph.keys() == allowed
    assert graph["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    for entity in graph.values():
        if entity["@type"] == "File":
            file = released / entity["@id"]
            assert file.is_file()
            assert "sha256" not in entity or entity["sha256"] == hash_of(file)
    hashed = {name for name, entity in graph.items() if "contentSize" in entity}
    assert hashed == {*OTHERS, *(f"parquet/{name}.parquet" for name in TABLES)}


def test_the_crate_says_what_it_was_made_from_and_by(
    graph: dict[str, dict[str, Any]], released: Path
) -> None:
    (action,) = [entity for entity in graph.values() if entity["@type"] == "CreateAction"]
    manifest = json_of(released, "manifest.json")
    inputs = [graph[entry["@id"]] for entry in action["object"]]
    stated = [*manifest["documents"], *manifest["inputs"]]
    assert {entity["sha256"] for entity in inputs} == {entry["sha256"] for entry in stated}
    program = graph[action["instrument"]["@id"]]
    assert program["softwareVersion"] == manifest["commit"]["id"]
    tools = [graph[entry["@id"]] for entry in program["softwareRequirements"]]
    assert {tool["name"]: tool["softwareVersion"] for tool in tools} == manifest["tools"]
    assert {entity["@type"] for entity in (program, *tools)} == {"SoftwareApplication"}
    assert {entry["@id"] for entry in action["result"]} == {
        *(*OTHERS, "idm.duckdb"),
        *(f"parquet/{name}.parquet" for name in TABLES),
    }
    assert not {"startTime", "endTime", "agent", "location"} & action.keys()


# --- citation and card -------------------------------------------------------------------------


def test_the_citation_fits_the_schema_of_cff(released: Path) -> None:
    place = files("check_jsonschema.builtin_schemas.vendor") / "citation-file-format.json"
    schema = json.loads(place.read_text(encoding="utf-8"))
    citation = yaml.safe_load(text_of(released, "CITATION.cff"))
    jsonschema.validators.validator_for(schema)(schema).validate(citation)
    assert citation["cff-version"] == "1.2.0" and citation["type"] == "dataset"
    assert (citation["version"], citation["date-released"]) == ("1.0.0", RELEASED)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**citation, "license": "CC BY 4.0"}, schema)


def test_the_card_has_a_configuration_for_each_table(released: Path) -> None:
    _, front, page = text_of(released, "README.md").split("---\n", 2)
    card = yaml.safe_load(front)
    assert page.startswith("\n# ")
    configs = {config["config_name"]: config["data_files"] for config in card["configs"]}
    assert configs == {name: f"parquet/{name}.parquet" for name in TABLES}
    assert all((released / path).is_file() for path in configs.values())
    assert [c["config_name"] for c in card["configs"] if c.get("default")] == ["recommendations"]
    assert card["language"] == ["fr"] and card["license"][0] == "cc-by-4.0"
    assert card["size_categories"] == ["1K<n<10K"]


# --- all of them -------------------------------------------------------------------------------


def test_nothing_tells_when_where_or_by_whom_it_was_made(released: Path) -> None:
    """The dates are that of the release and those of the sessions; no path of a machine."""
    sessions = pq.read_table(released / "parquet/sessions.parquet").to_pylist()
    of_sessions = {str(row[name]) for row in sessions for name in ("start_date", "end_date")}
    declared = {str(c.example) for table in TABLES.values() for c in table.columns}
    for path in released.iterdir():
        if path.suffix in (".json", ".jsonld", ".md", ".cff") and path.name != "manifest.json":
            text = path.read_text(encoding="utf-8")
            dates = set(re.findall(r"\b\d{4}-\d{2}-\d{2}\b", text))
            assert dates <= {RELEASED} | of_sessions | declared, path.name
            assert not re.search(r"(?<![\w:/.])/(?:tmp|home|root|usr|var)/", text), path.name


def test_relative_addresses_lead_to_files_of_the_release(released: Path) -> None:
    croissant = json_of(released, "croissant.json")
    addresses = [entry["contentUrl"] for entry in croissant["distribution"]]
    addresses += [r["path"] for r in json_of(released, "datapackage.json")["resources"]]
    for address in [*addresses, "RIGHTS.md"]:
        assert urljoin(PLACE, address).startswith(PLACE)
        assert (released / address).is_file()
