"""What the words of a person's position say: which organisation, which country, which sector.

Words as printed come in as fragments, a `Position` goes out. `persons` asks for everybody of whom a
position, a bracket or an organisation is said.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from flows.ground.cleaning import AROUND
from flows.ground.folding import key
from flows.ground.fragment import Fragment
from flows.ground.span import Span
from flows.normalise.language.names import Names
from flows.normalise.language.pack import Pack

# A capitalised name behind common words in lower case.
_COMMON_AND_PROPER = re.compile(
    r"(?:[a-zà-ÿœ'’-]+ )+?(?P<name>[A-ZÀ-ÖØ-Þ][\w&'’.-]*(?: [A-ZÀ-ÖØ-Þ][\w&'’.-]*)*)$"
)

_ACRONYM = re.compile(r" \((?P<letters>[A-ZÀ-Þ]{3,8})\)")
_CAPITAL_INSIDE = re.compile(r"[a-z][A-Z]")  # as in the names of firms


@dataclass(frozen=True)
class Position:
    """A position and what it says, all as printed but for the code of the country and the sector.

    `words` is None where only an organisation or a country is named.
    """

    words: str | None = None
    organisation: str | None = None
    country_code: str | None = None
    sector: str | None = None


@cache
def _link_end(pack: Pack) -> re.Pattern[str]:
    """The end of a text (key) that leads from a position to its organisation."""
    return re.compile(rf"(?:{pack.body_link.pattern}|, )$")


@cache
def _unlisted(pack: Pack) -> re.Pattern[str]:
    """Capitalised words behind a link, as group `name`: an organisation that no list has."""
    small = pack.body_particle.pattern
    return re.compile(
        rf"(?:{pack.body_link.pattern}){pack.company.pattern}?"
        rf"(?P<name>[A-ZÀ-ÖØ-Þ][\w&'’.-]*(?: (?:[A-ZÀ-ÖØ-Þ&][\w&'’.-]*|{small}))*)"
    )


class Positions:
    """Reads positions in the words of one language."""

    def __init__(self, pack: Pack, names: Names) -> None:
        self._pack = pack
        self._names, self._organisations = names, names.organisations

    def read(self, words: Fragment) -> Position:
        """What is said of a person: a position, or an organisation or a country alone."""
        countries = self._names.countries.find(words.folded)
        if countries and countries[0].start == 0 and countries[0].end == len(words):
            return Position(country_code=countries[0].target, sector="government")
        is_alone = self._is_organisation_alone(words)
        organisation = self._without_place(words) if is_alone else self._organisation(words)
        return Position(
            None if is_alone else words.text,
            organisation.text if organisation else None,
            self.country(words),
            self.sector(words, organisation),
        )

    def affiliation(self, words: Fragment) -> Position:
        """What the organisation says that a person represents; an article may stand before it,
        and more behind it."""
        seat = self._pack.seat.search(words.plain)
        words = _cut(words, 0, seat.start()) if seat else words
        article = self._pack.article.match(words.text)
        words = words.slice(article.end(), len(words)) if article else words
        comma = words.text.find(", ")
        if comma > 0 and not self._organisations.find(words.folded):
            words = words.slice(0, comma)
        words = self._proper(words)
        if not self.names_organisation(words):
            return Position()  # people: "la jeunesse du Sahel"
        # "En représentation de la Ministre …": whoever holds a position is no organisation.
        organisation = None if self._pack.function.match(key(words.text)) else words
        return Position(
            None,
            organisation.text if organisation else None,
            self.country(words),
            self.sector(words, organisation),
        )

    def names_organisation(self, words: Fragment) -> bool:
        """Whether words hold the name of an organisation, or start like a name."""
        return bool(
            self._organisations.find(words.folded)
            or self._pack.body.search(key(words.text))
            or words.text[:1].isupper()
        )

    def _is_organisation_alone(self, words: Fragment) -> bool:
        plain = key(words.text)
        function = self._pack.function
        if function.match(plain):
            return False
        known = self._organisations.find(words.folded)
        if known and known[0].start == 0:
            return not function.match(key(words.text[known[0].end :]).lstrip(" ,"))
        # "Guide de montagne" is what somebody is; names have more capitals, or are one word.
        capitals = [word[:1].isupper() for word in words.text.split()]
        is_name = capitals[:1] == [True] and len(capitals) <= 4 and any(capitals[1:] or [True])
        return is_name or bool(self._pack.body.match(plain))

    def _without_place(self, organisation: Fragment) -> Fragment:
        """An organisation without the place behind a comma: "Institut de X, Sète"."""
        before, comma, behind = organisation.text.rpartition(", ")
        plain = key(behind)
        is_place = len(plain.split()) <= 2 and not (
            self._pack.body.search(plain) or self._pack.function.match(plain)
        )
        known = self._organisations.find(organisation.folded)
        is_name = any(match.end > len(before) for match in known)
        return (
            organisation.slice(0, len(before))
            if comma and is_place and not is_name
            else organisation
        )

    # ------------------------------------------------------------ the organisation

    def _organisation(self, words: Fragment) -> Fragment | None:
        """The organisation that a position belongs to; None for one in a government."""
        for start, end in reversed(list(self._single_positions(words.plain))):
            # Words for the post a country holds with an organisation: that is not the person's.
            accredited = self._pack.accredited.search(words.plain, start, end)
            limit = accredited.start() if accredited else end
            for match in self._organisations.find(words.folded):
                if start <= match.start and match.end <= limit:
                    return words.slice(match.start, match.end)
            if self._pack.not_body.search(words.plain, start, end):
                continue
            organisation = self._start(words, start, limit)
            if organisation is not None:
                return self._proper(
                    _cut(words, organisation, self._end(words, organisation, limit))
                )
            name = self._named_by_capitals(words, start, limit)
            if name:
                return name
        return None

    def _single_positions(self, plain: str) -> Iterator[Span]:
        """Ranges of the single ones of a position: "ambassadrice et Représentante …"."""
        start = 0
        for joint in self._pack.next_function.finditer(plain):
            if self._pack.function.match(plain, joint.end()):
                yield start, joint.end()
                start = joint.end()
        yield start, len(plain)

    def _start(self, words: Fragment, start: int, limit: int) -> int | None:
        """Where the organisation starts: at a word for one that the position leads to."""
        organisation: int | None = None
        for found in self._pack.body.finditer(words.plain, start, limit):
            if found.start() == start:
                continue
            if organisation is None:
                leads_to_it = _link_end(self._pack).search(words.plain, start, found.start())
            else:  # the organisation that the first one belongs to
                leads_to_it = self._pack.body_of_body.search(words.lowered, start, found.start())
            if leads_to_it:
                organisation = found.start()
        return organisation

    def _end(self, words: Fragment, start: int, limit: int) -> int:
        """End of an organisation's name: before a comma, a seat or a relative clause."""
        acronym = _ACRONYM.search(words.folded, start, limit)
        if acronym and _initials(words.text[start : acronym.start()]) == acronym["letters"]:
            return acronym.start()  # all that it stands for, commas included
        stop = self._pack.body_end.search(words.folded, start, limit)
        end = stop.start() if stop else limit
        seat = self._pack.seat.search(words.plain, start, end)
        return seat.start() if seat else end

    def _named_by_capitals(self, words: Fragment, start: int, limit: int) -> Fragment | None:
        """An organisation known by its capitals only: several words, an acronym or an employer."""
        named: list[Fragment] = []
        for found in _unlisted(self._pack).finditer(words.folded, start, limit):
            name = found["name"]
            is_employer = self._pack.employer.match(found[0])
            if self._pack.field_of_work.fullmatch(key(name)) and not is_employer:
                continue
            if self._pack.function.match(key(name)):
                continue  # "chef de cabinet du Ministre"
            countries = self._names.countries.find(name)
            if countries and countries[0].end - countries[0].start == len(name):
                continue  # "éleveur du Mali"
            is_name = name.isupper() or _CAPITAL_INSIDE.search(name)
            if (" " in name and not countries) or is_employer or is_name:
                printed = words.slice(*found.span("name"))
                small = self._pack.last_particle.search(printed.text)
                named.append(printed.slice(0, small.start()) if small else printed)
        with_word = (name for name in named if self._pack.body.search(key(name.text)))
        return next(with_word, named[0] if named else None)

    def _proper(self, organisation: Fragment) -> Fragment:
        """The proper name of an organisation behind common words ("projet X Y" → "X Y")."""
        found = _COMMON_AND_PROPER.match(organisation.text)
        if not found or self._pack.bound_to_name.search(organisation.text, 0, found.start("name")):
            return organisation
        return organisation.slice(*found.span("name"))

    # ------------------------------------------------------------ country and sector

    def country(self, words: Fragment) -> str | None:
        """The code of the country whose government the position belongs to."""
        plain = words.plain
        pack, government = self._pack, self._pack.government
        for match in self._names.countries.find(words.folded):
            of_country = pack.of_country.match(plain, match.end)
            speaks_for = pack.representative.search(plain, 0, match.start)
            if (
                speaks_for
                or pack.minister_in.search(plain, 0, match.start)
                or (
                    government.search(plain, 0, match.start)
                    and not pack.located.search(plain, 0, match.start)
                )
                or (of_country and government.search(plain, of_country.end()))
            ):
                return match.target
        # "la ministre sud-africaine", not "le dialogue américain": the adjective of the position.
        return next(
            (
                match.target
                for match in self._names.adjectives.find(words.folded)
                if pack.office_before.search(plain, 0, match.start)
                or pack.office_behind.match(plain, match.end)
            ),
            None,
        )

    def sector(self, words: Fragment, organisation: Fragment | None) -> str | None:
        """The sector of the organisation, listed or told by its words, or `government`."""
        plain = key(words.text)
        government = dict(self._pack.sectors).get("government")
        listed = self._organisations.find(words.folded)
        if (
            government
            and government.search(plain)
            and (self.country(words) or (not listed and self._pack.minister.search(plain)))
        ):
            return "government"
        own = self._organisations.find(organisation.folded) if organisation else []
        if own or listed:
            return self._names.sectors.get((own or listed)[0].target)
        for text in (key(organisation.text) if organisation else "", plain):
            for sector, pattern in self._pack.sectors:
                if text and pattern.search(text):
                    return sector
        return None


def _cut(words: Fragment, start: int, end: int) -> Fragment:
    """Words from `start` to `end`, without commas and spaces at their end."""
    return words.slice(start, start + len(words.text[start:end].rstrip(AROUND)))


def _initials(name: str) -> str:
    """The capitals that the words of a name begin with."""
    return "".join(re.findall(r"\b[A-ZÀ-Þ]", name))


def words_of(plain: str) -> frozenset[str]:
    """Words of a position (key) that tell it from others."""
    return frozenset(w for w in re.findall(r"\w+", plain) if len(w) > 2)
