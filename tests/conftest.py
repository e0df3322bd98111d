"""What several test files share, and the two paces of the tests.

A test that starts a process, stores a build or a release, or reads a document in all variants is
`slow`: marked so, by itself or with its file, or because it asks for one of the fixtures here that
do. The others are the inner loop of `make check`. A test that starts a process or stores a build
without the mark fails and says so.
"""

import fcntl
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from flows.__main__ import DOCUMENTS, PROJECT
from flows.runs.record import FOLDER
from s3_store import Store, s3_store

RELEASED = "2031-02-03"
"""The date of the release of the real documents, unlike any other date in it."""

SLOW = {"built", "released", "published", "small_warehouse", "s3", "prefect"}
"""Fixtures and marks that make a test slow."""

Snapshot = Callable[[Path], dict[str, bytes]]


# --- how tests are run -------------------------------------------------------------------------


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what is slow, and lays the tests out so that no worker waits in the end.

    `--dist worksteal` gives each worker an equal piece of the list, and whoever has done with it
    takes from the end of another's: each piece starts with slow tests and ends with fast ones.
    Those that share a server come first, so that one worker has them and starts it once.
    """

    def names(item: pytest.Item) -> set[str]:
        marks = {mark.name for mark in item.iter_markers()}
        return marks.union(getattr(item, "fixturenames", ()))

    for item in items:
        if SLOW & names(item):
            item.add_marker("slow")
    slow = [item for item in items if item.get_closest_marker("slow")]
    slow.sort(key=lambda item: ("prefect" not in names(item), "s3" not in names(item)))
    fast = [item for item in items if not item.get_closest_marker("slow")]
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", 1))
    size = len(items) // workers
    laid_out: list[pytest.Item] = []
    for worker in range(workers):
        mine = slow[len(slow) * worker // workers : len(slow) * (worker + 1) // workers]
        room = max(0, size - len(mine)) if worker < workers - 1 else len(fast)
        laid_out += [*mine, *fast[:room]]
        del fast[:room]
    items[:] = laid_out


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """No test waits until its files are on the disk; a fast one has nothing to wait for."""

    def too_slow(*_: object, **__: object) -> None:
        pytest.fail(
            "starts a process or stores a build: mark it with pytest.mark.slow", pytrace=False
        )

    with pytest.MonkeyPatch.context() as patch:
        if item.get_closest_marker("slow"):
            patch.setattr(os, "fsync", lambda descriptor: None)
        else:
            patch.setattr(os, "fsync", too_slow)
            patch.setattr(subprocess.Popen, "__init__", too_slow)
            patch.setattr(BaseProcess, "start", too_slow)
        return (yield)


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that is made once a run, by the worker that needs it first. To be read only."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # that of the whole run
    folder, made = base / name, base / f"{name}.made"
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            made.touch()
    return folder


def copy_project(folder: Path) -> None:
    """Copies the project into a folder, without anything built: the code there is another
    program, whose defaults are the seeds and the warehouse there."""
    built = ("build.json", "current", "idm.duckdb", "parquet", "releases", "runs*", ".*")
    for name in ("flows", "schemas", "seeds", "tests", "warehouse"):
        # Compiled modules come along: their sources keep their dates.
        leave_out = shutil.ignore_patterns(*built) if name == "warehouse" else None
        shutil.copytree(PROJECT / name, folder / name, ignore=leave_out)
    for name in ("LICENSE", "prefect.toml", "prefect.yaml"):
        shutil.copy(PROJECT / name, folder)


# --- what tests are given ----------------------------------------------------------------------


@pytest.fixture
def snapshot() -> Snapshot:
    """A function: folder → all that is in it, by relative path, links as what they lead to. The
    records of runs are left out: each run adds one, whatever it comes to."""

    def take(folder: Path) -> dict[str, bytes]:
        return {
            str(path.relative_to(folder)): (
                os.fsencode(path.readlink())
                if path.is_symlink()
                else path.read_bytes()
                if path.is_file()
                else b""
            )
            for path in folder.rglob("*")
            if FOLDER not in path.relative_to(folder).parts
        }

    return take


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with a build of the real documents. To be read only."""
    from flows.build import build
    from flows.runs.commit import commit

    return once(
        tmp_path_factory,
        "built",
        lambda folder: build(DOCUMENTS, folder, release=False, commit=commit()),
    )


@pytest.fixture(scope="session")
def released(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a release of the real documents, of a given date. To be read only."""
    from flows.ground.record import read_build
    from flows.publish import Terms, publish

    def make(folder: Path) -> None:
        publish(read_build((built / "current").resolve()), folder, Terms(date=RELEASED))

    return once(tmp_path_factory, "released", make) / "releases" / "1.0.0"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse after `idm run`, with build and release of the real documents. To be read
    only."""
    from flows.__main__ import main

    def make(folder: Path) -> None:
        assert main(["run", "--direct", "--warehouse", str(folder)]) == 0

    return once(tmp_path_factory, "published", make)


@pytest.fixture(scope="session")
def small_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with the small build and its release, 1.0.0. To be read only."""
    from flows.publish import publish
    from flows.store import storing
    from small_build import DOCUMENT, small_build

    def make(folder: Path) -> None:
        with storing(small_build(), folder, {"documents": [DOCUMENT]}) as build:
            publish(build, folder)

    return once(tmp_path_factory, "small", make)


@pytest.fixture(scope="session")
def s3() -> Iterator[Store]:
    """A real S3 server, one for all: it takes many seconds to start."""
    with s3_store() as store:
        yield store


@pytest.fixture(scope="session")
def prefect_harness(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A Prefect server for the flow tests, one for all: it takes many seconds to start."""
    from flows.command.prefect_server import PATIENCE, SETTINGS

    with pytest.MonkeyPatch.context() as environment:
        for name, value in SETTINGS.items():
            environment.setenv(name, value)
        environment.setenv("PREFECT_HOME", str(tmp_path_factory.mktemp("home")))
        from prefect._internal.concurrency import threads
        from prefect.testing.utilities import prefect_test_harness

        with prefect_test_harness(server_startup_timeout=PATIENCE):
            yield
        # Its loops run in daemon threads, whose frames outlive the interpreter and with them
        # modules: DuckDB's would be told as leaked, after the last line of the tests.
        for loop in (threads._global_loop, threads._run_sync_loop):
            if loop is not None:
                loop.shutdown()
                loop.thread.join()


def within(seconds: float, condition: Callable[[], bool]) -> bool:
    """Whether a condition comes to hold in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def free_port() -> int:
    """A port of this machine that nobody has at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port
