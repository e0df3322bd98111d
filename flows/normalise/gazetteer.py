"""Names of a reference table found in running text: longest match, by words.

Words are compared without accents and case; what stands between them may be a space, a hyphen,
an apostrophe, a comma or a bracket. Acronyms and other short or mixed-case forms count only as
written, names of countries only with a capital.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

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
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, str, bool]]] = {}
        for form, target in forms:
            words = tuple(key(w) for w in _WORD.findall(form))
            if not words:
                continue
            exact = len(words) == 1 and (form.isupper() or not form[1:].islower()) or form.isupper()
            self._by_first.setdefault(words[0], []).append((words, target, form, exact))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: (-len(entry[0]), not entry[3], entry[2]))

    def find(self, text: str) -> list[Match]:
        """Matches in order, none inside another. `text` has plain typography."""
        return [m for m in self.find_all(text)]

    def find_all(self, text: str, nested: bool = False) -> list[Match]:
        """As `find`; with `nested`, names inside longer names as well."""
        words = [(m.start(), m.end(), m[0]) for m in _WORD.finditer(text)]
        keys = [_key(word) for _, _, word in words]
        found: list[Match] = []
        blocked = 0
        for i, first in enumerate(keys):
            if words[i][0] < blocked and not nested:
                continue
            for entry, target, form, exact in self._by_first.get(first, ()):
                n = len(entry)
                if n > len(keys) - i or tuple(keys[i : i + n]) != entry:
                    continue
                start, end = words[i][0], words[i + n - 1][1]
                if exact and text[start:end] != form:
                    continue
                if self._capital and not text[start].isupper():
                    continue
                if n > 1 and not all(
                    _GAP.match(text[words[j][1] : words[j + 1][0]]) for j in range(i, i + n - 1)
                ):
                    continue
                found.append(Match(start, end, target, form))
                blocked = end
                break
        return found


_KEYS: dict[str, str] = {}


def _key(word: str) -> str:
    cached = _KEYS.get(word)
    if cached is None:
        cached = key(word)
        if len(_KEYS) < 50_000:
            _KEYS[word] = cached
    return cached
