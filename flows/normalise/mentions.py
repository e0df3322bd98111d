"""What sentences name: countries, organisations, persons, and instruments (citations)."""

import re
from dataclasses import dataclass

from flows.normalise.document import Document, Sentence
from flows.normalise.gazetteer import Gazetteer, Match
from flows.normalise.participants import Attendance, Participant, entity_of


@dataclass(frozen=True)
class Mention:
    """A country, organisation or person named in a sentence; offsets are into the sentence."""

    sentence: Sentence
    kind: str
    start: int
    end: int
    entity_id: str | None
    country_code: str | None
    rule: str
    participant: Participant | None = None


@dataclass(frozen=True)
class Citation:
    """An instrument named in a sentence, at its first place there."""

    sentence: Sentence
    instrument_id: str
    start: int
    end: int
    rule: str


def find_mentions(
    document: Document,
    attendance: Attendance,
    countries: Gazetteer,
    bodies: Gazetteer,
    instruments: Gazetteer,
) -> list[Mention]:
    """Mentions in running text, in order; a name inside a longer name is not one of its own."""
    found: list[Mention] = []
    namings: dict[int, list[tuple[int, int, Participant]]] = {}
    for naming in attendance.namings:
        span = (naming.introduction.start, naming.introduction.end, naming.participant)
        namings.setdefault(naming.sentence, []).append(span)
    for sentence in document.running:
        folded = sentence.folded
        persons = namings.get(sentence.index, [])
        body_matches = [m for m in bodies.find(folded) if not _inside(m, persons)]
        named_things = [*body_matches, *instruments.find(folded)]
        rows: list[Mention] = []
        for match in countries.find(folded):
            if _inside(match, persons) or any(
                t.start <= match.start
                and match.end <= t.end
                and t.end - t.start > match.end - match.start
                for t in named_things
            ):
                continue
            rows.append(
                Mention(
                    sentence,
                    "country",
                    match.start,
                    match.end,
                    match.target.lower(),
                    match.target,
                    "mention.country",
                )
            )
        rows.extend(
            Mention(
                sentence, "organisation", m.start, m.end, m.target, None, "mention.organisation"
            )
            for m in body_matches
        )
        rows.extend(
            Mention(
                sentence,
                "person",
                start,
                end,
                entity_of(person),
                person.country_code,
                "mention.person",
                person,
            )
            for start, end, person in persons
        )
        found.extend(sorted(rows, key=lambda m: (m.start, m.end, m.kind)))
    return found


def _inside(match: Match, ranges: list[tuple[int, int, Participant]]) -> bool:
    return any(start <= match.start and match.end <= end for start, end, _ in ranges)


def find_citations(document: Document, instruments: Gazetteer) -> list[Citation]:
    """Instruments named, one row a sentence and instrument; short forms once the long one is known."""
    found: list[Citation] = []
    known: set[str] = set()
    for sentence in document.sentences:
        if sentence.kind in ("artefact", "rule", "footnote"):
            continue
        folded = sentence.folded
        rows: dict[str, Citation] = {}
        matches = instruments.find_nested(folded)
        for match in matches:
            # Inside a longer name that starts with the same words it is another instrument.
            longer = [
                m
                for m in matches
                if m is not match
                and m.start <= match.start
                and match.end <= m.end
                and m.end - m.start > match.end - match.start
            ]
            if any(m.start == match.start for m in longer):
                continue
            rows.setdefault(
                match.target,
                Citation(
                    sentence, match.target, match.start, match.end, f"instrument.{match.target}"
                ),
            )
        for target, pattern in document.pack.anaphora:
            if target in rows or target not in known:
                continue
            short = next(
                (
                    m
                    for m in pattern.finditer(folded)
                    if not any(c.start < m.end() and m.start() < c.end for c in rows.values())
                ),
                None,
            )
            if short:
                text = short[0]
                lead = len(text) - len(re.sub(r"^(?:[a-zA-Z]+ )(?=[A-Z])", "", text))
                rows[target] = Citation(
                    sentence,
                    target,
                    short.start() + lead,
                    short.end(),
                    f"instrument.{target}.short_form",
                )
        known |= set(rows)
        found.extend(sorted(rows.values(), key=lambda c: (c.start, c.end)))
    return found
