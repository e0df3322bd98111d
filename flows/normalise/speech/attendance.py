"""States, organisations and groups that take part, and offices among the listed speakers.

They are found where they speak ("le représentant de la Libye a rappelé") and in the sentences that
list who spoke or took part ("dirigés par 34 orateurs, notamment …").
"""

import re
from collections.abc import Iterator
from functools import cache

from flows.ground.folding import key, slug
from flows.normalise.language.names import Names
from flows.normalise.language.pack import Pack
from flows.normalise.panels.find import Panel
from flows.normalise.people.introductions import Introduction
from flows.normalise.people.name_shapes import CAPITAL
from flows.normalise.people.participants import Attendance, Participant
from flows.normalise.people.roles import Named, RoleFound, Roles
from flows.normalise.speech.attribution import Attributor, Source
from flows.normalise.structure.document import Document, Sentence
from flows.normalise.text.gazetteer import Match

_LISTING_SECTIONS = ("front_matter", "panels", "opening")

Span = tuple[int, int]


@cache
def _capitals(pack: Pack) -> re.Pattern[str]:
    """Capitalised words, with small ones inside, up to a joint of a list."""
    small = pack.shapes["body_particle"].pattern
    joint = pack.shapes["conjunction"].pattern
    word = rf"[{CAPITAL}][\w'&-]*"
    return re.compile(rf"{word}(?: (?:(?!{joint}){small} ){{0,2}}?{word})*")


def add_speaking_bodies(
    document: Document,
    sources: list[Source],
    attendance: Attendance,
    names: Names,
) -> None:
    """Adds states and organisations to which sentences are attributed."""
    pack = document.pack
    for sentence, source in zip(document.sentences, sources, strict=True):
        for person in source.participants:
            # Whoever a pronoun or an office means speaks as well.
            if person.kind == "person" and not person.absent and not person.roles:
                span = sentence.span(*source.span) if source.span else sentence.span()
                person.roles.append(RoleFound("speaker", span, "role.speaker.resolved"))
        if source.span is None:
            continue
        for start, end, code in source.countries:
            state = _state(sentence, (start, end), code, "state.speaks")
            _add(attendance, state, "participant")
        # A text of the body may come before the verb: "in its report, UNHCR stressed …".
        authored = pack.authored.search(sentence.lowered[: source.verb_start])
        if source.attribution not in ("organisation", "delegations") or authored:
            continue
        for start, end, body in source.bodies:
            if not pack.shapes["organiser"].match(body):
                speaker = _body(sentence, (start, end), body, "organisation.speaks", names)
                _add(attendance, speaker, "speaker")


def add_roles_of_references(
    document: Document, attributor: Attributor, panels: list[Panel]
) -> None:
    """Adds what persons do who are meant by an office or a pronoun: "Le Président a clos …"."""
    roles = Roles(document, panels)
    for sentence, source in attributor.references:
        person, verb = source.participants[0], source.verb_start
        if person.kind != "person" or person.absent or verb is None:
            continue
        start, end = source.span or (verb, verb)
        reference = Introduction(person.name, start, end, start, end, "person.reference")
        section = document.sections[sentence.section].kind
        named = [Named(reference, False, person.roles)]
        for role in roles.find(sentence, section, named, 0):
            # Whoever leads a panel opens that, not the session.
            if role.role != "speaker" and not (role.role == "opening" and person.roles):
                person.add_role(role)


def add_representatives(document: Document, attendance: Attendance, names: Names) -> None:
    """Adds states whose unnamed representative does anything: "le délégué du Pérou a …"."""
    introduced = _introduced(attendance)
    for sentence in document.running:
        named = introduced.get(sentence.index, [])
        for match in names.countries.find(sentence.folded):
            if not _inside(match.start, named) and (
                _representative_acts(document, sentence, match)
                or _reports(document, sentence, match)
            ):
                span = (match.start, match.end)
                state = _state(sentence, span, match.target, "state.representative")
                _add(attendance, state, "participant")


def _representative_acts(document: Document, sentence: Sentence, state: Match) -> bool:
    """Whether somebody unnamed who speaks for the state says something, or had it said."""
    pack = document.pack
    found = pack.representative.search(sentence.key, 0, state.start)
    if not found or pack.absent_before.search(sentence.key, 0, found.start()):
        return False
    after = sentence.lowered[state.end :].lstrip(" ,")
    before = sentence.lowered[: found.start()].rstrip()
    return bool(pack.any_verb.match(after)) or before.endswith(tuple(pack.acting_before))


def _reports(document: Document, sentence: Sentence, state: Match) -> bool:
    """Whether a state is subject of a later clause: "…, while the Netherlands stressed …"."""
    pack = document.pack
    after = sentence.lowered[state.end :].lstrip(" ,")
    verb = pack.reporting.match(after)
    needs = pack.needs.get(verb["form"]) if verb else None
    return (
        verb is not None
        and pack.reports(verb["form"])
        and (needs is None or needs.match(after[verb.end() :]) is not None)
        and pack.shapes["contrast"].search(sentence.key, 0, state.start) is not None
    )


def add_listed(
    document: Document,
    attributor: Attributor,
    attendance: Attendance,
    names: Names,
) -> None:
    """Adds whom the sentences list that say who spoke or took part."""
    introduced = _introduced(attendance)
    for sentence in document.running:
        role = _role_of_list(document, sentence)
        if role is None:
            continue
        offices = list(_offices(sentence, attributor))
        covered = [span for span, _ in offices]
        persons = introduced.get(sentence.index, [])
        found_bodies = names.organisations.find(sentence.folded)
        found_states = names.countries.find(sentence.folded)
        known = [(match.start, match.end) for match in [*found_bodies, *found_states]]
        for match in found_states:
            if not _inside(match.start, persons) and _is_listed_state(
                document, sentence, match, found_bodies
            ):
                span = (match.start, match.end)
                _add(attendance, _state(sentence, span, match.target, "state.listed"), role)
        for match in found_bodies:
            inside = _inside(match.start, [*covered, *persons])
            if not inside and _is_listed_body(document, sentence, match):
                span = (match.start, match.end)
                body = _body(sentence, span, match.target, "organisation.listed", names)
                _add(attendance, body, role)
        for span in _unlisted_bodies(document, sentence):
            others = [*known, *persons, *covered]
            if not any(start < span[1] and span[0] < end for start, end in others):
                entity = slug(sentence.text[slice(*span)])
                body = _body(sentence, span, entity, "organisation.listed_unknown", names)
                _add(attendance, body, role)
        for span, person in offices:
            # The function of somebody named here is no office listed by itself.
            if _inside(span[0], introduced.get(sentence.index, [])):
                continue
            if person and all(r.role != role for r in person.roles):
                found = RoleFound(role, sentence.span(*span), "person.listed_office")
                person.roles.append(found)
        for group in document.pack.group_nouns.finditer(sentence.lowered):
            if not _inside(group.start(), covered):
                _add(attendance, _group(document, sentence, group.span()), role)


def _introduced(attendance: Attendance) -> dict[int, list[Span]]:
    """Sentence → ranges of the persons introduced in it, functions included."""
    introduced: dict[int, list[Span]] = {}
    for naming in attendance.namings:
        span = (naming.introduction.outer_start, naming.introduction.outer_end)
        introduced.setdefault(naming.sentence, []).append(span)
    return introduced


def _role_of_list(document: Document, sentence: Sentence) -> str | None:
    """The role of those whom a sentence lists; None if it lists nobody."""
    pack = document.pack
    if pack.statements.search(sentence.lowered):
        return "speaker"
    if document.sections[sentence.section].kind not in _LISTING_SECTIONS:
        return None
    if pack.not_listing.search(sentence.lowered):
        return None
    return next((role for role, cue in pack.listing if cue.search(sentence.lowered)), None)


def _is_listed_state(
    document: Document, sentence: Sentence, match: Match, bodies: list[Match]
) -> bool:
    """Whether a country is listed itself, neither a place nor part of a body's name."""
    start = max(0, match.start - 30)
    located = document.pack.shapes["located"].search(sentence.key, start, match.start)
    if located and "(" not in sentence.key[start : match.start]:
        return False
    return not any(b.start <= match.start and match.end <= b.end for b in bodies)


def _is_listed_body(document: Document, sentence: Sentence, match: Match) -> bool:
    """Whether a body stands in the list itself, not inside the name of something else."""
    shapes = document.pack.shapes
    return (
        not shapes["organiser"].match(match.target)
        and not any(
            m.start() <= match.start and match.end <= m.end()
            for m in document.pack.group_nouns.finditer(sentence.lowered)
        )
        and bool(shapes["represented"].search(sentence.key, max(0, match.start - 60), match.start))
        and not document.pack.on_behalf_of_state.search(sentence.key, 0, match.start)
    )


def _unlisted_bodies(document: Document, sentence: Sentence) -> Iterator[Span]:
    """Ranges of bodies in a list that no table has: a word for a body before or in the name."""
    pack = document.pack
    common = {m.start(): m.end() for m in pack.shapes["common_body"].finditer(sentence.key)}
    before = {end: start for start, end in common.items()}
    for name in _capitals(pack).finditer(sentence.folded):
        start, end = name.span()
        for lead in (pack.representatives, pack.shapes["article"]):
            skipped = lead.match(sentence.lowered, start, end)
            start = skipped.end() if skipped else start
        start = common.get(start, start)
        if start >= end:
            continue  # a common word alone: how far the name goes on in small letters is unknown
        plain = sentence.key[start:end]
        if pack.function.match(plain) or pack.instrument_like.search(sentence.folded, start, end):
            continue
        lead_end = before.get(start, start)
        if (lead_end < start or (" " in plain and pack.body.search(plain))) and pack.shapes[
            "represented"
        ].search(sentence.key, max(0, lead_end - 60), lead_end):
            yield start, end


def _offices(
    sentence: Sentence, attributor: Attributor
) -> Iterator[tuple[Span, Participant | None]]:
    """Ranges of offices listed, with the person of the document that holds each, if any."""
    pack = attributor.pack
    for part in pack.shapes["office_start"].finditer(sentence.key):
        text = part["part"]
        lead = pack.shapes["office_introduced"].match(text)
        office = text[lead.end() :] if lead else text
        if pack.function.match(office) and not pack.shapes["not_office"].match(office):
            yield part.span("part"), attributor.office(office.strip())


def _inside(start: int, ranges: list[Span]) -> bool:
    return any(a <= start < b for a, b in ranges)


# ------------------------------------------------------------ rows


def _add(attendance: Attendance, participant: Participant, role: str) -> None:
    """Adds a role to whoever is the same participant already, or the participant with it."""
    known = next(
        (
            p
            for p in attendance.participants
            if p.kind == participant.kind and p.entity == participant.entity
        ),
        None,
    )
    if known is None:
        attendance.participants.append(participant)
        known = participant
    if all(r.role != role for r in known.roles):
        known.roles.append(RoleFound(role, participant.span, participant.rule))


def _state(sentence: Sentence, span: Span, code: str, rule: str) -> Participant:
    return Participant(
        "state",
        sentence.text[slice(*span)],
        sentence.span(*span),
        rule,
        country_code=code,
        sector="government",
        entity=code.lower(),
    )


def _body(sentence: Sentence, span: Span, body: str, rule: str, names: Names) -> Participant:
    text = sentence.text[slice(*span)]
    return Participant(
        "organisation",
        text,
        sentence.span(*span),
        rule,
        organisation=text,
        sector=names.sectors.get(body),
        entity=body,
    )


def _group(document: Document, sentence: Sentence, span: Span) -> Participant:
    text = sentence.text[slice(*span)]
    sector = next((s for s, cue in document.pack.group_sectors if cue.search(key(text))), None)
    return Participant(
        "group", text, sentence.span(*span), "group.listed", sector=sector, entity=slug(text)
    )
