"""The prompt of `idm sql`: history, completion of names, and help about what is there."""

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb
from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from flows.command.asking import book
from flows.command.asking.database import set_variable

HELP = r"""A query ends with ; and may take several lines. Tab completes names, ↑ brings lines back.
  \d               tables, views and macros, with what they mean
  \d NAME          columns of a table or view, or how a macro is called
  \b               the query book: questions that others asked
  \b NAME          answer a question of the book
  \s NAME          show the SQL of a question, view or macro
  \set NAME VALUE  set what a query reads as getvariable('NAME')
  \x               rows one below the other, or as a table again
  \w               whole cells, or cut to the screen again
  \q               leave (so does Ctrl-D)
Start with: from about;   from data_dictionary;   from search('…');
"""
HISTORY = ".sql_history"
KEYWORDS = re.findall(
    r"\w+",
    "select from where group by order by having limit join left join using on as and or not in is"
    " null like ilike between distinct count sum avg min max with union all case when then else end"
    " exists describe summarize show tables desc asc cast try_cast unnest list filter",
)
WORD = re.compile(r"[\w.\\-]*$")

Run = Callable[[str], None]
"""Puts a query and shows its answer, or what is wrong with it."""


class Names(Completer):
    """Completes names of tables, views, macros, columns and questions, and SQL's words."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.names = sorted(
            {
                row[0]
                for row in connection.execute(
                    "select name from data_dictionary"
                    " union select column_name from data_dictionary where column_name is not null"
                ).fetchall()
            }
        )
        self.questions = {q.name: q.question for q in book.questions(connection)}

    def get_completions(self, document: Document, _: CompleteEvent) -> Iterable[Completion]:
        before = document.text_before_cursor
        found = WORD.search(before)
        word = found[0] if found else ""
        typed = word.rpartition(".")[2].lower()
        if before.lstrip().startswith(("\\b ", "\\s ")):
            for name, question in self.questions.items():
                if name.startswith(typed):
                    yield Completion(name, -len(typed), display_meta=question)
        if typed:
            for name in (*self.names, *KEYWORDS):
                if name.lower().startswith(typed):
                    yield Completion(name, -len(typed))


class View:
    """How answers are shown, which \\x and \\w switch."""

    def __init__(self, vertical: bool, wide: bool) -> None:
        self.vertical = vertical
        self.wide = wide


def converse(connection: duckdb.DuckDBPyConnection, warehouse: Path, view: View, run: Run) -> None:
    """Reads queries and commands until the reader leaves.

    What was typed is kept in `.sql_history` of the warehouse, where that can be written.
    """
    session: PromptSession[str] = PromptSession(
        history=_history(warehouse / HISTORY),
        completer=Names(connection),
        auto_suggest=AutoSuggestFromHistory(),
        complete_while_typing=False,
    )
    version = connection.execute("select text from about where fact = 'version'").fetchone()
    print(f"IDM Open Data, version {version[0] if version else '?'}. \\? for help, \\q to leave.")
    pending = ""
    while True:
        try:
            line = session.prompt("  ...> " if pending else "idm> ")
        except KeyboardInterrupt:
            pending = ""
            continue
        except EOFError:
            return
        text = f"{pending}\n{line}" if pending else line
        if not pending and text.lstrip().startswith("\\"):
            if text.strip() in ("\\q", "\\quit"):
                return
            command(connection, text.strip(), view, run)
        elif text.strip() in ("quit", "exit") and not pending:
            return
        elif not text.strip():
            pending = ""
        elif text.rstrip().endswith(";"):
            pending = ""
            _carefully(run, text)
        else:
            pending = text


def command(connection: duckdb.DuckDBPyConnection, text: str, view: View, run: Run) -> None:
    """Carries out a line that begins with a backslash. What it cannot do, it says."""
    name, _, rest = text.partition(" ")
    rest = rest.strip()
    match name:
        case "\\?" | "\\h" | "\\help":
            print(HELP, end="")
        case "\\x":
            view.vertical = not view.vertical
            print("Rows one below the other." if view.vertical else "Rows as a table.")
        case "\\w":
            view.wide = not view.wide
            print("Whole cells." if view.wide else "Cells cut to the screen.")
        case "\\d":
            _describe(connection, rest)
        case "\\b":
            _book(connection, rest, run)
        case "\\s":
            _source(connection, rest)
        case "\\set":
            _set(connection, rest)
        case _:
            print(f"There is no {name}; \\? lists what there is.", file=sys.stderr)


def _carefully(run: Run, query: str) -> None:
    """A query that is interrupted ends, and the prompt comes back."""
    try:
        run(query)
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)


def _describe(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    if name:
        rows = connection.execute(
            "select coalesce(column_name, call, name), coalesce(type, kind), meaning"
            " from data_dictionary where name = ? order by position",
            [name],
        ).fetchall()
        if not rows:
            print(f"There is no table, view or macro {name}.", file=sys.stderr)
    else:
        rows = connection.execute(
            "select name, kind, meaning from data_dictionary where column_name is null"
            " order by kind <> 'view', position"
        ).fetchall()
    _columns([tuple(map(str, row)) for row in rows])


def _book(connection: duckdb.DuckDBPyConnection, name: str, run: Run) -> None:
    if not name:
        _columns([(str(q.number), q.name, q.question) for q in book.questions(connection)])
    elif question := book.find(connection, name):
        print(question.question)
        _carefully(run, question.query)
    else:
        near = ", ".join(book.like(connection, name))
        print(f"The book has no {name}." + f" It has {near}." * bool(near), file=sys.stderr)


def _source(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    if question := book.find(connection, name):
        print(question.query)
        return
    found = connection.execute(
        "select sql from duckdb_views() where not internal and view_name = $name union all"
        " select macro_definition from duckdb_functions()"
        " where not internal and function_name = $name",
        {"name": name},
    ).fetchone()
    if found:
        print(found[0])
    else:
        print(f"There is no question, view or macro {name or '…'}.", file=sys.stderr)


def _set(connection: duckdb.DuckDBPyConnection, text: str) -> None:
    name, _, value = text.partition(" ")
    try:
        set_variable(connection, name, value.strip())
    except (ValueError, duckdb.Error) as error:
        print(str(error).rstrip(), file=sys.stderr)


def _columns(rows: list[tuple[str, ...]]) -> None:
    """Rows of text in columns, the last as long as it is."""
    if rows:
        widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]) - 1)]
        for row in rows:
            print("  ".join([*(t.ljust(w) for t, w in zip(row, widths, strict=False)), row[-1]]))


def _history(file: Path) -> History:
    try:
        file.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(file))
