"""How a stage is carried out when nobody watches: within its time, and again where that helps."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import ParamSpec, TypeVar

from flows.build import Call
from flows.ground.problems import Unavailable
from flows.runs.record import Stage
from flows.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")

RETRIED = ("ingest", "send")
"""The stages that begin where they may find a disk, share or store away. What is between works on
what was read, and a document that is bad once is bad again."""


class TooLong(Exception):
    """A stage took longer than its limit."""


def bounded(
    call: Call, settings: Settings, stages: list[Stage], tell: Callable[[str], None]
) -> Call:
    """Carry out stages as `call` does, each within its limit of the settings.

    A stage of `RETRIED` that raises Unavailable is tried again after each of the settings' delays;
    `tell` is given a line for each. What each stage took is added to `stages`, also when it fails.
    A stage whose limit has passed raises TooLong.
    """

    def carry_out(stage: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        name = stage.__name__
        delays = iter(settings.retry_delays if name in RETRIED else ())
        attempts = 0
        started = time.perf_counter()
        _forget_peak()
        try:
            while True:
                attempts += 1
                try:
                    with time_limit(settings.limit(name), name):
                        return call(stage, *args, **kwargs)
                except Unavailable as unavailable:
                    delay = next(delays, None)
                    if delay is None:
                        raise
                    tell(f"{unavailable} Trying again in {delay:g} s.")
                time.sleep(delay)
        finally:
            seconds = round(time.perf_counter() - started, 3)
            stages.append(Stage(name, seconds, _peak(), attempts))

    return carry_out


@contextmanager
def time_limit(seconds: float, name: str) -> Iterator[None]:
    """Raises TooLong when the block takes longer. Only the main thread can be interrupted: in any
    other there is no limit but that of whoever started the process."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLong(f"{name} took longer than {seconds:g} seconds.")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _forget_peak() -> None:
    """Lets the kernel measure the peak of the memory from here on (Linux; elsewhere nothing)."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _peak() -> int | None:
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return None
    lines = [line.split() for line in status.splitlines()]
    return next((int(line[1]) * 1024 for line in lines if line[0] == "VmHWM:"), None)
