"""What is wrong with an input, said in a way that its owner can act on."""

from collections.abc import Iterable
from dataclasses import dataclass


def printable(name: str) -> str:
    """A name on one line that any file can hold: what cannot be printed is written as escapes."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)


@dataclass(frozen=True, order=True)
class Problem:
    """One fault of one input.

    `file` is the path or name as the user knows it, `line` and `column` are 1-based (None where
    none applies), `what` says what is wrong and `remedy` what to do about it.
    """

    file: str
    line: int | None
    what: str
    remedy: str = ""
    column: int | None = None

    def __str__(self) -> str:
        numbers = (self.line, self.column)
        place = ":".join([printable(self.file), *(str(n) for n in numbers if n is not None)])
        return f"{place}: {self.what} {self.remedy}".rstrip()


class Refused(Exception):
    """Inputs that cannot be used. Carries every problem found, not the first alone."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda p: (p.file, p.line or 0, p.column or 0, p.what))
        super().__init__("\n".join(str(problem) for problem in self.problems))
