"""idm.xlsx: every table as a sheet, for people who work in spreadsheets.

Texts stay texts: none is taken for a formula, a number or a link. What does not fit (a cell holds
32,767 characters, a sheet 1,048,576 rows) is said where it is cut, or goes on in another sheet.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from zipfile import ZipFile

import pyarrow.parquet as pq
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from flows.publish.describe.facts import CSV, SPREADSHEET, Facts
from flows.publish.release.about import citation_line
from flows.publish.release.archive import NO_TIME, add_member
from schemas import Column, Table
from schemas.texts import TEXTS

CELL = 32_767
"""Characters that a cell holds, counted as UTF-16 does."""

ROWS = 1_048_576
NAME = 31
BATCH = 10_000
WIDTHS = {"text": 28, "integer": 11, "number": 11, "boolean": 9, "date": 11, "time": 9}
FORMATS = {"date": "yyyy-mm-dd", "time": "hh:mm:ss"}
AS_IT_IS = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write_spreadsheet(facts: Facts, folder: Path, rows: int = ROWS) -> None:
    """Writes `<folder>/idm.xlsx` from `<folder>/parquet`. A sheet gets at most that many rows."""
    new = folder / f".{SPREADSHEET}.new"
    book = xlsxwriter.Workbook(new, {**AS_IT_IS, "constant_memory": True, "tmpdir": str(folder)})
    created = datetime.fromisoformat(facts.date) if facts.date else datetime(*NO_TIME)
    book.set_properties({"title": facts.about.title, "author": "", "created": created})
    try:
        first = book.add_worksheet("About")
        columns = book.add_worksheet("Columns")
        formats = {kind: book.add_format({"num_format": f}) for kind, f in FORMATS.items()}
        bold = book.add_format({"bold": True})
        sheets: dict[str, list[str]] = {}
        cut: list[str] = []
        for name, table in facts.tables.items():
            filled = _Filling(book, table, bold, formats)
            filled.add_rows(folder / "parquet" / f"{name}.parquet", rows - 1)
            sheets[name] = filled.sheets
            cut += filled.cut
        _columns(columns, facts, bold)
        _about(first, facts, sheets, cut, bold)
    finally:
        book.close()
    _repack(new, folder / SPREADSHEET)
    new.unlink()


class _Filling:
    """The sheets of one table, as they are filled: `sheets` are their names, `cut` the cells that
    hold less than the whole."""

    def __init__(
        self, book: xlsxwriter.Workbook, table: Table, bold: Format, formats: dict[str, Format]
    ) -> None:
        self.sheets: list[str] = []
        self.cut: list[str] = []
        self._book, self._table, self._bold, self._formats = book, table, bold, formats

    def add_rows(self, parquet: Path, at_most: int) -> None:
        rows = _rows(parquet)
        self._fill(self._new_sheet(), islice(rows, at_most))
        for row in rows:
            self._fill(self._new_sheet(), chain([row], islice(rows, at_most - 1)))

    def _new_sheet(self) -> Worksheet:
        ending = f" ({len(self.sheets) + 1})" if self.sheets else ""
        self.sheets.append(self._table.name[: NAME - len(ending)] + ending)
        sheet = self._book.add_worksheet(self.sheets[-1])
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(self._table.columns):
            sheet.set_column(place, place, WIDTHS[column.type])
            sheet.write_string(0, place, column.name, self._bold)
        return sheet

    def _fill(self, sheet: Worksheet, rows: Iterator[Sequence[object]]) -> None:
        """Writes rows under the header."""
        last = 0
        for last, row in enumerate(rows, 1):
            for place, (column, value) in enumerate(zip(self._table.columns, row, strict=True)):
                if column.type == "time" and isinstance(value, str):
                    hour = time.fromisoformat(value)
                    sheet.write_datetime(last, place, hour, self._formats[column.type])
                elif isinstance(value, str):
                    sheet.write_string(last, place, self._fitted(value, column, row))
                elif isinstance(value, bool):
                    sheet.write_boolean(last, place, value)
                elif isinstance(value, date):
                    sheet.write_datetime(last, place, value, self._formats[column.type])
                elif isinstance(value, int | float):
                    sheet.write_number(last, place, value)
        sheet.autofilter(0, 0, last, len(self._table.columns) - 1)

    def _fitted(self, text: str, column: Column, row: Sequence[object]) -> str:
        """A text, or as much of it as a cell holds and where the whole is."""
        if len(text) <= CELL // 2 or _size(text) <= CELL:  # the first is quick, and enough
            return text
        whole = f"{self._table.name}.csv in {CSV}, and parquet/{self._table.name}.parquet"
        note = f" […] [Cut: a cell holds no more. The whole, {len(text)} characters, is in {whole}]"
        key = ", ".join(str(row[self._table.column_names.index(name)]) for name in self._table.key)
        self.cut.append(f"{self._table.name}.{column.name} of {key}")
        room = CELL - _size(note)
        return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", errors="ignore") + note


def _size(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _rows(parquet: Path) -> Iterator[Sequence[object]]:
    with pq.ParquetFile(parquet) as file:
        for batch in file.iter_batches(BATCH):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _about(
    sheet: Worksheet, facts: Facts, sheets: dict[str, list[str]], cut: list[str], bold: Format
) -> None:
    """The first sheet: what this is, whose it is, and where everything stands."""
    about = facts.about
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 110)
    lines: list[tuple[str, str]] = [
        ("Version", facts.version + (f" ({facts.date})" if facts.date else "")),
        ("About", about.description),
        ("Cite as", citation_line(about, facts.version, facts.date)),
        ("Licence of the data", f"{about.data.title} ({about.data.id}), {about.data.url}"),
        ("Source texts", about.sources.title),
        ("Texts in this release", TEXTS[facts.texts]),
        ("Empty cells", "The document does not say it."),
        ("Columns", "What every column means is in the sheet Columns."),
    ]
    if cut:
        lines.append(("Cells that are cut", "; ".join(cut)))
    sheet.write_string(0, 0, about.title, bold)
    row = 2
    for label, text in lines:
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 2, text)
        row += 1
    row += 1
    for place, label in enumerate(("Table", "Rows", "A row")):
        sheet.write_string(row, place, label, bold)
    for name, parts in sheets.items():
        for part in parts:
            row += 1
            sheet.write_url(row, 0, f"internal:'{part}'!A1", string=part)
            sheet.write_number(row, 1, facts.rows[name])
            sheet.write_string(row, 2, facts.tables[name].description)


def _columns(sheet: Worksheet, facts: Facts, bold: Format) -> None:
    """The second sheet: what every column means."""
    for place, (label, width) in enumerate(
        (("table", 24), ("column", 24), ("type", 9), ("NULL", 6), ("meaning", 110))
    ):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, label, bold)
    sheet.freeze_panes(1, 0)
    cells = [
        (table.name, c.name, c.type, "yes" if c.may_be_null else "no", c.meaning)
        for table in facts.tables.values()
        for c in table.columns
    ]
    for row, line in enumerate(cells, 1):
        for place, text in enumerate(line):
            sheet.write_string(row, place, text)
    sheet.autofilter(0, 0, len(cells), 4)


def _repack(file: Path, to: Path) -> None:
    """Stores the members of an archive in another, uncompressed."""
    with ZipFile(file) as deflated, ZipFile(to, "w") as stored:
        for entry in deflated.infolist():
            add_member(stored, entry.filename, [deflated.read(entry)])
