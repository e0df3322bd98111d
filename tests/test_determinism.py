"""The same documents give the same files, wherever, whenever and however they are laid down."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from conftest import Snapshot
from flows.__main__ import DOCUMENTS
from flows.fingerprint import hashes_of_database, hashes_of_parquet
from schemas import TABLES

TEXTS = sorted(path.name for path in DOCUMENTS.glob("*.txt"))
STORAGE_OF_DUCKDB_1_0 = 64


def build_in(folder: Path, names: Sequence[str], **environment: str) -> Path:
    """The warehouse of a build in a process of its own, from files created in this order."""
    documents = folder / "documents"
    documents.mkdir(parents=True)
    for name in names:
        (documents / name).write_bytes((DOCUMENTS / name).read_bytes())
    subprocess.run(
        [
            *(sys.executable, "-m", "flows", "run", "--direct", "--no-release"),
            *("--documents", "documents", "--warehouse", "warehouse"),
        ],
        cwd=folder,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
    )
    return folder / "warehouse"


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two builds without a register, as different as two machines; locales where installed."""
    place = tmp_path_factory.mktemp("builds")
    return (
        build_in(
            place / "here",
            TEXTS,
            TZ="America/Anchorage",
            LC_ALL="C.UTF-8",
            PYTHONHASHSEED="0",
        ),
        build_in(
            place / "là-bas" / "plus loin",
            TEXTS[::-1],
            TZ="Pacific/Kiritimati",
            LC_ALL="tr_TR.UTF-8",
            PYTHONHASHSEED="4294967295",
        ),
    )


def test_the_files_are_equal_to_the_byte(builds: tuple[Path, Path], snapshot: Snapshot) -> None:
    here, there = (snapshot(warehouse / "current") for warehouse in builds)
    # DuckDB's bytes differ from build to build: its rows are compared below.
    del here["idm.duckdb"], there["idm.duckdb"]
    assert {name for name in here if name.endswith(".parquet")} == {
        f"parquet/{name}.parquet" for name in TABLES
    }
    assert [name for name in here if here[name] != there.get(name)] == []
    assert set(here) == set(there)


def test_the_databases_hold_the_same(builds: tuple[Path, Path]) -> None:
    here, there = builds
    hashes = hashes_of_database(here / "idm.duckdb")
    assert hashes == hashes_of_database(there / "idm.duckdb")
    assert hashes == hashes_of_parquet(here / "parquet")
    views = "select view_name, sql from duckdb_views() where not internal order by all"
    with duckdb.connect(str(here / "idm.duckdb"), read_only=True) as connection:
        of_here = connection.execute(views).fetchall()
    with duckdb.connect(str(there / "idm.duckdb"), read_only=True) as connection:
        assert connection.execute(views).fetchall() == of_here != []


def test_a_register_adds_what_it_says_and_changes_nothing_else(
    builds: tuple[Path, Path], built: Path
) -> None:
    without, registered = (
        hashes_of_parquet(builds[0] / "parquet"),
        hashes_of_parquet(built / "parquet"),
    )
    assert {name for name in TABLES if without[name] != registered[name]} == {"documents"}


def test_the_storage_is_that_of_duckdb_1_0(built: Path) -> None:
    """What makes old clients open the file. `make compatibility` tries one of them."""
    head = (built / "idm.duckdb").read_bytes()[:20]
    assert head[8:12] == b"DUCK"
    assert int.from_bytes(head[12:20], "little") == STORAGE_OF_DUCKDB_1_0
