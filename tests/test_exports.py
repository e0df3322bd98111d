"""CSV and spreadsheet: what a table looks like there, and that nothing is lost or made up."""

import csv
from dataclasses import replace
from datetime import date, datetime, time
from io import StringIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from flows.publish.describe.data_package import csv_package
from flows.publish.describe.facts import Facts
from flows.publish.formats.csv_files import write_csv_files
from flows.publish.formats.spreadsheet import write_spreadsheet
from flows.publish.release.about import read_about
from schemas import Column, Row, Table
from schemas.arrow import arrow_schema, for_parquet

THINGS = Table(
    "things",
    "Things",
    "One row per thing.",
    "Made up.",
    key=("thing_id",),
    order=("thing_id",),
    columns=(
        Column("thing_id", "text", "The thing.", "a"),
        Column("text", "text", "What is written on it.", "=1+1", True, raw=True),
        Column("weight", "number", "Its weight.", 1.5, True),
        Column("count", "integer", "How many.", 3, True),
        Column("whole", "boolean", "Whether it is whole.", True, True),
        Column("day", "date", "Since when.", "2030-05-06", True),
        Column("hour", "time", "At what time.", "09:30:00", True),
    ),
)
LONG = "Zu lang für eine Zelle 😀. " * 2_000
TEXTS = [
    "=1+1",
    "+41 22 000 00 00",
    "https://example.org/a?b=c",
    "0123",
    "1e5",
    'sagt "nein", dann ja',
    "zwei\nZeilen\r\nund drei",
    "Seite\x0cSeite",
    "_x000C_ steht da",
    " Ränder ",
    "NULL",
    "Noe\u0308l 😀 \u00a0",
    LONG,
]
ROWS: list[Row] = [
    {
        "thing_id": f"t{n:02}",
        "text": text,
        "weight": n / 4,
        "count": n,
        "whole": n % 2 == 0,
        "day": date(2030, 5, 6),
        "hour": time(9, 30),
    }
    for n, text in enumerate(TEXTS)
] + [{column.name: None for column in THINGS.columns} | {"thing_id": "t99"}]


def facts_of(rows: list[Row], folder: Path, day: str | None = "2030-09-01") -> Facts:
    """Those rows as the one table of a release in a folder."""
    (folder / "parquet").mkdir()
    table = pa.Table.from_pylist(rows, arrow_schema(THINGS))
    pq.write_table(for_parquet(table), folder / "parquet" / "things.parquet")
    return Facts(
        read_about(), "1.2.3", day, "full", {"things": THINGS}, {"things": len(rows)},
        {"documents": []}, {},
    )  # fmt: skip


@pytest.fixture(scope="module")
def csv_text(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("csv")
    write_csv_files(facts_of(ROWS, folder), folder, csv_package)
    with ZipFile(folder / "csv.zip") as archive:
        assert archive.namelist() == ["things.csv", "datapackage.json"]
        return archive.read("things.csv").decode()


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Worksheet]:
    folder = tmp_path_factory.mktemp("xlsx")
    write_spreadsheet(facts_of(ROWS, folder), folder)
    book = openpyxl.load_workbook(folder / "idm.xlsx")
    assert sorted(path.name for path in folder.iterdir()) == ["idm.xlsx", "parquet"]
    return {sheet.title: sheet for sheet in book}


# --- CSV ---------------------------------------------------------------------------------------


def test_null_is_an_empty_field_without_quotes(csv_text: str) -> None:
    assert csv_text.endswith("\r\nt99,,,,,,\r\n")
    assert '""' not in csv_text.replace('sagt ""nein"", dann', "")


def test_csv_holds_what_the_table_holds(csv_text: str, tmp_path: Path) -> None:
    lines = list(csv.reader(StringIO(csv_text, newline=""), strict=True))
    assert lines[0] == THINGS.column_names
    assert [line[1] for line in lines[1:-1]] == TEXTS
    assert lines[1][2:] == ["0.0", "0", "true", "2030-05-06", "09:30:00"]
    file = tmp_path / "things.csv"
    file.write_text(csv_text, encoding="utf-8", newline="")
    types = {"thing_id": "varchar", "text": "varchar", "weight": "double", "count": "integer"}
    types |= {"whole": "boolean", "day": "date", "hour": "time"}
    with duckdb.connect() as connection:
        read = connection.execute(
            "from read_csv($1, header = true, columns = $2, quote = '\"', escape = '\"')",
            [str(file), types],
        ).fetchall()
    assert read == [tuple(row.values()) for row in ROWS]


def test_csv_ends_lines_and_quotes_as_rfc_4180_says(csv_text: str) -> None:
    assert csv_text.startswith("thing_id,text,weight,count,whole,day,hour\r\nt00,=1+1,0.0,")
    assert '\r\nt05,"sagt ""nein"", dann ja",' in csv_text
    assert '\r\nt06,"zwei\nZeilen\r\nund drei",' in csv_text
    assert not csv_text.startswith("\ufeff")


# --- spreadsheet -------------------------------------------------------------------------------


def test_texts_stay_texts(sheets: dict[str, Worksheet]) -> None:
    cells = [sheets["things"].cell(row, 2) for row in range(2, len(TEXTS) + 1)]
    # Control characters are written as escapes, and read so by spreadsheets.
    assert [unescape(cell.value) for cell in cells] == TEXTS[:-1]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for row in sheets["things"].iter_rows() for cell in row)


def test_numbers_dates_and_times_are_such(sheets: dict[str, Worksheet]) -> None:
    row = [cell.value for cell in sheets["things"][4]]
    assert row == ["t02", TEXTS[2], 0.5, 2, True, datetime(2030, 5, 6), time(9, 30)]
    assert [cell.number_format for cell in sheets["things"][4]][-2:] == ["yyyy-mm-dd", "hh:mm:ss"]
    assert [cell.value for cell in sheets["things"][len(ROWS) + 1]] == ["t99", *[None] * 6]


def test_headers_are_frozen_and_can_be_filtered(sheets: dict[str, Worksheet]) -> None:
    sheet = sheets["things"]
    assert [cell.value for cell in sheet[1]] == THINGS.column_names
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:G{len(ROWS) + 1}"


def test_a_text_that_no_cell_holds_says_where_the_whole_is(sheets: dict[str, Worksheet]) -> None:
    cell = sheets["things"].cell(len(TEXTS) + 1, 2).value
    kept, _, note = cell.partition(" […] ")
    assert len(cell.encode("utf-16-le")) / 2 in (32_766, 32_767)
    assert len(kept) > 30_000 and LONG.startswith(kept)
    assert f"{len(LONG)} characters, is in things.csv in csv.zip" in note
    about = [cell.value for row in sheets["About"].iter_rows() for cell in row]
    assert "things.text of t12" in about


def test_the_first_sheet_says_what_it_is(sheets: dict[str, Worksheet]) -> None:
    assert list(sheets) == ["About", "Columns", "things"]
    values = [cell.value for row in sheets["About"].iter_rows() for cell in row]
    assert "1.2.3 (2030-09-01)" in values and read_about().title in values
    assert any("CC-BY-4.0" in str(value) for value in values)
    assert any("rights remain with IOM" in str(value) for value in values)
    (link,) = [cell for row in sheets["About"].iter_rows() for cell in row if cell.hyperlink]
    assert (link.value, link.hyperlink.location) == ("things", "'things'!A1")
    assert [cell.value for cell in sheets["Columns"][4]] == [
        *("things", "weight", "number", "yes", "Its weight."),
    ]


@pytest.mark.parametrize(
    ("limit", "parts"),
    [(4, [3, 3, 2]), (5, [4, 4]), (9, [8]), (8, [7, 1])],
)
def test_rows_that_no_sheet_holds_go_on_in_another(
    limit: int, parts: list[int], tmp_path: Path
) -> None:
    write_spreadsheet(facts_of(ROWS[:8], tmp_path), tmp_path, limit)
    book = openpyxl.load_workbook(tmp_path / "idm.xlsx", read_only=True)
    names = ["things", "things (2)", "things (3)"][: len(parts)]
    assert book.sheetnames == ["About", "Columns", *names]
    rows = [list(book[name].iter_rows(values_only=True)) for name in names]
    assert [len(part) - 1 for part in rows] == parts
    assert all(part[0] == tuple(THINGS.column_names) for part in rows)
    assert [row[0] for part in rows for row in part[1:]] == [f"t{n:02}" for n in range(8)]


def test_a_table_without_rows(tmp_path: Path) -> None:
    facts = facts_of([], tmp_path)
    write_csv_files(facts, tmp_path, csv_package)
    write_spreadsheet(facts, tmp_path)
    with ZipFile(tmp_path / "csv.zip") as archive:
        assert archive.read("things.csv") == b"thing_id,text,weight,count,whole,day,hour\r\n"
    sheet = openpyxl.load_workbook(tmp_path / "idm.xlsx")["things"]
    assert sheet.max_row == 1 and sheet.auto_filter.ref == "A1:G1"


def test_long_names_of_tables_make_short_names_of_sheets(tmp_path: Path) -> None:
    facts = facts_of(ROWS[:3], tmp_path)
    name = "things_that_have_a_very_long_name_indeed"
    (tmp_path / "parquet" / "things.parquet").rename(tmp_path / "parquet" / f"{name}.parquet")
    long = replace(facts, tables={name: replace(THINGS, name=name)}, rows={name: 3})
    write_spreadsheet(long, tmp_path, 3)
    names = openpyxl.load_workbook(tmp_path / "idm.xlsx").sheetnames[2:]
    assert names == ["things_that_have_a_very_long_na", "things_that_have_a_very_lon (2)"]


@pytest.mark.parametrize("name", ["csv.zip", "idm.xlsx"])
def test_archives_know_no_time_and_no_compression(name: str, tmp_path: Path) -> None:
    """What would differ between two machines."""
    facts = facts_of(ROWS, tmp_path, None)
    write_csv_files(facts, tmp_path, csv_package)
    write_spreadsheet(facts, tmp_path)
    first = (tmp_path / name).read_bytes()
    with ZipFile(tmp_path / name) as archive:
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.compress_type == ZIP_STORED and entry.create_system == 3
        if name == "idm.xlsx":
            core = archive.read("docProps/core.xml").decode()
            assert core.count("1980-01-01T00:00:00Z") == core.count("dcterms:W3CDTF") == 2
    write_csv_files(facts, tmp_path, csv_package)
    write_spreadsheet(facts, tmp_path)
    assert (tmp_path / name).read_bytes() == first
