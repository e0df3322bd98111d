"""Corrections: single values that are not what the rules make of a document."""

import json
from collections.abc import Sequence
from pathlib import Path

from flows.ground.problems import Problem, Refused
from flows.ground.rows import Joined
from flows.inputs.reference import read_rows, value_of
from schemas import TABLES, Row, Table, Tables
from schemas.seeds import CORRECTIONS

Corrections = Sequence[tuple[int, Row]]


def read_corrections(file: Path) -> Corrections:
    """The corrections of a file, each with its line. Raises Refused when it is not as declared."""
    return read_rows(CORRECTIONS, file)


def corrected(tables: Tables, corrections: Corrections, file: Path) -> Tables:
    """The tables with the corrections in them; those given stay as they are.

    Corrections of sessions that are not among the rows are passed over. Raises Refused, by line
    of the `file`, for those that fit no row or column, and those whose expected value is not there.
    """
    sessions = {str(row["session_id"]) for row in tables["sessions"]}
    result = dict(tables)
    problems = []
    for line, correction in corrections:
        try:
            key = _key(str(correction["key"]))
            if any(_is_of(key[0], session) for session in sessions):
                result[str(correction["table"])] = _applied(result, correction, key)
        except ValueError as error:
            what, remedy = error.args
            problems.append(Problem(str(file), line, what, remedy, quotes=True))
    if problems:
        raise Refused(problems)
    return result


def _applied(tables: Tables, correction: Row, key: list[str]) -> Sequence[Row]:
    """The rows of the corrected table. Raises ValueError with what is wrong and the remedy."""
    name, column = str(correction["table"]), str(correction["column"])
    if name not in tables:
        raise ValueError(f"there is no extracted table {name}.", "Correct the table's name.")
    table = TABLES[name]
    if column not in table.column_names:
        raise ValueError(f"{name} has no column {column}.", "Correct the column's name.")
    if column in table.key:
        raise ValueError(f"{column} is of the key of {name}.", "Correct another column.")
    places = [n for n, row in enumerate(tables[name]) if _text_key(table, row) == key]
    if not places:
        raise ValueError(
            f"no row of {name} has the key {correction['key']}.",
            "Correct the key, or take the correction out.",
        )
    rows = tables[name]
    expected, value = (_value(table, column, correction[part]) for part in ("expect", "value"))
    for place in places:
        row = rows[place]
        found = row[column]
        if found != expected:
            raise ValueError(
                f"{name}.{column} of {correction['key']} is {found!r}, not {expected!r}.",
                "Look at the row: correct `expect`, or take the correction out.",
            )
        changed = {**row, column: value}
        if isinstance(rows, Joined):
            rows = rows.with_row(place, changed)
        else:
            rows = [*rows[:place], changed, *rows[place + 1 :]]
    return rows


def _value(table: Table, column: str, text: object) -> object:
    declared = table.column(column)
    if text is None:
        if declared.nullable:
            return None
        raise ValueError(f"{column} is never empty.", "Fill it in.")
    try:
        return value_of(declared, str(text))
    except ValueError as error:
        raise ValueError(f"{column} cannot be {text!r}.", str(error)) from error


def _key(text: str) -> list[str]:
    if not text.startswith("["):
        return [text]
    try:
        return [str(part) for part in json.loads(text)]
    except json.JSONDecodeError as error:
        what = f"the key {text} is no JSON list."
        raise ValueError(what, 'Write it like ["idm-2030-1.fr", "panels"].') from error


def _text_key(table: Table, row: Row) -> list[str]:
    return [str(row[column]) for column in table.key]


def _is_of(key: str, session: str) -> bool:
    """Whether a key is of a session: all keys of what is extracted begin with its id."""
    return key == session or key.startswith((f"{session}-", f"{session}."))
