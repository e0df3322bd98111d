"""Who is meant by a name, and all that a document says of that person.

Introductions come in one by one, as `people.find` meets them; persons, each once, go out. A person
is one, however often and under whatever form named: the full name, a surname, part of a name.
"""

from dataclasses import replace

from flows.ground.cleaning import AROUND
from flows.ground.folding import key
from flows.ground.fragment import Fragment
from flows.normalise.language.names import Names
from flows.normalise.language.pack import Pack
from flows.normalise.people.introductions import Introduction
from flows.normalise.people.participants import Participant
from flows.normalise.people.positions import Positions, words_of
from flows.normalise.structure.document import Sentence

_REACH = 120  # characters behind a name in which the country stands that its bearer speaks for


class Persons:
    """The persons of one document. `met` has them by the key of the name they were met under."""

    def __init__(self, pack: Pack, names: Names) -> None:
        self._pack, self._names = pack, names
        self._positions = Positions(pack, names)
        self.met: dict[str, Participant] = {}
        self._names_with: dict[str, list[str]] = {}  # word → keys of names that hold it

    def meet(self, sentence: Sentence, introduction: Introduction) -> str:
        """The key in `met` of the person introduced, who now has all that is said here too."""
        plain = key(introduction.name)
        met = plain if plain in self.met else self._known_by_part(plain)
        if met is None:
            met = plain
            span = sentence.span(introduction.start, introduction.end)
            self.met[met] = Participant("person", introduction.name, span, introduction.rule)
            for word in set(plain.split()):
                self._names_with.setdefault(word, []).append(plain)
        self.met[met] = self._told(self.met[met], sentence, introduction)
        return met

    def mark_absent(self, met: str) -> None:
        """Notes that the document says of the person met under that key: not there."""
        self.met[met] = replace(self.met[met], absent=True)

    def _known_by_part(self, plain: str) -> str | None:
        """The one name that ends with this one, holds this word, or is part of this one.

        A name is part of another that has all its words, and the same first or last word.
        """
        words = plain.split()
        holding = [
            name
            for name in self._names_with.get(words[-1], ())
            if (parts := name.split())[-len(words) :] == words
            or (len(words) == 1 and words[0] in parts[1:])
        ]
        if len(holding) != 1 and len(words) > 1:
            names = {*self._names_with.get(words[-1], ()), *self._names_with.get(words[0], ())}
            holding = [name for name in sorted(names) if _is_part(name.split(), words)]
        if not holding and len(words) == 1:  # the name that somebody goes by: "M. Salim"
            holding = [name for name in self._names_with.get(words[0], ()) if " " in name]
        return holding[0] if len(holding) == 1 else None

    # ------------------------------------------------------------ what is said of a person

    def _told(
        self, person: Participant, sentence: Sentence, introduction: Introduction
    ) -> Participant:
        """The person with what an introduction adds; what was known before stays."""
        fragment = sentence.fragment
        if introduction.honorific:
            person = self._with_honorific(person, introduction.honorific)
        if introduction.position and person.position is None:
            person = self._with_position(person, _inner(fragment, *introduction.position))
        person = _with_country(person, introduction.country_code)
        if introduction.bracket and person.organisation is None and person.position is None:
            inside = fragment.slice(*introduction.bracket)
            if self._positions.names_organisation(inside):
                sector = self._positions.sector(inside, inside)
                person = replace(person, organisation=inside.text, sector=sector)
        if person.country_code is None:
            person = _with_country(person, self._spoken_for(sentence, introduction))
        # Whoever speaks for a country may do so on behalf of others as well.
        if introduction.affiliation and not (person.organisation or person.country_code):
            told = self._positions.affiliation(fragment.slice(*introduction.affiliation))
            person = replace(
                person,
                organisation=told.organisation,
                sector=person.sector or told.sector,
                country_code=told.country_code,
            )
        return person

    def _with_honorific(self, person: Participant, honorific: str) -> Participant:
        feminine = person.feminine
        if self._pack.feminine_honorific.search(honorific):
            feminine = True
        elif self._pack.masculine_honorific.search(honorific):
            feminine = False
        is_minister = self._pack.minister.search(key(honorific))
        return replace(
            person,
            honorific=person.honorific or honorific,
            feminine=feminine,
            sector=person.sector or ("government" if is_minister else None),
        )

    def _with_position(self, person: Participant, words: Fragment) -> Participant:
        """The person with position, organisation, country and sector from the words of a position.

        A word for a role ("modératrice du Panel 1") is none.
        """
        plain = key(words.text)
        if any(role.noun and role.noun.match(plain) for role in self._pack.roles):
            return person
        told = self._positions.read(words)
        country_code = person.country_code or told.country_code
        feminine = person.feminine
        if told.words is not None and feminine is None:
            if self._pack.feminine_function.search(plain):
                feminine = True
            elif self._pack.masculine_function.match(plain):
                feminine = False
        return replace(
            person,
            position=told.words,
            organisation=told.organisation,
            country_code=country_code,
            sector=told.sector or ("government" if country_code else None),
            feminine=feminine,
            position_words=person.position_words if told.words is None else words_of(plain),
        )

    def _spoken_for(self, sentence: Sentence, introduction: Introduction) -> str | None:
        """The code of the country in whose name the person is said to speak."""
        end = introduction.outer_end
        found = [
            match.target
            for match in self._names.countries.find(sentence.folded)
            if end <= match.start < end + _REACH
            and self._pack.on_behalf_of_state.search(sentence.key, 0, match.start)
        ]
        return found[-1] if found else None


def _with_country(person: Participant, country_code: str | None) -> Participant:
    """Somebody whose country is named speaks for its government, unless more is known."""
    if country_code is None or person.country_code is not None:
        return person
    return replace(person, country_code=country_code, sector=person.sector or "government")


def _inner(fragment: Fragment, start: int, end: int) -> Fragment:
    """The words from `start` to `end`, without commas and spaces at either side."""
    words = fragment.text[start:end]
    return fragment.slice(end - len(words.lstrip(AROUND)), start + len(words.rstrip(AROUND)))


def _is_part(one: list[str], two: list[str]) -> bool:
    """Whether one of two names is part of the other, its first or last word in the same place."""
    short, long = sorted((one, two), key=len)
    return (
        len(short) > 1
        and set(short) <= set(long)
        and (short[0] == long[0] or short[-1] == long[-1])
    )
