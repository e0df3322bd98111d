"""The entries of one run, and what it tells of them."""

from dataclasses import dataclass
from pathlib import Path

from flows.keep import program
from flows.keep.entries import Entries


@dataclass
class Counts:
    """How many documents a run recalled and how many it worked on; how many entries were damaged,
    and how many could not be kept. `size`: bytes of all that is kept."""

    recalled: int = 0
    normalised: int = 0
    damaged: int = 0
    not_kept: int = 0
    size: int = 0

    def __str__(self) -> str:
        told = f"{self.recalled:,} as kept, {self.normalised:,} normalised"
        if self.damaged:
            told += f"; damaged, and worked out again: {self.damaged:,}"
        if self.not_kept:
            told += f"; {self.not_kept:,} could not be kept"
        if self.size:
            told += f"; {self.size / 1e6:,.1f} MB are kept"
        return told


def opened(folder: Path, forget: bool) -> Entries:
    """The entries in a folder; `forget`: none that is there is read.

    A process whose own files were changed since it was started recalls and keeps nothing: it is
    neither the program that it was nor the one that it will be.
    """
    is_current = program.is_as_started()
    return Entries(folder, recalls=is_current and not forget, keeps=is_current)
