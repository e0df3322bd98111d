"""Rows of tables: Markdown pipes, or cells set apart by tabs or by runs of spaces."""

import re
from collections.abc import Sequence

from flows.ground.folding import fold_typography, key
from flows.normalise.language.pack import Pack
from flows.normalise.structure.lines import LIST_MARK, Line

Cells = list[tuple[int, int]]
"""Source offsets of the cells of a row."""

_PIPES = re.compile(r"\|.*\|$")
_GAP = re.compile(r"[ \u00a0]*\t[ \t\u00a0]*|[ \u00a0]{3,}")
_PIPE = re.compile(r"\|")
_MOST_CELLS = 6
_LONGEST_FIRST_CELL = 40  # characters: a longer one is running text, set in full lines
_LEAST_INDENT = 4  # of a line that goes on in the last cell of the row above


def table_rows(lines: Sequence[Line], pack: Pack) -> dict[int, Cells]:
    """Index of a line → its cells, for the lines that are rows of tables, headers of columns too.

    A row of pipes is one cell, pipes and all: they stand in its text. Without pipes it takes two
    rows with the same number of cells, one right below the other.
    """
    rows: dict[int, Cells] = {}
    above: tuple[int, Cells] | None = None
    for index, line in enumerate(lines):
        if _PIPES.match(line.text):
            rows[index] = [(line.start, line.end)]
        cells = [] if index in rows or line.is_rule else _cells(line, pack)
        if len(cells) > 1:
            if above is not None and len(above[1]) == len(cells):
                rows[above[0]], rows[index] = above[1], cells
            above = index, cells
        elif not (above is not None and goes_on_in_row(line, lines[above[0]], above[1])):
            above = None
    return rows


def goes_on_in_row(line: Line, row: Line, cells: Cells) -> bool:
    """Whether a line below a row without pipes is the rest of the last cell of that row."""
    column = row.indent + cells[-1][0] - row.start
    least = 1 if "\t" in row.text else max(_LEAST_INDENT, column - 2)
    return not line.gap_above and line.indent >= least


def lists_panels(text: str, pack: Pack) -> bool:
    """Whether a table's row as printed heads or holds panels."""
    parts = [key(part) for part in _PIPE.split(_GAP.sub("|", text)) if part.strip()]
    title = pack.panel_columns["title"]
    return any(pack.panel_label.match(part) or title.match(part) for part in parts)


def _cells(line: Line, pack: Pack) -> Cells:
    """Cells of a line that tabs or runs of spaces divide; fewer than two where it is no row."""
    if LIST_MARK.match(line.text) or pack.field_label.match(fold_typography(line.text)):
        return []
    cells: Cells = []
    start = 0
    for gap in _GAP.finditer(line.text):
        cells.append((line.start + start, line.start + gap.start()))
        start = gap.end()
    cells.append((line.start + start, line.end))
    first = line.text[: cells[0][1] - line.start]
    fits = len(cells) <= _MOST_CELLS and len(first) <= _LONGEST_FIRST_CELL
    return cells if fits and not first.endswith(":") else []
