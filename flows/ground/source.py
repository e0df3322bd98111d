"""What a build is made from: documents as ingest hands them over, and the state of the code."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from flows.ground.reading import Reading, read
from schemas.kinds import WarningKind

Follow = Callable[[int, int, str], None]
"""Is told how far a stage has come: which document of how many it begins with, and its file."""


def unfollowed(number: int, count: int, file_name: str) -> None:
    """Follows nothing."""


@dataclass(frozen=True)
class Entry:
    """What the register says of a file. None: not stated, to be read from the text."""

    session_id: str | None = None
    language: str | None = None
    document_type: str | None = None
    source_url: str | None = None
    licence: str | None = None
    note: str | None = None
    date: str | None = None


@dataclass(frozen=True)
class Note:
    """Something of a file that is not in its text, or that may be wrong there.

    `kind` is a value of `warnings.kind`, `what` says in English what it is, `count` how many of it.
    `offset`: the character of the text at which it stood. `words`: how it began, where it had any.
    """

    kind: WarningKind
    what: str
    count: int
    offset: int
    words: str = ""

    def __str__(self) -> str:
        return f"{self.what}: {self.count}"


@dataclass(frozen=True)
class Source:
    """One source text.

    `text` is what its reader made of the bytes (see flows.ingest.readers), with LF line ends: every
    span of every row points into it. `sha256` is of the bytes as read.
    `file_name` is relative to the documents folder, `path` as the user would open it.
    `pages`: how many the file has, None for a format without any. `notes` are in the order of the
    text.
    """

    file_name: str
    path: str
    media_type: str
    sha256: str
    text: str
    entry: Entry = field(default_factory=Entry)
    pages: int | None = None
    notes: tuple[Note, ...] = ()

    @cached_property
    def reading(self) -> Reading:
        """What a reader sees of `text`."""
        return read(self.text)

    @cached_property
    def line_starts(self) -> list[int]:
        """Offsets at which the lines of `text` start."""
        return [0, *(i + 1 for i, character in enumerate(self.text) if character == "\n")]

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of a character offset of `text`."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1


@dataclass(frozen=True)
class Commit:
    """A state of the code: `id`, with `+` when files have been changed since, and its `date`."""

    id: str
    date: str
