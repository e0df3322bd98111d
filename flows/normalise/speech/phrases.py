"""Whom a noun phrase means: a person named, the holder of a position, a group, a country.

A sentence and a range in it come in, a `Saying` goes out; `attribution` asks for every phrase that
may be a source.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import cast

from flows.ground.cleaning import AROUND
from flows.ground.folding import key
from flows.ground.span import Span
from flows.normalise.language.names import Names
from flows.normalise.language.pack import Pack
from flows.normalise.people.participants import Attendance, Naming
from flows.normalise.speech.antecedents import Antecedents
from flows.normalise.speech.sayings import Saying, Subject, Verb, targets
from flows.normalise.structure.document import Sentence
from schemas.kinds import Attribution

_LONGEST_POSITION = 160  # characters
_COUNTRY_NEAR = 60  # characters between the start of a source and the country that it names
_ORGANISATION_NEAR = 6  # … and the organisation
_POSITION_NEAR = 4  # … and the position of the person, who stands less than …
_PERSON_NEAR = 100
_HONORIFIC_NEAR = 60  # characters between the start of an honorific and the name


@cache
def source_nouns(pack: Pack) -> list[tuple[Attribution, re.Pattern[str]]]:
    """Attribution → noun phrase that a source outside subject position may be."""
    adjective = pack.noun_adjective.pattern
    return [
        (
            cast(Attribution, attribution),
            re.compile(rf"(?:(?:{pack.determiners}) ?)*(?:{adjective})?(?:{noun.pattern})\b"),
        )
        for attribution, noun in pack.source_nouns
    ]


class Phrases:
    """Tells whom phrases of one document mean, from its attendance and what was said before."""

    def __init__(
        self, pack: Pack, names: Names, attendance: Attendance, antecedents: Antecedents
    ) -> None:
        self._pack, self._names = pack, names
        self._attendance, self._antecedents = attendance, antecedents
        self._namings: dict[int, list[Naming]] = {}
        for naming in attendance.namings:
            self._namings.setdefault(naming.sentence, []).append(naming)

    def named_in(self, index: int) -> Sequence[Naming]:
        """The persons named in the sentence with that index, in order."""
        return self._namings.get(index, ())

    def saying(self, sentence: Sentence, span: Span, form: str | None, rule: str) -> Saying | None:
        """Who says it if the source stands in a range of the sentence; None if it is no source.

        `form` is the verb that reports, if there is one.
        """
        start, end = span
        text = sentence.lowered[start:end].strip()
        if text in self._pack.pronouns:
            return self._antecedents.pronoun(self._pack.pronouns[text], form, None)
        for naming in self.named_in(sentence.index):
            if _stands_at(naming, start, end):
                return self.person(naming, sentence, form, rule)
        words = sentence.text[start:end].strip(AROUND + ":")
        countries = targets(self._names.countries, sentence.folded, start, end)
        for attribution, noun in source_nouns(self._pack):
            if noun.match(text):
                attribution = "delegations" if countries else attribution
                span = (start, start + len(words))
                return Saying(attribution, words, form, rule, countries=countries, span=span)
        plain = sentence.key[start:end].strip()
        is_position = self._pack.function.match(plain)
        holder = self._antecedents.holder(plain, self._attendance) if is_position else None
        if holder:
            return Saying("person", words, form, rule, (holder,), span=span)
        if countries and countries[0].start - start < _COUNTRY_NEAR:
            return Saying("delegations", words, form, rule, countries=countries, span=span)
        named = targets(self._names.organisations, sentence.folded, start, end)[:1]
        speaks = form or rule == "attribution.adverbial"
        if speaks and named and named[0].start - start <= _ORGANISATION_NEAR:
            return Saying("organisation", words, form, rule, organisations=named, span=span)
        if form and self._is_unnamed_position(plain, 0):
            return Saying("person", words, form, "attribution.unnamed_office", span=span)
        return None

    def person(self, naming: Naming, sentence: Sentence, form: str | None, rule: str) -> Saying:
        """A person named in the sentence, with the honorific, as who says it."""
        introduction = naming.introduction
        start, end = introduction.start, introduction.end
        if introduction.honorific:
            found = sentence.text.rfind(introduction.honorific, 0, start)
            start = found if found >= 0 and start - found < _HONORIFIC_NEAR else start
        words, participants = sentence.text[start:end], (naming.participant,)
        return Saying("person", words, form, rule, participants, span=(start, end))

    def position(self, sentence: Sentence, verb: int, form: str | None) -> Subject | None:
        """A position right before the verb at `verb` that means a person of the document."""
        lead = sentence.key[:verb].rstrip(" ,")
        for start in self._starts(lead):
            # More may stand behind the position: "La Présidente, dans son discours, a …".
            for phrase in dict.fromkeys((lead[start:], lead[start:].split(", ")[0])):
                if not self._pack.function.match(phrase) or len(phrase) > _LONGEST_POSITION:
                    continue
                person = self._antecedents.holder(phrase, self._attendance)
                end = start + len(phrase)
                if person:
                    return start, Saying(
                        "person",
                        sentence.text[start:end],
                        form,
                        "attribution.office",
                        (person,),
                        span=(start, end),
                        verb_start=verb,
                    )
        return None

    def surname(self, sentence: Sentence, verb: Verb) -> Subject | None:
        """The last part of a name right before the verb: of the person named last who has it."""
        lead = sentence.key[: verb.start].rstrip(" ,")
        for index in sorted((n for n in self._namings if n < sentence.index), reverse=True):
            for naming in reversed(self._namings[index]):
                words = key(naming.participant.name).split()
                for first in range(1, len(words)):
                    start = len(lead) - len(" ".join(words[first:]))
                    if not lead.endswith(" ".join(words[first:])) or start < 0:
                        continue
                    if self._starts_clause(sentence, start):
                        span = (start, len(lead))
                        return start, Saying(
                            "person",
                            sentence.text[slice(*span)],
                            verb.form,
                            "attribution.surname",
                            (naming.participant,),
                            span=span,
                            verb_start=verb.start,
                        )
        return None

    def _starts_clause(self, sentence: Sentence, start: int) -> bool:
        """Whether a name, with a capital, starts the clause at `start`."""
        before = sentence.key[:start].strip()
        return sentence.text[start].isupper() and (
            not before
            or before[-1] in ".;:"
            or bool(self._pack.clause_lead.search(before.rpartition(";")[2].strip()))
        )

    def unnamed_position(self, sentence: Sentence, verb: Verb) -> Subject | None:
        """A position right before the verb whose holder the document does not name."""
        lead = sentence.key[: verb.start].rstrip(" ,")
        start = next(self._starts(lead))
        if not self._is_unnamed_position(lead, start):
            return None
        span = (start, len(lead))
        words = sentence.text[slice(*span)]
        rule = "attribution.unnamed_office"
        return start, Saying("person", words, verb.form, rule, span=span, verb_start=verb.start)

    def _is_unnamed_position(self, words: str, start: int) -> bool:
        """Whether words (a key) are, from `start` on, an article and the position of one person."""
        article = self._pack.function_article.match(words, start)
        position = self._pack.function.match(words, article.end()) if article else None
        return bool(
            position and len(words) - start <= _LONGEST_POSITION and not position[0].endswith("s")
        )

    def _starts(self, lead: str) -> Iterator[int]:
        """Where a position may start in the text before a verb, the last place first."""
        found = self._pack.office_lead.finditer(lead)
        yield from reversed([0, *(match.end() for match in found)])


def range_of(naming: Naming) -> Span:
    """The range of a person's name with honorific and position."""
    introduction = naming.introduction
    return introduction.outer_start, max(introduction.outer_end, introduction.end)


def _stands_at(naming: Naming, start: int, end: int) -> bool:
    """Whether a source between two offsets starts with the person named."""
    introduction = naming.introduction
    offset = introduction.outer_start - start
    position = introduction.position
    return (
        0 <= offset < min(_PERSON_NEAR, end + 2 - start)
        and not introduction.in_passing
        and (
            offset <= _POSITION_NEAR
            or (position is not None and position[0] - start <= _POSITION_NEAR)
        )
    )
