"""The register of a folder of documents, `documents.csv`: what is known of each file.

A comma-separated file in UTF-8 with a header; columns in any order. `file` and `sha256` must be
filled; an empty cell elsewhere means "not stated". Columns that only inform people
(`original_file_name`, `title`) are not passed on: the title is read from the document itself.
"""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, fields
from pathlib import Path

from flows.ground.problems import Problem, Refused
from flows.ground.source import Entry
from flows.ingest.files import read_bytes
from flows.ingest.readers import READERS, SUFFIXES
from flows.ingest.text import NotText, read_text

REGISTER_NAME = "documents.csv"
REQUIRED = ("file", "sha256")
PASSED_ON = tuple(field.name for field in fields(Entry))
COLUMNS = (*REQUIRED, "original_file_name", "title", *PASSED_ON)

# Column → what its cells look like, and that in words.
FORMS = {
    "file": (r"[^/\\]+", "the name of a file in the same folder"),
    "sha256": (r"[0-9a-f]{64}", "64 hexadecimal digits in lower case, as `sha256sum` prints them"),
    "session_id": (r"(idm-\d{4}-[1-9]\d*)?", "like idm-2022-1"),
    "language": (r"([a-z]{2})?", "an ISO 639-1 code like fr"),
    "date": (r"(\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?", "like 2030-09-01"),
    "document_type": (r"([a-z][a-z0-9_]*)?", "lower-case words joined by _"),
}


@dataclass(frozen=True)
class RegisterRow:
    """One row: the 1-based line where it starts, the SHA-256 it states, and the entry."""

    line: int
    sha256: str
    entry: Entry


def read_register(path: Path) -> tuple[dict[str, RegisterRow], set[str], list[Problem]]:
    """Read the register at `path`.

    Returns the good rows by file name, in the register's order; the files that only bad rows
    name, which must not be used as if they were not registered; and the problems of those rows.
    Raises Refused when the file as a whole is no register.
    """
    try:
        lines = csv.reader(io.StringIO(read_text(read_bytes(path)).text, newline=""), strict=True)
        header = [cell.strip() for cell in next(lines)]
        _check_header(path, header)
        numbered = []
        end = lines.line_num
        for cells in lines:
            if any(cell.strip() for cell in cells):
                numbered.append((end + 1, [cell.strip() for cell in cells]))
            end = lines.line_num
    except NotText as error:
        raise Refused([Problem(str(path), error.line, error.what, error.remedy)]) from None
    except csv.Error as error:
        what = f"The register is no readable CSV: {error}."
        remedy = "Separate cells by commas and put quotes around cells that hold commas."
        raise Refused([Problem(str(path), lines.line_num, what, remedy)]) from None

    rows: dict[str, RegisterRow] = {}
    problems = []
    file_column = header.index("file")
    named = Counter(cells[file_column] for _, cells in numbered if len(cells) > file_column)
    for line, cells in numbered:
        faults = _faults(header, cells, named)
        problems += [Problem(str(path), line, what, remedy) for what, remedy in faults]
        if not faults:
            row = dict(zip(header, cells, strict=True))
            entry = Entry(**{name: row.get(name) or None for name in PASSED_ON})
            rows[row["file"]] = RegisterRow(line, row["sha256"], entry)
    return rows, named.keys() - rows.keys(), problems


def _check_header(path: Path, header: list[str]) -> None:
    missing = [name for name in REQUIRED if name not in header]
    unknown = [name for name in header if name not in COLUMNS]
    twice = [name for name, count in Counter(header).items() if count > 1]
    faults = [
        f"{fault}: {', '.join(map(repr, names))}."
        for fault, names in (
            ("Missing from the header", missing),
            ("Unknown in the header", unknown),
            ("Twice in the header", twice),
        )
        if names
    ]
    if faults:
        remedy = f"The columns are {', '.join(COLUMNS)}, separated by commas."
        raise Refused(Problem(str(path), 1, what, remedy) for what in faults)


def _faults(header: list[str], cells: list[str], named: Counter[str]) -> list[tuple[str, str]]:
    """What is wrong with a row, and what to do about it."""
    if len(cells) != len(header):
        what = f"The row has {len(cells)} cells, the header {len(header)}."
        return [(what, "Put quotes around cells that hold commas.")]
    row = dict(zip(header, cells, strict=True))
    faults = [
        (f"The {column} {row[column]!r} is not {form}.", "Correct the cell.")
        for column, (pattern, form) in FORMS.items()
        if column in row and not re.fullmatch(pattern, row[column])
    ]
    name = row["file"]
    if name and Path(name).suffix.lower() not in READERS:
        remedy = f"Register only {SUFFIXES} files."
        faults.append((f"{name} is not a file of a kind that is read.", remedy))
    if named[name] > 1:
        faults.append((f"The register names {name} more than once.", "Keep one of the rows."))
    return faults
