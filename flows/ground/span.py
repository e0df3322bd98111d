"""Ranges of characters: where something stands in a text."""

from collections.abc import Iterable

Span = tuple[int, int]
"""Start and end, in code points, half-open. What says "source" counts in the source text; all other
spans count in the clean text that they are of."""


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether a range has a character in common with one of the others."""
    return any(start < span[1] and span[0] < end for start, end in others)


def whole_words(text: str, span: Span) -> Span | None:
    """A range of a text up to the end of its last word; None where it starts inside a word.

    A pattern often spells the first letters of a word alone. Letters and digits part words.
    """
    start, end = span
    if _inside(text, start):
        return None
    while _inside(text, end):
        end += 1
    return start, end


def _inside(text: str, place: int) -> bool:
    """Whether a place stands between two letters, or two digits."""
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    return (before.isalpha() and after.isalpha()) or (before.isdigit() and after.isdigit())
