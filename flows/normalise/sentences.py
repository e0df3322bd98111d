"""Passages → sentences.

A sentence ends at `.`, `!`, `?` or `…`, with what closes after it, before a capital, a digit or an
opening mark. Abbreviations, initials and ordinals do not end one. A list item without a full stop
inside is one sentence; headings and header lines are one each.
"""

import re

from flows.normalise.pack import Pack
from flows.normalise.text import Fragment

_END = re.compile(
    r"[.!?…]+(?:[ \u00a0\u202f]?[»”]|[\"')\]])*(?=[ \u00a0\u202f]+(?:[«“\"'(\[–—-][ \u00a0\u202f]?)*[A-ZÀ-ÖØ-Þ0-9ŒŠŽÇ¿¡])"
)
_WORD_BEFORE = re.compile(r"(?:^|[\s(«“\u00a0\u202f'’-])([^\s(«“\u00a0\u202f'’]+)$")


def sentence_ranges(fragment: Fragment, pack: Pack) -> list[tuple[int, int]]:
    """Ranges of the sentences of a clean text, without the white space between them."""
    text = fragment.text
    ranges: list[tuple[int, int]] = []
    start = 0
    for end in _END.finditer(text):
        if (
            text[end.start()] == "."
            and end.end() == end.start() + 1
            and _abbreviates(text, end.start(), pack)
        ):
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
    last = re.split(r"[-.]", word)[-1]
    if len(last) == 1 and last.isupper():
        return True
    if word.lower() in pack.before_numbers and re.match(r"\.\s*\d", text[stop:]):
        return True
    if word.lower() in pack.abbreviations:
        return True
    # "1. Titre": a number mark at the start.
    return word.isdigit() and found.start(1) == 0


def _inside_quotes(text: str, start: int, end: int) -> bool:
    """Whether a quotation is open at `end` behind which the sentence goes on."""
    part = text[start:end]
    if part.count("«") + part.count("“") <= part.count("»") + part.count("”"):
        return False
    closing = re.compile(r"[»”]").search(text, end, end + 400)
    return bool(closing and re.match(r"[ \u00a0\u202f]*(?:[,;]|[a-zà-ÿ])", text[closing.end() :]))


def _inside_brackets(text: str, start: int, end: int) -> bool:
    part = text[start:end]
    return part.count("(") > part.count(")") and ")" in text[end : end + 200]
