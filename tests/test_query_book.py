"""The query book: every question runs, and answers the two real documents as was reviewed."""

import re
from pathlib import Path

import duckdb
import pytest

from answers import ANSWERS, answers
from flows.__main__ import PROJECT
from flows.command.asking import book
from flows.command.asking.database import ask, opened
from flows.store.self_description import Question, query_files, read_question

QUESTIONS = [read_question(file) for file in query_files()]
README = (PROJECT / "warehouse" / "README.md").read_text(encoding="utf-8")
OWN_FILES = PROJECT / "warehouse" / "queries" / "data"


@pytest.fixture(scope="module")
def found(built: Path) -> dict[str, str]:
    return answers(built / "idm.duckdb")


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_the_answer_is_the_reviewed_one(question: Question, found: dict[str, str]) -> None:
    name = f"{question.number:02}-{question.name}"
    assert found[name] == (ANSWERS / f"{name}.csv").read_text(encoding="utf-8")


def test_no_answer_is_left_over(found: dict[str, str]) -> None:
    assert {file.stem for file in ANSWERS.glob("*.csv")} == found.keys()


def test_the_book_is_as_large_as_promised() -> None:
    assert [question.number for question in QUESTIONS] == list(range(1, len(QUESTIONS) + 1))
    assert len(QUESTIONS) >= 40
    assert sum(question.files is not None for question in QUESTIONS) >= 10


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_each_question_says_what_it_asks_and_shows(question: Question) -> None:
    assert question.question.endswith("?")
    assert question.shows and question.shows.endswith(".")
    assert len(duckdb.extract_statements(question.query)) == 1
    used = set(re.findall(r"getvariable\('(\w+)'\)", question.query))
    assert used == ({question.variables.partition("=")[0]} if question.variables else set())
    named = set(re.findall(r"warehouse/queries/data/([\w.]+)'", question.query))
    assert named == ({question.files} if question.files else set())
    assert all((OWN_FILES / name).is_file() for name in named)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_the_readme_lists_each_question_with_its_answer(question: Question) -> None:
    [row] = re.findall(rf"^\| {question.number} \| (.*) \| (.*) \|$", README, re.MULTILINE)
    assert row[0].startswith(
        f"[{question.question}](queries/{question.number:02}-{question.name}.sql)"
    )
    assert row[1]


def test_the_book_is_in_the_database(built: Path) -> None:
    with opened(built / "idm.duckdb") as connection:
        assert [q.query for q in book.questions(connection)] == [q.query for q in QUESTIONS]
        seven = book.find(connection, "7")
        assert seven == book.find(connection, "07")
        assert seven == book.find(connection, "what-one-country-asked-for")
        assert book.find(connection, "nothing-like-it") is None
        assert "women-and-girls" in book.like(connection, "women-girls")


def test_a_question_can_be_put_for_another_country(built: Path) -> None:
    with opened(built / "idm.duckdb") as connection:
        query = book.query_of(connection, "what-one-country-asked-for")
        relation = ask(connection, query, {"country": "BGD"})
        assert relation is not None
        assert [row[1] for row in relation.fetchall()] == ["Rabab Fatima"]
