"""An answer on a screen: as a table that fits, row by row, or as Markdown."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from typing import NamedTuple

import duckdb
from prompt_toolkit.utils import get_cwidth

NARROWEST = 8  # characters to which a column is cut before columns are left out
OTHERWISE = (120, 24)  # the screen, where there is none and COLUMNS is not set
MOST_ROWS = 10_000  # more is no longer read but processed: CSV, JSON and Parquet have all
NUMBER = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|DECIMAL.*")
PAGER = "less -FRSX"

Row = Sequence[str | None]


class Answer(NamedTuple):
    """Names and types of the columns; the rows as DuckDB writes their values, NULL as None.
    `more`: there are further rows."""

    columns: list[str]
    types: list[str]
    rows: Sequence[Row]
    more: bool = False


def read(relation: duckdb.DuckDBPyRelation, most: int = MOST_ROWS) -> Answer:
    """Fetches the first rows of a result, as text. Raises duckdb.Error."""
    columns, types = relation.columns, [str(kind) for kind in relation.types]
    texts = relation.select("cast(columns(*) as varchar)").limit(most + 1).fetchall()
    return Answer(columns, types, texts[:most], len(texts) > most)


def width_of_screen() -> int:
    """Characters in a line: of the terminal, or what COLUMNS says."""
    return shutil.get_terminal_size(OTHERWISE).columns


def table(answer: Answer, width: int | None) -> tuple[str, list[str]]:
    """A table in a frame, no wider than `width` (None: as wide as it is), and what is not in it:
    the columns that did not fit, or that cells were cut."""
    cells = [[_one_line(cell) for cell in row] for row in answer.rows]
    heads = [_one_line(name) for name in answer.columns]
    kinds = [kind.lower() if len(kind) <= 20 else kind.lower()[:19] + "…" for kind in answer.types]
    natural = [
        max(get_cwidth(text) for text in (heads[n], kinds[n], *(row[n] for row in cells)))
        for n in range(len(heads))
    ]
    widths = natural if width is None else _fitted(natural, heads, width)
    shown = len(widths)

    def line(texts: Sequence[str], right: Sequence[bool]) -> str:
        parts = (_filled(t, w, r) for t, w, r in zip(texts, widths, right, strict=False))
        return "│ " + " │ ".join(parts) + " │"

    def rule(left: str, middle: str, right: str) -> str:
        return left + middle.join("─" * (w + 2) for w in widths) + right

    numeric = [bool(NUMBER.fullmatch(kind)) for kind in answer.types]
    centred = [
        line([_centred(text, w) for text, w in zip(texts, widths, strict=False)], [False] * shown)
        for texts in (heads, kinds)
    ]
    lines = [
        rule("┌", "┬", "┐"),
        *centred,
        rule("├", "┼", "┤"),
        *(line(row, numeric) for row in cells),
        rule("└", "┴", "┘"),
    ]
    notes = []
    if shown < len(heads):
        notes.append(f"Columns that do not fit: {', '.join(heads[shown:])}.")
    if any(n > w for n, w in zip(natural, widths, strict=False)):
        notes.append("Cells are cut.")
    return "\n".join(lines) + "\n", notes


def records(answer: Answer, width: int | None) -> str:
    """One line per value, a heading per row; long values go on in the next lines."""
    margin = max((get_cwidth(name) for name in answer.columns), default=0)
    text = []
    for number, row in enumerate(answer.rows, 1):
        text.append(f"── row {number} ──")
        for name, value in zip(answer.columns, row, strict=True):
            label = name + " " * (margin - get_cwidth(name)) + "  "
            for line in _wrapped("NULL" if value is None else value, width, margin + 2):
                text.append((label + line).rstrip())
                label = " " * (margin + 2)
    return "\n".join(text) + "\n" if text else "no rows\n"


def markdown(answer: Answer) -> str:
    """A table for a page: no cell is cut, `|` is escaped, line breaks become <br>."""

    def line(texts: Sequence[str]) -> str:
        return f"| {' | '.join(texts)} |"

    def cell(value: str | None) -> str:
        text = "" if value is None else value
        return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>")

    numeric = [bool(NUMBER.fullmatch(kind)) for kind in answer.types]
    lines = [
        line([cell(name) for name in answer.columns]),
        line(["---:" if number else "---" for number in numeric]),
        *(line([cell(value) for value in row]) for row in answer.rows),
    ]
    return "\n".join(lines) + "\n"


def show(text: str) -> None:
    """Prints a text, by the reader's pager (PAGER, else less) where it is longer than a screen."""
    if sys.stdout.isatty() and text.count("\n") >= shutil.get_terminal_size(OTHERWISE).lines:
        command = shlex.split(os.environ.get("PAGER", PAGER))
        if command and shutil.which(command[0]):
            try:
                subprocess.run(command, input=text.encode(errors="replace"), check=False)
            except KeyboardInterrupt:
                return
            return
    print(text, end="")


def _one_line(value: str | None) -> str:
    if value is None:
        return "NULL"
    return "".join(c if c.isprintable() else " " for c in value)


def _fitted(natural: Sequence[int], heads: Sequence[str], width: int) -> list[int]:
    """The widths of as many columns as fit, the widest cut first."""
    count = len(natural)
    least = [
        min(n, max(NARROWEST, min(get_cwidth(head), 16)))
        for n, head in zip(natural, heads, strict=True)
    ]
    while count > 1 and sum(least[:count]) + 3 * count + 1 > width:
        count -= 1
    room = width - 3 * count - 1
    widths = [min(n, max(room, 1)) for n in natural[:count]]
    limit = max(widths)
    while sum(min(n, limit) for n in widths) > room and limit > 1:
        limit -= 1
    return [min(n, limit) for n in widths]


def _filled(text: str, width: int, right: bool) -> str:
    size = get_cwidth(text)
    if size > width:
        text = _cut(text, width)
        size = get_cwidth(text)
    space = " " * (width - size)
    return space + text if right else text + space


def _centred(text: str, width: int) -> str:
    text = _cut(text, width) if get_cwidth(text) > width else text
    space = width - get_cwidth(text)
    return " " * (space // 2) + text + " " * (space - space // 2)


def _cut(text: str, width: int) -> str:
    """As much of a text as fits with an ellipsis: some characters take two places, some none."""
    while text and get_cwidth(text) > width - 1:
        text = text[: max(len(text) - max(1, (get_cwidth(text) - width) // 2), 0)]
    return text + "…" if width > 0 else ""


def _wrapped(value: str, width: int | None, margin: int) -> list[str]:
    lines = value.splitlines() or [""]
    if width is None:
        return lines
    room = max(width - margin, 20)
    return [part for line in lines for part in textwrap.wrap(line, room) or [""]]
