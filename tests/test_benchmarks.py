"""The bars of speed. Not run by default: `pytest -m benchmark -s` runs them and prints figures.

Each figure is the best of a few runs: what else the machine does only ever adds to it.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

import pytest

from flows.__main__ import DOCUMENTS, PROJECT
from flows.build import REFERENCE
from flows.command.prefect_server import SETTINGS
from flows.ingest import read_files
from flows.inputs.reference import read_reference
from flows.normalise import normalise

pytestmark = pytest.mark.benchmark

EMPTY_FLOW = "from prefect import flow\n@flow\ndef empty(): pass\nempty()\n"


def best(runs: int, timer: Callable[[], float], work: Callable[[], object]) -> float:
    """The least time that `work` took, in seconds, after one run that does not count."""
    work()
    times = []
    for _ in range(runs):
        started = timer()
        work()
        times.append(timer() - started)
    return min(times)


def process(*arguments: object, home: Path | None = None) -> None:
    environment = {**os.environ, **SETTINGS, "PYTHONPATH": str(PROJECT)}
    if home is not None:
        home.mkdir(exist_ok=True)
        environment["PREFECT_HOME"] = str(home)
    subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=home or PROJECT,  # the project's prefect.toml names a server
        env=environment,
        check=True,
        capture_output=True,
    )


def test_help_in_half_a_second() -> None:
    seconds = best(5, perf_counter, lambda: process("-m", "flows", "--help"))
    print(f"\nidm --help: {seconds:.2f} s")
    assert seconds <= 0.5


def test_normalising_30_kilobytes_in_50_milliseconds() -> None:
    [source], _ = read_files([DOCUMENTS / "idm-2021-2.fr.txt"])
    reference = read_reference(REFERENCE)
    seconds = best(10, process_time, lambda: normalise([source], reference))
    scaled = seconds * 30_000 / len(source.text.encode())
    print(f"\nnormalise: {1000 * scaled:.0f} ms of CPU per 30 KB")
    assert scaled <= 0.050


def test_a_direct_run_in_four_seconds(tmp_path: Path) -> None:
    warehouses = iter(range(100))
    seconds = best(
        3,
        perf_counter,
        lambda: process(
            *("-m", "flows", "run", "--direct", "--no-release"),
            *("--warehouse", tmp_path / str(next(warehouses))),
        ),
    )
    print(f"\nidm run --direct --no-release: {seconds:.2f} s")
    assert seconds <= 4


def test_a_run_adds_two_seconds_to_an_empty_flow(tmp_path: Path) -> None:
    home = tmp_path / "prefect"
    warehouses = iter(range(100))
    empty = best(2, perf_counter, lambda: process("-c", EMPTY_FLOW, home=home))
    whole = best(
        2,
        perf_counter,
        lambda: process(
            *("-m", "flows", "run", "--no-release"),
            *("--warehouse", tmp_path / str(next(warehouses))),
            home=home,
        ),
    )
    print(f"\nidm run --no-release: {whole:.2f} s, an empty flow: {empty:.2f} s")
    assert whole <= empty + 2
