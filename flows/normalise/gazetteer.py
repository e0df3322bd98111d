"""Names of a reference table found in running text: longest match, by words.

Words are compared without accents and case; what stands between them may be a space, a hyphen,
an apostrophe, a comma or a bracket. Acronyms and other short or mixed-case forms count only as
written, names of countries only with a capital.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from flows.normalise.text import key

_WORD = re.compile(r"\w+")
_GAP = re.compile(r"[\s'’().,/&-]{0,3}$")


@dataclass(frozen=True)
class Match:
    """`target` is the id that the name stands for; offsets are into the text searched."""

    start: int
    end: int
    target: str
    form: str


class Gazetteer:
    """Forms → ids. `capital`: the first word must start with a capital letter."""

    def __init__(self, forms: Iterable[tuple[str, str]], capital: bool = False) -> None:
        self._capital = capital
        # First word → lengths of the forms that start with it, longest first; words → form.
        self._lengths: dict[str, list[int]] = {}
        self._forms: dict[tuple[str, ...], list[tuple[str, str, bool]]] = {}
        for form, target in forms:
            words = tuple(key(w) for w in _WORD.findall(form))
            if not words:
                continue
            exact = form.isupper() or (len(words) == 1 and not form[1:].islower())
            self._forms.setdefault(words, []).append((target, form, exact))
            lengths = self._lengths.setdefault(words[0], [])
            if len(words) not in lengths:
                lengths.append(len(words))
                lengths.sort(reverse=True)
        for entries in self._forms.values():
            entries.sort(key=lambda entry: (not entry[2], entry[1]))

    def find(self, text: str) -> list[Match]:
        """Matches in order, none inside another. `text` has plain typography."""
        return self._find(text, nested=False)

    def find_nested(self, text: str) -> list[Match]:
        """As `find`, and names inside longer names as well."""
        return self._find(text, nested=True)

    @lru_cache(maxsize=4096)  # noqa: B019 - sentences are looked up by several rules in a row
    def _find(self, text: str, nested: bool) -> list[Match]:
        words, keys = _words(text)
        found: list[Match] = []
        blocked = 0
        for i, first in enumerate(keys):
            lengths = self._lengths.get(first)
            if lengths is None or (words[i][0] < blocked and not nested):
                continue
            if self._capital and not text[words[i][0]].isupper():
                continue
            match = self._longest(text, words, keys, i, lengths)
            if match:
                found.append(match)
                blocked = match.end
        return found

    def _longest(
        self,
        text: str,
        words: list[tuple[int, int]],
        keys: tuple[str, ...],
        i: int,
        lengths: list[int],
    ) -> Match | None:
        """The longest form that starts at word `i`."""
        for n in lengths:
            if n > len(words) - i:
                continue
            start, end = words[i][0], words[i + n - 1][1]
            for target, form, exact in self._forms.get(keys[i : i + n], ()):
                if exact and text[start:end] != form:
                    continue
                if all(
                    _GAP.match(text[words[j][1] : words[j + 1][0]]) for j in range(i, i + n - 1)
                ):
                    return Match(start, end, target, form)
        return None


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[list[tuple[int, int]], tuple[str, ...]]:
    """Ranges of the words of a text, and their keys."""
    words = [match.span() for match in _WORD.finditer(text)]
    return words, tuple(key(text[start:end]) for start, end in words)
