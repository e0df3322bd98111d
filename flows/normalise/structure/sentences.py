"""Passages → sentences.

A sentence ends at `.`, `!`, `?` or `…`, with what closes after it, before a capital, a digit or an
opening mark. Abbreviations, initials and ordinals do not end one. A list item without a full stop
inside is one sentence; headings and header lines are one each.
"""

import re

from flows.ground.fragment import Fragment
from flows.normalise.language.pack import Pack

# How far ahead what closes a quotation or a bracket is looked for, in characters.
_LONGEST_QUOTE, _LONGEST_BRACKET = 400, 200
_SPACE = r"[ \u00a0\u202f]"
_CLOSING = rf"(?:{_SPACE}?[»”]|[\"')\]])*"
_NEXT = rf"(?={_SPACE}+(?:[«“\"'(\[–—-]{_SPACE}?)*[A-ZÀ-ÖØ-Þ0-9ŒŠŽÇ¿¡])"
# No space behind the stop: a word of small letters before it, a word with a capital behind it.
_WORD_ON_WORD = r"(?<=[a-zß-öø-ÿœ]{3})[.!?](?=[A-ZÀ-ÖØ-ÞŒ][a-zß-öø-ÿœ'’]+[ ,;:\u00a0\u202f])"
_END = re.compile(rf"[.!?…]+{_CLOSING}{_NEXT}|{_WORD_ON_WORD}")
_ADDRESS = re.compile(r"[@/]|www\.|\.[a-z]+\.")
_CLOSING_QUOTE, _STRAIGHT_QUOTE = re.compile(r"[»”]"), re.compile('"')
_GOES_ON = re.compile(rf"{_SPACE}*(?:[,;]|[a-zà-ÿ])")
_NUMBER_BEHIND = re.compile(r"\.\s*\d")
_PLURAL = re.compile(r"([A-Z])\1(?![^\W_])")  # a letter doubled, as in "RR. HH."
_PARTS_OF_WORD = re.compile(r"[-.]")
_WORD_BEFORE = re.compile(r"(?:^|[\s(«“\u00a0\u202f'’-])([^\s(«“\u00a0\u202f'’]+)$")


def sentence_ranges(fragment: Fragment, pack: Pack) -> list[tuple[int, int]]:
    """Ranges of the sentences of a clean text (offsets into it), without white space between."""
    text = fragment.text
    ranges: list[tuple[int, int]] = []
    start = 0
    for end in _END.finditer(text):
        if end[0] == "." and _abbreviates(text, end.start(), pack):
            continue
        if text[end.end() : end.end() + 1].isupper() and _is_address(text, end.start()):
            continue
        if _inside_brackets(text, start, end.end()) or _inside_quotes(text, start, end.end()):
            continue
        ranges.append((start, end.end()))
        start = end.end()
        while start < len(text) and text[start].isspace():
            start += 1
    if start < len(text):
        ranges.append((start, len(text)))
    return ranges


def _abbreviates(text: str, stop: int, pack: Pack) -> bool:
    """Whether the full stop at `stop` belongs to an abbreviation, an initial or a number mark."""
    found = _WORD_BEFORE.search(text, max(0, stop - 24), stop)
    if not found:
        return False
    word = found[1]
    last = _PARTS_OF_WORD.split(word)[-1]
    if len(last) == 1 and last.isupper():
        return True
    if word.lower() in pack.before_numbers and _NUMBER_BEHIND.match(text, stop):
        return True
    if word.lower() in pack.abbreviations:
        return True
    if _PLURAL.match(last) and _PLURAL.match(text[stop + 1 :].lstrip()):
        return True
    # "1. Titre": a number mark at the start.
    return word.isdigit() and found.start(1) == 0


def _is_address(text: str, stop: int) -> bool:
    """Whether the stop at `stop` is inside an address of a page or a mailbox."""
    start = text.rfind(" ", 0, stop) + 1
    end = text.find(" ", stop)
    return _ADDRESS.search(text[start : end if end >= 0 else len(text)]) is not None


def _inside_quotes(text: str, start: int, end: int) -> bool:
    """Whether a quotation is open at `end` behind which the sentence goes on."""
    part = text[start:end]
    closing = None
    if part.count("«") + part.count("“") > part.count("»") + part.count("”"):
        closing = _CLOSING_QUOTE.search(text, end, end + _LONGEST_QUOTE)
    elif part.count('"') % 2:
        closing = _STRAIGHT_QUOTE.search(text, end, end + _LONGEST_QUOTE)
    return closing is not None and _GOES_ON.match(text, closing.end()) is not None


def _inside_brackets(text: str, start: int, end: int) -> bool:
    """Whether a bracket is open at `end` that closes soon after."""
    part = text[start:end]
    return part.count("(") > part.count(")") and ")" in text[end : end + _LONGEST_BRACKET]
