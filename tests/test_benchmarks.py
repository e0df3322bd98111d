"""The bars of speed. Not run by default: `pytest -m benchmark -s` runs them and prints figures.

Each figure is the best of a few runs: what else the machine does only ever adds to it.
"""

import hashlib
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
from variants import LAYOUTS, TYPOGRAPHIES

pytestmark = [pytest.mark.benchmark, pytest.mark.slow]

DOCUMENTS_OF_A_CORPUS = 1_000
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


def write_corpus(folder: Path, count: int) -> None:
    """So many documents, variants of the real and the invented ones, each a session of its own."""
    folder.mkdir()
    places = (DOCUMENTS, PROJECT / "seeds" / "gold" / "invented")
    texts = [path.read_text(encoding="utf-8") for place in places for path in place.glob("*.txt")]
    changes = [change for name, change in (LAYOUTS | TYPOGRAPHIES).items() if name != "NFD"]
    lines = ["file,sha256,session_id"]
    for number in range(count):
        turn, text = divmod(number, len(texts))
        content = changes[turn % len(changes)](texts[text]).encode()
        (folder / f"{number:04}.txt").write_bytes(content)
        session = f"idm-{2101 + number // 2}-{number % 2 + 1}"
        lines.append(f"{number:04}.txt,{hashlib.sha256(content).hexdigest()},{session}")
    (folder / "documents.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def change_one(folder: Path) -> None:
    """One more line in one document, and its new hash in the register."""
    file, register = folder / "0500.txt", folder / "documents.csv"
    before = file.read_bytes()
    after = before.rstrip() + b"\n\n- 1 2 3\n"
    file.write_bytes(after)
    old, new = (hashlib.sha256(content).hexdigest() for content in (before, after))
    lines = register.read_text(encoding="utf-8").splitlines(keepends=True)
    lines = [line.replace(old, new) if line.startswith(file.name) else line for line in lines]
    register.write_text("".join(lines), encoding="utf-8")


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


def test_runs_on_a_thousand_documents(tmp_path: Path) -> None:
    """A full run, one after one document has changed, and one after nothing has; less start-up."""
    documents = tmp_path / "documents"
    write_corpus(documents, DOCUMENTS_OF_A_CORPUS)
    start = best(2, perf_counter, lambda: process("-c", "import flows.build, flows.command.report"))
    for release in ([], ["--no-release"]):
        warehouse = tmp_path / f"warehouse{len(release)}"
        run = (*("-m", "flows", "run", "--direct", "--date", "2031-02-03", *release),)
        where = ("--documents", documents, "--warehouse", warehouse)

        def seconds(
            *options: str, run: tuple[str, ...] = run, where: tuple[object, ...] = where
        ) -> float:
            started = perf_counter()
            process(*run, *options, *where)
            return perf_counter() - started - start

        full = seconds("--full")
        change_one(documents)
        changed, unchanged = seconds(), seconds()
        print(
            f"\n{DOCUMENTS_OF_A_CORPUS} documents, {' '.join(release) or 'with a release'}: full"
            f" {full:.1f} s, one changed {changed:.1f} s ({changed / full:.1%}),"
            f" unchanged {unchanged:.1f} s ({unchanged / full:.1%}); start-up {start:.1f} s more"
        )
        assert unchanged <= 0.05 * full
        if release:  # the spreadsheet of a release is written as a whole: see the README
            assert changed <= 0.10 * full
