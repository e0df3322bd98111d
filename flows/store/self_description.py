"""What the database says of itself: what it is, what everything in it means, what to ask it."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

from schemas import Table
from schemas.arrow import arrow_schema
from schemas.database import DATA_DICTIONARY, SUPPORT

QUERY_BOOK = Path(__file__).resolve().parents[2] / "warehouse" / "queries"
"""Questions that users ask, a file each."""

FILE_NAME = re.compile(r"(\d+)-([a-z0-9-]+)\.sql")
HEAD = re.compile(r"(?:--[^\n]*\n)+")
PARTS = ("Shows", "Set", "Files")


class Question(NamedTuple):
    """A file of the query book: the columns of the table `queries`, in their order."""

    number: int
    name: str
    question: str
    shows: str | None
    variables: str | None
    files: str | None
    query: str


def query_files() -> list[Path]:
    """The files of the query book, in their order."""
    return sorted(path for path in QUERY_BOOK.glob("*.sql") if FILE_NAME.fullmatch(path.name))


def read_question(file: Path) -> Question:
    """A file of the query book: `NN-name.sql`, a comment, then one statement.

    The comment is the question, then what it shows behind `Shows:`, what can be set behind `Set:`
    (country=CHN), and which files it reads behind `Files:`; each may go on in the next line.
    """
    name = FILE_NAME.fullmatch(file.name)
    text = file.read_text(encoding="utf-8")
    head = HEAD.match(text)
    if name is None or head is None:
        raise ValueError(f"{file} does not begin with a question, or is not named like 01-name.sql")
    words = " ".join(line.removeprefix("--").strip() for line in head[0].splitlines())
    question, *rest = re.split(rf" ({'|'.join(PARTS)}): ", words)
    parts = dict(zip(rest[::2], rest[1::2], strict=True))
    shows, variables, files = (parts.get(part) for part in PARTS)
    return Question(
        int(name[1]), name[2], question, shows, variables, files, text[head.end() :].strip()
    )


def write_queries(connection: duckdb.DuckDBPyConnection) -> None:
    """Fills the table `queries` from the query book."""
    questions = [read_question(file) for file in query_files()]
    if questions:
        connection.executemany("insert into queries values (?, ?, ?, ?, ?, ?, ?)", questions)


def write_about(connection: duckdb.DuckDBPyConnection, build_id: str) -> None:
    """Fills the table `about` of a build, which has no version: a release says more."""
    facts = {
        "version": f"none: build {build_id}, not released",
        "citation": f"IDM Open Data, build {build_id}, not released.",
        "how_to_start": "from data_dictionary; from queries; from search('…')",
        "how_to_verify": "from faults: no row when every row says what its passage says.",
    }
    connection.executemany(
        "insert into about values (?, ?, ?)",
        [[n, name, text] for n, (name, text) in enumerate(facts.items(), 1)],
    )


def write_dictionary(connection: duckdb.DuckDBPyConnection, declared: Mapping[str, Table]) -> None:
    """Fills the table `data_dictionary` from the declarations, and from the views and macros that
    are in the database."""
    rows = [
        *(row for table in declared.values() for row in _table(table, "table")),
        *_views(connection),
        *_macros(connection),
        *(row for table in SUPPORT.values() for row in _table(table, "support")),
    ]
    numbered = [[number, *row] for number, row in enumerate(rows, 1)]
    schema = arrow_schema(DATA_DICTIONARY)
    columns = [pa.array([row[n] for row in numbered], field.type) for n, field in enumerate(schema)]
    connection.register("dictionary_rows", pa.Table.from_arrays(columns, schema=schema))
    connection.execute("insert into data_dictionary from dictionary_rows")
    connection.unregister("dictionary_rows")


def _table(table: Table, kind: str) -> Iterator[list[object]]:
    nothing = [None] * 5
    yield [table.name, kind, None, None, table.description, None, *nothing[:4], table.obtained]
    for column in table.columns:
        values = column.values or {}
        yield [
            *(table.name, kind, column.name, column.type, column.meaning, None),
            column.may_be_null,
            "; ".join(f"{value}: {meaning}" for value, meaning in values.items()) or None,
            column.references,
            str(column.example),
            column.origin,
        ]


def _views(connection: duckdb.DuckDBPyConnection) -> Iterator[list[object]]:
    """A view, then its columns."""
    columns = connection.execute(
        "select table_name, column_name, data_type, comment from duckdb_columns()"
        " where not internal order by column_index"
    ).fetchall()
    for name, comment in connection.execute(
        "select view_name, comment from duckdb_views() where not internal order by view_name"
    ).fetchall():
        yield [name, "view", None, None, comment, None, *[None] * 5]
        for view, column, kind, meaning in columns:
            if view == name:
                yield [name, "view", column, kind, meaning, None, *[None] * 5]


def _macros(connection: duckdb.DuckDBPyConnection) -> Iterator[list[object]]:
    for name, kind, parameters, comment in connection.execute(
        "select function_name, function_type, parameters, comment from duckdb_functions()"
        " where not internal order by function_name"
    ).fetchall():
        call = f"{name}({', '.join(parameters)})"
        yield [name, kind.replace("_", " "), None, None, comment, call, *[None] * 5]
