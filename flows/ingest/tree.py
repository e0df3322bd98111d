"""Trees of elements, as lxml parses them: of pages and of the parts of Word documents."""

from collections.abc import Iterable
from typing import Any, TypeAlias

from flows.ingest.text import NotText

Element: TypeAlias = Any
"""An element of lxml, which ships no types."""

_SAVE = "Save the text as UTF-8 text."


def check_size(roots: Iterable[Element], most: int, deepest: int) -> None:
    """Raises NotText for trees that have more than `most` elements, or more than `deepest` inside
    each other: what is made of them calls itself for each."""
    from lxml import etree

    count = 0
    for root in roots:
        depth = 0
        for event, _ in etree.iterwalk(root, events=("start", "end")):
            count += event == "start"
            depth += 1 if event == "start" else -1
            if depth > deepest:
                raise NotText("The elements are nested too deeply to be read.", _SAVE)
    if count > most:
        raise NotText(f"There are {count:,} elements; the limit is {most:,}.", _SAVE)
