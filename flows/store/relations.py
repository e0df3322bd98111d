"""Checks across rows and tables, which Pandera cannot express."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter
from unicodedata import normalize

from flows.store.faults import Fault, fault_of
from schemas import TABLES, Row, Table, Tables

EQUAL = {"recommendations": "text", "sentences": "text"}
"""The passage says this and nothing else."""

CONTAINED = {
    "panels": "title",
    "participants": "name",
    "recommendation_codes": "evidence",
    "citations": "text",
    "figures": "text",
    "mentions": "text",
}
"""The passage says this, and perhaps more."""

CODE_LISTS = {
    "gcm": ("gcm_objectives", "objective"),
    "sdg": ("sdgs", "goal"),
    "group": ("groups", "group_code"),
}

MARKUP = re.compile(
    r"<sup>.{0,12}?</sup>|\[\^?\d{1,3}\](?!\()|</?[A-Za-z][^<>\n]{0,80}>|[⁰¹²³⁴-⁹]",
    re.IGNORECASE | re.DOTALL,
)
NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")

Span = tuple[int, int]


def relation_faults(tables: Tables, documents: Collection[str] | None = None) -> list[Fault]:
    """Everything wrong between rows whose single values are right.

    With `documents`, the tables hold the passages of these documents alone.
    """
    faults = [fault for table in TABLES.values() for fault in _within(table, tables)]
    faults += _sessions(tables)
    faults += _codes(tables)
    passages = _passages(tables)
    readings = {
        str(row["document_id"]): _Reading(str(row["text"]), passages[str(row["document_id"])])
        for row in tables["documents"]
        if documents is None or row["document_id"] in documents
    }
    for document, reading in readings.items():
        faults += _coverage(document, reading)
    for name, table in TABLES.items():
        if table.has_span:
            for row in tables[name]:
                if str(row["document_id"]) in readings:
                    faults += _span(table, row, readings[str(row["document_id"])])
    return faults


def letters(text: str) -> str:
    """A text's letters and digits, without note marks and tags: equal in a passage and its row."""
    return NEITHER_LETTER_NOR_DIGIT.sub("", normalize("NFC", MARKUP.sub("", text)))


@dataclass
class _Passages:
    """The spans of a document's artefacts, and of all its other passages."""

    bodies: list[Span] = field(default_factory=list)
    artefacts: list[Span] = field(default_factory=list)


class _Reading:
    """A document's text, read without the page furniture."""

    def __init__(self, text: str, passages: _Passages) -> None:
        self.text = text
        self.bodies, self.artefacts = sorted(passages.bodies), sorted(passages.artefacts)
        self.letters = letters(text)

    def between(self, start: int, end: int) -> str:
        """The letters and digits of a span. An artefact's own span is read as it is."""
        parts = []
        position = start
        for low, high in self.artefacts:
            if start <= low and high <= end and (low, high) != (start, end):
                parts.append(self.text[position:low])
                position = high
        return letters("".join([*parts, self.text[position:end]]))


def _within(table: Table, tables: Tables) -> Iterator[Fault]:
    """Minimum count, primary key, foreign keys and positions of one table."""
    rows = tables[table.name]
    if len(rows) < table.minimum_rows:
        yield Fault(table.name, f"has {len(rows)} rows, needs at least {table.minimum_rows}")
    keys = Counter(tuple(row[column] for column in table.key) for row in rows)
    for row in rows:
        times = keys[tuple(row[column] for column in table.key)]
        if times > 1:
            yield fault_of(table, row, f"its key occurs {times} times")
    for column, target in table.references.items():
        known = {row[TABLES[target].key[0]] for row in tables[target]}
        for row in rows:
            if row[column] is not None and row[column] not in known:
                yield fault_of(table, row, f"is not in {target}", column)
    if table.numbered_within:
        yield from _positions(table, rows)


def _positions(table: Table, rows: Sequence[Row]) -> Iterator[Fault]:
    """Positions count 1…n among the rows that are to be numbered together."""
    counted: defaultdict[tuple[object, ...], int] = defaultdict(int)
    for row in sorted(rows, key=itemgetter("position")):
        place = tuple(row[column] for column in table.numbered_within)
        counted[place] += 1
        if row["position"] != counted[place]:
            yield fault_of(table, row, f"should be {counted[place]}", "position")


def _sessions(tables: Tables) -> Iterator[Fault]:
    """Each session's document is its one reference document."""
    references: defaultdict[object, list[object]] = defaultdict(list)
    for row in tables["documents"]:
        if row["is_reference"]:
            references[row["session_id"]].append(row["document_id"])
    sessions = TABLES["sessions"]
    for row in tables["sessions"]:
        own = references[row["session_id"]]
        if own != [row["document_id"]]:
            what = f"should be the session's one reference document, of which there are {own}"
            yield fault_of(sessions, row, what, "document_id")


def _codes(tables: Tables) -> Iterator[Fault]:
    """Each code is in its list."""
    known = {
        scheme: {str(row[column]) for row in tables[name]}
        for scheme, (name, column) in CODE_LISTS.items()
    }
    table = TABLES["recommendation_codes"]
    for row in tables[table.name]:
        scheme = str(row["scheme"])
        if scheme in known and row["code"] not in known[scheme]:
            yield fault_of(table, row, f"is not in {CODE_LISTS[scheme][0]}", "code")


def _span(table: Table, row: Row, reading: _Reading) -> Iterator[Fault]:
    """The span lies in the document, and the passage says what the row says."""
    start, end = _bounds(row)
    if not 0 <= start < end <= len(reading.text):
        yield fault_of(table, row, f"its span is not in a text of {len(reading.text)} characters")
        return
    column = EQUAL.get(table.name) or CONTAINED.get(table.name)
    if column is None:
        return
    source, claim = reading.between(start, end), letters(str(row[column]))
    if claim != source if table.name in EQUAL else claim not in source:
        yield fault_of(table, row, f"its passage says {reading.text[start:end]!r}", column)
    if table.name == "recommendations":
        # What makes an item of a list a priority stands above the list.
        place = reading.letters if row["force"] == "priority" else source
        if letters(str(row["cue"])) not in place:
            yield fault_of(table, row, f"its passage says {reading.text[start:end]!r}", "cue")


def _coverage(document: str, reading: _Reading) -> Iterator[Fault]:
    """Every non-blank character is in one passage, but for artefacts inside of a passage."""
    text, bodies, artefacts = reading.text, reading.bodies, reading.artefacts
    for spans in (bodies, artefacts):
        for (_, end), (start, _) in pairwise(spans):
            if start < end:
                yield Fault("passages", f"{document}: two passages share characters {start}–{end}")
    for low, high in artefacts:
        for start, end in bodies:
            if start < high and low < end and not (start <= low and high <= end):
                what = f"{document}: the artefact {low}–{high} is partly in passage {start}–{end}"
                yield Fault("passages", what)
    covered = 0
    for start, end in [*sorted(bodies + artefacts), (len(text), len(text))]:
        lost = text[covered:start].strip()
        if lost:
            what = f"{document}: no passage between {covered} and {start} holds {lost[:60]!r}"
            yield Fault("passages", what)
        covered = max(covered, end)


def _passages(tables: Tables) -> defaultdict[str, _Passages]:
    """The passages of each document."""
    passages: defaultdict[str, _Passages] = defaultdict(_Passages)
    for row in tables["passages"]:
        own = passages[str(row["document_id"])]
        (own.artefacts if row["kind"] == "artefact" else own.bodies).append(_bounds(row))
    return passages


def _bounds(row: Row) -> Span:
    start, end = row["char_start"], row["char_end"]
    assert isinstance(start, int) and isinstance(end, int)  # Pandera has seen to it
    return start, end
