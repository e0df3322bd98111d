"""The query book at hand: the questions that a database brings along."""

import difflib
from pathlib import Path
from typing import NamedTuple

import duckdb


class Question(NamedTuple):
    """A question of the book, as the table `queries` has it."""

    number: int
    name: str
    question: str
    variables: str | None
    files: str | None
    query: str


COLUMNS = ", ".join(Question._fields)


def questions(connection: duckdb.DuckDBPyConnection) -> list[Question]:
    """The book of a database; empty in one that is older than the book."""
    there = connection.execute("from duckdb_tables() where table_name = 'queries'").fetchall()
    if not there:
        return []
    rows = connection.execute(f"select {COLUMNS} from queries order by number").fetchall()
    return [Question(*row) for row in rows]


def find(connection: duckdb.DuckDBPyConnection, name: str) -> Question | None:
    """The question of that name or number (07, stated-and-found), if the book has it."""
    for question in questions(connection):
        if name in (question.name, str(question.number), f"{question.number:02}"):
            return question
    return None


def like(connection: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """Names of the book that are like one that it does not have."""
    return difflib.get_close_matches(name, [q.name for q in questions(connection)], 3, 0.5)


def query_of(connection: duckdb.DuckDBPyConnection, text: str) -> str:
    """The SQL that a user means: of the file of that name, of the question in the book, or the text
    itself. Raises OSError and UnicodeDecodeError when the file cannot be read."""
    if text.endswith(".sql") and "\n" not in text:
        return Path(text).read_text(encoding="utf-8")
    if len(text.split()) == 1 and (question := find(connection, text)):
        return question.query
    return text
