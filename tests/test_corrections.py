"""Corrections: they fit exactly, or the run stops at their line."""

import csv
from datetime import date, time
from pathlib import Path

import pytest

from flows.ground.problems import Refused
from flows.inputs.corrections import corrected, read_corrections
from flows.store import validated
from schemas import Row, Tables
from schemas.seeds import CORRECTIONS
from small_build import DOCUMENT, SESSION, small_build

JEANNE = f"{SESSION}-jeanne-exemple"
GOOD = {
    "table": "participants",
    "key": JEANNE,
    "column": "position",
    "expect": "Maire de Villeneuve",
    "value": "Mairesse de Villeneuve",
    "reason": "The document was corrected in print.",
    "author": "A maintainer",
    "date": "2030-09-01",
}


def file_of(folder: Path, *rows: dict[str, str]) -> Path:
    file = folder / "corrections.csv"
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, CORRECTIONS.column_names)
        writer.writeheader()
        writer.writerows(rows)
    return file


def apply(folder: Path, *rows: dict[str, str]) -> Tables:
    file = file_of(folder, *rows)
    return corrected(small_build(), read_corrections(file), file)


def row_of(tables: Tables, table: str, **values: object) -> Row:
    (row,) = [row for row in tables[table] if all(row[name] == v for name, v in values.items())]
    return row


def test_one_value_is_another_and_nothing_else(tmp_path: Path) -> None:
    tables = apply(tmp_path, GOOD)
    expected = small_build()
    row_of(expected, "participants", participant_id=JEANNE)["position"] = "Mairesse de Villeneuve"
    assert tables == expected
    validated(tables)


@pytest.mark.parametrize(
    ("table", "key", "column", "expect", "value", "becomes"),
    [
        ("sessions", SESSION, "start_date", "2030-05-06", "2030-05-05", date(2030, 5, 5)),
        ("sessions", SESSION, "start_time", "09:00:00", "", None),
        ("sessions", SESSION, "end_time", "12:30:00", "13:00", time(13)),
        ("sessions", SESSION, "stated_speakers", "", "34", 34),
        ("sessions", SESSION, "stated_government_share", "", "0.5", 0.5),
        ("participants", JEANNE, "sector", "government", "ngo", "ngo"),
    ],
)
def test_values_of_each_type(
    table: str, key: str, column: str, expect: str, value: str, becomes: object, tmp_path: Path
) -> None:
    change = {"table": table, "key": key, "column": column, "expect": expect, "value": value}
    tables = apply(tmp_path, {**GOOD, **change})
    found = [row[column] for row in tables[table] if key in row.values()]
    assert found == [becomes] and type(found[0]) is type(becomes)


def test_a_key_of_several_columns(tmp_path: Path) -> None:
    change = {
        "table": "session_days",
        "key": f'["{SESSION}", "1"]',
        "column": "theme",
        "expect": "Habiter la ville",
        "value": "Habiter",
    }
    assert apply(tmp_path, {**GOOD, **change})["session_days"][0]["theme"] == "Habiter"


def test_two_corrections_of_one_row(tmp_path: Path) -> None:
    other = {**GOOD, "column": "honorific", "expect": "Mme", "value": ""}
    row = row_of(apply(tmp_path, GOOD, other), "participants", participant_id=JEANNE)
    assert (row["position"], row["honorific"]) == ("Mairesse de Villeneuve", None)


def test_those_of_other_sessions_are_passed_over(tmp_path: Path) -> None:
    others = [
        {**GOOD, "key": "idm-2031-1-jeanne-exemple"},
        {**GOOD, "key": "idm-2030-12-jeanne-exemple"},
    ]
    assert apply(tmp_path, *others) == small_build()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"expect": "Maire"}, "is 'Maire de Villeneuve', not 'Maire'"),
        ({"expect": ""}, "is 'Maire de Villeneuve', not None"),
        ({"key": f"{SESSION}-nobody"}, "no row of participants has the key"),
        ({"table": "people"}, "no extracted table people"),
        ({"table": "evaluations", "key": f"{DOCUMENT}"}, "no extracted table evaluations"),
        ({"table": "countries", "key": SESSION}, "no extracted table countries"),
        ({"column": "age"}, "participants has no column age"),
        ({"column": "participant_id"}, "participant_id is of the key of participants"),
        ({"column": "name", "expect": "Jeanne Exemple", "value": ""}, "name is never empty"),
        ({"column": "sector", "expect": "government", "value": "state"}, "cannot be 'state'"),
        ({"column": "char_start", "expect": "0", "value": "one"}, "cannot be 'one'"),
        ({"key": f'["{SESSION}-x"', "table": "session_days"}, "is no JSON list"),
    ],
)
def test_one_that_does_not_fit_is_named_with_its_line(
    change: dict[str, str], what: str, tmp_path: Path
) -> None:
    good = {**GOOD, "column": "honorific", "expect": "Mme", "value": "Mme la Maire"}
    file = file_of(tmp_path, good, {**GOOD, **change})
    tables = small_build()
    del tables["evaluations"], tables["countries"]
    with pytest.raises(Refused) as refused:
        corrected(tables, read_corrections(file), file)
    (problem,) = refused.value.problems
    assert (problem.file, problem.line) == (str(file), 3)
    assert what in problem.what


def test_a_correction_that_breaks_the_declarations_is_not_stored(tmp_path: Path) -> None:
    """It is of the right type, but the passage does not say it."""
    change = {"table": "panels", "key": f"{SESSION}-p02", "column": "title"}
    tables = apply(
        tmp_path, {**GOOD, **change, "expect": "Des services pour tous", "value": "Autre chose"}
    )
    with pytest.raises(Exception, match="its passage says"):
        validated(tables)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"reason": ""}, "reason is empty"),
        ({"author": ""}, "author is empty"),
        ({"date": "yesterday"}, "date cannot be 'yesterday'"),
    ],
)
def test_a_file_that_is_not_as_declared(change: dict[str, str], what: str, tmp_path: Path) -> None:
    file = file_of(tmp_path, {**GOOD, **change})
    with pytest.raises(Refused, match=rf"corrections\.csv:2: {what}"):
        read_corrections(file)


def test_the_same_value_is_not_corrected_twice(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"corrections\.csv:3: the key .* is that of line 2 too"):
        read_corrections(file_of(tmp_path, GOOD, GOOD))
