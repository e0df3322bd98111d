"""What a reader reads of passages: without the marks of emphasis and notes, on one line.

There is this one cleaning. Normalise makes every text of a row with it, and whoever holds a row
against its passage (store, evaluate) asks `Passages` what is read there.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable

from flows.ground.folding import key
from flows.ground.fragment import Fragment
from flows.ground.reading import MOST_PASSES, read

# What a reader does not read: emphasis, escapes, marks of notes.
_MARKUP = r"""
    <sup>.{0,12}?</sup>                # note mark
  | \[\^?\d{1,3}\](?!\()               # [1], [^1]
  | \*\*\*?|__                         # bold
  | (?<![\w*])[*_](?=[^\s*_])          # italic, opening
  | (?<=[^\s*_])[*_](?![\w*])          # italic, closing; a star as note mark
  | (?<=[\w.,;:»)”"])[⁰¹²³⁴-⁹ⁱ]+       # superscript note mark
"""
_PIECES = re.compile(
    rf"""
    (?P<escape>\\[][*_\#().!`~>+-])
  | (?P<wrap>(?<=\w)[-‐\u00ad][ \t]*\n\s*(?=\w))
  | (?P<markup>{_MARKUP}|\u00ad)
  | (?P<space>[ \t\n\f]{{2,}}|[\t\n\f])
    """,
    re.VERBOSE,
)
NOTE = re.compile(
    r"(?:<sup>(?P<tag>[^<]{1,6})</sup>|(?P<superscript>[⁰¹²³⁴-⁹ⁱ]+)|\[\^?(?P<bracket>\d{1,3})\]:?"
    r"|(?P<bare>\d{1,2})[.)]?|(?P<star>\*{1,3}))[ \t\u00a0]*(?=[^\W\d_]|[«“\"])"
)
"""The mark of a note, where the note stands."""
AROUND = " ,\u00a0\u202f"  # what may stand at the sides of words taken from a text
_LAST_WORD = re.compile(r"[\w'’-]+$")
_FIRST_WORD = re.compile(r"[\w'’-]+")
_WORD_LENGTH = 40  # characters looked at for a word beside a hyphen
_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")

KeepsHyphen = Callable[[str, str], bool]
Span = tuple[int, int]


def clean(
    shown: Fragment,
    ranges: Iterable[Span],
    keeps_hyphen: KeepsHyphen,
    note_marks: re.Pattern[str] | None = None,
    separator: str = "",
) -> Fragment:
    """Clean text of `ranges` of what is `shown`, in order, joined by one space or a `separator`.

    Page breaks and hard wraps are rejoined, emphasis and note marks removed, white space
    collapsed; apostrophes and no-break spaces stay as they are, letters are composed (NFC).
    `keeps_hyphen(left, right)` tells for a hyphen at a line's end, from the word before and the
    word after it, whether it belongs to the word. `note_marks` matches bare digits that are
    note marks of this document. What comes out has the offsets of the source of `shown`, and
    is the same when it is cleaned again.
    """
    writer = _Writer(shown.text, keeps_hyphen, separator)
    for start, end in ranges:
        writer.write(start, end)
    fragment = _read_again(writer.fragment(), keeps_hyphen, note_marks)
    return fragment.slice(0, len(fragment)).within(shown)


def note_marks(marks: Iterable[str]) -> re.Pattern[str] | None:
    """What matches the bare digits by which a text refers to notes of these marks; None without."""
    digits = sorted({key(mark) for mark in marks if mark.isdigit()})
    if not digits:
        return None
    return re.compile(
        r"(?:(?<=[^\W\d_]{3})|(?<=[^\W\d_][.,;:»)]))" rf"(?:{'|'.join(digits)})(?=[\s.,;:»)]|$)"
    )


def letters(text: str) -> str:
    """Letters and digits of a text alone."""
    return _NEITHER_LETTER_NOR_DIGIT.sub("", text)


class Passages:
    """What a reader reads between two offsets of a document.

    `artefacts` are the spans of page furniture, `notes` those of notes.
    """

    def __init__(self, text: str, artefacts: Iterable[Span], notes: Iterable[Span]) -> None:
        self.text = text
        self._shown = read(text).shown
        self._artefacts = sorted(map(self._range, artefacts))
        marks = (NOTE.match(self._shown.text, self._range(note)[0]) for note in notes)
        self._note_marks = note_marks(
            next(group for group in mark.groups() if group) for mark in marks if mark
        )

    def letters(self, start: int, end: int) -> str:
        """The letters and digits of a span, without the artefacts inside of it."""
        low, high = self._range((start, end))
        ranges = []
        for first, last in self._artefacts:
            if low <= first < last <= high and (first, last) != (low, high):
                ranges.append((low, first))
                low = last
        ranges = [(first, last) for first, last in [*ranges, (low, high)] if first < last]
        return letters(clean(self._shown, ranges, _keeps, self._note_marks).text)

    def seen(self, start: int, end: int) -> Fragment:
        """What a reader sees between two offsets, without white space at either side."""
        low, high = self._range((start, end))
        return self._shown.slice(low, max(low, high))

    def _range(self, span: Span) -> Span:
        """A span of the source as a range of what is shown of it."""
        start, end = span
        return bisect_left(self._shown.starts, start), bisect_right(self._shown.ends, end)


def _keeps(left: str, right: str) -> bool:
    return True


class _Writer:
    """Writes clean text, range by range of a text, and where each character comes from."""

    def __init__(self, source: str, keeps_hyphen: KeepsHyphen, separator: str) -> None:
        self._source = source
        self._separator = separator
        self._keeps_hyphen = keeps_hyphen
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []

    def fragment(self) -> Fragment:
        """What has been written."""
        return Fragment("".join(self._parts), self._starts, self._ends)

    def write(self, start: int, end: int) -> None:
        """Adds a range of the source, joined to what is written already."""
        if self._parts and self._separator:
            self._separate(start)
        elif self._parts:
            self._join(start)
        position = start
        for piece in _PIECES.finditer(self._source, start, end):
            self._copy(position, piece.start())
            position = piece.end()
            if piece["space"] is not None:
                self._space(piece.start(), piece.end())
            elif piece["escape"] is not None:
                self._copy(piece.start() + 1, piece.end())
            elif piece["wrap"] is not None:
                self._rejoin(piece, start)
        self._copy(position, end)

    def _copy(self, start: int, end: int) -> None:
        if self._parts and self._source[start : start + 1] == " " and self._parts[-1][-1:] == " ":
            start += 1  # the mark between two spaces is gone
        if start < end:
            self._parts.append(self._source[start:end])
            self._starts.extend(range(start, end))
            self._ends.extend(range(start + 1, end + 1))

    def _space(self, start: int, end: int) -> None:
        if self._parts and not self._parts[-1].endswith(" "):
            self._parts.append(" ")
            self._starts.append(start)
            self._ends.append(end)

    def _separate(self, start: int) -> None:
        """The separator stands for all that is between the last range and this one."""
        self._parts.append(self._separator)
        self._starts.extend([self._ends[-1]] * len(self._separator))
        self._ends.extend([start] * len(self._separator))

    def _rejoin(self, wrap: re.Match[str], range_start: int) -> None:
        """A word hyphenated at a line's end: the hyphen stays where it belongs to the word."""
        before = max(range_start, wrap.start() - _WORD_LENGTH)
        left = _last_word(self._source[before : wrap.start()])
        right = _first_word(self._source[wrap.end() : wrap.end() + _WORD_LENGTH])
        if self._source[wrap.start()] != "\u00ad" and self._keeps_hyphen(left, right):
            self._copy(wrap.start(), wrap.start() + 1)

    def _join(self, start: int) -> None:
        """A new range: after a space, or glued to the word that the last range breaks off."""
        written = "".join(self._parts[-4:])[-_WORD_LENGTH:]
        if not (written[-1] in "-‐" and written[-2:-1].isalnum()):
            self._space(start - 1, start)
            return
        right = _first_word(self._source[start : start + _WORD_LENGTH])
        if right and not self._keeps_hyphen(_last_word(written[:-1]), right):
            self._parts[-1] = self._parts[-1][:-1]
            del self._starts[-1], self._ends[-1]


def _last_word(text: str) -> str:
    found = _LAST_WORD.search(text)
    return found[0] if found else ""


def _first_word(text: str) -> str:
    found = _FIRST_WORD.match(text)
    return found[0] if found else ""


def _read_again(
    fragment: Fragment, keeps_hyphen: KeepsHyphen, note_marks: re.Pattern[str] | None
) -> Fragment:
    """The fragment without the marks that show only when others have gone."""
    for _ in range(MOST_PASSES):
        before = fragment
        if note_marks is not None and note_marks.search(fragment.text):
            marks = note_marks.finditer(fragment.text)
            fragment = fragment.edited((mark.start(), mark.end(), "") for mark in marks)
        if _PIECES.search(fragment.text):
            writer = _Writer(fragment.text, keeps_hyphen, "")
            writer.write(0, len(fragment))
            fragment = writer.fragment().within(fragment)
        fragment = fragment.composed()
        if fragment.text == before.text:
            break
    return fragment
