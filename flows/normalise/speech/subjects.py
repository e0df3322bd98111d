"""Subjects that name no person: collective nouns, countries and organisations.

A sentence and a verb in it come in, who says it goes out; `attribution` asks.
"""

import re
from functools import cache
from typing import cast

from flows.ground.cleaning import AROUND
from flows.ground.folding import key, slug
from flows.ground.span import Span
from flows.normalise.language.names import Names
from flows.normalise.language.pack import Pack
from flows.normalise.speech.sayings import Saying, Subject, Target, Verb, targets
from flows.normalise.structure.document import Sentence
from flows.normalise.text.gazetteer import Gazetteer
from schemas.kinds import Attribution

_INSERTED = re.compile(r"\s*(?:\([^)]*\))?")
_END_OF_PHRASE = re.compile(r"\s*(?:,\s*)?$")
_GAP = re.compile(r"\s+")
_NOT_IN_NAME = re.compile(r"[,;()]")

_OF_STATES = ("delegates", "delegations", "speakers", "other", "participants")
_REACH = 240  # characters that may stand between a noun and its verb
_LONGEST_ORGANISATION = 14  # words of an organisation that no table lists


@cache
def _noun_phrases(pack: Pack) -> list[tuple[Attribution, re.Pattern[str]]]:
    """Attribution → noun phrase at a clause's start: determiners, an adjective, the noun."""
    lead, adjective = pack.noun_lead.pattern, pack.noun_adjective.pattern
    return [
        (
            cast(Attribution, attribution),
            re.compile(
                rf"{lead}(?P<phrase>(?:{pack.determiners})? ?(?:{adjective})?"
                rf"(?:{noun.pattern})\b)"
            ),
        )
        for attribution, noun in pack.source_nouns
    ]


class Subjects:
    """Finds subjects before a verb, in sentences of one language."""

    def __init__(self, pack: Pack, names: Names) -> None:
        self._pack = pack
        self._countries, self._organisations = names.countries, names.organisations

    # ------------------------------------------------------------ collective nouns

    def collective(
        self, sentence: Sentence, verb: Verb, persons: list[Span]
    ) -> tuple[Subject, int] | None:
        """The last noun phrase outside `persons` that may be the verb's subject, and its end."""
        lead = sentence.lowered[: verb.start]
        best: tuple[int, int, Attribution] | None = None
        for attribution, pattern in _noun_phrases(self._pack):
            for match in pattern.finditer(lead):
                start, end = match.span("phrase")
                if any(a <= start < b for a, b in persons):
                    continue
                start = end - len(lead[start:end].lstrip(" "))
                if self._only_adds(lead[end:]) and (best is None or start >= best[1]):
                    best = (start, end, attribution)
        if best is None:
            return None
        start, end, attribution = best
        return (start, self._said_by_noun(sentence, (start, end), verb, attribution)), end

    def _only_adds(self, rest: str) -> bool:
        """Whether words between a noun and its verb only add to the noun."""
        if _END_OF_PHRASE.match(rest):
            return True
        stripped = rest.strip(" ,")
        if len(rest) > _REACH or ";" in rest:
            return False
        if not stripped:
            return True
        if rest.startswith(","):
            return bool(self._pack.added.match(rest))
        if "," not in stripped and not self._pack.subordinate.search(stripped):
            return True
        return bool(self._pack.complement.match(rest)) and not self._pack.auxiliary.search(stripped)

    def _said_by_noun(
        self, sentence: Sentence, noun: Span, verb: Verb, attribution: Attribution
    ) -> Saying:
        """What a noun phrase says, with the countries or organisations that it names."""
        start, end = noun
        speaks_for = self._pack.representatives.match(sentence.lowered[start:]) is not None
        stop = start + len(self._phrase(sentence, noun, verb, speaks_for))
        countries = targets(self._countries, sentence.folded, start, stop)
        supported = self._pack.supported.search(sentence.lowered[: verb.start].rstrip(" ,"), end)
        if countries and supported:
            others = supported.start("others")
            countries += targets(self._countries, sentence.folded, others, verb.start)
        if countries and attribution in _OF_STATES:
            attribution = "delegations"
        organisations: tuple[Target, ...] = ()
        if attribution == "other" or (speaks_for and not countries):
            organisations = targets(self._organisations, sentence.folded, start, stop)
        if organisations and speaks_for:
            attribution = "organisation"
        # "Le représentant du Mali et celui du Togo": the noun is that of the last alone.
        chain = self._chain_until(sentence, stop, self._countries) if countries else None
        if chain and chain[0] < start:
            start, countries = chain
        chain = self._chain_until(sentence, stop, self._organisations) if organisations else None
        if chain and chain[0] < start:
            start, organisations = chain
        return Saying(
            attribution,
            sentence.text[start:stop],
            verb.form,
            "attribution.subject",
            countries=countries,
            organisations=organisations,
            span=(start, stop),
            verb_start=verb.start,
        )

    def _phrase(self, sentence: Sentence, noun: Span, verb: Verb, speaks_for: bool) -> str:
        """The words of a noun phrase up to its verb, what is added between commas left out.

        `speaks_for`: its noun may be followed by names of organisations, not of countries alone.
        """
        start, end = noun
        last = self._last_of_chain(self._countries, sentence.folded, end, verb.start)
        if speaks_for:
            other = self._last_of_chain(self._organisations, sentence.folded, end, verb.start)
            last = max(last, other)
        comma = sentence.lowered.find(",", last, verb.start)
        if comma >= 0 and not self._pack.examples.match(sentence.lowered[comma : verb.start]):
            return sentence.text[start:comma].rstrip(AROUND)
        words = sentence.text[start : verb.start].rstrip(AROUND)
        words = self._pack.adverb_of_noun.sub("", words)
        return self._without_first_verb(words, sentence.lowered[start : verb.start])

    def _without_first_verb(self, words: str, lead: str) -> str:
        """A subject up to the first of its verbs: "delegates returned to it and called"."""
        if not self._pack.second_verb.search(lead):
            return words
        starts = (gap.end() for gap in _GAP.finditer(lead, 0, len(words)))
        first = next((at for at in starts if self._pack.any_verb.match(lead, at)), None)
        return words[:first].rstrip(AROUND)

    def _chain_until(
        self, sentence: Sentence, stop: int, names: Gazetteer
    ) -> tuple[int, tuple[Target, ...]] | None:
        """The joined names that end at `stop`, and where their phrase starts a clause."""
        clause = _clause_start(sentence, stop)
        found = targets(names, sentence.folded, clause, stop)
        return self._chain(sentence, (clause, stop), found)

    def _last_of_chain(self, names: Gazetteer, folded: str, end: int, verb: int) -> int:
        """Where the names end that follow a noun: "… du Pérou et du Mali"."""
        last = end
        for start, stop, _ in targets(names, folded, end, verb):
            between = folded[last:start].replace("'", "' ").strip()
            if last != end and not self._pack.states_of_noun.fullmatch(between):
                break
            last = stop
        return last

    # ------------------------------------------------------------ countries and organisations

    def country_or_organisation(self, sentence: Sentence, verb: Verb) -> Subject | None:
        """Countries or organisations: "La Libye a rappelé", "Le HCR a souligné"."""
        folded, lowered = sentence.folded, sentence.lowered
        others: tuple[Target, ...] = ()
        end, lead = verb.start, _stripped(sentence, verb.start)  # lead: where the subject ends
        supported = self._pack.supported.search(lowered, 0, lead)
        if supported:
            others = targets(self._countries, folded, supported.start("others"), verb.start)
            end = lead = _stripped(sentence, supported.start())
        adverb = self._pack.adverb_of_name.search(folded, 0, lead)
        lead = adverb.start() if adverb else lead
        clause = _clause_start(sentence, lead)
        countries = targets(self._countries, folded, clause, end)
        organisations = targets(self._organisations, folded, clause, end)
        chain = self._chain(sentence, (clause, lead), countries)
        if chain:
            start, named = chain
            joined = tuple(
                organisation
                for organisation in organisations
                if self._pack.state_after_body.fullmatch(folded[organisation.end : named[0].start])
                and not self._pack.affiliation.match(folded[clause:].lstrip())
            )
            span = (start, named[-1].end)
            return start, _said_by_named(sentence, span, verb, (*named, *others), joined)
        chain = self._chain(sentence, (clause, lead), organisations)
        if chain:
            start, named = chain
            before = self._countries_before(sentence, clause, named[0].start, countries)
            start, joined = before or (start, ())
            return start, _said_by_named(sentence, (start, named[-1].end), verb, joined, named)
        return self._unlisted(sentence, (clause, lead), verb)

    def _countries_before(
        self, sentence: Sentence, clause: int, organisation: int, countries: tuple[Target, ...]
    ) -> tuple[int, tuple[Target, ...]] | None:
        """Countries joined to an organisation behind them: "Norway and the European Union"."""
        before = tuple(country for country in countries if country.end <= organisation)
        if not before or not self._pack.state_after_body.fullmatch(
            sentence.folded[before[-1].end : organisation]
        ):
            return None
        return self._chain(sentence, (clause, before[-1].end), before)

    def _chain(
        self, sentence: Sentence, clause: Span, names: tuple[Target, ...]
    ) -> tuple[int, tuple[Target, ...]] | None:
        """The names that are the subject, joined to each other, and where their phrase starts.

        `clause` is the range from its start to the verb. The last of the names ends it, but for an
        insertion, which may name others: "Le Pérou, s'exprimant au nom du Chili, a …". None if
        there is no such name, or none starts the clause.
        """
        start, end = clause
        for last in reversed(range(len(names))):
            if self._is_aside(sentence.lowered[names[last].end : end]):
                chain = self._chain_to(sentence, start, names[: last + 1])
                if chain:
                    return chain
        return None

    def _is_aside(self, lowered: str) -> bool:
        """Whether words between the names and their verb only add to the names."""
        behind = self._pack.spokesperson_behind
        return len(lowered) <= 2 or bool(
            _INSERTED.fullmatch(lowered)
            or self._is_inserted(lowered)
            or behind.fullmatch(key(lowered))
        )

    def _chain_to(
        self, sentence: Sentence, clause: int, names: tuple[Target, ...]
    ) -> tuple[int, tuple[Target, ...]] | None:
        """The names joined to the last one, and where their phrase starts, if with a clause."""
        first = len(names) - 1
        while first and self._pack.states_joint.fullmatch(
            sentence.key[names[first - 1].end : names[first].start]
        ):
            first -= 1
        for place in range(first, len(names)):
            start = names[place].start
            phrase = self._pack.spokesperson.search(sentence.key, 0, start)
            if phrase:
                start = phrase.start()
                while sentence.folded[start] == " ":
                    start += 1
            elif place > first:
                continue  # only a spokesperson starts a subject behind other names
            before = sentence.key[clause:start].strip()
            if not before or self._pack.clause_lead.search(before):
                return start, names[place:]
        return None

    def _is_inserted(self, lowered: str) -> bool:
        """Whether words between names and their verb stand between commas: ", s'exprimant …,"."""
        return (
            lowered.startswith(",")
            and len(lowered) <= _REACH
            and self._pack.added.match(lowered) is not None
            and (
                self._pack.relative.match(lowered.lstrip(" ,")) is not None
                or not self._pack.reporting.search(lowered)
            )
        )

    def _unlisted(self, sentence: Sentence, clause: Span, verb: Verb) -> Subject | None:
        """An organisation that no table lists, as the subject that ends a clause before its verb.

        A word for an organisation, with a capital, starts it.
        """
        begin, end = clause
        leads = self._pack.body_lead.finditer(sentence.folded[begin:end])
        for start in reversed([begin, *(begin + lead.end() for lead in leads)]):
            while start < end and sentence.folded[start] == " ":
                start += 1
            article = self._pack.body_article.match(sentence.lowered, start, end)
            if article is None:
                continue
            name = article.end()
            if self._is_unlisted(sentence, name, end, bool(article["common"])):
                return start, Saying(
                    "organisation",
                    sentence.text[start:end],
                    verb.form,
                    "attribution.unlisted_organisation",
                    organisations=(Target(name, end, slug(sentence.text[name:end])),),
                    span=(start, end),
                    verb_start=verb.start,
                )
        return None

    def _names_organisation(self, sentence: Sentence, start: int, words: list[str]) -> bool:
        """Whether words from `start` on name an organisation: a word for one first, or capitals."""
        small = self._pack.body_particle
        return bool(self._pack.body.match(sentence.key, start)) or (
            all(word[0].isupper() or small.fullmatch(word) for word in words)
            and any(self._pack.body.fullmatch(key(word)) for word in words)
        )

    def _is_unlisted(self, sentence: Sentence, start: int, end: int, common: bool) -> bool:
        """Whether a range names an organisation; `common`: a common word for one stands before."""
        name = sentence.folded[start:end]
        words = name.split()
        return (
            1 < len(words) <= _LONGEST_ORGANISATION
            and words[0][0].isupper()
            and not self._pack.function.match(sentence.key, start)
            and (common or self._names_organisation(sentence, start, words))
            and not _NOT_IN_NAME.search(name)
            and not self._pack.reporting.search(sentence.lowered[start:end])
        )


def _clause_start(sentence: Sentence, end: int) -> int:
    """Where the clause starts that is open at `end`: behind a semicolon, full stop or colon."""
    folded = sentence.folded
    return max(folded.rfind(";", 0, end), folded.rfind(". ", 0, end), folded.rfind(":", 0, end)) + 1


def _stripped(sentence: Sentence, end: int) -> int:
    """Where the words before `end` end, without spaces and commas."""
    return len(sentence.folded[:end].rstrip(" ,"))


def _said_by_named(
    sentence: Sentence,
    span: Span,
    verb: Verb,
    countries: tuple[Target, ...],
    organisations: tuple[Target, ...],
) -> Saying:
    """What countries, or organisations alone, say, named in a range of the sentence."""
    return Saying(
        "delegations" if countries else "organisation",
        sentence.text[slice(*span)],
        verb.form,
        "attribution.state" if countries else "attribution.organisation",
        countries=countries,
        organisations=organisations,
        span=span,
        verb_start=verb.start,
    )
