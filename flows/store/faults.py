"""What is wrong with rows that the pipeline itself made."""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas import Row, Table

SHOWN = 100


@dataclass(frozen=True)
class Fault:
    """One row (or table, when `key` is empty) that is not what the declarations promise.

    `span` is the row's document, start and end, where it has one; `document` also that of a row
    without a span.
    """

    table: str
    what: str
    key: tuple[object, ...] = ()
    column: str | None = None
    value: object = None
    span: tuple[object, object, object] | None = None
    document: object = None

    def __str__(self) -> str:
        place = self.table
        if self.key:
            place += f"[{', '.join(map(str, self.key))}]"
        if self.column is not None:
            place += f".{self.column} = {_short(self.value)}"
        where = "" if self.span is None else " (at {} {}–{})".format(*self.span)
        return f"{place}: {self.what}{where}"


class Invalid(Exception):
    """Rows break the declarations: a fault of the pipeline, not of its user. Nothing is written.

    `faults` holds all that were found; the message shows the first hundred.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        lines = [f"{len(self.faults)} faults in the rows to be stored:"]
        lines += [f"- {fault}" for fault in self.faults[:SHOWN]]
        if len(self.faults) > SHOWN:
            lines.append(f"- … and {len(self.faults) - SHOWN} more")
        super().__init__("\n".join(lines))


def fault_of(table: Table, row: Row, what: str, column: str | None = None) -> Fault:
    """A fault of one row, or of one of its values."""
    return Fault(
        table.name,
        what,
        tuple(row.get(name) for name in table.key),
        column,
        None if column is None else row.get(column),
        (row.get("document_id"), row.get("char_start"), row.get("char_end"))
        if table.has_span
        else None,
        row.get("document_id"),
    )


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 120 else f"{text[:119]}…"
