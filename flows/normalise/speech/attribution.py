"""Who says each sentence.

Sentences and the persons whom they name come in, a `Speech` goes out; `normalise` asks for it, and
all that follows reads it. A sentence is attributed to the subject of its reporting verb, to the
subject of an inverted clause ("comme l'a souligné X"), to a source adverbial ("Selon elle,"), or to
nobody named when the verb is passive without an agent. Pronouns and positions are resolved inside
the document. A sentence without a reporting verb speaks for the document: attribution does not
carry over from the one before.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from flows.ground.folding import lower
from flows.normalise.language.names import Names
from flows.normalise.language.pack import Pack
from flows.normalise.people.participants import Attendance, Naming
from flows.normalise.speech.antecedents import Antecedents
from flows.normalise.speech.phrases import Phrases, range_of, source_nouns
from flows.normalise.speech.sayings import DOCUMENT, Saying, Subject, Verb
from flows.normalise.speech.subjects import Subjects
from flows.normalise.structure.document import RUNNING, Document, Sentence

_PEOPLE = ("participants", "speakers", "delegates", "delegations")
_SEVERAL = ("mp", "fp")  # kinds of pronouns
_REFERENCES = ("attribution.office", "attribution.pronoun")


@cache
def _pronoun_end(pack: Pack) -> re.Pattern[str]:
    """A pronoun, as group 1, and an adverb at the end of the text before a verb."""
    pronouns = "|".join(map(re.escape, sorted(pack.pronouns, key=len, reverse=True)))
    return re.compile(rf"(?:^|[\s,;:('–—])({pronouns}){pack.adverb.pattern}")


@dataclass(frozen=True)
class Speech:
    """Who says what in a document.

    `sayings` has one entry a sentence, by index. `references` are persons meant by a position or a
    pronoun that is the subject of a verb, with the sentence. `antecedents` know, at the end of the
    document, whom its positions mean.
    """

    sayings: tuple[Saying, ...]
    references: tuple[tuple[Sentence, Saying], ...]
    antecedents: Antecedents


def attribute(document: Document, attendance: Attendance, names: Names) -> Speech:
    """Who says each sentence of a document, given the persons that it names."""
    attributor = _Attributor(document.pack, attendance, names)
    sayings: list[Saying] = []
    references: list[tuple[Sentence, Saying]] = []
    lead: Saying | None = None  # of the sentence that introduces the list
    lead_passage = -1
    for sentence in document.sentences:
        if sentence.kind not in RUNNING:
            sayings.append(DOCUMENT)
            lead = None if sentence.kind == "heading" else lead
            continue
        saying = attributor.saying(sentence, sayings[-1] if sayings else DOCUMENT)
        introduces = saying.attribution != "document" and sentence.text.rstrip().endswith(":")
        if sentence.kind == "paragraph":
            lead = None
        elif saying.attribution == "document" and lead and lead_passage < sentence.passage:
            saying = replace(lead, verb=None, rule="attribution.list", span=None, verb_start=None)
        if introduces:
            lead, lead_passage = saying, sentence.passage
        sayings.append(saying)
        reference = attributor.remember(sentence, saying)
        references += [(sentence, reference)] if reference else []
    return Speech(tuple(sayings), tuple(references), attributor.antecedents)


class _Attributor:
    """Attributes sentences in their order, and remembers who later pronouns can mean."""

    def __init__(self, pack: Pack, attendance: Attendance, names: Names) -> None:
        self._pack, self.antecedents = pack, Antecedents(pack)
        self._subjects = Subjects(pack, names)
        self._phrases = Phrases(pack, names, attendance, self.antecedents)

    # ------------------------------------------------------------ one sentence

    def saying(self, sentence: Sentence, before: Saying) -> Saying:
        """Who says a sentence; `before` is who says the one before it."""
        return (
            self._inverted(sentence)
            or self._adverbial(sentence)
            or self._leading_verb(sentence)
            or self._spoken(sentence)
            or self._heard(sentence)
            or self._subject(sentence, before)
            or self._postposed(sentence)
            or self._passive(sentence)
            or DOCUMENT
        )

    def _inverted(self, sentence: Sentence) -> Saying | None:
        """The subject of an inverted clause: "comme l'a souligné X", "comme le souligne X"."""
        pack, rule = self._pack, "attribution.inverted"
        match = sentence.search(pack.inverted)
        if match:
            verb = match["verb"].split()[0]
            if pack.reports(verb) or pack.been.match(verb):
                return self._phrases.saying(sentence, match.span("source"), match["verb"], rule)
        match = sentence.search(pack.inverted_present)
        if match and pack.reporting_present.match(match["verb"]):
            return self._phrases.saying(sentence, match.span("source"), match["verb"], rule)
        return None

    def _adverbial(self, sentence: Sentence) -> Saying | None:
        """A source adverbial: "Selon elle,", "à leurs yeux,"."""
        lowered = sentence.lowered
        for match in sentence.finditer(self._pack.adverbial):
            start, end = match.span("source")
            if match.start() and self._pack.purpose.search(lowered, start - 5, start):
                continue
            saying = self._phrases.saying(sentence, (start, end), None, "attribution.adverbial")
            if saying:
                return saying
        possessive = sentence.search(self._pack.possessive)
        if possessive is None:
            return None
        several = self._pack.of_several.search(possessive[0])
        return self.antecedents.pronoun("mp" if several else "last", None, None)

    def _leading_verb(self, sentence: Sentence) -> Saying | None:
        """The source of a verb that opens the sentence: its subject follows or is left out."""
        pack, lowered = self._pack, sentence.lowered
        match = pack.leading_verb.match(lowered)
        if match is None:
            return None
        form = match["form"]
        if not pack.reports(form) or not self._is_used_to_report(form, lowered[match.end() :]):
            return None
        if match["source"]:
            saying = self._phrases.saying(
                sentence, match.span("source"), form, "attribution.postposed"
            )
            if saying:
                return saying
        start = match.start("verb")
        if pack.reporting_passive.match(lowered, start) and pack.passive_participle.match(form):
            return self._passive(sentence)
        number = "mp" if pack.plural_verb.match(lowered, start) else "last"
        return self.antecedents.pronoun(number, form, start)

    def _postposed(self, sentence: Sentence) -> Saying | None:
        """A source named after the words: ", a rappelé M. X.", ", a-t-elle ajouté."."""
        pack = self._pack
        match = pack.postposed_pronoun.search(sentence.lowered)
        if match and (pack.reports(match["form"]) or pack.any_participle.search(match["form"])):
            form_of = pack.pronouns.get(match["pronoun"])
            if match["pronoun"] is None:
                plural = pack.plural_verb.match(match["form"])
                form_of = "mp" if plural else "last"
            if form_of is None:
                return Saying("other", None, match["form"], "attribution.passive")
            return self.antecedents.pronoun(form_of, match["form"], None)
        for match in pack.postposed.finditer(sentence.folded):
            saying = self._named_after(sentence, match) if pack.reports(match["form"]) else None
            if saying:
                return saying
        return None

    def _named_after(self, sentence: Sentence, verb: re.Match[str]) -> Saying | None:
        """The source right behind a verb that follows the words."""
        comma = sentence.folded.find(",", verb.end())
        stop = comma if comma >= 0 else len(sentence.text.rstrip(" ."))
        behind = self._pack.behind_source.search(sentence.lowered, verb.end(), stop)
        span = (verb.end(), behind.start() if behind else stop)
        return self._phrases.saying(sentence, span, verb["form"], "attribution.postposed")

    def _spoken(self, sentence: Sentence) -> Saying | None:
        """Somebody named after the words by a verb that takes words alone as its object."""
        for match in self._pack.postposed.finditer(sentence.folded):
            if self._pack.spoken.match(lower(match["form"])):
                saying = self._named_after(sentence, match)
                return saying if saying and saying.attribution != "other" else None
        return None

    def _heard(self, sentence: Sentence) -> Saying | None:
        """Those to whom somebody listened: "The Council heard delegations that insisted …"."""
        for match in sentence.finditer(self._pack.heard):
            if self._pack.reports(match["form"]):
                span, form = match.span("source"), match["form"]
                saying = self._phrases.saying(sentence, span, form, "attribution.heard")
                if saying:
                    return saying
        return None

    def _passive(self, sentence: Sentence) -> Saying | None:
        """The agent of a passive; nobody named without one."""
        pack, lowered, rule = self._pack, sentence.lowered, "attribution.passive"
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
                return self._phrases.saying(
                    sentence, agent.span("source"), form, "attribution.agent"
                )
            maker = self._agent_of_list(sentence) if introduces else None
            return maker or Saying("other", None, form, rule, verb_start=match.start())
        agreed = sentence.search(pack.agreed)
        if agreed:
            return Saying("other", None, None, rule, verb_start=agreed.start())
        demand = sentence.search(pack.passive_demand)
        if demand:
            return Saying("other", None, demand["form"], rule, verb_start=demand.start())
        return self._agent_of_list(sentence) if introduces else None

    def _agent_of_list(self, sentence: Sentence) -> Saying | None:
        """Who made what a sentence introduces: "les mesures proposées par les participants"."""
        pack, lowered = self._pack, sentence.lowered
        for agent in sentence.finditer(pack.agent):
            form = lowered[: agent.start()].rstrip().rpartition(" ")[2]
            if not pack.passive_participle.match(form) and not pack.any_participle.search(form):
                continue
            start, end = agent.span("source")
            # The verb of the sentence may stand behind a collective noun without a comma.
            nouns = (noun.match(lowered[start:end]) for _, noun in source_nouns(pack))
            end = next((start + noun.end() for noun in nouns if noun), end)
            saying = self._phrases.saying(sentence, (start, end), form, "attribution.agent")
            if saying:
                return saying
        return None

    # ------------------------------------------------------------ subjects

    def _subject(self, sentence: Sentence, before: Saying) -> Saying | None:
        # The sentence that introduces a list reports by whatever verb it has, the last one nearest
        # to the list.
        introduces = sentence.lowered.rstrip().endswith(":")
        is_thing = self._is_of_a_thing(sentence, before)
        for verb in sorted(self._verbs(sentence, introduces), reverse=introduces):
            saying = self._subject_before(sentence, verb, is_thing)
            if saying:
                return saying
        return None

    def _is_of_a_thing(self, sentence: Sentence, before: Saying) -> bool:
        """Whether the sentence before has a subject that is nobody: a pronoun may mean that."""
        return (
            sentence.position > 1
            and before.attribution == "document"
            and not self._phrases.named_in(sentence.index - 1)
        )

    def _verbs(self, sentence: Sentence, any_verb: bool) -> Iterator[Verb]:
        """The reporting verbs of a sentence; `any_verb`: other verbs in the past as well."""
        lowered = sentence.lowered
        for match in self._pack.reporting.finditer(lowered):
            form = match["form"]
            if self._pack.passive_demand.match(lowered, match.start()):
                continue  # its subject is who is asked, not who asks
            if (any_verb and self._pack.any_participle.search(form)) or (
                self._pack.reports(form) and self._is_used_to_report(form, lowered[match.end() :])
            ):
                yield Verb(match.start(), form)
        for match in sentence.finditer(self._pack.reporting_present):
            yield Verb(match.start(), match["form"])

    def _is_used_to_report(self, form: str, after: str) -> bool:
        """Whether a participle has behind it the words with which it reports, if it needs some."""
        needs = self._pack.needs.get(form)
        return needs is None or bool(needs.match(after))

    def _subject_before(self, sentence: Sentence, verb: Verb, is_thing: bool) -> Saying | None:
        """The subject that stands right before a verb; `is_thing`: a pronoun may mean a thing."""
        lead = self._pack.clitic.sub("", sentence.lowered[: verb.start].rstrip(" ,"))
        pronoun = _pronoun_end(self._pack).search(lead)
        if pronoun:
            may_be_thing = self._pack.thing_pronoun.fullmatch(pronoun[1])
            if is_thing and may_be_thing and verb.form in self._pack.verbs_of_things:
                return None
            form_of = self._pack.pronouns[pronoun[1]]
            meant = self._subject_resumed(sentence, form_of, pronoun.start(), verb)
            meant = meant or self.antecedents.pronoun(form_of, verb.form, verb.start)
            if meant:
                return meant
        best = self._person_before(sentence, verb)
        persons = [range_of(naming) for naming in self._phrases.named_in(sentence.index)]
        noun = self._subjects.collective(sentence, verb, persons)
        if noun and (best is None or noun[0][0] > best[0]):
            subject, end = noun
            best = best if self._verb_between(sentence, end, verb.start) else subject
        best = (
            best
            or self._subjects.country_or_organisation(sentence, verb)
            or self._phrases.position(sentence, verb.start, verb.form)
            or self._phrases.surname(sentence, verb)
            or self._phrases.unnamed_position(sentence, verb)
        )
        return best[1] if best else None

    def _subject_resumed(
        self, sentence: Sentence, form_of: str, pronoun: int, verb: Verb
    ) -> Saying | None:
        """People at the start of the sentence whom a pronoun takes up: "Delegates did …; they"."""
        if form_of not in _SEVERAL or pronoun == 0:
            return None
        for attribution, noun in source_nouns(self._pack):
            found = noun.match(sentence.lowered, 0, pronoun)
            if found and attribution in _PEOPLE and not self._phrases.named_in(sentence.index):
                words = sentence.text[: found.end()]
                rule = "attribution.pronoun"
                return Saying(attribution, words, verb.form, rule, verb_start=verb.start)
        return None

    def _person_before(self, sentence: Sentence, verb: Verb) -> Subject | None:
        """The last person named before the verb who may be its subject."""
        best: tuple[int, Naming] | None = None
        for naming in self._phrases.named_in(sentence.index):
            start, end = range_of(naming)
            if (
                naming.introduction.in_passing
                or (naming.participant.absent and not naming.acts)
                or start >= verb.start
                or end > verb.start
                or self._verb_between(sentence, end, verb.start)
            ):
                continue
            if best is None or start > best[0]:
                best = start, naming
        return (best[0], self._said_by_person(sentence, best[1], verb)) if best else None

    def _said_by_person(self, sentence: Sentence, last: Naming, verb: Verb) -> Saying:
        """A person as subject, with those named before as subjects of the same verb: "X and Y"."""
        rule = "attribution.subject"
        saying = self._phrases.person(last, sentence, verb.form, rule)
        saying = replace(saying, verb_start=verb.start)
        start, end = saying.span or (0, 0)
        first, participants = last, saying.participants
        for naming in reversed(self._phrases.named_in(sentence.index)):
            between = sentence.key[range_of(naming)[1] : range_of(first)[0]]
            if naming.introduction.start < first.introduction.start:
                joined = first is not last or self._pack.conjunction.search(between)
                if not (joined and naming.acts and self._pack.coordination.fullmatch(between)):
                    break
                before = self._phrases.person(naming, sentence, None, rule)
                start = before.span[0] if before.span else start
                participants = (*before.participants, *participants)
                first = naming
        if first is last:
            return saying
        words = sentence.text[start:end]
        return replace(saying, words=words, participants=participants, span=(start, end))

    def _verb_between(self, sentence: Sentence, start: int, end: int) -> bool:
        """Whether another clause begins between a subject and its verb."""
        between = self._without_relative(sentence.lowered[start:end])
        if ";" in between or ". " in between:
            return True
        # A first verb of the same subject ("a rappelé …, et a appelé") does not part them.
        return any(
            not self._pack.second_verb.search(between[verb.end() :])
            for verb in self._pack.reporting.finditer(between)
        )

    def _without_relative(self, between: str) -> str:
        """Words between a subject and its verb, without a relative clause right behind it."""
        lead = len(", ")
        relative = between.startswith(", ") and self._pack.relative.match(between, lead)
        return between[between.find(",", lead) :] if relative else between

    # ------------------------------------------------------------ memory

    def remember(self, sentence: Sentence, saying: Saying) -> Saying | None:
        """Keeps who a later pronoun can mean, now that it is known who says the sentence.

        Gives the person, if any, whom a position or a pronoun means as the subject of its verb.
        """
        named = self._phrases.named_in(sentence.index)
        acting = [n for n in named if n.acts]
        present = [n for n in named if not n.participant.absent and not n.introduction.in_passing]
        if len(present) > 1:
            self.antecedents.remember_first(self._alone(present[0], sentence))
        for naming in acting or present:
            self.antecedents.remember_person(naming.participant, self._alone(naming, sentence))
        is_person = saying.attribution == "person" and bool(saying.participants)
        if is_person:
            self.antecedents.remember_person(saying.participants[0], saying)
        elif saying.words and saying.attribution != "document":
            self.antecedents.remember_group(saying)
        if acting:
            return None
        if saying.attribution == "document":
            return self._remember_subject(sentence)
        is_reference = saying.rule in _REFERENCES and saying.verb_start is not None
        return saying if is_person and is_reference else None

    def _remember_subject(self, sentence: Sentence) -> Saying | None:
        """Keeps whom the subject of any verb means; gives the person if it is a position."""
        verb = self._pack.reporting.search(sentence.lowered)
        if verb is None:
            return None
        position = self._phrases.position(sentence, verb.start(), None)
        if position:
            self.antecedents.remember_person(position[1].participants[0], position[1])
            return position[1]
        # So with people named together: "Les délégués en ont pris connaissance. Ils …".
        noun = self._subjects.collective(sentence, Verb(verb.start(), verb["form"]), [])
        if noun and noun[0][0] == 0 and noun[0][1].attribution in _PEOPLE:
            self.antecedents.remember_group(noun[0][1])
        return None

    def _alone(self, naming: Naming, sentence: Sentence) -> Saying:
        """A person as a later pronoun means them."""
        return self._phrases.person(naming, sentence, None, "attribution.person")
