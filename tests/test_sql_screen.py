"""Answers on a screen: tables that fit, records, Markdown, the pager, and the prompt."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from prompt_toolkit.utils import get_cwidth

from flows.__main__ import PROJECT, main
from flows.command import sql as command
from flows.command.asking.database import opened
from flows.command.asking.prompt import HISTORY, Names, View, converse
from flows.command.asking.screen import Answer, markdown, read, records, table
from flows.publish import publish
from flows.store import storing
from small_build import small_build

pytestmark = pytest.mark.slow

CELLS = st.one_of(st.none(), st.text(max_size=60), st.sampled_from(["日本語" * 9, "e\u0301" * 30]))


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    warehouse = tmp_path_factory.mktemp("screen")
    corrected = small_build()
    corrected["panels"][1] = {**corrected["panels"][1], "title": "Des services"}
    for tables in (corrected, small_build()):
        with storing(tables, warehouse, {}) as build:
            publish(build, warehouse)
    return warehouse


@pytest.fixture
def connection(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with opened(warehouse / "idm.duckdb") as connection:
        yield connection


def idm(warehouse: Path, *arguments: str) -> int:
    return main(["sql", *arguments, "--warehouse", str(warehouse)])


@settings(max_examples=60, deadline=None)
@given(
    st.integers(30, 200),
    st.integers(1, 12).flatmap(
        lambda n: st.tuples(
            st.lists(st.text(min_size=1, max_size=30), min_size=n, max_size=n),
            st.lists(st.lists(CELLS, min_size=n, max_size=n), max_size=5),
        )
    ),
)
def test_a_table_is_never_wider_than_the_screen(
    width: int, content: tuple[list[str], list[list[str | None]]]
) -> None:
    columns, rows = content
    text, notes = table(Answer(columns, ["VARCHAR"] * len(columns), rows), width)
    lines = text.splitlines()
    assert len(lines) == 5 + len(rows)
    assert {get_cwidth(line) for line in lines} == {get_cwidth(lines[0])}
    assert get_cwidth(lines[0]) <= width
    whole, nothing = table(Answer(columns, ["VARCHAR"] * len(columns), rows), None)
    assert not nothing
    assert notes or whole == text


def test_a_table_looks_like_this(connection: duckdb.DuckDBPyConnection) -> None:
    query = "select position, title, null as day, ['a', 'b'] as l from panels order by position"
    assert table(read(connection.sql(query)), 60)[0] == (
        "┌──────────┬──────────────────────────┬────────┬───────────┐\n"
        "│ position │          title           │  day   │     l     │\n"
        '│ integer  │         varchar          │ "null" │ varchar[] │\n'
        "├──────────┼──────────────────────────┼────────┼───────────┤\n"
        "│        1 │ Le logement, premier pa… │ NULL   │ [a, b]    │\n"
        "│        2 │ Des services pour tous   │ NULL   │ [a, b]    │\n"
        "└──────────┴──────────────────────────┴────────┴───────────┘\n"
    )


def test_records_keep_every_character(connection: duckdb.DuckDBPyConnection) -> None:
    answer = read(connection.sql("select text as body, null as n from documents"))
    text = records(answer, 50)
    assert text.startswith("── row 1 ──\nbody  Dialogue international sur la migration 2030\n")
    assert text.endswith("\nn     NULL\n")
    assert max(map(len, text.splitlines())) <= 50
    wanted = "".join(str(answer.rows[0][0]).split())
    assert wanted in "".join(text.split())
    assert records(Answer(["a"], ["VARCHAR"], []), 50) == "no rows\n"


def test_markdown_is_a_table(connection: duckdb.DuckDBPyConnection) -> None:
    relation = connection.sql("select 'a|b' || chr(10) || '\\c' as x, 1.5 as n, null as y")
    assert markdown(read(relation)) == (
        "| x | n | y |\n| --- | ---: | --- |\n| a\\|b<br>\\\\c | 1.5 |  |\n"
    )


def test_columns_that_do_not_fit_are_named(
    warehouse: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert idm(warehouse, "from recommendation_details") == 0
    out, err = capsys.readouterr()
    assert max(map(len, out.splitlines())) <= 80
    assert "groups_fr" not in out and "groups_fr" in err and "--vertical" in err
    assert idm(warehouse, "from recommendation_details", "--wide") == 0
    assert "groups_fr" in capsys.readouterr().out
    assert idm(warehouse, "from recommendation_details", "--vertical") == 0
    assert "groups_fr" in capsys.readouterr().out


@pytest.mark.parametrize("way", ["file", "name", "number"])
def test_a_query_is_text_a_file_or_a_question(
    way: str, warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.sql"
    file.write_text("-- Mine\nselect question from queries where number = $n;\n", encoding="utf-8")
    text = {"file": str(file), "name": "stated-and-found", "number": "03"}[way]
    assert idm(warehouse, text, "--set", "n=3", "--format", "csv") == 0


def test_a_name_that_the_book_does_not_have(
    warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert idm(warehouse, "stated-and-fond") == 1
    assert "stated-and-found" in capsys.readouterr().err


def test_a_file_that_is_not_there(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert idm(warehouse, "nowhere.sql") == 1
    assert "nowhere.sql: cannot be read" in capsys.readouterr().err


def test_a_release_is_asked_by_version_or_alias(
    warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, titles in (("1.0.0", 1), ("latest", 0), ("1", 0)):
        query = "select count(*) as titles from panels where title = 'Des services'"
        assert idm(warehouse, query, "--release", name) == 0
        assert capsys.readouterr().out.splitlines()[4] == f"│      {titles} │"
    assert idm(warehouse, "select 1", "--release", "9.9.9") == 1
    assert "There is no such release" in capsys.readouterr().err


def test_an_error_is_shown_with_its_place(
    warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert idm(warehouse, "select text\nfrom panels") == 1
    err = capsys.readouterr().err
    assert "LINE 1: select text\n               ^" in err


def test_a_query_comes_from_stdin(warehouse: Path) -> None:
    done = subprocess.run(
        [*(sys.executable, "-m", "flows", "sql", "--format", "csv"), "--warehouse", warehouse],
        cwd=PROJECT,
        input="select count(*) as n from panels",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["n", "2"], done.stderr


def talk(connection: duckdb.DuckDBPyConnection, folder: Path, typed: str) -> list[str]:
    """What is asked at a prompt into which somebody types."""
    asked: list[str] = []
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text(typed)
        converse(connection, folder, View(False, False), asked.append)
    return asked


def test_the_prompt_reads_queries_over_several_lines(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    typed = "select 1\n;\n\nfrom panels;\n\\q\n"
    assert talk(connection, tmp_path, typed) == ["select 1\n;", "from panels;"]
    assert "from panels;" in (tmp_path / HISTORY).read_text(encoding="utf-8")


def test_the_prompt_ends_with_the_input(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    assert talk(connection, tmp_path / "not there", "\x04") == []
    assert not (tmp_path / "not there").exists()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("\\?", "query book"),
        ("\\d", "recommendation_details"),
        ("\\d panels", "The title, whole"),
        ("\\d quote", "quote(document, first, past_last)"),
        ("\\d nothing", "There is no table, view or macro nothing."),
        ("\\b", "women-and-girls"),
        ("\\b women-and-girl", "women-and-girls"),
        ("\\s stated-and-found", "reconciliations"),
        ("\\s coverage", "CREATE VIEW coverage"),
        ("\\s nothing", "There is no question"),
        ("\\x", "one below the other"),
        ("\\w", "Whole cells"),
        ("\\set a b c=1", ""),
        ("\\set 1x y", "no name of a variable"),
        ("\\nonsense", "There is no \\nonsense"),
    ],
)
def test_help_at_the_prompt(
    line: str,
    told: str,
    connection: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert talk(connection, tmp_path, f"{line}\n\\q\n") == []
    assert told in "".join(capsys.readouterr())


def test_a_question_is_answered_at_the_prompt(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    asked = talk(connection, tmp_path, "\\set country CHE\n\\b 7\n\\q\n")
    assert len(asked) == 1 and "getvariable('country')" in asked[0]
    assert connection.execute("select getvariable('country')").fetchone() == ("CHE",)


def test_an_interrupted_query_brings_the_prompt_back(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = []

    def run(query: str) -> None:
        asked.append(query)
        raise KeyboardInterrupt

    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("select 1;\nselect 2;\n\\q\n")
        converse(connection, tmp_path, View(False, False), run)
    assert asked == ["select 1;", "select 2;"]
    assert capsys.readouterr().err == "Interrupted.\nInterrupted.\n"


def test_names_are_completed(connection: duckdb.DuckDBPyConnection) -> None:
    def completed(text: str) -> list[str]:
        names = Names(connection)
        return [c.text for c in names.get_completions(Document(text), CompleteEvent())]

    assert "recommendation_details" in completed("select * from recomm")
    assert completed("select r.attributed") == ["attributed_to"]
    assert "select" in completed("sel")
    assert completed("\\b women") == ["women-and-girls"]
    assert completed("") == []


def test_a_long_answer_goes_through_the_pager(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    paged, pager = tmp_path / "paged", tmp_path / "pager.py"
    pager.write_text(f"import sys; open({str(paged)!r}, 'w').write(sys.stdin.read())")
    monkeypatch.setenv("PAGER", f"{sys.executable} {pager}")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    form = command.Form()
    assert command.sql("from range(200)", warehouse, form) == 0
    assert paged.read_text(encoding="utf-8").count("\n") == 205
