"""Where a release can be published: somewhere that holds files by path, and one catalogue.

What an implementation promises here is all that `flows.publish.elsewhere` relies on.
"""

from collections.abc import Iterator
from typing import Protocol

BLOCK = 1 << 20
"""Bytes that are held in memory at a time, at least: files may be larger than the memory."""


class Destination(Protocol):
    """A folder or bucket. Paths have `/` between their parts and begin with a `place`.

    Every method raises Refused, naming the destination and what to do, when it cannot be carried
    out.
    """

    name: str

    def place(self, version: str) -> str:
        """Where the files of a version are written: the version itself, or where it is prepared."""

    def files(self, place: str) -> dict[str, int]:
        """Path within a place → bytes, of all that is there."""

    def read(self, path: str, size: int) -> Iterator[bytes]:
        """The content of a file of that size."""

    def create(self, path: str, content: Iterator[bytes], size: int) -> bool:
        """Writes a file, which is there whole or not at all. False if another writer has put one
        there since `files` was asked; that one stays."""

    def remove(self, path: str) -> None:
        """Removes a file."""

    def finish(self, version: str) -> None:
        """Gives what was prepared the name of its version."""

    def read_catalogue(self) -> tuple[bytes | None, object]:
        """The catalogue, if there is one, and what `replace_catalogue` recognises it by."""

    def replace_catalogue(self, catalogue: bytes, seen: object) -> bool:
        """Puts a catalogue in the place of the one that was seen, in one step. False if that is
        not the one there any more."""
