"""What names of persons look like: capitalised words, with particles between them.

A pack comes in, compiled patterns go out; `introductions`, `appositions` and the warnings use them.
"""

import re
from functools import cache

from flows.ground.folding import key
from flows.ground.span import Span
from flows.normalise.language.pack import Pack

CAPITAL = "A-ZÀ-ÖØ-ÞŒŠŽČĆĐŁŚŻŹŃŐŰŞĞİĀĒĪŌŪȘȚŘĎŤŇĽĹŔĖĘĄŲŪ"
_WORD = re.compile(r"\S+")
_INITIAL = re.compile(r"[A-Z]\.")


class NameShapes:
    """Patterns for names in one language, matched on text with plain typography.

    `with_honorific` is a name of one word or more behind an honorific, `bare` one of two words or
    more, `single` one of one word before a comma; each has it as group `name`.
    """

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._particles = frozenset(pack.particles)
        particles = "|".join(re.escape(p) for p in sorted(pack.particles, key=len, reverse=True))
        # Letters; an apostrophe or a hyphen inside; the full stop of an initial.
        letters = (
            rf"[{CAPITAL}](?:[\w\u0300-\u036f]|(?<=\w\w)'(?=\w)|'(?=[{CAPITAL}])"
            r"|(?<=\w\w\w\w)'(?=[ ,])|-(?=\w)|(?<=[A-Z])(?<!\w\w)\.)*"
        )
        word = rf"{pack.name_prefix.pattern}?{letters}"
        small = rf"(?:(?:{particles})[ \u00a0]){{0,2}}"
        following = rf"(?:[ \u00a0]{small}{word})"
        honorific = rf"(?<![\w'])(?P<honorific>{pack.honorific.pattern})[ \u00a0]"
        self.honorific = re.compile(honorific)
        self.with_honorific = re.compile(rf"{honorific}(?P<name>{small}{word}{following}{{0,5}})")
        self.bare = re.compile(rf"(?<![\w'’-])(?P<name>{word}{following}{{1,5}})")
        self.single = re.compile(
            rf"(?<![\w'’-])(?<![{CAPITAL}]\. )"
            rf"(?P<name>[{CAPITAL}][a-zà-ÿ]{{2,}}(?:-[{CAPITAL}]?[a-zà-ÿ]+)*), "
        )

    def name_in(self, match: re.Match[str]) -> Span | None:
        """Range of the name in a match's group `name`, offsets into the text matched.

        Leading words that begin no name are left out, and all from a word on that starts a
        position; None where no word is left.
        """
        offset = match.start("name")
        words = list(_WORD.finditer(match["name"]))
        first = 0
        while first < len(words) and (
            self.is_no_name(words[first][0])
            or (first and words[first][0] in self._particles)
            or self._is_next_position(words[first:])
        ):
            first += 1
        last = first + 1
        honour = self._pack.honour
        while last < len(words) and not (
            self._starts_position(words[last][0])
            or self._is_acronym(words[last][0])
            or honour.fullmatch(words[last][0])
        ):
            last += 1
        kept = words[first:last]
        while kept and kept[-1][0] in self._particles:
            kept.pop()
        return (offset + kept[0].start(), offset + kept[-1].end()) if kept else None

    def is_no_name(self, word: str) -> bool:
        """Whether a word, though it may have a capital, is none of a name."""
        if (word in self._particles and word.islower()) or _INITIAL.fullmatch(word):
            return False
        pack = self._pack
        elided = pack.elided_article.match(word)
        if elided and key(word[elided.end() :]) in pack.not_names:
            return True
        plain = key(word).strip(".,;:")
        return plain in pack.not_names or bool(pack.not_name.match(plain))

    def _is_next_position(self, words: list[re.Match[str]]) -> bool:
        """Whether words start with a position and what it is of: "Maire de X"."""
        return (
            len(words) > 1 and words[1][0] in self._particles and self._starts_position(words[0][0])
        )

    def _is_acronym(self, word: str) -> bool:
        """Whether a word is an acronym behind an elided article: "l'OIM"."""
        article = self._pack.elided_article.match(word)
        return article is not None and word[article.end() :].isupper() and len(word) > 3

    def _starts_position(self, word: str) -> bool:
        return word not in self._particles and bool(self._pack.function.match(key(word)))


@cache
def name_shapes(pack: Pack) -> NameShapes:
    """The patterns of a pack, compiled once."""
    return NameShapes(pack)
