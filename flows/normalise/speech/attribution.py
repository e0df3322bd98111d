"""Who says each sentence.

A sentence is attributed to the subject of its reporting verb, to the subject of an inverted clause
("comme l'a souligné X"), to a source adverbial ("Selon elle,"), or to nobody named when the verb is
passive without an agent. Pronouns and offices are resolved inside the document. A sentence without
a reporting verb speaks for the document: attribution does not carry over from the one before.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from flows.normalise.language.names import Names
from flows.normalise.language.pack import Pack
from flows.normalise.people.participants import Attendance, Naming, Participant
from flows.normalise.speech.antecedents import Antecedents
from flows.normalise.speech.sources import DOCUMENT as DOCUMENT
from flows.normalise.speech.sources import Source as Source
from flows.normalise.speech.sources import targets
from flows.normalise.speech.subjects import Subject, Subjects
from flows.normalise.structure.document import Document, Sentence
from flows.normalise.text.fragment import AROUND

_LONGEST_OFFICE = 160
_PEOPLE = ("participants", "speakers", "delegates", "delegations")
_SEVERAL = ("mp", "fp")  # kinds of pronouns
_REFERENCES = ("attribution.office", "attribution.pronoun")
_NEAR = 4  # characters of an article between the start of a source and what it names


@cache
def _sources(pack: Pack) -> list[tuple[str, re.Pattern[str]]]:
    """Attribution → noun phrase that a source outside subject position may be."""
    adjective = pack.shapes["noun_adjective"].pattern
    return [
        (
            attribution,
            re.compile(rf"(?:(?:{pack.determiners}) ?)*(?:{adjective})?(?:{noun.pattern})\b"),
        )
        for attribution, noun in pack.source_nouns
    ]


@cache
def _pronoun_end(pack: Pack) -> re.Pattern[str]:
    """A pronoun, as group 1, and an adverb at the end of the text before a verb."""
    pronouns = "|".join(map(re.escape, sorted(pack.pronouns, key=len, reverse=True)))
    return re.compile(rf"(?:^|[\s,;:('–—])({pronouns}){pack.shapes['adverb'].pattern}")


class Attributor:
    """Walks through the sentences in order; remembers who spoke last for pronouns."""

    def __init__(self, document: Document, attendance: Attendance, names: Names) -> None:
        self.document, self.pack, self._names = document, document.pack, names
        self._subjects = Subjects(document.pack, names)
        self._antecedents = Antecedents(document.pack, attendance)
        self._namings: dict[int, list[Naming]] = {}
        for naming in attendance.namings:
            self._namings.setdefault(naming.sentence, []).append(naming)
        self._said: list[Source] = []
        self.references: list[tuple[Sentence, Source]] = []
        """Persons meant by an office or a pronoun that is the subject of a verb."""

    def attribute(self) -> list[Source]:
        """One source for each sentence of the document, by index."""
        self._said = []
        lead: Source | None = None  # of the sentence that introduces the list
        lead_passage = -1
        for sentence in self.document.sentences:
            if sentence.kind not in ("paragraph", "list_item"):
                self._said.append(DOCUMENT)
                lead = None if sentence.kind == "heading" else lead
                continue
            source = self._source(sentence)
            introduces = source.attribution != "document" and sentence.text.rstrip().endswith(":")
            if sentence.kind == "paragraph":
                lead = None
            elif source.attribution == "document" and lead and lead_passage < sentence.passage:
                source = replace(
                    lead, verb=None, rule="attribution.list", span=None, verb_start=None
                )
            if introduces:
                lead, lead_passage = source, sentence.passage
            self._said.append(source)
            self._remember(sentence, source)
        return self._said

    def office(self, phrase: str) -> Participant | None:
        """The one person of the document whose function holds all words of an office (key)."""
        return self._antecedents.office(phrase)

    # ------------------------------------------------------------ one sentence

    def _source(self, sentence: Sentence) -> Source:
        return (
            self._inverted(sentence)
            or self._adverbial(sentence)
            or self._leading_verb(sentence)
            or self._subject(sentence)
            or self._postposed(sentence)
            or self._passive(sentence)
            or DOCUMENT
        )

    def _inverted(self, sentence: Sentence) -> Source | None:
        """The subject of an inverted clause: "comme l'a souligné X", "comme le souligne X"."""
        pack, rule = self.pack, "attribution.inverted"
        match = sentence.search(pack.inverted)
        if match:
            verb = match["verb"].split()[0]
            if pack.reports(verb) or pack.shapes["been"].match(verb):
                return self._resolve(sentence, *match.span("source"), match["verb"], rule)
        match = sentence.search(pack.inverted_present)
        if match and pack.reporting_present.match(match["verb"]):
            return self._resolve(sentence, *match.span("source"), match["verb"], rule)
        return None

    def _adverbial(self, sentence: Sentence) -> Source | None:
        """A source adverbial: "Selon elle,", "à leurs yeux,"."""
        lowered = sentence.lowered
        for match in sentence.finditer(self.pack.adverbial):
            start, end = match.span("source")
            if match.start() and self.pack.shapes["purpose"].search(lowered, start - 5, start):
                continue
            source = self._resolve(sentence, start, end, None, "attribution.adverbial")
            if source:
                return source
        possessive = sentence.search(self.pack.possessive)
        if possessive is None:
            return None
        several = self.pack.shapes["of_several"].search(possessive[0])
        return self._antecedents.pronoun("mp" if several else "last", None, None)

    def _leading_verb(self, sentence: Sentence) -> Source | None:
        """The source of a verb that opens the sentence: its subject follows or is left out."""
        pack, lowered = self.pack, sentence.lowered
        match = pack.leading_verb.match(lowered)
        if match is None:
            return None
        form = match["form"]
        if not pack.reports(form) or not self._is_used_to_report(form, lowered[match.end() :]):
            return None
        if match["source"]:
            source = self._resolve(sentence, *match.span("source"), form, "attribution.postposed")
            if source:
                return source
        start = match.start("verb")
        if pack.reporting_passive.match(lowered, start) and pack.passive_participle.match(form):
            return self._passive(sentence)
        number = "mp" if pack.shapes["plural_verb"].match(lowered, start) else "last"
        return self._antecedents.pronoun(number, form, start)

    def _postposed(self, sentence: Sentence) -> Source | None:
        """A source named after the words: ", a rappelé M. X.", ", a-t-elle ajouté."."""
        pack = self.pack
        match = pack.postposed_pronoun.search(sentence.lowered)
        if match and (pack.reports(match["form"]) or pack.any_participle.search(match["form"])):
            form_of = pack.pronouns.get(match["pronoun"])
            if match["pronoun"] is None:
                plural = pack.shapes["plural_verb"].match(match["form"])
                form_of = "mp" if plural else "last"
            if form_of is None:
                return Source("other", None, match["form"], "attribution.passive")
            return self._antecedents.pronoun(form_of, match["form"], None)
        for match in pack.postposed.finditer(sentence.folded):
            if not pack.reports(match["form"]):
                continue
            comma = sentence.folded.find(",", match.end())
            stop = comma if comma >= 0 else len(sentence.text.rstrip(" ."))
            source = self._resolve(
                sentence, match.end(), stop, match["form"], "attribution.postposed"
            )
            if source:
                return source
        return None

    def _passive(self, sentence: Sentence) -> Source | None:
        """The agent of a passive; nobody named without one."""
        pack, lowered, rule = self.pack, sentence.lowered, "attribution.passive"
        introduces = lowered.rstrip().endswith(":")
        for match in sentence.finditer(pack.reporting_passive):
            form = match["form"]
            if not pack.passive_participle.match(form) and not (
                introduces and pack.any_participle.search(form)
            ):
                continue
            if not self._is_used_to_report(form, lowered[match.end() :]):
                continue
            agent = pack.agent.match(lowered, match.end() + 1)
            if agent:
                return self._resolve(sentence, *agent.span("source"), form, "attribution.agent")
            maker = self._agent_of_list(sentence) if introduces else None
            return maker or Source("other", None, form, rule, verb_start=match.start())
        demand = sentence.search(pack.passive_demand)
        if demand:
            return Source("other", None, demand["form"], rule, verb_start=demand.start())
        return self._agent_of_list(sentence) if introduces else None

    def _agent_of_list(self, sentence: Sentence) -> Source | None:
        """Who made what a sentence introduces: "les mesures proposées par les participants"."""
        pack, lowered = self.pack, sentence.lowered
        for agent in sentence.finditer(pack.agent):
            form = lowered[: agent.start()].rstrip().rpartition(" ")[2]
            if not pack.passive_participle.match(form) and not pack.any_participle.search(form):
                continue
            start, end = agent.span("source")
            # The verb of the sentence may stand behind a collective noun without a comma.
            nouns = (noun.match(lowered[start:end]) for _, noun in _sources(pack))
            end = next((start + noun.end() for noun in nouns if noun), end)
            source = self._resolve(sentence, start, end, form, "attribution.agent")
            if source:
                return source
        return None

    # ------------------------------------------------------------ subjects

    def _subject(self, sentence: Sentence) -> Source | None:
        # The sentence that introduces a list reports by whatever verb it has, the last one nearest
        # to the list.
        introduces = sentence.lowered.rstrip().endswith(":")
        verbs = sorted(self._verbs(sentence, introduces), reverse=introduces)
        for start, form in verbs:
            source = self._subject_before(sentence, start, form)
            if source:
                return source
        return None

    def _verbs(self, sentence: Sentence, any_verb: bool) -> Iterator[tuple[int, str]]:
        """Reporting verbs: where each starts, and its form."""
        lowered = sentence.lowered
        for match in self.pack.reporting.finditer(lowered):
            form = match["form"]
            if self.pack.passive_demand.match(lowered, match.start()):
                continue  # its subject is who is asked, not who asks
            if (any_verb and self.pack.any_participle.search(form)) or (
                self.pack.reports(form) and self._is_used_to_report(form, lowered[match.end() :])
            ):
                yield match.start(), form
        for match in sentence.finditer(self.pack.reporting_present):
            yield match.start(), match["form"]

    def _is_used_to_report(self, form: str, after: str) -> bool:
        """Whether a participle has behind it the words with which it reports, if it needs some."""
        needs = self.pack.needs.get(form)
        return needs is None or bool(needs.match(after))

    def _subject_before(self, sentence: Sentence, verb: int, form: str) -> Source | None:
        """The subject that stands right before the verb at `verb`."""
        lead = self.pack.shapes["clitic"].sub("", sentence.lowered[:verb].rstrip(" ,"))
        pronoun = _pronoun_end(self.pack).search(lead)
        if pronoun:
            may_be_thing = self.pack.shapes["thing_pronoun"].fullmatch(pronoun[1])
            if may_be_thing and form in self.pack.verbs_of_things and self._after_a_thing(sentence):
                return None
            form_of = self.pack.pronouns[pronoun[1]]
            meant = self._subject_resumed(sentence, form_of, pronoun.start(), form, verb)
            meant = meant or self._antecedents.pronoun(form_of, form, verb)
            if meant:
                return meant
        best = self._person_before(sentence, verb, form)
        namings = self._namings.get(sentence.index, [])
        persons = [_range_of(naming) for naming in namings]
        noun = self._subjects.collective(sentence, verb, form, persons)
        if noun and (best is None or noun[0][0] > best[0]):
            subject, end = noun
            best = best if self._verb_between(sentence, end, verb) else subject
        best = (
            best
            or self._subjects.state_or_body(sentence, verb, form)
            or self._office_before(sentence, verb, form)
            or self._titled(sentence, verb, form)
        )
        return best[1] if best else None

    def _subject_resumed(
        self, sentence: Sentence, form_of: str, pronoun: int, form: str, verb: int
    ) -> Source | None:
        """People at the start of the sentence whom a pronoun takes up: "Delegates did …; they"."""
        if form_of not in _SEVERAL or pronoun == 0:
            return None
        for attribution, noun in _sources(self.pack):
            found = noun.match(sentence.lowered, 0, pronoun)
            if found and attribution in _PEOPLE and not self._namings.get(sentence.index):
                words = sentence.text[: found.end()]
                rule = "attribution.pronoun"
                return Source(attribution, words, form, rule, (), span=None, verb_start=verb)
        return None

    def _person_before(self, sentence: Sentence, verb: int, form: str) -> Subject | None:
        """The last person named before the verb who may be its subject."""
        best: Subject | None = None
        for naming in self._namings.get(sentence.index, []):
            start, end = _range_of(naming)
            if (
                naming.introduction.in_passing
                or (naming.participant.absent and not naming.acts)
                or start >= verb
                or end > verb
                or self._verb_between(sentence, end, verb)
            ):
                continue
            if best is None or start > best[0]:
                source = self._person(naming, sentence, form, verb, "attribution.subject")
                best = start, self._with_others(naming, sentence, source)
        return best

    def _with_others(self, last: Naming, sentence: Sentence, source: Source) -> Source:
        """The source with those named before its person as subjects of the same verb: "X and Y"."""
        start, end = source.span or (0, 0)
        first, participants = last, source.participants
        for naming in reversed(self._namings.get(sentence.index, [])):
            between = sentence.key[_range_of(naming)[1] : _range_of(first)[0]]
            if naming.introduction.start < first.introduction.start:
                shapes = self.pack.shapes
                joined = first is not last or shapes["conjunction"].search(between)
                if not (joined and naming.acts and shapes["coordination"].fullmatch(between)):
                    break
                before = self._person(naming, sentence, None, None, source.rule)
                start = before.span[0] if before.span else start
                participants = (*before.participants, *participants)
                first = naming
        if first is last:
            return source
        words = sentence.text[start:end]
        return replace(source, words=words, participants=participants, span=(start, end))

    def _after_a_thing(self, sentence: Sentence) -> bool:
        """Whether the sentence before has a subject that is nobody: a pronoun may mean that."""
        before = sentence.index - 1
        return (
            sentence.position > 1
            and self._said[before].attribution == "document"
            and not self._namings.get(before)
        )

    def _verb_between(self, sentence: Sentence, start: int, end: int) -> bool:
        """Whether another clause begins between a subject and its verb."""
        between = self._without_relative(sentence.lowered[start:end])
        if ";" in between or ". " in between:
            return True
        # A first verb of the same subject ("a rappelé …, et a appelé") does not part them.
        return any(
            not self.pack.shapes["second_verb"].search(between[verb.end() :])
            for verb in self.pack.reporting.finditer(between)
        )

    def _without_relative(self, between: str) -> str:
        """Words between a subject and its verb, without a relative clause right behind it."""
        lead = len(", ")
        relative = between.startswith(", ") and self.pack.shapes["relative"].match(between, lead)
        return between[between.find(",", lead) :] if relative else between

    def _office_before(self, sentence: Sentence, verb: int, form: str | None) -> Subject | None:
        """An office right before the verb that means a person of the document."""
        lead = sentence.key[:verb].rstrip(" ,")
        starts = [0, *(m.end() for m in self.pack.shapes["office_lead"].finditer(lead))]
        for start in reversed(starts):
            # The office may have an adverbial behind it: "La Présidente, dans son discours, a …".
            for phrase in dict.fromkeys((lead[start:], lead[start:].split(", ")[0])):
                if not self.pack.function.match(phrase) or len(phrase) > _LONGEST_OFFICE:
                    continue
                person = self.office(phrase)
                end = start + len(phrase)
                if person:
                    return start, Source(
                        "person",
                        sentence.text[start:end],
                        form,
                        "attribution.office",
                        (person,),
                        span=(start, end),
                        verb_start=verb,
                    )
        return None

    def _titled(self, sentence: Sentence, verb: int, form: str) -> Subject | None:
        """An office right before the verb whose holder the document does not name."""
        lead = sentence.key[:verb].rstrip(" ,")
        starts = [0, *(m.end() for m in self.pack.shapes["office_lead"].finditer(lead))]
        start = starts[-1]
        article = self.pack.shapes["function_article"].match(lead, start)
        function = self.pack.function.match(lead, article.end()) if article else None
        if not function or len(lead) - start > _LONGEST_OFFICE or function[0].endswith("s"):
            return None
        span = (start, len(lead))
        words = sentence.text[slice(*span)]
        rule = "attribution.unnamed_office"
        return start, Source("person", words, form, rule, span=span, verb_start=verb)

    # ------------------------------------------------------------ sources elsewhere

    def _person(
        self, naming: Naming, sentence: Sentence, form: str | None, verb: int | None, rule: str
    ) -> Source:
        """A person named in the sentence, with the honorific."""
        introduction = naming.introduction
        start, end = introduction.start, introduction.end
        if introduction.honorific:
            found = sentence.text.rfind(introduction.honorific, 0, start)
            start = found if found >= 0 and start - found < 60 else start
        words, participants = sentence.text[start:end], (naming.participant,)
        return Source("person", words, form, rule, participants, span=(start, end), verb_start=verb)

    def _resolve(
        self, sentence: Sentence, start: int, end: int, verb: str | None, rule: str
    ) -> Source | None:
        """What a noun phrase outside subject position means, if it is a source at all."""
        text = sentence.lowered[start:end].strip()
        if text in self.pack.pronouns:
            return self._antecedents.pronoun(self.pack.pronouns[text], verb, None)
        for naming in self._namings.get(sentence.index, []):
            if _stands_at(naming, start, end):
                return self._person(naming, sentence, verb, None, rule)
        words = sentence.text[start:end].strip(AROUND + ":")
        countries = targets(self._names.countries, sentence.folded, start, end)
        for attribution, noun in _sources(self.pack):
            if noun.match(text):
                attribution = "delegations" if countries else attribution
                span = (start, start + len(words))
                return Source(attribution, words, verb, rule, countries=countries, span=span)
        plain = sentence.key[start:end].strip()
        office = self.office(plain) if self.pack.function.match(plain) else None
        if office:
            return Source("person", words, verb, rule, (office,), span=(start, end))
        if countries and countries[0][0] - start < 60:
            return Source("delegations", words, verb, rule, countries=countries, span=(start, end))
        bodies = targets(self._names.organisations, sentence.folded, start, end)[:1]
        speaks = verb or rule == "attribution.adverbial"
        if speaks and bodies and bodies[0][0] - start <= 6:
            return Source("organisation", words, verb, rule, bodies=bodies, span=(start, end))
        return None

    # ------------------------------------------------------------ memory

    def _remember(self, sentence: Sentence, source: Source) -> None:
        """Keeps who a later pronoun can mean."""
        named = self._namings.get(sentence.index, [])
        acting = [n for n in named if n.acts]
        present = [n for n in named if not n.participant.absent and not n.introduction.in_passing]
        if len(present) > 1:
            first = self._person(present[0], sentence, None, None, "attribution.person")
            self._antecedents.remember_first(first)
        for naming in acting or present:
            person = self._person(naming, sentence, None, None, "attribution.person")
            self._antecedents.remember_person(naming.participant, person)
        if source.attribution == "person" and source.participants:
            self._antecedents.remember_person(source.participants[0], source)
            if source.rule in _REFERENCES and source.verb_start is not None and not acting:
                self.references.append((sentence, source))
        elif source.words and source.attribution != "document":
            self._antecedents.remember_group(source)
        verb = self.pack.reporting.search(sentence.lowered)
        if verb and not acting and source.attribution == "document":
            # An office as subject of any verb: the next pronoun may mean its holder.
            office = self._office_before(sentence, verb.start(), None)
            if office:
                self.references.append((sentence, office[1]))
                self._antecedents.remember_person(office[1].participants[0], office[1])
                return
            # So with people named together: "Les délégués en ont pris connaissance. Ils …".
            noun = self._subjects.collective(sentence, verb.start(), verb["form"], [])
            if noun and noun[0][0] == 0 and noun[0][1].attribution in _PEOPLE:
                self._antecedents.remember_group(noun[0][1])


def _range_of(naming: Naming) -> tuple[int, int]:
    """The range of a person's name with honorific and function."""
    introduction = naming.introduction
    return introduction.outer_start, max(introduction.outer_end, introduction.end)


def _stands_at(naming: Naming, start: int, end: int) -> bool:
    """Whether a source between two offsets starts with the person named."""
    introduction = naming.introduction
    offset = introduction.outer_start - start
    position = introduction.position
    return (
        0 <= offset < min(100, end + 2 - start)
        and not introduction.in_passing
        and (offset <= _NEAR or (position is not None and position[0] - start <= _NEAR))
    )
