"""What is wrong with an input, said in a way that its owner can act on."""

import errno
from collections.abc import Iterable
from dataclasses import dataclass

MAY_PASS = {
    *(errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.EHOSTDOWN, errno.EHOSTUNREACH),
    *(errno.ENETDOWN, errno.ENETUNREACH, errno.ENOTCONN, errno.ECONNREFUSED, errno.ECONNRESET),
    *(errno.EAGAIN, errno.EBUSY, errno.EREMOTEIO, errno.ENOLINK),
}
"""What a system says of a mounted folder whose other end is away for the moment."""


def silent(line: str) -> None:
    """Tells nobody."""


def printable(name: str) -> str:
    """A name on one line that any file can hold: what cannot be printed is written as escapes."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)


@dataclass(frozen=True, order=True)
class Problem:
    """One fault of one input.

    `file` is the path or name as the user knows it, `line` and `column` are 1-based (None where
    none applies), `what` says what is wrong and `remedy` what to do about it. `quotes`: it repeats
    words of a document, which may name a person. It is shown to whoever asks, and kept out of logs
    and of records of runs.
    """

    file: str
    line: int | None
    what: str
    remedy: str = ""
    column: int | None = None
    quotes: bool = False

    def __str__(self) -> str:
        numbers = (self.line, self.column)
        place = ":".join([printable(self.file), *(str(n) for n in numbers if n is not None)])
        return f"{place}: {self.what} {self.remedy}".rstrip()


class Refused(Exception):
    """Inputs that cannot be used. Carries every problem found, not the first alone."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda p: (p.file, p.line or 0, p.column or 0, p.what))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Unavailable(Refused):
    """What is asked for is not to be had now and may be later: a mounted folder or a store that
    does not answer, a folder that another run writes to."""


class Unwritable(Refused):
    """A folder that cannot be written, for want of space or permission."""
