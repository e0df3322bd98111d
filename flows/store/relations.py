"""Checks across rows and tables, which Pandera cannot express."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from itertools import pairwise
from operator import itemgetter

from flows.ground.cleaning import Passages, letters
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

Span = tuple[int, int]
Keys = Mapping[str, Set[object]]


def relation_faults(tables: Tables, documents: Collection[str] | None = None) -> list[Fault]:
    """Everything wrong between rows of a whole build whose single values are right.

    With `documents`, only the passages of these are there, and held against their texts.
    """
    known = known_keys(tables)
    faults = [
        Fault(name, f"has {len(tables[name])} rows, needs at least {table.minimum_rows}")
        for name, table in TABLES.items()
        if len(tables[name]) < table.minimum_rows
    ]
    faults += [f for name, table in TABLES.items() for f in _within(table, tables[name], known)]
    faults += _sessions(tables)
    for document, rows in by_document(tables).items():
        if documents is None or document in documents:
            faults += _against_text(rows)
    return faults


def document_relation_faults(rows: Tables, known: Keys, has_passages: bool) -> list[Fault]:
    """Everything wrong between the rows of one document whose single values are right.

    `rows` has no row of another document; `known` are the keys of all tables of the build. Without
    its passages, the rows are not held against its text.
    """
    faults = [f for name in rows for f in _within(TABLES[name], rows[name], known)]
    return [*faults, *_against_text(rows)] if has_passages else faults


def by_document(tables: Tables) -> dict[str, Tables]:
    """The rows that are of one document, by its id, in the order in which documents occur."""
    documents: dict[str, dict[str, list[Row]]] = {
        str(row["document_id"]): {} for row in tables["documents"]
    }
    for name, table in TABLES.items():
        if "document_id" in table.column_names:
            for row in tables.get(name, []):
                if str(row.get("document_id")) in documents:
                    documents[str(row["document_id"])].setdefault(name, []).append(row)
    return {document: dict(rows) for document, rows in documents.items()}


def known_keys(tables: Tables) -> Keys:
    """Table → the first columns of its keys, which other tables refer to; scheme → its codes."""
    keys = {
        name: {row.get(TABLES[name].key[0]) for row in rows}
        for name, rows in tables.items()
        if name in TABLES
    }
    codes = {
        scheme: {str(row[column]) for row in tables[name]}
        for scheme, (name, column) in CODE_LISTS.items()
    }
    return {**keys, **codes}


def _against_text(rows: Tables) -> Iterator[Fault]:
    """What the rows of one document say and its text does not."""
    for document in rows.get("documents", []):
        text = str(document["text"])
        notes = [_bounds(row) for row in rows.get("passages", []) if row["kind"] == "footnote"]
        passages = Passages(text, _passages(rows, "artefact"), notes)
        yield from _coverage(rows, str(document["document_id"]), passages)
        for name, own in rows.items():
            if TABLES[name].has_span:
                for row in own:
                    yield from _span(TABLES[name], row, passages)


def _within(table: Table, rows: Sequence[Row], known: Keys) -> Iterator[Fault]:
    """Primary key, foreign keys, codes and positions of rows of one table."""
    keys = Counter(tuple(row[column] for column in table.key) for row in rows)
    for row in rows:
        times = keys[tuple(row[column] for column in table.key)]
        if times > 1:
            yield fault_of(table, row, f"its key occurs {times} times")
    for column, target in table.references.items():
        for row in rows:
            if row[column] is not None and row[column] not in known[target]:
                yield fault_of(table, row, f"is not in {target}", column)
    if table.name == "recommendation_codes":
        yield from _codes(table, rows, known)
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


def _codes(table: Table, rows: Sequence[Row], known: Keys) -> Iterator[Fault]:
    """Each code is in its list."""
    for row in rows:
        scheme = str(row["scheme"])
        if scheme in CODE_LISTS and row["code"] not in known[scheme]:
            yield fault_of(table, row, f"is not in {CODE_LISTS[scheme][0]}", "code")


def _span(table: Table, row: Row, passages: Passages) -> Iterator[Fault]:
    """The span lies in the document, and the passage says what the row says."""
    start, end = _bounds(row)
    length = len(passages.text)
    if not 0 <= start < end <= length:
        yield fault_of(table, row, f"its span is not in a text of {length} characters")
        return
    column = EQUAL.get(table.name) or CONTAINED.get(table.name)
    if column is None:
        return
    source, claim = passages.letters(start, end), letters(str(row[column]))
    says = f"its passage says {passages.text[start:end]!r}"
    if claim != source if table.name in EQUAL else claim not in source:
        yield fault_of(table, row, says, column)
    if table.name == "recommendations":
        # What makes an item of a list a priority stands above the list.
        place = passages.letters(0, length) if row["force"] == "priority" else source
        if letters(str(row["cue"])) not in place:
            yield fault_of(table, row, says, "cue")


def _coverage(rows: Tables, document: str, passages: Passages) -> Iterator[Fault]:
    """All that a reader sees is in one passage, but for artefacts inside of a passage."""

    def fault(what: str, start: int, end: int) -> Fault:
        return Fault("passages", what, span=(document, start, end), document=document)

    bodies, artefacts = _passages(rows, "body"), _passages(rows, "artefact")
    for spans in (bodies, artefacts):
        for (_, end), (start, _) in pairwise(spans):
            if start < end:
                yield fault(f"two passages share characters {start}–{end}", start, end)
    for low, high in artefacts:
        for start, end in bodies:
            if start < high and low < end and not (start <= low and high <= end):
                what = f"the artefact {low}–{high} is partly in passage {start}–{end}"
                yield fault(what, low, high)
    covered, end_of_text = 0, len(passages.text)
    for start, end in [*sorted(bodies + artefacts), (end_of_text, end_of_text)]:
        lost = passages.seen(covered, start)
        if lost.text:
            what = f"no passage between {covered} and {start} holds {lost.text[:60]!r}"
            yield fault(what, *lost.span())
        covered = max(covered, end)


def _passages(rows: Tables, kind: str) -> list[Span]:
    """The spans of a document's artefacts, or of all its other passages, sorted."""
    return sorted(
        _bounds(row)
        for row in rows.get("passages", [])
        if (row["kind"] == "artefact") == (kind == "artefact")
    )


def _bounds(row: Row) -> Span:
    start, end = row["char_start"], row["char_end"]
    assert isinstance(start, int) and isinstance(end, int)  # Pandera has seen to it
    return start, end
