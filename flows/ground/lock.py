"""One writer at a time: who holds a folder is written in its lock file, and said to whoever comes.

The lock is the kernel's, on `<folder>/.lock`: it ends with its process, however that ends. The
file says which process of which host holds it, since it was written, and is emptied when the
holder leaves; what stands in a file that nobody holds was left by a process that died.
"""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from flows.ground.files import unwritable
from flows.ground.problems import Problem, Unavailable, silent

NAME = ".lock"

_mine: ContextVar[frozenset[Path]] = ContextVar("_mine", default=frozenset())
"""The folders that the caller holds: whoever holds one may take it again."""


class Held(Unavailable):
    """Another process holds the folder."""


@dataclass(frozen=True)
class Holder:
    """The process that holds a folder, and since when (ISO 8601, UTC)."""

    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}, since {self.since}"


@contextmanager
def only_writer(
    folder: Path, *, wait: bool = False, tell: Callable[[str], None] = silent
) -> Iterator[None]:
    """Keeps other runs out of a folder, which is made if need be.

    With `wait`, waits until another holder has left. `tell` is given a line that says who that is,
    or that the lock of a dead process is taken over. Raises Held, which says who holds the folder,
    and Refused when it cannot be written.
    """
    place = folder.resolve()
    if place in _mine.get():
        yield
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / NAME).open("ab+", buffering=0)
    except OSError as error:
        raise unwritable(folder, error) from error
    with lock:
        _take(lock, folder, wait, tell)
        dead = _holder_in(lock)
        if dead is not None:
            tell(f"{folder}: {dead}, is gone without an end: its lock is taken over.")
        try:
            lock.truncate(0)
            me = {"pid": os.getpid(), "host": os.uname().nodename}
            lock.write(json.dumps(me).encode())
        except OSError as error:
            raise unwritable(folder, error) from error
        before = _mine.set(_mine.get() | {place})
        try:
            yield
        finally:
            _mine.reset(before)
            lock.truncate(0)


def holder_of(folder: Path) -> Holder | None:
    """Who holds a folder now; None when nobody does."""
    try:
        with (folder / NAME).open("rb", buffering=0) as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return _holder_in(lock)
    except OSError:
        pass
    return None


def _take(lock: FileIO, folder: Path, wait: bool, tell: Callable[[str], None]) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return
    except BlockingIOError:
        holder = _holder_in(lock)
    held = f"another run is writing here: {holder or 'a process that has just begun'}."
    if not wait:
        remedy = "Wait until it has ended (--wait does), or ask for another folder."
        raise Held([Problem(str(folder), None, held, remedy)])
    tell(f"{folder}: {held} Waiting until it has ended.")
    fcntl.flock(lock, fcntl.LOCK_EX)


def _holder_in(lock: FileIO) -> Holder | None:
    lock.seek(0)
    try:
        said = json.loads(lock.read())
        written = datetime.fromtimestamp(os.fstat(lock.fileno()).st_mtime, UTC)
        return Holder(said["pid"], said["host"], written.strftime("%Y-%m-%dT%H:%M:%SZ"))
    except (ValueError, KeyError, TypeError):
        return None
