"""Reading the reference tables: what is typed, and what is refused with its line."""

import csv
from pathlib import Path

import pytest

from flows.ground.problems import Refused
from flows.inputs.reference import read_reference
from schemas import REFERENCE
from small_build import small_build


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the reference tables of the small build."""
    tables = small_build()
    for table in REFERENCE:
        with (tmp_path / f"{table.name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, table.column_names)
            writer.writeheader()
            writer.writerows(tables[table.name])
    return tmp_path


def refusals(folder: Path) -> list[tuple[str, int | None, str]]:
    with pytest.raises(Refused) as refused:
        read_reference(folder)
    return [(Path(p.file).name, p.line, f"{p.what} {p.remedy}") for p in refused.value.problems]


def append(folder: Path, file: str, text: str) -> None:
    with (folder / file).open("a", encoding="utf-8") as stream:
        stream.write(text)


def test_all_tables_are_read_and_typed(folder: Path) -> None:
    small = small_build()
    assert read_reference(folder) == {table.name: small[table.name] for table in REFERENCE}


def test_columns_that_are_not_declared_are_notes(folder: Path) -> None:
    text = "name,note,language,country_code\nSuisse,official,fr,CHE\n"
    (folder / "country_names.csv").write_text(text, encoding="utf-8-sig")
    assert read_reference(folder)["country_names"] == [
        {"name": "Suisse", "language": "fr", "country_code": "CHE"}
    ]


@pytest.mark.parametrize(
    ("file", "line", "words"),
    [
        ("countries.csv", "che,CH,756,,,,,\n", "country_code cannot be 'che'. It is: text like"),
        ("countries.csv", ",CH,756,,,,,\n", "country_code is empty."),
        ("countries.csv", "CHE,CH,756,,,,,\n", "the key (CHE) is that of line 2 too."),
        ("countries.csv", "FRA,FR\n", "has 2 fields, the header 8."),
        ("countries.csv", "FRA,FR,250,France ,,,,\n", "name_en cannot be 'France '."),
        ("country_names.csv", "France,fr,FRA\n", "country_code FRA is not in countries.csv."),
        ("gcm_objectives.csv", "24,Too many,,\n", "objective cannot be '24'. It is: integer"),
        ("gcm_objectives.csv", "one,One,,\n", "objective cannot be 'one'."),
        ("organisations.csv", "x,,,,,,,bank\n", "sector cannot be 'bank'. It is: one of"),
        ("sdgs.csv", '1,"open\n', "is not CSV"),
    ],
)
def test_a_bad_line_is_refused_with_its_number(
    file: str, line: str, words: str, folder: Path
) -> None:
    lines = len((folder / file).read_text(encoding="utf-8").splitlines())
    append(folder, file, line)
    ((name, number, what),) = refusals(folder)
    assert (name, number) == (file, lines + 1)
    assert words in what


def test_a_field_of_several_lines_does_not_shift_the_numbers(folder: Path) -> None:
    text = 'objective,title_en,title_fr,title_es,note\n1,One,,,"a\nb"\n1,Again,,,\n'
    (folder / "gcm_objectives.csv").write_text(text, encoding="utf-8")
    ((_, line, what),) = refusals(folder)
    assert line == 4 and "line 2" in what


def test_all_problems_are_listed_together(folder: Path) -> None:
    (folder / "groups.csv").unlink()
    (folder / "sdgs.csv").write_bytes(b"goal,title_en\n1,\xff\n")
    (folder / "instruments.csv").write_text("instrument_id,type\n", encoding="utf-8")
    (folder / "instrument_names.csv").write_text("name,language,instrument_id\n", encoding="utf-8")
    assert refusals(folder) == [
        ("groups.csv", None, "cannot be read: No such file or directory. Put it there, readable."),
        (
            "instruments.csv",
            1,
            "has no column symbol, name_en, name_fr, name_es. Add it to the header.",
        ),
        ("sdgs.csv", None, "is not UTF-8 (byte 16). Save it as UTF-8."),
    ]
