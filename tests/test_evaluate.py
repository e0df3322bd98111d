"""Each measure of `flows.evaluate` right and wrong, on a document of two panels and four blocks."""

import copy
import json
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from flows.evaluate import MEASURES, Finding, details, evaluate, summary, without_document
from flows.ground.problems import Refused
from schemas import Row, Tables

DOCUMENT = "idm-2030-1.fr"
LINES = [
    "Habiter la ville",  # 1
    "Panel 1 : Le logement",  # 2
    "Panel 2 : L'eau",  # 3
    "1. Des services pour tous",  # 4
    "Mme Ada Lund, Ministre du logement du Chili, a cité le Pacte des villes. Il faut loger",  # 5
    "PAGE",  # 6
    "les jeunes. Près de 40 % des villes du Pérou manquent d'eau.",  # 7
    "Aider les femmes.",  # 8
]
TEXT = "\n".join(LINES) + "\n"
CHARACTERS = len("".join(TEXT.split()))
HOUSING = "Il faut loger les jeunes."


def at(words: str, end: str | None = None) -> Row:
    """The span from the start of `words` to the end of `end`, in the document."""
    start = TEXT.index(words)
    stop = TEXT.index(end) + len(end) if end else start + len(words)
    return {"document_id": DOCUMENT, "char_start": start, "char_end": stop}


def tables() -> Tables:
    """Rows that are right in every respect."""
    person = {
        "participant_id": "p1",
        "entity_id": "ada-lund",
        "kind": "person",
        "name": "Ada Lund",
        "honorific": "Mme",
        "position": "Ministre du logement du Chili",
        "organisation": None,
        "country_code": "CHL",
        "sector": "government",
    }
    block = "Mme Ada"
    return {
        "documents": [
            {"document_id": DOCUMENT, "text": TEXT, "sha256": "ab", "is_reference": True}
        ],
        "sessions": [
            {
                "series": "IDM",
                "title": "Habiter la ville",
                "start_date": date(2030, 5, 6),
                "start_time": time(9),
                "venue": None,
                "stated_government_share": 0.7,
                "stated_panels": 2,
                **at("Habiter la ville"),
            }
        ],
        "session_days": [
            {"number": 1, "date": date(2030, 5, 6), "theme": None, **at("Habiter la ville")}
        ],
        "panels": [
            {"panel_id": "n1", "position": 1, "day": None, "number": "1", "title": "Le logement"}
            | at("Le logement"),
            {"panel_id": "n2", "position": 2, "day": 1, "number": "2", "title": "L’eau"}
            | at("L'eau"),
        ],
        "sections": [
            {"kind": "front_matter", "heading": "Habiter la ville", "day": None, "level": 1}
            | at("Habiter la ville"),
            {"kind": "synthesis", "heading": "Des services pour tous", "day": None, "level": 1}
            | at("Des services pour tous"),
        ],
        "passages": [
            {"kind": "header", "text": LINES[0], **at(LINES[0])},
            {"kind": "list_item", "text": LINES[1], **at(LINES[1])},
            {"kind": "list_item", "text": LINES[2], **at(LINES[2])},
            {"kind": "heading", "text": LINES[3], **at(LINES[3])},
            {"kind": "paragraph", "text": f"{LINES[4]} {LINES[6]}", **at(block, "d'eau.")},
            {"kind": "artefact", "text": "PAGE", **at("PAGE")},
            {"kind": "list_item", "text": LINES[7], **at(LINES[7])},
        ],
        "sentences": [{"text": HOUSING, **at("Il faut", "les jeunes.")}],
        "participants": [
            person | at("Ada Lund"),
            {"participant_id": "p2", "entity_id": "per", "kind": "state", "name": "Pérou"}
            | {"country_code": "PER", **at("Pérou")},
            {"participant_id": "p3", "entity_id": "cities", "kind": "organisation"}
            | {"name": "villes", "country_code": None, **at("villes du")},
            {"participant_id": "p4", "entity_id": None, "kind": "group", "name": "les jeunes"}
            | {"country_code": None, **at("les jeunes")},
        ],
        "interventions": [
            {"participant_id": "p1", "role": "moderator", "panel_id": "n1", **at(block)},
            {"participant_id": "p1", "role": "speaker", "panel_id": None, **at(block)},
        ],
        "recommendations": [
            {
                "recommendation_id": "r1",
                "text": HOUSING,
                "force": "obligation",
                "attribution": "person",
                "attributed_to": "la Ministre du logement",
                "addressee": None,
                **at("Il faut", "les jeunes."),
            },
            {
                "recommendation_id": "r2",
                "text": "Aider les femmes.",
                "force": "priority",
                "attribution": "document",
                "attributed_to": None,
                "addressee": "des villes",
                **at("Aider les femmes."),
            },
        ],
        "recommendation_codes": [
            {"recommendation_id": "r1", "scheme": scheme, "code": code, "method": method}
            | {"evidence": "jeunes", **at("les jeunes")}
            for scheme, code, method in (
                ("group", "youth", "lexical"),
                ("gcm", "15", "explicit"),
                ("gcm", "16", "lexical"),
            )
        ],
        "citations": [
            {"instrument_id": "pact", "text": "Pacte des villes", **at("Pacte des villes")}
        ],
        "figures": [
            {"measure": "other", "value": 0.4, "text": "40 %", **at("40 %")},
        ],
        "mentions": [
            {"kind": "country", "country_code": "CHL", "text": "Chili", **at("Chili")},
            {"kind": "country", "country_code": "PER", "text": "Pérou", **at("Pérou")},
            {"kind": "person", "country_code": None, "text": "Ada Lund", **at("Ada Lund")},
        ],
        "organisation_names": [
            {"name": "villes", "organisation_id": "cities"},
            {"name": "Union des villes", "organisation_id": "cities"},
        ],
        "instruments": [{"instrument_id": "pact", "symbol": None, "name_fr": "Pacte des villes"}],
        "instrument_names": [{"instrument_id": "pact", "name": "Pacte urbain"}],
    }


def labels() -> dict[str, Any]:
    """What a reader finds in the document."""
    return {
        "document": DOCUMENT,
        "sha256": "ab",
        "session": {
            "series": "IDM",
            "title": "Habiter la ville",
            "start_date": "2030-05-06",
            "start_time": "09:00",
            "venue": "",
            "totals": [{"what": "government_share", "value": 70}, {"what": "panels", "value": 2}],
        },
        "days": [{"number": 1, "date": "2030-05-06", "theme": None}],
        "panels": [
            {"day": None, "number": 1, "title": "Le logement"},
            {"day": 1, "number": 2, "title": "L'eau"},
        ],
        "sections": [{"heading": "1. Des services pour tous", "level": 1, "day": None}],
        "participants": [
            {
                "kind": "person",
                "name": "Ada Lund",
                "honorific": "Mme",
                "position": "Ministre du logement du Chili",
                "organisation": "",
                "country_code": "CHL",
                "sectors_allowed": ["government", "other"],
                "roles": ["speaker", "moderator"],
                "panels": ["null/1"],
                "unit": "L005.1",
            },
            {"kind": "state", "name": "Pérou", "country_code": "PER"},
            {"kind": "organisation", "name": "Union des villes"},
            {"kind": "group", "name": "les jeunes"},
        ],
        "mentioned": [{"kind": "person", "name": "Otto Berg"}, {"kind": "group", "name": "villes"}],
        "recommendations": [
            {
                "unit": "L005.2",
                "text": HOUSING,
                "force": "obligation",
                "attribution": "person",
                "attributed_to": "Mme Lund",
                "addressee": "",
                "groups": ["youth"],
                "gcm": [15],
                "gcm_allowed": [15, 16],
                "gcm_explicit": [15],
            },
            {
                "unit": "L008.1",
                "text": "Aider les femmes.",
                "force": "priority",
                "attribution": "document",
                "attributed_to": "",
                "addressee": "Les villes",
                "groups": [],
                "gcm": [],
                "gcm_allowed": [],
                "gcm_explicit": [],
            },
        ],
        "disputed": [],
        "references": [
            {"name": "Article 3 du Pacte urbain", "type": "compact", "units": ["L005.1"]},
            {"name": "Journée des villes", "type": "event", "units": ["L001.1"]},
        ],
        "figures": [
            {"value": 40, "unit": "%", "verbatim": "Près de 40 %", "u": "L005.3"},
            {"value": "2030-05", "unit": "date", "verbatim": "mai 2030", "u": "L001.1"},
        ],
        "countries": [
            {"country_code": "CHL", "units": ["L005.1"]},
            {"country_code": "PER", "units": ["L005.3"]},
        ],
    }


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write(tmp_path, labels())


def write(folder: Path, *label_files: object) -> Path:
    for number, label in enumerate(label_files):
        (folder / f"{number}.json").write_text(json.dumps(label), encoding="utf-8")
    return folder


def counts(rows: list[Row]) -> dict[str, tuple[object, object, object]]:
    return {
        f"{row['table_name']}/{row['measure']}": (
            row["true_positives"],
            row["false_positives"],
            row["false_negatives"],
        )
        for row in rows
    }


def scored(found: Tables, folder: Path, label: dict[str, Any]) -> dict[str, tuple[object, ...]]:
    return dict(counts(evaluate(found, write(folder, label))))


def test_right_rows_have_no_fault_in_any_measure(gold: Path) -> None:
    rows = evaluate(tables(), gold)
    assert details(tables(), gold) == []
    assert all(row["false_positives"] == row["false_negatives"] == 0 for row in rows)
    assert all(row["precision"] in (1.0, None) and row["recall"] in (1.0, None) for row in rows)
    expected = counts(rows)
    assert expected["panels/rows"] == (2, 0, 0)
    assert expected["participants/person_fields"] == (7, 0, 0)
    assert expected["recommendation_codes/gcm_within_allowed"] == (2, 0, 0)
    assert expected["recommendation_codes/gcm_found"] == (1, 0, 0)
    assert expected["recommendation_codes/gcm"] == (2, 0, 0)
    assert expected["mentions/countries"] == (2, 0, 0)
    assert expected["passages/characters"] == (CHARACTERS, 0, 0)


def test_every_measure_but_fields_not_labelled_is_judged_in_the_declared_order(gold: Path) -> None:
    judged = [(row["table_name"], row["measure"]) for row in evaluate(tables(), gold)]
    declared = [(measure.table, measure.name) for measure in MEASURES]
    assert judged == [measure for measure in declared if measure in judged]
    not_labelled = {"year", "ordinal", "end_date", "end_time", "timezone", "city", "modality"}
    assert {name for table, name in set(declared) - set(judged)} == {
        *not_labelled,
        "country_code",  # of the session; that of persons is judged
        "span",  # of attributions, which the document has none of
    }


# Each change makes one row wrong. Table, row, column, new value; then measure, tp, fp, fn.
CHANGES: list[tuple[str, int, str, object, str, tuple[int, int, int]]] = [
    ("documents", 0, "sha256", "cd", "documents/sha256", (0, 1, 1)),
    ("sessions", 0, "series", None, "sessions/series", (0, 1, 1)),
    ("sessions", 0, "title", "Habiter", "sessions/title", (0, 1, 1)),
    ("sessions", 0, "start_date", date(2030, 5, 7), "sessions/start_date", (0, 1, 1)),
    ("sessions", 0, "start_time", time(10), "sessions/start_time", (0, 1, 1)),
    ("sessions", 0, "venue", "Palais", "sessions/venue", (0, 1, 1)),
    ("sessions", 0, "stated_government_share", 0.6, "sessions/stated_government_share", (0, 1, 1)),
    ("sessions", 0, "stated_panels", 3, "sessions/stated_panels", (0, 1, 1)),
    ("sessions", 0, "stated_speakers", 9, "sessions/stated_speakers", (0, 1, 1)),
    ("figures", 0, "measure", "days", "sessions/stated_days", (0, 1, 1)),
    ("session_days", 0, "date", date(2030, 5, 7), "session_days/rows", (0, 1, 1)),
    ("session_days", 0, "theme", "Loger", "session_days/theme", (0, 1, 1)),
    ("panels", 0, "title", "Le toit", "panels/rows", (1, 1, 1)),
    ("panels", 0, "day", 1, "panels/day", (1, 1, 1)),
    ("panels", 0, "number", "I", "panels/number", (1, 1, 1)),
    ("panels", 0, "position", 3, "panels/order", (0, 2, 2)),
    ("sections", 1, "heading", "Des services", "sections/rows", (0, 1, 1)),
    ("sections", 1, "day", 1, "sections/rows", (0, 1, 1)),
    ("sections", 0, "kind", "closing", "sections/rows", (1, 1, 0)),
    ("sections", 1, "level", 2, "sections/level", (0, 1, 1)),
    ("participants", 0, "name", "Eda Lund", "participants/persons", (0, 1, 1)),
    ("participants", 1, "country_code", "CHL", "participants/states", (0, 1, 1)),
    ("participants", 2, "entity_id", "towns", "participants/organisations", (0, 1, 1)),
    ("participants", 3, "name", "des jeunes", "participants/groups", (0, 1, 1)),
    ("participants", 0, "honorific", "M.", "participants/honorific", (0, 1, 1)),
    ("participants", 0, "position", "Ministre", "participants/position", (0, 1, 1)),
    ("participants", 0, "organisation", "Chili", "participants/organisation", (0, 1, 1)),
    ("participants", 0, "country_code", None, "participants/country_code", (0, 1, 1)),
    ("participants", 0, "sector", "un", "participants/sector", (0, 1, 1)),
    ("participants", 0, "sector", "un", "participants/person_fields", (6, 1, 1)),
    ("interventions", 1, "role", "closing", "participants/roles", (0, 1, 1)),
    ("interventions", 0, "panel_id", "n2", "participants/panels", (0, 1, 1)),
    ("participants", 3, "name", "Otto Berg", "participants/absent", (0, 1, 0)),
    ("recommendations", 1, "text", "Loger les aînés.", "recommendations/rows", (1, 1, 1)),
    ("recommendations", 1, "force", "call", "recommendations/force", (1, 1, 1)),
    ("recommendations", 1, "attribution", "other", "recommendations/attribution", (1, 1, 1)),
    (
        "recommendations",
        0,
        "attributed_to",
        "Otto Berg",
        "recommendations/attributed_to",
        (1, 1, 1),
    ),
    ("recommendations", 0, "attributed_to", None, "recommendations/attributed_to", (1, 1, 1)),
    ("recommendations", 1, "addressee", "les jeunes", "recommendations/addressee", (1, 1, 1)),
    ("recommendations", 0, "addressee", "les jeunes", "recommendations/addressee", (1, 1, 1)),
    ("recommendation_codes", 0, "code", "women", "recommendation_codes/groups", (0, 1, 1)),
    (
        "recommendation_codes",
        1,
        "method",
        "lexical",
        "recommendation_codes/gcm_explicit",
        (0, 0, 1),
    ),
    ("recommendation_codes", 2, "code", "3", "recommendation_codes/gcm_within_allowed", (1, 1, 0)),
    ("recommendation_codes", 1, "code", "16", "recommendation_codes/gcm_found", (0, 0, 1)),
    ("mentions", 1, "country_code", "BOL", "mentions/countries", (1, 1, 1)),
    ("mentions", 1, "char_start", TEXT.index("Aider"), "mentions/countries", (1, 1, 1)),
    ("mentions", 1, "kind", "organisation", "mentions/countries", (1, 0, 1)),
    ("figures", 0, "value", 4.0, "figures/rows", (0, 1, 1)),
    ("figures", 0, "char_start", TEXT.index("Aider"), "figures/rows", (0, 1, 1)),
    ("citations", 0, "instrument_id", "charter", "citations/rows", (0, 1, 1)),
    ("citations", 0, "char_start", TEXT.index("Aider"), "citations/rows", (0, 1, 1)),
    (
        "passages",
        6,
        "char_end",
        TEXT.index(" les femmes"),
        "passages/characters",
        (CHARACTERS - 10, 0, 10),
    ),
    ("passages", 3, "text", "Deux services", "passages/span", (6, 1, 0)),
    ("panels", 0, "char_end", len(TEXT) + 1, "panels/span", (1, 1, 0)),
    ("sentences", 0, "char_end", TEXT.index("les jeunes"), "sentences/span", (0, 1, 0)),
    ("sentences", 0, "char_end", TEXT.index(" de 40"), "sentences/span", (0, 1, 0)),
    ("interventions", 0, "char_end", 0, "interventions/span", (1, 1, 0)),
]


@pytest.mark.parametrize(("table", "index", "column", "value", "measure", "expected"), CHANGES)
def test_a_wrong_value_is_counted(
    gold: Path,
    table: str,
    index: int,
    column: str,
    value: object,
    measure: str,
    expected: tuple[int, int, int],
) -> None:
    changed = copy.deepcopy(tables())
    changed[table][index][column] = value
    assert counts(evaluate(changed, gold))[measure] == expected


def test_the_mark_of_a_note_is_no_word_of_a_span(gold: Path) -> None:
    for mark, right in (("¹²", 1), ("<sup>12</sup>", 1), ("2", 0)):
        marked = tables()
        marked["documents"][0]["text"] = TEXT.replace("jeunes.", f"jeunes{mark}.")
        marked["sentences"][0]["char_end"] += len(mark)
        assert counts(evaluate(marked, gold))["sentences/span"][:2] == (right, 1 - right)


def test_a_missing_table_counts_as_empty(gold: Path) -> None:
    found = counts(evaluate({"documents": tables()["documents"]}, gold))
    assert found["panels/rows"] == (0, 0, 2)
    assert found["recommendations/rows"] == (0, 0, 2)
    assert found["sessions/title"] == (0, 1, 1)
    assert found["sessions/venue"] == (1, 0, 0)
    assert found["passages/characters"][0] == 0
    assert "panels/day" not in found


def test_a_part_that_is_not_labelled_is_not_scored(tmp_path: Path) -> None:
    found = scored(tables(), tmp_path, {"document": DOCUMENT, "days": []})
    assert found["session_days/rows"] == (0, 1, 0)
    assert {name for name in found if not name.endswith("/span")} == {
        "session_days/rows",
        "passages/characters",
    }


def test_the_same_words_in_other_shape_are_the_same_recommendation(tmp_path: Path) -> None:
    label = labels()
    words = [f"mot{number}" for number in range(20)]
    label["recommendations"] = [{"unit": "L005.2", "text": " ".join(words)}]
    found = tables()
    # 18 of 20 different words are shared, then 17 of 20.
    for kept, expected in ((18, (1, 0, 0)), (17, (0, 1, 1))):
        found["recommendations"] = [
            found["recommendations"][0] | {"text": " ".join(words[:kept]).upper() + "."}
        ]
        assert scored(found, tmp_path, label)["recommendations/rows"] == expected


def test_disputed_recommendations_are_neither_right_nor_wrong(tmp_path: Path) -> None:
    label = labels()
    label["disputed"] = [label["recommendations"].pop()]
    assert scored(tables(), tmp_path, label)["recommendations/rows"] == (1, 0, 0)
    found = tables()
    found["recommendations"].pop()
    assert scored(found, tmp_path, label)["recommendations/rows"] == (1, 0, 0)


@pytest.mark.parametrize(
    ("expected", "found", "same"),
    [
        ("Les participants", "les participants", True),
        ("aux villes", "des villes", True),
        ("les États Membres", "les États Membres et les autres", True),
        ("M. Lund", "Mme Ada Lund", True),
        ("la Ministre du logement", "Mme Lund", True),
        ("la Ministre", "Ada Lund", True),
        ("le Chili", "Ada Lund", False),
        ("Les participants", "Les intervenants", False),
        ("", None, True),
        ("", "les villes", False),
        ("les villes", None, False),
    ],
)
def test_actors_are_compared_leniently(
    tmp_path: Path, expected: str, found: str | None, same: bool
) -> None:
    label, rows = labels(), tables()
    label["recommendations"][0]["attributed_to"] = expected
    rows["recommendations"][0]["attributed_to"] = found
    right = (2, 0, 0) if same else (1, 1, 1)
    assert scored(rows, tmp_path, label)["recommendations/attributed_to"] == right


def test_combined_objective_codes_join_two_sides(gold: Path) -> None:
    changed = tables()
    # Given: 3 (not allowed) and 16 (allowed); 15, which must be found, is not given.
    changed["recommendation_codes"][1]["code"] = "3"
    row = next(
        row
        for row in evaluate(changed, gold)
        if (row["table_name"], row["measure"]) == ("recommendation_codes", "gcm")
    )
    assert (row["true_positives"], row["false_positives"], row["false_negatives"]) == (1, 1, 1)
    assert (row["precision"], row["recall"], row["f1"]) == (0.5, 0.0, 0.0)


def test_references_that_the_tables_do_not_know_are_listed_but_not_scored(tmp_path: Path) -> None:
    label = labels()
    label["references"].append({"name": "Charte de la mer", "type": "treaty", "units": ["L008.1"]})
    folder = write(tmp_path, label)
    assert counts(evaluate(tables(), folder))["citations/rows"] == (1, 0, 0)
    unscored = Finding(DOCUMENT, "citations", "rows", "unscored", "Charte de la mer", None, None)
    assert details(tables(), folder) == [unscored]


def test_a_number_without_value_is_neither_right_nor_wrong(tmp_path: Path) -> None:
    label = labels()
    label["figures"] = [{"value": "dizaines", "verbatim": "Près de 40 %", "u": "L005.3"}]
    assert "figures/rows" not in scored(tables(), tmp_path, label)


def test_details_say_what_was_expected_found_and_where(gold: Path) -> None:
    changed = tables()
    changed["mentions"][1]["country_code"] = "BOL"
    changed["participants"][0]["honorific"] = None
    changed["panels"].pop()
    changed["recommendations"][0]["force"] = "call"
    findings = {(f.measure, f.kind, f.expected, f.found): f for f in details(changed, gold)}
    block = f"{LINES[4]} {LINES[6]}"
    expected = {
        # The fixture has the second sentence of the block alone, so that .2 and .3 are the block.
        ("countries", "missed", "PER", None): ("mentions", "L005.3", block),
        ("countries", "extra", None, "BOL: Pérou"): ("mentions", "L005", block),
        ("honorific", "different", "Mme", None): ("participants", "L005.1", HOUSING),
        ("rows", "missed", "L'eau", None): ("panels", None, None),
        ("force", "different", "obligation", "call"): ("recommendations", "L005.2", block),
    }
    told = {key: (f.table, f.place, f.said) for key, f in findings.items()}
    assert told == expected


def test_a_second_language_is_judged_by_its_structure(gold: Path) -> None:
    other = tables()
    other["documents"][0]["is_reference"] = False
    judged = {name for name in counts(evaluate(other, gold)) if not name.endswith("/span")}
    assert judged == {"documents/sha256", "sections/rows", "sections/level", "passages/characters"}


def test_documents_without_labels_and_labels_without_document_have_no_rows(tmp_path: Path) -> None:
    other = labels() | {"document": "idm-2031-1.fr", "sha256": "cd"}
    assert evaluate(tables(), write(tmp_path, other)) == []
    assert without_document(tables(), tmp_path) == [(tmp_path / "0.json", "idm-2031-1.fr")]


def test_labels_find_a_document_whose_session_was_misread_by_its_bytes(tmp_path: Path) -> None:
    folder = write(tmp_path, labels() | {"document": "idm-2031-1.fr"})
    rows = evaluate(tables(), folder)
    assert {row["document_id"] for row in rows} == {DOCUMENT}
    assert counts(rows)["panels/rows"] == (2, 0, 0)
    assert without_document(tables(), folder) == []


def test_two_label_files_are_never_of_one_document(tmp_path: Path) -> None:
    folder = write(tmp_path, labels() | {"document": "idm-2031-1.fr"}, labels())
    assert counts(evaluate(tables(), folder))["panels/rows"] == (2, 0, 0)
    assert without_document(tables(), folder) == [(tmp_path / "0.json", "idm-2031-1.fr")]
    write(tmp_path, labels(), labels())
    with pytest.raises(Refused, match=r"1\.json: It labels idm-2030-1\.fr, and so does 0\.json"):
        evaluate(tables(), folder)


def test_summary_adds_documents_up(tmp_path: Path) -> None:
    found = tables()
    second = copy.deepcopy(found)
    for table, rows in second.items():
        for row in rows:
            if "document_id" in row:
                row["document_id"] = "idm-2031-1.fr"
        found[table] = found[table] + (rows if table != "recommendation_codes" else [])
    found["mentions"].pop()
    found["mentions"].pop()  # the second document's Pérou is not found
    label = labels()
    folder = write(tmp_path, label | {"document": "idm-2031-1.fr"}, label)
    rows = evaluate(found, folder)
    assert [row["document_id"] for row in rows] == sorted(str(row["document_id"]) for row in rows)
    overall = summary(rows)
    assert {row["document_id"] for row in overall} == {"overall"}
    added = {(row["table_name"], row["measure"]): row for row in overall}
    countries = added["mentions", "countries"]
    assert (countries["true_positives"], countries["false_negatives"]) == (3, 1)
    assert (countries["precision"], countries["recall"]) == (1.0, 0.75)
    assert countries["f1"] == pytest.approx(6 / 7)
    gcm = added["recommendation_codes", "gcm"]
    assert (gcm["true_positives"], gcm["precision"], gcm["recall"]) == (4, 1.0, 1.0)


def test_label_files_that_cannot_be_used_are_refused_together(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"document": "x",\n oops}')
    (tmp_path / "b.json").write_bytes(b'{"document": "\xff"}')
    (tmp_path / "c.json").write_text("[" * 100_000)
    (tmp_path / "d.json").mkdir()
    write(
        tmp_path,
        [],
        {"document": "x", "panels": [{}], "countries": [{"country_code": "PER", "units": ["60"]}]},
    )
    with pytest.raises(Refused) as refused:
        evaluate({}, tmp_path)
    said = [(Path(problem.file).name, problem.line) for problem in refused.value.problems]
    assert said == [
        ("0.json", None),
        ("1.json", None),
        ("1.json", None),
        ("a.json", 2),
        ("b.json", None),
        ("c.json", None),
        ("d.json", None),
    ]
    text = str(refused.value)
    assert "`title`" in text and "'60'" in text and "byte 14" in text
    with pytest.raises(Refused, match="no such folder"):
        evaluate({}, tmp_path / "none")
    with pytest.raises(Refused, match="not a folder"):
        evaluate({}, tmp_path / "a.json")


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("sha256", 5, "`sha256` is not a text."),
        ("session", [], "`session` is not an object."),
        ("session", {"title": 7}, "`session`: `title` is 7, not a text."),
        ("session", {"year": "2030"}, "`session`: `year` is '2030', not a number."),
        ("session", {"totals": {}}, "`totals` is not a list."),
        ("session", {"totals": [{"what": "panels"}]}, "Entry 1 of `totals` lacks `value`."),
        ("days", [{"number": [1], "date": "2030-05-06"}], "`number` is [1], not a number."),
        ("days", [{"number": True, "date": "2030-05-06"}], "`number` is True, not a number."),
        ("panels", {}, "`panels` is not a list."),
        ("panels", ["Le logement"], "Entry 1 of `panels` is not an object."),
        ("panels", [{"title": None}], "`title` is None, not a text."),
        ("participants", [{"kind": "state", "name": "Pérou"}], "lacks `country_code`."),
        (
            "participants",
            [{"kind": "person", "name": "A", "roles": None}],
            "`roles` is None, not a list of codes.",
        ),
        (
            "recommendations",
            [{"unit": "L1", "text": "A", "gcm": "15"}],
            "`gcm` is '15', not a list of codes.",
        ),
        ("recommendations", [{"unit": "", "text": "A"}], "`unit` is '', not a unit such as"),
        (
            "countries",
            [{"country_code": "PER", "units": "L5"}],
            "`units` is 'L5', not a list of units such as `L060.2`.",
        ),
    ],
)
def test_each_mistake_in_a_label_file_is_named(
    part: str, value: object, said: str, tmp_path: Path
) -> None:
    folder = write(tmp_path, labels() | {part: value})
    with pytest.raises(Refused) as refused:
        evaluate(tables(), folder)
    (problem,) = refused.value.problems
    assert Path(problem.file) == tmp_path / "0.json"
    assert said in problem.what
    assert "seeds/gold" in problem.remedy


def test_labels_may_leave_out_or_leave_open_what_is_not_stated(tmp_path: Path) -> None:
    label = {"document": DOCUMENT, "panels": [{"title": "Le logement", "day": None, "number": ""}]}
    label["participants"] = [{"kind": "person", "name": "Ada Lund", "sector": None}]
    assert "panels/rows" in scored(tables(), tmp_path, label)


def test_a_label_file_may_start_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(labels()), encoding="utf-8-sig")
    assert evaluate(tables(), tmp_path)


def test_the_labels_of_the_project_can_be_read() -> None:
    folder = Path(__file__).parents[1] / "seeds" / "gold"
    assert len(list(folder.glob("*.json"))) >= 2
    assert evaluate({}, folder) == []
