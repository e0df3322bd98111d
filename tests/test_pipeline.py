"""The Prefect flow: the same stages, the same files, the same refusals."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest

from conftest import Snapshot, within
from flows.__main__ import DOCUMENTS, PROJECT
from flows.ground.problems import Refused
from flows.runs import Ended, Order
from flows.runs.record import Run, read_runs, write_run
from flows.settings import Settings, read_settings

pytestmark = pytest.mark.prefect


def asked(documents: Path, warehouse: Path, release: bool = False) -> Ended:
    from flows.pipeline import orchestrated
    from flows.runs.commit import commit

    settings = Settings().but(documents=documents, warehouse=warehouse)
    return orchestrated(settings, Order(release=release, commit=commit()))


@pytest.mark.usefixtures("prefect_harness")
def test_the_flow_makes_the_same_build(tmp_path: Path, built: Path) -> None:
    ended = asked(DOCUMENTS, tmp_path / "warehouse")
    assert ended.error is None and ended.outcome is not None and ended.run.result == "built"
    build_id = json.loads((built / "build.json").read_text())["build_id"]
    assert ended.outcome.build.build_id == build_id
    for path in (built / "parquet").iterdir():
        other = tmp_path / "warehouse" / "parquet" / path.name
        assert other.read_bytes() == path.read_bytes(), path.name


def seen_by_prefect() -> tuple[Any, list[Any], str]:
    """The last flow run, its task runs, and all that Prefect keeps of it as text."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import (
        ArtifactFilter,
        ArtifactFilterFlowRunId,
        FlowRunFilter,
        FlowRunFilterId,
        LogFilter,
        LogFilterFlowRunId,
    )
    from prefect.client.schemas.sorting import FlowRunSort

    with get_client(sync_client=True) as client:
        [run] = client.read_flow_runs(sort=FlowRunSort.START_TIME_DESC, limit=1)
        these = FlowRunFilter(id=FlowRunFilterId(any_=[run.id]))
        tasks = client.read_task_runs(flow_run_filter=these)
        logs = client.read_logs(LogFilter(flow_run_id=LogFilterFlowRunId(any_=[run.id])))
        artifacts = client.read_artifacts(
            artifact_filter=ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run.id]))
        )
    kept = [run, *tasks, *logs, *artifacts]
    return run, artifacts, "\n".join(item.model_dump_json() for item in kept)


@pytest.mark.usefixtures("prefect_harness")
def test_what_prefect_shows_reads_well_and_names_nobody(tmp_path: Path) -> None:
    ended = asked(DOCUMENTS, tmp_path / "warehouse", release=True)
    assert ended.outcome is not None and ended.run.result == "published"
    run, artifacts, kept = seen_by_prefect()
    assert str(run.id) == ended.run.flow_run
    assert run.state.message == "published: release 1.0.0"
    assert run.parameters["documents"] == str(DOCUMENTS)
    assert {artifact.key for artifact in artifacts} == {
        *("idm-run", "idm-rows", "idm-warnings", "idm-quality", "idm-release", "idm-changes")
    }
    rows = next(artifact for artifact in artifacts if artifact.key == "idm-rows")
    assert f'"table": "panels", "rows": {ended.run.rows["panels"]}' in rows.data
    assert "normalise: 1," in kept  # the log says what each stage came to
    people = [
        str(row["name"]) for row in ended.outcome.tables["participants"] if row["kind"] == "person"
    ]
    assert len(people) > 10
    assert [name for name in people if name in kept or name.split()[-1] in kept] == []


@pytest.mark.usefixtures("prefect_harness")
def test_refused_input_fails_the_flow_and_tells_prefect_no_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    text = (DOCUMENTS / "idm-2022-1.fr.txt").read_text(encoding="utf-8")
    strange = "Le Pacte d'Arcachon a été cité. Une synthèse"
    (documents / "unclear.txt").write_text(text.replace("Une synthèse", strange, 1))
    alert = tmp_path / "alert.json"
    monkeypatch.setenv("IDM_ALERT_COMMAND", f"tee {alert}")
    monkeypatch.setenv("IDM_STRICT", "true")
    from flows.pipeline import orchestrated

    settings = read_settings(os.environ, tmp_path)
    settings = settings.but(documents=documents, warehouse=tmp_path / "warehouse")
    ended = orchestrated(settings, Order())
    assert isinstance(ended.error, Refused) and "Arcachon" in str(ended.error)
    run, _, kept = seen_by_prefect()
    assert run.state.is_failed()
    assert "unclear.txt" in run.state.message
    assert "Arcachon" not in kept
    told = json.loads(alert.read_text())  # by the hook of the flow
    assert told["result"] == "refused" and told["flow_run"] == str(run.id)
    assert "Arcachon" not in alert.read_text()
    assert "Arcachon" not in "".join(p.read_text() for p in settings.warehouse.glob("runs/*.json"))


@pytest.mark.usefixtures("prefect_harness")
def test_a_stage_that_fails_late_fails_the_flow(tmp_path: Path) -> None:
    (tmp_path / "warehouse" / "current").mkdir(parents=True)  # in the way
    ended = asked(DOCUMENTS, tmp_path / "warehouse")
    assert isinstance(ended.error, Refused)
    assert seen_by_prefect()[0].state.is_failed()


@pytest.mark.usefixtures("prefect_harness")
def test_a_crashed_run_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the runner of `idm serve` or a worker does, when the process of a run is gone."""
    from prefect.client.schemas.objects import FlowRun
    from prefect.states import Crashed

    from flows.pipeline import idm, tell_of

    assert idm.on_crashed_hooks == [tell_of]
    alert = tmp_path / "alert.json"
    monkeypatch.setenv("IDM_ALERT_COMMAND", f"tee -a {alert}")
    flow_run = uuid4()
    record = Run("20300101T000000Z-1", "2030-01-01T00:00:00Z", "schedule", "d", 1, "h")
    write_run(replace(record, flow_run=str(flow_run)), tmp_path, keep=10)
    gone = FlowRun(id=flow_run, flow_id=uuid4(), parameters={"warehouse": str(tmp_path)})
    tell_of(idm, gone, Crashed())
    tell_of(idm, gone, Crashed())
    assert json.loads(alert.read_text())["result"] == "crashed"
    assert [run.result for run in read_runs(tmp_path)] == ["crashed"]


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
    result = run_command(tmp_path / "warehouse", home, "--documents", str(tmp_path / "documents"))
    assert result.returncode == 1
    assert "0xFF" in result.stderr
    assert "Traceback" not in result.stderr
    left = snapshot(tmp_path / "warehouse")
    assert left == {".lock": b""}  # and the record of the run
    assert snapshot(tmp_path / "documents") == {"bad.txt": b"\xff"}


def test_a_named_server_that_is_not_there(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    result = run_command(tmp_path / "warehouse", home)
    assert result.returncode == 1
    assert "PREFECT_API_URL" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_server_that_wants_credentials(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Closed(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path.endswith("/health") else 401)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Closed) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{server.server_port}/api")
        result = run_command(tmp_path / "warehouse", home)
        server.shutdown()
    assert result.returncode == 1
    line, *_ = result.stderr.splitlines()
    assert "wants other credentials" in line and "PREFECT_API_AUTH_STRING" in line
    assert "Traceback" not in result.stderr


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
