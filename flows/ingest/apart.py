"""Reading in a process of its own, which can be ended: a file may ask for more than there is.

What a file may ask for is counted by its reader (pages, letters, elements …), so that it is read or
refused alike everywhere. The limits here are for what nobody thought of counting: they end the
process, and the file is refused.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from flows.ground.source import Note
from flows.ingest.text import NotText, Reading

MOST_SECONDS = 20  # of computing for one file; what the readers let pass takes a few
MOST_MEMORY = 420_000_000  # bytes of memory for data
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from flows.ingest.apart import serve; serve()"
)
_REMEDY = "Save the document's text as UTF-8 text."


class Memory(Protocol):
    """What remembers how files were read."""

    def recall(self, suffix: str, data: bytes) -> Reading | None:
        """What was read of a file with these bytes before; None where that is not known."""

    def keep(self, suffix: str, data: bytes, reading: Reading) -> None:
        """Takes what was read of a file, to be recalled from now on."""


class Apart:
    """A process that reads one file after the other; started when the first is to be read.

    What the `memory` recalls is not read again. `most_memory`: bytes of memory for data that the
    process may take.
    """

    def __init__(self, memory: Memory | None = None, most_memory: int = MOST_MEMORY) -> None:
        self._memory = memory
        self._most_memory = most_memory
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._end()

    def read(self, suffix: str, data: bytes) -> Reading:
        """What the reader of a suffix makes of bytes. Raises NotText as it does, and where it had
        to be ended."""
        known = self._memory.recall(suffix, data) if self._memory else None
        if known is not None:
            return known
        reading = self._read(suffix, data)
        if self._memory:
            self._memory.keep(suffix, data, reading)
        return reading

    def _read(self, suffix: str, data: bytes) -> Reading:
        process = self._process or self._started()
        assert process.stdin and process.stdout
        try:
            process.stdin.write(json.dumps([suffix, len(data)]).encode() + b"\n" + data)
            process.stdin.flush()
            answer = process.stdout.readline()
        except BaseException as error:  # an interrupted answer must not be taken for the next one
            self._end()
            if not isinstance(error, BrokenPipeError):
                raise
            answer = b""
        if not answer:
            self._end()
            what = (
                f"Reading the file was ended: it takes more than {MOST_SECONDS} seconds of"
                f" computing or {self._most_memory // 1_000_000} MB of memory."
            )
            raise NotText(what, _REMEDY)
        said = json.loads(answer)
        if "what" in said:
            raise NotText(said["what"], said["remedy"], said["line"])
        notes = tuple(Note(**note) for note in said["notes"])
        return Reading(said["text"], said["pages"], notes)

    def _started(self) -> subprocess.Popen[bytes]:
        home = Path(__file__).resolve().parents[2]
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, str(home), str(self._most_memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self._process

    def _end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None


def serve() -> None:
    """Read files from standard input until it ends, and answer each with a line of JSON."""
    from flows.ingest.readers import READERS

    files, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints is no answer
    memory = int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while line := files.readline():
        suffix, length = json.loads(line)
        data = files.read(length)
        _limit_seconds()
        answers.write(_answer(READERS[suffix].read, data) + b"\n")
        answers.flush()
        del data


def _limit_seconds() -> None:
    """Have the process ended that takes longer for the next file."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + MOST_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _answer(read: Callable[[bytes], Reading], data: bytes) -> bytes:
    try:
        return json.dumps(asdict(read(data))).encode()
    except NotText as error:
        return json.dumps({"what": error.what, "remedy": error.remedy, "line": error.line}).encode()
    except MemoryError:
        most, _ = resource.getrlimit(resource.RLIMIT_DATA)
        what = f"Reading the file takes more than {most // 1_000_000} MB of memory."
        return json.dumps({"what": what, "remedy": _REMEDY, "line": None}).encode()
