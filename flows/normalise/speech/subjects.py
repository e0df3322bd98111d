"""Subjects that name no person: collective nouns, states and organisations."""

import re
from functools import cache

from flows.ground.folding import key, slug
from flows.normalise.language.names import Names
from flows.normalise.language.pack import Pack
from flows.normalise.speech.sources import Source, Span, Target, targets
from flows.normalise.structure.document import Sentence
from flows.normalise.text.fragment import AROUND
from flows.normalise.text.gazetteer import Gazetteer

_INSERTED = re.compile(r"\s*(?:\([^)]*\))?")
_END_OF_PHRASE = re.compile(r"\s*(?:,\s*)?$")
_GAP = re.compile(r"\s+")
_NOT_IN_NAME = re.compile(r"[,;()]")

_OF_STATES = ("delegates", "delegations", "speakers", "other", "participants")
_REACH = 240  # characters that may stand between a noun and its verb
_LONGEST_BODY = 14  # words of a body that no table lists

Subject = tuple[int, Source]  # where it starts in the sentence, and what it means


@cache
def _noun_phrases(pack: Pack) -> list[tuple[str, re.Pattern[str]]]:
    """Attribution → noun phrase at a clause's start: determiners, an adjective, the noun."""
    lead, adjective = pack.shapes["noun_lead"].pattern, pack.shapes["noun_adjective"].pattern
    return [
        (
            attribution,
            re.compile(
                rf"{lead}(?P<phrase>(?:{pack.determiners})? ?(?:{adjective})?"
                rf"(?:{noun.pattern})\b)"
            ),
        )
        for attribution, noun in pack.source_nouns
    ]


class Subjects:
    """Finds subjects before a verb. `verb` is where it starts, `form` its participle."""

    def __init__(self, pack: Pack, names: Names) -> None:
        self._pack, self._shapes = pack, pack.shapes
        self._countries, self._organisations = names.countries, names.organisations

    # ------------------------------------------------------------ collective nouns

    def collective(
        self, sentence: Sentence, verb: int, form: str, persons: list[Span]
    ) -> tuple[Subject, int] | None:
        """The last noun phrase outside `persons` that may be the verb's subject, and its end."""
        lead = sentence.lowered[:verb]
        best: tuple[int, int, str] | None = None
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
        return (start, self._noun_source(sentence, start, end, verb, attribution, form)), end

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
            return bool(self._shapes["added"].match(rest))
        if "," not in stripped and not self._shapes["subordinate"].search(stripped):
            return True
        return bool(self._shapes["complement"].match(rest)) and not self._shapes[
            "auxiliary"
        ].search(stripped)

    def _noun_source(
        self, sentence: Sentence, start: int, end: int, verb: int, attribution: str, form: str
    ) -> Source:
        """What a noun phrase means, with the states or bodies that it names."""
        of_body = self._pack.representatives.match(sentence.lowered[start:])
        last = self._last_of_chain(self._countries, sentence.folded, end, verb)
        if of_body:
            last = max(last, self._last_of_chain(self._organisations, sentence.folded, end, verb))
        comma = sentence.lowered.find(",", last, verb)
        if comma >= 0 and not self._shapes["examples"].match(sentence.lowered[comma:verb]):
            words = sentence.text[start:comma].rstrip(AROUND)
        else:
            words = sentence.text[start:verb].rstrip(AROUND)
            words = self._shapes["adverb_of_noun"].sub("", words)
            words = self._without_first_verb(words, sentence.lowered[start:verb])
        stop = start + len(words)
        countries = targets(self._countries, sentence.folded, start, stop)
        supported = self._pack.supported.search(sentence.lowered[:verb].rstrip(" ,"), end)
        if countries and supported:
            countries += targets(self._countries, sentence.folded, supported.start("others"), verb)
        if countries and attribution in _OF_STATES:
            attribution = "delegations"
        bodies: tuple[Target, ...] = ()
        if attribution == "other" or (of_body and not countries):
            bodies = targets(self._organisations, sentence.folded, start, stop)
        if bodies and of_body:
            attribution = "organisation"
        # "Le représentant du Mali et celui du Togo": the noun is that of the last alone.
        states = self._chain_until(sentence, stop, self._countries) if countries else None
        if states and states[0] < start:
            start, countries = states
        organisations = self._chain_until(sentence, stop, self._organisations) if bodies else None
        if organisations and organisations[0] < start:
            start, bodies = organisations
        words = sentence.text[start:stop]
        rule = "attribution.subject"
        return Source(attribution, words, form, rule, (), countries, bodies, (start, stop), verb)

    def _without_first_verb(self, words: str, lead: str) -> str:
        """A subject up to the first of its verbs: "delegates returned to it and called"."""
        if not self._shapes["second_verb"].search(lead):
            return words
        starts = (gap.end() for gap in _GAP.finditer(lead, 0, len(words)))
        first = next((at for at in starts if self._pack.any_verb.match(lead, at)), None)
        return words[:first].rstrip(AROUND)

    def _chain_until(
        self, sentence: Sentence, stop: int, names: Gazetteer
    ) -> tuple[int, tuple[Target, ...]] | None:
        """The joined names that end at `stop`, and where their phrase starts a clause."""
        lead = sentence.folded[:stop]
        clause = max(lead.rfind(";"), lead.rfind(". "), lead.rfind(":")) + 1
        return self._chain(sentence, lead, clause, targets(names, sentence.folded, clause, stop))

    def _last_of_chain(self, names: Gazetteer, folded: str, end: int, verb: int) -> int:
        """Where the names end that follow a noun: "… du Pérou et du Mali"."""
        last = end
        for start, stop, _ in targets(names, folded, end, verb):
            between = folded[last:start].replace("'", "' ").strip()
            if last != end and not self._shapes["states_of_noun"].fullmatch(between):
                break
            last = stop
        return last

    # ------------------------------------------------------------ states and bodies

    def state_or_body(self, sentence: Sentence, verb: int, form: str) -> Subject | None:
        """Countries or organisations: "La Libye a rappelé", "Le HCR a souligné"."""
        folded = sentence.folded
        lead = folded[:verb].rstrip(" ,")
        others: tuple[Target, ...] = ()
        end = verb
        supported = self._pack.supported.search(lead.lower())
        if supported:
            others = targets(self._countries, folded, supported.start("others"), verb)
            lead = lead[: supported.start()].rstrip(" ,")
            end = len(lead)
        lead = self._shapes["adverb_of_name"].sub("", lead)
        clause = max(lead.rfind(";"), lead.rfind(". "), lead.rfind(":")) + 1
        countries = targets(self._countries, folded, clause, end)
        bodies = targets(self._organisations, folded, clause, end)
        chain = self._chain(sentence, lead, clause, countries)
        if chain:
            start, named = chain
            joined = tuple(
                body
                for body in bodies
                if self._shapes["state_after_body"].fullmatch(folded[body[1] : named[0][0]])
                and not self._pack.affiliation.match(folded[clause:].lstrip())
            )
            return start, self._named(
                sentence, start, "delegations", form, verb, (*named, *others), joined, named[-1][1]
            )
        chain = self._chain(sentence, lead, clause, bodies)
        if chain:
            start, named = chain
            states = self._states_before(sentence, clause, named[0][0], countries)
            if states:
                start, joined = states
                return start, self._named(
                    sentence, start, "delegations", form, verb, joined, named, named[-1][1]
                )
            return start, self._named(
                sentence, start, "organisation", form, verb, (), named, named[-1][1]
            )
        return self._unlisted_body(sentence, clause, len(lead), form, verb)

    def _states_before(
        self, sentence: Sentence, clause: int, body: int, countries: tuple[Target, ...]
    ) -> tuple[int, tuple[Target, ...]] | None:
        """States joined to a body behind them: "Norway and the European Union"."""
        before = tuple(country for country in countries if country[1] <= body)
        if not before or not self._shapes["state_after_body"].fullmatch(
            sentence.folded[before[-1][1] : body]
        ):
            return None
        return self._chain(sentence, sentence.folded[: before[-1][1]], clause, before)

    def _named(
        self,
        sentence: Sentence,
        start: int,
        attribution: str,
        form: str,
        verb: int,
        countries: tuple[Target, ...],
        bodies: tuple[Target, ...],
        end: int,
    ) -> Source:
        rule = "attribution.state" if attribution == "delegations" else "attribution.organisation"
        words = sentence.text[start:end]
        return Source(attribution, words, form, rule, (), countries, bodies, (start, end), verb)

    def _chain(
        self, sentence: Sentence, lead: str, clause: int, names: tuple[Target, ...]
    ) -> tuple[int, tuple[Target, ...]] | None:
        """The names that are the subject, joined to each other, and where their phrase starts.

        The last of them ends the lead, but for an insertion, which may name others: "Le Pérou,
        s'exprimant au nom du Chili, a …". None if there is none, or none starts a clause.
        """
        for last in reversed(range(len(names))):
            if self._is_aside(lead[names[last][1] :]):
                chain = self._chain_to(sentence, clause, names[: last + 1])
                if chain:
                    return chain
        return None

    def _is_aside(self, rest: str) -> bool:
        """Whether words between the names and their verb only add to the names."""
        behind = self._shapes["spokesperson_behind"]
        return len(rest) <= 2 or bool(
            _INSERTED.fullmatch(rest) or self._is_inserted(rest) or behind.fullmatch(key(rest))
        )

    def _chain_to(
        self, sentence: Sentence, clause: int, names: tuple[Target, ...]
    ) -> tuple[int, tuple[Target, ...]] | None:
        """The names joined to the last one, and where their phrase starts, if with a clause."""
        first = len(names) - 1
        while first and self._shapes["states_joint"].fullmatch(
            sentence.folded[names[first - 1][1] : names[first][0]].lower()
        ):
            first -= 1
        for place in range(first, len(names)):
            start = names[place][0]
            phrase = self._shapes["spokesperson"].search(sentence.key, 0, start)
            if phrase:
                start = phrase.start()
                while sentence.folded[start] == " ":
                    start += 1
            elif place > first:
                continue  # only a spokesperson starts a subject behind other names
            before = sentence.key[clause:start].strip()
            if not before or self._shapes["clause_lead"].search(before):
                return start, names[place:]
        return None

    def _is_inserted(self, rest: str) -> bool:
        """Whether words between names and their verb stand between commas: ", s'exprimant …,"."""
        return (
            rest.startswith(",")
            and len(rest) <= _REACH
            and self._shapes["added"].match(rest.lower()) is not None
            and (
                self._shapes["relative"].match(rest.lower().lstrip(" ,")) is not None
                or not self._pack.reporting.search(rest.lower())
            )
        )

    def _unlisted_body(
        self, sentence: Sentence, clause: int, end: int, form: str, verb: int
    ) -> Subject | None:
        """A body that no table lists, as subject: a body word with a capital, up to the verb."""
        leads = self._shapes["body_lead"].finditer(sentence.folded[clause:end])
        for start in reversed([clause, *(clause + lead.end() for lead in leads)]):
            while start < end and sentence.folded[start] == " ":
                start += 1
            article = self._shapes["body_article"].match(sentence.lowered, start, end)
            if article is None:
                continue
            name_start = article.end()
            if self._is_unlisted_body(sentence, name_start, end, bool(article["common"])):
                entity = slug(sentence.text[name_start:end])
                return start, Source(
                    "organisation",
                    sentence.text[start:end],
                    form,
                    "attribution.unlisted_organisation",
                    bodies=((name_start, end, entity),),
                    span=(start, end),
                    verb_start=verb,
                )
        return None

    def _names_body(self, sentence: Sentence, start: int, words: list[str]) -> bool:
        """Whether words from `start` on are a body's name: a body word first, or all capitals."""
        small = self._shapes["body_particle"]
        return bool(self._pack.body.match(sentence.key, start)) or (
            all(word[0].isupper() or small.fullmatch(word) for word in words)
            and any(self._pack.body.fullmatch(key(word)) for word in words)
        )

    def _is_unlisted_body(self, sentence: Sentence, start: int, end: int, common: bool) -> bool:
        """Whether a range is a body's name; `common`: a common word for a body stands before it."""
        name = sentence.folded[start:end]
        words = name.split()
        return (
            1 < len(words) <= _LONGEST_BODY
            and words[0][0].isupper()
            and not self._pack.function.match(sentence.key, start)
            and (common or self._names_body(sentence, start, words))
            and not _NOT_IN_NAME.search(name)
            and not self._pack.reporting.search(name.lower())
        )
