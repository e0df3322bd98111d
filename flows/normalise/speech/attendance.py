"""Who else takes part, and in which roles, by what the sentences say.

The persons of a document and who says what come in, the whole `Attendance` goes out; `normalise`
asks for it when the sentences are attributed. States, organisations and groups are found where
they speak ("le représentant de la Libye a rappelé") and in the sentences that list who spoke or
took part (see `listed`).
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from flows.ground.span import Span
from flows.normalise.language.names import Names
from flows.normalise.panels.find import Panel
from flows.normalise.people.introductions import Introduction
from flows.normalise.people.participants import Attendance, Naming, Presence
from flows.normalise.people.roles import Named, RoleFound, Roles
from flows.normalise.speech.attribution import Speech
from flows.normalise.speech.listed import listed, role_of_list
from flows.normalise.speech.presence import is_inside, organisation_present, state_present
from flows.normalise.speech.sayings import Saying, Target
from flows.normalise.structure.document import Document, Sentence

_Introduced = Mapping[int, Sequence[Span]]
"""Index of a sentence → ranges of the persons introduced in it, positions included."""


def find_attendance(
    document: Document,
    persons: Attendance,
    speech: Speech,
    panels: Sequence[Panel],
    names: Names,
) -> Attendance:
    """The persons of a document with all their roles, and all others who take part.

    What persons are told to do comes first, what they say next, who is listed last: somebody is a
    speaker only where nothing more is known, and lists are read knowing who is there already.
    """
    introduced = _introduced(persons.namings)
    found = persons.with_presences(_acting(document, speech.references, panels))
    found = found.with_presences(_speaking(document, speech.sayings, names))
    found = found.with_presences(_represented(document, introduced, names))
    for sentence in document.running:
        role = role_of_list(document, sentence)
        if role:
            holder = partial(speech.antecedents.holder, attendance=found)
            inside = introduced.get(sentence.index, ())
            found = found.with_presences(listed(sentence, role, inside, names, holder))
    return found


def _introduced(namings: Sequence[Naming]) -> _Introduced:
    introduced: dict[int, list[Span]] = {}
    for naming in namings:
        span = (naming.introduction.outer_start, naming.introduction.outer_end)
        introduced.setdefault(naming.sentence, []).append(span)
    return introduced


def _acting(
    document: Document,
    references: Sequence[tuple[Sentence, Saying]],
    panels: Sequence[Panel],
) -> Iterator[Presence]:
    """What persons do who are meant by a position or a pronoun: "Le Président a clos …"."""
    roles = Roles(document, panels)
    for sentence, saying in references:
        person, verb = saying.participants[0], saying.verb_start
        if person.kind != "person" or person.absent or verb is None:
            continue
        start, end = saying.span or (verb, verb)
        reference = Introduction(person.name, start, end, start, end, "person.reference")
        section = document.sections[sentence.section].kind
        for role in roles.find(sentence, section, [Named(reference, False, ())], 0):
            if role.role != "speaker":
                # Whoever leads a panel opens that, not the session.
                yield Presence(person, role, weak=role.role == "opening")


def _speaking(document: Document, sayings: Sequence[Saying], names: Names) -> Iterator[Presence]:
    """Whom sentences are attributed to: persons, states, organisations."""
    pack = document.pack
    for sentence, saying in zip(document.sentences, sayings, strict=True):
        for person in saying.participants:
            # Whoever a pronoun or a position means speaks as well.
            if person.kind == "person" and not person.absent:
                span = sentence.span(*saying.span) if saying.span else sentence.span()
                speaker = RoleFound("speaker", span, "role.speaker.resolved")
                yield Presence(person, speaker, weak=True)
        if saying.span is None or _elsewhere(sentence, saying.span, saying.verb_start):
            continue
        for country in saying.countries:
            yield state_present(sentence, country, "participant", "state.speaks")
        # A text of an organisation may come before the verb: "in its report, UNHCR stressed …".
        authored = pack.authored.search(sentence.lowered[: saying.verb_start])
        if saying.attribution not in ("organisation", "delegations") or authored:
            continue
        for organisation in saying.organisations:
            own = sentence.key[organisation.start : organisation.end]
            decides = pack.deciding_body.fullmatch(own) and not pack.representative.search(
                sentence.key, 0, organisation.start
            )
            if not decides and not pack.organiser.match(organisation.id):
                rule = "organisation.speaks"
                yield organisation_present(sentence, organisation, "speaker", rule, names)


def _elsewhere(sentence: Sentence, subject: Span, verb: int | None) -> bool:
    """Whether a state or a body said or did at another time what a sentence tells of it: in a year
    named before the verb, before the meeting, in a clause on what was decided.

    `subject` is the range of who says it, `verb` where the verb starts, if it is known.
    """
    pack, lowered = sentence.pack, sentence.lowered
    verb_start = subject[1] if verb is None else verb
    before, between = lowered[: subject[0]], lowered[subject[1] : verb_start]
    agent_of = verb is None or verb < subject[0]
    return bool(
        pack.other_time.search(before)
        or pack.other_time.search(between)
        or pack.earlier.match(lowered[subject[1] :])
        or (agent_of and pack.other_time.search(lowered[subject[0] :]))
        or (pack.as_clause.search(before) and pack.decides.match(lowered[subject[1] :]))
    )


def _represented(document: Document, introduced: _Introduced, names: Names) -> Iterator[Presence]:
    """States whose unnamed representative does anything: "le délégué du Pérou a …"."""
    for sentence in document.running:
        persons = introduced.get(sentence.index, ())
        for match in names.countries.find(sentence.folded):
            if not is_inside(match.start, persons) and (
                _representative_acts(sentence, match.start, match.end)
                or _reports(sentence, match.start, match.end)
            ):
                state = Target(match.start, match.end, match.target)
                yield state_present(sentence, state, "participant", "state.representative")


def _representative_acts(sentence: Sentence, start: int, end: int) -> bool:
    """Whether somebody unnamed who speaks for the state named there says or did something."""
    pack = sentence.pack
    found = pack.representative.search(sentence.key, 0, start)
    if not found or pack.absent_before.search(sentence.key, 0, found.start()):
        return False
    after = sentence.lowered[end:].lstrip(" ,")
    before = sentence.lowered[: found.start()].rstrip()
    return bool(pack.any_verb.match(after)) or before.endswith(tuple(pack.acting_before))


def _reports(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the state is subject of a later clause: "…, while the Netherlands stressed …"."""
    pack = sentence.pack
    after = sentence.lowered[end:].lstrip(" ,")
    verb = pack.reporting.match(after)
    needs = pack.needs.get(verb["form"]) if verb else None
    return (
        verb is not None
        and pack.reports(verb["form"])
        and (needs is None or needs.match(after[verb.end() :]) is not None)
        and pack.contrast.search(sentence.key, 0, start) is not None
    )
