"""Which patterns a text can match at all, by its words: spares most searches.

A pattern such as `(?:demand|réclam)e(?:nt)? (?:que|de)` matches only texts with a word that holds
"demand" or "réclam". What each pattern needs so is read off the pattern itself, once; each word of
a text then tells, by a look-up, which needs it meets. Words are compared without case and accents,
so that the answer holds for every form in which a text is searched.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache, reduce
from operator import or_

from flows.ground.folding import same_length_key

Need = frozenset[str]
"""Runs of letters of which every text that matches holds one."""

_WORD = re.compile(r"[^\W\d_]+")
_QUANTIFIER = re.compile(r"(?P<optional>[?*]|\{0?,\d*\}|\{0\})|\+|\{\d+(?:,\d*)?\}")
_LOOK_AROUND = ("?=", "?!", "?<=", "?<!")
_GROUP_NAME = re.compile(r"\?(?:P<\w+>|[a-z-]*:)")
_LEAST = 3  # letters of a run: shorter ones stand in nearly every text


class Clues:
    """Gives each set of needs a bit: a text can match a pattern if it has all bits of its mask."""

    def __init__(self) -> None:
        self._bits: dict[tuple[Need, bool], int] = {}
        self._inside: dict[str, list[tuple[str, int]]] = {}  # by the first letters
        self._beginnings: dict[str, int] = {}
        self._of_word = lru_cache(maxsize=65_536)(self._look_up)
        self.mask_of = cache(self.mask)

    @property
    def size(self) -> int:
        """How many needs are known: what texts have of them is to be read anew when it grows."""
        return len(self._bits)

    def mask(self, pattern: str, beginnings: Iterable[str] = ()) -> int:
        """The bits that a text needs: for the pattern, and for one word with these beginnings.

        `beginnings` have two to four letters; none given, none is asked for.
        """
        mask = 0
        for need in needs(pattern):
            mask |= self._bit(need, False)
        wanted = frozenset(map(same_length_key, beginnings))
        return mask | self._bit(wanted, True) if wanted else mask

    def of(self, plain: str) -> int:
        """The bits that a text has, from all its words. `plain`: lower case without accents."""
        return reduce(or_, map(self._of_word, set(_WORD.findall(plain))), 0)

    def _bit(self, need: Need, begins: bool) -> int:
        """The bit of a need, a new one the first time; no word looked up may be older than it."""
        if (need, begins) not in self._bits:
            bit = self._bits[need, begins] = 1 << len(self._bits)
            for run in need:
                if begins:
                    self._beginnings[run] = self._beginnings.get(run, 0) | bit
                else:
                    self._inside.setdefault(run[:_LEAST], []).append((run, bit))
            self._of_word.cache_clear()
        return self._bits[need, begins]

    def _look_up(self, word: str) -> int:
        bits = 0
        for length in (2, 3, 4):
            bits |= self._beginnings.get(word[:length], 0)
        for at in range(len(word) - _LEAST + 1):
            for run, bit in self._inside.get(word[at : at + _LEAST], ()):
                if word.startswith(run, at):
                    bits |= bit
        return bits


def needs(pattern: str) -> set[Need]:
    """What every match of a regular expression holds, as far as its letters tell.

    Of each need the text holds one run. The pattern must be valid; flags are not looked at, for
    the runs are without case and accents already.
    """
    branches, _ = _branches(pattern, 0)
    return _of_all(branches)


def _of_all(branches: list[set[Need]]) -> set[Need]:
    """What alternatives need together: one of the best needs of each, or nothing."""
    if len(branches) == 1:
        return branches[0]
    if not all(branches):
        return set()
    return {frozenset[str]().union(*(max(branch, key=_strength) for branch in branches))}


def _strength(need: Need) -> tuple[int, int, list[str]]:
    """Long runs, and few of them, spare more than short ones."""
    return min(map(len, need)), -len(need), sorted(need)


def _branches(pattern: str, at: int) -> tuple[list[set[Need]], int]:
    """Needs of each alternative from `at` to the bracket that closes it, and where that stands."""
    branches: list[set[Need]] = [set()]
    run = ""
    while at < len(pattern) and pattern[at] != ")":
        needed, letter, after = _item(pattern, at)
        quantifier = _QUANTIFIER.match(pattern, after)
        if quantifier and quantifier["optional"]:
            needed, letter = set(), ""
        if letter:
            run += letter
        if not letter or quantifier:
            branches[-1] |= _as_need(run)
            run = ""
        branches[-1] |= needed
        if pattern[at] == "|":
            branches.append(set())
        at = after
        if quantifier:
            at = quantifier.end()
            at += pattern.startswith(("?", "+"), at)  # lazy or possessive
    branches[-1] |= _as_need(run)
    return branches, at


def _as_need(run: str) -> set[Need]:
    return {frozenset((run,))} if len(run) >= _LEAST else set()


def _item(pattern: str, at: int) -> tuple[set[Need], str, int]:
    """What one item of a pattern needs, its letter if it is one, and where it ends."""
    character = pattern[at]
    if character == "\\":
        return set(), "", at + 2
    if character == "[":
        return set(), "", _end_of_class(pattern, at)
    if character == "(":
        name = _GROUP_NAME.match(pattern, at + 1)
        branches, end = _branches(pattern, name.end() if name else at + 1)
        looks = pattern.startswith(_LOOK_AROUND, at + 1)
        return set() if looks else _of_all(branches), "", end + 1
    return set(), same_length_key(character) if character.isalpha() else "", at + 1


def _end_of_class(pattern: str, at: int) -> int:
    """Behind the class of characters that starts at `at`."""
    at += 2 if pattern.startswith("[^", at) else 1
    at += pattern.startswith("]", at)
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at + 1
