"""Names of a reference table found in running text: longest match, by words.

Words are compared without accents and case; what stands between them may be a space, a hyphen,
an apostrophe, a comma or a bracket. Acronyms and other short or mixed-case forms count only as
written, names of countries only with a capital.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from flows.ground.folding import key

_WORD = re.compile(r"\w+")
_GAP = re.compile(r"[\s'’().,/&-]{0,3}")


@dataclass(frozen=True, slots=True)
class Match:
    """`target` is the id that the name stands for; offsets are into the text searched."""

    start: int
    end: int
    target: str
    form: str


@dataclass(frozen=True, slots=True)
class _Name:
    """A form as the table writes it; `exact`: it counts only as written."""

    target: str
    form: str
    exact: bool


class Gazetteer:
    """Forms → ids. `capital`: the first word must start with a capital letter."""

    def __init__(self, forms: Iterable[tuple[str, str]], capital: bool = False) -> None:
        self._capital = capital
        self._names: dict[tuple[str, ...], list[_Name]] = {}  # by their words
        lengths: dict[str, set[int]] = {}
        for form, target in forms:
            words = _keys(form)
            if not words:
                continue
            exact = form.isupper() or (len(words) == 1 and not form[1:].islower())
            self._names.setdefault(words, []).append(_Name(target, form, exact))
            lengths.setdefault(words[0], set()).add(len(words))
        for names in self._names.values():
            names.sort(key=lambda name: (not name.exact, name.form))
        # First word → numbers of words of the names that start with it, longest first.
        self._lengths = {word: sorted(found, reverse=True) for word, found in lengths.items()}
        # Sentences are looked up by several rules in a row.
        self._found = lru_cache(maxsize=4096)(self._find)

    def find(self, text: str) -> list[Match]:
        """Matches in order, none inside another. `text` has plain typography."""
        return self._found(text, False)

    def find_nested(self, text: str) -> list[Match]:
        """As `find`, and names inside longer names as well."""
        return self._found(text, True)

    def _find(self, text: str, nested: bool) -> list[Match]:
        keys = _keys(text)
        if self._lengths.keys().isdisjoint(keys):
            return []
        starts = [i for i, word in enumerate(keys) if word in self._lengths]
        words = _spans(text)
        found: list[Match] = []
        blocked = 0
        for i in starts:
            start = words[i][0]
            if (start < blocked and not nested) or (self._capital and not text[start].isupper()):
                continue
            match = self._longest(text, words, keys, i)
            if match:
                found.append(match)
                blocked = match.end
        return found

    def _longest(
        self, text: str, words: list[tuple[int, int]], keys: tuple[str, ...], first: int
    ) -> Match | None:
        """The longest name that starts at the word with index `first`."""
        for count in self._lengths[keys[first]]:
            inside = words[first : first + count]
            names = self._names.get(keys[first : first + count])
            if names is None or len(inside) < count or not _stand_together(text, inside):
                continue
            start, end = inside[0][0], inside[-1][1]
            for name in names:
                if not name.exact or text[start:end] == name.form:
                    closes = name.form.endswith(")") and text.startswith(")", end)
                    return Match(start, end + closes, name.target, name.form)
        return None


def _stand_together(text: str, words: list[tuple[int, int]]) -> bool:
    """Whether only what may stand inside a name stands between words."""
    return all(_GAP.fullmatch(text, end, start) for (_, end), (start, _) in pairwise(words))


@lru_cache(maxsize=4096)
def _keys(text: str) -> tuple[str, ...]:
    """The keys of the words of a text, in order."""
    return tuple(map(key, _WORD.findall(text)))


@lru_cache(maxsize=4096)
def _spans(text: str) -> list[tuple[int, int]]:
    """The ranges of the words of a text, in order."""
    return [match.span() for match in _WORD.finditer(text)]
