"""`idm sql`: a query to the database of the build or of a release, or a prompt for many."""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

from flows.command.arguments import add_warehouse
from flows.command.asking import book, screen
from flows.command.asking.database import NotOneStatement, ask, find_database, interruptible, opened
from flows.ground.problems import Problem, Refused
from schemas.ddl import literal

# Format → how DuckDB is asked to write it.
COPY_OPTIONS = {
    "csv": "FORMAT csv, HEADER",
    "json": "FORMAT json, ARRAY true",
    "parquet": "FORMAT parquet",
}
FORMATS = ("table", "csv", "json", "markdown", "parquet")


def declare(parser: argparse.ArgumentParser) -> None:
    """What `idm sql` takes."""
    parser.add_argument(
        "query",
        nargs="?",
        metavar="QUERY",
        help="in DuckDB's SQL; or a file of it, FILE.sql; or a question of the query book by name "
        "or number (`from queries` lists them)",
    )
    parser.add_argument(
        "--set",
        type=_setting,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="what the query reads as $NAME or getvariable('NAME'); may be given several times",
    )
    parser.add_argument(
        "--release", metavar="VERSION", help="ask a release (1.2.0, latest), not the build"
    )
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="table",
        help="how to print the result (default: %(default)s)",
    )
    parser.add_argument(
        "--wide", action="store_true", help="whole cells, however wide the table gets"
    )
    parser.add_argument("--vertical", action="store_true", help="rows one below the other")
    parser.add_argument(
        "--allow-files",
        action="store_true",
        help="let the query read and write files, too: by default it sees the database alone",
    )
    add_warehouse(parser)
    parser.set_defaults(carry_out=_asked, parser=parser)


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not (name.isascii() and name.isidentifier()):
        raise argparse.ArgumentTypeError(f"{text!r} is not like country=MEX")
    return name, value


def _asked(options: argparse.Namespace) -> int:
    if options.format == "parquet" and sys.stdout.isatty():
        options.parser.error("Parquet is no text for a terminal: send it to a file with > FILE")
    return sql(
        options.query,
        options.warehouse,
        Form(options.format, options.wide, options.vertical),
        release=options.release,
        values=dict(options.set),
        allow_files=options.allow_files,
    )


class Form(NamedTuple):
    """How an answer is shown: one of FORMATS; `wide`: cells are never cut; `vertical`: rows one
    below the other."""

    format: str = "table"
    wide: bool = False
    vertical: bool = False


def sql(
    text: str | None,
    warehouse: Path,
    form: Form,
    *,
    release: str | None = None,
    values: Mapping[str, str] | None = None,
    allow_files: bool = False,
) -> int:
    """Put a query to a database and print the answer on stdout.

    `text` is SQL, a file whose name ends with .sql, or a question of the query book by name or
    number; without it, queries are read from a prompt, or one from stdin. `values` are what the
    query reads as $name or getvariable('name'). The query sees its database and nothing else of
    the machine unless `allow_files`. What DuckDB says against it goes to stderr and gives exit code
    1; anything but one statement gives 2. Raises Refused when there is no such database or file.
    """
    database = find_database(warehouse, release)
    with opened(database, allow_files=allow_files) as connection:
        if text is None and sys.stdin.isatty():
            return _prompt(connection, warehouse, form)
        if text is None:
            text = sys.stdin.read()
        try:
            query = book.query_of(connection, text)
        except (OSError, UnicodeDecodeError) as error:
            what = f"cannot be read: {getattr(error, 'strerror', None) or error}."
            raise Refused([Problem(text, None, what, "Name a file of SQL in UTF-8.")]) from error
        try:
            _answer(connection, query, values or {}, form)
        except NotOneStatement as error:
            print(error, file=sys.stderr)
            return 2
        except duckdb.Error as error:
            print(_said(connection, text, str(error)), file=sys.stderr)
            return 1
    return 0


def _answer(
    connection: duckdb.DuckDBPyConnection, query: str, values: Mapping[str, str], form: Form
) -> None:
    def fetch() -> pa.Table | screen.Answer | None:
        relation = ask(connection, query, values)
        if relation is None:
            return None
        return relation.to_arrow_table() if form.format in COPY_OPTIONS else screen.read(relation)

    answer = interruptible(connection, fetch)
    if answer is None:  # a statement without a result
        return
    if isinstance(answer, pa.Table):
        _copy(answer, form.format)
        return
    notes: list[str] = []
    if answer.columns[:1] == ["explain_key"]:  # a drawing
        screen.show("\n".join(str(row[1]) for row in answer.rows) + "\n")
    elif form.format == "markdown":
        screen.show(screen.markdown(answer))
    elif form.vertical:
        screen.show(screen.records(answer, None if form.wide else screen.width_of_screen()))
    else:
        text, notes = screen.table(answer, None if form.wide else screen.width_of_screen())
        screen.show(text)
        if notes:
            notes.append("--wide or --vertical shows all.")
    if answer.more:
        notes.append(f"Only {screen.MOST_ROWS:,} rows are shown; --format csv has them all.")
    if notes:
        sys.stdout.flush()
        print(" ".join(notes), file=sys.stderr)


def _said(connection: duckdb.DuckDBPyConnection, text: str, error: str) -> str:
    """What DuckDB says, with the place; and what may have been meant where that can be told."""
    said = error.rstrip()
    if len(text.split()) == 1 and (near := book.like(connection, text)):
        return f"{said}\n\nThe query book has: {', '.join(near)}."
    if "file system operations are disabled" in said:
        return f"{said}\n\nA query sees its database alone; --allow-files gives it files."
    return said


def _copy(rows: pa.Table, form: str) -> None:
    """By a second database in memory, which never sees the query: only that one may write."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as writer:
        path = Path(folder) / "result"
        writer.register("result", rows)
        writer.execute(f"COPY (FROM result) TO {literal(str(path))} ({COPY_OPTIONS[form]})")
        with path.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)


def _prompt(connection: duckdb.DuckDBPyConnection, warehouse: Path, form: Form) -> int:
    from flows.command.asking.prompt import View, converse

    view = View(form.vertical, form.wide)

    def run(query: str) -> None:
        try:
            _answer(connection, query, {}, Form("table", view.wide, view.vertical))
        except (NotOneStatement, duckdb.Error) as error:
            print(str(error).rstrip(), file=sys.stderr)

    converse(connection, warehouse, view, run)
    return 0
