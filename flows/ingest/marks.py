"""Marks that go through the making of a text, and become the places of notes in it."""

import re

from flows.ground.source import Note

# Two code points that no text may hold; a mark is a number between them.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_SHOWN = 60  # characters of a part that a note shows


def without_marks(text: str) -> str:
    """The text with another character where one stands of which marks are made."""
    return text.replace(_OPEN, "\ufffd").replace(_CLOSE, "\ufffd")


def excerpt(text: str) -> str:
    """How a text begins, on one line; empty where it has no letter or digit."""
    line = " ".join(_MARK.sub("", text).split())
    if not any(character.isalnum() for character in line):
        return ""
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1].rstrip()}…"


class Marks:
    """What was left out of one text, and the marks that stand for it."""

    def __init__(self) -> None:
        self._said: list[tuple[str, str]] = []

    def new(self, what: str, words: str = "") -> str:
        """A mark to be set behind the last visible letter before what was left out.

        `what` says what it was, `words` is how it began.
        """
        self._said.append((what, words))
        return f"{_OPEN}{len(self._said) - 1}{_CLOSE}"

    def placed(self, text: str) -> tuple[str, tuple[Note, ...]]:
        """The text without its marks, and one note for all that was left out alike in one place."""
        notes: dict[tuple[int, str], Note] = {}
        gone = 0
        for mark in _MARK.finditer(text):
            place = mark.start() - gone
            gone += len(mark[0])
            what, words = self._said[int(mark[1])]
            first = notes.get((place, what), Note("left_out", what, 0, place, words))
            notes[place, what] = Note("left_out", what, first.count + 1, place, first.words)
        return _MARK.sub("", text), tuple(notes.values())
