"""Findings of one document → rows of the tables.

`normalise` hands in what all rooms before found in a document, and gets the rows of every table
that is extracted, with ids; those of reconciliations and warnings are made in `quality`.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.ground.folding import slug
from flows.ground.span import Span
from flows.normalise.header.read import Header
from flows.normalise.panels.days import day_themes, days_of
from flows.normalise.panels.find import Panel
from flows.normalise.people.participants import Attendance, Key, Participant, entity_of, role_rank
from flows.normalise.people.roles import RoleFound
from flows.normalise.speech.sayings import Saying
from flows.normalise.statements.figures import Figure
from flows.normalise.statements.mentions import Citation, Mention
from flows.normalise.statements.recommendations import Recommendation
from flows.normalise.structure.document import RUNNING, Document
from schemas import Row, Tables

_TOTALS_IN = ("front_matter", "panels", "opening")


@dataclass(frozen=True)
class Findings:
    """All that was found in one document, each kind in the order of the text.

    `sayings` has one entry for each sentence of the document, by index.
    """

    document: Document
    header: Header
    session_id: str
    document_id: str
    panels: list[Panel]
    attendance: Attendance
    sayings: Sequence[Saying]
    recommendations: list[Recommendation]
    citations: list[Citation]
    figures: list[Figure]
    mentions: list[Mention]


class Ids:
    """Gives readable ids, unique within a table, in the order in which rows ask."""

    def __init__(self) -> None:
        self._used: Counter[str] = Counter()
        self._given: set[str] = set()

    def next(self, wanted: str) -> str:
        """The wanted id; with -2, -3 … behind it where earlier rows of the table have taken it."""
        given = wanted
        while not self._used[wanted] or given in self._given:
            self._used[wanted] += 1
            given = wanted if self._used[wanted] == 1 else f"{wanted}-{self._used[wanted]}"
        self._given.add(given)
        return given


def rows_of(found: Findings, is_reference: bool) -> Tables:
    """The rows that one document gives, by table.

    A document that is not the reference document of its session gives only its own text.
    """
    maker = _Maker(found)
    tables = maker.text_tables()
    tables["documents"] = [maker.document_row(is_reference)]
    if is_reference:
        tables |= maker.session_tables()
    return tables


class _Maker:
    def __init__(self, found: Findings) -> None:
        self.found = found
        self.document = found.document
        self.id = found.document_id
        self.session = found.session_id
        self.section_ids = self._section_ids()
        self.passage_ids = [
            f"{self.id}-b{n:03d}" for n in range(1, len(self.document.passages) + 1)
        ]
        self.sentence_ids = self._sentence_ids()

    def _span(self, span: Span, rule: str) -> Row:
        return {"document_id": self.id, "char_start": span[0], "char_end": span[1], "rule": rule}

    def _section_ids(self) -> list[str]:
        ids = Ids()
        made = []
        for section in self.document.sections:
            words = (
                slug(section.heading.text)[:40].strip("-")
                if section.heading
                else section.kind.replace("_", "-")
            )
            made.append(ids.next(f"{self.id}-s-{words or section.kind}"))
        return made

    def _sentence_ids(self) -> list[str]:
        """Ids that hold when another sentence is added: from the text of the sentence."""
        ids = Ids()
        return [
            ids.next(f"{self.id}-t-{digest(sentence.text)}") for sentence in self.document.sentences
        ]

    # ------------------------------------------------------------ every document

    def document_row(self, is_reference: bool) -> Row:
        source, header = self.document.source, self.found.header
        entry = source.entry
        return {
            "document_id": self.id,
            "session_id": self.session,
            "file_name": source.file_name,
            "media_type": source.media_type,
            "sha256": source.sha256,
            "language": self.document.pack.language,
            "document_type": entry.document_type or header.document_type,
            "title": header.title,
            "text": source.text,
            "characters": len(source.text),
            "is_reference": is_reference,
            "source_url": entry.source_url,
            "licence": entry.licence,
            "note": entry.note,
        }

    def text_tables(self) -> Tables:
        return {
            "sections": self._sections(),
            "passages": self._passages(),
            "sentences": self._sentences(),
        }

    def _sections(self) -> list[Row]:
        rows: list[Row] = []
        for n, section in enumerate(self.document.sections):
            inside = self.document.passages[section.start : section.end]
            span = (inside[0].start, max(passage.end for passage in inside))
            rows.append(
                {
                    "section_id": self.section_ids[n],
                    "position": n + 1,
                    "level": section.level,
                    "number": section.number,
                    "kind": section.kind,
                    "heading": section.heading.text if section.heading else None,
                    "day": section.day,
                    **self._span(span, section.rule),
                }
            )
        return rows

    def _passages(self) -> list[Row]:
        return [
            {
                "passage_id": self.passage_ids[n],
                "section_id": self.section_ids[passage.section],
                "position": n + 1,
                "kind": passage.kind,
                "text": passage.text if passage.kind != "rule" else None,
                **self._span((passage.start, passage.end), passage.rule),
            }
            for n, passage in enumerate(self.document.passages)
        ]

    def _sentences(self) -> list[Row]:
        rows: list[Row] = []
        for sentence in self.document.sentences:
            row: Row = {
                "sentence_id": self.sentence_ids[sentence.index],
                "passage_id": self.passage_ids[sentence.passage],
                "position": sentence.index + 1,
                "text": sentence.text,
                "attribution": None,
                "attributed_to": None,
                "reporting_verb": None,
            }
            rule = "sentence.unattributed"
            if sentence.kind in RUNNING:
                saying = self.found.sayings[sentence.index]
                row["attribution"] = saying.attribution
                row["attributed_to"] = saying.words
                row["reporting_verb"] = saying.verb
                rule = saying.rule
            rows.append(row | self._span(sentence.span(), rule))
        return rows

    # ------------------------------------------------------------ the reference document

    def session_tables(self) -> Tables:
        panel_ids = {
            panel: f"{self.session}-p{n:02d}" for n, panel in enumerate(self.found.panels, 1)
        }
        taking_part = self.found.attendance.taking_part()
        taking_part.sort(key=lambda p: (p.span, p.kind, p.name))
        ids = Ids()
        participant_ids = {
            p.key: ids.next(f"{self.session}-{slug(p.name) or 'x'}") for p in taking_part
        }
        return {
            "sessions": [self._session_row()],
            "session_days": self._days(),
            "panels": self._panels(panel_ids),
            "participants": [self._participant(p, participant_ids[p.key]) for p in taking_part],
            "interventions": self._interventions(taking_part, participant_ids, panel_ids),
            **self._recommendations(participant_ids),
            "attributions": self._attributions(participant_ids),
            "citations": self._citations(),
            "figures": self._figures(),
            "mentions": self._mentions(),
        }

    def _session_row(self) -> Row:
        header = self.found.header
        totals = totals_of(self.found)
        row: Row = {
            "session_id": self.session,
            "series": "IDM",
            "year": header.year,
            "ordinal": header.ordinal or 1,
            "title": header.title,
            "language": self.document.pack.language,
            "start_date": header.start_date,
            "end_date": header.end_date,
            "start_time": header.start_time,
            "end_time": header.end_time,
            "timezone": header.timezone,
            "modality": header.modality,
            "venue": header.venue,
            "city": header.city,
            "country_code": header.country_code,
            "stated_participants": _whole(totals.get("attended", totals.get("registered"))),
            "stated_countries": _whole(totals.get("countries")),
            "stated_panels": _whole(totals.get("panels")),
            "stated_speakers": _whole(totals.get("speakers")),
            "stated_government_share": totals.get("government_share"),
        }
        return row | self._span(header.span, "header.block")

    def _days(self) -> list[Row]:
        header = self.found.header
        themes = day_themes(self.document, header)
        rows: list[Row] = []
        for number, date in enumerate(days_of(header), 1):
            theme, span = themes.get(number, ("", header.date_span or header.span))
            rows.append(
                {
                    "session_id": self.session,
                    "number": number,
                    "date": date,
                    "theme": theme or None,
                    **self._span(span, "day.heading" if number in themes else "day.header_dates"),
                }
            )
        return rows

    def _panels(self, ids: dict[Panel, str]) -> list[Row]:
        return [
            {
                "panel_id": ids[panel],
                "session_id": self.session,
                "position": n,
                "day": panel.day,
                "number": panel.number,
                "label": panel.label,
                "title": panel.title,
                **self._span(panel.span, panel.rule),
            }
            for n, panel in enumerate(self.found.panels, 1)
        ]

    def _participant(self, participant: Participant, participant_id: str) -> Row:
        return {
            "participant_id": participant_id,
            "session_id": self.session,
            "entity_id": entity_of(participant),
            "kind": participant.kind,
            "name": participant.name,
            "honorific": participant.honorific,
            "position": participant.position,
            "organisation": participant.organisation,
            "country_code": participant.country_code,
            "sector": participant.sector,
            **self._span(participant.span, participant.rule),
        }

    def _interventions(
        self, people: list[Participant], ids: dict[Key, str], panels: dict[Panel, str]
    ) -> list[Row]:
        unique = Ids()
        return [
            {
                "intervention_id": unique.next(
                    f"{ids[participant.key]}-{role.role.replace('_', '-')}"
                ),
                "participant_id": ids[participant.key],
                "session_id": self.session,
                "role": role.role,
                "panel_id": panels[role.panel] if role.panel else None,
                **self._span(role.span, role.rule),
            }
            for participant in people
            for role in _told(self.found.attendance.roles_of(participant))
        ]

    def _recommendations(self, participants: dict[Key, str]) -> Tables:
        rows: list[Row] = []
        codes: list[Row] = []
        unique = Ids()
        for n, found in enumerate(self.found.recommendations):
            sentence = found.sentence
            recommendation_id = unique.next(f"{self.session}-r-{digest(sentence.text)}")
            sayers = self._sayers(found.saying, participants)
            rows.append(
                {
                    "recommendation_id": recommendation_id,
                    "session_id": self.session,
                    "section_id": self.section_ids[sentence.section],
                    "sentence_id": self.sentence_ids[sentence.index],
                    "position": n + 1,
                    "text": sentence.text,
                    "force": found.force,
                    "cue": found.cue,
                    "attribution": found.saying.attribution,
                    "attributed_to": found.saying.words,
                    "participant_id": sayers[0] if len(sayers) == 1 else None,
                    "addressee": found.addressee,
                    **self._span(sentence.span(), found.rule),
                }
            )
            codes.extend(self._codes(recommendation_id, found))
        return {"recommendations": rows, "recommendation_codes": codes}

    def _codes(self, recommendation_id: str, found: Recommendation) -> list[Row]:
        rows: list[Row] = []
        places: Counter[str] = Counter()
        for code in found.codes:
            places[code.scheme] += 1
            words = found.sentence.fragment.slice(code.start, code.end)
            rows.append(
                {
                    "recommendation_id": recommendation_id,
                    "scheme": code.scheme,
                    "code": code.code,
                    "position": places[code.scheme],
                    "method": code.method,
                    "evidence": words.text,
                    **self._span(words.span(), code.rule),
                }
            )
        return rows

    def _sayers(self, saying: Saying, participants: dict[Key, str]) -> list[str]:
        """Ids of the participants who say it, each once: persons, then states and organisations."""
        saying_it: list[Key] = [person.key for person in saying.participants]
        saying_it += [("state", country.id.lower()) for country in saying.countries]
        saying_it += [("organisation", named.id) for named in saying.organisations]
        return list(dict.fromkeys(participants[key] for key in saying_it if key in participants))

    def _attributions(self, participants: dict[Key, str]) -> list[Row]:
        rows: list[Row] = []
        for sentence in self.document.running:
            saying = self.found.sayings[sentence.index]
            span = (
                sentence.span(*saying.span)
                if saying.span and saying.span[1] <= len(sentence.text)
                else sentence.span()
            )
            for participant in self._sayers(saying, participants):
                name = participant.removeprefix(f"{self.session}-")
                rows.append(
                    {
                        "attribution_id": f"{self.sentence_ids[sentence.index]}-{name}",
                        "sentence_id": self.sentence_ids[sentence.index],
                        "participant_id": participant,
                        **self._span(span, saying.rule),
                    }
                )
        return rows

    def _citations(self) -> list[Row]:
        return [
            {
                "citation_id": f"{self.sentence_ids[c.sentence.index]}-{c.instrument_id}",
                "sentence_id": self.sentence_ids[c.sentence.index],
                "instrument_id": c.instrument_id,
                "text": c.sentence.text[c.start : c.end],
                **self._span(c.sentence.span(c.start, c.end), c.rule),
            }
            for c in self.found.citations
        ]

    def _figures(self) -> list[Row]:
        unique = Ids()
        return [
            {
                "figure_id": unique.next(
                    f"{self.sentence_ids[f.sentence.index]}-f-{_short(f.value)}"
                ),
                "sentence_id": self.sentence_ids[f.sentence.index],
                "measure": f.measure,
                "value": float(f.value),
                "unit": f.unit,
                "qualifier": f.qualifier,
                "text": f.sentence.text[f.start : f.end],
                **self._span(f.sentence.span(f.start, f.end), f.rule),
            }
            for f in self.found.figures
        ]

    def _mentions(self) -> list[Row]:
        unique = Ids()
        return [
            {
                "mention_id": unique.next(f"{self.sentence_ids[m.sentence.index]}-m-{m.entity_id}"),
                "sentence_id": self.sentence_ids[m.sentence.index],
                "kind": m.kind,
                "entity_id": m.entity_id,
                "country_code": m.country_code,
                "text": m.sentence.text[m.start : m.end],
                **self._span(m.sentence.span(m.start, m.end), m.rule),
            }
            for m in self.found.mentions
        ]


def totals_of(found: Findings) -> dict[str, float]:
    """Measure (as in `figures`) → the first total of its session that the document states
    and that can be."""
    totals: dict[str, float] = {}
    for figure in filter(is_possible, stated_figures(found)):
        totals.setdefault(figure.measure, figure.value)
    return totals


def stated_figures(found: Findings) -> Iterator[Figure]:
    """The figures that state totals of the session, in the order of the text."""
    for figure in found.figures:
        section = found.document.sections[figure.sentence.section].kind
        if figure.measure != "other" and (section in _TOTALS_IN or figure.measure == "days"):
            yield figure


def is_possible(figure: Figure) -> bool:
    """Whether a total can be meant as it is printed: a share is no more than the whole."""
    return figure.measure != "government_share" or figure.value <= 1


def _told(roles: Sequence[RoleFound]) -> list[RoleFound]:
    """The roles that become rows, in order: none as a mere speaker beside a more telling role."""
    if any(role.role not in ("speaker", "participant") for role in roles):
        roles = [
            role
            for role in roles
            if role.role != "speaker"
            or role.rule == "person.listed_office"
            or role.panel is not None
        ]
    return sorted(roles, key=lambda role: (role_rank(role.role), role.span))


def digest(text: str) -> str:
    """Eight hexadecimal digits that stand for a text in an id: the start of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _whole(value: float | None) -> int | None:
    """A count as a whole number; None for one that no session can have."""
    return None if value is None or value >= 2**31 else int(value)


def _short(value: float) -> str:
    return f"{value:.10g}".replace(".", "-").replace("+", "")
