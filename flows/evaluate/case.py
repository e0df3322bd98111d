"""One document under evaluation: its labels beside the rows that were extracted from it."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from flows.evaluate.labels import Label, unit_line
from flows.evaluate.matching import Pairs, comparable
from flows.evaluate.scores import Finding, Kind
from flows.ground.rows import of_document
from flows.ground.span import Span
from schemas import Row, Tables


def span(row: Row) -> Span:
    """The source span of a row: its `char_start` and `char_end`."""
    return int(str(row["char_start"])), int(str(row["char_end"]))


class Case:
    """The labels and the rows of one document, and the judgements that compare them."""

    def __init__(self, label: Label, document: Row, tables: Tables) -> None:
        self.label = label
        self.row = document
        self.document = str(document["document_id"])
        self.text = str(document["text"])
        # Where a session has a document in each of two languages, all but structure comes from
        # the reference document.
        self.is_reference = document.get("is_reference") is not False
        self.tables = tables
        self._rows: dict[str, list[Row]] = {}

    def rows(self, table: str) -> list[Row]:
        """The rows of a table that come from this document."""
        if table not in self._rows:
            self._rows[table] = list(of_document(self.tables.get(table, []), self.document))
        return self._rows[table]

    def line(self, offset: int) -> int:
        """The 1-based line of an offset."""
        return bisect_right(self._line_starts, offset)

    def lines(self, row: Row) -> frozenset[int]:
        """The lines (counted from 1) at which a row and the block that it stands in start.

        They differ where a block runs over several lines or was cut by a page break.
        """
        start, _ = span(row)
        index = bisect_right(self._block_starts, start) - 1
        blocks = (block for block in reversed(self._blocks[: index + 1]) if start < block[1])
        block = next(blocks, (start, start))
        return frozenset({self.line(start), self.line(block[0])})

    def place(self, row: Row) -> str:
        """The line of a row as the labels write it: `L060`."""
        return f"L{min(self.lines(row)):03d}"

    def said(self, place: str | None) -> str | None:
        """The sentence or block at a place, as clean text; None where nothing is there."""
        if place is None:
            return None
        line, _, number = place.removeprefix("L").partition(".")
        blocks = [
            row
            for row in self.rows("passages")
            if row["kind"] != "artefact" and self.line(span(row)[0]) == int(line)
        ]
        if not blocks:
            return None
        first, last = span(blocks[0])
        sentences = [row for row in self.rows("sentences") if first <= span(row)[0] < last]
        if number and 1 <= int(number) <= len(sentences):
            return str(sentences[int(number) - 1]["text"])
        return str(blocks[0]["text"])

    def finding(
        self,
        table: str,
        measure: str,
        kind: Kind,
        expected: object = None,
        found: object = None,
        place: str | None = None,
        count: int = 1,
    ) -> Finding:
        return Finding(
            self.document, table, measure, kind, _shown(expected), _shown(found), place, count
        )

    def value(
        self,
        table: str,
        measure: str,
        expected: object,
        found: object,
        place: str | None = None,
        same: Callable[[object, object], bool] | None = None,
    ) -> Finding:
        """A field of a matched row: right if `same`, by default if equal as `comparable`."""
        is_same = same(expected, found) if same else comparable(expected) == comparable(found)
        return self.finding(
            table, measure, "right" if is_same else "different", expected, found, place
        )

    def matched(
        self, table: str, measure: str, pairs: Pairs, label_column: str, row_column: str
    ) -> Iterator[Finding]:
        """A finding for each pair, each label without a row, each row without a label."""
        for label, row in pairs.both:
            yield self.finding(table, measure, "right", label[label_column], row[row_column])
        for label in pairs.labels:
            place = label.get("unit")
            yield self.finding(table, measure, "missed", label[label_column], None, place)
        for row in pairs.rows:
            yield self.finding(table, measure, "extra", None, row[row_column], self.place(row))

    def occurrences(
        self,
        table: str,
        measure: str,
        expected: Iterable[tuple[str, str]],
        found: Iterable[tuple[str, Row]],
    ) -> Iterator[Finding]:
        """Things named, line by line. `expected` are ids with units, `found` ids with rows; the
        same thing named twice in a block counts once."""
        labelled = {(name, unit_line(unit)): unit for name, unit in reversed(list(expected))}
        seen: set[tuple[str, int]] = set()
        extra: dict[tuple[str, str], Row] = {}
        for name, row in found:
            places = {(name, line) for line in self.lines(row)}
            seen |= places
            if not places & labelled.keys():
                extra.setdefault((name, self.place(row)), row)
        for (name, line), unit in sorted(labelled.items(), key=lambda item: (item[0][1], item[0])):
            kind: Kind = "right" if (name, line) in seen else "missed"
            yield self.finding(table, measure, kind, name, None, unit)
        for (name, place), row in extra.items():
            yield self.finding(table, measure, "extra", None, f"{name}: {row.get('text')}", place)

    @cached_property
    def artefacts(self) -> list[Span]:
        """The spans of page furniture."""
        return sorted(span(row) for row in self.rows("passages") if row["kind"] == "artefact")

    @cached_property
    def _blocks(self) -> list[Span]:
        return sorted(span(row) for row in self.rows("passages") if row["kind"] != "artefact")

    @cached_property
    def _block_starts(self) -> list[int]:
        return [start for start, _ in self._blocks]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(index + 1 for index, char in enumerate(self.text) if char == "\n")]


def _shown(value: object) -> str | None:
    if isinstance(value, set | frozenset | list):
        return ", ".join(sorted(str(item) for item in value)) or None
    return None if value is None or value == "" else str(value)
