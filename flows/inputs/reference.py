"""The reference tables: seeds/reference/*.csv, typed and checked as the schemas declare."""

import csv
import re
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from unicodedata import normalize

from flows.ground.problems import Problem, Refused
from schemas import REFERENCE, TABLES, Column, Row, Table, Tables

BOOLEANS = {"true": True, "false": False}


def read_reference(folder: Path) -> Tables:
    """All reference tables, from `<folder>/<table>.csv`: UTF-8, one header line, empty = NULL.

    Columns that are not declared are notes for maintainers and left out. Raises `Refused` with
    every missing file or column, bad value, repeated key and unknown reference, by line.
    """
    problems: list[Problem] = []
    tables: Tables = {}
    for table in REFERENCE:
        reader = _Reader(table, folder / f"{table.name}.csv", problems)
        tables[table.name] = [row for _, row in reader.rows(tables)]
    if problems:
        raise Refused(problems)
    return tables


def read_rows(table: Table, path: Path) -> list[tuple[int, Row]]:
    """The rows of a file in the form of the reference tables, each with its line.

    `table` declares them and refers to no other. Raises `Refused` as `read_reference` does.
    """
    problems: list[Problem] = []
    rows = _Reader(table, path, problems).rows({})
    if problems:
        raise Refused(problems)
    return rows


def value_of(column: Column, text: str) -> object:
    """A text as a value of a column. Raises ValueError, which says what one is."""
    try:
        value = _typed(column, text)
    except ValueError:
        value = None
    if value is None or not _allowed(column, value):
        raise ValueError(f"It is: {_expected(column)}.")
    return value


class _Reader:
    """Reads one file, and adds what is wrong with it to `problems`."""

    def __init__(self, table: Table, path: Path, problems: list[Problem]) -> None:
        self.table = table
        self.path = path
        self.problems = problems

    def rows(self, known: Tables) -> list[tuple[int, Row]]:
        """The rows of the file with their lines; `known` holds the tables they may refer to."""
        rows: list[tuple[int, Row]] = []
        lines: dict[tuple[object, ...], int] = {}
        targets = {
            column: {row[TABLES[target].key[0]] for row in known[target]}
            for column, target in self.table.references.items()
        }
        for line, record in self._records():
            row = {column.name: self._value(column, record, line) for column in self.table.columns}
            key = tuple(row[name] for name in self.table.key)
            if key in lines and None not in key:
                shown = ", ".join(map(str, key))
                self._refuse(
                    line,
                    f"the key ({shown}) is that of line {lines[key]} too.",
                    "Keep one of them.",
                )
            lines.setdefault(key, line)
            for name, target in self.table.references.items():
                if row[name] is not None and row[name] not in targets[name]:
                    self._refuse(
                        line, f"{name} {row[name]} is not in {target}.csv.", "Add it there."
                    )
            rows.append((line, row))
        return rows

    def _records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Line number and fields by name of each record."""
        try:
            text = self.path.read_text(encoding="utf-8-sig")
        except OSError as error:
            self._refuse(None, f"cannot be read: {error.strerror}.", "Put it there, readable.")
            return
        except UnicodeDecodeError as error:
            self._refuse(None, f"is not UTF-8 (byte {error.start}).", "Save it as UTF-8.")
            return
        reader = csv.reader(text.splitlines(keepends=True), strict=True)
        try:
            header = next(reader, [])
            missing = [name for name in self.table.column_names if name not in header]
            if missing:
                self._refuse(1, f"has no column {', '.join(missing)}.", "Add it to the header.")
                return
            line = reader.line_num
            for fields in reader:
                if len(fields) == len(header):
                    yield line + 1, dict(zip(header, fields, strict=True))
                else:
                    what = f"has {len(fields)} fields, the header {len(header)}."
                    self._refuse(line + 1, what, "Add or quote what is needed.")
                line = reader.line_num
        except csv.Error as error:
            self._refuse(reader.line_num, f"is not CSV: {error}.", "Quote the field properly.")

    def _value(self, column: Column, record: dict[str, str], line: int) -> object:
        text = record[column.name]
        if text == "":
            if not column.nullable:
                self._refuse(line, f"{column.name} is empty.", "Fill it in.")
            return None
        try:
            return value_of(column, text)
        except ValueError as error:
            self._refuse(line, f"{column.name} cannot be {text!r}.", str(error))
            return None

    def _refuse(self, line: int | None, what: str, remedy: str) -> None:
        self.problems.append(Problem(str(self.path), line, what, remedy))


def _typed(column: Column, text: str) -> str | int | float | bool | date | time | None:
    match column.type:
        case "integer":
            return int(text)
        case "number":
            return float(text)
        case "boolean":
            return BOOLEANS.get(text)
        case "date":
            return date.fromisoformat(text)
        case "time":
            return time.fromisoformat(text)
        case "text":
            return text


def _allowed(column: Column, value: str | int | float | bool | date | time) -> bool:
    if isinstance(value, str):
        clean = value == normalize("NFC", value.strip()) and not re.search(r"[\r\n\t]", value)
        return (
            (clean or column.raw)
            and (column.values is None or value in column.values)
            and (column.pattern is None or re.fullmatch(column.pattern, value) is not None)
        )
    if isinstance(value, int | float):
        low = column.minimum is None or value >= column.minimum
        return low and (column.maximum is None or value <= column.maximum)
    return True


def _expected(column: Column) -> str:
    if column.values is not None:
        return f"one of {', '.join(column.values)}"
    if column.pattern is not None:
        return f"text like {column.pattern}"
    if column.type == "text":
        return "one line of text in composed characters (NFC), without white space around it"
    bounds = [
        f" {word} {bound:g}"
        for word, bound in (("from", column.minimum), ("to", column.maximum))
        if bound is not None
    ]
    return column.type + "".join(bounds)
