"""The letters of a page and where they stand → lines of text in the order of reading.

Letters → pieces of lines → columns → lines → paragraphs. All is decided by distances in sizes
of letters, nothing by the order in which the file draws them.
"""

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import NamedTuple

LOST = "\ufffd"
BULLET = "•"

# In sizes of the letters:
_WORD_GAP = 0.16  # a wider gap parts words
_PIECE_GAP = 1.0  # a wider gap parts pieces of a line: the columns of a page or of a table
_SPACED_GAP = 0.6  # a wider gap parts words whose letters are set apart
_SAME_PLACE = 0.15  # two equal letters nearer than this are one, drawn twice to look bold
_SAME_LINE = 0.5  # share of its height that a letter has in common with its line
_NEW_PARAGRAPH = 0.35  # more than lines of one paragraph are apart
_USUAL_GAP = 0.25
_INDENT = (0.8, 4.0)  # of the first line of a paragraph
_RAISED = 0.8  # of the size of its line: a smaller letter, if it stands higher, is a mark
_GUTTER = 1.0

_WIDEST_GAP = 1.2  # between lines of one paragraph
_NARROWEST = 6.0  # of a column of running text

_FEWEST_LINES = 4  # of a column
_MOST_EDGES = 20  # at which a column may start
_FULL_LINE = 0.75  # share of the width of a column
_FULL_LINES = 0.5  # share of the lines of a column of running text
_NEAR_EDGE = 0.9
_LARGE = 1.15  # times the size of most lines: a title or heading
_LETTER_WIDTH = 0.4

# Of shapes, in points:
_SHORTEST_RULE = 6.0
_THICKEST_RULE = 2.5
_DOT = (1.0, 9.0)
_CORNERS = 5
_MOST_SHAPES = 2_000  # a page with more of them is a drawing
_DOT_GAP = 3.0  # sizes of the letters, between a bullet and its text

_CELLS = "   "
_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?!\S)")
_LIST_MARK = re.compile(r"(?:[^\w\s]|\(?\w{1,3}[.)]) ")
_UNFINISHED = re.compile(r"(?<![^\W\d_])(?=[a-zà-ÿ])[^\W\d_]{1,3}$|[,:–-]$")
_SPACED_WORD = re.compile(r"(?<!\S)(?:[^\W\d_] )+[^\W\d_](?!\S)")
_NOTE_MARK = re.compile(r"\d{1,3}|\*{1,3}")
_BEFORE_NOTE = re.compile(r"(?:[^\W\d_]{3}|[.,;:»”\")])$")


Point = tuple[float, float]


class Glyph(NamedTuple):
    """A letter as drawn: its box in points from the lower left corner, its text, its size.

    `symbol`: its font is one of pictures, so that its text is not what it shows.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    size: float
    symbol: bool = False


@dataclass
class Drawn:
    """Shapes on a page that say something of its text: upright rules, and dots that may be bullets.

    `rules` are their places from left to right with both ends, `dots` boxes.
    """

    rules: list[tuple[float, float, float]] = field(default_factory=list)
    dots: list[tuple[float, float, float, float]] = field(default_factory=list)

    def add(self, points: Sequence[Point], *, is_outline: bool) -> None:
        """Take in a shape by its points, if it is of those."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
        width, height = x1 - x0, y1 - y0
        if len(self.rules) < _MOST_SHAPES and height >= _SHORTEST_RULE:
            if width <= _THICKEST_RULE:
                self.rules.append(((x0 + x1) / 2, y0, y1))
            elif is_outline and len(points) <= _CORNERS:
                self.rules += [(x0, y0, y1), (x1, y0, y1)]
        least, most = _DOT
        if (
            len(self.dots) < _MOST_SHAPES
            and least <= min(width, height)
            and max(width, height) <= most
            and abs(width - height) <= _SAME_PLACE * most
        ):
            self.dots.append((x0, y0, x1, y1))


@dataclass
class _Piece:
    """Letters beside each other, from left to right."""

    glyphs: list[Glyph]
    x0: float
    x1: float
    y0: float
    y1: float
    size: float

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2


@dataclass
class _Row:
    """Pieces that stand on one line of a column."""

    pieces: list[_Piece] = field(default_factory=list)

    @property
    def x0(self) -> float:
        return min(piece.x0 for piece in self.pieces)

    @property
    def x1(self) -> float:
        return max(piece.x1 for piece in self.pieces)

    @property
    def y0(self) -> float:
        return min(piece.y0 for piece in self.pieces)

    @property
    def y1(self) -> float:
        return max(piece.y1 for piece in self.pieces)

    @property
    def size(self) -> float:
        return max(piece.size for piece in self.pieces)


class PageText(NamedTuple):
    """The text of a page, and whether it may be two columns that were read as one."""

    text: str
    doubtful_columns: bool


def text_of(glyphs: Iterable[Glyph], drawn: Drawn) -> PageText:
    """The lines of a page in the order of reading, an empty line where the page has a gap."""
    pieces = _pieces(_drawn_once(glyphs), sorted(drawn.rules))
    _set_bullets(pieces, drawn.dots)
    doubts: list[float] = []
    columns = _in_order(pieces, doubts)
    usual = _usual_gap(columns)
    text = "\n".join(_written(rows, usual) for rows in columns if rows)
    return PageText(text, bool(doubts))


def _drawn_once(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The letters without those drawn a second time in the same place, from left to right."""
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    once = []
    for glyph in sorted(glyphs, key=lambda g: (g.x0, -g.y0, g.text)):
        reach = glyph.size * _SAME_PLACE
        step = max(reach, 0.1)
        column, row = int(glyph.x0 / step), int(glyph.y0 / step)
        near = (
            other
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in seen.get((glyph.text, x, y), ())
        )
        if glyph.text.isspace() or not any(
            abs(other.x0 - glyph.x0) <= reach and abs(other.y0 - glyph.y0) <= reach
            for other in near
        ):
            once.append(glyph)
            seen.setdefault((glyph.text, column, row), []).append(glyph)
    return once


def _pieces(glyphs: Sequence[Glyph], rules: Sequence[tuple[float, float, float]]) -> list[_Piece]:
    """Letters, from left to right, put together where they stand close on one line."""
    open_: dict[int, list[_Piece]] = {}  # by the height at which they stand
    pieces = []
    for glyph in glyphs:
        height = max(glyph.y1 - glyph.y0, 0.1)
        best, most = None, 0.0
        for band in range(int(glyph.y0 // 8) - 1, int(glyph.y1 // 8) + 2):
            near = open_.get(band, [])
            near[:] = [p for p in near if glyph.x0 - p.x1 <= _PIECE_GAP * max(p.size, glyph.size)]
            for piece in near:
                common = min(piece.y1, glyph.y1) - max(piece.y0, glyph.y0)
                share = common / min(height, max(piece.y1 - piece.y0, 0.1))
                if share >= _SAME_LINE and share > most:
                    best, most = piece, share
        is_parted = (
            best is not None
            and glyph.x0 - best.x1 > 0
            and _is_ruled(rules, best.x1, glyph.x0, (glyph.y0 + glyph.y1) / 2)
        )
        if best is not None and is_parted and not glyph.text.isspace():
            open_[int(best.middle // 8)].remove(best)
            best = None
        if glyph.text.isspace():
            if best:
                best.glyphs.append(glyph)  # it parts words, but reaches nowhere
            continue
        if best is None:
            best = _Piece([], glyph.x0, glyph.x1, glyph.y0, glyph.y1, glyph.size)
            pieces.append(best)
            open_.setdefault(int(best.middle // 8), []).append(best)
        best.glyphs.append(glyph)
        best.x1 = max(best.x1, glyph.x1)
        if glyph.size > best.size:  # a raised mark does not say where its line stands
            best.size, best.y0, best.y1 = glyph.size, glyph.y0, glyph.y1
    return pieces


def _is_ruled(
    rules: Sequence[tuple[float, float, float]], left: float, right: float, y: float
) -> bool:
    """Whether a rule stands upright between two places at a height."""
    first = bisect_left(rules, (left - 1.0,))
    for x, y0, y1 in rules[first:]:
        if x > right + 1.0:
            return False
        if y0 <= y <= y1:
            return True
    return False


def _set_bullets(
    pieces: Sequence[_Piece], dots: Sequence[tuple[float, float, float, float]]
) -> None:
    """Put a bullet before the text beside which one is drawn as a shape."""
    if len(dots) >= _MOST_SHAPES:
        return
    by_height: dict[int, list[_Piece]] = {}
    for piece in pieces:
        for band in range(int(piece.y0 // 8), int(piece.y1 // 8) + 1):
            by_height.setdefault(band, []).append(piece)
    for x0, y0, x1, y1 in dots:
        middle = (y0 + y1) / 2
        beside = [
            piece
            for piece in by_height.get(int(middle // 8), ())
            if piece.y0 < middle < piece.y1 and max(y1 - y0, x1 - x0) < piece.size
        ]
        right = min((p for p in beside if p.x0 >= x1), key=lambda p: p.x0, default=None)
        left = max((p.x1 for p in beside if p.x0 < x1), default=None)
        if (
            right is not None
            and right.x0 - x1 <= _DOT_GAP * right.size
            and (left is None or x0 - left > _PIECE_GAP * right.size)
        ):
            bullet = Glyph(x0, right.y0, x1, right.y1, f"{BULLET} ", right.size)
            right.glyphs.insert(0, bullet)
            right.x0 = x0


# ---------------------------------------------------------------- columns


def _in_order(pieces: list[_Piece], doubts: list[float]) -> list[list[_Row]]:
    """Pieces as rows of columns, column by column; what reaches over both parts them."""
    gutter = _gutter(pieces)
    if gutter is None:
        return [_rows(pieces)]
    x, is_prose = gutter
    if not is_prose:
        doubts.append(x)
        return [_rows(pieces)]
    columns: list[list[_Row]] = []
    left: list[_Piece] = []
    right: list[_Piece] = []
    wide: list[_Piece] = []

    def close() -> None:
        for side in (left, right):
            if side:
                columns.extend(_in_order(side[:], doubts))
                side.clear()

    for piece in sorted(pieces, key=lambda p: (-p.middle, p.x0)):
        if piece.x0 < x < piece.x1:
            close()
            wide.append(piece)
            continue
        if wide:
            columns.append(_rows(wide))
            wide = []
        (left if piece.x1 <= x else right).append(piece)
    close()
    if wide:
        columns.append(_rows(wide))
    return columns


def _gutter(pieces: Sequence[_Piece]) -> tuple[float, bool] | None:
    """Where a page is parted into columns, and whether they are of running text; None if not."""
    if len(pieces) < 2 * _FEWEST_LINES:
        return None
    size = median(piece.size for piece in pieces)
    start, end = min(p.x0 for p in pieces), max(p.x1 for p in pieces)
    width = end - start
    starts = Counter(round(p.x0) for p in pieces if 0.2 < (p.x0 - start) / max(width, 1) < 0.8)
    best: tuple[int, float] | None = None
    for edge, count in sorted(starts.most_common(_MOST_EDGES)):
        x = edge - _GUTTER * size / 2
        crossing = sum(p.x0 < x < p.x1 for p in pieces)
        if count >= _FEWEST_LINES and (best is None or crossing < best[0]):
            best = crossing, x
    if best is None:
        return None
    crossing, x = best
    sides = _rows([p for p in pieces if p.x1 <= x]), _rows([p for p in pieces if p.x0 >= x])
    if not all(sides):
        return None
    top, bottom = min(side[0].y1 for side in sides), max(side[-1].y0 for side in sides)
    beside = [sum(bottom <= row.y0 and row.y1 <= top for row in side) for side in sides]
    if min(beside) < _FEWEST_LINES or crossing > max(beside):
        return None
    return x, all(_is_prose(side, size) for side in sides)


def _is_prose(rows: Sequence[_Row], size: float) -> bool:
    """Whether lines fill their column as running text does, and not the cells of a table."""
    width = max(row.x1 for row in rows) - min(row.x0 for row in rows)
    full = sum(row.x1 - row.x0 >= _FULL_LINE * width for row in rows)
    return width >= _NARROWEST * size and full >= _FULL_LINES * len(rows)


def _rows(pieces: Iterable[_Piece]) -> list[_Row]:
    """Pieces as lines, from the top down, each from left to right."""
    rows: list[_Row] = []
    y0 = y1 = 0.0
    for piece in sorted(pieces, key=lambda p: (-p.middle, p.x0)):
        common = min(y1, piece.y1) - max(y0, piece.y0)
        height = max(min(y1 - y0, piece.y1 - piece.y0), 0.1)
        if rows and common >= _SAME_LINE * height:
            insort(rows[-1].pieces, piece, key=lambda p: p.x0)
        else:
            rows.append(_Row([piece]))
            y0, y1 = piece.y0, piece.y1
    return rows


# ---------------------------------------------------------------- lines and paragraphs


def _usual_gap(columns: Sequence[Sequence[_Row]]) -> float:
    """How far apart the lines of one paragraph are, in sizes: those behind a full line."""
    gaps = []
    for rows in columns:
        edge = max((row.x1 for row in rows), default=0.0)
        start = min((row.x0 for row in rows), default=0.0)
        for above, below in pairwise(rows):
            if above.x1 - start >= _NEAR_EDGE * (edge - start) and above.size == below.size:
                gaps.append((above.y0 - below.y1) / max(below.size, 0.1))
    return min(median(gaps), _WIDEST_GAP) if len(gaps) >= _FEWEST_LINES else _USUAL_GAP


def _written(rows: Sequence[_Row], usual: float) -> str:
    """The lines of a column, with an empty line between its paragraphs."""
    lines: list[str] = []
    edge = max(row.x1 for row in rows) - min(row.x0 for row in rows)
    for index, row in enumerate(rows):
        line = _line(row)
        if index and _starts_paragraph(rows, index, usual):
            lines.append("")
        elif index and _is_wrapped_heading(rows, index, edge):
            lines[-1] = f"{lines[-1]} {line}"
            continue
        lines.append(line)
    return "\n".join(lines) + "\n"


def _is_wrapped_heading(rows: Sequence[_Row], index: int, width: float) -> bool:
    """Whether a line of large letters is the rest of the line above, which was full."""
    above, row = rows[index - 1], rows[index]
    if above.size != row.size or row.size <= _LARGE * median(one.size for one in rows):
        return False
    before, line = _line(above), _line(row)
    if not (line[:1].islower() or _UNFINISHED.search(before)):
        return False  # a line may be full and end all the same
    word = line.split(maxsplit=1)[0]
    return above.x1 - above.x0 + _LETTER_WIDTH * row.size * (len(word) + 1) > width


def _starts_paragraph(rows: Sequence[_Row], index: int, usual: float) -> bool:
    """Whether a line stands apart from the line above, or is indented as first lines are."""
    above, row = rows[index - 1], rows[index]
    size = max(min(above.size, row.size), 0.1)
    if (above.y0 - row.y1) / size > max(usual, _USUAL_GAP) + _NEW_PARAGRAPH:
        return True
    if min(above.x1, row.x1) <= max(above.x0, row.x0):
        return True
    if index + 1 == len(rows):
        return False
    if _LIST_MARK.match(_line(above)):
        return False  # the text of an item hangs behind its mark
    least, most = (indent * row.size for indent in _INDENT)
    return all(least <= row.x0 - other.x0 <= most for other in (above, rows[index + 1]))


def _line(row: _Row) -> str:
    """A line as text: words apart, symbols and raised marks as what they stand for."""
    text = ""
    for piece in row.pieces:
        if text:
            text += " " if _LIST_MARK.fullmatch(f"{text} ") else _CELLS
        text += _piece_text(piece, row.size, text)
    first, rest = text[:1], text[1:]
    if first == LOST and (not rest or rest[:1].isspace()):
        text = f"{BULLET}{rest}"
    return text


def _piece_text(piece: _Piece, size: float, before: str) -> str:
    """The letters of a piece as words; `size` is that of its line, `before` what stands there."""
    text, mark = "", ""
    end: float | None = None
    for glyph in piece.glyphs:
        if glyph.text.isspace():
            text, mark = _with_mark(text, mark, before), ""
            text += "" if text.endswith(" ") else " "
            continue
        gap = 0.0 if end is None else (glyph.x0 - end) / max(glyph.size, 0.1)
        is_raised = glyph.size <= _RAISED * size and (glyph.y0 + glyph.y1) / 2 > piece.middle
        if mark and (not is_raised or gap > _WORD_GAP):
            text, mark = _with_mark(text, mark, before), ""
        if gap > _WORD_GAP:
            # Twice between words whose letters are set apart themselves.
            text = f"{text.rstrip(' ')}{'  ' if gap > _SPACED_GAP else ' '}"
        shown = LOST if glyph.symbol else glyph.text
        if is_raised:
            mark += shown
        else:
            text += shown
        end = max(glyph.x1, end or glyph.x1)
    text = _with_mark(text, mark, before)
    if _SPACED.search(text):
        text = _SPACED_WORD.sub(lambda found: found[0].replace(" ", ""), text)
    return text.replace("  ", " ").rstrip(" ")


def _with_mark(text: str, mark: str, before: str) -> str:
    """A text with raised letters behind it: the mark of a note is marked as one."""
    is_note = _NOTE_MARK.fullmatch(mark) and (
        _BEFORE_NOTE.search(text) or not f"{before}{text}".strip()
    )
    return f"{text}<sup>{mark}</sup>" if is_note else f"{text}{mark}"
