"""What sentences name: countries, organisations, persons, and instruments (citations).

A document and the names to look for come in, `Mention`s and `Citation`s go out; `normalise` asks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flows.normalise.language.names import Names
from flows.normalise.people.participants import Attendance, Naming, Participant, entity_of
from flows.normalise.structure.document import Document, Sentence
from flows.normalise.text.gazetteer import Match
from schemas.kinds import MentionKind

_WORD_BEFORE_CAPITAL = re.compile(r"[a-zA-Z]+ (?=[A-Z])")


@dataclass(frozen=True)
class Mention:
    """A country, organisation or person named in a sentence; offsets are into its clean text.

    `entity_id` is the same for the same country, organisation or person across sessions.
    """

    sentence: Sentence
    kind: MentionKind
    start: int
    end: int
    entity_id: str | None
    country_code: str | None
    rule: str
    participant: Participant | None = None


@dataclass(frozen=True)
class Citation:
    """An instrument named in a sentence, at its first place there; offsets as for mentions."""

    sentence: Sentence
    instrument_id: str
    start: int
    end: int
    rule: str


def find_mentions(document: Document, attendance: Attendance, names: Names) -> list[Mention]:
    """The mentions in the running text of a document, in its order.

    A country inside the name of something else is not mentioned itself.
    """
    namings: dict[int, list[Naming]] = {}
    for naming in attendance.namings:
        namings.setdefault(naming.sentence, []).append(naming)
    found: list[Mention] = []
    for sentence in document.running:
        persons = namings.get(sentence.index, [])
        organisations = _outside_persons(names.organisations.find(sentence.folded), persons)
        others = (names.instruments, names.cities)
        longer = [*organisations, *(m for other in others for m in other.find(sentence.folded))]
        countries = [
            match
            for match in _outside_persons(names.countries.find(sentence.folded), persons)
            if not any(_is_part_of(match, name) for name in longer)
        ]
        mentions = [
            *(_country(sentence, match) for match in countries),
            *(_organisation(sentence, match) for match in organisations),
            *(_person(sentence, naming) for naming in persons),
        ]
        found.extend(sorted(mentions, key=lambda m: (m.start, m.end, m.kind)))
    return found


def _country(sentence: Sentence, match: Match) -> Mention:
    code = match.target
    return Mention(
        sentence, "country", match.start, match.end, code.lower(), code, "mention.country"
    )


def _organisation(sentence: Sentence, match: Match) -> Mention:
    rule = "mention.organisation"
    return Mention(sentence, "organisation", match.start, match.end, match.target, None, rule)


def _person(sentence: Sentence, naming: Naming) -> Mention:
    person, name = naming.participant, naming.introduction
    return Mention(
        sentence,
        "person",
        name.start,
        name.end,
        entity_of(person),
        person.country_code,
        "mention.person",
        person,
    )


def _outside_persons(matches: list[Match], persons: list[Naming]) -> list[Match]:
    """The matches that are not part of a person's name."""
    names = [n.introduction for n in persons]
    return [m for m in matches if not any(n.start <= m.start and m.end <= n.end for n in names)]


def _is_part_of(match: Match, longer: Match) -> bool:
    return (
        longer.start <= match.start
        and match.end <= longer.end
        and longer.end - longer.start > match.end - match.start
    )


def find_citations(document: Document, names: Names) -> list[Citation]:
    """The instruments that a document names, in its order: one citation a sentence and instrument.

    A short form ("le Pacte") counts once its instrument was named in a sentence before.
    """
    found: list[Citation] = []
    known: set[str] = set()
    for sentence in document.sentences:
        if sentence.kind in ("artefact", "rule", "footnote"):
            continue
        cited: dict[str, Citation] = {}
        for match in _full_names(names.instruments.find_nested(sentence.folded)):
            rule = f"instrument.{match.target}"
            citation = Citation(sentence, match.target, match.start, match.end, rule)
            cited.setdefault(match.target, citation)
        for target, pattern in document.pack.anaphora:
            short = None
            if target in known and target not in cited and sentence.can_match(pattern):
                short = _short_form(sentence, target, pattern, cited)
            if short:
                cited[target] = short
        known |= set(cited)
        found.extend(sorted(cited.values(), key=lambda c: (c.start, c.end)))
    return found


def _full_names(matches: list[Match]) -> Iterator[Match]:
    """Matches without those that start a longer name: that one is another instrument."""
    for match in matches:
        if not any(m.start == match.start and _is_part_of(match, m) for m in matches):
            yield match


def _short_form(
    sentence: Sentence, target: str, pattern: re.Pattern[str], cited: dict[str, Citation]
) -> Citation | None:
    """The first short form of an instrument outside what is cited already, without its article."""
    for match in pattern.finditer(sentence.folded):
        if not any(c.start < match.end() and match.start() < c.end for c in cited.values()):
            article = _WORD_BEFORE_CAPITAL.match(match[0])
            start = match.start() + (article.end() if article else 0)
            return Citation(sentence, target, start, match.end(), f"instrument.{target}.short_form")
    return None
