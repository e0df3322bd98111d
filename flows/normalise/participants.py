"""Who took part: persons, states, organisations and unnamed groups, with their roles.

A person takes part when the document says so: as subject of a verb of speaking, opening, closing
or moderating, as its agent ("ouverte par"), under a label ("Modérateur :"), or by a message. Whoever
is only named (quoted, represented, absent, part of somebody's function) is a mention. One person is
one row, however often and under whatever form named.
"""

import re
from dataclasses import dataclass, field

from flows.normalise.document import Document, Sentence
from flows.normalise.gazetteer import Gazetteer
from flows.normalise.names import Introduction, People
from flows.normalise.pack import Pack, Role
from flows.normalise.panels import Panel, mentioned_panels
from flows.normalise.text import fold_typography, key, same_length_key, slug

_ROLE_ORDER = [
    "video_message",
    "keynote",
    "moderator",
    "closing",
    "opening",
    "speaker",
    "participant",
]


@dataclass
class RoleFound:
    """A role with where it shows; `panel` for moderators and speakers of one."""

    role: str
    span: tuple[int, int]
    rule: str
    panel: Panel | None = None


@dataclass
class Participant:
    """A person, state, organisation or group as a document presents it."""

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
        return bool(self.roles) and not (
            self.absent and all(r.role != "video_message" for r in self.roles)
        )


@dataclass(frozen=True)
class Naming:
    """A person named in a sentence: which, where, and whether as one who acts there."""

    sentence: int
    introduction: Introduction
    participant: Participant
    acts: bool


@dataclass
class Attendance:
    """Everybody found in a document, and where persons are named."""

    participants: list[Participant] = field(default_factory=list)
    namings: list[Naming] = field(default_factory=list)

    def persons(self) -> list[Participant]:
        return [p for p in self.participants if p.kind == "person"]


class Register:
    """Builds the attendance of one document, sentence by sentence."""

    def __init__(
        self,
        document: Document,
        panels: list[Panel],
        people: People,
        bodies: Gazetteer,
        countries: Gazetteer,
        body_sectors: dict[str, str],
    ) -> None:
        self.document, self.pack, self.panels = document, document.pack, panels
        self.people, self.bodies, self.countries = people, bodies, countries
        self.body_sectors = body_sectors
        self.attendance = Attendance()
        self._by_key: dict[str, Participant] = {}

    # ------------------------------------------------------------ reading

    def read(self) -> Attendance:
        """All persons of the document, in order."""
        panel: Panel | None = None
        panel_at = {p.passage: p for p in self.panels}
        label_role: str | None = None
        skip = {
            s.index
            for s in self.document.sentences
            if s.kind in ("header", "artefact", "rule", "footnote")
        }
        for sentence in self.document.sentences:
            passage = self.document.passages[sentence.passage]
            section = self.document.sections[sentence.section]
            if sentence.index in skip or section.kind == "notes":
                continue
            if sentence.passage in panel_at:
                panel = panel_at[sentence.passage]
                label_role = None
            elif passage.kind == "heading":
                label_role = None
                if passage.rule != "panels.day":
                    panel = None
                continue
            if passage.mark_kind == "row":
                self._row(sentence, panel_at.get(sentence.passage) or panel)
                continue
            if self._labelled_people(
                sentence,
                panel_at.get(sentence.passage)
                or (
                    panel
                    if section.kind in ("panels", "front_matter", "opening", "synthesis")
                    else None
                ),
            ):
                label_role = self._open_label(sentence)
                continue
            if sentence.passage in panel_at:
                continue
            if passage.kind == "list_item" and label_role and len(sentence.text) < 260:
                self._listed_people(sentence, 0, len(sentence.text), label_role, panel)
                continue
            if passage.kind == "paragraph":
                label_role = self._open_label(sentence)
            if (
                passage.kind == "list_item"
                and section.kind in ("panels", "front_matter")
                and not label_role
            ):
                # A speaker's line under a panel without a label: "X, Ministre …".
                first = self.people.find(sentence, remember=False)
                if (
                    first
                    and first[0].outer_start <= 2
                    and first[0].outer_end >= len(sentence.text) - 3
                    and panel
                ):
                    self._listed_people(sentence, 0, len(sentence.text), "speaker", panel)
                    continue
            self._sentence(sentence)
        return self.attendance

    def _open_label(self, sentence: Sentence) -> str | None:
        """The role that a line ending in a colon announces for the items below it."""
        text = sentence.key.rstrip()
        if not text.endswith(":"):
            return None
        return self._role_of_label(text.rstrip(" :").rsplit(". ", 1)[-1].strip())

    def _role_of_label(self, label: str) -> str | None:
        plain = label.strip(" *_-–—•:")
        for role in self.pack.roles:
            if role.label and role.label.match(plain):
                return role.role
        return None

    def _labelled_people(self, sentence: Sentence, panel: Panel | None) -> bool:
        """ "Modérateur : X, function ; Orateurs : Y …": lists behind labels inside a line."""
        text = sentence.folded
        if ":" not in text and "(" not in text:
            return False
        labels: list[tuple[int, int, str]] = []
        for colon in re.finditer(r" ?:", text):
            before = re.search(r"(?:^|[.;(|–—]|\s-)\s*([^.;:(|–—]{3,60})$", text[: colon.start()])
            if not before:
                continue
            role = self._role_of_label(key(before[1]))
            if role:
                labels.append((before.start(1), colon.end(), role))
        whole = (
            self.pack.panel_inside.search("(" + text.lower())
            if not labels and panel is None
            else None
        )
        if not labels and whole is None:
            inside = self.pack.panel_inside.search(text.lower())
            if inside and panel is not None and sentence.passage == panel.passage:
                self._listed_people(
                    sentence, inside.start("people"), inside.end("people"), "moderator", panel
                )
                return True
            return False
        if not labels:
            return False
        here = [p for p in self.panels if p.passage == sentence.passage]
        for n, (label_start, start, role) in enumerate(labels):
            end = labels[n + 1][0] if n + 1 < len(labels) else len(text)
            at = sentence.span(label_start, label_start + 1)[0]
            nearest = [p for p in here if p.span[0] <= at]
            self._listed_people(sentence, start, end, role, nearest[-1] if nearest else panel)
        return True

    def _listed_people(
        self, sentence: Sentence, start: int, end: int, role: str, panel: Panel | None
    ) -> None:
        """People of a list: separated by semicolons, or by commas where no functions stand."""
        text = sentence.folded
        found = [
            i
            for i in self.people.find(sentence, listed=True)
            if start <= i.start < end and i.rule != "person.inside_function"
        ]
        covered = [(i.outer_start, i.outer_end) for i in found]
        # Entries without honorific or known function: the first words of an entry are the name.
        position = start
        for entry in re.finditer(r"[^;|\n]+", text[start:end]):
            a, b = start + entry.start(), start + entry.end()
            if any(x < b and a < y for x, y in covered):
                continue
            name = re.match(
                r"[\s:–—•-]*(?:(?:et|and|y) )?((?:[A-ZÀ-ÖØ-ÞŠŽČĆŁŚŻİŐŰ][\w'’.-]*)(?: (?:d[eiu]|del|della|van|von|der|el|al|bin|la|le|[A-ZÀ-ÖØ-ÞŠŽČĆŁŚŻİŐŰ][\w'’.-]*)){0,5})(?P<rest> ?[,(–—-].*)?[ .]*$",
                text[a:b],
            )
            if not name:
                continue
            n_start, n_end = a + name.start(1), a + name.end(1)
            if (
                " " not in text[n_start:n_end]
                or self.bodies.find(text[n_start:n_end])
                or self.countries.find(text[n_start:n_end])
            ):
                continue
            if key(text[n_start:n_end].split()[0]) in self.pack.not_names:
                continue
            range_ = None
            outer = n_end
            if name["rest"]:
                p_start = (
                    a + name.start("rest") + len(name["rest"]) - len(name["rest"].lstrip(" ,(–—-"))
                )
                p_end = b
                while p_end > p_start and text[p_end - 1] in " ).,;":
                    p_end -= 1
                if p_end > p_start:
                    range_, outer = (p_start, p_end), p_end
            found.append(
                Introduction(
                    sentence.text[n_start:n_end],
                    n_start,
                    n_end,
                    n_start,
                    outer,
                    "person.list_entry",
                    position=range_,
                )
            )
            position = b
        for introduction in sorted(found, key=lambda i: i.start):
            before = sentence.key[max(0, introduction.outer_start - 60) : introduction.outer_start]
            participant = self._participant(sentence, introduction)
            absent = bool(self.pack.absent_before.search(before)) or bool(
                self.pack.absent_after.match(sentence.key[introduction.outer_end :])
            )
            participant.absent = participant.absent or absent
            if not absent:
                self._add_role(
                    participant,
                    RoleFound(
                        role,
                        sentence.span(introduction.start, introduction.end),
                        f"role.{role}.label",
                        panel,
                    ),
                )
            self.attendance.namings.append(
                Naming(sentence.index, introduction, participant, not absent)
            )

    def _row(self, sentence: Sentence, panel: Panel | None) -> None:
        """A table row: persons in cells; the cell's own label or place tells the role."""
        header = getattr(self, "_columns", [])
        cells = [
            (m.start(), m.end()) for m in re.finditer(r"[^|]+", sentence.folded) if m[0].strip()
        ]
        roles = [self._role_of_label(sentence.key[a:b].strip()) for a, b in cells]
        if any(roles) and not any(i for i in self.people.find(sentence, remember=False)):
            self._columns = roles
            return
        for n, (a, b) in enumerate(cells):
            role = header[n] if n < len(header) and header[n] else None
            if role:
                self._listed_people(sentence, a, b, role, panel)

    def _sentence(self, sentence: Sentence) -> None:
        introductions = self.people.find(sentence)
        if not introductions:
            return
        lead = sentence.key
        named: list[tuple[Introduction, Participant, bool]] = []
        for place, introduction in enumerate(introductions):
            participant = self._participant(sentence, introduction)
            before = lead[: introduction.outer_start]
            following = (
                introductions[place + 1].start if place + 1 < len(introductions) else len(lead)
            )
            absent = (
                bool(self.pack.absent_before.search(before[-60:]))
                or bool(self.pack.absent_after.match(lead[introduction.outer_end :]))
                or bool(self.pack.absent_later.search(lead[introduction.outer_end : following]))
            )
            if introduction.rule == "person.inside_function":
                absent = True
            named.append((introduction, participant, absent))
        acting: list[tuple[Introduction, Participant]] = []
        for place, (introduction, participant, absent) in enumerate(named):
            if absent:
                is_passing = introduction.rule == "person.inside_function"
                participant.absent = participant.absent or not (
                    participant.roles or is_passing and participant.roles
                )
                self.attendance.namings.append(
                    Naming(sentence.index, introduction, participant, False)
                )
                continue
            roles = self._roles(sentence, named, place)
            for role in roles:
                self._add_role(participant, role)
            self.attendance.namings.append(
                Naming(sentence.index, introduction, participant, bool(roles))
            )
            if roles:
                acting.append((introduction, participant))

    # ------------------------------------------------------------ roles

    def _roles(
        self, sentence: Sentence, named: list[tuple[Introduction, Participant, bool]], place: int
    ) -> list[RoleFound]:
        introduction = named[place][0]
        plain = sentence.key
        clause_start = max(plain.rfind(";", 0, introduction.outer_start) + 1, 0)
        before = plain[clause_start : introduction.outer_start]
        # In a coordination the words before the first name and after the last hold for all.
        first, last = place, place
        while first > 0 and self._coordinated(plain, named[first - 1][0], named[first][0]):
            first -= 1
        while last + 1 < len(named) and self._coordinated(
            plain, named[last][0], named[last + 1][0]
        ):
            last += 1
        lead = plain[clause_start : named[first][0].outer_start]
        tail_end = plain.find(";", named[last][0].outer_end)
        tail = plain[named[last][0].outer_end : tail_end if tail_end >= 0 else len(plain)]
        tail = tail.lstrip(" ,)")
        span = sentence.span(introduction.start, introduction.end)
        found: dict[str, RoleFound] = {}

        def add(role: str, how: str) -> None:
            found.setdefault(role, RoleFound(role, span, f"role.{role}.{how}"))

        verb = self._verb_after(sentence, named[last][0].outer_end)
        subject = verb is not None
        predicate = (
            plain[verb : tail_end if tail_end >= 0 else len(plain)] if verb is not None else ""
        )
        relative = tail if tail.startswith(("qui ", "who ", "que ", "quien")) else ""
        bare_lead = lead.rstrip()
        if self.pack.joined.search(lead):
            for other, participant, absent in reversed(named[:first]):
                if (
                    not absent
                    and participant.roles
                    and not self._other_subject(
                        plain[other.outer_end : named[first][0].outer_start].split(" aux ")[0]
                    )
                ):
                    return [
                        RoleFound(r.role, span, f"role.{r.role}.joined", r.panel)
                        for r in participant.roles
                    ]
        for role in self.pack.roles:
            if role.before and (role.before.search(lead) or role.before.search(bare_lead)):
                add(role.role, "agent")
            for words in (predicate, relative) if role.role != "speaker" else ():
                match = role.pattern.search(words[:420]) if role.pattern and words else None
                if match and not self._other_subject(words[: match.start()]):
                    add(role.role, "verb")
            if role.context and subject and role.context.search(lead):
                add(role.role, "setting")
            if role.anywhere and (
                role.anywhere.search(lead) or role.anywhere.search(predicate[:200])
            ):
                add(role.role, "medium")
        section = self.document.sections[sentence.section].kind
        if subject and section in ("opening", "closing") and not set(found) - {"speaker"}:
            # Whoever takes the floor in the opening or closing part opens or closes.
            if section == "closing" or not participant_of(named[place]).roles:
                add(section, "part")
        if not found and subject:
            add("speaker", "verb")
        if not found and self._inverted(sentence, named[first][0].outer_start):
            add("speaker", "inverted")
        if not found and self._adverbial(sentence, named[first][0]):
            add("speaker", "adverbial")
        if not found:
            speaker = next((r for r in self.pack.roles if r.role == "speaker"), None)
            if (
                speaker
                and speaker.pattern
                and relative
                and (speaker.pattern.search(relative[:160]) or self._relative_reports(relative))
            ):
                add("speaker", "relative")
        for strong in ("video_message", "keynote", "moderator", "closing"):
            # The verb says more than the setting: a keynote speaker who "joined the opening".
            if (
                strong in found
                and "opening" in found
                and (strong == "keynote" or found["opening"].rule.endswith(("agent", "setting")))
            ):
                del found["opening"]
        if "moderator" in found and len(found) > 1 and "speaker" in found:
            del found["speaker"]
        if "moderator" in found:
            panels = mentioned_panels(plain, self.panels, self.pack)
            day = None
            if panels:
                found["moderator"].panel = panels[0]
                extra = [
                    RoleFound("moderator", span, found["moderator"].rule, p) for p in panels[1:]
                ]
                return [*found.values(), *extra]
            del day
        return list(found.values())

    def _coordinated(self, plain: str, one: Introduction, two: Introduction) -> bool:
        between = plain[one.outer_end : two.outer_start]
        return (
            bool(
                re.fullmatch(
                    r"[ ,;]*(?:et|and|y|e|ainsi que|as well as|asi como|puis|par|by|por|de| )*[ ,]*(?:par |de |le |la |l')?",
                    between,
                )
            )
            and ";" not in between
        )

    def _verb_after(self, sentence: Sentence, end: int) -> int | None:
        """Where the verb of saying or doing stands whose subject ends at `end`; None without one."""
        lowered, plain = sentence.lowered, sentence.key
        position = end
        while position < len(lowered) and lowered[position] in " ,)":
            position += 1
        for _ in range(4):
            verb = self.pack.reporting.match(lowered, position)
            if verb:
                if self.pack.reports(verb["form"]) or self.pack.any_participle.search(verb["form"]):
                    return position
                rest = plain[position : position + 160]
                acts = any(
                    r.pattern and (m := r.pattern.search(rest)) and m.start() < 60
                    for r in self.pack.roles
                )
                return position if acts else None
            if self.pack.reporting_present.match(lowered, position):
                return position
            # An insertion between commas before the verb: ", en remplacement de X,", ", intervenant en ligne,".
            comma = lowered.find(", ", position)
            space = re.match(
                r"(?:\w+ment|également|also|además|pour sa part|à son tour|quant à (?:lui|elle)|de son côté) ?,? ?",
                lowered[position:],
            )
            if space:
                position += space.end()
                continue
            if comma < 0 or comma - position > 160 or re.search(r"[;:]", lowered[position:comma]):
                return None
            position = comma + 2
        return None

    def _other_subject(self, between: str) -> bool:
        """Whether another subject comes between the person and a verb."""
        return bool(re.search(r"; |\. |, (?:et )?(?:les|le|la|l'|il|elle|ils|elles) ", between))

    def _inverted(self, sentence: Sentence, start: int) -> bool:
        """Whether a reporting verb stands right before the person: "comme l'a rappelé X"."""
        lead = sentence.lowered[:start]
        for pattern in (self.pack.inverted, self.pack.inverted_present):
            for match in pattern.finditer(sentence.lowered):
                if abs(match.start("source") - start) <= 4:
                    return True
        for match in self.pack.postposed.finditer(sentence.folded):
            if match["form"] in self.pack.participles and -1 <= start - match.end() <= 4:
                return True
        del lead
        return False

    def _adverbial(self, sentence: Sentence, introduction: Introduction) -> bool:
        return any(
            abs(introduction.outer_start - match.start("source")) < 4
            for match in self.pack.adverbial.finditer(sentence.lowered)
        )

    def _relative_reports(self, tail: str) -> bool:
        verb = self.pack.reporting.search(tail[:80])
        return bool(verb)

    def _add_role(self, participant: Participant, role: RoleFound) -> None:
        for known in participant.roles:
            if known.role == role.role and (known.panel is role.panel or role.panel is None):
                return
        if role.panel is not None:
            participant.roles = [
                r for r in participant.roles if not (r.role == role.role and r.panel is None)
            ]
        participant.roles.append(role)

    # ------------------------------------------------------------ who is meant

    def _participant(self, sentence: Sentence, introduction: Introduction) -> Participant:
        """The person named: known already by full name or surname, or new."""
        plain = key(introduction.name)
        known = self._by_key.get(plain) or self._by_surname(plain, introduction)
        if known is None:
            known = Participant(
                "person",
                introduction.name,
                sentence.span(introduction.start, introduction.end),
                introduction.rule,
            )
            self._by_key[plain] = known
            self.attendance.participants.append(known)
        if introduction.honorific and known.honorific is None:
            known.honorific = introduction.honorific
        if introduction.honorific:
            known.feminine = bool(self.pack.feminine_honorific.search(introduction.honorific))
        if known.position is None and introduction.position is not None:
            self._set_function(known, sentence, introduction.position)
        if introduction.country_code and known.country_code is None:
            known.country_code = introduction.country_code
            known.sector = known.sector or "government"
        if introduction.bracket and known.organisation is None and known.position is None:
            inside = sentence.text[slice(*introduction.bracket)]
            body = self.bodies.find(fold_typography(inside))
            if body or self.pack.body.search(key(inside)) or inside[:1].isupper():
                known.organisation = inside
                known.sector = self._sector(inside, inside)
        if known.country_code is None and known.kind == "person":
            for match in self.countries.find(sentence.folded):
                lead = sentence.key[: match.start]
                if (
                    introduction.outer_end <= match.start < introduction.outer_end + 120
                    and self.pack.on_behalf_of_state.search(lead)
                ):
                    known.country_code = match.target
                    known.sector = known.sector or "government"
        if introduction.affiliation and known.organisation is None:
            text = sentence.text[slice(*introduction.affiliation)]
            seat = self.pack.seat.search(same_length_key(fold_typography(text)))
            text = text[: seat.start()].rstrip(" ,") if seat else text
            text = re.sub(r"^(?:l['’‘]|la |le |les |the |el |los |las )", "", text)
            comma = text.find(", ")
            if comma > 0 and not self.bodies.find(fold_typography(text))[:1]:
                text = text[:comma]
            text = _proper(text)
            known.organisation = text
            known.sector = known.sector or self._sector(text, text)
            known.country_code = known.country_code or self._country(text)
        return known

    def _by_surname(self, plain: str, introduction: Introduction) -> Participant | None:
        words = plain.split()
        matches = [
            p
            for name, p in self._by_key.items()
            if (
                name.split()[-len(words) :] == words
                or (len(words) == 1 and words[0] in name.split()[1:])
            )
            and name != plain
        ]
        unique = list({id(p): p for p in matches}.values())
        if len(unique) == 1:
            return unique[0]
        longer = [
            p
            for name, p in self._by_key.items()
            if len(words) >= 2
            and len(name.split()) >= 2
            and set(words) >= set(name.split())
            and words[-1] == name.split()[-1]
        ]
        return longer[0] if len(longer) == 1 else None

    def _set_function(
        self, person: Participant, sentence: Sentence, where: tuple[int, int]
    ) -> None:
        """Position, organisation, country and sector from the words of the function."""
        text = sentence.text[slice(*where)].strip(" ,")
        plain = key(text)
        function = self.pack.function.match(plain)
        body_first = None
        if not function:
            matches = self.bodies.find(fold_typography(text))
            body_first = matches[0] if matches and matches[0].start == 0 else None
            rest = key(text[body_first.end :]).lstrip(" ,") if body_first else ""
            if not body_first or not self.pack.function.match(rest):
                # A body alone: no function is stated.
                if (
                    body_first
                    or self.pack.body.match(plain)
                    or (text[:1].isupper() and len(text.split()) <= 4)
                ):
                    person.organisation = text
                    person.country_code = person.country_code or self._country(text)
                    person.sector = self._sector(text, text)
                    return
        person.position = text
        person.position_words = words_of(plain)
        if person.feminine is None:
            if self.pack.feminine_function.search(plain):
                person.feminine = True
            elif self.pack.masculine_function.match(plain):
                person.feminine = False
        organisation = self._organisation(text)
        person.organisation = organisation
        person.country_code = person.country_code or self._country(text)
        person.sector = self._sector(text, organisation)

    def _organisation(self, position: str) -> str | None:
        """The body that a function belongs to, as printed; None for an office of a state."""
        folded = fold_typography(position)
        plain = same_length_key(folded)
        known = [m for m in self.bodies.find(folded)]
        parts = self._functions(plain)
        for start, end in reversed(parts):
            segment = plain[start:end]
            # Words for the post a state holds with a body: that body is not the person's.
            accredited = re.search(r"\b(?:aupres|to the|ante) ", segment)
            limit = start + accredited.start() if accredited else end
            for match in known:
                if start < match.start and match.end <= limit:
                    return position[match.start : match.end]
            body = None
            for found in self.pack.body.finditer(plain, start, limit):
                if found.start() == start:
                    continue
                before = plain[start : found.start()]
                if body is None and re.search(rf"(?:{self.pack.body_link.pattern}|, )$", before):
                    body = found
                elif body is not None and self.pack.body_of_body.search(
                    folded[start : found.start()].lower()
                ):
                    body = found  # the body that the first one belongs to
            if body:
                stop = self._body_end(folded, body.start(), limit)
                return _proper(position[body.start() : stop].rstrip(" ,"))
            if self.pack.not_body.search(segment):
                continue
            proper = re.search(
                rf"(?:{self.pack.body_link.pattern})(?:projet |société |entreprise |groupe |cabinet |start-up |company |empresa )?(?P<name>[A-ZÀ-ÖØ-Þ][\w&'’.-]*(?: (?:[A-ZÀ-ÖØ-Þ&][\w&'’.-]*|de|des|du|for|of|para|y|and|et(?= [A-Z])))*)",
                folded[start:limit],
            )
            if proper:
                name = proper["name"]
                if (
                    not self.countries.find(name)
                    and " " in name
                    or "chez" in proper[0]
                    or name.isupper()
                ):
                    a = start + proper.start("name")
                    return re.sub(r" (?:de|des|du|for|of|and|et)$", "", position[a : a + len(name)])
        return None

    def _functions(self, plain: str) -> list[tuple[int, int]]:
        """Ranges of the single functions of a position: "ambassadrice et Représentante …"."""
        starts = [0]
        for found in re.finditer(r"(?:,? et |, | and | y )(?=\S)", plain):
            if self.pack.function.match(plain, found.end()):
                starts.append(found.end())
        return list(zip(starts, [*starts[1:], len(plain)], strict=True))

    def _body_end(self, folded: str, start: int, limit: int) -> int:
        """End of a body's name: before a comma, a seat or a relative clause."""
        stop = re.search(r", | \(|;| (?:et|and|y) (?:chargée?|responsable)", folded[start:limit])
        end = start + stop.start() if stop else limit
        seat = self.pack.seat.search(same_length_key(folded)[start:end])
        return start + seat.start() if seat else end

    def _country(self, position: str) -> str | None:
        """The country whose government the function belongs to."""
        folded = fold_typography(position)
        plain = same_length_key(folded)
        for match in self.countries.find(folded):
            before = plain[: match.start]
            government = None
            for government in self.pack.government.finditer(before):
                pass
            if government is None:
                continue
            if re.search(
                r"\b(?:en|au|aux|a|in|at|to|dans|basee? |aupres)(?: (?:la|le|l'))? $", before
            ) and not re.search(
                r"(?:ministre|ambassad\w+)[^,]*\b(?:au|aux|en) $", before[-40:] and ""
            ):
                continue
            return match.target
        return None

    def _sector(self, position: str, organisation: str | None) -> str | None:
        plain = key(position)
        sectors = dict(self.pack.sectors)
        government = sectors.get("government")
        if (
            government
            and government.search(plain)
            and (
                self._country(position)
                or re.match(
                    r".*\b(?:ministre|ministere|ambassad|maire|minister|ministry|mayor|ministro|ministra|ministerio|alcalde)",
                    plain,
                )
            )
        ):
            bodies_first = self.bodies.find(fold_typography(position))
            if not bodies_first or self._country(position):
                return "government"
        for text in (organisation or "", position):
            for match in self.bodies.find(fold_typography(text)):
                return self.body_sectors.get(match.target)
        for text in (key(organisation or ""), plain):
            for sector, pattern in self.pack.sectors:
                if text and pattern.search(text):
                    return sector
        return None


def participant_of(named: tuple[Introduction, Participant, bool]) -> Participant:
    """The participant of a naming."""
    return named[1]


def words_of(plain: str) -> frozenset[str]:
    """Words of an office that tell it from others."""
    return frozenset(w for w in re.findall(r"\w+", plain) if len(w) > 2)


def entity_of(participant: Participant) -> str:
    """The same id for the same person, state or organisation across sessions."""
    if participant.entity:
        return participant.entity
    return slug(participant.name) or "x"


def role_rank(role: str) -> int:
    return _ROLE_ORDER.index(role)


def _proper(body: str) -> str:
    """The proper name of a body behind common words in lower case ("projet X Y" → "X Y")."""
    found = re.match(
        r"(?:[a-zà-ÿœ'’-]+ )+?(?P<name>[A-ZÀ-ÖØ-Þ][\w&'’.-]*(?: [A-ZÀ-ÖØ-Þ][\w&'’.-]*)*)$", body
    )
    if not found or re.search(
        r"\b(?:de|du|des|d['’]|la|le|les|l['’]|pour|of|for|del|para) ?$",
        body[: found.start("name")],
    ):
        return body
    return found["name"]


__all__ = [
    "Attendance",
    "Naming",
    "Participant",
    "Register",
    "Role",
    "RoleFound",
    "entity_of",
    "role_rank",
    "words_of",
]
_ = Pack
