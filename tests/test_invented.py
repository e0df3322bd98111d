"""The invented documents in seeds/gold/invented, one a language, are read as well as real ones.

The bars are those that the project sets itself for documents that nobody here has seen.
"""

import json

import pytest

from documents import reference
from flows.__main__ import DOCUMENTS
from flows.build import LABELS
from flows.evaluate import evaluate, summary
from flows.ingest import ingest
from flows.normalise import normalise
from schemas import Row, Tables

INVENTED = LABELS / "invented"
SESSION_FIELDS = 0.95  # share of all fields of all sessions
BARS = [
    ("panels", "rows", 0.97),
    ("panels", "day", 0.90),
    ("panels", "number", 0.90),
    ("participants", "persons", 0.92),
    ("participants", "person_fields", 0.85),
    ("participants", "states", 0.88),
    ("participants", "organisations", 0.88),
    ("recommendations", "rows", 0.88),
    ("recommendations", "force", 0.85),
    ("recommendations", "attribution", 0.88),
    ("mentions", "countries", 0.95),
    ("recommendation_codes", "groups", 0.85),
]


@pytest.fixture(scope="module")
def tables() -> Tables:
    sources, unread = ingest(INVENTED)
    extracted, refused = normalise(sources, reference())
    assert (unread, refused) == ([], [])
    return {**reference(), **extracted}


@pytest.fixture(scope="module")
def scores(tables: Tables) -> list[Row]:
    return evaluate(tables, INVENTED)


def test_each_language_has_a_document_that_is_wholly_labelled(scores: list[Row]) -> None:
    documents = {str(row["document_id"]) for row in scores}
    assert {document.rpartition(".")[2] for document in documents} == {"en", "es", "fr"}
    for document in documents:
        measures = {row["table_name"] for row in scores if row["document_id"] == document}
        assert {table for table, _, _ in BARS} - {"recommendation_codes"} <= measures


def test_the_labels_are_of_these_bytes(scores: list[Row]) -> None:
    hashes = [row["f1"] for row in scores if row["measure"] == "sha256"]
    assert hashes == [1.0] * 3


@pytest.mark.parametrize(("table", "measure", "least"), BARS)
def test_rows_and_fields(scores: list[Row], table: str, measure: str, least: float) -> None:
    [found] = [
        row for row in summary(scores) if (row["table_name"], row["measure"]) == (table, measure)
    ]
    assert found["f1"] >= least


def test_fields_of_the_sessions(scores: list[Row]) -> None:
    fields = [row for row in scores if row["table_name"] == "sessions" and row["measure"] != "span"]
    right = sum(row["true_positives"] for row in fields)
    assert right / (right + sum(row["false_positives"] for row in fields)) >= SESSION_FIELDS


@pytest.mark.parametrize("measure", ["span", "absent"])
def test_no_row_misses_its_passage_and_nobody_merely_named_took_part(
    scores: list[Row], measure: str
) -> None:
    wrong = [row for row in scores if row["measure"] == measure and row["false_positives"]]
    assert wrong == []


def test_they_are_no_part_of_the_data() -> None:
    real = {source.sha256 for source in ingest(DOCUMENTS)[0]}
    labels = [json.loads(path.read_text(encoding="utf-8")) for path in INVENTED.glob("*.json")]
    assert real.isdisjoint(label["sha256"] for label in labels)
