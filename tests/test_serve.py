"""Schedules that really fire: `idm serve`, and a worker of Prefect with `prefect.yaml`."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

from conftest import free_port, within
from flows.__main__ import DOCUMENTS, PROJECT, main
from flows.runs.record import Run, read_runs
from flows.runs.times import read_schedule
from flows.schedule import settled

GOOD = DOCUMENTS / "idm-2022-1.fr.txt"
PATIENCE = 480  # seconds, on a machine that does much else


def ended(warehouse: Path) -> list[Run]:
    """The runs that have ended, oldest first."""
    return [run for run in reversed(read_runs(warehouse)) if run.ended]


@contextmanager
def served(folder: Path, *when: str) -> Iterator[subprocess.Popen[str]]:
    """`idm serve` of a folder's `documents` into its `warehouse`."""
    log = (folder / "serve.log").open("w")
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PREFECT_API_URL", "PREFECT_HOME")
    }
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "flows", "serve", *when),
            *("--documents", "documents", "--warehouse", "warehouse"),
        ],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(PROJECT), "IDM_PORT": str(free_port())},
        stderr=log,
        stdout=log,
        text=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(60)
        log.close()


@pytest.mark.prefect
def test_a_schedule_fires(tmp_path: Path) -> None:
    """A release, then `unchanged`, then a clean end.

    With a version of Prefect's server that registers schedules and never runs them, no run of the
    schedule begins, and this fails.
    """
    warehouse = tmp_path / "warehouse"
    (tmp_path / "documents").mkdir()
    shutil.copy(GOOD, tmp_path / "documents")
    with served(tmp_path, "--interval", "10") as process:
        log = tmp_path / "serve.log"
        assert within(PATIENCE, lambda: len(ended(warehouse)) >= 2 or process.poll() is not None)
        runs = ended(warehouse)
        assert [run.result for run in runs[:2]] == ["published", "unchanged"], log.read_text()
        assert {run.trigger for run in runs} == {"schedule"}
        assert all(run.flow_run for run in runs)
        assert len({run.pid for run in runs}) == len(runs) and process.pid not in {
            run.pid for run in runs
        }
        assert runs[0].version == "1.0.0"
        schedule = read_schedule(warehouse)
        assert schedule is not None and schedule.interval == 10
        assert main(["status", "--warehouse", str(warehouse)]) == 0
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    assert "Stopped." in log.read_text() and "Traceback" not in log.read_text()
    assert read_schedule(warehouse) is None
    assert not of_folder(tmp_path)


def of_folder(folder: Path) -> list[str]:
    """The processes that have anything of a folder among their arguments or variables."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            told = (process / "environ").read_bytes() + (process / "cmdline").read_bytes()
            if os.fsencode(folder / "warehouse") in told and int(process.name) != os.getpid():
                found.append(told.decode(errors="replace"))
        except OSError:
            continue
    return found


def test_a_file_that_is_still_copied_waits(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    seen = settled(tmp_path, 0.05)
    assert seen is not None and seen == settled(tmp_path, 0.05)

    def grow(seconds: float) -> None:
        with (tmp_path / "a.txt").open("a") as file:
            file.write("more")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("time.sleep", grow)
        assert settled(tmp_path, 0.05) is None
    grown = settled(tmp_path, 0.05)
    assert grown is not None and grown != seen
    (tmp_path / ".a.txt.part").write_text("a hidden file is none of ours")
    assert settled(tmp_path, 0.05) == grown
    assert settled(tmp_path / "away", 0.05) is None


@pytest.mark.parametrize(
    "when",
    [
        [],
        ["--cron", "every monday"],
        ["--interval", "0"],
        ["--cron", "0 6 * * 1", "--interval", "60"],
        ["--cron", "0 6 * * 1", "--timezone", "Europe/Atlantis"],
    ],
)
def test_a_schedule_that_is_none_is_wrong_usage(
    when: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ending:
        main(["serve", *when, "--warehouse", str(tmp_path)])
    assert ending.value.code == 2
    assert "idm serve: error: " in capsys.readouterr().err


# The files for other schedulers


DEPLOY = PROJECT / "flows" / "deploy"


def idm_commands() -> dict[str, list[str]]:
    """File → what it has `idm` do."""
    found = {}
    for file in sorted(DEPLOY.glob("idm*")):
        for line in file.read_text().splitlines():
            if "/.venv/bin/idm " in line and not line.startswith("#"):
                found[file.name] = line.partition("/.venv/bin/idm ")[2].split(" >")[0].split()
    return found


def test_each_unit_calls_a_command_that_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    commands = idm_commands()
    assert set(commands) == {"idm.cron", "idm-run.service", "idm-serve.service"}
    for command, *options in commands.values():
        with pytest.raises(SystemExit):
            main([command, "--help"])
        shown = capsys.readouterr().out
        assert [option for option in options if option not in shown] == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for file in DEPLOY.glob("idm-*"):
        text = file.read_text().replace("/opt/idm-open-data/.venv/bin/idm", "/bin/true")
        (tmp_path / file.name).write_text(text.replace("User=idm", "User=daemon"))
    units = sorted(map(str, tmp_path.iterdir()))
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in checked.stderr.splitlines() if "idm-" in line]
    assert (checked.returncode, ours) == (0, [])
    calendar = (DEPLOY / "idm-run.timer").read_text().partition("OnCalendar=")[2].splitlines()[0]
    subprocess.run(["systemd-analyze", "calendar", calendar], check=True, capture_output=True)


def test_the_cron_line_is_five_fields_and_a_command() -> None:
    from datetime import UTC, datetime

    from cronsim import CronSim

    lines = [
        line
        for line in (DEPLOY / "idm.cron").read_text().splitlines()
        if line and not line.startswith(("#", "MAILTO="))
    ]
    [line] = lines
    *fields, command = line.split(maxsplit=5)
    assert next(CronSim(" ".join(fields), datetime(2030, 5, 6, 12, tzinfo=UTC))).day == 13
    assert command.startswith("/opt/idm-open-data/.venv/bin/idm run") and "%" not in command


def test_the_deployment_is_of_the_flow() -> None:
    from inspect import signature

    from flows.pipeline import idm

    [deployment] = yaml.safe_load((PROJECT / "prefect.yaml").read_text())["deployments"]
    assert deployment["entrypoint"] == "flows/pipeline.py:idm"
    assert set(deployment["parameters"]) <= set(signature(idm.fn).parameters)
