"""Two documents of one session: its rows come from the first, what the other says differently."""

import json
from datetime import date, time
from itertools import permutations
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from documents import ENGLISH, SPANISH, WHOLE, reference, source
from flows.__main__ import main
from flows.normalise import normalise
from schemas import Row, Tables

FRENCH = WHOLE.replace(
    "des associations.",
    "des associations. La session, articulée autour de trois panels, a compté 30 orateurs.",
)
TEXTS = {"fr": FRENCH, "en": ENGLISH, "es": SPANISH}

STRUCTURE = {"documents", "sections", "passages", "sentences"}
STRUCTURE_AND_QUALITY = {*STRUCTURE, "reconciliations", "warnings"}


def of_both(first: str, second: str) -> Tables:
    """The tables of two documents, in this order."""
    tables, problems = normalise([source(first, "a.txt"), source(second, "b.txt")], reference())
    assert not problems
    return tables


def differences(first: str, second: str) -> dict[str, Row]:
    """What the second document says differently, by measure."""
    rows = of_both(first, second)["reconciliations"]
    reference_id = rows[0]["document_id"]
    own = [row for row in rows if row["document_id"] != reference_id]
    return {str(row["measure"]): row for row in own if "here," in str(row["note"])}


@pytest.mark.parametrize(("first", "second"), list(permutations(TEXTS, 2)))
def test_the_session_is_that_of_the_first_document(first: str, second: str) -> None:
    tables = of_both(TEXTS[first], TEXTS[second])
    (session,) = tables["sessions"]
    assert (session["session_id"], session["language"]) == ("idm-2027-1", first)
    assert [row["is_reference"] for row in tables["documents"]] == [True, False]
    for name, rows in tables.items():
        languages = {str(row["document_id"])[-2:] for row in rows if "document_id" in row}
        if name in STRUCTURE:
            assert languages == {first, second}, name
        elif rows and name not in STRUCTURE_AND_QUALITY:
            assert languages == {first}, name
    assert len(tables["panels"]) == 3
    assert len(tables["recommendations"]) == 2


@pytest.mark.parametrize(("first", "second"), list(permutations(TEXTS, 2)))
def test_documents_that_agree_have_no_difference(first: str, second: str) -> None:
    assert differences(TEXTS[first], TEXTS[second]) == {}
    assert of_both(TEXTS[first], TEXTS[second])["warnings"] == []


@pytest.mark.parametrize(
    ("change", "measure", "stated", "extracted", "note"),
    [
        (
            ("7-9 June 2027", "7-10 June 2027"),
            *("end_date", None, None),
            "2027-06-10 here, 2027-06-09 in idm-2027-1.fr.",
        ),
        (
            ("7-9 June 2027", "7-9 June 2027, 9:00-12:30"),
            *("start_time", None, None),
            "09:00 here, not stated in idm-2027-1.fr.",
        ),
        (
            ("7-9 June 2027", "7-9 June 2027, online"),
            *("modality", None, None),
            "online here, not stated in idm-2027-1.fr.",
        ),
        (
            ("- Panel 3: Linking both shores\n", ""),
            *("panels_listed", 2.0, 3.0),
            "2 here, 3 in idm-2027-1.fr.",
        ),
        (
            ("30 speakers", "28 speakers"),
            *("stated_speakers", 28.0, 30.0),
            "28 here, 30 in idm-2027-1.fr.",
        ),
        (
            ("in three panels", "in four panels"),
            *("stated_panels", 4.0, 3.0),
            "4 here, 3 in idm-2027-1.fr.",
        ),
    ],
)
def test_what_the_second_says_differently_is_told(
    change: tuple[str, str], measure: str, stated: object, extracted: object, note: str
) -> None:
    assert change[0] in ENGLISH
    row = differences(FRENCH, ENGLISH.replace(*change, 1))[measure]
    assert (row["stated"], row["extracted"], row["note"]) == (stated, extracted, note)
    assert row["status"] == ("partial" if "not stated" in note else "mismatch")
    assert row["session_id"] == "idm-2027-1"


def with_panels(text: str, opening: str, lists: dict[str, str]) -> str:
    """The text with its panels listed under the labels of days."""
    old = text[text.index("- Panel 1") : text.index(opening)]
    return text.replace(old, "".join(f"{day}\n\n{panels}\n\n" for day, panels in lists.items()))


def test_panels_on_other_days_are_told() -> None:
    french = with_panels(
        FRENCH,
        "Mme Odile",
        {
            "Première journée": "- Panel 1 : Accueillir\n- Panel 2 : Former les quais",
            "Deuxième journée": "- Panel 3 : Relier les deux rives",
        },
    )
    english = with_panels(
        ENGLISH,
        "Ms. Odile",
        {
            "Day one": "- Panel 1: Welcoming in ports",
            "Day two": "- Panel 2: Training the crews\n- Panel 3: Linking both shores",
        },
    )
    told = differences(french, english)
    assert {name: (row["stated"], row["extracted"]) for name, row in told.items()} == {
        "panels_day_1": (1.0, 2.0),
        "panels_day_2": (2.0, 1.0),
    }


def test_what_only_the_first_states_is_no_difference() -> None:
    english = ENGLISH.replace(" The session, in three panels, had 30 speakers.", "")
    assert differences(FRENCH.replace("7-9 juin 2027", "7-9 juin 2027, 9 h-12 h"), english) == {}


def test_the_session_keeps_what_the_reference_document_says() -> None:
    english = ENGLISH.replace("7-9 June 2027\n", "7-10 June 2027, 9:00-12:30\n", 1)
    (session,) = of_both(FRENCH, english)["sessions"]
    assert (session["end_date"], session["start_time"]) == (date(2027, 6, 9), None)
    (session,) = of_both(english, FRENCH)["sessions"]
    assert (session["end_date"], session["start_time"]) == (date(2027, 6, 10), time(9))


def test_totals_of_the_second_are_held_against_the_rows_of_the_first() -> None:
    rows = of_both(FRENCH, ENGLISH)["reconciliations"]
    (speakers,) = (
        row
        for row in rows
        if row["measure"] == "speakers" and row["document_id"] == "idm-2027-1.en"
    )
    assert (speakers["stated"], speakers["extracted"]) == (30.0, 1.0)
    assert "Held against the rows of idm-2027-1.fr." in str(speakers["note"])


# Through the command


@pytest.mark.parametrize(
    ("register", "language"),
    [(None, "en"), ("b.txt,a.txt", "fr"), ("a.txt,b.txt", "en")],
    ids=["by name", "register: French first", "register: English first"],
)
@pytest.mark.slow
def test_the_first_of_the_register_is_the_reference(
    register: str | None, language: str, tmp_path: Path
) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    texts = {"a.txt": ENGLISH, "b.txt": FRENCH}
    for name, text in texts.items():
        (documents / name).write_text(text, encoding="utf-8")
    if register:
        lines = [f"{name},{source(texts[name]).sha256}" for name in register.split(",")]
        (documents / "documents.csv").write_text("\n".join(["file,sha256", *lines, ""]))
    warehouse = tmp_path / "warehouse"
    arguments = ["--documents", str(documents), "--warehouse", str(warehouse)]
    assert main(["run", "--direct", "--no-release", "--strict", *arguments]) == 0
    (session,) = pq.read_table(warehouse / "parquet" / "sessions.parquet").to_pylist()
    assert session["language"] == language
    files = pq.read_table(warehouse / "parquet" / "documents.parquet").to_pylist()
    assert {row["document_id"]: row["is_reference"] for row in files} == {
        "idm-2027-1.en": language == "en",
        "idm-2027-1.fr": language == "fr",
    }


def test_a_second_document_is_evaluated_by_its_structure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    documents, labels = tmp_path / "documents", tmp_path / "labels"
    documents.mkdir()
    labels.mkdir()
    (documents / "a.txt").write_text(FRENCH, encoding="utf-8")
    (documents / "b.txt").write_text(ENGLISH, encoding="utf-8")
    label = {
        "document": "idm-2027-1.en",
        "sections": [{"heading": "Access to port services"}],
        "panels": [{"title": "Welcoming in ports"}],
    }
    (labels / "en.json").write_text(json.dumps(label), encoding="utf-8")
    assert main(["evaluate", "--documents", str(documents), "--labels", str(labels)]) == 0
    out = capsys.readouterr().out
    scored = {tuple(line.split()[:3]) for line in out.splitlines()}
    assert ("idm-2027-1.en", "sections", "rows") in scored
    assert not [line for line in scored if line[1] == "panels"]
