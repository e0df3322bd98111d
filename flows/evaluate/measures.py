"""The measures: how the rows of each table are held against the labels of a document.

A part that the labels leave out (`figures`, a person's `roles`) is not judged; `""` and null say
that the document does not state it, which None in the row gets right.
"""

import re
from collections.abc import Callable, Hashable, Iterator
from functools import partial
from math import isclose

from flows.evaluate.case import Case, span
from flows.evaluate.labels import Label, unit_line
from flows.evaluate.matching import (
    Pairs,
    comparable,
    contains,
    heading_letters,
    letters,
    pair,
    pair_texts,
    same_actor,
    words,
)
from flows.evaluate.scores import SESSION_FIELDS, SPAN_CLAIMS, STATED, Finding, Kind
from schemas import Row

Findings = Iterator[Finding]

# The labels describe the conclusions; what stands before them is laid down by other tables.
_SECTIONS_NOT_LABELLED = {"front_matter", "panels", "opening"}
# Not instruments, though the labels list them.
_REFERENCES_NOT_SCORED = {"event", "initiative"}
_FIGURES_NOT_SCORED = {"date", "année"}


def judge(case: Case) -> Findings:
    """Every judgement on one document. A document that is not the reference document of its
    session has only its structure to be judged by."""
    for part, measure in _STRUCTURE if not case.is_reference else _STRUCTURE + _CONTENT:
        if part is None or part in case.label:
            yield from measure(case)


def _document(case: Case) -> Findings:
    """documents / sha256: the labels were made for these very bytes."""
    yield case.value("documents", "sha256", case.label["sha256"], case.row.get("sha256"))


def _session(case: Case) -> Findings:
    """sessions / each field, and stated_*: the totals that the document states (days: among the
    figures with the measure `days`). A percentage in the labels is a share of 1 in the row."""
    expected = case.label["session"]
    row = next(iter(case.rows("sessions")), {})
    for field in SESSION_FIELDS:
        if field in expected:
            yield case.value("sessions", field, expected[field], row.get(field))
    if "totals" not in expected:
        return
    totals = {total["what"]: total["value"] for total in expected["totals"]}
    days = [figure["value"] for figure in case.rows("figures") if figure["measure"] == "days"]
    for measure, names in STATED.items():
        stated = next((totals[name] for name in names if name in totals), None)
        found = row.get(measure)
        if measure == "stated_days":
            found = stated if stated in days else next(iter(days), None)
        yield case.value("sessions", measure, stated, found, same=_same_number)


def _days(case: Case) -> Findings:
    """session_days / rows: number and date; theme: of the matched."""
    pairs = pair(
        case.label["days"],
        case.rows("session_days"),
        (
            lambda label: (label["number"], comparable(label["date"])),
            lambda row: (row["number"], comparable(row["date"])),
        ),
    )
    yield from case.matched("session_days", "rows", pairs, "date", "date")
    for label, row in pairs.both:
        if "theme" in label:
            yield case.value("session_days", "theme", label["theme"], row["theme"])


def _panels(case: Case) -> Findings:
    """panels / rows: the title; day, number (as text) and order (rank among the matched)."""
    pairs = pair(case.label["panels"], case.rows("panels"), _keys("title", "title"))
    yield from case.matched("panels", "rows", pairs, "title", "title")
    in_order = sorted(pairs.both, key=lambda both: int(str(both[1]["position"])))
    for rank, (label, row) in enumerate(pairs.both):
        place = case.place(row)
        if "day" in label:
            yield case.value("panels", "day", label["day"], row["day"], place)
        if "number" in label:
            number = None if label["number"] is None else str(label["number"])
            yield case.value("panels", "number", number, row["number"], place)
        found = 1 + next(i for i, (other, _) in enumerate(in_order) if other is label)
        yield case.value("panels", "order", rank + 1, found, place)


def _sections(case: Case) -> Findings:
    """sections / rows: heading (without its number) and day; level: of the matched. Sections
    without a heading are not judged, those before the conclusions only where they are labelled."""
    pairs = pair(
        case.label["sections"],
        [row for row in case.rows("sections") if row["heading"]],
        (
            lambda label: (heading_letters(label["heading"]), label.get("day")),
            lambda row: (heading_letters(row["heading"]), row["day"]),
        ),
    )
    pairs = Pairs(
        pairs.both,
        pairs.labels,
        [row for row in pairs.rows if row["kind"] not in _SECTIONS_NOT_LABELLED],
    )
    yield from case.matched("sections", "rows", pairs, "heading", "heading")
    for label, row in pairs.both:
        if "level" in label:
            yield case.value("sections", "level", label["level"], row["level"], case.place(row))


def _participants(case: Case) -> Findings:
    """participants / persons, states, organisations, groups: rows, and the fields of persons.

    Persons and groups are the same by name, states by country_code, organisations by name or as
    names of one organisation.
    """
    organisations = {
        letters(row["name"]): row["organisation_id"]
        for row in case.tables.get("organisation_names", [])
    }
    for kind, measure, rounds in (
        ("person", "persons", [_keys("name", "name")]),
        ("state", "states", [_keys("country_code", "country_code")]),
        (
            "organisation",
            "organisations",
            [
                _keys("name", "name"),
                (
                    lambda label: organisations.get(letters(label["name"])),
                    lambda row: row["entity_id"],
                ),
            ],
        ),
        ("group", "groups", [_keys("name", "name")]),
    ):
        pairs = pair(
            [label for label in case.label["participants"] if label["kind"] == kind],
            [row for row in case.rows("participants") if row["kind"] == kind],
            *rounds,
        )
        yield from case.matched("participants", measure, pairs, "name", "name")
        if kind == "person":
            yield from _person_fields(case, pairs)


def _person_fields(case: Case, pairs: Pairs) -> Findings:
    """participants / honorific, position, organisation, country_code, sector (any allowed one),
    roles and panels (`day/number`), the last two through the interventions."""
    panels = {
        row["panel_id"]: f"{'null' if row['day'] is None else row['day']}/{row['number']}"
        for row in case.rows("panels")
    }
    roles: dict[object, set[str]] = {}
    led: dict[object, set[str]] = {}
    for row in case.rows("interventions"):
        roles.setdefault(row["participant_id"], set()).add(str(row["role"]))
        if row["panel_id"] in panels:
            led.setdefault(row["participant_id"], set()).add(panels[row["panel_id"]])
    for label, row in pairs.both:
        judged = partial(case.value, "participants", place=label.get("unit"))
        for field in ("honorific", "position", "organisation", "country_code"):
            if field in label:
                yield judged(field, label[field], row[field])
        allowed = label.get("sectors_allowed", [label["sector"]] if "sector" in label else [])
        if allowed:
            yield judged("sector", allowed, row["sector"], same=_is_allowed)
        participant = row["participant_id"]
        if "roles" in label:
            yield judged("roles", set(label["roles"]), roles.get(participant, set()))
        if "panels" in label:
            yield judged("panels", set(label["panels"]), led.get(participant, set()))


def _absent(case: Case) -> Findings:
    """participants / absent: persons merely named are not among the participants."""
    present = {letters(row["name"]): row for row in case.rows("participants")}
    for label in case.label["mentioned"]:
        if label["kind"] == "person":
            row = present.get(letters(label["name"]))
            yield (
                case.finding("participants", "absent", "right", label["name"])
                if row is None
                else case.finding(
                    "participants", "absent", "extra", None, row["name"], case.place(row)
                )
            )


def _recommendations(case: Case) -> Findings:
    """recommendations / rows: the text; force, attribution, attributed_to and addressee of the
    matched, and their codes. Rows listed as disputed are neither right nor wrong."""
    pairs = pair_texts(case.label["recommendations"], case.rows("recommendations"))
    undisputed = pair_texts(case.label.get("disputed", []), pairs.rows).rows
    pairs = Pairs(pairs.both, pairs.labels, undisputed)
    yield from case.matched("recommendations", "rows", pairs, "text", "text")
    people = [label for label in case.label.get("participants", []) if label["kind"] == "person"]
    actor = partial(same_actor, people=people)
    for label, row in pairs.both:
        judged = partial(case.value, "recommendations", place=label["unit"])
        for field in ("force", "attribution"):
            if field in label:
                yield judged(field, label[field], row[field])
        for field in ("attributed_to", "addressee"):
            if field in label:
                yield judged(field, label[field], row[field], same=actor)
    yield from _codes(case, pairs)


def _codes(case: Case, pairs: Pairs) -> Findings:
    """recommendation_codes / groups and gcm_explicit (by number): the sets of codes;
    gcm_within_allowed: objectives given that may be; gcm_found: objectives that must be."""
    given: dict[object, list[Row]] = {}
    for row in case.tables.get("recommendation_codes", []):
        given.setdefault(row["recommendation_id"], []).append(row)
    for label, row in pairs.both:
        codes = given.get(row["recommendation_id"], [])
        gcm = {str(code["code"]) for code in codes if code["scheme"] == "gcm"}
        explicit = {
            str(code["code"])
            for code in codes
            if code["scheme"] == "gcm" and code["method"] == "explicit"
        }
        groups = {str(code["code"]) for code in codes if code["scheme"] == "group"}
        judged = partial(_set, case, label["unit"])
        if "groups" in label:
            yield from judged("groups", _texts(label["groups"]), groups)
        if "gcm" in label:
            must = _texts(label["gcm"])
            may = must | _texts(label.get("gcm_allowed", []))
            yield from judged("gcm_within_allowed", gcm & may, gcm)
            yield from judged("gcm_found", must, gcm & must)
        if "gcm_explicit" in label:
            yield from judged("gcm_explicit", _texts(label["gcm_explicit"]), explicit)


def _set(case: Case, unit: str, measure: str, expected: set[str], found: set[str]) -> Findings:
    table = "recommendation_codes"
    for code in sorted(expected | found):
        if code not in found:
            yield case.finding(table, measure, "missed", code, None, unit)
        elif code not in expected:
            yield case.finding(table, measure, "extra", None, code, unit)
        else:
            yield case.finding(table, measure, "right", code, code, unit)


def _countries(case: Case) -> Findings:
    """mentions / countries: each country in each block that names it."""
    yield from case.occurrences(
        "mentions",
        "countries",
        [
            (label["country_code"], unit)
            for label in case.label["countries"]
            for unit in label["units"]
        ],
        [
            (str(row["country_code"]), row)
            for row in case.rows("mentions")
            if row["kind"] == "country"
        ],
    )


def _figures(case: Case) -> Findings:
    """figures / rows: same value, same block, a word in common. Dates in the labels are not
    figures; numbers without a value (`millions`) are neither right nor wrong."""
    rows = list(case.rows("figures"))
    for label in case.label["figures"]:
        if label.get("unit") in _FIGURES_NOT_SCORED:
            continue
        said, line = set(words(label["verbatim"])), unit_line(label["u"])
        is_number = isinstance(label["value"], int | float)
        found = next(
            (
                row
                for row in rows
                if line in case.lines(row)
                and said & set(words(row["text"]))
                and (not is_number or _same_number(label["value"], row["value"]))
            ),
            None,
        )
        if found is not None:
            rows.remove(found)
        if is_number:
            kind: Kind = "missed" if found is None else "right"
            yield case.finding("figures", "rows", kind, label["verbatim"], None, label["u"])
    for row in rows:
        yield case.finding("figures", "rows", "extra", None, row["text"], case.place(row))


def _citations(case: Case) -> Findings:
    """citations / rows: each instrument in each block that cites it. Labels of events and
    initiatives, and those that the reference tables do not know, are not scored."""
    known = _instrument_names(case)
    expected: list[tuple[str, str]] = []
    for label in case.label["references"]:
        if label.get("type") in _REFERENCES_NOT_SCORED:
            continue
        instrument = _instrument(label, known)
        if instrument is None:
            yield case.finding("citations", "rows", "unscored", label["name"])
        else:
            expected += ((instrument, unit) for unit in label["units"])
    found = [(str(row["instrument_id"]), row) for row in case.rows("citations")]
    yield from case.occurrences("citations", "rows", expected, found)


def _instrument_names(case: Case) -> dict[tuple[str, ...], str]:
    """Every name and symbol of an instrument, as words, with its id."""
    names = {
        tuple(words(row.get(column))): str(row["instrument_id"])
        for row in case.tables.get("instruments", [])
        for column in ("symbol", "name_en", "name_fr", "name_es")
    }
    for row in case.tables.get("instrument_names", []):
        names[tuple(words(row["name"]))] = str(row["instrument_id"])
    names.pop((), None)
    return names


def _instrument(label: Label, names: dict[tuple[str, ...], str]) -> str | None:
    """The instrument of a label: its name or symbol, else the longest known name within the
    label's name, else the shortest known name around it."""
    name, symbol = tuple(words(label["name"])), tuple(words(label.get("symbol")))
    if name in names or symbol in names:
        return names.get(name) or names[symbol]
    within = [known for known in names if contains(name, known)]
    around = [known for known in names if contains(known, name)]
    if within:
        return names[max(within, key=lambda known: (len(known), known))]
    return names[min(around, key=lambda known: (len(known), known))] if around else None


def _spans(case: Case) -> Findings:
    """each table / span: the span lies in the text and has the words that the row claims.

    Sentences and recommendations have nothing else in them, letter by letter; of the others the
    title, name or text is in the span. Page furniture, footnote marks and tags do not count.
    """
    for table, column in SPAN_CLAIMS.items():
        for row in case.rows(table):
            start, end = span(row)
            claim = letters(_MARKS.sub("", str(row.get(column) or ""))) if column else ""
            held = 0 <= start < end <= len(case.text)
            if held and claim:
                said = letters(_MARKS.sub("", _without_artefacts(case, start, end)))
                held = said == claim if table in _WHOLE else claim in said
            expected = row.get(column) if column else None
            found = None if held else case.text[max(start, 0) : end]
            yield case.finding(
                table, "span", "right" if held else "extra", expected, found, case.place(row)
            )


_WHOLE = {"sentences", "recommendations"}
_MARKS = re.compile(r"<sup>.*?</sup>|</?\w+[^<>]*>|[¹²³⁰⁴-⁹]+", re.IGNORECASE | re.DOTALL)


def _without_artefacts(case: Case, start: int, end: int) -> str:
    pieces, at = [], start
    for first, last in case.artefacts:
        if start <= first and last <= end and (first, last) != (start, end):
            pieces.append(case.text[at:first])
            at = last
    return "".join([*pieces, case.text[at:end]])


def _coverage(case: Case) -> Findings:
    """passages / characters: non-blank characters inside a passage, and outside all."""
    covered = bytearray(len(case.text))
    for row in case.rows("passages"):
        start, end = (min(max(offset, 0), len(covered)) for offset in span(row))
        covered[start:end] = b"\x01" * (end - start)
    inside = 0
    for run in re.finditer(r"\S+", case.text):
        within = covered.count(1, run.start(), run.end())
        inside += within
        if outside := len(run.group()) - within:
            place = f"L{case.line(run.start()):03d}"
            yield case.finding(
                "passages", "characters", "missed", run.group(), None, place, outside
            )
    yield case.finding("passages", "characters", "right", count=inside)


def _keys(
    label_column: str, row_column: str
) -> tuple[Callable[[Label], Hashable], Callable[[Row], Hashable]]:
    """Keys that make a label and a row one when the letters of these columns are the same."""
    return (
        lambda label: letters(label.get(label_column)) or None,
        lambda row: letters(row.get(row_column)) or None,
    )


def _same_number(expected: object, found: object) -> bool:
    """Whether two numbers are equal, the second as it is or as a share of 1 (70 and 0.7)."""
    if not isinstance(expected, int | float) or not isinstance(found, int | float):
        return expected is None and found is None
    return isclose(expected, found) or isclose(expected / 100, found)


def _is_allowed(allowed: object, found: object) -> bool:
    return isinstance(allowed, list) and found in allowed


def _texts(values: list[object]) -> set[str]:
    return {str(value) for value in values}


_Part = tuple[str | None, Callable[[Case], Findings]]
# The part of the labels that a measure needs (None: it needs none), and the measure.
_STRUCTURE: tuple[_Part, ...] = (
    ("sha256", _document),
    ("sections", _sections),
    (None, _spans),
    (None, _coverage),
)
_CONTENT: tuple[_Part, ...] = (
    ("session", _session),
    ("days", _days),
    ("panels", _panels),
    ("participants", _participants),
    ("mentioned", _absent),
    ("recommendations", _recommendations),
    ("countries", _countries),
    ("figures", _figures),
    ("references", _citations),
)
