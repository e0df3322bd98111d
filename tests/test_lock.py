"""Two runs at once on one folder: the second leaves or waits, and says who is there."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flows.ground.lock import NAME, holder_of, only_writer
from flows.ground.problems import Unavailable

pytestmark = pytest.mark.slow

HOLD = """
import sys
from pathlib import Path
from flows.ground.lock import only_writer
with only_writer(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds a folder until its standard input is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None and process.stdout is not None
    try:
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_who_comes_second_is_told_who_is_there(tmp_path: Path) -> None:
    with held(tmp_path) as process:
        holder = holder_of(tmp_path)
        assert holder is not None
        assert (holder.pid, holder.host) == (process.pid, os.uname().nodename)
        with pytest.raises(Unavailable) as refused, only_writer(tmp_path):
            pass
        said = str(refused.value)
        assert f"process {process.pid} on {holder.host}, since 20" in said and "--wait" in said


def test_who_waits_gets_in_when_the_other_has_left(tmp_path: Path) -> None:
    told: list[str] = []
    with held(tmp_path) as process:

        def tell(line: str) -> None:
            told.append(line)
            assert process.stdin is not None
            process.stdin.close()

        with only_writer(tmp_path, wait=True, tell=tell):
            assert process.wait(10) == 0
    [line] = told
    assert f"process {process.pid} " in line and "Waiting" in line
    assert holder_of(tmp_path) is None


def test_the_lock_of_a_dead_process_is_taken_over(tmp_path: Path) -> None:
    told: list[str] = []
    with held(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert (tmp_path / NAME).read_text() != ""
        assert holder_of(tmp_path) is None
        with only_writer(tmp_path, tell=told.append):
            holder = holder_of(tmp_path)
            assert holder is not None and holder.pid == os.getpid()
    [line] = told
    assert f"process {process.pid} " in line and "taken over" in line
    assert (tmp_path / NAME).read_text() == ""


def test_whoever_holds_a_folder_may_take_it_again(tmp_path: Path) -> None:
    with only_writer(tmp_path):
        with only_writer(tmp_path / "." / ".." / tmp_path.name):
            pass
        assert holder_of(tmp_path) is not None
    assert holder_of(tmp_path) is None


@pytest.mark.parametrize("left", ["", "{", "[]", '{"pid": 1}', "\0\0"])
def test_a_lock_file_that_says_nothing_keeps_nobody_out(left: str, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(left)
    with only_writer(tmp_path):
        pass
