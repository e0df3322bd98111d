"""Who took part: persons, states, organisations and unnamed groups, with their roles.

`people.find` makes the persons that a document names, `speech.attendance` adds all others and what
everybody does; attribution, mentions, warnings and rows read the `Attendance`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from flows.ground.folding import key, slug
from flows.ground.span import Span
from flows.normalise.people.introductions import Introduction
from flows.normalise.people.roles import RoleFound, with_role
from flows.normalise.structure.document import Sentence
from schemas.kinds import ParticipantKind, RoleKind

_ROLE_ORDER: tuple[RoleKind, ...] = (
    "video_message",
    "keynote",
    "moderator",
    "closing",
    "opening",
    "speaker",
    "participant",
)

Key = tuple[ParticipantKind, str]
"""What tells a participant of one document from all others: kind, and id or name."""


@dataclass(frozen=True)
class Participant:
    """A person, state, organisation or group as a document presents it.

    `span` is where it is first named in the source, `absent` says that it is told not to be there.
    `entity` is the id of a state, organisation or group; a person has none. `position_words` are
    the words (keys) of the position that tell it from others.
    """

    kind: ParticipantKind
    name: str
    span: Span
    rule: str
    honorific: str | None = None
    position: str | None = None
    organisation: str | None = None
    country_code: str | None = None
    sector: str | None = None
    entity: str | None = None
    feminine: bool | None = None
    absent: bool = False
    position_words: frozenset[str] = frozenset()

    @property
    def key(self) -> Key:
        """The same for whoever is the same participant of a document, and for nobody else."""
        return self.kind, key(self.name) if self.entity is None else self.entity


@dataclass(frozen=True)
class Presence:
    """Evidence that a participant has a role.

    `weak` evidence counts only where nothing else gives that participant a role.
    """

    participant: Participant
    role: RoleFound
    weak: bool = False


@dataclass(frozen=True)
class Naming:
    """A person named in a sentence: which, where, and whether as one who acts there."""

    sentence: int
    introduction: Introduction
    participant: Participant
    acts: bool


@dataclass(frozen=True)
class Attendance:
    """Everybody found in a document, and where persons are named.

    `participants` stand in the order in which they were found, `roles` has those of each by its
    key. `unread` are entries of lists of people in which nobody was found: sentence and range.
    """

    participants: tuple[Participant, ...] = ()
    roles: Mapping[Key, tuple[RoleFound, ...]] = field(default_factory=dict)
    namings: tuple[Naming, ...] = ()
    unread: tuple[tuple[Sentence, Span], ...] = ()

    def persons(self) -> list[Participant]:
        """The persons among the participants."""
        return [p for p in self.participants if p.kind == "person"]

    def roles_of(self, participant: Participant) -> tuple[RoleFound, ...]:
        """All roles of a participant, in the order in which they were found."""
        return self.roles.get(participant.key, ())

    def takes_part(self, participant: Participant) -> bool:
        """Whether there is a role in which it is there; a message is sent by the absent too."""
        roles = self.roles_of(participant)
        return any(not participant.absent or role.role == "video_message" for role in roles)

    def taking_part(self) -> list[Participant]:
        """The participants who take part; the others are merely named."""
        return [p for p in self.participants if self.takes_part(p)]

    def with_presences(self, found: Iterable[Presence]) -> "Attendance":
        """The same attendance and what further evidence shows, taken in the order given.

        Whoever is not among the participants yet comes behind them.
        """
        participants = {participant.key: participant for participant in self.participants}
        roles = dict(self.roles)
        for presence in found:
            own = presence.participant.key
            known = roles.get(own, ())
            if not (presence.weak and known):
                participants.setdefault(own, presence.participant)
                roles[own] = with_role(known, presence.role)
        return replace(self, participants=tuple(participants.values()), roles=roles)


def entity_of(participant: Participant) -> str:
    """The id of a participant that holds across sessions: words in ASCII, joined by hyphens."""
    return participant.entity or slug(participant.name) or "x"


def role_rank(role: RoleKind) -> int:
    """The rank of a role, 0 first, in which the roles of one participant become rows."""
    return _ROLE_ORDER.index(role)
