"""The document as the extraction rules see it: passages, sections and sentences with spans."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from flows.normalise.pack import Pack
from flows.normalise.structure import Passage
from flows.normalise.text import Fragment
from flows.source import Source


_WORD = re.compile(r"[^\W\d_]+")


@dataclass
class Section:
    """A heading and what is under it; `passages` are indices. `heading` is None without one."""

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

    fragment: Fragment
    passage: int
    section: int
    position: int
    kind: str  # of the passage
    index: int = 0

    @property
    def text(self) -> str:
        """Clean text as a reader sees it."""
        return self.fragment.text

    @cached_property
    def folded(self) -> str:
        return self.fragment.folded

    @cached_property
    def lowered(self) -> str:
        return self.fragment.lowered

    @cached_property
    def key(self) -> str:
        """Lower case without accents, same length."""
        return self.fragment.plain

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The first two to four letters of each word: which patterns can match at all."""
        words = set(_WORD.findall(self.lowered))
        return frozenset({w[:4] for w in words} | {w[:3] for w in words} | {w[:2] for w in words})

    def span(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        return self.fragment.span(start, end)


@dataclass
class Document:
    """One source text, understood as far as passages, sections and sentences go."""

    source: Source
    pack: Pack
    passages: list[Passage]
    sections: list[Section] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)

    def sentences_in(self, kinds: Iterable[str]) -> list[Sentence]:
        """Sentences of passages of these kinds, in order."""
        wanted = set(kinds)
        return [s for s in self.sentences if s.kind in wanted]

    @cached_property
    def running(self) -> list[Sentence]:
        """Sentences of the running text: paragraphs and list items."""
        return self.sentences_in(("paragraph", "list_item"))

    def of_passage(self, index: int) -> list[Sentence]:
        return self._by_passage.get(index, [])

    @cached_property
    def _by_passage(self) -> dict[int, list[Sentence]]:
        found: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            found.setdefault(sentence.passage, []).append(sentence)
        return found
