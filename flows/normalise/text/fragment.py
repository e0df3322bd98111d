"""Clean text that knows where each of its characters stands in the source."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from flows.ground.folding import fold_typography, lower, same_length_key, trimmed

# What a reader does not read: emphasis, inline tags, escapes, note marks, invisible characters.
_MARKUP = r"""
    <sup>.{0,12}?</sup>                # note mark
  | \[\^?\d{1,3}\](?!\()               # [1], [^1]
  | </?(?!br\b)[A-Za-z][^<>\n]{0,80}>  # other inline tags
  | \*\*\*?|__                         # bold
  | (?<![\w*])[*_](?=[^\s*_])          # italic, opening
  | (?<=[^\s*_])[*_](?![\w*])          # italic, closing; a star as note mark
  | (?<=[\w.,;:»)”"])[⁰¹²³⁴-⁹ⁱ]+       # superscript note mark
  | [\u00ad\u200b-\u200d\u2060\ufeff]  # soft hyphen, zero width
"""
_PIECES = re.compile(
    rf"""
    (?P<escape>\\[][*_\#().!`~>+-])
  | (?P<wrap>(?<=\w)[-‐\u00ad][ \t]*\n\s*(?=\w))
  | (?P<markup>{_MARKUP})
  | (?P<space>(?:[ \t\n\f\v\r]|<br[ ]?/?>){{2,}}|[\t\n\f\v\r]|<br[ ]?/?>)
    """,
    re.VERBOSE,
)
AROUND = " ,\u00a0\u202f"  # what may stand at the sides of words taken from a text
_LAST_WORD = re.compile(r"[\w'’-]+$")
_FIRST_WORD = re.compile(r"[\w'’-]+")
_WORD_LENGTH = 40  # characters looked at for a word beside a hyphen


@dataclass(frozen=True)
class Fragment:
    """Clean text with, for each character, the source range that it was made from.

    `starts[i]:ends[i]` is the half-open range of code points of the source behind `text[i]`.
    """

    text: str
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.text)

    def span(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """Source range of the clean characters from `start` to `end` (half-open, not empty)."""
        last = len(self.text) if end is None else end
        return self.starts[start], self.ends[last - 1]

    def slice(self, start: int, end: int) -> "Fragment":
        """The clean characters from `start` to `end`, without white space at either side."""
        start, end = trimmed(self.text, start, end)
        return Fragment(self.text[start:end], self.starts[start:end], self.ends[start:end])

    def joined(self, other: "Fragment") -> "Fragment":
        """This text and, behind one space, one that stands further on in the source."""
        return Fragment(
            f"{self.text} {other.text}",
            [*self.starts, self.ends[-1], *other.starts],
            [*self.ends, other.starts[0], *other.ends],
        )

    @cached_property
    def folded(self) -> str:
        """`text` with plain typography, same length: what patterns for names are matched on."""
        return fold_typography(self.text)

    @cached_property
    def plain(self) -> str:
        """`folded` in lower case without accents, same length."""
        return same_length_key(self.folded)

    @cached_property
    def lowered(self) -> str:
        """`folded` in lower case, same length: what wording patterns are matched on."""
        return lower(self.folded)


def clean(
    source: str,
    ranges: Iterable[tuple[int, int]],
    keeps_hyphen: Callable[[str, str], bool],
    note_marks: re.Pattern[str] | None = None,
    separator: str = "",
) -> Fragment:
    """Clean text of `ranges` of the source, in order, joined by one space or by a `separator`.

    Page breaks and hard wraps are rejoined, Markdown and note marks removed, white space
    collapsed; apostrophes and no-break spaces stay as they are, letters are composed (NFC).
    `keeps_hyphen(left, right)` tells for a hyphen at a line's end, from the word before and the
    word after it, whether it belongs to the word. `note_marks` matches bare digits that are
    note marks of this document.
    """
    writer = _Writer(source, keeps_hyphen, separator)
    for start, end in ranges:
        writer.write(start, end)
    fragment = writer.fragment()
    if note_marks is not None:
        fragment = _without(fragment, note_marks)
    if not unicodedata.is_normalized("NFC", fragment.text):
        fragment = _composed(fragment)
    return fragment.slice(0, len(fragment))


class _Writer:
    """Writes clean text, range by range of the source, and where each character comes from."""

    def __init__(
        self, source: str, keeps_hyphen: Callable[[str, str], bool], separator: str
    ) -> None:
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


def _without(fragment: Fragment, pattern: re.Pattern[str]) -> Fragment:
    """The fragment without what matches the pattern."""
    text, starts, ends = fragment.text, list(fragment.starts), list(fragment.ends)
    for found in reversed(list(pattern.finditer(text))):
        text = text[: found.start()] + text[found.end() :]
        del starts[found.start() : found.end()], ends[found.start() : found.end()]
    return Fragment(text, starts, ends)


def _composed(fragment: Fragment) -> Fragment:
    """The same fragment in NFC: each base letter with its marks becomes one cluster."""
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    text = fragment.text
    position = 0
    while position < len(text):
        end = position + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        for character in unicodedata.normalize("NFC", text[position:end]):
            characters.append(character)
            starts.append(fragment.starts[position])
            ends.append(fragment.ends[end - 1])
        position = end
    return Fragment("".join(characters), starts, ends)
