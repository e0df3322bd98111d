"""Clean text that knows where each of its characters stands in the source."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

# What a reader does not read: emphasis, inline tags, escapes, note marks, invisible characters.
_MARKUP = r"""
    <sup>.{0,12}?</sup>                # note mark
  | \[\^?\d{1,3}\](?!\()               # [1], [^1]
  | </?[A-Za-z][^<>\n]{0,80}>          # other inline tags
  | \*\*\*?|__                         # bold
  | (?<![\w*])[*_](?=[^\s*_])          # italic, opening
  | (?<=[^\s*_])[*_](?![\w*])          # italic, closing; a star as note mark
  | (?<=[\w.,;:»)”"])[⁰¹²³⁴-⁹ⁱ]+       # superscript note mark
  | [\u00ad\u200b-\u200d\u2060\ufeff]  # soft hyphen, zero width
"""
_PIECES = re.compile(
    rf"(?P<escape>\\[][*_#().!`~>+-])|(?P<wrap>(?<=\w)[-‐\u00ad][ \t]*\n\s*(?=\w))|(?P<markup>{_MARKUP})|(?P<space>[ \t\n\f\v\r]{{2,}}|[\t\n\f\v\r])",
    re.VERBOSE,
)
_APOSTROPHES = "’‘ʼ´`′"
_SPACES = (
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_DASHES = "‐‑‒"
_FOLD = str.maketrans(
    _APOSTROPHES + _SPACES + _DASHES,
    "'" * len(_APOSTROPHES) + " " * len(_SPACES) + "-" * len(_DASHES),
)
_TYPOGRAPHY = re.compile(f"[{_APOSTROPHES}{_SPACES}{_DASHES}]")
_LIGATURES = {
    "œ": "oe",
    "æ": "ae",
    "ß": "ss",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
}


def fold_typography(text: str) -> str:
    """Straight apostrophes, plain spaces and hyphens; the length stays the same."""
    return text.translate(_FOLD) if _TYPOGRAPHY.search(text) else text


def lower(text: str) -> str:
    """Lower case, character by character, so that the length stays the same."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class _Plain(dict[int, str]):
    """Character → its form without accents, ligatures spelled out; made on first use."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", fold_typography(chr(code)).lower())
        plain = "".join(_LIGATURES.get(c, c) for c in decomposed if not unicodedata.combining(c))
        self[code] = plain
        return plain


class _OneForOne(_Plain):
    """The same, but a character that has no one-letter form stays as it is."""

    def __missing__(self, code: int) -> str:
        plain = super().__missing__(code)
        if len(plain) != 1:
            plain = chr(code).lower() if len(chr(code).lower()) == 1 else chr(code)
            self[code] = plain
        return plain


_TO_PLAIN = _Plain()
_ONE_FOR_ONE = _OneForOne()


@lru_cache(maxsize=65_536)
def key(text: str) -> str:
    """Lower-case ASCII-like form for look-ups: no accents, ligatures spelled out, one space."""
    return " ".join(text.translate(_TO_PLAIN).split())


def same_length_key(text: str) -> str:
    """Lower case without accents, one character for one: offsets stay those of the text."""
    return text.translate(_ONE_FOR_ONE)


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens, for ids."""
    return re.sub(r"[^a-z0-9]+", "-", key(text)).strip("-")


def compact(text: str) -> str:
    """Letters and digits only, case and accents folded: what a text says, whatever its layout."""
    return re.sub(r"[\W_]+", "", key(text))


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
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Fragment(self.text[start:end], self.starts[start:end], self.ends[start:end])

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
) -> Fragment:
    """Clean text of `ranges` of the source, in order, joined by one space.

    Page breaks and hard wraps are rejoined, Markdown and note marks removed, white space
    collapsed; apostrophes and no-break spaces stay as they are, letters are composed (NFC).
    `keeps_hyphen(left, right)` tells for a hyphen at a line's end, from the word before and the
    word after it, whether it belongs to the word. `note_marks` matches bare digits that are
    note marks of this document.
    """
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def copy(start: int, end: int) -> None:
        if parts and source[start : start + 1] == " " and parts[-1].endswith(" "):
            start += 1  # the mark between two spaces is gone
        if start < end:
            parts.append(source[start:end])
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))

    def space(start: int, end: int) -> None:
        if parts and not parts[-1].endswith(" "):
            parts.append(" ")
            starts.append(start)
            ends.append(end)

    for range_start, range_end in ranges:
        if parts:
            written = "".join(parts[-4:])[-40:]
            if written[-1] in "-‐" and written[-2:-1].isalnum():
                right = _first_word(source[range_start : range_start + 40])
                if right and not keeps_hyphen(_last_word(written[:-1]), right):
                    parts[-1] = parts[-1][:-1]
                    del starts[-1], ends[-1]
            else:
                space(range_start - 1, range_start)
        position = range_start
        for piece in _PIECES.finditer(source, range_start, range_end):
            copy(position, piece.start())
            position = piece.end()
            if piece["space"] is not None:
                space(piece.start(), piece.end())
            elif piece["escape"] is not None:
                copy(piece.start() + 1, piece.end())
            elif piece["wrap"] is not None:
                left = _last_word(source[max(range_start, piece.start() - 40) : piece.start()])
                right = _first_word(source[piece.end() : piece.end() + 40])
                if source[piece.start()] != "\u00ad" and keeps_hyphen(left, right):
                    copy(piece.start(), piece.start() + 1)
        copy(position, range_end)
    text = "".join(parts)
    if note_marks is not None:
        for mark in reversed(list(note_marks.finditer(text))):
            text = text[: mark.start()] + text[mark.end() :]
            del starts[mark.start() : mark.end()], ends[mark.start() : mark.end()]
    fragment = Fragment(text, starts, ends)
    if not unicodedata.is_normalized("NFC", fragment.text):
        fragment = _composed(fragment)
    return fragment.slice(0, len(fragment))


def _last_word(text: str) -> str:
    found = re.search(r"[\w'’-]+$", text)
    return found[0] if found else ""


def _first_word(text: str) -> str:
    found = re.match(r"[\w'’-]+", text)
    return found[0] if found else ""


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
