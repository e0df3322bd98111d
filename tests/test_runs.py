"""A run that nobody watches: its record, limits, retries, alerts, and where it publishes."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor as ThreadPool
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pyarrow.parquet as pq
import pytest

from flows.__main__ import DOCUMENTS, PROJECT, main
from flows.build import directly
from flows.ground.lock import only_writer
from flows.ground.problems import Problem, Refused, Unavailable
from flows.runs import Order, carry_out
from flows.runs.limits import TooLong, bounded
from flows.runs.record import TABLE, Run, Sent, Stage, read_runs, write_run
from flows.runs.status import status_of
from flows.runs.times import Schedule, serving, write_schedule
from flows.settings import Settings

pytestmark = pytest.mark.slow

GOOD = DOCUMENTS / "idm-2022-1.fr.txt"
NOW = datetime(2030, 5, 6, 12, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """One good document and a warehouse that is not there yet."""
    documents = tmp_path / "documents"
    documents.mkdir()
    shutil.copy(GOOD, documents)
    return Settings(documents, tmp_path / "warehouse", retry_delays=(0.01, 0.01))


def silent(line: str) -> None:
    pass


def record(day: int, **facts: Any) -> Run:
    """The record of a run on some day of a month."""
    started = f"2030-05-{day:02}T06:00:00Z"
    run = Run(f"203005{day:02}T060000Z-7", started, "schedule", "documents", 7, "host")
    return replace(run, **{"ended": f"2030-05-{day:02}T06:01:00Z", "result": "unchanged", **facts})


# What a run leaves behind


def test_a_run_is_recorded_with_what_it_came_to(settings: Settings) -> None:
    first = carry_out(settings, Order(), tell=silent).run
    second = carry_out(settings, Order(), tell=silent).run
    assert [run.id for run in read_runs(settings.warehouse)] == [second.id, first.id]
    assert (first.result, second.result) == ("published", "unchanged")
    assert first.version == second.version == "1.0.0"
    assert first.inputs == 1 and first.inputs_sha256 == second.inputs_sha256 is not None
    counts = {"damaged": 0, "not_kept": 0}
    assert first.kept["size"] > 0
    assert first.kept == {"recalled": 0, "normalised": 1, "size": first.kept["size"], **counts}
    assert second.kept == {"recalled": 1, "normalised": 0, "size": first.kept["size"], **counts}
    tables = settings.warehouse / "parquet"
    assert first.rows["panels"] == pq.read_metadata(tables / "panels.parquet").num_rows
    stages = ["ingest", "normalise", "evaluate", "store", "publish"]
    assert [stage.stage for stage in first.stages] == stages
    assert sum(stage.seconds for stage in first.stages) > 0
    assert {stage.attempts for stage in first.stages} == {1}
    assert all((stage.peak_memory_bytes or 0) > 10_000_000 for stage in first.stages)
    [file, _] = sorted(settings.warehouse.glob("runs/*.json"))
    assert json.loads(file.read_text())["seconds"] == first.seconds
    table = pq.read_table(settings.warehouse / "runs" / TABLE).to_pylist()
    assert [row["result"] for row in table] == ["unchanged", "published"]
    assert [(row["recalled"], row["normalised"], row["damaged"]) for row in table] == [
        (1, 0, 0),
        (0, 1, 0),
    ]
    assert table[1]["rows"] == sum(first.rows.values())
    assert [stage["stage"] for stage in table[1]["stages"]] == stages


def test_a_refused_run_says_what_to_do_without_a_word_of_a_document(settings: Settings) -> None:
    text = GOOD.read_text(encoding="utf-8")
    strange = "Mme Isaure Valbrun a cité le Pacte d'Arcachon. Une synthèse"
    changed = text.replace("Une synthèse", strange, 1)
    (settings.documents / GOOD.name).write_text(changed, encoding="utf-8")
    ended = carry_out(settings.but(strict=True), Order(), tell=silent)
    assert "Arcachon" in str(ended.error)
    assert ended.run.result == "refused"
    [file] = settings.warehouse.glob("runs/*.json")
    kept = file.read_text()
    assert GOOD.name in kept and "it quotes a document" in kept
    assert "Arcachon" not in kept and "Valbrun" not in kept


def test_a_fault_of_the_program_is_recorded_by_its_place(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> object:
        raise KeyError("Isaure Valbrun")

    monkeypatch.setattr("flows.build.evaluate", broken)
    broken.__name__ = "evaluate"
    ended = carry_out(settings, Order(), tell=silent)
    assert isinstance(ended.error, KeyError)
    [problem] = ended.run.problems
    assert ended.run.result == "failed"
    assert "KeyError at test_runs.py:" in problem["what"] and "Valbrun" not in problem["what"]


def test_an_interrupted_run_is_recorded(settings: Settings) -> None:
    def interrupt(number: int, count: int, name: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carry_out(settings, Order(), tell=silent, follow=interrupt)
    [run] = read_runs(settings.warehouse)
    assert run.result == "failed" and "interrupted" in run.problems[0]["what"]


def test_the_newest_records_and_the_last_good_one_are_kept(tmp_path: Path) -> None:
    write_run(record(1), tmp_path, keep=3)
    for day in range(2, 8):
        write_run(record(day, result="failed"), tmp_path, keep=3)
    kept = [(run.started[8:10], run.result) for run in read_runs(tmp_path)]
    assert kept == [("07", "failed"), ("06", "failed"), ("05", "failed"), ("01", "unchanged")]
    assert pq.read_metadata(tmp_path / "runs" / TABLE).num_rows == 4


@pytest.mark.parametrize("text", ["", "{", "[]", '{"id": "other"}', '{"id": "odd", "stages": [1]}'])
def test_a_file_that_is_no_record_is_passed_over(text: str, tmp_path: Path) -> None:
    write_run(record(1), tmp_path, keep=3)
    (tmp_path / "runs" / "odd.json").write_text(text)
    assert [run.started[8:10] for run in read_runs(tmp_path)] == ["01"]


# Limits and retries


class Sometimes:
    """A stage that is not to be had the first times."""

    def __init__(self, times: int, error: Exception) -> None:
        self.left = times
        self.error = error
        self.__name__ = "send"

    def __call__(self) -> str:
        self.left -= 1
        if self.left >= 0:
            raise self.error
        return "done"


AWAY = Unavailable([Problem("share", None, "does not answer.")])


def test_what_may_pass_is_tried_again(settings: Settings) -> None:
    stages: list[Stage] = []
    told: list[str] = []
    call = bounded(directly, settings, stages, told.append)
    assert call(Sometimes(2, AWAY)) == "done"
    assert stages[0].attempts == 3
    assert told == ["share: does not answer. Trying again in 0.01 s."] * 2
    with pytest.raises(Unavailable):
        call(Sometimes(3, AWAY))
    assert stages[1].attempts == 3


def test_what_cannot_pass_is_not_tried_again(settings: Settings) -> None:
    stages: list[Stage] = []
    call = bounded(directly, settings, stages, silent)
    with pytest.raises(Refused):
        call(Sometimes(1, Refused([Problem("bad.txt", 1, "is binary.")])))
    normalise = Sometimes(1, AWAY)
    normalise.__name__ = "normalise"
    with pytest.raises(Unavailable):
        call(normalise)
    assert [stage.attempts for stage in stages] == [1, 1]


def test_documents_on_a_share_that_is_away_for_a_moment(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = Path.read_bytes
    left = [2]

    def away(path: Path) -> bytes:
        if path.name == GOOD.name and left[0]:
            left[0] -= 1
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return reads(path)

    monkeypatch.setattr(Path, "read_bytes", away)
    told: list[str] = []
    # What is away is not skipped as if it were bad: the release would lose it.
    settings = settings.but(skip_invalid=True)
    run = carry_out(settings, Order(release=False), tell=told.append).run
    assert run.result == "built" and run.stages[0].attempts == 3
    assert len(told) == 2 and "Input/output error" in told[0]
    left[0] = 9
    run = carry_out(settings, Order(release=False, full=True), tell=silent).run
    assert run.result == "failed" and GOOD.name in run.problems[0]["file"]


def test_a_stage_that_takes_too_long_is_stopped(settings: Settings) -> None:
    ended = carry_out(
        settings.but(limit_normalise=0.05),
        Order(),
        tell=silent,
        follow=lambda number, count, name: time.sleep(5),
    )
    assert isinstance(ended.error, TooLong)
    assert ended.run.result == "failed"
    [problem] = ended.run.problems
    assert problem["what"] == "normalise took longer than 0.05 seconds."
    assert "limit_" in problem["remedy"]
    assert ended.run.stages[-1].stage == "normalise" and ended.run.stages[-1].seconds < 4


# Who is told


class Receiver(BaseHTTPRequestHandler):
    """A webhook: keeps what it gets."""

    got: list[dict[str, object]] = []  # noqa: RUF012

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Receiver.got.append(json.loads(body))
        self.send_response(204 if self.path == "/hook" else 500)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def webhook() -> Iterator[str]:
    Receiver.got.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/hook"
        server.shutdown()


def run(settings: Settings, *more: str) -> int:
    """`idm run --direct`, in this process."""
    places = ["--documents", str(settings.documents), "--warehouse", str(settings.warehouse)]
    return main(["run", "--direct", *places, *more])


def test_who_is_named_is_told_what_happened(
    settings: Settings, webhook: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IDM_ALERT_WEBHOOK", webhook)
    monkeypatch.setenv("IDM_ALERT_COMMAND", f"tee '{tmp_path}/a b.json'")
    assert run(settings) == 0
    assert Receiver.got == []
    (settings.documents / "bad.txt").write_bytes(b"\xff")
    assert run(settings) == 1
    [got] = Receiver.got
    assert json.loads((tmp_path / "a b.json").read_text()) == got
    assert got["result"] == "refused" and got["warehouse"] == str(settings.warehouse)
    assert "was refused" in str(got["subject"])
    assert "bad.txt" in json.dumps(got["problems"]) and "0xFF" in json.dumps(got["problems"])
    assert read_runs(settings.warehouse)[0].alert_problem is None


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("IDM_ALERT_WEBHOOK", "http://127.0.0.1:9/secret", "127.0.0.1 does not answer"),
        ("IDM_ALERT_WEBHOOK", "WEBHOOK/secret", "127.0.0.1 answers 500"),
        ("IDM_ALERT_COMMAND", "false", "ended with 1"),
        ("IDM_ALERT_COMMAND", "/nowhere/tell", "cannot be run: No such file"),
    ],
)
def test_an_alert_that_reaches_nobody_is_said(
    name: str,
    value: str,
    said: str,
    settings: Settings,
    webhook: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(name, value.replace("WEBHOOK/", webhook.removesuffix("hook")))
    (settings.documents / GOOD.name).write_bytes(b"")
    assert run(settings) == 1
    capsys.readouterr()
    assert main(["status", "--warehouse", str(settings.warehouse)]) == 1
    told = capsys.readouterr().out
    assert said in told and "secret" not in told


def test_a_killed_run_is_found_by_the_next(
    settings: Settings, webhook: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from flows.runs import Order, carry_out\n"
        "from flows.settings import Settings\n"
        "def follow(*_): print('begun', flush=True); time.sleep(60)\n"
        "places = map(Path, sys.argv[1:])\n"
        "carry_out(Settings(*places), Order(), tell=print, follow=follow)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", hold, str(settings.documents), str(settings.warehouse)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    moment = datetime.now(UTC)
    assert [p.what for p in status_of(settings, moment).wrong] == []
    with pytest.raises(Refused, match=f"process {process.pid} on"):
        run_now = carry_out(settings, Order(), tell=silent)
        assert run_now.left and run_now.error
        raise run_now.error
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert "crashed" in str(status_of(settings, moment).wrong[0])
    monkeypatch.setenv("IDM_ALERT_WEBHOOK", webhook)
    assert run(settings) == 0
    assert [r.result for r in read_runs(settings.warehouse)] == ["published", "crashed"]
    assert [got["result"] for got in Receiver.got] == ["crashed"]


def test_a_second_run_waits_if_asked(settings: Settings) -> None:
    told: list[str] = []
    with only_writer(settings.warehouse):
        other = Thread(
            target=lambda: told.append(
                carry_out(
                    settings.but(wait=True), Order(release=False), tell=told.append
                ).run.result
            )
        )
        other.start()
        while not told:
            time.sleep(0.01)
        assert "Waiting until it has ended" in told[0]
    other.join()
    assert told[-1] == "built"


# Published elsewhere


def test_what_could_not_be_published_is_sent_by_the_next_run_without_building(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = tmp_path / "share"
    settings = settings.but(publish_to=str(share / "idm"))
    first = carry_out(settings, Order(), tell=silent)
    assert first.run.result == "failed" and first.run.version == "1.0.0"
    assert first.run.stages[-1].attempts == 3
    said = str(first.error)
    assert f"no folder {share}" in said and "the next run tries again" in said
    assert (settings.warehouse / "releases" / "1.0.0").is_dir()
    wrong = status_of(settings, datetime.now(UTC)).wrong
    assert f"no folder {share}" in " ".join(map(str, wrong))

    share.mkdir()

    def never(*_: object, **__: object) -> None:
        raise AssertionError("built again")

    with monkeypatch.context() as nothing_is_built:
        for stage in ("ingest", "normalise", "evaluate", "storing", "publish"):
            nothing_is_built.setattr(f"flows.build.{stage}", never)
        second = carry_out(settings, Order(), tell=silent)
    assert second.error is None and second.run.result == "unchanged"
    assert [stage.stage for stage in second.run.stages] == ["send"]
    assert second.run.rows == first.run.rows
    assert (share / "idm" / "1.0.0" / "SHA256SUMS").is_file()

    third = carry_out(settings, Order(), tell=silent)
    assert third.error is None and third.run.sent == [Sent("1.0.0", str(share / "idm"))]


def test_new_documents_are_built_although_a_release_waits(
    settings: Settings, tmp_path: Path
) -> None:
    share = tmp_path / "share"
    settings = settings.but(publish_to=str(share / "idm"))
    carry_out(settings, Order(), tell=silent)
    shutil.copy(DOCUMENTS / "idm-2021-2.fr.txt", settings.documents)
    share.mkdir()
    run = carry_out(settings, Order(), tell=silent).run
    assert (run.result, run.version) == ("published", "1.1.0")
    assert [sent.version for sent in run.sent] == ["1.0.0", "1.1.0"]
    assert {p.name for p in (share / "idm").iterdir()} >= {"1.0.0", "1.1.0"}


# Status


def status(tmp_path: Path, moment: datetime = NOW) -> list[str]:
    return [str(problem) for problem in status_of(Settings(warehouse=tmp_path), moment).wrong]


def test_all_is_well_after_a_good_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_run(record(6, version="1.0.0", rows={"panels": 3}, inputs=2), tmp_path, keep=9)
    assert status(tmp_path) == []
    assert main(["status", "--warehouse", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "2030-05-06 06:00:00  unchanged  1.0.0" in out and out.endswith("All is well.\n")


def test_nothing_has_run_yet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--json", "--warehouse", str(tmp_path / "new")]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["wrong"][0]["remedy"] == "Run `idm run`."
    assert found["runs"] == [] and found["latest_release"] is None
    assert not (tmp_path / "new").exists()


def test_what_went_wrong_is_told_with_its_remedy(tmp_path: Path) -> None:
    write_run(record(5), tmp_path, keep=9)
    problem = {"file": "bad.txt", "line": 3, "what": "is not UTF-8.", "remedy": "Save it so."}
    write_run(record(6, result="refused", problems=[problem]), tmp_path, keep=9)
    first, second = status(tmp_path)
    assert "2030-05-06T06:00:00Z, was refused. The last that went well began 2030-05-05" in first
    assert second == "bad.txt:3: is not UTF-8. Save it so."


def test_a_server_that_died_and_a_run_that_did_not_begin(tmp_path: Path) -> None:
    schedule = Schedule("2030-05-01T00:00:00Z", cron="0 6 * * *")
    write_run(record(6), tmp_path, keep=9)
    with serving(tmp_path):
        write_schedule(schedule, tmp_path)
        assert status(tmp_path) == []
        [late] = status(tmp_path, NOW + timedelta(days=1))
        assert "a run was due at 2030-05-07 06:00:00 UTC and did not begin" in late
        with pytest.raises(Unavailable), ThreadPool() as others:
            others.submit(lambda: serving(tmp_path).__enter__()).result()
        kept = (tmp_path / "runs" / "serving" / "schedule.json").read_bytes()
    assert status(tmp_path) == []
    (tmp_path / "runs" / "serving" / "schedule.json").write_bytes(kept)
    assert "has died" in status(tmp_path)[0]


def test_a_disk_that_fills_up_fails_the_run_and_is_recorded(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    import flows.store

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    assert run(settings) == 0
    shutil.copy(DOCUMENTS / "idm-2021-2.fr.txt", settings.documents)
    monkeypatch.setattr(flows.store, "written", full)
    assert run(settings) == 1
    last = read_runs(settings.warehouse)[0]
    assert last.result == "failed" and "No space left" in last.problems[0]["what"]
    assert [file for file in settings.warehouse.rglob("*") if file.suffix == ".new"] == []


def test_a_full_disk_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_run(record(6), tmp_path, keep=9)
    usage = shutil.disk_usage(tmp_path)._replace(free=1_000_000)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    [line] = status(tmp_path)
    assert "1 MB are free" in line and "Make room" in line


@pytest.mark.parametrize(
    ("schedule", "after", "before"),
    [
        (Schedule("2030-05-01T00:00:00Z", cron="0 6 * * 1"), "05-13 06:00", "05-06 06:00"),
        (
            Schedule("2030-05-01T00:00:00Z", cron="0 6 * * 1", timezone="Europe/Zurich"),
            "05-13 04:00",
            "05-06 04:00",
        ),
        (Schedule("2030-05-06T11:00:00Z", interval=7000), "05-06 12:56", None),
        (Schedule("2030-05-06T11:00:00Z", interval=1500), "05-06 12:15", "05-06 11:50"),
        (Schedule("2030-05-06T11:00:00Z", watch=True), None, None),
        (Schedule("2030-05-06T11:00:00Z", cron="0 6 * * 1"), "05-13 06:00", None),
    ],
)
def test_when_runs_are_due(schedule: Schedule, after: str | None, before: str | None) -> None:
    def told(moment: datetime | None) -> str | None:
        return moment and f"{moment.astimezone(UTC):%m-%d %H:%M}"

    assert told(schedule.after(NOW)) == after
    assert told(schedule.before(NOW)) == before


def test_status_leaves_no_trace_and_is_quick_to_import() -> None:
    code = "import sys, flows.command.status; sys.exit('prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False).returncode == 0
