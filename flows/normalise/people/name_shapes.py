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
_LONGEST_ARTICLE = 3  # characters of a word that may be an article or of a name
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
            rf"|(?<=\w\w\w\w)'(?=[ ,])|-(?=\w)|(?<=[{CAPITAL}])(?<!\w\w)\.)*"
        )
        word = rf"{pack.name_prefix.pattern}?{letters}"
        small = rf"(?:(?:{particles})[ \u00a0]){{0,2}}"
        nickname = rf"(?:[ \u00a0][\"“«(]{word}[\"”»)](?=[ \u00a0]{small}{word}))?"
        following = rf"(?:{nickname}[ \u00a0]{small}{word})"
        honorific = rf"(?<![\w'-])(?P<honorific>{pack.honorific.pattern})[ \u00a0]"
        self.honorific = re.compile(honorific)
        self.with_honorific = re.compile(rf"{honorific}(?P<name>{small}{word}{following}{{0,7}})")
        begin = r"(?:(?<![\w'’-])|(?<=\b[dDlL]'))"
        self.bare = re.compile(rf"{begin}(?P<name>{word}{following}{{1,9}})")
        # A second surname behind "and": "Orozco y Gálvez", "da Silva e Sousa"; a whole name with
        # a given name of its own is somebody else.
        self._second = re.compile(
            rf" {pack.surname_joint.pattern} (?:{small}{word}(?: {small[:-5]}{{1,2}}{word})?)"
            rf"(?! [{CAPITAL}])(?! {small[:-5]}{{1,2}}[{CAPITAL}])"
        )
        self.single = re.compile(
            rf"(?<![\w'’-])(?<![{CAPITAL}]\. )"
            rf"(?P<name>[{CAPITAL}][a-zà-ÿ]{{2,}}(?:-[{CAPITAL}]?[a-zà-ÿ]+)*), "
        )

    def name_in(self, match: re.Match[str]) -> Span | None:
        """Range of the name in a match's group `name`, offsets into the text matched.

        Leading words that begin no name are left out, and all from a word on that starts a
        position; None where no word is left. A generation behind it ("Jr.") belongs to it.
        """
        has_honorific = "honorific" in match.re.groupindex
        name = self._name_in(match, has_honorific)
        if name is None:
            return None
        start, end = name
        elided = None if has_honorific else self._pack.elided_article.match(match.string, start)
        if elided and elided[0].islower():
            start = elided.end()  # "les mots d'Omar …"
        text = match.string
        for at in (text.rfind(" ", start, end), end):
            suffix = self._pack.name_suffix.match(text, at) if at > start else None
            end = max(end, suffix.end()) if suffix else end
        return start, end

    def with_second_surname(self, text: str, end: int) -> int:
        """Where a name that ends at `end` ends with a second surname joined to it by "and"."""
        second = self._second.match(text, end)
        if (
            second is None
            or self.honorific.search(text, end, second.end() + 3)
            or self._pack.function.match(key(second[0]), 3)
        ):
            return end
        return second.end()

    def _name_in(self, match: re.Match[str], has_honorific: bool) -> Span | None:
        offset = match.start("name")
        words = list(_WORD.finditer(match["name"]))
        first = 0
        # Right behind an honorific a word with a capital is of the name: "Mme Le Thi Hoa".
        is_short = words[0][0][:1].isupper() and len(words[0][0]) <= _LONGEST_ARTICLE
        if (
            has_honorific
            and len(words) > 1
            and is_short
            and not (self._starts_position(words[1][0]) or self._starts_position(words[0][0]))
        ):
            return self._until_position(words, 0, 1, offset)
        first = self._behind_office(words)
        while first < len(words) and (
            self.is_no_name(words[first][0])
            or (first and words[first][0] in self._particles)
            or (len(words) - first > 2 and self._is_title(words[first][0]))
            or self._is_next_position(words[first:])
        ):
            first += 1
        return self._until_position(words, first, first + 1, offset)

    def _until_position(
        self, words: list[re.Match[str]], first: int, last: int, offset: int
    ) -> Span | None:
        """Range of the words from `first` on, before a word that starts a position."""
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

    def _behind_office(self, words: list[re.Match[str]]) -> int:
        """The place of the first word behind an office that a body or a country stands before:
        "IOM Director General X Y", "Chilean Minister X Y"; 0 without one."""
        is_acronym = words[0][0].isupper() and len(words[0][0]) > 2 and "." not in words[0][0]
        for place in range(len(words) - 3, 0, -1):
            word = words[place][0]
            is_office = self._pack.honorific.fullmatch(word) or self._pack.minister.match(key(word))
            if is_office or (is_acronym and self._is_title(word)):
                return place + 1
        return 0

    def _is_title(self, word: str) -> bool:
        """Whether a word is a position by itself: "Secretary-General X Y"."""
        return self._pack.function.fullmatch(key(word)) is not None

    def _is_acronym(self, word: str) -> bool:
        """Whether a word is an acronym behind an elided article: "l'OIM"."""
        article = self._pack.elided_article.match(word)
        if article is None or not article[0].islower():
            return False
        return word[article.end() :].isupper() and len(word) > 3

    def _starts_position(self, word: str) -> bool:
        return word not in self._particles and bool(self._pack.function.match(key(word)))


@cache
def name_shapes(pack: Pack) -> NameShapes:
    """The patterns of a pack, compiled once."""
    return NameShapes(pack)
