"""The persons that a document names, read sentence by sentence.

Document and panels come in, an `Attendance` of persons goes out; `normalise` asks for it before it
is known who says what. A person takes part when the document says so: as subject of a verb of
speaking, opening, closing or moderating, as its agent ("ouverte par"), under a label ("Modérateur
:"), or by a message. Whoever is only named (quoted, represented, absent, part of somebody's
position) has no role.
"""

import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType

from flows.ground.folding import key, trimmed
from flows.ground.span import Span
from flows.normalise.language.names import Names
from flows.normalise.panels.find import Panel, mentioned_panels
from flows.normalise.people.introductions import Introduction, Introductions
from flows.normalise.people.leads import leads
from flows.normalise.people.list_entries import (
    entries_without,
    is_bare_name,
    looks_like_person,
    unfound_entries,
)
from flows.normalise.people.participants import Attendance, Naming
from flows.normalise.people.persons import Persons
from flows.normalise.people.roles import Named, RoleFound, Roles, with_role
from flows.normalise.structure.document import Document, Sentence
from schemas.kinds import RoleKind

_NOT_READ = ("header", "artefact", "rule", "footnote")  # kinds of passages
_OF_PANELS = ("panels", "front_matter", "opening", "synthesis")  # kinds of sections
_ITEM = 260  # characters of a list item that names somebody and says little else
_BEFORE = 60  # characters before a name in which its bearer is said to be absent

_CELL = re.compile(r"(?:(?<=\|)|^(?!\|))[^|]*(?=\||$)")
_PREFIX = re.compile(r"(?P<said>[^:–—]{2,90}?) ?(?::|[–—-] ) ?$")
_SEMICOLON = re.compile(";")
_TO_ENTRY = 16  # characters between a semicolon and who is introduced behind it, "and by the"
_COLON = re.compile(r" ?:")
_LABEL = re.compile(r"(?:^|[.;(|–—]|\s-)\s*(?P<label>[^.;:(|–—]{3,60})$")


def find_persons(document: Document, panels: Sequence[Panel], names: Names) -> Attendance:
    """All persons that a document names, those merely named as well, with the roles of each."""
    return _Reader(document, panels, names).read()


@dataclass(frozen=True)
class _Head:
    """The head of a column that holds people in a role."""

    role: RoleKind


@dataclass
class _Place:
    """How far the text has come: its panel, and the role that is given to the people below.

    A label ("Speakers:") gives it to all that its items name, a lead (a heading, a line of an
    agenda, a sentence with a colon) to those that are items by themselves. `under_heading`: the
    panel is that of the heading above. `has_people`: an item below introduced somebody;
    `country` is the code of the one that a heading over a delegation names.
    """

    panel: Panel | None = None
    under_heading: bool = False
    label_role: RoleKind | None = None
    lead_role: RoleKind | None = None
    has_people: bool = False
    country: str | None = None


class _Reader:
    """Reads the sentences of one document in order and keeps what was found so far."""

    def __init__(self, document: Document, panels: Sequence[Panel], names: Names) -> None:
        self._document, self._pack, self._panels = document, document.pack, panels
        self._names = names
        self._things = (names.organisations, names.countries)
        self._introductions = Introductions(document.pack, names)
        self._persons = Persons(document.pack, names)
        self._observed, self._leads = Roles(document, panels), leads(document.pack)
        self._roles: dict[str, tuple[RoleFound, ...]] = {}  # by the key of the person met
        self._namings: list[tuple[int, Introduction, str, bool]] = []  # as in Naming
        self._unread: list[tuple[Sentence, Span]] = []
        self._columns: list[_Head | str | None] = []  # what a table's header says of each

    def read(self) -> Attendance:
        place = _Place()
        panel_at = {panel.passage: panel for panel in self._panels}
        for sentence in self._document.sentences:
            section = self._document.sections[sentence.section].kind
            if sentence.kind in _NOT_READ:
                continue
            # Of notes, only lists of participants tell who took part.
            if section != "notes" or sentence.kind == "heading" or place.lead_role == "participant":
                self._read(sentence, section, panel_at.get(sentence.passage), place)
        persons = self._persons.met
        return Attendance(
            tuple(persons.values()),
            {persons[met].key: roles for met, roles in self._roles.items()},
            tuple(
                Naming(sentence, introduction, persons[met], acts)
                for sentence, introduction, met, acts in self._namings
            ),
            tuple(self._unread),
        )

    def _read(
        self, sentence: Sentence, section: str, own_panel: Panel | None, place: _Place
    ) -> None:
        """Reads one sentence; `own_panel` is the panel that its passage names, if any."""
        passage = self._document.passages[sentence.passage]
        if own_panel and own_panel.in_prose:
            own_panel = None
        if own_panel:
            place.panel, place.label_role, place.lead_role = own_panel, None, None
            place.has_people = False
            place.under_heading = passage.kind == "heading"
        elif passage.kind == "heading":
            begun = self._begun(sentence)
            place.panel = place.panel if passage.rule == "panels.day" else begun
            place.under_heading = begun is not None
            country = self._names.countries.find(sentence.folded)
            of_delegation = bool(country) and country[0].end - country[0].start >= len(
                sentence.text.strip(" :.*_")
            )
            place.country = country[0].target if of_delegation else None
            place.label_role, place.has_people = None, False
            if not of_delegation:
                place.lead_role = self._leads.line(sentence.key)
            self._read_labels(sentence, place.panel)  # "Session 2 Panellists: X; Y"
            return
        begun = self._begun(sentence)
        if begun is not None:
            place.panel = begun
        if begun is not None and own_panel is None and passage.kind == "paragraph":
            place.under_heading = not sentence.text.rstrip().endswith((".", "!", "?"))
        if passage.mark_kind == "row":
            self._read_row(sentence, place)
        elif self._read_labels(
            sentence, own_panel or (place.panel if section in _OF_PANELS else None)
        ):
            place.label_role = place.lead_role = self._open_label(sentence)
        elif own_panel:
            return
        elif passage.kind == "list_item" and place.label_role and len(sentence.text) < _ITEM:
            self._read_list(sentence, (0, len(sentence.text)), place.label_role, place.panel)
        elif self._is_introduction(sentence):
            self._read_item(sentence, place)
        elif place.has_people and passage.kind == "list_item" and is_bare_name(sentence):
            self._read_list(sentence, (0, len(sentence.text)), place.lead_role, place.panel)
        else:
            if passage.kind == "paragraph":
                place.label_role = self._open_label(sentence)
                place.lead_role = self._leads.line(sentence.key)
                place.has_people = False
            elif looks_like_person(sentence):
                self._unread.append((sentence, (0, len(sentence.text))))
            self._read_prose(sentence, section, place)

    def _read_item(self, sentence: Sentence, place: _Place) -> None:
        """An item that introduces somebody and says no more: by the role of what leads to it, or
        as a speaker of its panel. Where nothing gives a role, that is said."""
        whole = (0, len(sentence.text))
        found = self._introductions.find(sentence, remember=False)
        role = place.lead_role or ("speaker" if place.panel else None)
        if role is None and not any(i.note for i in found):
            self._unread.append((sentence, whole))
        place.has_people = role is not None
        said = self._prefixed(sentence, found[0]) if found[0].outer_start > 2 else {}
        self._read_list(sentence, whole, role, place.panel, said, place.country)

    def _begun(self, sentence: Sentence) -> Panel | None:
        """The panel that a sentence of the text begins with: "Panel 2 was moderated by …"."""
        named = self._pack.panel_numbered.match(sentence.key)
        if named is None:
            return None
        day = self._document.sections[sentence.section].day
        meant = mentioned_panels(named[0], self._panels, self._pack, day)
        return meant[0] if len(meant) == 1 else None

    def _open_label(self, sentence: Sentence) -> RoleKind | None:
        """The role that a line ending in a colon announces for the items below it."""
        text = sentence.key.rstrip()
        if not text.endswith(":"):
            return None
        return self._leads.label(text.rstrip(" :").rsplit(". ", 1)[-1])

    def _is_introduction(self, sentence: Sentence) -> bool:
        """Whether a line introduces somebody and says no more: "X, Ministre …"."""
        if len(sentence.text) > _ITEM:
            return False
        found = self._introductions.find(sentence, remember=False)
        if not found or found[-1].outer_end < len(sentence.text) - 3:
            return False
        if found[0].outer_start > 2 and not self._prefixed(sentence, found[0]):
            return False
        gaps = [
            sentence.key[one.outer_end : max(one.outer_end, two.outer_start)]
            for one, two in pairwise(found)
        ]
        return all(
            self._pack.coordination.fullmatch(gap) or self._pack.absent_after.match(gap)
            for gap in gaps
        )

    def _prefixed(self, sentence: Sentence, introduction: Introduction) -> dict[str, Span]:
        """What stands before a colon or a dash at the start of an item, of the one named behind
        it: "Chile: X, Minister of Labour", "Harbour Trust – X"; empty if it is neither a country,
        nor a position nor an organisation."""
        mark = _PREFIX.match(sentence.folded, 0, introduction.outer_start)
        if mark is None:
            return {}
        start, end = mark.span("said")
        plain, words = sentence.key[start:end], sentence.folded[start:end]
        countries, bodies = (names.find(words) for names in reversed(self._things))
        if countries and (countries[0].start, countries[0].end) == (0, len(words)):
            return {"country": (start, end)}
        if self._pack.function.match(plain):
            return {"position": (start, end)}
        if bodies or self._pack.body.search(plain) or words.isupper():
            return {"organisation": (start, end)}
        return {}

    # ------------------------------------------------------------ lists, tables, prose

    def _read_labels(self, sentence: Sentence, panel: Panel | None) -> bool:
        """Reads lists behind labels inside a line: "Modérateur : X, position ; Orateurs : Y …".

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
            of_panel = nearest[-1] if nearest else panel
            self._read_list(sentence, (list_start, list_end), role, of_panel)
        if labels:
            return True
        # A moderator in brackets behind the title of a panel.
        inside = (
            self._pack.panel_inside.search(sentence.lowered)
            if panel and panel.passage == sentence.passage
            else None
        )
        if inside:
            self._read_list(sentence, inside.span("people"), "moderator", panel)
        return inside is not None

    def _labels(self, sentence: Sentence) -> list[tuple[int, int, RoleKind]]:
        """Labels of roles before a colon: start, end with the colon, role."""
        found: list[tuple[int, int, RoleKind]] = []
        for colon in _COLON.finditer(sentence.folded):
            label = _LABEL.search(sentence.folded, 0, colon.start())
            role = self._leads.label(key(label["label"])) if label else None
            if label and role:
                found.append((label.start("label"), colon.end(), role))
        return found

    def _read_list(
        self,
        sentence: Sentence,
        span: Span,
        role: RoleKind | None,
        panel: Panel | None,
        said: Mapping[str, Span] = MappingProxyType({}),
        country: str | None = None,
    ) -> None:
        """People of a list: separated by semicolons, or by commas where no positions stand.

        A note behind a name tells more than `role`, which what leads to the list gives to all.
        `said` has the words that say more of them: position, organisation, country; `country` is
        the code of that of their delegation.
        """
        found = [
            i
            for i in self._introductions.find(sentence, listed=True)
            if span[0] <= i.start < span[1] and not i.in_passing
        ]
        found += list(unfound_entries(self._pack, sentence, span, found, self._things))
        self._unread += [(sentence, entry) for entry in entries_without(sentence, span, found)]
        for introduction in sorted(found, key=lambda i: i.start):
            if said:
                introduction = self._with_cells(sentence, introduction, said)
            if country and introduction.country_code is None:
                introduction = replace(introduction, country_code=country)
            met = self._persons.meet(sentence, introduction)
            absent = self._is_absent(sentence, introduction)
            roles = self._given(sentence, introduction, role)
            if absent:
                self._persons.mark_absent(met)
            at = sentence.span(introduction.start, introduction.end)
            for shown in () if absent else roles:
                self._add_role(met, RoleFound(shown, at, f"role.{shown}.label", panel))
            acts = not absent and bool(roles)
            self._namings.append((sentence.index, introduction, met, acts))

    def _given(
        self, sentence: Sentence, introduction: Introduction, role: RoleKind | None
    ) -> list[RoleKind]:
        """The roles of an entry: by the note behind it, and by what leads to the list."""
        note = introduction.note
        noted = self._leads.label(sentence.key[slice(*note)]) if note else None
        if noted == "moderator" or role is None:
            return [noted] if noted else []
        return [role, noted] if noted and noted not in (role, "speaker") else [role]

    def _with_cells(
        self, sentence: Sentence, introduction: Introduction, said: Mapping[str, Span]
    ) -> Introduction:
        """Somebody named in a row, with what the other cells say."""
        country = said.get("country")
        known = self._names.countries.find(sentence.folded[slice(*country)]) if country else []
        return replace(
            introduction,
            position=introduction.position or said.get("position"),
            affiliation=introduction.affiliation or said.get("organisation"),
            country_code=introduction.country_code or (known[0].target if known else None),
        )

    def _read_row(self, sentence: Sentence, place: _Place) -> None:
        """A table row: the heads of its columns tell what stands where, and in which role."""
        cells = [trimmed(sentence.folded, *cell.span()) for cell in _CELL.finditer(sentence.folded)]
        words = [sentence.key[start:end] for start, end in cells]
        has_names = any(map(self._pack.person_columns["name"].fullmatch, words))
        heads = [self._head(word, has_names) for word in words]
        if any(heads) and not self._introductions.find(sentence, remember=False):
            self._columns = heads
            return
        columns = list(zip(cells, self._columns, strict=False))
        said = {head: cell for cell, head in columns if isinstance(head, str) and cell[0] < cell[1]}
        own = self._leads.label(sentence.key[slice(*said["role"])]) if "role" in said else None
        for cell, head in columns:
            if cell[0] == cell[1] or not (isinstance(head, _Head) or head == "name"):
                continue
            of_head = head.role if isinstance(head, _Head) else place.lead_role
            role = own or of_head or ("speaker" if place.panel else None)
            if role is None:
                self._unread.append((sentence, cell))
            labels = [label for label in self._labels(sentence) if cell[0] <= label[0] < cell[1]]
            ends = [*(start for start, _, _ in labels[1:]), cell[1]]
            for (_, start, labelled), end in zip(labels, ends, strict=False):
                self._read_list(sentence, (start, end), labelled, place.panel, said)
            if not labels:
                self._read_list(sentence, cell, role, place.panel, said)

    def _head(self, words: str, has_names: bool) -> "_Head | str | None":
        """What the head of a column (key) says of its cells; beside a column of names, a title is
        what somebody is, else it is that of a panel."""
        if not has_names and any(
            pattern.match(words) for pattern in self._pack.panel_columns.values()
        ):
            return None
        for name, pattern in self._pack.person_columns.items():
            if pattern.fullmatch(words):
                return name
        role = self._leads.label(words)
        return _Head(role) if role else None

    def _read_prose(self, sentence: Sentence, section: str, place: "_Place") -> None:
        """People named in a sentence; `section` is the kind of its section.

        Who moderates under the heading of a panel moderates that.
        """
        introductions = self._introductions.find(sentence)
        if self._enumerates(sentence, introductions):
            introductions = self._as_entries(sentence, introductions)
        if not introductions:
            return
        met = [self._persons.meet(sentence, introduction) for introduction in introductions]
        ends = [*(i.start for i in introductions[1:]), len(sentence.text)]
        absent = [
            i.in_passing or self._is_absent(sentence, i, following)
            for i, following in zip(introductions, ends, strict=True)
        ]
        own = place.panel if place.under_heading else None
        for nth, (introduction, person) in enumerate(zip(introductions, met, strict=True)):
            roles: list[RoleFound] = []
            if not absent[nth]:
                known = [self._roles.get(one, ()) for one in met]
                named = list(map(Named, introductions, absent, known))
                roles = self._observed.find(sentence, section, named, nth)
                roles = [
                    replace(r, panel=r.panel or own) if r.role == "moderator" else r for r in roles
                ]
            elif not self._roles.get(person):
                self._persons.mark_absent(person)
            for role in roles:
                self._add_role(person, role)
            self._namings.append((sentence.index, introduction, person, bool(roles)))

    def _enumerates(self, sentence: Sentence, introductions: Sequence[Introduction]) -> bool:
        """Whether a sentence lists people between semicolons and says no more of the last."""
        marks = [mark.start() for mark in _SEMICOLON.finditer(sentence.folded)]
        if not marks or len(introductions) <= len(marks):
            return False
        starts = [i.outer_start for i in introductions]
        return all(
            any(mark < start <= mark + _TO_ENTRY for start in starts) for mark in marks
        ) and not self._pack.finite.search(sentence.lowered, marks[-1])

    def _as_entries(
        self, sentence: Sentence, introductions: Sequence[Introduction]
    ) -> list[Introduction]:
        """The same people; all that an entry says behind the one whom it names is of that one."""
        marks = [mark.start() for mark in _SEMICOLON.finditer(sentence.folded)]
        entry_of = [bisect(marks, i.start) for i in introductions]
        listed = {i.start: i for i in self._introductions.find(sentence, listed=True)}
        return [
            listed.get(i.start, i) if entry_of.count(entry) == 1 else i
            for i, entry in zip(introductions, entry_of, strict=True)
        ]

    def _is_absent(self, sentence: Sentence, introduction: Introduction, until: int = 0) -> bool:
        """Whether a person is said not to be there: beside the name, or later before `until`."""
        plain, start, end = sentence.key, introduction.outer_start, introduction.outer_end
        return bool(
            self._pack.absent_before.search(plain[max(0, start - _BEFORE) : start])
            or self._pack.absent_after.match(plain[end:])
            or self._pack.absent_later.search(plain[end:until])
        )

    def _add_role(self, met: str, role: RoleFound) -> None:
        self._roles[met] = with_role(self._roles.get(met, ()), role)


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
