"""The same documents give the same files, wherever, whenever and however they are laid down."""

import os
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from conftest import Snapshot, once
from flows.__main__ import DOCUMENTS, PROJECT
from flows.ground.fingerprint import hashes_of_database, hashes_of_parquet
from schemas import TABLES
from small_build import TEXT

pytestmark = pytest.mark.slow

TEXTS = sorted(path.name for path in DOCUMENTS.glob("*.txt"))
INVENTED = "a-city.fr.md"
CONTENTS = {name: (DOCUMENTS / name).read_bytes() for name in TEXTS} | {INVENTED: TEXT.encode()}
STORAGE_OF_DUCKDB_1_0 = 64


def build_in(folder: Path, names: Sequence[str], cores: int, **environment: str) -> None:
    """`warehouse`, with a build and its release, made by a process of its own on so many cores,
    from files created in this order; with a register of them in this order if it is among them."""
    documents = folder / "documents"
    documents.mkdir(parents=True)
    texts = [name for name in names if name != "documents.csv"]
    for name in texts:
        (documents / name).write_bytes(CONTENTS[name])
    if texts != names:
        lines = [f"{name},{sha256(CONTENTS[name]).hexdigest()},2030-09-01" for name in texts]
        text = "\n".join(["file,sha256,date", *lines]) + "\n"
        (documents / "documents.csv").write_text(text, encoding="utf-8")
    subprocess.run(
        [
            *(sys.executable, "-m", "flows", "run", "--direct"),
            *("--documents", "documents", "--warehouse", "warehouse"),
        ],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(PROJECT),
            "HOME": str(folder),
            "OMP_NUM_THREADS": str(cores),
            **environment,
        },
        check=True,
        capture_output=True,
        preexec_fn=lambda: os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores]),
    )


def here_and_there(
    factory: pytest.TempPathFactory, name: str, here: Sequence[str], there: Sequence[str]
) -> tuple[Path, Path]:
    """Two builds as different as two machines; locales where installed."""
    places = ("here", "là-bas/plus loin")

    def make(folder: Path) -> None:
        build_in(
            folder / places[0],
            here,
            1,
            TZ="America/Anchorage",
            LC_ALL="C.UTF-8",
            PYTHONHASHSEED="0",
        )
        build_in(
            folder / places[1],
            there,
            len(os.sched_getaffinity(0)),
            TZ="Pacific/Kiritimati",
            LC_ALL="tr_TR.UTF-8",
            PYTHONHASHSEED="4294967295",
        )

    first, second = (once(factory, name, make) / place / "warehouse" for place in places)
    return first, second


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two builds without a register."""
    return here_and_there(tmp_path_factory, "builds", TEXTS, TEXTS[::-1])


@pytest.fixture(scope="session")
def registered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two builds with the same register in another order. Every session has one document, so
    that the order says nothing."""
    names = [*TEXTS, INVENTED]
    return here_and_there(
        tmp_path_factory,
        "registered",
        ["documents.csv", *names],
        ["documents.csv", *names[::-1]],
    )


@pytest.fixture(params=["builds", "registered"])
def pair(request: pytest.FixtureRequest) -> tuple[Path, Path]:
    two: tuple[Path, Path] = request.getfixturevalue(request.param)
    return two


def test_the_files_of_a_build_are_equal_to_the_byte(
    pair: tuple[Path, Path], snapshot: Snapshot
) -> None:
    here, there = (snapshot(warehouse / "current") for warehouse in pair)
    # DuckDB's bytes differ from build to build: its rows are compared below.
    del here["idm.duckdb"], there["idm.duckdb"]
    assert {name for name in here if name.endswith(".parquet")} == {
        f"parquet/{name}.parquet" for name in TABLES
    }
    assert [name for name in here if here[name] != there.get(name)] == []
    assert set(here) == set(there)


def test_the_files_of_a_release_are_equal_to_the_byte(
    pair: tuple[Path, Path], snapshot: Snapshot
) -> None:
    here, there = (snapshot(warehouse / "releases" / "1.0.0") for warehouse in pair)
    for files in (here, there):
        del files["idm.duckdb"]
        lines = files["SHA256SUMS"].splitlines()
        kept = [line for line in lines if not line.endswith(b"  idm.duckdb")]
        assert len(kept) == len(lines) - 1
        files["SHA256SUMS"] = b"\n".join(kept)
    assert {"csv.zip", "idm.xlsx", "croissant.json", "QUALITY.md"} < here.keys()
    assert [name for name in here if here[name] != there.get(name)] == []
    assert set(here) == set(there)


def test_the_databases_hold_the_same(pair: tuple[Path, Path]) -> None:
    here, there = (warehouse / "releases" / "1.0.0" for warehouse in pair)
    hashes = hashes_of_database(here / "idm.duckdb")
    assert hashes == hashes_of_database(there / "idm.duckdb")
    assert hashes == hashes_of_parquet(here / "parquet")
    views = "select view_name, sql from duckdb_views() where not internal order by all"
    facts = "from build order by all"
    with duckdb.connect(str(here / "idm.duckdb"), read_only=True) as connection:
        of_here = [connection.execute(query).fetchall() for query in (views, facts)]
    with duckdb.connect(str(there / "idm.duckdb"), read_only=True) as connection:
        of_there = [connection.execute(query).fetchall() for query in (views, facts)]
    assert of_there == of_here and all(of_here)


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
