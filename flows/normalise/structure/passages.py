"""Source text → passages: blocks that together account for every non-blank character.

The order of decisions: what belongs to the page and to the header (`lines`), then blocks with
their marks (`blocks`), then their clean text; headings are told apart last (`headings`). Marks are
weak evidence in this genre (siblings carry different ones), so no decision rests on the depth of
a Markdown heading alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from flows.ground.folding import fold_typography, key
from flows.ground.source import Source
from flows.normalise.language.pack import Pack
from flows.normalise.structure.blocks import Block, blocks_of
from flows.normalise.text.fragment import Fragment, clean

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
    text = source.text
    blocks = blocks_of(text, pack)
    keeps_hyphen = _Hyphens(text, pack.hyphen_prefixes)
    note_marks = _note_marks(blocks)
    passages = []
    for block in blocks:
        first_start, first_end = block.ranges[0]
        ranges = [(max(block.content, first_start), first_end), *block.ranges[1:]]
        marks = None if block.kind == "footnote" else note_marks
        separator = _BETWEEN_CELLS if block.mark_kind == "row" else ""
        fragment = clean(text, ranges, keeps_hyphen, marks, separator)
        if not len(fragment):
            # Marks without words (an empty list item, a row of dots) decorate like a rule.
            if block.kind != "artefact":
                block.kind = "rule"
            whole = range(first_start, block.end)
            fragment = Fragment(
                text[first_start : block.end], list(whole), [offset + 1 for offset in whole]
            )
        passages.append(
            Passage(
                kind=block.kind,
                ranges=block.ranges,
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
    return passages


def _note_marks(blocks: Sequence[Block]) -> re.Pattern[str] | None:
    """What matches the bare digits by which the text refers to its notes; None without any."""
    notes = {key(b.mark) for b in blocks if b.kind == "footnote" and b.mark.isdigit()}
    if not notes:
        return None
    return re.compile(
        r"(?:(?<=[^\W\d_]{3})|(?<=[^\W\d_][.,;:»)]))"
        rf"(?:{'|'.join(sorted(notes))})(?=[\s.,;:»)]|$)"
    )


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
