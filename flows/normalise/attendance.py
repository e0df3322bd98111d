"""States, organisations and groups that take part, and offices among the listed speakers.

They are found where they speak ("le représentant de la Libye a rappelé") and in the sentences that
list who spoke or took part ("dirigés par 34 orateurs, notamment …").
"""

import re

from flows.normalise.attribution import Attributor, Source
from flows.normalise.document import Document, Sentence
from flows.normalise.gazetteer import Gazetteer
from flows.normalise.participants import Attendance, Participant, RoleFound
from flows.normalise.text import key, slug

# The organiser takes part through its officials.
_ORGANISER = "iom"


def add_speaking_bodies(
    document: Document,
    sources: list[Source],
    attendance: Attendance,
    body_sectors: dict[str, str],
) -> None:
    """Adds states and organisations to which sentences are attributed."""
    for sentence, source in zip(document.sentences, sources, strict=True):
        for person in source.participants:
            # Whoever a pronoun or an office means speaks as well.
            if person.kind == "person" and not person.absent and not person.roles:
                span = sentence.span(*source.span) if source.span else sentence.span()
                person.roles.append(RoleFound("speaker", span, "role.speaker.resolved"))
        if source.span is None:
            continue
        for start, end, code in source.countries:
            _add_state(attendance, sentence, start, end, code, "participant", "state.speaks")
        for start, end, body in source.bodies:
            if (
                body.split("-")[0] not in (_ORGANISER, "oim", "idm")
                and source.attribution in ("organisation", "delegations")
                and not document.pack.authored.search(sentence.lowered)
            ):
                _add_body(
                    attendance,
                    sentence,
                    start,
                    end,
                    body,
                    "speaker",
                    "organisation.speaks",
                    body_sectors,
                )


def add_listed(
    document: Document,
    attributor: Attributor,
    attendance: Attendance,
    countries: Gazetteer,
    bodies: Gazetteer,
    body_sectors: dict[str, str],
) -> None:
    """Adds whom the sentences list that say who spoke or took part."""
    listing = document.pack.listing
    for sentence in document.running:
        section = document.sections[sentence.section].kind
        if section not in ("front_matter", "panels", "opening"):
            continue
        role = next((role for role, pattern in listing if pattern.search(sentence.lowered)), None)
        if role is None or document.pack.not_listing.search(sentence.lowered):
            continue
        folded = sentence.folded
        for match in countries.find(folded):
            before = sentence.key[max(0, match.start - 30) : match.start]
            if (
                re.search(r"\b(?:a|en|au|aux|in|at|en la|basee?s?)(?: la| le)? $", before)
                and "(" not in before
            ):
                continue
            if any(b.start <= match.start and match.end <= b.end for b in bodies.find(folded)):
                continue
            _add_state(
                attendance, sentence, match.start, match.end, match.target, role, "state.listed"
            )
        offices = _offices(sentence, attributor)
        for match in bodies.find(folded):
            if (
                any(a <= match.start < b for a, b, _ in offices)
                or match.target.split("-")[0] == _ORGANISER
            ):
                continue
            if any(
                m.start() <= match.start and match.end <= m.end()
                for m in document.pack.group_nouns.finditer(sentence.lowered)
            ):
                continue
            if not _represented(sentence, match.start):
                continue
            _add_body(
                attendance,
                sentence,
                match.start,
                match.end,
                match.target,
                role,
                "organisation.listed",
                body_sectors,
            )
        for start, end, person in offices:
            if person is not None and person.kind == "person":
                if not any(r.role == role for r in person.roles):
                    person.roles.append(
                        RoleFound(role, sentence.span(start, end), "person.listed_office")
                    )
        for found in document.pack.group_nouns.finditer(sentence.lowered):
            if any(a <= found.start() < b for a, b, _ in offices):
                continue
            _add_group(document, attendance, sentence, found.start(), found.end(), role)


def _represented(sentence: Sentence, start: int) -> bool:
    """Whether a body stands in the list itself, not inside the name of something else."""
    before = sentence.key[max(0, start - 60) : start]
    return bool(
        re.search(
            r"(?:representant\w*|representatives?|membres|fonctionnaires|responsables|experts?|delegu\w+|hauts?|officials|,|\(|\bet|\band|\by|dont|notamment|including|;) ?(?:de haut niveau )?(?:de la |de l'|du |des |de |d'|of |of the |del |de los |la |le |les |l'|the )?(?:la |le |l'|the )?$",
            before,
        )
    )


def _offices(
    sentence: Sentence, attributor: Attributor
) -> list[tuple[int, int, Participant | None]]:
    """Ranges of offices listed, with the person of the document that holds each, if any."""
    found: list[tuple[int, int, Participant | None]] = []
    pack = attributor.pack
    for part in re.finditer(
        r"(?:^|, |; | et | and | y |notamment |dont |including )(?P<part>[^,;()]+)", sentence.key
    ):
        start = part.start("part")
        text = part["part"]
        head = re.match(
            r"(?:notamment |dont |y compris |including |entre ellos |such as )?(?:(?:l'un|l'une|un|une|one|uno|una) (?:des|de|of the|de los|de las) )?",
            text,
        )
        offset = head.end() if head else 0
        if not pack.function.match(text[offset:]) or re.match(
            r"(?:(?:de |des |les |d'|hauts? |high-level )*)?representant(?:e?s)\b|representatives\b|representantes\b|experts\b|membres\b|members\b|miembros\b|migrante?s\b|(?:hauts? )?responsables\b",
            text[offset:],
        ):
            continue
        found.append((start, part.end(), attributor.office(text[offset:].strip())))
    return found


def _find(attendance: Attendance, kind: str, entity: str) -> Participant | None:
    return next((p for p in attendance.participants if p.kind == kind and p.entity == entity), None)


def _add(
    attendance: Attendance,
    participant: Participant,
    sentence: Sentence,
    start: int,
    end: int,
    role: str,
    rule: str,
) -> None:
    known = _find(attendance, participant.kind, participant.entity or "")
    if known is None:
        attendance.participants.append(participant)
        known = participant
    if not any(r.role == role for r in known.roles):
        known.roles.append(RoleFound(role, sentence.span(start, end), rule))


def _add_state(
    attendance: Attendance,
    sentence: Sentence,
    start: int,
    end: int,
    code: str,
    role: str,
    rule: str,
) -> None:
    state = Participant(
        "state",
        sentence.text[start:end],
        sentence.span(start, end),
        rule,
        country_code=code,
        sector="government",
        entity=code.lower(),
    )
    _add(attendance, state, sentence, start, end, role, rule)


def _add_body(
    attendance: Attendance,
    sentence: Sentence,
    start: int,
    end: int,
    body: str,
    role: str,
    rule: str,
    sectors: dict[str, str],
) -> None:
    text = sentence.text[start:end]
    row = Participant(
        "organisation",
        text,
        sentence.span(start, end),
        rule,
        organisation=text,
        sector=sectors.get(body),
        entity=body,
    )
    _add(attendance, row, sentence, start, end, role, rule)


def _add_group(
    document: Document, attendance: Attendance, sentence: Sentence, start: int, end: int, role: str
) -> None:
    text = sentence.text[start:end]
    plain = key(text)
    sector = next((s for s, pattern in document.pack.group_sectors if pattern.search(plain)), None)
    row = Participant(
        "group", text, sentence.span(start, end), "group.listed", sector=sector, entity=slug(text)
    )
    _add(attendance, row, sentence, start, end, role, "group.listed")


def add_representatives(document: Document, attendance: Attendance, countries: Gazetteer) -> None:
    """Adds states whose unnamed representative does anything in the room: "le délégué du Pérou a …"."""
    pack = document.pack
    introduced = {
        (n.sentence, n.introduction.outer_start, n.introduction.outer_end)
        for n in attendance.namings
    }
    for sentence in document.running:
        for match in countries.find(sentence.folded):
            lead = sentence.key[: match.start]
            found = pack.representative.search(lead)
            if not found or any(
                i == sentence.index and a <= match.start < b for i, a, b in introduced
            ):
                continue
            if pack.absent_before.search(lead[: found.start()]):
                continue
            after = sentence.lowered[match.end :].lstrip(" ,")
            before = sentence.lowered[: found.start()].rstrip()
            acts = pack.reporting.match(after) or before.endswith(
                tuple(pack.data["people"]["acting_before"])
            )
            if acts:
                _add_state(
                    attendance,
                    sentence,
                    match.start,
                    match.end,
                    match.target,
                    "participant",
                    "state.representative",
                )
