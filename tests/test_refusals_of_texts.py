"""Texts that normalise does not take: what it says, of which file, and what to do about it."""

import pytest

from documents import HEADER, INTRODUCTION, WHOLE, minimal, problems, reference, source
from flows.ground.problems import Problem
from flows.ground.source import Entry, Source
from flows.normalise import normalise

ITALIAN = """\
Dialogo internazionale sulla migrazione 2027

Porti e ponti: la mobilità vista dalle città costiere

7-9 giugno 2027

Sintesi delle conclusioni

La prima sessione del Dialogo internazionale sulla migrazione si è tenuta a Ginevra dal 7 al 9
giugno. I partecipanti hanno chiesto agli Stati di tenere aperti i porti e di formare il personale.
"""
NO_SERIES = WHOLE.replace("Dialogue international sur la migration", "Forum des ports")
NO_SERIES = NO_SERIES.replace("IDM", "FDP")
NO_DATE = WHOLE.replace("7-9 juin 2027\n\n", "").replace(" du 7 au 9 juin", "")
NO_YEAR = WHOLE.replace("2027", "")
NO_THEME = minimal(
    INTRODUCTION,
    HEADER.replace("Ports et passerelles : la mobilité vue des villes côtières\n\n", ""),
)


def only(text: str) -> Problem:
    """The one problem of a text."""
    (problem,) = problems(source(text, "essai.txt"))
    return problem


def test_the_whole_document_of_the_tests_is_taken() -> None:
    assert problems(source(WHOLE)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(NO_SERIES, "Dialogue", id="no series"),
        pytest.param(NO_DATE, "date", id="no date"),
        pytest.param(NO_YEAR, "date", id="no year"),
        pytest.param(NO_THEME, "theme", id="no theme"),
        pytest.param(ITALIAN, "Italian", id="Italian"),
        pytest.param(
            "Die Häfen bleiben offen, und das ist gut so für alle. " * 9, "German", id="German"
        ),
        pytest.param("7 8 9 – – – 2027", "language", id="no words"),
    ],
)
def test_a_text_that_is_not_taken_is_named_with_the_reason_and_a_remedy(
    text: str, words: str
) -> None:
    problem = only(text)
    assert problem.file == "documents/essai.txt"
    assert words in problem.what
    assert problem.what.endswith(".")
    assert problem.remedy.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            NO_SERIES.replace("villes côtières", "villes, dont Idmiston"), id="part of a word"
        ),
        pytest.param(
            NO_SERIES + "\nMigration, dialogue et Union internationale.\n", id="single words"
        ),
    ],
)
def test_words_like_the_series_do_not_name_it(text: str) -> None:
    assert "Dialogue" in only(text).what


def test_a_language_of_the_register_without_a_pack() -> None:
    entry = Entry(language="eo")
    known = source(WHOLE)
    (problem,) = problems(
        Source(known.file_name, known.path, "text/plain", known.sha256, WHOLE, entry)
    )
    assert "eo" in problem.what
    assert "fr" in problem.remedy


def test_two_files_with_the_same_id() -> None:
    tables, found = normalise([source(WHOLE, "a.txt"), source(WHOLE, "b.txt")], reference())
    assert [problem.file for problem in found] == ["documents/b.txt"]
    assert "idm-2027-1.fr" in found[0].what
    assert "documents/a.txt" in found[0].what
    assert [row["file_name"] for row in tables["documents"]] == ["a.txt"]


def test_all_problems_of_a_run_are_listed_and_good_documents_go_on() -> None:
    sources = [
        source(ITALIAN, "a.txt"),
        source(WHOLE, "b.txt"),
        source(NO_DATE, "c.txt"),
        source(WHOLE, "d.txt"),
    ]
    tables, found = normalise(sources, reference())
    assert [p.file for p in found] == ["documents/a.txt", "documents/c.txt", "documents/d.txt"]
    assert [row["file_name"] for row in tables["documents"]] == ["b.txt"]
    assert {row["document_id"] for row in tables["recommendations"]} == {"idm-2027-1.fr"}


@pytest.mark.parametrize("order", [[0, 1], [1, 0]], ids=["in order", "reversed"])
def test_two_sessions_of_a_year_are_told_apart(order: list[int]) -> None:
    second = WHOLE.replace("Première session", "Deuxième session").replace(
        "La première", "La deuxième"
    )
    texts = [source(WHOLE, "a.txt"), source(second, "b.txt")]
    tables, found = normalise([texts[i] for i in order], reference())
    assert found == []
    assert {row["session_id"] for row in tables["sessions"]} == {"idm-2027-1", "idm-2027-2"}


def test_the_session_of_the_register_decides_on_the_id() -> None:
    second = source(WHOLE, "b.txt")
    second = Source("b.txt", second.path, "text/plain", second.sha256, WHOLE, Entry("idm-2027-2"))
    tables, found = normalise([source(WHOLE, "a.txt"), second], reference())
    assert found == []
    ids = {row["file_name"]: row["document_id"] for row in tables["documents"]}
    assert ids == {"a.txt": "idm-2027-1.fr", "b.txt": "idm-2027-2.fr"}


@pytest.mark.parametrize("text", ["x", "\n\n.\n", "-", "\f", "«", "1. 2. 3.", "| | |", "#", "**"])
def test_scraps_are_refused_without_an_error(text: str) -> None:
    assert only(text).file == "documents/essai.txt"
