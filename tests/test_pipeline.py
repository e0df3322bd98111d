"""The Prefect flow: the same stages, the same files, the same refusals."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Snapshot
from flows.__main__ import DOCUMENTS, PROJECT
from flows.ground.problems import Refused

pytestmark = pytest.mark.prefect


@pytest.mark.usefixtures("prefect_harness")
def test_the_flow_makes_the_same_build(tmp_path: Path, built: Path) -> None:
    from flows.command.commit import commit
    from flows.pipeline import idm

    outcome = idm(DOCUMENTS, tmp_path / "warehouse", release=False, commit=commit())
    assert outcome.build.build_id == json.loads((built / "build.json").read_text())["build_id"]
    for path in (built / "parquet").iterdir():
        other = tmp_path / "warehouse" / "parquet" / path.name
        assert other.read_bytes() == path.read_bytes(), path.name


@pytest.mark.usefixtures("prefect_harness")
def test_refused_input_fails_the_flow_and_writes_nothing(tmp_path: Path) -> None:
    from flows.pipeline import idm

    (tmp_path / "bad.txt").write_bytes(b"\xff")
    state = idm(tmp_path, tmp_path / "warehouse", return_state=True)
    assert state.is_failed()
    with pytest.raises(Refused, match="0xFF"):
        state.result()
    assert not (tmp_path / "warehouse").exists()


@pytest.mark.usefixtures("prefect_harness")
def test_a_stage_that_fails_late_fails_the_flow(tmp_path: Path) -> None:
    from flows.pipeline import idm

    (tmp_path / "warehouse").write_text("in the way")
    state = idm(DOCUMENTS, tmp_path / "warehouse", return_state=True)
    assert state.is_failed()


def run_command(warehouse: Path, home: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flows", "run", "--warehouse", str(warehouse), *more],
        cwd=PROJECT,
        env={**os.environ, "PREFECT_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("prefect")


def test_the_command_from_end_to_end(tmp_path: Path, home: Path, built: Path) -> None:
    first = run_command(tmp_path, home)
    assert first.returncode == 0, first.stderr
    assert "1.0.0" in first.stdout
    assert "leaked" not in first.stderr  # what DuckDB's module says that is never let go
    for path in (built / "parquet").iterdir():
        assert (tmp_path / "parquet" / path.name).read_bytes() == path.read_bytes()
    catalogue = (tmp_path / "releases" / "catalog.json").read_bytes()

    second = run_command(tmp_path, home)
    assert second.returncode == 0, second.stderr
    assert "nothing new to publish" in second.stdout
    assert (tmp_path / "releases" / "catalog.json").read_bytes() == catalogue
    assert servers(home) == []


def test_the_command_fails_with_its_flow(tmp_path: Path, home: Path, snapshot: Snapshot) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "bad.txt").write_bytes(b"\xff")
    before = snapshot(tmp_path)
    result = run_command(tmp_path / "warehouse", home, "--documents", str(tmp_path / "documents"))
    assert result.returncode == 1
    assert "0xFF" in result.stderr
    assert "Traceback" not in result.stderr
    assert snapshot(tmp_path) == before


def test_a_named_server_that_is_not_there(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    result = run_command(tmp_path / "warehouse", home)
    assert result.returncode == 1
    assert "PREFECT_API_URL" in result.stderr


def test_a_home_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    result = run_command(tmp_path / "warehouse", tmp_path / "file")
    assert result.returncode == 1
    assert "PREFECT_HOME" in result.stderr


def test_a_server_that_does_not_start_points_to_its_log(tmp_path: Path) -> None:
    (tmp_path / "prefect.db").write_text("no database" * 1000)
    result = run_command(tmp_path / "warehouse", tmp_path)
    assert result.returncode == 1
    assert str(tmp_path / "server.log") in result.stderr


@pytest.mark.parametrize("kill", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_killed_leaves_no_server(
    kill: signal.Signals, tmp_path: Path, home: Path
) -> None:
    run = subprocess.Popen(
        [sys.executable, "-m", "flows", "run", "--warehouse", str(tmp_path / "warehouse")],
        cwd=PROJECT,
        env={**os.environ, "PREFECT_HOME": str(home)},
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        # A test run in the background ignores Ctrl-C, and its children would too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert within(60, lambda: len(servers(home)) == 1)
    run.send_signal(kill)
    # Python ends by the signal itself when Ctrl-C came while it read code from a string, as some
    # imports do; a shell says 130 for that too.
    assert run.wait(timeout=30) in ({130, -kill} if kill == signal.SIGINT else {-kill})
    assert within(30, lambda: servers(home) == [])


def within(seconds: float, condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def servers(home: Path) -> list[str]:
    """The servers that were started with this home, by process id."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            is_server = b"flows.command.prefect_server" in (process / "cmdline").read_bytes()
            if is_server and os.fsencode(f"PREFECT_HOME={home}") in (
                process / "environ"
            ).read_bytes().split(b"\0"):
                found.append(process.name)
        except OSError:  # gone in the meantime
            continue
    return found
