"""A query sees its database and nothing else, and what a user types never becomes SQL."""

from pathlib import Path

import duckdb
import pytest

from flows.__main__ import main
from flows.command.asking.database import NotOneStatement, ask, opened, set_variable
from flows.store import store
from small_build import small_build

pytestmark = pytest.mark.slow

ODD = [
    "O'Brien",
    'a "quoted" word',
    "x'; drop table panels; --",
    "100 %",
    "_",
    "\\",
    "$1",
    "{}",
    "«é»",
]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    warehouse = tmp_path_factory.mktemp("safe")
    store(small_build(), warehouse, {})
    return warehouse


@pytest.fixture(scope="module")
def database(warehouse: Path) -> Path:
    return warehouse / "idm.duckdb"


@pytest.mark.parametrize(
    "attack",
    [
        "copy (select 1) to '{folder}/stolen.csv'",
        "copy panels to '{folder}/stolen.parquet'",
        "export database '{folder}/stolen'",
        "import database '{folder}'",
        "from read_csv('{secret}')",
        "from read_text('{secret}')",
        "from read_blob('{secret}')",
        "from read_json('{secret}')",
        "from read_parquet('{folder}/parquet/panels.parquet')",
        "from '{secret}'",
        "from sniff_csv('{secret}')",
        "from parquet_metadata('{folder}/parquet/panels.parquet')",
        "from glob('{folder}/*')",
        "from read_csv('http://127.0.0.1:9/x.csv')",
        "install httpfs",
        "load httpfs",
        "attach '{folder}/other.duckdb'",
        "attach '{secret}' as other (read_only)",
        "set enable_external_access = true",
        "reset enable_external_access",
        "set lock_configuration = false",
        "set temp_directory = '{folder}'",
        "set profiling_output = '{folder}/stolen'",
        "pragma enable_profiling = 'json'",
        "call enable_logging(storage = 'file', storage_path = '{folder}')",
        "create table stolen as select 1",
        "drop table panels",
        "update panels set position = 1",
    ],
)
def test_a_query_reaches_nothing_but_its_database(
    attack: str, warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("word\nmellon\n", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    status = main(
        ["sql", attack.format(folder=tmp_path, secret=secret), "--warehouse", str(warehouse)]
    )
    out, err = capsys.readouterr()
    assert status == 1
    assert "Error" in err and "Traceback" not in err
    assert "mellon" not in out + err
    assert sorted(tmp_path.rglob("*")) == before


def test_files_are_there_when_they_are_allowed(
    warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.csv"
    own.write_text("session_id,note\nidm-2030-1,mellon\n", encoding="utf-8")
    query = f"select note from '{own}' join sessions using (session_id)"
    assert main(["sql", query, "--warehouse", str(warehouse)]) == 1
    assert main(["sql", query, "--warehouse", str(warehouse), "--allow-files"]) == 0
    assert "mellon" in capsys.readouterr().out


def test_the_variables_of_the_program_are_no_tables(database: Path) -> None:
    with opened(database, allow_files=True) as connection:
        frame = connection.sql("select 1 as one").to_arrow_table()
        assert frame.num_rows == 1
        with pytest.raises(duckdb.CatalogException):
            ask(connection, "from frame")


@pytest.mark.parametrize("text", ODD)
def test_a_value_stays_a_value(text: str, database: Path) -> None:
    with opened(database) as connection:
        relation = ask(
            connection, "select $wanted as a, getvariable('wanted') as b", {"wanted": text}
        )
        assert relation is not None
        assert relation.fetchall() == [(text, text)]
        found = ask(connection, "from search_sentences($wanted)", {"wanted": text})
        assert found is not None
        assert len(found.fetchall()) <= 8
        assert connection.execute("select count(*) from panels").fetchone() == (2,)


def test_a_value_is_turned_into_the_type_that_is_needed(database: Path) -> None:
    with opened(database) as connection:
        query = "select title from panels where position = $position"
        relation = ask(connection, query, {"position": "2"})
        assert relation is not None
        assert relation.fetchall() == [("Des services pour tous",)]


@pytest.mark.parametrize("name", ["", "a b", 'x" = 1; --', "1x", "é"])
def test_a_variable_has_a_name_that_is_one(name: str, database: Path) -> None:
    with opened(database) as connection, pytest.raises(ValueError, match="no name"):
        set_variable(connection, name, "value")


@pytest.mark.parametrize("query", ["", "-- nothing", "select 1; select 2"])
def test_one_statement_at_a_time(query: str, database: Path) -> None:
    with opened(database) as connection, pytest.raises(NotOneStatement):
        ask(connection, query)
