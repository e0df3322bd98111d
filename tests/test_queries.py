"""The queries, views and recipes that users are given all run, and answer what they ask."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from flows.publish import publish
from flows.store import storing
from flows.store.database import sql_files
from schemas import TABLES
from small_build import CALL, DOCUMENT, PRIORITY, SESSION, TEXT, small_build

pytestmark = pytest.mark.slow

WAREHOUSE = Path(__file__).resolve().parents[1] / "warehouse"
QUERIES = sorted((WAREHOUSE / "queries").glob("*.sql"))
# What follows is about published releases: see test_consumers.py.
README = (WAREHOUSE / "README.md").read_text("utf-8").partition("\n## Published releases\n")[0]
SQL_RECIPES = re.findall(r"```sql\n(.*?)```", README, re.DOTALL)
PYTHON_RECIPES = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `warehouse` holds the small build, and two releases."""
    folder = tmp_path_factory.mktemp("queries")
    corrected = small_build()
    corrected["panels"][1] = {**corrected["panels"][1], "title": "Des services"}
    for tables in (corrected, small_build()):
        with storing(tables, folder / "warehouse", {}) as build:
            publish(build, folder / "warehouse")
    return folder


@pytest.fixture
def database(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[duckdb.DuckDBPyConnection]:
    monkeypatch.chdir(folder)
    with duckdb.connect("warehouse/idm.duckdb", read_only=True) as connection:
        yield connection


def rows(database: duckdb.DuckDBPyConnection, query: str) -> list[tuple[object, ...]]:
    return database.execute(query).fetchall()


@pytest.mark.parametrize("recipe", SQL_RECIPES)
def test_each_sql_recipe_runs(recipe: str, database: duckdb.DuckDBPyConnection) -> None:
    assert rows(database, recipe)


@pytest.mark.parametrize("recipe", PYTHON_RECIPES)
def test_each_python_recipe_runs(recipe: str, folder: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", recipe], cwd=folder, capture_output=True, text=True, check=True
    )
    assert "recommendation_id – " in run.stdout


def test_the_readme_has_recipes() -> None:
    assert len(SQL_RECIPES) + len(PYTHON_RECIPES) >= 7


FAULTS = {
    "update sessions set char_start = -1": "span",
    "update session_days set char_end = 100000": "span",
    "update sections set char_end = char_start": "span",
    "update passages set document_id = 'idm-2030-9.fr'": "is not there",
    "update sentences set text = text || ' a'": "something else",
    "update panels set title = 'Des services pour moi'": "something else",
    "update participants set name = 'Jeanne Example'": "something else",
    "update interventions set char_start = 100000": "span",
    "update recommendations set text = 'Elle a exhorté les villages.'": "something else",
    "update recommendations set cue = 'a prié' where force = 'call'": "something else",
    "update recommendation_codes set evidence = 'jeune fille'": "something else",
    "update attributions set char_end = 100000": "span",
    "update citations set text = 'Pacte local'": "something else",
    "update figures set text = '301'": "something else",
    "update mentions set text = 'Suède'": "something else",
    "update documents set text = replace(text, 'Élargir', 'Elargir')": "something else",
}


@pytest.mark.parametrize("change", FAULTS)
def test_faults_finds_each(change: str, folder: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{folder}/warehouse/idm.duckdb' as built (read_only)")
        for (name,) in rows(
            connection, "select table_name from duckdb_tables() where database_name = 'built'"
        ):
            connection.execute(f"create table {name} as from built.{name}")
        connection.execute("detach built")
        for file in sql_files():
            connection.execute(file.read_text(encoding="utf-8"))
        assert rows(connection, "from faults") == []
        connection.execute(change)
        found = rows(connection, "select fault from faults")
        assert any(FAULTS[change] in str(fault) for (fault,) in found)


def test_faults_asks_every_table_with_spans() -> None:
    text = (WAREHOUSE / "sql" / "views" / "faults.sql").read_text(encoding="utf-8")
    for table in TABLES.values():
        assert (f"select '{table.name}'" in text) == table.has_span


def test_coverage_tells_of_lost_characters(folder: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{folder}/warehouse/idm.duckdb' as built (read_only)")
        connection.execute("create table documents as from built.documents")
        connection.execute("create table passages as from built.passages where kind <> 'list_item'")
        connection.execute("detach built")
        for name in ("macros/source_passage", "views/coverage"):
            connection.execute((WAREHOUSE / "sql" / f"{name}.sql").read_text(encoding="utf-8"))
        assert rows(connection, "from coverage where in_passages < non_blank and share < 1")


def test_a_country_is_answered_for_whoever_spoke_for_it(
    database: duckdb.DuckDBPyConnection,
) -> None:
    path = next(path for path in QUERIES if path.name.startswith("07"))
    database.execute("set variable country = 'CHE'")
    answer = rows(database, path.read_text(encoding="utf-8"))
    assert [(row[1], row[2]) for row in answer] == [("Jeanne Exemple", CALL)]


def test_explicit_objectives(database: duckdb.DuckDBPyConnection) -> None:
    path = next(path for path in QUERIES if path.name.startswith("05"))
    answer = rows(database, path.read_text(encoding="utf-8"))
    assert [(row[0], row[3]) for row in answer] == [(15, CALL)]


def test_recommendation_details(database: duckdb.DuckDBPyConnection) -> None:
    answer = rows(
        database,
        "select text, heading, participants, gcm_objectives, sdgs, groups, source_text"
        " from recommendation_details order by position",
    )
    heading = "Première journée : Habiter la ville"
    source = TEXT[TEXT.index("Elle a") : TEXT.index(" Le Programme")]
    assert answer == [
        (CALL, heading, ["Jeanne Exemple"], [15], [11], [], source),
        (PRIORITY, "Recommandations", [], [], [], ["youth"], PRIORITY),
    ]


def test_who_spoke(database: duckdb.DuckDBPyConnection) -> None:
    answer = rows(database, "select name, country, roles, panels from who_spoke order by all")
    undp = "Programme des Nations Unies pour le développement"
    assert answer == [
        ("Jeanne Exemple", "Switzerland", ["opening"], None),
        (undp, None, ["moderator"], [f"{SESSION}-p02"]),
    ]


def test_coverage_counts_an_enclosed_artefact_once(database: duckdb.DuckDBPyConnection) -> None:
    non_blank = len("".join(TEXT.split()))
    assert rows(database, "from coverage") == [(DOCUMENT, len(TEXT), non_blank, non_blank, 1.0)]


def test_stated_and_extracted(database: duckdb.DuckDBPyConnection) -> None:
    answer = rows(database, "select measure, share_found from stated_and_extracted order by all")
    assert answer == [("panels", 1.0), ("speakers", None)]


def test_source_passage(database: duckdb.DuckDBPyConnection) -> None:
    query = "select source_passage(document_id, char_start, char_end) from panels order by position"
    assert rows(database, query) == [
        ("Panel 1** : Le logement, premier pas de l'inclu-\nsion",),
        ("Panel 2** : Des services pour tous",),
    ]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("elargir JEUNES", [PRIORITY]),
        ("  Élargir  ", [PRIORITY]),
        ("elargir villes", []),
        ("pacte", [CALL]),
    ],
)
def test_search_sentences(
    wanted: str, found: list[str], database: duckdb.DuckDBPyConnection
) -> None:
    answer = database.execute("select text from search_sentences(?)", [wanted]).fetchall()
    assert answer == [(text,) for text in found]


def test_folded_spells_out_ligatures(database: duckdb.DuckDBPyConnection) -> None:
    assert rows(database, "select folded('Mise en Œuvre, l’accès')") == [
        ("mise en oeuvre, l'acces",)
    ]


def test_views_and_macros_are_described(database: duckdb.DuckDBPyConnection) -> None:
    undescribed = rows(
        database,
        "select view_name from duckdb_views() where not internal and comment is null"
        " union all select function_name from duckdb_functions()"
        " where not internal and comment is null"
        " union all select table_name || '.' || column_name from duckdb_columns()"
        " where not internal and comment is null",
    )
    assert undescribed == []
