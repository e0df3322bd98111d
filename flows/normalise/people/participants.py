"""Who took part: persons, states, organisations and unnamed groups, with their roles.

A person takes part when the document says so: as subject of a verb of speaking, opening, closing
or moderating, as its agent ("ouverte par"), under a label ("Modérateur :"), or by a message.
Whoever is only named (quoted, represented, absent, part of somebody's function) is a mention. One
person is one row, however often and under whatever form named.
"""

import re
from dataclasses import dataclass, field

from flows.ground.folding import key, slug
from flows.normalise.language.names import Names
from flows.normalise.panels.find import Panel, mentioned_panels
from flows.normalise.people.appositions import Span
from flows.normalise.people.functions import Functions, words_of
from flows.normalise.people.introductions import Introduction, People
from flows.normalise.people.list_entries import entries_without, unfound_entries
from flows.normalise.people.roles import Named, RoleFound, Roles
from flows.normalise.structure.document import Document, Sentence
from flows.normalise.text.fragment import AROUND

_ROLE_ORDER = (
    "video_message",
    "keynote",
    "moderator",
    "closing",
    "opening",
    "speaker",
    "participant",
)
_NOT_READ = ("header", "artefact", "rule", "footnote")  # kinds of passages
_OF_PANELS = ("panels", "front_matter", "opening", "synthesis")  # kinds of sections
_ITEM = 260  # characters of a list item that names somebody and says little else
_BEFORE = 60  # characters before a name in which its bearer is said to be absent

_CELL = re.compile(r"[^|]*[^|\s][^|]*")
_COLON = re.compile(r" ?:")
_LABEL = re.compile(r"(?:^|[.;(|–—]|\s-)\s*(?P<label>[^.;:(|–—]{3,60})$")


@dataclass
class Participant:
    """A person, state, organisation or group as a document presents it.

    `span` is where it is first named in the source, `absent` says that it is told not to be there.
    """

    kind: str
    name: str
    span: tuple[int, int]
    rule: str
    honorific: str | None = None
    position: str | None = None
    organisation: str | None = None
    country_code: str | None = None
    sector: str | None = None
    entity: str | None = None
    feminine: bool | None = None
    absent: bool = False
    roles: list[RoleFound] = field(default_factory=list)
    position_words: frozenset[str] = frozenset()

    @property
    def takes_part(self) -> bool:
        """Whether there is a role in which it is there; a message is sent by the absent too."""
        return any(not self.absent or role.role == "video_message" for role in self.roles)

    def add_role(self, role: RoleFound) -> None:
        """Adds a role once; with a panel it stands for the same role without one."""
        same = [known for known in self.roles if known.role == role.role]
        if any(role.panel is None or known.panel is role.panel for known in same):
            return
        # In place: whoever holds the list sees the roles found so far.
        self.roles[:] = [r for r in self.roles if r.role != role.role or r.panel is not None]
        self.roles.append(role)


@dataclass(frozen=True)
class Naming:
    """A person named in a sentence: which, where, and whether as one who acts there."""

    sentence: int
    introduction: Introduction
    participant: Participant
    acts: bool


@dataclass
class Attendance:
    """Everybody found in a document, and where persons are named.

    `unread` are entries of lists of people in which nobody was found: sentence and range.
    """

    participants: list[Participant] = field(default_factory=list)
    namings: list[Naming] = field(default_factory=list)
    unread: list[tuple[Sentence, Span]] = field(default_factory=list)

    def persons(self) -> list[Participant]:
        return [p for p in self.participants if p.kind == "person"]


class Register:
    """Builds the attendance of one document, sentence by sentence."""

    def __init__(
        self,
        document: Document,
        panels: list[Panel],
        names: Names,
    ) -> None:
        self._document, self._pack, self._panels = document, document.pack, panels
        self._names, self._people = names, People(document.pack, names)
        self._functions = Functions(document.pack, names)
        self._roles = Roles(document, panels)
        self._attendance = Attendance()
        self._by_name: dict[str, Participant] = {}  # key of the name → who bears it
        self._names_with: dict[str, list[str]] = {}  # word → names (keys) that hold it
        self._columns: list[str | None] = []  # roles that the header of a table gives its columns

    # ------------------------------------------------------------ reading

    def read(self) -> Attendance:
        """All persons of the document, in order."""
        panel: Panel | None = None  # the one that the text has come to
        label_role: str | None = None  # what the label above gives the items below
        panel_at = {p.passage: p for p in self._panels}
        for sentence in self._document.sentences:
            passage = self._document.passages[sentence.passage]
            section = self._document.sections[sentence.section].kind
            if sentence.kind in _NOT_READ or section == "notes":
                continue
            own_panel = panel_at.get(sentence.passage)
            if own_panel and own_panel.in_prose:
                own_panel = None
            if own_panel:
                panel, label_role = own_panel, None
            elif passage.kind == "heading":
                panel, label_role = panel if passage.rule == "panels.day" else None, None
                continue
            panel = self._begun(sentence) or panel
            if passage.mark_kind == "row":
                self._read_row(sentence, panel)
            elif self._read_labels(
                sentence, own_panel or (panel if section in _OF_PANELS else None)
            ):
                label_role = self._open_label(sentence)
            elif own_panel:
                continue
            elif passage.kind == "list_item" and label_role and len(sentence.text) < _ITEM:
                self._read_list(sentence, 0, len(sentence.text), label_role, panel)
            elif (
                passage.kind == "list_item"
                and label_role is None
                and panel
                and section in ("panels", "front_matter")
                and self._is_introduction(sentence)
            ):
                self._read_list(sentence, 0, len(sentence.text), "speaker", panel)
            else:
                if passage.kind == "paragraph":
                    label_role = self._open_label(sentence)
                self._read_prose(sentence, section)
        return self._attendance

    def _begun(self, sentence: Sentence) -> Panel | None:
        """The panel that a sentence of the text begins with: "Panel 2 was moderated by …"."""
        named = self._pack.panel_numbered.match(sentence.key)
        if named is None:
            return None
        day = self._document.sections[sentence.section].day
        meant = mentioned_panels(named[0], self._panels, self._pack, day)
        return meant[0] if len(meant) == 1 else None

    def _open_label(self, sentence: Sentence) -> str | None:
        """The role that a line ending in a colon announces for the items below it."""
        text = sentence.key.rstrip()
        if not text.endswith(":"):
            return None
        return self._role_of_label(text.rstrip(" :").rsplit(". ", 1)[-1])

    def _role_of_label(self, label: str) -> str | None:
        plain = label.strip(" *_-–—•:")
        return next((r.role for r in self._pack.roles if r.label and r.label.match(plain)), None)

    def _is_introduction(self, sentence: Sentence) -> bool:
        """Whether a line introduces somebody and says no more: "X, Ministre …"."""
        found = self._people.find(sentence, remember=False)
        return (
            bool(found)
            and found[0].outer_start <= 2
            and found[0].outer_end >= len(sentence.text) - 3
        )

    # ------------------------------------------------------------ lists, tables, prose

    def _read_labels(self, sentence: Sentence, panel: Panel | None) -> bool:
        """Reads lists behind labels inside a line: "Modérateur : X, function ; Orateurs : Y …".

        Gives whether there was one. `panel` is whose moderators and speakers they are, unless
        another panel of the same passage is nearer.
        """
        labels = self._labels(sentence)
        starts = [start for start, _, _ in labels]
        ends = [
            _end_of_brackets(sentence.folded, start, end)
            for start, end in zip(starts, [*starts[1:], len(sentence.text)], strict=False)
        ]
        for (start, list_start, role), list_end in zip(labels, ends, strict=False):
            at = sentence.span(start, start + 1)[0]
            nearest = [p for p in self._panels if p.passage == sentence.passage and p.span[0] <= at]
            self._read_list(sentence, list_start, list_end, role, nearest[-1] if nearest else panel)
        if labels:
            return True
        # A moderator in brackets behind the title of a panel.
        inside = (
            self._pack.panel_inside.search(sentence.lowered)
            if panel and panel.passage == sentence.passage
            else None
        )
        if inside:
            self._read_list(sentence, *inside.span("people"), "moderator", panel)
        return inside is not None

    def _labels(self, sentence: Sentence) -> list[tuple[int, int, str]]:
        """Labels of roles before a colon: start, end with the colon, role."""
        found: list[tuple[int, int, str]] = []
        for colon in _COLON.finditer(sentence.folded):
            label = _LABEL.search(sentence.folded, 0, colon.start())
            role = self._role_of_label(key(label["label"])) if label else None
            if label and role:
                found.append((label.start("label"), colon.end(), role))
        return found

    def _read_list(
        self, sentence: Sentence, start: int, end: int, role: str, panel: Panel | None
    ) -> None:
        """People of a list: separated by semicolons, or by commas where no functions stand."""
        found = [
            i
            for i in self._people.find(sentence, listed=True)
            if start <= i.start < end and not i.in_passing
        ]
        things = (self._names.organisations, self._names.countries)
        found += list(unfound_entries(self._pack, sentence, (start, end), found, things))
        unread = entries_without(sentence, (start, end), found)
        self._attendance.unread += [(sentence, entry) for entry in unread]
        for introduction in sorted(found, key=lambda i: i.start):
            participant = self._participant(sentence, introduction)
            absent = self._is_absent(sentence, introduction)
            if absent:
                participant.absent = True
            else:
                span = sentence.span(introduction.start, introduction.end)
                participant.add_role(RoleFound(role, span, f"role.{role}.label", panel))
            self._add_naming(sentence, introduction, participant, acts=not absent)

    def _read_row(self, sentence: Sentence, panel: Panel | None) -> None:
        """A table row: persons in cells; the label at the column's head tells the role."""
        cells = [cell.span() for cell in _CELL.finditer(sentence.folded)]
        roles = [self._role_of_label(sentence.key[start:end]) for start, end in cells]
        if any(roles) and not self._people.find(sentence, remember=False):
            self._columns = roles
            return
        for (start, end), role in zip(cells, self._columns, strict=False):
            if role:
                self._read_list(sentence, start, end, role, panel)

    def _read_prose(self, sentence: Sentence, section: str) -> None:
        """People named in a sentence; `section` is the kind of its section."""
        introductions = self._people.find(sentence)
        if not introductions:
            return
        participants = [self._participant(sentence, i) for i in introductions]
        ends = [*(i.start for i in introductions[1:]), len(sentence.text)]
        named = [
            Named(
                introduction,
                introduction.in_passing or self._is_absent(sentence, introduction, following),
                participant.roles,
            )
            for introduction, participant, following in zip(
                introductions, participants, ends, strict=True
            )
        ]
        for place, participant in enumerate(participants):
            roles: list[RoleFound] = []
            if named[place].absent:
                participant.absent = participant.absent or not participant.roles
            else:
                roles = self._roles.find(sentence, section, named, place)
            for role in roles:
                participant.add_role(role)
            self._add_naming(sentence, introductions[place], participant, acts=bool(roles))

    def _is_absent(self, sentence: Sentence, introduction: Introduction, until: int = 0) -> bool:
        """Whether a person is said not to be there: beside the name, or later before `until`."""
        plain, start, end = sentence.key, introduction.outer_start, introduction.outer_end
        return bool(
            self._pack.absent_before.search(plain[max(0, start - _BEFORE) : start])
            or self._pack.absent_after.match(plain[end:])
            or self._pack.absent_later.search(plain[end:until])
        )

    def _add_naming(
        self,
        sentence: Sentence,
        introduction: Introduction,
        participant: Participant,
        acts: bool,
    ) -> None:
        naming = Naming(sentence.index, introduction, participant, acts)
        self._attendance.namings.append(naming)

    # ------------------------------------------------------------ who is meant

    def _participant(self, sentence: Sentence, introduction: Introduction) -> Participant:
        """The person named, known already by full name or surname, or new; with what is said."""
        plain = key(introduction.name)
        person = self._by_name.get(plain) or self._known_by_part(plain)
        if person is None:
            span = sentence.span(introduction.start, introduction.end)
            person = Participant("person", introduction.name, span, introduction.rule)
            self._by_name[plain] = person
            for word in set(plain.split()):
                self._names_with.setdefault(word, []).append(plain)
            self._attendance.participants.append(person)
        self._set_honorific(person, introduction)
        if introduction.position and person.position is None:
            self._set_function(person, sentence.text[slice(*introduction.position)].strip(AROUND))
        self._set_country(person, introduction.country_code)
        if introduction.bracket and person.organisation is None and person.position is None:
            inside = sentence.text[slice(*introduction.bracket)]
            if self._functions.names_body(inside):
                person.organisation = inside
                person.sector = self._functions.sector(inside, inside)
        if person.country_code is None:
            self._set_country(person, self._spoken_for(sentence, introduction))
        # Whoever speaks for a state may do so on behalf of others as well.
        if introduction.affiliation and not (person.organisation or person.country_code):
            text = sentence.text[slice(*introduction.affiliation)]
            office = self._functions.affiliation(text)
            person.organisation = office.organisation
            person.sector = person.sector or office.sector
            person.country_code = person.country_code or office.country_code
        return person

    def _known_by_part(self, plain: str) -> Participant | None:
        """The one person whose name ends with this one, holds this word, or is part of this one.

        A name is part of another that has all its words, and the same first or last word.
        """
        words = plain.split()
        holding = [
            name
            for name in self._names_with.get(words[-1], ())
            if (parts := name.split())[-len(words) :] == words
            or (len(words) == 1 and words[0] in parts[1:])
        ]
        if len(holding) != 1 and len(words) > 1:
            names = {*self._names_with.get(words[-1], ()), *self._names_with.get(words[0], ())}
            holding = [name for name in sorted(names) if _is_part(name.split(), words)]
        return self._by_name[holding[0]] if len(holding) == 1 else None

    def _set_honorific(self, person: Participant, introduction: Introduction) -> None:
        honorific = introduction.honorific
        if honorific:
            person.honorific = person.honorific or honorific
            if self._pack.feminine_honorific.search(honorific):
                person.feminine = True
            elif self._pack.masculine_honorific.search(honorific):
                person.feminine = False
            if self._pack.shapes["minister"].search(key(honorific)):
                person.sector = person.sector or "government"

    def _set_country(self, person: Participant, country_code: str | None) -> None:
        """Somebody whose state is named speaks for a government, unless more is known."""
        if country_code and person.country_code is None:
            person.country_code = country_code
            person.sector = person.sector or "government"

    def _spoken_for(self, sentence: Sentence, introduction: Introduction) -> str | None:
        """The code of the state in whose name the person is said to speak."""
        end = introduction.outer_end
        found = [
            match.target
            for match in self._names.countries.find(sentence.folded)
            if end <= match.start < end + 120
            and self._pack.on_behalf_of_state.search(sentence.key, 0, match.start)
        ]
        return found[-1] if found else None

    def _set_function(self, person: Participant, text: str) -> None:
        """Position, organisation, country and sector from the words of a function.

        A word for a role ("modératrice du Panel 1") is none.
        """
        if any(role.noun and role.noun.match(key(text)) for role in self._pack.roles):
            return
        office = self._functions.office(text)
        person.position, person.organisation = office.position, office.organisation
        person.country_code = person.country_code or office.country_code
        person.sector = office.sector or ("government" if person.country_code else None)
        if office.position is None:
            return
        plain = key(text)
        person.position_words = words_of(plain)
        if person.feminine is None:
            if self._pack.feminine_function.search(plain):
                person.feminine = True
            elif self._pack.masculine_function.match(plain):
                person.feminine = False


def _end_of_brackets(text: str, start: int, end: int) -> int:
    """Where the bracket closes that opens right before `start`; `end` without one."""
    if text[start - 1 : start] != "(":
        return end
    depth = 1
    for at in range(start, end):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return at
    return end


def _is_part(one: list[str], two: list[str]) -> bool:
    """Whether one of two names is part of the other, its first or last word in the same place."""
    short, long = sorted((one, two), key=len)
    return (
        len(short) > 1
        and set(short) <= set(long)
        and (short[0] == long[0] or short[-1] == long[-1])
    )


def entity_of(participant: Participant) -> str:
    """The same id for the same person, state or organisation across sessions."""
    return participant.entity or slug(participant.name) or "x"


def role_rank(role: str) -> int:
    """The place of a role in the order in which a person's roles are told."""
    return _ROLE_ORDER.index(role)
