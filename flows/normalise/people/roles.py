"""The roles in which persons named in a sentence take part, by the words around their names.

A sentence and the persons named in it come in, roles go out; `people.find` asks for each person,
and `speech.attendance` for persons meant by a position or a pronoun.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flows.ground.span import Span
from flows.normalise.panels.find import Panel, mentioned_panels
from flows.normalise.people.introductions import Introduction
from flows.normalise.people.leads import leads
from flows.normalise.structure.document import Document, Sentence
from schemas.kinds import RoleKind

_PREDICATE_REACH = 420  # characters of a predicate in which a role's verb is looked for
_MEDIUM_REACH = 200
_RELATIVE_REACH = 160
_NEAR = 4  # characters between a verb and the name of its subject behind it


@dataclass(frozen=True)
class RoleFound:
    """A role, the source span that shows it and the rule that found it.

    `panel` is the one that a moderator or speaker is of, if that is known.
    """

    role: RoleKind
    span: Span
    rule: str
    panel: Panel | None = None


def with_role(roles: tuple[RoleFound, ...], found: RoleFound) -> tuple[RoleFound, ...]:
    """The roles of somebody with one more; with a panel it takes the place of the same without one.

    A role that is there already adds nothing, nor does one without a panel beside one with it.
    """
    same = [known for known in roles if known.role == found.role]
    if any(found.panel is None or known.panel is found.panel for known in same):
        return roles
    return (*(r for r in roles if r.role != found.role or r.panel is not None), found)


@dataclass(frozen=True)
class Named:
    """A person named in a sentence, said to be `absent` or not; `roles` are those found before."""

    introduction: Introduction
    absent: bool
    roles: tuple[RoleFound, ...]


@dataclass(frozen=True)
class _Clause:
    """The words (key) around a person's name, or the names of several joined by "and".

    `lead` before the first, `between` the last and their verb, `predicate` from that on,
    `relative` a clause behind the last; empty if there is none. `first` is the place of the first
    of them in the sentence.
    """

    first: int
    lead: str
    between: str
    predicate: str
    relative: str


class Roles:
    """Finds the roles of persons in the sentences of one document, whose panels are known."""

    def __init__(self, document: Document, panels: Sequence[Panel]) -> None:
        self._document, self._panels = document, panels
        self._pack = pack = document.pack
        self._leads = leads(pack)
        self._speaker = next((r.pattern for r in pack.roles if r.role == "speaker"), None)

    def find(
        self, sentence: Sentence, section: str, named: Sequence[Named], place: int
    ) -> list[RoleFound]:
        """What the sentence shows that the person at `place` in `named` did; empty if nothing.

        `section` is the kind of the sentence's section. A moderator has one role for each panel
        that the sentence names.
        """
        person = named[place]
        start, end = person.introduction.start, person.introduction.end
        span = sentence.span(start, end) if end > start else sentence.span()
        clause = self._clause(sentence, named, place)
        joined = self._joined(sentence, named, clause)
        if joined:
            return [RoleFound(r.role, span, f"role.{r.role}.joined", r.panel) for r in joined]
        shown: dict[RoleKind, str] = {}  # role → how it shows
        for role, how in self._shown(clause):
            shown.setdefault(role, how)
        role_noun = self._noun(sentence, person.introduction, clause)
        if role_noun:
            shown.setdefault(role_noun, "noun")
        note = person.introduction.note
        noted = self._leads.label(sentence.key[slice(*note)]) if note else None
        if noted and noted != "speaker":
            shown.setdefault(noted, "note")
        # Whoever takes the floor in the opening or closing part opens or closes.
        if (
            clause.predicate
            and not set(shown) - {"speaker"}
            and (section == "closing" or (section == "opening" and not person.roles))
        ):
            shown.setdefault("closing" if section == "closing" else "opening", "part")
        if noted and not shown:
            shown[noted] = "note"
        if not shown:
            how_said = self._how_said(sentence, named, clause)
            led = None if how_said else self._leads.before(clause.lead)
            if how_said:
                shown["speaker"] = how_said
            elif led:
                shown[led] = "lead"
        _drop_weaker(shown)
        found = [RoleFound(role, span, f"role.{role}.{how}") for role, how in shown.items()]
        return self._with_panels(sentence, found)

    # ------------------------------------------------------------ the words around a name

    def _clause(self, sentence: Sentence, named: Sequence[Named], place: int) -> _Clause:
        """The words around a person; around coordinated names ("X and Y") they hold for each."""
        plain = sentence.key
        first, last = place, place
        while first > 0 and self._coordinated(plain, named[first - 1], named[first]):
            first -= 1
        while last + 1 < len(named) and self._coordinated(plain, named[last], named[last + 1]):
            last += 1
        start = plain.rfind(";", 0, named[first].introduction.outer_start) + 1
        behind = named[last].introduction.outer_end
        stop = plain.find(";", behind)
        end = stop if stop >= 0 else len(plain)
        verb = self._verb_after(sentence, behind)
        lead = plain[start : named[first].introduction.outer_start]
        if self._pack.genitive.search(lead):
            verb = None  # "un film de X a été projeté": X is not the subject
        tail = plain[behind:end].lstrip(" ,)")
        return _Clause(
            first,
            lead,
            plain[behind:verb] if verb is not None else "",
            plain[verb:end] if verb is not None else "",
            tail if self._relates(tail, place == last) else "",
        )

    def _relates(self, tail: str, is_last: bool) -> bool:
        """Whether a clause behind coordinated names is about this one: in the singular the last."""
        if self._pack.presiding.match(tail):
            return True
        if not self._pack.relative.match(tail):
            return False
        return is_last or not self._pack.relative_singular.match(tail)

    def _coordinated(self, plain: str, one: Named, two: Named) -> bool:
        between = plain[one.introduction.outer_end : two.introduction.outer_start]
        return bool(self._pack.coordination.fullmatch(between))

    def _verb_after(self, sentence: Sentence, end: int) -> int | None:
        """Where the verb of saying or doing stands whose subject ends at `end`, if any."""
        lowered = sentence.lowered
        position = end
        while position < len(lowered) and lowered[position] in " ,)–—-":
            position += 1
        for _ in range(4):
            verb = self._pack.any_verb.match(lowered, position)
            if verb:
                return position if self._is_act(sentence, position, verb["form"]) else None
            if self._pack.reporting_present.match(lowered, position):
                return position
            # An insertion before the verb: "également", ", en remplacement de X,".
            insertion = self._pack.insertion.match(lowered, position)
            if insertion:
                position = insertion.end()
                continue
            comma = lowered.find(", ", position)
            inserted = lowered[position:comma]
            if comma < 0 or len(inserted) > 160 or ";" in inserted or ":" in inserted:
                return None
            position = comma + 2
        return None

    def _is_act(self, sentence: Sentence, verb: int, form: str) -> bool:
        """Whether the verb at `verb`, of that form, tells of something done in the session."""
        if self._pack.reports(form) or self._pack.any_participle.search(form):
            return True
        rest = sentence.key[verb : verb + 160]
        return any(
            role.pattern and (act := role.pattern.search(rest)) and act.start() < 60
            for role in self._pack.roles
        )

    # ------------------------------------------------------------ what they show

    def _joined(
        self, sentence: Sentence, named: Sequence[Named], clause: _Clause
    ) -> Sequence[RoleFound]:
        """Roles of the person at whose side this one is: "X, aux côtés de Y, a …"."""
        if not self._pack.joined.search(clause.lead):
            return []
        start = named[clause.first].introduction.outer_start
        for other in reversed(named[: clause.first]):
            between = sentence.key[other.introduction.outer_end : start]
            beside = self._pack.beside.search(between)
            between = between[: beside.start()] if beside else between
            if not other.absent and other.roles and not self._other_subject(between):
                return other.roles
        return []

    def _shown(self, clause: _Clause) -> Iterator[tuple[RoleKind, str]]:
        """Roles that the words of a clause show, and how."""
        for role in self._pack.roles:
            if role.before and (
                role.before.search(clause.lead) or role.before.search(clause.lead.rstrip())
            ):
                yield role.role, "agent"
            if role.pattern and role.role != "speaker":
                for words in (clause.predicate, clause.relative):
                    verb = role.pattern.search(words[:_PREDICATE_REACH])
                    if verb and not self._other_subject(words[: verb.start()]):
                        yield role.role, "verb"
            if role.context and clause.predicate and role.context.search(clause.lead):
                yield role.role, "setting"
            if role.anywhere and (
                role.anywhere.search(clause.lead)
                or role.anywhere.search(clause.between)
                or role.anywhere.search(clause.predicate[:_MEDIUM_REACH])
            ):
                yield role.role, "medium"

    def _noun(self, sentence: Sentence, person: Introduction, clause: _Clause) -> RoleKind | None:
        """The role that a person's position, or the words right before the name, call by name."""
        position = sentence.key[slice(*person.position)] if person.position else ""
        title = clause.lead.rstrip(" ,").rpartition(", ")[2]
        return next(
            (
                role.role
                for role in self._pack.roles
                if role.noun and (role.noun.search(position) or role.noun.match(title))
            ),
            None,
        )

    def _other_subject(self, between: str) -> bool:
        """Whether another subject comes between the person and a verb."""
        return bool(self._pack.other_subject.search(between))

    def _how_said(self, sentence: Sentence, named: Sequence[Named], clause: _Clause) -> str | None:
        """How it shows that the persons of a clause say something; None if it does not."""
        person = named[clause.first].introduction
        if clause.predicate:
            return "verb"
        if self._inverted(sentence, person.outer_start, named):
            return "inverted"
        if any(
            abs(person.outer_start - match.start("source")) < _NEAR
            for match in self._pack.adverbial.finditer(sentence.lowered)
        ):
            return "adverbial"
        relative = clause.relative[:_RELATIVE_REACH]
        if self._speaker and (
            self._speaker.search(relative) or self._pack.reporting.search(relative[:80])
        ):
            return "relative"
        return None

    def _inverted(self, sentence: Sentence, start: int, named: Sequence[Named]) -> bool:
        """Whether a reporting verb stands right before the person: "comme l'a rappelé X"."""
        pack = self._pack
        subjects = {other.introduction.outer_end for other in named}
        return any(
            abs(match.start("source") - start) <= _NEAR
            for pattern in (pack.inverted, pack.inverted_present)
            for match in pattern.finditer(sentence.lowered)
        ) or any(
            pack.reports(match["form"])
            and -1 <= start - match.end() <= _NEAR
            and match.start() not in subjects
            for match in pack.postposed.finditer(sentence.folded)
        )

    def _with_panels(self, sentence: Sentence, found: list[RoleFound]) -> list[RoleFound]:
        """The roles, that of a moderator once for each panel that the sentence names."""
        moderator = next((r for r in found if r.role == "moderator"), None)
        if moderator is None:
            return found
        day = self._document.sections[sentence.section].day
        panels = mentioned_panels(sentence.key, self._panels, self._pack, day)
        if not panels:
            return found
        first, *others = (replace(moderator, panel=panel) for panel in panels)
        return [*(first if role is moderator else role for role in found), *others]


def _drop_weaker(shown: dict[RoleKind, str]) -> None:
    """Removes the roles that a more telling one of the same person makes needless.

    `shown`: role → how it shows.
    """
    # The verb says more than the setting: a keynote speaker who "joined the opening".
    stronger = {"video_message", "moderator", "closing"} & set(shown)
    if "keynote" in shown or (stronger and shown.get("opening") in ("agent", "setting")):
        shown.pop("opening", None)
    if "moderator" in shown:
        shown.pop("speaker", None)
    if len(shown) > 1:
        shown.pop("participant", None)
