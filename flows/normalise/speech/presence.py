"""Evidence that a state, an organisation or a group of people is there.

A range of a sentence that names it comes in, a `Presence` goes out; `attendance` and `listed` ask.
"""

from collections.abc import Iterable

from flows.ground.folding import key, slug
from flows.ground.span import Span
from flows.normalise.language.names import Names
from flows.normalise.people.participants import Participant, Presence
from flows.normalise.people.roles import RoleFound
from flows.normalise.speech.sayings import Target
from flows.normalise.structure.document import Sentence
from schemas.kinds import RoleKind


def state_present(sentence: Sentence, state: Target, role: RoleKind, rule: str) -> Presence:
    """A state in a role, by the name of the country and its code."""
    participant = Participant(
        "state",
        sentence.text[state.start : state.end],
        sentence.span(state.start, state.end),
        rule,
        country_code=state.id,
        sector="government",
        entity=state.id.lower(),
    )
    return _present(participant, role)


def organisation_present(
    sentence: Sentence, organisation: Target, role: RoleKind, rule: str, names: Names
) -> Presence:
    """An organisation in a role, by its name and id; its sector is known if the tables list it."""
    text = sentence.text[organisation.start : organisation.end]
    participant = Participant(
        "organisation",
        text,
        sentence.span(organisation.start, organisation.end),
        rule,
        organisation=text,
        sector=names.sectors.get(organisation.id),
        entity=organisation.id,
    )
    return _present(participant, role)


def group_present(sentence: Sentence, span: Span, role: RoleKind) -> Presence:
    """A group of people without names in a role, by the noun that stands for it."""
    text = sentence.text[slice(*span)]
    sectors = sentence.pack.group_sectors
    sector = next((sector for sector, cue in sectors if cue.search(key(text))), None)
    participant = Participant(
        "group", text, sentence.span(*span), "group.listed", sector=sector, entity=slug(text)
    )
    return _present(participant, role)


def _present(participant: Participant, role: RoleKind) -> Presence:
    return Presence(participant, RoleFound(role, participant.span, participant.rule))


def is_inside(start: int, spans: Iterable[Span]) -> bool:
    """Whether an offset is in one of the ranges."""
    return any(a <= start < b for a, b in spans)
