"""Recommendations: sentences and list items that say that something ought to be done.

The rules follow the project's annotation guide: an explicit list of actions first, then the cues of
the pack, strongest force first. Traps hide the parts of a sentence in which a cue does not count
(schedules, mandates, aims of the session, hardship of people …). Some cues count only in a sentence
that reports somebody: what urges people is otherwise a fact.
"""

import re
from dataclasses import dataclass

from flows.normalise.attribution import Source
from flows.normalise.document import Document, Sentence
from flows.normalise.pack import Cue, Pack
from flows.normalise.text import key

_FORCES = ("commitment", "call", "obligation", "importance")


@dataclass(frozen=True)
class Recommendation:
    """One recommended action; offsets are into the sentence."""

    sentence: Sentence
    force: str
    cue: str
    rule: str
    source: Source
    addressee: str | None


def find_recommendations(
    document: Document, sources: list[Source], panel_passages: set[int]
) -> list[Recommendation]:
    """Recommendations in the order of the document."""
    pack = document.pack
    found: list[Recommendation] = []
    lead: Sentence | None = None
    for sentence in document.sentences:
        passage = document.passages[sentence.passage]
        section = document.sections[sentence.section]
        if sentence.kind == "heading":
            lead = None
            continue
        if (
            sentence.kind not in ("paragraph", "list_item")
            or section.kind == "notes"
            or sentence.passage in panel_passages
        ):
            continue
        source = sources[sentence.index]
        introduces = _introduces(document, sentence)
        if sentence.kind == "paragraph":
            lead = sentence if introduces else None
        if introduces:
            if sentence.kind == "list_item" and not _next_is_deeper(document, sentence):
                pass
            else:
                lead = sentence
                continue
        if section.kind == "panels" and sentence.kind == "list_item":
            continue
        if sentence.kind == "list_item":
            reported = source.verb is not None
            priority = _priority(document, sentence, lead, section.kind, reported, pack)
            if priority:
                cue, rule = priority
                found.append(
                    Recommendation(
                        sentence,
                        "priority",
                        cue,
                        rule,
                        source,
                        addressee_of(sentence, "priority", source, None, pack),
                    )
                )
                continue
        hit = find_force(sentence, source, pack)
        if hit:
            cue_rule, start, end = hit
            found.append(
                Recommendation(
                    sentence,
                    cue_rule.force,
                    sentence.text[start:end],
                    cue_rule.rule,
                    source,
                    addressee_of(sentence, cue_rule.force, source, (start, end), pack),
                )
            )
    return found


def _introduces(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence introduces the list that follows it: it ends with a colon."""
    if not re.search(r":[»”\"*_ ]*$", sentence.text):
        return False
    following = next(
        (
            p
            for p in document.passages[sentence.passage + 1 :]
            if p.kind not in ("artefact", "rule", "footnote")
        ),
        None,
    )
    return following is not None and following.kind == "list_item"


def _next_is_deeper(document: Document, sentence: Sentence) -> bool:
    passage = document.passages[sentence.passage]
    following = document.passages[sentence.passage + 1]
    return following.indent > passage.indent or following.mark != passage.mark


def _priority(
    document: Document,
    sentence: Sentence,
    lead: Sentence | None,
    section: str,
    reported: bool,
    pack: Pack,
) -> tuple[str, str] | None:
    """Cue and rule when an item stands in an explicit list of recommended actions."""
    first = document.of_passage(sentence.passage)[0]
    if first is not sentence:
        return None
    if lead is not None:
        text = lead.lowered.rsplit(". ", 1)[-1]
        wanted = pack.priority.search(text)
        if not pack.not_priority.search(text):
            offset = len(lead.lowered) - len(text)
            if wanted:
                start, end = wanted.span()
                return lead.text[offset + start : offset + end], "list.priority_lead_in"
            action = pack.action_item.match(sentence.lowered)
            if action:
                return sentence.text[: action.end()], "list.actions"
        if section != "recommendations" or pack.not_priority.search(text):
            return None
    if section == "recommendations":
        if pack.not_item.search(sentence.lowered) or (
            reported and not pack.action_item.match(sentence.lowered)
        ):
            return None
        heading = document.sections[sentence.section].heading
        return (heading.text if heading else sentence.text, "list.recommendations_heading")
    return None


def find_force(sentence: Sentence, source: Source, pack: Pack) -> tuple[Cue, int, int] | None:
    """The first cue of the strongest force of a sentence that no trap hides: cue, start, end."""
    lowered = sentence.lowered
    hidden: list[tuple[int, int]] | None = None
    reported = source.attribution != "document"
    for force in _FORCES:
        best: tuple[Cue, int, int] | None = None
        for cue in pack.cues:
            if cue.force != force or (cue.source and not reported):
                continue
            if cue.when and cue.when.isdisjoint(sentence.beginnings):
                continue
            for match in cue.pattern.finditer(lowered):
                start, end = match.span()
                if hidden is None:
                    hidden = _hidden(sentence, pack)
                if any(a < end and start < b for a, b in hidden):
                    continue
                if cue.object and not something_to_do(lowered[end:], pack):
                    continue
                if best is None or start < best[1]:
                    while end > start and lowered[end - 1] in " ,'":
                        end -= 1
                    while start < end and lowered[start] in " ,":
                        start += 1
                    best = (cue, start, end)
                break
        if best:
            return best
    return None


def _hidden(sentence: Sentence, pack: Pack) -> list[tuple[int, int]]:
    """Ranges of a sentence in which no cue counts."""
    hidden: list[tuple[int, int]] = []
    for trap in pack.traps:
        if trap.when and trap.when.isdisjoint(sentence.beginnings):
            continue
        hidden.extend(m.span() for m in trap.pattern.finditer(sentence.lowered))
    return hidden


def something_to_do(after: str, pack: Pack) -> bool:
    """Whether what follows "l'importance" is something to be done, not something that exists."""
    after = after.lstrip(" ")
    shapes = pack.importance
    if shapes["enumerated"].match(after):
        return True
    if shapes["not_infinitive"].match(after) is None and shapes["infinitive"].match(after):
        return True
    if shapes["past"].match(after):
        return False
    if shapes["indefinite"].match(after):
        return True
    noun = shapes["action_noun"].match(after)
    if not noun:
        return False
    word = key(noun["noun"])
    if word in pack.not_action_nouns:
        return False
    if word in pack.action_nouns:
        return True
    return word.endswith(pack.action_endings) or word.rstrip("s").endswith(pack.action_endings)


# ---------------------------------------------------------------- addressee


def addressee_of(
    sentence: Sentence, force: str, source: Source, cue: tuple[int, int] | None, pack: Pack
) -> str | None:
    """The words that name who is to act, as printed; None when the sentence does not say so."""
    if force == "commitment":
        return source.words
    lowered = sentence.lowered
    for name in (
        ("asked", "asked_dative", "asked_of", "passive_asked")
        if force in ("call", "obligation")
        else ()
    ):
        match = pack.addressee[name].search(lowered)
        if match:
            # Whoever is asked is to act, whatever the noun.
            return _without_preposition(sentence, *match.span("who"), pack)
    if force == "obligation" and cue is not None:
        subject = _modal_subject(sentence, cue, pack)
        if subject:
            return subject
    for name in ("for_whom", "that_who", "agent", "efforts", "between", "gathering"):
        for match in pack.addressee[name].finditer(lowered):
            group = "who" if match["who"] else "who2"
            found = _actor(sentence, *match.span(group), pack)
            if found:
                return found
    return None


def _without_preposition(sentence: Sentence, start: int, end: int, pack: Pack) -> str | None:
    """The noun phrase without the preposition, or the article contracted with it, before it."""
    words = sentence.text[start:end].strip(" ,")
    first, _, rest = words.partition(" ")
    if first.lower() in pack.contracted and rest:
        return rest
    return pack.addressee["strip"].sub("", words) or None


def _actor(sentence: Sentence, start: int, end: int, pack: Pack) -> str | None:
    """The words if they name somebody who can act, without a leading preposition."""
    words = sentence.text[start:end].strip(" ,")
    plain = key(words)
    head = re.sub(rf"^(?:{pack.determiners}|a|de|aux?|des?|to|the|a los|a las|al)\b ?", "", plain)
    head = re.sub(
        r"^(?:l'|d'|les |la |le |de |des |aux? |tous |toutes |l'ensemble des? |autres |differents |differentes |principaux |divers )+",
        "",
        head,
    )
    found = pack.actors.search(head)
    if not found or found.start() > 24 or pack.body_link.search(head[: found.start()]):
        return None  # the noun that can act must be the head, not a complement of it
    return _without_preposition(sentence, start, end, pack)


def _modal_subject(sentence: Sentence, cue: tuple[int, int], pack: Pack) -> str | None:
    """The subject of a modal verb, or of the cue itself, when it can act."""
    lowered = sentence.lowered
    starts = [verb.start() for verb in pack.modal.finditer(lowered)]
    for start in [*starts, cue[0]]:
        subject = pack.addressee["subject_stop"].search(lowered[:start])
        words = _actor(sentence, *subject.span("who"), pack) if subject else None
        if words:
            return words
    return None
