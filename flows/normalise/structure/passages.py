"""Source text → passages: blocks that together account for every non-blank character.

The order of decisions: what belongs to the page and to the header (`lines`), then blocks with
their marks (`blocks`), then their clean text; headings are told apart last (`headings`). Marks are
weak evidence in this genre (siblings carry different ones), so no decision rests on the depth of
a Markdown heading alone.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from flows.ground.cleaning import clean, note_marks
from flows.ground.folding import fold_typography
from flows.ground.fragment import Fragment
from flows.ground.source import Source
from flows.normalise.language.pack import Pack
from flows.normalise.structure.blocks import blocks_of
from flows.normalise.structure.dropped import one_line, place_dropped

_BOLD = re.compile(r"[ \t]*(?:#{1,6}[ \t]*)?(\*\*|__)(?=\S).+(?<=\S)\1[ \t]*$", re.DOTALL)
_BETWEEN_CELLS = " | "
_WORD = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"\w+(?:-\w+)+")


@dataclass
class Passage:
    """A block of the document with its clean text. `start`, `end` and `ranges` are source offsets.

    `mark` is the list or note mark as printed, `mark_kind` one of bullet, number, letter, roman,
    row; `depth` that of a Markdown heading; `indent` counts characters; `section` is the index of
    its section.
    """

    kind: str
    ranges: list[tuple[int, int]]
    fragment: Fragment
    rule: str
    mark: str = ""
    mark_kind: str = ""
    bold: bool = False
    depth: int = 0
    indent: int = 0
    underlined: bool = False
    gap_before: bool = True
    section: int = 0

    @property
    def start(self) -> int:
        """Source offset of its first character, marks included."""
        return self.ranges[0][0]

    @property
    def end(self) -> int:
        """Source offset of its end."""
        return self.ranges[-1][1]

    @property
    def text(self) -> str:
        """Clean text as a reader sees it."""
        return self.fragment.text


def passages_of(source: Source, pack: Pack) -> list[Passage]:
    """Passages of a document in the order of the text; headings are told apart in `headings`."""
    shown = source.reading.shown
    text = shown.text
    blocks = blocks_of(text, pack)
    keeps_hyphen = _Hyphens(text, pack.hyphen_prefixes)
    marks = note_marks(block.mark for block in blocks if block.kind == "footnote")
    passages = []
    for block in blocks:
        first_start, first_end = block.ranges[0]
        ranges = [(max(block.content, first_start), first_end), *block.ranges[1:]]
        separator = _BETWEEN_CELLS if block.mark_kind == "row" else ""
        fragment = clean(shown, ranges, keeps_hyphen, marks, separator)
        if not len(fragment):
            # Marks without words (an empty list item, a row of dots) decorate like a rule.
            if block.kind != "artefact":
                block.kind = "rule"
            fragment = Fragment.of(text[first_start : block.end], first_start).within(shown)
        passages.append(
            Passage(
                kind=block.kind,
                ranges=[shown.span(start, end) for start, end in block.ranges],
                fragment=fragment,
                rule=f"structure.{block.kind}" + (f".{block.mark_kind}" if block.mark_kind else ""),
                mark=block.mark,
                mark_kind=block.mark_kind,
                bold=any(
                    _BOLD.match(text[start : block.end]) for start in (ranges[0][0], first_start)
                ),
                depth=block.depth,
                indent=block.indent,
                underlined=block.underlined,
                gap_before=block.gap_before,
            )
        )
    return _with_dropped(passages, source)


def _with_dropped(passages: list[Passage], source: Source) -> list[Passage]:
    """The passages, with what a reader does not see in them or among them."""
    spans = [(passage.start, passage.end) for passage in passages]
    wider, alone = place_dropped(source.text, spans, source.reading.dropped)
    for passage, (start, end) in zip(passages, wider, strict=True):
        passage.ranges[0] = (start, passage.ranges[0][1])
        passage.ranges[-1] = (passage.ranges[-1][0], end)
    for kind, start, end in alone:
        fragment = one_line(source.text, start, end)
        rule = f"structure.artefact.{kind}"
        passages.append(Passage("artefact", [(start, end)], fragment, rule))
    return sorted(passages, key=lambda passage: passage.start) if alone else passages


@dataclass(frozen=True)
class _Hyphens:
    """Whether a hyphen at a line's end belongs to the word, from how the document writes it."""

    source: str
    prefixes: frozenset[str]

    @cached_property
    def _written(self) -> tuple[set[str], set[str]]:
        """The words, and the hyphenated compounds, of the whole text."""
        lowered = fold_typography(self.source).lower()
        return set(_WORD.findall(lowered)), set(_COMPOUND.findall(lowered))

    def __call__(self, left: str, right: str) -> bool:
        """`left` is the word before the hyphen, `right` the one behind it."""
        words, compounds = self._written
        left, right = fold_typography(left).lower(), fold_typography(right)
        last = left.rsplit("-", 1)[-1]
        if right[:1].isupper() or right[:1].isdigit() or last[-1:].isdigit():
            return True
        right = right.lower().split("'")[0].split("-")[0]
        if last + right in words:
            return False
        return last in self.prefixes or any(
            c.startswith(f"{last}-{right}") or f"-{last}-{right}" in c for c in compounds
        )
