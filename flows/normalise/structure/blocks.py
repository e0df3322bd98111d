"""Lines → blocks: what belongs together, of what kind it is, with its mark.

Page furniture, rules, notes, list marks and headings are recognised line by line; other lines
continue the block above or start one; what a page break cut is joined again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from flows.ground.cleaning import NOTE
from flows.ground.folding import fold_typography, key
from flows.normalise.language.pack import Pack
from flows.normalise.structure.lines import (
    LIST_MARK,
    Line,
    furniture_of,
    header_end,
    lines_of,
    wrap_width,
)
from flows.normalise.structure.tables import goes_on_in_row, lists_panels, table_rows

_UNDERLINE = re.compile(r"(?:=[ \t]*){3,}$|-{5,}$")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})[ \t]*(?=[^\s#])")
_EMPHASIS = re.compile(r"(?<![\w*])[*]+(?=\S)[^*\n]*[*]+")
_REFERENCE = re.compile(r"[^\W\d_]{2}[.,;:»)]?(?<![*])(?P<mark>\d{1,2}|\*{1,3})(?=[\s.,;:»)]|$)")
_FINAL = re.compile(r"[.!?…:;]['’»”\")\]*_]*$|[.!?…] ?[»”]$")
_NEW_SENTENCE = re.compile(r"[.!?][»”)]?\s+[A-ZÀ-Þ«]")
_WHOLE_SENTENCE = re.compile(r"^[^:]{40,}[^\W\d_A-Z]{3}[.!?]\s+[A-ZÀ-Þ«]")
_AT_PAGE_EDGE = ("artefact", "footnote", "rule")
_NUMBER = re.compile(r"\d+")
_ROMAN = ("II", "IV", "VI", "IX")
_LONG_PARAGRAPH = 160  # characters of a numbered item that is a paragraph rather
_NEAR_FULL = 0.82  # share of the wrap width that a line fills which goes on in the next


@dataclass
class Block:
    """Lines that belong together. `ranges` are source offsets, `content` is where the text starts.

    `depth` is that of a Markdown heading, `indent` counts characters; `gap_before`: a blank line or
    page break stands above.
    """

    kind: str
    ranges: list[tuple[int, int]]
    content: int
    mark: str = ""
    mark_kind: str = ""
    depth: int = 0
    indent: int = 0
    underlined: bool = False
    gap_before: bool = True

    @property
    def end(self) -> int:
        """Source offset of its end."""
        return self.ranges[-1][1]

    def last_part(self, text: str) -> str:
        """Its text behind the last page break inside it."""
        return text[slice(*self.ranges[-1])]


def blocks_of(text: str, pack: Pack) -> list[Block]:
    """The blocks of a source text, in order; paragraphs are those that nothing else claims."""
    blocks = _Reader(text, pack).read()
    _tell_romans(blocks)
    blocks = _join_page_breaks(text, blocks, pack)
    for block in blocks:
        if block.kind == "text":
            block.kind = "paragraph"
    _tell_numbered_paragraphs(text, blocks)
    return blocks


class _Reader:
    """Reads the lines of a text one by one, and knows the blocks above."""

    def __init__(self, text: str, pack: Pack) -> None:
        self._text = text
        self._pack = pack
        self._lines = lines_of(text)
        self._width = wrap_width(self._lines)
        self._furniture = furniture_of(self._lines, pack)
        self._rows = table_rows(self._lines, pack)
        tables = {
            self._lines[index].start
            for index in self._rows
            if lists_panels(self._lines[index].text, pack)
        }
        self._header_end = header_end(text, self._lines, self._furniture, tables, pack)
        self._blocks: list[Block] = []
        marks = (LIST_MARK.match(line.text) for line in self._lines)
        self._letters = {mark["letter"] or mark["roman"] for mark in marks if mark}

    def read(self) -> list[Block]:
        """The blocks, page breaks not joined yet."""
        for index, line in enumerate(self._lines):
            gap = self._gap_before(line)
            block = self._block(index, line, gap)
            if block is None and not gap and (self._ends_row(index) or self._continues(line.text)):
                above = self._blocks[-1].ranges
                above[-1] = (above[-1][0], line.end)
                continue
            if block is None:
                block = Block("text", [(line.start, line.end)], line.start, indent=line.indent)
            block.gap_before = gap
            self._blocks.append(block)
        return self._blocks

    def _gap_before(self, line: Line) -> bool:
        if not self._blocks:
            return True
        between = self._text[self._blocks[-1].end : line.start]
        return between.count("\n") > 1 or "\f" in between

    # ------------------------------------------------------------ a block of its own

    def _block(self, index: int, line: Line, gap: bool) -> Block | None:
        """The block of a line that shows by itself what it is, None for running text."""
        ranges = [(line.start, line.end)]
        if index in self._furniture:
            return Block("artefact", ranges, line.start)
        if self._underlines(line, gap):
            self._blocks[-1].underlined = True
            self._blocks[-1].depth = 1 if line.text.startswith("=") else 2
            return Block("rule", ranges, line.start)
        if line.is_rule:
            return Block("rule", ranges, line.start)
        heading = _MARKDOWN_HEADING.match(line.text)
        content = line.start + (heading.end() if heading else 0)
        if line.start < self._header_end:
            return Block("header", ranges, content)
        note = NOTE.match(line.text)
        if note and self._is_note(index, line, note):
            mark = next(group for group in note.groups() if group)
            return Block("footnote", ranges, line.start + note.end(), mark)
        if heading:
            return Block("heading", ranges, content, depth=len(heading[1]))
        if index in self._rows:
            return Block("list_item", self._rows[index], line.start, "|", "row")
        return self._item(line, gap)

    def _underlines(self, line: Line, gap: bool) -> bool:
        """Whether a line of dashes underlines the line above."""
        if gap or not _UNDERLINE.match(line.text):
            return False
        above = self._blocks[-1]
        return above.kind == "text" and len(above.ranges) == 1

    def _item(self, line: Line, gap: bool) -> Block | None:
        """The list item that a line starts, None where it has no mark of one."""
        found = LIST_MARK.match(line.text)
        if not found or (found["letter"] and not self._is_of_row(found["letter"], line.text)):
            return None  # an initial, as in "M. X"
        if self._is_wrapped_into(found, gap):
            return None
        return Block(
            "list_item",
            [(line.start, line.end)],
            line.start + found.end(),
            line.text[: found.end()].strip("*> \t\u00a0"),
            str(found.lastgroup),
            indent=line.indent,
        )

    def _is_of_row(self, mark: str, line: str) -> bool:
        """Whether a capital with a full stop is one of a row of letters, not an initial."""
        letter = mark.strip("()")
        if len(letter) != 2 or not letter[0].isupper() or letter[1] not in ".)":
            return True
        name, stop = letter[0], letter[1]
        if self._pack.honorific.match(line):
            return self._last_mark() == chr(ord(name) - 1) + stop
        beside = {chr(ord(name) + step) + stop for step in (-1, 1)}
        if name in "IVX":
            beside |= {numeral + stop for numeral in _ROMAN}
        return not beside.isdisjoint(self._letters)

    def _is_wrapped_into(self, mark: re.Match[str], gap: bool) -> bool:
        """Whether a dash or number at the start of a line is wrapped text, not a list mark."""
        if gap or not self._width or self._blocks[-1].kind not in ("text", "list_item"):
            return False
        if self._pack.panel_line.match(fold_typography(mark.string[mark.end() :])):
            return False
        before = self._blocks[-1].last_part(self._text)
        if _FINAL.search(before):
            return False
        is_full = len(before.rsplit("\n", 1)[-1]) + 8 >= self._width
        return is_full and mark[0].strip() != self._last_mark()

    def _last_mark(self) -> str:
        """The mark of the last list item, the rest of which a page break may have cut off."""
        for block in reversed(self._blocks):
            is_tail = block.kind == "text" and self._text[block.content].islower()
            if not (is_tail or block.kind in _AT_PAGE_EDGE):
                return block.mark
        return ""

    # ------------------------------------------------------------ notes

    def _is_note(self, index: int, line: Line, note: re.Match[str]) -> bool:
        """Whether a line that starts with a note mark is a note: at the end or a page's foot."""
        if note["tag"] or note["bracket"] or note["superscript"]:
            return True
        if note["star"] and self._is_emphasis_or_item(index, line, note["star"]):
            return False
        # The mark must be referred to before, glued to a word.
        if self._first_references.get(note["bare"] or note["star"], index) >= index:
            return False
        if self._blocks and self._blocks[-1].kind in ("rule", "footnote", "artefact"):
            return True
        following = range(index + 1, min(index + 6, len(self._lines)))
        return any(i in self._furniture or self._lines[i].is_rule for i in following)

    def _is_emphasis_or_item(self, index: int, line: Line, stars: str) -> bool:
        """Whether stars at the start of a line are emphasis or mark an item among items."""
        if line.text.endswith("*"):
            return True
        beside = self._lines[max(0, index - 1) : index] + self._lines[index + 1 : index + 2]
        return any(other.text.startswith(stars + " ") for other in beside)

    @cached_property
    def _first_references(self) -> dict[str, int]:
        """Note mark → index of the first line in which it is glued to a word."""
        first: dict[str, int] = {}
        for index, line in enumerate(self._lines):
            for found in _REFERENCE.finditer(_EMPHASIS.sub("", line.text)):
                first.setdefault(found["mark"], index)
        return first

    # ------------------------------------------------------------ the rest of a block

    def _ends_row(self, index: int) -> bool:
        """Whether a line is the rest of the last cell of the row above."""
        row = next((at for at in range(index - 1, -1, -1) if at in self._rows), None)
        if row is None or self._blocks[-1].ranges is not self._rows[row]:
            return False
        cells = self._rows[row]
        return len(cells) > 1 and goes_on_in_row(self._lines[index], self._lines[row], cells)

    def _continues(self, line: str) -> bool:
        """Whether the text of a line right below a block is the rest of it."""
        if self._blocks[-1].kind not in ("text", "list_item", "footnote"):
            return False
        before = self._blocks[-1].last_part(self._text)
        last = before.rsplit("\n", 1)[-1].strip()
        if self._pack.field_label.match(fold_typography(line)) or self._pack.panel_line.match(
            fold_typography(line.lstrip("*_ "))
        ):
            return False
        if _is_bare_label(last, self._pack):
            return False
        if line[:1].islower() and (last.endswith(("-", "‐")) or not _FINAL.search(last)):
            return True
        if self._pack.unfinished.search(key(last)):
            return True
        if not self._width:
            return False
        first_word = line.split(maxsplit=1)[0]
        # As a wrapped line ends where the next word would no longer have fitted.
        is_full = len(last) + 1 + len(first_word) >= self._width - 2
        return is_full or len(last) >= _NEAR_FULL * self._width


# ---------------------------------------------------------------- blocks beside each other


def _tell_romans(blocks: Sequence[Block]) -> None:
    """A single i, v or x beside Roman numerals is one of them, not a letter."""
    items = [b for b in blocks if b.kind == "list_item" and b.mark_kind in ("letter", "roman")]
    for place, block in enumerate(items):
        bare = block.mark.strip("().")
        if block.mark_kind != "letter" or not set(bare.lower()) <= set("ivx"):
            continue
        beside = items[max(0, place - 1) : place] + items[place + 1 : place + 2]
        if any(b.mark_kind == "roman" and b.mark.strip("().") != bare for b in beside):
            block.mark_kind = "roman"


def _is_bare_label(line: str, pack: Pack) -> bool:
    """Whether a line is a panel's label and no more: its title stands below."""
    plain = key(line.strip("*_ "))
    label = pack.panel_label.match(plain)
    return label is not None and label.end() == len(plain)


def _join_page_breaks(text: str, blocks: Sequence[Block], pack: Pack) -> list[Block]:
    """Rejoins what a page break cut: blocks in source order, furniture and notes in between."""
    joined: list[Block] = []
    for block in blocks:
        head, between = _above(joined) if block.kind == "text" else (None, [])
        if head and _is_cut(text, head, block, bool(between), pack):
            head.ranges.extend(block.ranges)
            for aside in between:
                # What stands at a page's edge inside a passage belongs to the page.
                aside.kind = "artefact"
        else:
            joined.append(block)
    return joined


def _above(blocks: Sequence[Block]) -> tuple[Block | None, list[Block]]:
    """The last block of running text, and what stands below it at the foot of the page."""
    between: list[Block] = []
    for block in reversed(blocks):
        above_note = any(b.kind == "footnote" for b in between)
        if block.kind in ("artefact", "footnote") or (block.kind == "rule" and above_note):
            between.append(block)
        else:
            return (block if block.kind in ("text", "list_item") else None), between
    return None, between


def _is_cut(text: str, head: Block, tail: Block, furniture: bool, pack: Pack) -> bool:
    """Whether `tail` is the rest of `head`; `furniture`: something of the page is in between."""
    before = head.last_part(text).rstrip(" *_")
    after = text[slice(*tail.ranges[0])].lstrip(' *_«“"(')
    if _FINAL.search(before) or head.mark_kind == "row":
        return False
    if pack.field_label.match(fold_typography(after)) or _is_bare_label(before, pack):
        return False
    if after[:1].islower() or pack.unfinished.search(key(before[-60:])):
        return True
    if _WHOLE_SENTENCE.search(before) and _FINAL.search(tail.last_part(text).rstrip(" *_")):
        return True  # running text of several sentences: only a page's edge leaves it without end
    last = before.rsplit("\n", 1)[-1]
    return furniture and len(before) >= 80 and len(last) >= 40


def _tell_numbered_paragraphs(text: str, blocks: Sequence[Block]) -> None:
    """Paragraphs numbered through a whole text carry their number as a mark, but are no list."""
    numbered = [b for b in blocks if b.kind == "list_item" and b.mark_kind == "number"]
    above_bullets = {id(block) for block, below in pairwise(blocks) if below.mark_kind == "bullet"}
    beside_items = {
        id(block)
        for one, two in pairwise(blocks)
        if one.mark_kind == two.mark_kind == "number"
        for block in (one, two)
    }
    long = {
        id(block)
        for block in numbered
        if sum(end - start for start, end in block.ranges) > _LONG_PARAGRAPH
        and _NEW_SENTENCE.search(text, block.content, block.end)
        and id(block) not in above_bullets
    }
    if len(long) < (3 if long & beside_items else 2):
        return
    following: int | None = None  # the number that the next short paragraph has
    above: Block | None = None
    for block in blocks:
        number = _NUMBER.search(block.mark) if block.mark_kind == "number" else None
        is_listed = above is not None and above.kind == "list_item" and above.mark_kind == "number"
        if number and (
            id(block) in long
            or (following == int(number[0]) and not is_listed and id(block) not in above_bullets)
        ):
            block.kind = "paragraph"
            following = int(number[0]) + 1
        above = block
