"""Who is listed in the sentences that say who spoke or took part ("dirigés par 34 orateurs, …").

One such sentence comes in, with the ranges of the persons introduced in it; the evidence that it
gives for states, organisations, groups and holders of positions goes out. `attendance` asks.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from flows.ground.folding import slug
from flows.ground.span import Span, overlaps
from flows.normalise.language.names import Names
from flows.normalise.language.pack import Pack
from flows.normalise.people.name_shapes import CAPITAL
from flows.normalise.people.participants import Participant, Presence
from flows.normalise.people.roles import RoleFound
from flows.normalise.speech.presence import (
    group_present,
    is_inside,
    organisation_present,
    state_present,
)
from flows.normalise.speech.sayings import Target
from flows.normalise.structure.document import Document, Sentence
from flows.normalise.text.gazetteer import Match
from schemas.kinds import RoleKind

_LISTING_SECTIONS = ("front_matter", "panels", "opening")
_BEFORE_COUNTRY, _BEFORE_ORGANISATION = 30, 60  # characters looked at before a name

Holder = Callable[[str], Participant | None]
"""Words of a position (key) → the person of the document who holds it."""


@cache
def _capitals(pack: Pack) -> re.Pattern[str]:
    """Capitalised words, with small ones inside, up to a joint of a list."""
    small = pack.body_particle.pattern
    joint = pack.conjunction.pattern
    word = rf"[{CAPITAL}][\w'&-]*"
    return re.compile(rf"{word}(?: (?:(?!{joint}){small} ){{0,2}}?{word})*")


def role_of_list(document: Document, sentence: Sentence) -> RoleKind | None:
    """The role of those whom a sentence lists; None if it lists nobody."""
    pack = document.pack
    if pack.statements.search(sentence.lowered):
        return "speaker"
    if document.sections[sentence.section].kind not in _LISTING_SECTIONS:
        return None
    if pack.not_listing.search(sentence.lowered):
        return None
    return next((role for role, cue in pack.listing if cue.search(sentence.lowered)), None)


def listed(
    sentence: Sentence, role: RoleKind, introduced: Sequence[Span], names: Names, holder: Holder
) -> list[Presence]:
    """Evidence of all whom a sentence lists in a role.

    `introduced` are the ranges of the persons introduced in it, who are read elsewhere.
    """
    positions = [(span, holder(words)) for span, words in _positions(sentence)]
    covered = [span for span, _ in positions]
    countries = names.countries.find(sentence.folded)
    organisations = names.organisations.find(sentence.folded)
    apart = [*introduced, *covered]
    found: list[Presence] = []
    for match in countries:
        if not is_inside(match.start, introduced) and _is_listed_state(
            sentence, match, organisations
        ):
            state = Target(match.start, match.end, match.target)
            found.append(state_present(sentence, state, role, "state.listed"))
    for match in organisations:
        if not is_inside(match.start, apart) and _is_listed_organisation(sentence, match):
            known = Target(match.start, match.end, match.target)
            rule = "organisation.listed"
            found.append(organisation_present(sentence, known, role, rule, names))
    taken = [*((match.start, match.end) for match in (*organisations, *countries)), *apart]
    for span in _unlisted_organisations(sentence):
        if not overlaps(span, taken):
            unknown = Target(*span, slug(sentence.text[slice(*span)]))
            rule = "organisation.listed_unknown"
            found.append(organisation_present(sentence, unknown, role, rule, names))
    for span, person in positions:
        # The position of somebody named here is none listed by itself.
        if person and not is_inside(span[0], introduced):
            shown = RoleFound(role, sentence.span(*span), "person.listed_office")
            found.append(Presence(person, shown))
    for group in sentence.pack.group_nouns.finditer(sentence.lowered):
        if not is_inside(group.start(), covered):
            found.append(group_present(sentence, group.span(), role))
    return found


def _is_listed_state(sentence: Sentence, match: Match, organisations: Sequence[Match]) -> bool:
    """Whether a country is listed itself, neither a place nor part of an organisation's name."""
    start = max(0, match.start - _BEFORE_COUNTRY)
    pack = sentence.pack
    located = pack.located.search(sentence.key, start, match.start)
    if located and pack.officials.search(sentence.key, 0, match.start):
        located = None  # "officials of the ministries of labour in Chile, Ghana and Peru"
    if located and "(" not in sentence.key[start : match.start]:
        return False
    return not any(o.start <= match.start and match.end <= o.end for o in organisations)


def _is_listed_organisation(sentence: Sentence, match: Match) -> bool:
    """Whether an organisation stands in the list itself, not inside the name of something else."""
    pack = sentence.pack
    return (
        not pack.organiser.match(match.target)
        and not any(
            m.start() <= match.start and match.end <= m.end()
            for m in pack.group_nouns.finditer(sentence.lowered)
        )
        and _is_represented(sentence, match.start)
        and not pack.on_behalf_of_state.search(sentence.key, 0, match.start)
    )


def _is_represented(sentence: Sentence, start: int) -> bool:
    """Whether what stands before `start` says that an organisation there is represented."""
    represented = sentence.pack.represented
    before = max(0, start - _BEFORE_ORGANISATION)
    return represented.search(sentence.key, before, start) is not None


def _unlisted_organisations(sentence: Sentence) -> Iterator[Span]:
    """Ranges of organisations that no table has: a word for one before the name or in it."""
    pack = sentence.pack
    common = {m.start(): m.end() for m in pack.common_body.finditer(sentence.key)}
    before = {end: start for start, end in common.items()}
    for name in _capitals(pack).finditer(sentence.folded):
        start, end = name.span()
        for lead in (pack.representatives, pack.article):
            skipped = lead.match(sentence.lowered, start, end)
            start = skipped.end() if skipped else start
        start = common.get(start, start)
        if start >= end:
            continue  # a common word alone: how far the name goes on in small letters is unknown
        plain = sentence.key[start:end]
        if pack.several_bodies.match(plain):
            continue
        if pack.function.match(plain) or pack.instrument_like.search(sentence.folded, start, end):
            continue
        lead_end = before.get(start, start)
        has_word = lead_end < start or (" " in plain and pack.body.search(plain))
        if has_word and _is_represented(sentence, lead_end):
            yield start, end


def _positions(sentence: Sentence) -> Iterator[tuple[Span, str]]:
    """Ranges of the positions listed, each with its words (key), what leads to it left out."""
    pack = sentence.pack
    for part in pack.office_start.finditer(sentence.key):
        text = part["part"]
        lead = pack.office_introduced.match(text)
        position = text[lead.end() :] if lead else text
        if pack.function.match(position) and not pack.not_office.match(position):
            yield part.span("part"), position.strip()
