"""Recommendations: sentences and list items that say that something ought to be done.

A document and who says its sentences come in, `Recommendation`s with their codes go out;
`normalise` asks. The rules follow the project's annotation guide: an explicit list of actions
first, then the cues of the pack, strongest force first. Traps hide the parts of a sentence in which
a cue does not count (schedules, mandates, aims of the session, hardship of people …). Some cues
count only in a sentence that reports somebody: what urges people is otherwise a fact.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from flows.ground.cleaning import AROUND
from flows.ground.folding import key, lower
from flows.ground.span import Span, overlaps, whole_words
from flows.normalise.language.pack import FORCES, Cue, Pack, Wording
from flows.normalise.speech.sayings import Saying
from flows.normalise.statements.codes import Code, codes_of
from flows.normalise.structure.document import RUNNING, Document, Sentence
from schemas.kinds import Force

_PAGE_FURNITURE = ("artefact", "rule", "footnote")
_HEAD = 24  # a noun that starts later in a phrase is a complement, not its head


@dataclass(frozen=True)
class Recommendation:
    """A sentence that recommends an action.

    `cue` are the words that show the force, as printed, `rule` the id of the rule that found them,
    `saying` who says it, `addressee` who is to act, as printed; None where nobody is named.
    """

    sentence: Sentence
    force: Force
    cue: str
    rule: str
    saying: Saying
    addressee: str | None
    codes: tuple[Code, ...]


@dataclass(frozen=True)
class _Evidence:
    """What makes a sentence a recommendation. `span`, into the sentence, is None for a list."""

    force: Force
    cue: str
    rule: str
    span: Span | None = None


def find_recommendations(
    document: Document, sayings: Sequence[Saying], panel_passages: set[int]
) -> list[Recommendation]:
    """The recommendations of a document, in its order.

    `sayings` has one entry for each sentence of the document; `panel_passages` are the indices of
    the passages that name a panel: these recommend nothing.
    """
    found: list[Recommendation] = []
    for sentence, lead in _candidates(document, panel_passages):
        saying = sayings[sentence.index]
        evidence = (
            _priority(document, sentence, lead, saying)
            or _counted(document, sentence)
            or _force(sentence, saying)
        )
        if evidence:
            found.append(
                Recommendation(
                    sentence,
                    evidence.force,
                    evidence.cue,
                    evidence.rule,
                    saying,
                    _addressee(sentence, evidence, saying),
                    codes_of(document, sentence),
                )
            )
    return found


def _candidates(
    document: Document, panel_passages: set[int]
) -> Iterator[tuple[Sentence, Sentence | None]]:
    """Sentences that may recommend, each with the sentence that introduces its list, if any."""
    lead: Sentence | None = None
    for sentence in document.sentences:
        if sentence.kind == "heading":
            lead = None
            continue
        section = document.sections[sentence.section].kind
        if sentence.kind not in RUNNING or section == "notes" or sentence.passage in panel_passages:
            continue
        is_item = sentence.kind == "list_item"
        introduces = _introduces(document, sentence)
        if introduces and not (is_item and not _next_is_deeper(document, sentence)):
            lead = sentence
            continue
        if not is_item:
            lead = None
        elif section == "panels":
            continue
        yield sentence, lead


def _introduces(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence introduces the list that follows it: it ends with a colon."""
    if not sentence.text.rstrip('»”"*_ ').endswith(":"):
        return False
    following = document.passages[sentence.passage + 1 :]
    kinds = (passage.kind for passage in following if passage.kind not in _PAGE_FURNITURE)
    return next(kinds, None) == "list_item"


def _next_is_deeper(document: Document, sentence: Sentence) -> bool:
    """Whether the passage behind that of the sentence is an item of a list inside its own."""
    passage, following = document.passages[sentence.passage : sentence.passage + 2]
    return following.indent > passage.indent or following.mark != passage.mark


# ---------------------------------------------------------------- lists of actions


def _priority(
    document: Document, sentence: Sentence, lead: Sentence | None, saying: Saying
) -> _Evidence | None:
    """What shows that an item stands in an explicit list of recommended actions."""
    if sentence.kind != "list_item" or document.of_passage(sentence.passage)[0] is not sentence:
        return None
    pack = document.pack
    action = _action(sentence)
    section = document.sections[sentence.section]
    if lead is not None:
        last = lead.lowered.rsplit(". ", 1)[-1]
        # What to do, under a heading of recommendations, is one however it is introduced.
        recommended = action and section.kind == "recommendations"
        if pack.not_priority.search(last) and not recommended:
            return None
        before = len(lead.lowered) - len(last)
        wanted = _announced(lead, before)
        if wanted:
            return _Evidence("priority", wanted, "list.priority_lead_in")
        if action:
            return _Evidence("priority", sentence.text[slice(*action)], "list.actions")
    if action and section.heading and pack.conclusions.match(key(section.heading.text)):
        return _Evidence("priority", section.heading.text, "list.conclusions_heading")
    if section.kind != "recommendations" or pack.not_item.search(sentence.lowered):
        return None
    if saying.verb is not None and not action:
        return None
    cue = section.heading.text if section.heading else sentence.text
    return _Evidence("priority", cue, "list.recommendations_heading")


def _action(sentence: Sentence) -> Span | None:
    """The first words of a sentence where they say what to do, behind "First," and the like."""
    pack, lowered = sentence.pack, sentence.lowered
    ordinal = pack.ordinal_lead.match(lowered)
    start = ordinal.end() if ordinal else 0
    action = pack.action_item.match(lowered[start:])
    return (start, start + action.end()) if action else None


def _counted(document: Document, sentence: Sentence) -> _Evidence | None:
    """What shows that a sentence is one of several actions counted in running text: "There were two
    priorities. First, to open …"; the sentence before the first of them announces actions."""
    pack = document.pack
    action = _action(sentence) if pack.ordinal_lead.match(sentence.lowered) else None
    if action is None:
        return None
    for before in reversed(document.sentences[: sentence.index]):
        if before.kind not in RUNNING or before.section != sentence.section:
            return None
        if not pack.ordinal_lead.match(before.lowered):
            announces = _announced(before)
            return _Evidence("priority", announces, "list.counted") if announces else None
    return None


def _announced(sentence: Sentence, start: int = 0) -> str | None:
    """The words of a sentence, from `start` on, that announce actions, as printed."""
    for found in sentence.pack.priority.finditer(sentence.lowered, start):
        words = whole_words(sentence.lowered, found.span())
        if words:
            return sentence.text[slice(*words)]
    return None


# ---------------------------------------------------------------- cues


def _force(sentence: Sentence, saying: Saying) -> _Evidence | None:
    """The first cue of the strongest force of a sentence that no trap hides."""
    reported = saying.attribution != "document"
    cues = [cue for cue in sentence.candidates(sentence.pack.cues) if reported or not cue.source]
    if not cues:
        return None
    lowered = sentence.lowered
    hidden = _Hidden(sentence)
    for force in FORCES:
        places = [
            (start, end, cue.rule)
            for cue in cues
            if cue.force == force
            for start, end in _places(cue, lowered, hidden, sentence.pack)
        ]
        if places:
            start, end, rule = min(places, key=lambda place: place[0])
            start, end = _trimmed(lowered, start, end)
            return _Evidence(force, sentence.text[start:end], rule, (start, end))
    return None


class _Hidden:
    """The ranges of a sentence in which no cue counts; traps are looked for once, if at all."""

    def __init__(self, sentence: Sentence) -> None:
        self._sentence = sentence
        self._ranges: list[Span] | None = None

    def meets(self, start: int, end: int) -> bool:
        """Whether a trap hides some of the characters from `start` to `end`."""
        if self._ranges is None:
            self._ranges = [
                match.span()
                for trap in self._sentence.candidates(self._sentence.pack.traps)
                for match in trap.pattern.finditer(self._sentence.lowered)
            ]
        return overlaps((start, end), self._ranges)


def _places(cue: Cue, lowered: str, hidden: _Hidden, pack: Pack) -> list[Span]:
    """The first place where a cue counts, if there is one."""
    for match in cue.pattern.finditer(lowered):
        words = whole_words(lowered, match.span())
        if words is None or hidden.meets(*match.span()):
            continue
        if not cue.object or _is_to_be_done(lowered[match.end() :], pack):
            return [words]
    return []


def _trimmed(lowered: str, start: int, end: int) -> Span:
    """A range without the spaces and commas at its sides."""
    while end > start and lowered[end - 1] in " ,":
        end -= 1
    while start < end and lowered[start] in " ,":
        start += 1
    return start, end


def _is_to_be_done(after: str, pack: Pack) -> bool:
    """Whether what follows "l'importance" is something to be done, not something that exists."""
    after = after.lstrip(" ")
    if pack.enumerated_behind.match(after):
        return True
    if not pack.not_infinitive_behind.match(after) and pack.infinitive_behind.match(after):
        return True
    if pack.past_behind.match(after):
        return False
    if pack.indefinite_behind.match(after):
        return True
    noun = pack.action_noun_behind.match(after)
    return noun is not None and _is_action(key(noun["noun"]), pack)


def _is_action(noun: str, pack: Pack) -> bool:
    """Whether a noun, as a key, is one of action."""
    if noun in pack.not_action_nouns:
        return False
    return (
        noun in pack.action_nouns
        or noun.endswith(pack.action_endings)
        or noun.rstrip("s").endswith(pack.action_endings)
    )


# ---------------------------------------------------------------- addressee


def _addressee(sentence: Sentence, evidence: _Evidence, saying: Saying) -> str | None:
    """The words that name who is to act, as printed; None when the sentence does not say so."""
    if evidence.force == "commitment":
        return saying.words
    if evidence.force in ("call", "obligation", "priority"):
        for start, end in _named_by(_asking(sentence.pack), sentence):
            if evidence.force == "priority" and start > _HEAD:
                continue  # an action of the list that asks somebody: "Alentar a los …"
            # Whoever is asked is to act, whatever the noun.
            return _without_preposition(sentence.text[start:end], sentence.pack)
    if evidence.force == "obligation" and evidence.span is not None:
        subject = _modal_subject(sentence, evidence.span[0])
        if subject and subject != saying.words:
            return subject
    spans = _named_by(_acting(sentence.pack), sentence)
    actors = (_actor(sentence.text[start:end], sentence.pack) for start, end in spans)
    return next(filter(None, actors), None)


def _asking(pack: Pack) -> tuple[Wording, ...]:
    """Shapes that name who is asked to do something."""
    return pack.asked, pack.asked_dative, pack.asked_of, pack.passive_asked


def _acting(pack: Pack) -> tuple[Wording, ...]:
    """Shapes that name who does something, or is to do it."""
    behind = pack.for_whom, pack.that_who
    return *behind, pack.acting_agent, pack.efforts, pack.between, pack.gathering


def _named_by(wordings: Iterable[Wording], sentence: Sentence) -> Iterator[Span]:
    """Ranges of who may be addressed by these shapes of the pack, shape by shape."""
    for wording in sentence.candidates(wordings):
        for match in wording.pattern.finditer(sentence.lowered):
            words = whole_words(sentence.lowered, match.span("who" if match["who"] else "who2"))
            if words:
                yield words


def _without_preposition(words: str, pack: Pack) -> str | None:
    """A noun phrase without the preposition, or the article contracted with it, before it."""
    words = words.strip(AROUND)
    first, _, rest = words.partition(" ")
    if first.lower() in pack.contracted and rest:
        return rest
    return pack.before_addressee.sub("", words) or None


def _actor(words: str, pack: Pack) -> str | None:
    """A noun phrase, without a leading preposition, if it names somebody who can act."""
    head = key(words.strip(" ,"))
    opening = _determiner(pack).match(head) or pack.preposition.match(head)
    if opening:
        head = head[opening.end() :]
    modifiers = pack.modifiers.match(head)
    if modifiers:
        head = head[modifiers.end() :]
    noun = pack.actors.search(head)
    if not noun or noun.start() > _HEAD or pack.body_link.search(head[: noun.start()]):
        return None  # the noun that can act must be the head, not a complement of it
    if pack.has_verb.match(lower(words)):
        return None  # a clause, not a noun phrase
    return _without_preposition(words, pack)


@cache
def _determiner(pack: Pack) -> re.Pattern[str]:
    return re.compile(rf"(?:{pack.determiners})\b ?")


def _modal_subject(sentence: Sentence, cue: int) -> str | None:
    """The subject of a modal verb, or of the cue that starts at `cue`, when it can act."""
    lowered, pack = sentence.lowered, sentence.pack
    subject_stop = pack.subject_stop
    for start in [*(verb.start() for verb in pack.modal.finditer(lowered)), cue]:
        if pack.passive_action.match(lowered, start):
            continue
        subject = subject_stop.search(lowered[:start])
        words = _actor(sentence.text[slice(*subject.span("who"))], pack) if subject else None
        if words:
            return words
    return None
