"""The lines of a source: which belong to the page, and where the header block ends."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from flows.ground.folding import fold_typography, key, lower, trimmed
from flows.normalise.language.dates import find_dates, find_hours
from flows.normalise.language.pack import Pack

RULE = re.compile(r"(?:[-–—_*=~.·•#][ \t]*){2,}$|[—_]+[ \t]*$|[ \t|:+-]*-[ \t|:+-]*$")
LIST_MARK = re.compile(
    r"""(?:>[ \t]*)?(?:
        (?P<bullet>
            [-–—*+•·◦§▪▫●○■□‣⁃➢➤►✓\uf0b7][ \t\u00a0]+(?=\S)
          | [•◦▪●○■‣](?=\w))
      | \*{0,2}(?P<number>
            \d{1,3}(?:\.\d{1,2})*[.)°] | \(\d{1,3}\)
          | \d{1,2}[ \t]*[-–—](?=[ \t]+\D))\*{0,2}[ \t\u00a0]+(?=\S)
      | \*{0,2}(?P<letter>
            \(?[a-z]\)|\([A-Z]\)|[A-Z][.)])\*{0,2}[ \t\u00a0]+(?=\S)
      | \*{0,2}(?P<roman>
            \(?[ivx]{1,5}\)|[IVX]{1,5}[.)]|[IVX]{1,5}[ \t]+[-–—])\*{0,2}[ \t\u00a0]+(?=\S)
    )""",
    re.VERBOSE,
)
_LINE = re.compile(r"[^\n\f]+")
_PAGE_NUMBER = re.compile(r"[-–—|\[(]?[ \t]*\d{1,3}[ \t]*[-–—|\])]?$|[ivxl]{1,6}$")
_PART = re.compile(r"\s[-–—|·•]\s|\t|\s{3,}")
_PART_OF_LINE = re.compile(r"(?:[.;]| [–—|•·-]) +|\.$")
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[a-z]{3}")
_HEADING_MARKS = re.compile(r"^[#*_\s]+|[#*_\s:]+$")
_SENTENCE_END = (".", ";", ":", "?", "!")
_SPREAD = 12  # characters by which full lines of wrapped text may differ
_LONG_LINE = 140  # a text with many longer lines is not hard-wrapped
_LONGEST_RUNNING_HEAD, _LONGEST_SERIES_HEAD = 110, 80
_MOST_HEADS = 3  # lines of a running head, with the page number
_LONGEST_HEADER = 420  # a longer block is running text
_LONGEST_HEADER_LINE = 200
_LONGEST_FIELD = 60  # a longer line with a full stop that starts as sentences do is one
_LONGEST_BEFORE_DATE, _LONGEST_BEHIND_DATE = 90, 56  # characters beside the date of a header
_TITLE_LINES = 6  # the first lines of a text, which hold its title


@dataclass(frozen=True)
class Line:
    """A line with text. `start` and `end` are source offsets, white space at either side left out.

    `indent` is how many characters of white space stand before it; `gap_above`, `gap_below`: a
    blank line or a page break is there; `at_page_break`: a form feed is beside it.
    """

    start: int
    end: int
    text: str
    indent: int
    gap_above: bool
    gap_below: bool
    at_page_break: bool

    @property
    def stands_alone(self) -> bool:
        """Whether a blank line or a page break is above or below it."""
        return self.gap_above or self.gap_below

    @property
    def width(self) -> int:
        """Characters from the margin to the end of the text."""
        return self.indent + len(self.text)

    @property
    def goes_on(self) -> bool:
        """Whether it ends as a line does that the next one goes on with."""
        return self.text.rstrip("*_ ").endswith((",", ":", "-", "–"))

    @property
    def is_rule(self) -> bool:
        """Whether the line is drawn, not written."""
        return RULE.match(self.text) is not None


def lines_of(text: str) -> list[Line]:
    """The lines that are not blank, in order; a form feed ends a line as well."""
    lines = []
    for found in _LINE.finditer(text):
        margin, edge = found.span()
        start, end = trimmed(text, margin, edge)
        if start == end:
            continue
        above, below = text[max(0, margin - 2) : margin], text[edge : edge + 2]
        lines.append(
            Line(
                start,
                end,
                text[start:end],
                start - margin,
                gap_above=above in ("", "\n\n", "\f\n") or above.endswith("\f"),
                gap_below=below in ("", "\n\n", "\n\f") or below.startswith("\f"),
                at_page_break="\f" in text[max(0, margin - 3) : margin]
                or "\f" in text[edge : edge + 3],
            )
        )
    return lines


def wrap_width(lines: Sequence[Line]) -> int:
    """The column at which the text is hard-wrapped, 0 if it is not."""
    widths = sorted(line.width for line in lines)
    if len(widths) < 20 or widths[int(len(widths) * 0.97)] > _LONG_LINE:
        return 0
    longest, usual = (widths[int((len(widths) - 1) * share)] for share in (0.99, 0.9))
    # A few headings and labels that stand on one line each may be longer than the wrapped text.
    return longest if longest - usual <= _SPREAD else usual


# ---------------------------------------------------------------- furniture


def furniture_of(lines: Sequence[Line], pack: Pack) -> set[int]:
    """Indices of lines that belong to the page, not to the text: page numbers, running heads.

    A number alone on a line counts where it stands at a page's edge (between blank lines or at
    a form feed); a running head is a short line that recurs, digits aside, three times or more, or
    twice beside a page number or form feed. The first line of a text is its title and never one.
    """
    found = {
        index
        for index, line in enumerate(lines)
        if index and line.stands_alone and _is_page_number(line.text, pack)
    }
    counts = Counter(map(_shape, lines))
    seen: set[str] = set()
    for group in _close_lines(lines):
        edges = range(group[0] - 1, group[-1] + 2)
        at_edge = any(lines[i].at_page_break for i in group) or not found.isdisjoint(edges)
        heads = [lines[i] for i in group if i not in found]
        is_head = len(heads) <= _MOST_HEADS and all(map(_may_be_head, heads))
        for index in group:
            line, shape = lines[index], _shape(lines[index])
            if not shape or _is_label(line.text, pack):
                continue
            names_series = pack.series.search(key(line.text)) is not None
            recurs = counts[shape] >= 3 or (counts[shape] == 2 and is_head)
            if (
                at_edge or (is_head and _holds_page_number(line.text, pack))
            ) and index > _TITLE_LINES:
                # The name of the meeting beside a page number is a running head.
                is_furniture = recurs or (
                    is_head and names_series and len(shape) < _LONGEST_SERIES_HEAD
                )
            else:
                often = (counts[shape] >= 3 and names_series) or (at_edge and recurs)
                is_furniture = often and shape in seen and line.stands_alone
            if is_furniture:
                found.add(index)
            seen.add(shape)
    return found


def _close_lines(lines: Sequence[Line]) -> Iterator[list[int]]:
    """Indices of lines, grouped by the blank lines and page breaks between them."""
    group: list[int] = []
    for index, line in enumerate(lines):
        if group and (line.gap_above or lines[index - 1].gap_below):
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def _may_be_head(line: Line) -> bool:
    """Whether a line may belong to a running head: short, no list item, no end of a sentence."""
    return (
        len(line.text) <= _LONGEST_RUNNING_HEAD
        and not line.text.endswith((".", ";", ":", ","))
        and LIST_MARK.match(line.text) is None
        and not line.text[:1].islower()
    )


def _is_page_number(text: str, pack: Pack) -> bool:
    return bool(_PAGE_NUMBER.match(text) or pack.page_number.fullmatch(key(text)))


def _holds_page_number(text: str, pack: Pack) -> bool:
    """Whether a part of a line is a page number: "Résumé – page 3"."""
    return any(_is_page_number(part.strip(), pack) for part in _PART.split(text))


def _is_label(text: str, pack: Pack) -> bool:
    """Whether a line is a label of a day or a panel: they recur, but for their numbers."""
    plain = key(_HEADING_MARKS.sub("", text))
    return bool(pack.day_label.match(plain) or pack.panel_label.match(plain))


def _shape(line: Line) -> str:
    """What recurs of a running head: its key without the digits; empty where it can be none.

    The last word of a sentence may recur at the edges of pages as well.
    """
    ends_sentence = line.text[0].islower() and line.text.endswith(_SENTENCE_END)
    if len(line.text) > _LONGEST_RUNNING_HEAD or line.is_rule or ends_sentence:
        return ""
    shape = _DIGITS.sub("#", key(line.text))
    return shape if _LETTERS.search(shape) else ""


# ---------------------------------------------------------------- header


def header_end(
    text: str, lines: Sequence[Line], furniture: set[int], tables: set[int], pack: Pack
) -> int:
    """Source offset at which the header block ends: where the first running text starts.

    `tables` are the source offsets at which rows of a table of panels start.
    """
    groups = [
        words
        for group in _groups(text, lines)
        if (words := [lines[i] for i in group if i not in furniture and not lines[i].is_rule])
    ]
    contents = [" ".join(text[words[0].start : words[-1].end].split()) for words in groups]
    end, seen_field = 0, False
    for index, (words, content) in enumerate(zip(groups, contents, strict=True)):
        if len(content) > _LONGEST_HEADER or _is_running_text(content, pack):
            return _start_of_text(words, pack)
        # Nothing but the header's own date and type behind it tells "Session 2 : theme".
        is_between = not seen_field and any(
            _is_field(below, pack) for below in contents[index + 1 : index + 3]
        )
        start = next((line.start for line in words if line.start in tables), None)
        if start is None and not is_between:
            start = _start_of_body(content, words, pack)
        if start is not None:
            return start
        end, seen_field = words[-1].end, seen_field or _is_field(content, pack)
    return end


def _start_of_text(words: Sequence[Line], pack: Pack) -> int:
    """Where the text of a block starts: behind header lines that no blank line parts from it.

    That is at its first long line, behind the line that names the type of the document, or at the
    first line that is a sentence below one that names the series or the date.
    """
    seen_field = False
    for before, line in pairwise(words):
        seen_field = seen_field or _is_field(before.text, pack) or _names_series(before, pack)
        if line.width > _LONGEST_HEADER_LINE or _type_line(pack).match(key(before.text)):
            return line.start
        goes_on = before.goes_on or not line.text.lstrip("*_ ")[:1].isupper()
        if seen_field and not goes_on and _is_running_text(line.text, pack):
            return line.start
    return words[0].start


def _names_series(line: Line, pack: Pack) -> bool:
    return pack.series.search(key(line.text)) is not None and not _is_running_text(line.text, pack)


def _groups(text: str, lines: Sequence[Line]) -> Iterator[list[int]]:
    """Indices of lines, grouped by the blank lines and page breaks between them."""
    group: list[int] = []
    for index, line in enumerate(lines):
        if group:
            between = text[lines[index - 1].end : line.start]
            if between.count("\n") != 1 or "\f" in between:
                yield group
                group = []
        group.append(index)
    if group:
        yield group


def _is_running_text(content: str, pack: Pack) -> bool:
    """Whether a block is a sentence: by its full stop, or as it says that the session was held."""
    plain = key(content)
    if len(content) > 70 and pack.took_place.search(plain):
        return True
    if not content.rstrip("*_ ").endswith((".", ";")):
        return False
    if any(_type_line(pack).match(key(part)) for part in _PART_OF_LINE.split(content)):
        return False
    is_whole = len(content) > _LONGEST_FIELD and pack.sentence_start.match(lower(content))
    return bool(is_whole) or not _is_field(content, pack)


def _start_of_body(content: str, words: Sequence[Line], pack: Pack) -> int | None:
    """Where a block is no header any more: it is a heading, a list or a panel, or holds an item of
    an agenda. None where it is of the header."""
    if key(_HEADING_MARKS.sub("", content)) in pack.section_headings:
        return words[0].start
    is_panel = pack.panel_line.match(fold_typography(content.lstrip("#*_- ")))
    if is_panel and not _is_field(content, pack):
        return words[0].start
    in_header = False
    for line in words:
        if _is_agenda_line(line.text, pack) or (
            _is_numbered(line) and (in_header or not _is_field(content, pack))
        ):
            return line.start if in_header else words[0].start
        in_header = in_header or _names_series(line, pack) or _is_field(line.text, pack)
    return None


def _is_agenda_line(text: str, pack: Pack) -> bool:
    """Whether a line is an item of an agenda: hours, and what was done then."""
    folded = fold_typography(text.lstrip("#*_- "))
    hours = find_hours(folded, lower(folded), pack)
    if hours is None or hours.span[0] > 0:
        return False
    behind = folded[hours.span[1] :].strip(" :.,;|*_–—-")
    return _LETTERS.search(key(behind)) is not None and not _is_field(text, pack)


def _is_numbered(line: Line) -> bool:
    mark = LIST_MARK.match(line.text)
    return mark is not None and mark.lastgroup != "letter"


def _is_field(content: str, pack: Pack) -> bool:
    """Whether a block belongs to a header even where it ends with a full stop: date or type."""
    if _type_line(pack).match(key(content)):
        return True
    return any(
        start <= _LONGEST_BEFORE_DATE and len(content) - end <= _LONGEST_BEHIND_DATE
        for start, end in (date.span for date in find_dates(lower(fold_typography(content)), pack))
    )


@cache
def _type_line(pack: Pack) -> re.Pattern[str]:
    """A line (key) that names the type of a document and nothing else."""
    types = "|".join(f"(?:{pattern.pattern})" for pattern, _ in pack.types)
    return re.compile(rf"^[-–— #*_]*(?:{types})[-–— *_:]*$")
