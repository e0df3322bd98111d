"""Which patterns a text can match at all, by its words: spares most searches.

A pattern such as `\\b(?:demand|réclam)e(?:nt)? (?:que|de)` matches only texts in which some word
begins with "demand" or "réclam". What each pattern needs so is read off the pattern itself, once;
each word of a text then tells, by a look-up, which needs it meets. Words are compared without case
and accents. What cannot be read off is not needed: no text that matches is ever kept out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache, reduce
from operator import or_

from flows.ground.folding import same_length_key


@dataclass(frozen=True, order=True)
class Run:
    """Letters that stand in one word, at its beginning or its end where that is known."""

    letters: str
    begins: bool = False
    ends: bool = False

    def is_in(self, word: str) -> bool:
        """Whether a word, in lower case without accents, has these letters there."""
        if self.begins:
            return word == self.letters if self.ends else word.startswith(self.letters)
        return word.endswith(self.letters) if self.ends else self.letters in word

    @property
    def strength(self) -> int:
        """How few texts have it: long runs in a known place spare more than short ones."""
        return len(self.letters) + 2 * (self.begins and self.ends) + self.begins


Need = frozenset[Run]
"""Runs of which every text that matches holds one."""

_WORD = re.compile(r"[^\W\d_]+")
_NOT_UNDERSTOOD = re.compile(r"\\[0-9xuUN]|\(\?(?:\(|#|>|P[=>]|[a-z-]*x)")
_TOKEN = re.compile(
    r"""
    (?: (?P<letters> [^\W\d_]+ (?=[^\W\d_][?*+{]) | [^\W\d_]+ (?![?*+{]) | [^\W\d_] )
      | (?P<open> \(
          (?: \? (?: P<\w+> | [aiLmsu-]*: | (?P<look><?[=!]) | (?P<flags>[aiLmsu]+\)) ) )? )
      | (?P<close> \) )
      | (?P<bar> \| )
      | (?P<edge> \\[bAZ] | [$^] )
      | (?P<one> \\. | \[ \^? \]? (?:\\.|[^\]\\])* \] | . )
    )
    (?: (?P<optional> [?*] | \{0?(?:,\d*)?\} ) | (?P<times> \+ | \{\d+(?:,\d*)?\} ) )? [?+]?
    """,
    re.VERBOSE | re.DOTALL,
)
_LEAST = 3  # letters of a run that stands anywhere in a word: shorter ones are in nearly every text
_LEAST_IN_PLACE = 2


class Clues:
    """Gives each set of needs a bit: a text can match a pattern if it has all bits of its mask."""

    def __init__(self) -> None:
        self._bits: dict[Need, int] = {}
        self._inside: dict[str, list[tuple[Run, int]]] = {}  # by the first letters
        self._beginnings: dict[str, list[tuple[Run, int]]] = {}  # by the first letters
        self._of_word = lru_cache(maxsize=65_536)(self._look_up)
        self.mask_of = cache(self.mask)

    @property
    def size(self) -> int:
        """How many needs are known: what texts have of them is to be read anew when it grows."""
        return len(self._bits)

    def mask(self, pattern: str) -> int:
        """The bits that a text needs for a pattern."""
        return reduce(or_, map(self._bit, needs(pattern)), 0)

    def mask_of_words(self, beginnings: Iterable[str]) -> int:
        """The bits that a text needs for one word with these beginnings; none given, none."""
        need = frozenset(Run(same_length_key(letters), True) for letters in beginnings)
        return self._bit(need) if need else 0

    def of(self, lowered: str) -> int:
        """The bits that a text in lower case has, from all its words."""
        return reduce(or_, map(self._of_word, set(_WORD.findall(lowered))), 0)

    def _bit(self, need: Need) -> int:
        """The bit of a need, a new one the first time; no word looked up may be older than it."""
        if need not in self._bits:
            bit = self._bits[need] = 1 << len(self._bits)
            for run in need:
                kept = self._beginnings if run.begins else self._inside
                length = _LEAST_IN_PLACE if run.begins else _LEAST
                kept.setdefault(run.letters[:length], []).append((run, bit))
            self._of_word.cache_clear()
        return self._bits[need]

    def _look_up(self, word: str) -> int:
        word = same_length_key(word)
        found = list(self._beginnings.get(word[:_LEAST_IN_PLACE], ()))
        for at in range(len(word) - _LEAST + 1):
            found += self._inside.get(word[at : at + _LEAST], ())
        return reduce(or_, (bit for run, bit in found if run.is_in(word)), 0)


# ---------------------------------------------------------------- the items of a pattern


@dataclass(slots=True)
class _Item:
    """One item of a pattern: letters, one other character, a place between two, or a group."""

    kind: str  # "letters", "one", "edge", "nothing" or "group"
    text: str = ""
    branches: list[list["_Item"]] = field(default_factory=list)
    optional: bool = False
    repeated: bool = False


def _branches(pattern: str) -> list[list[_Item]]:
    """The items of each alternative of a pattern."""
    whole = _Item("group", "", [[]])
    open_groups = [whole]
    for token in _TOKEN.finditer(pattern):
        if token["bar"]:
            open_groups[-1].branches.append([])
            continue
        if token["close"]:
            item = open_groups.pop()
        elif token["open"]:
            item = _Item("nothing" if token["look"] or token["flags"] else "group", "", [[]])
            open_groups[-1].branches[-1].append(item)
            if not token["flags"]:
                open_groups.append(item)
            continue
        else:
            kind = "letters" if token["letters"] else "edge" if token["edge"] else "one"
            item = _Item(kind, token[kind])
            open_groups[-1].branches[-1].append(item)
        item.optional = token["optional"] is not None
        item.repeated = token["times"] is not None or token["optional"] not in (None, "?")
    return whole.branches


@cache
def _is_apart(one: str) -> bool:
    """Whether one character, as a pattern writes it, is surely no letter."""
    if len(one) == 1:
        return one != "." and not _WORD.match(one)
    if one[0] == "\\":
        return one[1] in "sdW" or not one[1].isalpha()
    inner = re.sub(r"\\[sd]|\\[^\w]", " ", one[1:-1])
    return not re.search(r"[\w^\\]|.-.", inner)


# ---------------------------------------------------------------- what a pattern needs


@cache
def needs(pattern: str) -> set[Need]:
    """What every match of a regular expression holds, as far as its letters tell.

    Of each need the text holds one run. The pattern must be valid; one with rare constructs, such
    as a condition or a character by its number, needs nothing.
    """
    if _NOT_UNDERSTOOD.search(pattern):
        return set()
    return _of_all(_branches(pattern), False, False)


def _of_all(branches: Sequence[Sequence[_Item]], before: bool, behind: bool) -> set[Need]:
    """What alternatives need together: one of the best needs of each, or nothing.

    `before` and `behind`: whether surely no letter stands there.
    """
    found = []
    for items in branches:
        needed = _of_items(items, before, behind)
        if not needed:
            return set()
        found.append(needed)
    if len(found) == 1:
        return found[0]
    return {frozenset[Run]().union(*(max(needed, key=_strength) for needed in found))}


def _strength(need: Need) -> tuple[int, int, list[Run]]:
    """Strong runs, and few of them, spare more than weak ones."""
    return min(run.strength for run in need), -len(need), sorted(need)


def _of_items(items: Sequence[_Item], before: bool, behind: bool) -> set[Need]:
    """What items that follow each other need."""
    needed: set[Need] = set()
    for at, item in enumerate(items):
        if item.optional:
            continue
        if item.kind == "letters":
            begins = not _is_letters(items, at - 1) and _ends_apart(items, at, before)
            needed |= _as_need(_run(items, at, begins, behind))
        elif item.kind == "group" and item.repeated:
            needed |= _of_all(item.branches, False, False)
        elif item.kind == "group":
            apart = _ends_apart(items, at, before), _starts_apart(items, at + 1, behind)
            needed |= _of_all(item.branches, *apart)
    return needed


def _is_letters(items: Sequence[_Item], at: int) -> bool:
    """Whether the item there is letters, each there once."""
    if not 0 <= at < len(items):
        return False
    item = items[at]
    return item.kind == "letters" and not item.optional and not item.repeated


def _run(items: Sequence[_Item], at: int, begins: bool, behind: bool) -> Run:
    """The letters from `at` on that follow each other."""
    letters, end = items[at].text, at + 1
    while _is_letters(items, end - 1) and _is_letters(items, end):
        letters += items[end].text
        end += 1
    ends = not items[end - 1].repeated and _starts_apart(items, end, behind)
    return Run(same_length_key(letters), begins, ends)


def _as_need(run: Run) -> set[Need]:
    least = _LEAST_IN_PLACE if run.begins else _LEAST
    return {frozenset((run,))} if len(run.letters) >= least else set()


def _starts_apart(items: Sequence[_Item], at: int, behind: bool) -> bool:
    """Whether what the items from `at` on match surely starts with no letter.

    Where they may match nothing, neither does what stands `behind` them.
    """
    for place in range(at, len(items)):
        item = items[place]
        if item.kind == "edge":
            return True
        if item.kind == "nothing":
            continue
        if item.kind == "group":
            rest = not item.repeated and _starts_apart(items, place + 1, behind)
            if not all(_starts_apart(branch, 0, rest) for branch in item.branches):
                return False
        elif item.kind == "letters" or not _is_apart(item.text):
            return False
        if not item.optional:
            return True
    return behind


def _ends_apart(items: Sequence[_Item], at: int, before: bool) -> bool:
    """Whether what the items up to `at` match surely ends with no letter; see `_starts_apart`."""
    for place in range(at - 1, -1, -1):
        item = items[place]
        if item.kind == "edge":
            return True
        if item.kind == "nothing":
            continue
        if item.kind == "group":
            rest = not item.repeated and _ends_apart(items, place, before)
            if not all(_ends_apart(branch, len(branch), rest) for branch in item.branches):
                return False
        elif item.kind == "letters" or not _is_apart(item.text):
            return False
        if not item.optional:
            return True
    return before
