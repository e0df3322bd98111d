"""All that the README, its page on schedules and CONTRIBUTING tell people to type works, and what
they show is so."""

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from conftest import copy_project, free_port, once, within
from flows.__main__ import PROJECT
from flows.publish.compare.versions import rules_as_markdown
from flows.runs.record import read_runs
from flows.settings import Settings

README = (PROJECT / "README.md").read_text(encoding="utf-8")
SCHEDULE = (PROJECT / "flows" / "deploy" / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
LONGEST = 150  # lines
SCREEN = 60  # lines
PATIENCE = 240  # seconds, on a machine that does much else
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README + SCHEDULE, re.DOTALL)
LINES = [line for kind, text in BLOCKS if kind == "sh" for line in text.splitlines()]
STANDING = ("idm serve", "prefect worker")
"""Commands that go on until they are stopped."""
COMMANDS = [
    shlex.split(line)[1:]
    for line in LINES
    if line.startswith("idm ") and not line.startswith(STANDING)
]
QUERIES = [
    query.strip()
    for kind, text in BLOCKS
    if kind == "sql"
    for query in text.split(";")
    if query.strip()
]
SYNOPSIS = "".join(
    text
    for text in re.findall(r"```text\n(.*?)```", README + SCHEDULE + CONTRIBUTING, re.DOTALL)
    if text.startswith("idm ")
)


def idm(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, of the code that is in the folder."""
    return subprocess.run(
        [sys.executable, "-m", "flows", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which all commands of these pages have been run, in their order.
    To be read only."""

    def make(folder: Path) -> None:
        copy_project(folder)
        for arguments in COMMANDS:
            result = idm(folder, *arguments)
            assert result.returncode == 0, result.stderr
            assert result.stdout

    return once(tmp_path_factory, "readme", make)


@pytest.fixture
def own_project(project: Path, tmp_path: Path) -> Path:
    """A copy of that copy, to be changed."""
    return shutil.copytree(project, tmp_path / "project", symlinks=True)


def test_there_is_something_of_each_kind() -> None:
    kinds = [kind for kind, _ in BLOCKS]
    assert {kind: kinds.count(kind) for kind in sorted(set(kinds))} == {
        "python": 1,
        "sh": 5,
        "sql": 2,
        "text": 4,
    }
    assert len(QUERIES) == 4
    assert {arguments[0] for arguments in COMMANDS} == {
        *("run", "check", "evaluate", "sql", "releases", "diff", "verify", "publish"),
        *("status", "settings"),
    }


def test_the_readme_is_short_and_each_reader_has_one_screen() -> None:
    assert len(README.splitlines()) <= LONGEST
    parts = [part.splitlines() for part in README.split("\n## ")[1:]]
    assert len(parts) >= 4
    assert [part[0] for part in parts if len(part) > SCREEN] == []


def test_the_picture_shows_every_room() -> None:
    [picture] = [text for kind, text in BLOCKS if kind == "text" and "►" in text]
    shown = set(re.findall(r"\w+", picture))
    for building in ("normalise", "publish"):
        folder = PROJECT / "flows" / building
        assert {path.parent.name for path in folder.glob("*/__init__.py")} <= shown


def test_every_make_target_is_one() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    typed = "".join(re.findall(r"```sh\n(.*?)```", README + CONTRIBUTING, re.DOTALL))
    named = set(re.findall(r"^make ([a-z]+)$", typed, re.MULTILINE))
    named |= set(re.findall(r"`make ([a-z]+)`", README + CONTRIBUTING))
    assert {"data", "test", "check"} <= named <= targets


def test_all_lines_to_type_are_known_here() -> None:
    assert [line for line in LINES if not re.match(r"(idm|make|prefect) ", line)] == []


@pytest.mark.slow
def test_the_synopsis_has_every_command_and_option() -> None:
    commands = re.findall(r"^    ([a-z-]+)\b", idm(PROJECT, "--help").stdout, re.MULTILINE)
    listed = [line.split()[1] for line in SYNOPSIS.splitlines() if line.startswith("idm ")]
    assert sorted(listed) == sorted(commands)
    for line in re.sub(r"\n +", " ", SYNOPSIS).splitlines():
        command = line.split()[1]
        shown = set(re.findall(r"--[a-z-]+", idm(PROJECT, command, "--help").stdout))
        assert set(re.findall(r"--[a-z-]+", line)) == shown - {"--help"}


@pytest.mark.slow
def test_the_excerpt_is_what_the_query_prints(project: Path) -> None:
    [(query, shown)] = re.findall(r"```sql\n(.*?)```\n\n```text\n(.*?)```", README, re.DOTALL)
    assert idm(project, "sql", query).stdout.strip() == shown.strip()


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.slow
def test_each_query_has_an_answer(query: str, project: Path) -> None:
    with duckdb.connect(str(project / "warehouse" / "idm.duckdb"), read_only=True) as connection:
        assert connection.execute(query).fetchall()


@pytest.mark.slow
def test_the_python_runs(project: Path) -> None:
    [recipe] = [text for kind, text in BLOCKS if kind == "python"]
    run = subprocess.run(
        [sys.executable, "-c", recipe], cwd=project, capture_output=True, text=True, check=True
    )
    assert "text_count" in run.stdout


@pytest.mark.slow
def test_the_r_reads_a_file_that_is_there(project: Path) -> None:
    [path] = re.findall(r'arrow::read_parquet\("(.*?)"\)', README)
    assert (project / path).is_file()


@pytest.mark.slow
def test_every_path_is_there(project: Path) -> None:
    pages = README + SCHEDULE + CONTRIBUTING
    paths = re.findall(r"[`(]((?:flows|schemas|seeds|tests|warehouse)/[^`)<\s]*)[`)]", pages)
    home = Settings().home.relative_to(PROJECT).as_posix()
    assert home in paths
    assert [path for path in paths if path != home and not (project / path).exists()] == []


@pytest.mark.slow
def test_what_is_said_of_the_documents_is_so(project: Path) -> None:
    with duckdb.connect(str(project / "warehouse" / "idm.duckdb"), read_only=True) as connection:
        sessions = connection.execute(
            "select monthname(start_date) || ' ' || year(start_date), stated_speakers,"
            " count(participant_id) filter (kind = 'person') from sessions"
            " join participants using (session_id) group by all order by 2"
        ).fetchall()
    assert [(month, stated) for month, stated, _ in sessions] == [
        ("February 2022", 34),
        ("October 2021", 41),
    ]
    for month, stated, persons in sessions:
        assert month in README
        assert persons < stated / 2
    assert "34 and 41 speakers" in README


@pytest.mark.slow
def test_the_citation_is_that_of_the_release(project: Path) -> None:
    release = (project / "warehouse" / "releases" / "1.0.0" / "README.md").read_text("utf-8")
    [citation] = re.findall(r"\*(IDM Open Data \(.*?)\*", README)
    assert f"> {citation}" in release


def test_the_rules_of_versions_are_those_that_are_used() -> None:
    assert rules_as_markdown() in README


def lines_of(*starts: str) -> list[list[str]]:
    return [shlex.split(line) for line in LINES if line.startswith(starts)]


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """Of a command: the code in the folder, and nothing that other tests have set for Prefect."""
    others = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    return {**others, "PYTHONPATH": str(folder), **variables}


@contextmanager
def standing(command: list[str], folder: Path, **variables: str) -> Iterator[subprocess.Popen[str]]:
    """A command that goes on until it is stopped, which ends it well."""
    log = (folder / "standing.log").open("w")
    program = [sys.executable, "-m", {"idm": "flows", "prefect": "prefect"}[command[0]]]
    process = subprocess.Popen(
        [*program, *command[1:]],
        cwd=folder,
        env=environment(folder, **variables),
        stdout=log,
        stderr=log,
        text=True,
    )
    try:
        yield process
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0, (folder / "standing.log").read_text()
    finally:
        if process.poll() is None:
            process.kill()
        log.close()


@pytest.mark.prefect
def test_the_standing_process_runs_when_documents_change(own_project: Path) -> None:
    """As the README has it, but on another port; its schedule is a week, so what runs is what
    the change of a document started."""
    [command] = lines_of("idm serve")
    before = len(read_runs(own_project / "warehouse"))
    variables = {"IDM_PORT": str(free_port()), "IDM_SETTLE": "0.5"}
    with standing(command, own_project, **variables) as process:
        assert within(PATIENCE, lambda: ended(own_project) > before or process.poll() is not None)
        status = idm(own_project, "status")
        assert "at 0 6 * * 1 (Europe/Zurich) and when documents change" in status.stdout
    newest = read_runs(own_project / "warehouse")[0]
    assert (newest.trigger, newest.result) == ("watch", "unchanged")


@pytest.mark.prefect
def test_a_worker_carries_the_deployment_out(own_project: Path) -> None:
    """The commands of the README, on another port, and one run that is asked for."""
    port = str(free_port())
    variables = {
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_API_PORT": port,
        "DO_NOT_TRACK": "1",
    }

    def prefect(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "prefect", *arguments],
            cwd=own_project,
            env=environment(own_project, **variables),
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    *commands, worker = lines_of("prefect")
    assert [command[1] for command in commands] == ["server", "work-pool", "deploy"]
    before = ended(own_project)
    try:
        for _, *arguments in commands:
            prefect(*arguments)
            assert within(PATIENCE, lambda: answers(int(port)))
        prefect("deployment", "run", "idm/scheduled")
        with standing(worker, own_project, **variables) as process:
            assert within(
                PATIENCE, lambda: ended(own_project) > before or process.poll() is not None
            )
    finally:
        prefect("server", "stop")
    newest = read_runs(own_project / "warehouse")[0]
    assert (newest.trigger, newest.result) == ("prefect", "unchanged")
    assert (own_project / "warehouse" / ".prefect" / "prefect.db").is_file()


def answers(port: int) -> bool:
    """Whether anybody listens on a port of this machine."""
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def ended(project: Path) -> int:
    """How many runs have ended."""
    return sum(run.ended is not None for run in read_runs(project / "warehouse"))
