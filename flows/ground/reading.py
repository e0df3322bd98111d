"""Source text → what a reader sees of it, line by line, and where each character stands.

Characters that nobody sees go (direction marks, zero widths, controls), those that are one thing
in another dress are undressed (ligatures, full-width letters, bullets of symbol fonts), whatever
ends a line is a line feed, references to characters are the characters. Of markup goes what is
not shown (comments, front matter, deleted and hidden text, targets of links, tags); emphasis,
headings, tables and marks of notes stay, since the structure of a document is read off them:
`flows.ground.cleaning` takes them out of what has been found to belong together.

Reading what was read changes nothing.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

from flows.ground.fragment import Edit, Fragment


class Dropped(NamedTuple):
    """Text that is in the source and is not shown; `start` and `end` are source offsets."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """`shown` is what a reader sees, `dropped` what was left out that has words of its own."""

    shown: Fragment
    dropped: list[Dropped]


MOST_PASSES = 24
"""Marks of one another's making that are looked for; no text has that many layers."""


def read(source: str) -> Reading:
    """What a reader sees of a source text; `shown` has lines that end in line feeds, in NFC."""
    shown = Fragment.of(source)
    dropped: list[Dropped] = []
    for _ in range(MOST_PASSES):
        edits: list[Edit] = []
        for start, end, put, kind in _Pass(shown.text).changes():
            edits.append((start, end, put))
            if kind:
                dropped.append(Dropped(kind, *shown.span(start, end)))
        # What was hidden in other dress, or behind what has gone, is seen in the next pass.
        if edits:
            shown = shown.edited(edits)
            continue
        composed = shown.composed()
        if composed is shown:
            break
        shown = composed
    return Reading(shown, sorted(dropped, key=lambda one: (one.start, one.end)))


# ---------------------------------------------------------------- characters

_LINE_ENDS = "\r\v\x1c\x1d\x1e\x85\u2028\u2029"
_UNSEEN = (
    "\x00-\x08\x0e-\x1b\x1f\x7f"  # controls
    "\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\ufe00-\ufe0f\ufff9-\ufffb\U000e0000-\U000e007f\U000e0100-\U000e01ef"
)
_DRESSED = "\ufb00-\ufb06\uff01-\uff5e\uffe0-\uffe6\U0001d400-\U0001d7ff"
_SPACES = "\u1680\u2000-\u200a\u205f\u3000"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_LATIN_1_CONTROLS = "\x80-\x84\x86-\x9f"
_SIGNS = (
    "\u203a\u204c\u204d\u2190-\u21ff\u2219\u22c5\u25a0-\u26ff\u2700-\u2775\u2794-\u27bf"
    "\u27f0-\u27ff\u2900-\u297f\u29bf\u2b00-\u2bff\U0001f300-\U0001faff\ufffd"
)
"""What begins items of lists, where it stands before words at the start of a line."""
_KNOWN_SIGNS = frozenset("◦▪▫●○■□➢➤►✓")
"""Those that the structure of a document tells apart."""
BULLET = "•"
_SOFT_HYPHEN = r"\u00ad(?![ \t]*(?:\n|$))"  # at a line's end it may part a word
_LETTER_SIGNS = re.compile(r"^[ \t]*(?P<mark>[oØüvqnl])[ \t]+(?=(?P<next>\S))", re.MULTILINE)
"""Letters in the place of the bullets of a symbol font; `o` is one of typewriters as well."""
_FEWEST_LETTER_SIGNS = 2
_ENDS_ABOVE = re.compile(r"(?:\A|[.;:!?…»”)]|\n[ \t]*)[ \t]*\n?\Z")

# ---------------------------------------------------------------- markup

_BLOCK_TAGS = (
    "address|article|aside|blockquote|body|caption|center|dd|details|div|dl|dt|fieldset|figcaption"
    "|figure|footer|h[1-6]|header|hr|html|main|nav|ol|p|section|summary|table|tbody|tfoot|thead|tr"
    "|ul|li|td|th"
)
_INLINE_TAGS = (
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|o:p|q"
    "|ruby|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr"
)
_ATTRIBUTES = r"""
    (?:\s+(?:[\w:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=]+)|hidden|open|nowrap))*\s*/?
"""
_LONGEST_ELEMENT = 5_000  # characters of deleted or hidden text

_FRONT_MATTER = re.compile(
    r"""
    \s*(?P<fence>---|\+\+\+)[ \t]*\n
    (?:[a-z][\w-]*[ \t]*[:=].*\n|[ \t]+\S.*\n|-[ ].*\n|\#.*\n)+
    (?P=fence)[ \t]*(?=\n|\Z)
    """,
    re.VERBOSE,
)
# Where one of the pieces below may start.
_TRIGGER = re.compile(
    rf"[<&!\[~`\\\u00ad{_LINE_ENDS}{_UNSEEN}{_DRESSED}{_SPACES}{_PRIVATE}{_LATIN_1_CONTROLS}{_SIGNS}]|[-=]>"
)
_PIECES = re.compile(
    rf"""
    (?P<comment><!--)
  | (?P<unshown><(?P<unshown_tag>script|style|template|noscript|title)\b[^<>]*>)
  | (?P<hidden><(?P<hidden_tag>span|div|p|section|aside|li)\b
        (?=[^<>]*(?:\shidden\b|display\s*:\s*none|visibility\s*:\s*hidden))[^<>]*>)
  | (?P<deleted><(?P<deleted_tag>del|s|strike)\b{_ATTRIBUTES}>)
  | (?P<struck>(?<!~)~~(?=[^\s~])(?:[^~\n]|\n(?![ \t]*\n)){{1,1000}}?(?<=[^\s~])~~(?!~))
  | (?P<fence>(?:```+[ \t]*[\w+.-]*|~~~+[ \t]*\w[\w+.-]*)[ \t]*(?=\n|\Z))
  | (?P<image>!\[[^\[\]\n]{{0,300}}\]\([^()\s]*(?:[ \t]+"[^"\n]*")?\))
  | (?P<target>\[[^\]\[^\n][^\]\[\n]{{0,100}}\]:[ \t]*
        (?:<[^<>\n]*>|[^\s<>]*[:/.\#][^\s<>]*)(?:[ \t]+["'(].*)?[ \t]*(?=\n|\Z))
  | (?P<link>\[(?P<words>(?:\\.|[^\[\]\n\\]|\n(?![ \t]*\n)){{0,500}})
        \]\([ \t]*(?:<[^<>\n]*>|(?=[^()\s]*[:/.\#@?=])[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)
        (?:\s+(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*\))
  | (?P<task>\[[ xX✓✔]\][ \t]+(?=\S))
  | (?P<raised><sup\b{_ATTRIBUTES}>
        (?P<mark>(?:</?a\b[^<>\n]*>|\[[^\]\n]*\]\([^)\n]*\)|[^\n<]){{0,12}}?)</sup\s*>)
  | (?P<item><li\b{_ATTRIBUTES}>)
  | (?P<cell></(?:td|th)\s*>)
  | (?P<break><br\b{_ATTRIBUTES}>)
  | (?P<block></?(?:{_BLOCK_TAGS})\b{_ATTRIBUTES}>)
  | (?P<inline></?(?:{_INLINE_TAGS})\b{_ATTRIBUTES}>)
  | (?P<hard_break>(?<!\\)\\(?=\n))
  | (?P<entity>&(?:amp;)*(?:\#\d{{1,7}}|\#x[0-9a-f]{{1,6}}|[a-z][a-z0-9]{{1,31}});)
  | (?P<line_end>[{_LINE_ENDS}])
  | (?P<dressed>[{_DRESSED}])
  | (?P<wide>[{_SPACES}])
  | (?P<sign>[{_SIGNS}{_PRIVATE}][\ufe0e\ufe0f]?(?=[ \t\u00a0]*\S)|[-=]>(?=[ \t]))
  | (?P<unseen>[{_UNSEEN}{_PRIVATE}]|{_SOFT_HYPHEN})
  | (?P<misread>[{_LATIN_1_CONTROLS}])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_AMPERSANDS = re.compile(r"&(?:amp;)+(?=[\w#]+;)", re.IGNORECASE)
_LINK_IN_MARK = re.compile(r"</?a\b[^<>]*>|\[([^\]]*)\]\([^)]*\)", re.IGNORECASE)
_ORDINAL_ENDING = re.compile(r"(?![ivx]+$)[^\W\d_]{1,4}$")
_NUMBER_OF_NOTE = re.compile(r"\^?\d{1,3}$")
_LIST_MARK_BEFORE = re.compile(r"(?:^|\n)[ \t>]*(?:[-*+•][ \t]+)?\Z")

Change = tuple[int, int, str, str]
"""From where to where, what is put there, and of which kind the words are that go ("": none)."""


class _Pass:
    """One pass over a text: what changes in it, in its order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._unclosed: set[str] = set()

    def changes(self) -> Iterator[Change]:
        """The changes, none in another."""
        text, position = self._text, 0
        matter = _FRONT_MATTER.match(text)
        if matter:
            position = matter.end()
            yield matter.start("fence"), position, "", "front_matter"
        signs = iter([*_letter_signs(text), len(text)])
        sign = next(signs)
        for trigger in _TRIGGER.finditer(text, position):
            while sign < trigger.start():
                if sign >= position:
                    yield sign, sign + 1, BULLET, ""
                sign = next(signs)
            piece = _PIECES.match(text, trigger.start()) if trigger.start() >= position else None
            if piece:
                for change in self._of(piece):
                    position = max(position, change[1])
                    yield change
                if piece["raised"]:
                    position = piece.end()
        while sign < len(text):
            if sign >= position:
                yield sign, sign + 1, BULLET, ""
            sign = next(signs)

    def _of(self, piece: re.Match[str]) -> Iterator[Change]:
        """What changes where a piece was found."""
        start, end = piece.span()
        kind = next(name for name in _KINDS if piece[name] is not None)
        put: str | None = ""
        dropped = ""
        if kind in ("comment", "unshown", "hidden", "deleted"):
            closed = self._end_of(piece, kind)
            if closed is None:
                # An element that is never closed, or too late, is shown; its tag is not.
                if kind == "comment":
                    return
                put, dropped = "", ""
            else:
                end, dropped = closed, kind
        elif kind == "struck":
            dropped = "deleted"
        elif kind in ("fence", "target"):
            put = "" if self._starts_line(start) else None
        elif kind == "task":
            put = "" if _LIST_MARK_BEFORE.search(self._text, max(0, start - 40), start) else None
        elif kind == "link":
            yield from _link(piece)
            return
        elif kind == "raised":
            put = _raised(piece, self._text[start - 1 : start])
        elif kind == "break":
            row = self._text[self._text.rfind("\n", 0, start) + 1 : start].lstrip()
            put = " " if row.startswith("|") else "\n"
        elif kind in ("line_end", "block", "item", "cell"):
            put = {"item": "\n- ", "cell": "\t"}.get(kind, "\n")
        elif kind == "entity":
            # Written again and again, "&" is "&amp;amp;": of a chain the last counts.
            put = unescape(_AMPERSANDS.sub("&", piece[0]))
        elif kind == "dressed":
            put = unicodedata.normalize("NFKC", piece[0])
        elif kind == "wide":
            put = "\u00a0" if piece[0] == "\u2007" else " "
        elif kind == "sign":
            put = self._sign(piece)
        elif kind == "misread":
            put = piece[0].encode("latin-1").decode("cp1252", errors="ignore")
        if put is not None and put != self._text[start:end]:
            yield start, end, put, dropped

    def _starts_line(self, offset: int) -> bool:
        """Whether nothing but white space stands before it on its line."""
        return not self._text[self._text.rfind("\n", 0, offset) + 1 : offset].strip(" \t>")

    def _end_of(self, piece: re.Match[str], kind: str) -> int | None:
        """Where an element ends that a reader does not see; None where it does not."""
        if kind == "comment":
            closing = re.compile("-->")
        else:
            closing = re.compile(rf"</{piece[f'{kind}_tag']}\s*>", re.IGNORECASE)
        if closing.pattern in self._unclosed:
            return None
        longest = kind in ("hidden", "deleted")
        limit = piece.end() + _LONGEST_ELEMENT if longest else len(self._text)
        found = closing.search(self._text, piece.end(), limit)
        if not found:
            if not longest:
                self._unclosed.add(closing.pattern)
            return None
        return found.end()

    def _sign(self, piece: re.Match[str]) -> str | None:
        """A bullet for a sign at the start of a line; nothing for one that no font is known for."""
        character, following = piece[0][0], self._text[piece.end() : piece.end() + 1]
        is_private = unicodedata.category(character) == "Co"
        starts = self._starts_line(piece.start())
        if starts and character not in _KNOWN_SIGNS:
            if following.isspace():
                return BULLET
            if following.isalnum() and character != "\ufffd":
                return f"{BULLET} "
        return "" if is_private else None


_KINDS = [
    *("comment", "unshown", "hidden", "deleted", "struck", "fence", "image", "target", "link"),
    *("task", "raised", "item", "cell", "break", "block", "inline", "hard_break", "entity"),
    *("line_end", "dressed", "wide", "sign", "unseen", "misread"),
]


def _link(piece: re.Match[str]) -> Iterator[Change]:
    """The words of a link without its target; a number is the mark of a note, and stays one."""
    start, end = piece.span("words")
    if _NUMBER_OF_NOTE.match(piece["words"]):
        start, end = start - 1, end + 1
    else:
        yield piece.start(), start, "", ""
    yield end, piece.end(), "", ""


def _raised(piece: re.Match[str], before: str) -> str:
    """A mark of a note in one form; of an ordinal number, whose ending is raised, the letters."""
    mark = _LINK_IN_MARK.sub(r"\1", piece["mark"])
    if before.isdigit() and _ORDINAL_ENDING.match(mark):
        return mark
    return f"<sup>{mark}</sup>"


def _letter_signs(text: str) -> list[int]:
    """Where letters stand for bullets: before words, twice at least, where something ended."""
    found: dict[str, list[int]] = {}
    for line in _LETTER_SIGNS.finditer(text):
        start = line.start("mark")
        above = text[max(0, line.start() - 3) : line.start()]
        is_new = not line["next"].islower() or (line["mark"] == "o" and above.rstrip()[-1:] in ":;")
        if is_new and _ENDS_ABOVE.search(above):
            found.setdefault(line["mark"], []).append(start)
    return sorted(
        start
        for starts in found.values()
        if len(starts) >= _FEWEST_LETTER_SIGNS
        for start in starts
    )
