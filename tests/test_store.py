"""Storing: what is refused, what is written, and how one build takes the place of another."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time
from pathlib import Path

import duckdb
import pandera.config
import pyarrow.parquet as pq
import pytest

from flows.ground.fingerprint import hash_of_table, hashes_of_database, hashes_of_parquet
from flows.ground.lock import only_writer
from flows.ground.problems import Refused
from flows.ground.record import read_build
from flows.store import Invalid, store, validated
from flows.store.arrange import arrange
from flows.store.columns import column_faults
from flows.store.relations import relation_faults
from schemas import TABLES, Row, Tables
from schemas.arrow import from_parquet
from small_build import CALL, DOCUMENT, SESSION, TEXT, small_build

Snapshot = Callable[[Path], dict[str, bytes]]

STORE_IN_ANOTHER_PROCESS = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from small_build import small_build
from flows.ground.lock import only_writer
from flows.ground.problems import Refused
from flows.store import store
tables = {name: rows[::-1] for name, rows in reversed(small_build().items())}
try:
    store(tables, Path(sys.argv[1]), {"documents": ["other"] if "other" in sys.argv else ["a"]})
except Refused as refused:
    sys.exit(str(refused))
"""


def first(tables: Tables, name: str, **changes: object) -> Tables:
    """The same tables, with changes to the first row of one."""
    rows = tables[name]
    return {**tables, name: [{**rows[0], **changes}, *rows[1:]]}


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def faults_of(tables: Tables) -> list[str]:
    with pytest.raises(Invalid) as invalid:
        validated(tables)
    return list(map(str, invalid.value.faults))


# --- what is refused ---------------------------------------------------------------------------


def test_the_small_build_is_valid_and_has_rows_everywhere() -> None:
    assert all(data.num_rows for data in validated(small_build()).values())


@pytest.mark.parametrize(
    ("table", "change", "message"),
    [
        ("panels", {"title": None}, r"panels\[idm-2030-1-p01\]\.title = None: must not be NULL"),
        ("panels", {"position": "1"}, r"position = '1': is not of type integer"),
        ("panels", {"position": 1.5}, r"position = 1\.5: is not of type integer"),
        ("panels", {"position": True}, r"position = True: is not of type integer"),
        ("panels", {"position": 2**31}, r"position = 2147483648: is not of type integer"),
        ("sessions", {"year": None}, r"year = None: must not be NULL"),
        ("panels", {"colour": "red"}, r"colour = 'red': is not a declared column"),
        ("sessions", {"modality": "hybride"}, r"modality = 'hybride': must be one of in_person,"),
        ("sessions", {"country_code": "CH"}, r"country_code = 'CH': must be like \[A-Z\]"),
        ("sessions", {"title": ""}, r"title = '': must be clean text"),
        ("sessions", {"title": "two\nlines"}, r"must be clean text"),
        ("sessions", {"stated_government_share": 70.0}, r"= 70\.0: must be at most 1"),
        ("figures", {"value": float("nan")}, r"value = nan: must be a finite number"),
        ("figures", {"sentence_id": "no-such"}, r"= 'no-such': is not in sentences"),
        ("panels", {"panel_id": "idm-2030-1-p02"}, r"its key occurs 2 times"),
        ("panels", {"position": 3}, r"position = 3: should be 2"),
        ("panels", {"position": None}, r"position = None: must not be NULL"),
        ("recommendation_codes", {"position": 2}, r"position = 2: should be 1"),
        ("panels", {"title": "Le transport"}, r"title = 'Le transport': its passage says"),
        ("panels", {"char_end": 5_000}, r"its span is not in a text of"),
        ("panels", {"char_end": 1}, r"its span is not in a text of"),
        ("sessions", {"document_id": "idm-2030-1.en"}, r"should be the session's one reference"),
        ("documents", {"is_reference": False}, r"should be the session's one reference"),
        ("recommendation_codes", {"code": "24"}, r"code = '24': is not in gcm_objectives"),
        ("recommendations", {"cue": "il faut"}, r"cue = 'il faut': its passage says"),
        ("recommendations", {"text": CALL + " Ou pas."}, r"\.text = .*: its passage says"),
        ("sentences", {"text": "Dialogue international"}, r"\.text = .*: its passage says"),
        ("passages", {"char_end": 30}, r"no passage between 30 and 45 holds 'migration 2030'"),
        ("passages", {"char_end": 60}, r"two passages share characters 45–60"),
    ],
)
def test_a_fault_is_named_with_its_row(table: str, change: Row, message: str) -> None:
    try:
        arranged = arrange(first(small_build(), table, **change))
    except Invalid as invalid:
        faults = invalid.faults
    else:  # that all of it is called together is tested below
        faults = column_faults({table: arranged[table]})
        faults = faults or relation_faults({n: data.to_pylist() for n, data in arranged.items()})
    assert any(re.search(message, str(fault)) for fault in faults), faults


def test_a_fault_shows_where_in_the_document() -> None:
    faults = faults_of(first(small_build(), "mentions", text="Autriche"))
    start = TEXT.index("Jeanne Exemple")
    end = start + len("Jeanne Exemple")
    assert faults == [
        f"mentions[{DOCUMENT}-m-jeanne-exemple].text = 'Autriche':"
        f" its passage says 'Jeanne Exemple' (at {DOCUMENT} {start}–{end})"
    ]


def test_all_faults_are_reported_together() -> None:
    tables = first(first(small_build(), "panels", title="Rien"), "sessions", modality="salle")
    tables["groups"] = tables["groups"][1:]
    faults = faults_of(tables)
    assert any(fault.startswith("groups: has 19 rows") for fault in faults)
    assert any(fault.startswith("panels[") for fault in faults)
    assert any(fault.startswith("sessions[") for fault in faults)


def test_missing_and_unknown_tables_and_columns() -> None:
    tables = small_build()
    del tables["mentions"], tables["panels"][0]["label"]
    tables["extras"] = []
    assert [fault.split(" (at")[0] for fault in sorted(faults_of(tables))] == [
        "extras: is not declared",
        "mentions: is missing",
        f"panels[{SESSION}-p01]: has no column label",
    ]


def test_an_artefact_must_not_be_cut_by_a_passage() -> None:
    tables = small_build()
    artefact = next(row for row in tables["passages"] if row["kind"] == "artefact")
    artefact["char_start"] = TEXT.index("La session a été") - 5
    assert any("is partly in passage" in fault for fault in faults_of(tables))


def test_tables_that_may_be_empty() -> None:
    tables = small_build()
    kept = {"documents", "sessions", "passages", "sections"}
    for name, table in TABLES.items():
        if table.minimum_rows == 0 and name not in kept:
            tables[name] = []
    validated(tables)


def test_validation_cannot_be_switched_off() -> None:
    with (
        pandera.config.config_context(validation_enabled=False),
        pytest.raises(RuntimeError, match="switched off"),
    ):
        validated(small_build())


# --- what is written ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with the small build. To be read only."""
    warehouse = tmp_path_factory.mktemp("store") / "warehouse"
    store(small_build(), warehouse, {"documents": ["a"]})
    return warehouse


@pytest.mark.slow
def test_parquet_and_database_hold_the_rows(warehouse: Path) -> None:
    wanted = {name: hash_of_table(data) for name, data in validated(small_build()).items()}
    assert hashes_of_parquet(warehouse / "parquet") == wanted
    assert hashes_of_database(warehouse / "idm.duckdb") == wanted
    sessions = pq.read_table(warehouse / "parquet" / "sessions.parquet")
    assert sessions["start_time"].to_pylist() == ["09:00:00"]  # text, which every reader knows
    typed = from_parquet(sessions, TABLES["sessions"])
    assert typed.to_pylist() == small_build()["sessions"]


def test_a_logical_hash_tells_rows_apart_and_not_their_order() -> None:
    data = validated(small_build())["sentences"]
    assert hash_of_table(data.take(list(reversed(range(data.num_rows))))) == hash_of_table(data)
    assert hash_of_table(data.slice(1)) != hash_of_table(data)


@pytest.mark.slow
def test_rows_are_sorted_as_declared(warehouse: Path) -> None:
    mentions = pq.read_table(warehouse / "parquet" / "mentions.parquet")
    starts = mentions["char_start"].to_pylist()
    assert starts == sorted(starts)
    assert pq.read_table(warehouse / "parquet" / "gcm_objectives.parquet")[
        "objective"
    ].to_pylist() == list(range(1, 24))


@pytest.mark.slow
def test_descriptions_are_in_the_files(warehouse: Path) -> None:
    panels = warehouse / "parquet" / "panels.parquet"
    title = TABLES["panels"].column("title").description
    assert pq.read_schema(panels).field("title").metadata[b"description"].decode() == title
    keys = duckdb.execute(
        "select decode(key), decode(value) from parquet_kv_metadata(?)", [str(panels)]
    ).fetchall()
    assert ("description", TABLES["panels"].description) in keys
    assert json.loads(dict(keys)["columns"])["title"] == title
    with duckdb.connect(warehouse / "idm.duckdb", read_only=True) as connection:
        undescribed = connection.execute(
            "select table_name, column_name from duckdb_columns() where comment is null"
            " and not internal and table_name in (select table_name from duckdb_tables())"
        ).fetchall()
    assert undescribed == []


@pytest.mark.slow
def test_parquet_is_zstd(warehouse: Path) -> None:
    file = pq.ParquetFile(warehouse / "parquet" / "sentences.parquet")
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"


@pytest.mark.slow
def test_the_database_enforces_keys(warehouse: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes((warehouse / "idm.duckdb").read_bytes())
    with duckdb.connect(copy) as connection:
        for statement in (
            "insert into countries select * from countries limit 1",
            "delete from documents",
            "update panels set position = 0",
        ):
            with pytest.raises(duckdb.ConstraintException):
                connection.execute(statement)


@pytest.mark.slow
def test_the_database_says_what_it_was_built_from(warehouse: Path) -> None:
    build = read_build(warehouse)
    with duckdb.connect(warehouse / "idm.duckdb", read_only=True) as connection:
        facts = dict(connection.execute("from build").fetchall())
        tables = connection.execute("from build_tables").fetchall()
        start = connection.execute("select start_time from sessions").fetchone()
    assert facts == {
        "build_id": build.build_id,
        "documents": '["a"]',
        "schema_sha256": build.schema_sha256,
        "sql_sha256": build.sql_sha256,
    }
    assert {name: (rows, hashed) for name, rows, hashed in tables} == {
        name: (build.rows[name], build.logical_sha256[name]) for name in TABLES
    }
    assert start == (time(9),)


@pytest.mark.slow
def test_another_process_writes_the_same(
    warehouse: Path, tmp_path: Path, snapshot: Snapshot
) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    other = tmp_path / "elsewhere"
    run_store(other, environment)
    here, there = snapshot(warehouse / "current"), snapshot(other / "current")
    del here["idm.duckdb"], there["idm.duckdb"]  # DuckDB's bytes differ from build to build
    assert len(here) == len(TABLES) + 2
    assert there == here
    assert hashes_of_database(other / "idm.duckdb") == hashes_of_database(warehouse / "idm.duckdb")


# --- how it is switched ------------------------------------------------------------------------


@pytest.mark.slow
def test_the_layout(warehouse: Path) -> None:
    assert (warehouse / "current").readlink().parent == Path(".builds")
    for name in ("parquet", "idm.duckdb", "build.json"):
        assert (warehouse / name).readlink() == Path("current") / name


@pytest.mark.slow
def test_the_same_again_changes_nothing(tmp_path: Path, snapshot: Snapshot) -> None:
    build = store(small_build(), tmp_path, {})
    before = snapshot(tmp_path)
    again = store(small_build(), tmp_path, {})
    assert snapshot(tmp_path) == before
    assert not build.unchanged and again.unchanged
    assert replace(again, folder=build.folder, unchanged=False) == build
    assert again.folder.samefile(build.folder)


@pytest.mark.slow
def test_another_build_takes_the_place_of_the_last(tmp_path: Path) -> None:
    old = store(small_build(), tmp_path, {"documents": 1})
    new = store(small_build(), tmp_path, {"documents": 2})
    assert old.build_id != new.build_id and not new.unchanged
    assert names_in(tmp_path / ".builds") == [new.build_id]
    assert read_build(tmp_path).build_id == new.build_id
    assert (tmp_path / "idm.duckdb").samefile(new.database)


@pytest.mark.parametrize("file", ["parquet/panels.parquet", "idm.duckdb", "build.json"])
@pytest.mark.slow
def test_a_damaged_build_is_made_again(file: str, tmp_path: Path) -> None:
    build = store(small_build(), tmp_path, {})
    (build.folder / file).write_bytes(b"damaged")
    again = store(small_build(), tmp_path, {})
    assert not again.unchanged and again.build_id == build.build_id
    assert hashes_of_database(tmp_path / "idm.duckdb") == build.logical_sha256
    assert hashes_of_parquet(tmp_path / "parquet") == build.logical_sha256
    assert store(small_build(), tmp_path, {}).unchanged


@pytest.mark.slow
def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    leftover = tmp_path / ".builds" / "0123456789abcdef.partial"
    leftover.mkdir(parents=True)
    (leftover / "idm.duckdb").write_bytes(b"half")
    build = store(small_build(), tmp_path, {})
    assert names_in(tmp_path / ".builds") == [build.build_id]


@pytest.mark.slow
def test_a_lost_link_is_made_again(tmp_path: Path) -> None:
    store(small_build(), tmp_path, {})
    (tmp_path / "parquet").unlink()
    assert store(small_build(), tmp_path, {}).unchanged
    assert (tmp_path / "parquet" / "panels.parquet").is_file()


def test_invalid_rows_write_nothing(tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        store(first(small_build(), "panels", title="Rien"), tmp_path, {})
    assert names_in(tmp_path) == []


@pytest.mark.slow
def test_two_runs_do_not_write_at_once(tmp_path: Path, snapshot: Snapshot) -> None:
    store(small_build(), tmp_path, {"documents": 1})
    before = snapshot(tmp_path)
    with only_writer(tmp_path), ThreadPoolExecutor() as others:
        second = others.submit(store, small_build(), tmp_path, {"documents": 2})
        with pytest.raises(Refused, match="another run is writing"):
            second.result()
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("name", ["parquet", "idm.duckdb", "current"])
def test_what_others_put_there_is_left_alone(name: str, tmp_path: Path, snapshot: Snapshot) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "mine.txt").write_text("mine")
    with pytest.raises(Refused, match=rf"/{name}: is in the place of a link"):
        store(small_build(), tmp_path, {})
    assert snapshot(tmp_path) == {name: b"", f"{name}/mine.txt": b"mine", ".lock": b""}


def test_a_file_in_place_of_the_warehouse(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(Refused, match="cannot be written: File exists"):
        store(small_build(), tmp_path / "file", {})
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("kilobytes", [4, 100, 1000], ids=["Parquet", "database", "its end"])
@pytest.mark.slow
def test_a_full_disk_leaves_the_last_build(
    kilobytes: int, tmp_path: Path, snapshot: Snapshot
) -> None:
    store(small_build(), tmp_path, {"documents": ["a"]})
    before = snapshot(tmp_path)
    run = run_store(tmp_path, dict(os.environ), kilobytes)
    assert run.returncode == 1
    assert run.stderr.startswith(f"{tmp_path}: cannot be written: ")
    assert snapshot(tmp_path) == before


def run_store(
    warehouse: Path, environment: dict[str, str], kilobytes: int | None = None
) -> subprocess.CompletedProcess[str]:
    """Stores the small build in another process, which cannot write files larger than that."""
    command = [sys.executable, "-c", STORE_IN_ANOTHER_PROCESS, warehouse, Path(__file__).parent]
    if kilobytes is None:
        return subprocess.run(command, env=environment, check=True, text=True)
    shell = ["sh", "-c", f'trap "" XFSZ; ulimit -f {kilobytes * 2}; exec "$@"', "sh"]
    return subprocess.run(
        [*shell, *command, "other"], env=environment, capture_output=True, text=True, check=False
    )
