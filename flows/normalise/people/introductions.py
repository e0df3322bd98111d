"""Names of persons in running text, with what is said of their position.

A sentence comes in, its `Introduction`s go out; `people.find` asks sentence by sentence. There are
two detectors, since one document gives everybody an honorific and the next nobody: an honorific
before a name, and a name beside a position (before it, between commas, in brackets). A name is kept
whole as printed; a name inside that of an organisation or an instrument is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from flows.ground.folding import key
from flows.ground.span import Span, overlaps
from flows.normalise.language.names import Names
from flows.normalise.language.pack import Pack
from flows.normalise.people.appositions import Apposition, Appositions
from flows.normalise.people.name_shapes import name_shapes
from flows.normalise.structure.document import Sentence

PASSING = "person.inside_function"  # rule of a name in passing, inside somebody else's position

_POSITION = 120  # characters before a name in which the position starts that ends there
_WORD = re.compile(r"\S+")
_REACH = 240  # characters behind a name in which its verb is looked for


@dataclass(frozen=True)
class Introduction:
    """A person named in a sentence. All offsets are into the sentence's clean text.

    `start`:`end` is the name, `outer_start`:`outer_end` the name with all that is said of its
    bearer. `position`, `bracket`, `affiliation` and `note` are ranges of a position, of words in
    brackets, of an organisation without a position and of a role in brackets, each None where
    nothing of the kind is said.
    """

    name: str
    start: int
    end: int
    outer_start: int
    outer_end: int
    rule: str
    honorific: str | None = None
    position: Span | None = None
    bracket: Span | None = None
    affiliation: Span | None = None
    country_code: str | None = None
    note: Span | None = None

    def covers(self, start: int, end: int) -> bool:
        """Whether a range has a character in common with the name or the affiliation."""
        return overlaps((start, end), ((self.start, self.end), self.affiliation or (0, 0)))

    @property
    def in_passing(self) -> bool:
        """Whether the name stands inside the position of somebody else."""
        return self.rule == PASSING


@cache
def _thing_before(pack: Pack) -> re.Pattern[str]:
    """The end of a text (key) behind which a name is that of a thing: "fondation X Y"."""
    return re.compile(pack.body.pattern + pack.bears_name.pattern)


@cache
def _linked(pack: Pack) -> re.Pattern[str]:
    """The end of a text (key) that leads from a position to what it is of."""
    return re.compile(rf"(?:{pack.body_link.pattern})$")


class Introductions:
    """Finds persons named in the sentences of one document, taken in order.

    It remembers full names, so that a later sentence may give a name alone.
    """

    def __init__(self, pack: Pack, names: Names) -> None:
        self._pack, self._forms = pack, name_shapes(pack)
        self._things = (names.organisations, names.instruments, names.countries)
        self._cities = names.cities
        self._appositions = Appositions(pack, names)
        self._known: set[str] = set()  # keys of the full names found so far
        self._named_things: set[str] = set()  # keys of names behind a word for an organisation

    def find(
        self, sentence: Sentence, remember: bool = True, listed: bool = False
    ) -> list[Introduction]:
        """The persons named in a sentence, in its order; no name lies inside another.

        `remember`: the names count as known in later sentences. `listed`: the sentence lists
        people, so that all between a name and the next semicolon is said of that person.
        """
        found: list[Introduction] = []
        for match in self._forms.with_honorific.finditer(sentence.folded):
            claimed = _claimed(found, match.start())
            found.extend(self._after_honorific(sentence, match, claimed, listed))
        bare = [
            name
            for match in self._forms.bare.finditer(sentence.folded)
            if (name := self._forms.name_in(match))
        ]
        bare = [
            name
            if any(i.outer_start <= name[0] < i.outer_end for i in found)  # said of somebody before
            else self._apart_from_position(sentence, *name)
            for name in bare
        ]
        for start, end in bare:
            is_inside = any(i.outer_start <= start < i.outer_end for i in found)
            if is_inside and " " not in sentence.text[start:end]:
                continue  # a word of somebody's position
            if not any(i.covers(start, end) for i in found):
                found.extend(self._bare(sentence, start, end, _claimed(found, start), listed))
        found.extend(self._sharing(sentence, bare, found))
        for start, end in bare:
            if self._is_joined(sentence, start, end, found):
                found.append(self._alone(sentence, start, end, PASSING))
        for match in self._forms.single.finditer(sentence.folded):
            start, end = match.span("name")
            if not any(i.outer_start <= start < max(i.outer_end, i.end) for i in found):
                found.extend(self._single(sentence, start, end, listed))
        found = list(_marked_in_passing(sorted(found, key=lambda i: i.start)))
        if remember:
            self._known.update(key(i.name) for i in found if " " in i.name)
        return found

    # ------------------------------------------------------------ detectors

    def _after_honorific(
        self, sentence: Sentence, match: re.Match[str], claimed: int, listed: bool
    ) -> list[Introduction]:
        """Whom an honorific introduces: several persons if it is a plural.

        `claimed`: where what is said of the person before ends.
        """
        name = self._forms.name_in(match)
        if name is None:
            return []
        names = [name]
        honorific = sentence.text[slice(*match.span("honorific"))].strip()
        if self._pack.plural_honorific.match(honorific):
            names += self._more_names(sentence.folded, name[1])
        else:
            names = [(name[0], self._forms.with_second_surname(sentence.folded, name[1]))]
        last = names[-1][1]
        behind = self._appositions.after(sentence, last, listed)
        before = None
        if behind.position is None or self._appositions.begins_next(sentence, behind.position[0]):
            before = self._appositions.before(sentence, match.start(), claimed)
            behind = Apposition(last) if before and behind.position else behind
        outer_start = before[0] if before else match.start()
        affiliation = self._appositions.organisation(sentence, outer_start, last)
        return [
            Introduction(
                name=sentence.text[start:end],
                start=start,
                end=end,
                outer_start=outer_start,
                outer_end=_end_of(behind.end, affiliation),
                rule="person.honorific_after_function" if before else "person.honorific",
                honorific=honorific,
                position=behind.position or before,
                bracket=behind.bracket,
                affiliation=affiliation,
                country_code=behind.country_code
                or (self._appositions.country(sentence, last) if before else None),
                note=behind.note,
            )
            for start, end in names
        ]

    def _more_names(self, folded: str, end: int) -> list[Span]:
        """Names that share a plural honorific: "MM. A, B et C"."""
        found: list[Span] = []
        while joint := self._pack.name_joint.match(folded, end):
            match = self._forms.bare.match(folded, joint.end())
            name = self._forms.name_in(match) if match else None
            if name is None:
                break
            found.append(name)
            end = name[1]
        return found

    def _bare(
        self, sentence: Sentence, start: int, end: int, claimed: int, listed: bool
    ) -> Iterator[Introduction]:
        """A name without an honorific: known, beside a position, or subject of a verb.

        `claimed`: where what is said of the person before ends.
        """
        name = sentence.text[start:end]
        is_known = key(name) in self._known
        if not is_known and self._is_thing(sentence, start, end):
            return
        if not is_known and " " not in name:
            yield from self._behind_office(sentence, start, end, claimed)
            return
        behind = self._appositions.after(sentence, end, listed)
        before, affiliation = None, None
        is_next = behind.position and self._appositions.begins_next(sentence, behind.position[0])
        if is_next or (behind.position is None and (is_known or behind.bracket is None)):
            before = self._appositions.before(sentence, start, claimed)
            behind = Apposition(end) if before and is_next else behind
        outer_start = before[0] if before else start
        rule = "person.function_name" if before else "person.name_function"
        if is_known:
            rule = "person.known"
        else:
            affiliation = self._appositions.organisation(sentence, outer_start, end)
            if not (
                behind.position
                or before
                or behind.country_code
                or affiliation
                or behind.bracket
                or behind.note
            ):
                if not self._acts(sentence, start, end):
                    return
                rule = "person.name_verb"
        yield Introduction(
            name=name,
            start=start,
            end=end,
            outer_start=outer_start,
            outer_end=_end_of(behind.end, affiliation),
            rule=rule,
            position=behind.position or before,
            bracket=behind.bracket,
            affiliation=affiliation,
            country_code=behind.country_code
            or (self._appositions.country(sentence, end) if before else None),
            note=behind.note,
        )

    def _behind_office(
        self, sentence: Sentence, start: int, end: int, claimed: int
    ) -> Iterator[Introduction]:
        """A name of one word right behind a position, who says something: "Commissioner X said"."""
        before = self._appositions.before(sentence, start, claimed)
        if before and before[1] == start - 1 and self._acts(sentence, start, end):
            alone = self._alone(sentence, start, end, "person.function_name")
            yield replace(alone, outer_start=before[0], position=before)

    def _apart_from_position(self, sentence: Sentence, start: int, end: int) -> Span:
        """A name without the end of a position before it, where no comma parts the two.

        "the Minister of Labour of Chile X Y": the name starts where a country, an organisation or
        a field of work ends. Of an organisation that no list has, two words of a name are left.
        """
        text, plain = sentence.folded, sentence.key
        linked = _linked(self._pack).search(plain, max(0, start - _POSITION), start)
        if linked is None or not self._pack.function.search(
            plain, max(0, start - _POSITION), start
        ):
            return start, end
        words = [(start + w.start(), start + w.end()) for w in _WORD.finditer(text[start:end])]
        ends = [
            match.end
            for names in (*self._things, self._cities)
            for match in names.find(text)
            if (start <= match.start and match.end <= end) or match.start < start < match.end
        ]
        first = next((i for i, w in enumerate(words) if w[0] >= max(ends, default=start)), 0)
        while len(words) - first > 2 and self._pack.field_of_work.fullmatch(
            plain[slice(*words[first])]
        ):
            first += 1
        if first == 0 and len(words) > 2:
            bodies = [i for i, w in enumerate(words) if self._pack.body.match(plain, *w)]
            acronym = text[slice(*words[0])].isupper() and not text[start:end].isupper()
            if acronym:
                first = 1
            elif bodies:
                first = bodies[-1] + 1 if 0 < bodies[-1] <= len(words) - 3 else len(words) - 2
        return (words[first][0] if len(words) - first > 1 else start), end

    def _sharing(
        self, sentence: Sentence, bare: list[Span], found: list[Introduction]
    ) -> Iterator[Introduction]:
        """Names joined to one whose position they share: "X and Y, co-founders of Z"."""
        shared = {
            i.start: i
            for i in found
            if i.position and self._pack.plural_function.match(sentence.key, *i.position)
        }
        for start, end in reversed(bare):
            joint = self._pack.name_joint.match(sentence.folded, end)
            other = shared.get(joint.end()) if joint else None
            if other and start not in shared and not self._is_thing(sentence, start, end):
                if any(i.start <= start < i.end for i in found):
                    continue
                alone = self._alone(sentence, start, end, "person.shared_function")
                shared[start] = replace(alone, position=other.position)
                yield shared[start]

    def _is_joined(
        self, sentence: Sentence, start: int, end: int, found: list[Introduction]
    ) -> bool:
        """Whether a name in somebody's position is of a person: "cofacilitatrice, avec X, de …"."""
        return (
            any(i.position and i.position[0] < start < i.position[1] for i in found)
            and bool(self._pack.joined.search(sentence.key, 0, start))
            and not self._is_thing(sentence, start, end)
            and not any(i.start <= start < i.end for i in found)
        )

    def _single(
        self, sentence: Sentence, start: int, end: int, listed: bool
    ) -> Iterator[Introduction]:
        """A name of one word before a position: "Valeriya, étudiante en droit"."""
        if (
            not self._pack.function.match(sentence.key, end + len(", "))
            or self._forms.is_no_name(sentence.folded[start:end])
            or self._is_thing(sentence, start, end)
        ):
            return
        behind = self._appositions.after(sentence, end, listed)
        if behind.position:
            yield replace(
                self._alone(sentence, start, end, "person.one_name_function"),
                outer_end=behind.end,
                position=behind.position,
                bracket=behind.bracket,
                country_code=behind.country_code,
                note=behind.note,
            )

    def _alone(self, sentence: Sentence, start: int, end: int, rule: str) -> Introduction:
        """A name of which nothing else is said."""
        return Introduction(sentence.text[start:end], start, end, start, end, rule)

    # ------------------------------------------------------------ persons or things

    def _is_thing(self, sentence: Sentence, start: int, end: int) -> bool:
        """Whether the range is (part of) an organisation, an instrument, a country or a city."""
        plain = sentence.key[start:end]
        if _thing_before(self._pack).search(sentence.key, max(0, start - 40), start):
            self._named_things.add(plain)
        if plain in self._named_things or self._pack.body.search(plain):
            return True  # named so before, or by a word inside: "Western Lights Network"
        named = [m for names in self._things for m in names.find(sentence.folded)]
        return (
            any(m.start <= start and end <= m.end for m in named)
            or any(
                m.start < end and start < m.end and m.end - m.start > (end - start) / 2
                for m in named
            )
            or any(m.start <= start and end <= m.end for m in self._cities.find(sentence.folded))
        )

    def _acts(self, sentence: Sentence, start: int, end: int) -> bool:
        """Whether a bare name is subject of a reporting verb or agent of a role."""
        pack = self._pack
        after = sentence.lowered[end : end + _REACH].lstrip(" ,")
        if pack.relative.match(after):
            # A relative clause before the verb: "X, qui préside Y, a livré un témoignage".
            clause_end = pack.main_verb.search(after)
            after = after[clause_end.end() :] if clause_end else after
        verb = pack.reporting.match(after)
        if (verb and pack.reports(verb["form"])) or pack.reporting_present.match(after):
            return True
        before = sentence.key[:start]
        return any(
            role.before and role.before.search(before)
            for role in pack.roles
            if role.role != "speaker"
        )


def _claimed(found: list[Introduction], start: int) -> int:
    """Where all that is said of the persons named before `start` ends."""
    ends = (i.outer_end for i in found if i.start < start and i.outer_end <= start)
    return max(ends, default=0)


def _end_of(end: int, affiliation: Span | None) -> int:
    """Where all that belongs to a name ends: its position, or an organisation said behind it."""
    return max(end, affiliation[1]) if affiliation else end


def _marked_in_passing(found: list[Introduction]) -> Iterator[Introduction]:
    """The same introductions; a name inside the position of another is named in passing."""
    positions = [i.position for i in found if i.position]
    for introduction in found:
        start, end = introduction.start, introduction.end
        if any(a <= start and end <= b for a, b in positions):
            if introduction.rule == "person.function_name":
                continue  # capitals of the position itself
            yield Introduction(
                introduction.name, start, end, start, end, PASSING, introduction.honorific
            )
            continue
        yield introduction
