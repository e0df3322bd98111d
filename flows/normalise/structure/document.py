"""The document as the extraction rules see it: passages, sections and sentences with spans."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, TypeVar

from flows.ground.fragment import Fragment
from flows.ground.source import Source
from flows.normalise.language.pack import Pack
from flows.normalise.structure.passages import Passage


class _HasMask(Protocol):
    @property
    def mask(self) -> int: ...


RUNNING = ("paragraph", "list_item")
"""Kinds of the passages that make up the running text."""

Clued = TypeVar("Clued", bound=_HasMask)


@dataclass
class Section:
    """A heading and what is under it; `start` and `end` are indices of passages (half-open)."""

    kind: str
    start: int
    end: int
    rule: str
    heading: Fragment | None = None
    heading_passage: int | None = None
    level: int = 1
    number: str | None = None
    day: int | None = None


@dataclass
class Sentence:
    """A sentence or list item. `passage` and `section` are indices, `position` counts from 1."""

    pack: Pack
    fragment: Fragment
    passage: int
    section: int
    position: int
    kind: str  # of the passage
    index: int
    _clues_found: int = field(default=0, init=False, repr=False)
    _clues_known: int = field(default=-1, init=False, repr=False)

    @property
    def text(self) -> str:
        """Clean text as a reader sees it."""
        return self.fragment.text

    @cached_property
    def folded(self) -> str:
        """`text` with plain typography, same length."""
        return self.fragment.folded

    @cached_property
    def lowered(self) -> str:
        """`folded` in lower case, same length."""
        return self.fragment.lowered

    @cached_property
    def key(self) -> str:
        """`lowered` without accents, same length."""
        return self.fragment.plain

    @property
    def _clues(self) -> int:
        clues = self.pack.clues
        if self._clues_known != clues.size:
            self._clues_found, self._clues_known = clues.of(self.lowered), clues.size
        return self._clues_found

    def holds(self, mask: int) -> bool:
        """Whether the sentence has all clues of a mask."""
        return not mask & ~self._clues

    def candidates(self, wordings: Iterable[Clued]) -> list[Clued]:
        """Those of the wordings that can match the sentence, or a part of it, at all."""
        missing = ~self._clues
        return [wording for wording in wordings if not wording.mask & missing]

    def can_match(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern can match the sentence, or a part of it, at all."""
        return self.holds(self.pack.clues.mask_of(pattern.pattern))

    def search(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match of a pattern in `lowered`."""
        return pattern.search(self.lowered) if self.can_match(pattern) else None

    def finditer(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The matches of a pattern in `lowered`."""
        return pattern.finditer(self.lowered) if self.can_match(pattern) else iter(())

    def span(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """Range in the source of the characters from `start` to `end`."""
        return self.fragment.span(start, end)


@dataclass
class Document:
    """One source text, understood as far as passages, sections and sentences go."""

    source: Source
    pack: Pack
    passages: list[Passage]
    sections: list[Section] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)

    def sentences_in(self, kinds: Collection[str]) -> list[Sentence]:
        """Sentences of passages of these kinds, in order."""
        return [sentence for sentence in self.sentences if sentence.kind in kinds]

    @cached_property
    def running(self) -> list[Sentence]:
        """Sentences of the running text: paragraphs and list items."""
        return self.sentences_in(RUNNING)

    def of_passage(self, index: int) -> list[Sentence]:
        """Sentences of the passage with that index, in order."""
        return self._by_passage.get(index, [])

    @cached_property
    def _by_passage(self) -> dict[int, list[Sentence]]:
        found: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            found.setdefault(sentence.passage, []).append(sentence)
        return found
