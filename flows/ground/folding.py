"""Forms of a text for comparing: typography, case and accents folded. Their docstrings say which
keep the length, so that offsets stay those of the text."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

_APOSTROPHES = "’‘ʼ´`′"
_SPACES = (
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_DASHES = "‐‑‒−﹣－"
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


def _plain(character: str) -> str:
    """A character in lower case without accents, a ligature spelled out."""
    decomposed = unicodedata.normalize("NFKD", fold_typography(character).lower())
    return "".join(_LIGATURES.get(c, c) for c in decomposed if not unicodedata.combining(c))


def _plain_one_for_one(character: str) -> str:
    """The same, but a character that has no one-letter form stays as it is."""
    return next(
        form for form in (_plain(character), character.lower(), character) if len(form) == 1
    )


class _Translation(dict[int, str]):
    """Code point → its form, for `str.translate`; each is made on first use."""

    def __init__(self, form: Callable[[str], str]) -> None:
        self._form = form

    def __missing__(self, code: int) -> str:
        self[code] = self._form(chr(code))
        return self[code]


_TO_PLAIN = _Translation(_plain)
_ONE_FOR_ONE = _Translation(_plain_one_for_one)


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


def composed(text: str) -> list[tuple[int, int, str]]:
    """Where a text is not in NFC, and what stands there in NFC: (start, end, characters)."""
    if unicodedata.is_normalized("NFC", text):
        return []
    clusters = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and _goes_on(text, start, end):
            end += 1
        cluster = unicodedata.normalize("NFC", text[start:end])
        if cluster != text[start:end]:
            clusters.append((start, end, cluster))
        start = end
    return clusters


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether the character at `end` may be composed with those from `start` on."""
    character = text[end]
    if character.isascii():
        return False
    if unicodedata.combining(character):
        return True
    before = unicodedata.normalize("NFC", text[start:end])
    alone = unicodedata.normalize("NFC", character)
    return unicodedata.normalize("NFC", before + alone) != before + alone


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range of a text without the white space at either side."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def is_upper(text: str) -> bool:
    """Whether a text is written in capitals: nearly all of its letters, five at least."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 5 and sum(c.isupper() for c in letters) / len(letters) > 0.85
