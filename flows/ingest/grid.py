"""Tables of a page as grids: each row with a cell for each column, as Markdown has them."""

from lxml import etree

from flows.ingest.tree import Element

WIDEST = 1_000  # columns that a cell may reach over, as in browsers
MOST_CELLS = 20_000
_BLOCKS = ("h1", "h2", "h3", "h4", "h5", "h6", "table")


class TooManyCells(Exception):
    """Cells that reach over more rows and columns than a table can have."""


def lay_out(root: Element) -> None:
    """Give every row of every table a cell for each column; undo tables that only arrange.

    A cell that reaches over rows or columns has its text in the first of them: it is said once, and
    the others are empty. Raises TooManyCells.
    """
    made = 0
    for table in list(root.iter("table")):
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        if _only_arranges(table, rows):
            for element in [table, *table.iter("caption"), *rows, *(c for r in rows for c in r)]:
                element.tag = "div"
        else:
            made = _fill(rows, made)


def _only_arranges(table: Element, rows: list[Element]) -> bool:
    """Whether a table is there for the look of the page: it has one column, or holds headings."""
    return (
        table.get("role") in ("presentation", "none")
        or all(len(row) <= 1 for row in rows)
        or any(element is not table for element in table.iter(*_BLOCKS))
    )


def _fill(rows: list[Element], made: int) -> int:
    """Put empty cells where cells from above or beside reach; returns how many were made so far."""
    reaching: dict[int, int] = {}  # column → rows that a cell above still reaches over
    for row in rows:
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        laid: list[Element] = []
        below: dict[int, int] = {}
        while cells or max(reaching, default=-1) >= len(laid):
            column = len(laid)
            if column in reaching or not cells:
                laid.append(etree.Element("td"))
                if reaching.get(column, 0) > 1:
                    below[column] = reaching[column] - 1
            else:
                cell = cells.pop(0)
                width, height = _span(cell, "colspan"), _span(cell, "rowspan")
                laid += [cell, *(etree.Element("td") for _ in range(width - 1))]
                if height > 1:
                    below |= dict.fromkeys(range(column, column + width), height - 1)
            if made + len(laid) > MOST_CELLS:
                raise TooManyCells
        made += len(laid)
        row[:] = laid
        reaching = below
    return made


def _span(cell: Element, name: str) -> int:
    """How many rows or columns a cell reaches over."""
    value = cell.attrib.pop(name, "1")
    return min(max(int(value), 1), WIDEST) if value.isascii() and value.isdigit() else 1
