"""Where the words of a value stand in its document, and the value again from there.

A value is taken apart into pieces: stretches of the document's text, and what stands nowhere in
it (the space between two joined lines, the mask of a name). So a release can do without any word
of a document, and still give each back to whoever has it.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flows.withhold.people import HIDDEN


class Piece(NamedTuple):
    """A stretch of the text, or else `characters`."""

    start: int | None
    end: int | None
    characters: str | None


def pieces_of(value: str, text: str, start: int) -> list[Piece]:
    """The pieces of a value that is read from a text at `start` or, failing that, elsewhere.

    What hides a name is never looked for: it must not come back as the name.
    """
    pieces: list[Piece] = []
    at, done = start, 0
    while done < len(value):
        if value[done] == HIDDEN:
            length = len(value[done:]) - len(value[done:].lstrip(HIDDEN))
            pieces.append(Piece(None, None, value[done : done + length]))
            at += length
        else:
            place, length = _stretch(value, done, text, at)
            if place is None:
                pieces.append(Piece(None, None, value[done : done + length]))
                while at < len(text) and text[at].isspace() and value[done].isspace():
                    at += 1
            else:
                pieces.append(Piece(place, place + length, None))
                at = place + length
        done += length
    return pieces


def value_of(pieces: Sequence[Piece], text: str) -> str:
    """The value whose pieces these are, in their order."""
    return "".join(
        text[piece.start : piece.end] if piece.characters is None else piece.characters
        for piece in pieces
    )


def _stretch(value: str, done: int, text: str, at: int) -> tuple[int | None, int]:
    """Where the next of a value stands in a text, at `at` if possible, and how much of it; None
    for what stands nowhere."""
    if not text.startswith(value[done], at):
        if value[done].isspace():
            return None, 1
        for wanted in _shorter(value[done:].split(HIDDEN)[0]):
            place = text.find(wanted, at)
            place = text.find(wanted) if place < 0 else place
            if place >= 0:
                at = place
                break
        else:
            return None, 1
    length = 0
    while (
        done + length < len(value)
        and value[done + length] != HIDDEN
        and text.startswith(value[done + length], at + length)
    ):
        length += 1
    return at, length


def _shorter(words: str) -> Iterator[str]:
    """The words, then the first of them, then less and less of it."""
    yield words
    first = words.split(maxsplit=1)[0]
    for length in range(len(first), 0, -1):
        yield first[:length]
