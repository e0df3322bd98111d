"""Ranges of characters: where something stands in a text."""

from collections.abc import Iterable

Span = tuple[int, int]
"""Start and end, in code points, half-open. What says "source" counts in the source text; all other
spans count in the clean text that they are of."""


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether a range has a character in common with one of the others."""
    return any(start < span[1] and span[0] < end for start, end in others)
