"""What several test files share."""

import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.__main__ import DOCUMENTS
from flows.runs.record import FOLDER

RELEASED = "2031-02-03"
"""The date of the release of the real documents, unlike any other date in it."""

Snapshot = Callable[[Path], dict[str, bytes]]


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

    warehouse = tmp_path_factory.mktemp("built")
    build(DOCUMENTS, warehouse, release=False, commit=commit())
    return warehouse


@pytest.fixture(scope="session")
def released(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a release of the real documents, of a given date. To be read only."""
    from flows.ground.record import read_build
    from flows.publish import Terms, publish

    build = read_build((built / "current").resolve())
    return publish(build, tmp_path_factory.mktemp("released"), Terms(date=RELEASED)).folder


@pytest.fixture(scope="session")
def prefect_harness(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A Prefect server for the flow tests, one for all: it takes many seconds to start."""
    from flows.command.prefect_server import PATIENCE, SETTINGS

    with pytest.MonkeyPatch.context() as environment:
        for name, value in SETTINGS.items():
            environment.setenv(name, value)
        environment.setenv("PREFECT_HOME", str(tmp_path_factory.mktemp("home")))
        from prefect.testing.utilities import prefect_test_harness

        with prefect_test_harness(server_startup_timeout=PATIENCE):
            yield


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
