"""dcat.jsonld: the release described for catalogues of open data (DCAT-AP 3)."""

import json
from collections.abc import Sequence

from flows.publish.describe.facts import Facts, File

CONTEXT: dict[str, object] = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
EUROPEAN = "http://publications.europa.eu/resource/authority"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types"
LANGUAGES = {
    "ar": "ARA",
    "en": "ENG",
    "es": "SPA",
    "fr": "FRA",
    "ru": "RUS",
    "zh": "ZHO",
}
"""ISO 639-1 → the code in the authority list that DCAT-AP names: the languages of the United
Nations, in which these documents are issued."""

PUBLISHER = "#publisher"
TEXTS = "RIGHTS.md"
TEXTS_AND_CODE = "#database-rights"


def dcat(facts: Facts, files: Sequence[File]) -> str:
    """The description as JSON-LD; its IRIs are relative to the file, wherever it is published."""
    about = facts.about
    sessions = facts.data["sessions"]
    dataset: dict[str, object] = {
        "@id": "./",
        "@type": "dcat:Dataset",
        "dct:title": _english(about.title),
        "dct:description": _english(about.description),
        "dct:identifier": f"{about.name}/{facts.version}",
        "dct:publisher": {"@id": PUBLISHER},
        "dct:creator": {"@id": PUBLISHER},
        "dct:language": [
            {"@id": f"{EUROPEAN}/language/{LANGUAGES[code]}", "@type": "dct:LinguisticSystem"}
            for code in facts.languages
            if code in LANGUAGES
        ],
        "dct:accessRights": {
            "@id": f"{EUROPEAN}/access-right/PUBLIC",
            "@type": "dct:RightsStatement",
        },
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _date(min(str(row["start_date"]) for row in sessions)),
            "dcat:endDate": _date(max(str(row["end_date"]) for row in sessions)),
        },
        "dct:provenance": {
            "@type": "dct:ProvenanceStatement",
            "rdfs:label": _english(
                "Extracted by rules from the documents named under dct:source; see QUALITY.md and"
                " ro-crate-metadata.json."
            ),
        },
        "dct:source": [
            {
                "@id": row["source_url"] or f"#{row['document_id']}",
                "dct:title": row["title"] or row["document_id"],
                "dct:identifier": f"sha256:{row['sha256']}",
            }
            for row in facts.data["documents"]
        ],
        "dcat:keyword": [_english(keyword) for keyword in about.keywords],
        "dcat:theme": {"@id": f"{EUROPEAN}/data-theme/SOCI", "@type": "skos:Concept"},
        "dcat:version": facts.version,
        "foaf:page": {"@id": "README.md", "@type": "foaf:Document"},
        "dcat:distribution": [{"@id": f"#{file.path}"} for file in files],
    }
    if facts.date:
        dataset["dct:issued"] = _date(facts.date)
    graph = [
        dataset,
        {"@id": PUBLISHER, "@type": "foaf:Agent", "foaf:name": ", ".join(about.creators)},
        {
            "@id": about.data.url,
            "@type": "dct:LicenseDocument",
            "dct:title": about.data.title,
            "dct:identifier": about.data.id,
        },
        {
            "@id": TEXTS,
            "@type": "dct:RightsStatement",
            "rdfs:label": _english(about.sources.title),
        },
        {
            "@id": TEXTS_AND_CODE,
            "@type": "dct:RightsStatement",
            "rdfs:label": _english(
                f"{about.sources.title}. Views and macros: {about.code.title} ({about.code.id})."
            ),
        },
        *(_distribution(facts, file) for file in files),
    ]
    document = {"@context": CONTEXT, "@graph": graph}
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _distribution(facts: Facts, file: File) -> dict[str, object]:
    """A file with the licence of the data, and the other rights where there is more in it."""
    distribution: dict[str, object] = {
        "@id": f"#{file.path}",
        "@type": "dcat:Distribution",
        "dct:title": _english(file.title),
        "dct:description": _english(file.description),
        "dcat:accessURL": {"@id": file.path},
        "dcat:downloadURL": {"@id": file.path},
        "dcat:mediaType": {
            "@id": f"{MEDIA_TYPES}/{file.media_type}",
            "@type": "dct:MediaType",
        },
        "dct:license": {"@id": facts.about.data.url},
        "adms:status": {
            "@id": f"{EUROPEAN}/distribution-status/COMPLETED",
            "@type": "skos:Concept",
        },
    }
    if file.sha256 is None:
        distribution["dct:rights"] = {"@id": TEXTS_AND_CODE}
    elif file.table is None or facts.tables[file.table].quotes:
        distribution["dct:rights"] = {"@id": TEXTS}
    if file.sha256 is not None:
        distribution["dcat:byteSize"] = {
            "@value": str(file.bytes),
            "@type": "xsd:nonNegativeInteger",
        }
        distribution["spdx:checksum"] = {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        }
    return distribution


def _english(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "en"}


def _date(text: str) -> dict[str, str]:
    return {"@value": text, "@type": "xsd:date"}
