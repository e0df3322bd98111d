"""Rows of a table that are held document by document, those of kept documents as Arrow.

To whoever reads them they are a sequence of rows like any other; the rows of a piece become
dictionaries only when somebody looks at them, and most are passed on as Arrow, unseen.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain
from typing import overload

import pyarrow as pa

from schemas import Row


class Kept(Sequence[Row]):
    """The rows of one document in one table: `data`, sorted as declared, and the SHA-256 of each
    row as canonical JSON, one behind the other, in `digests`.

    `is_checked`: they have passed every check of the store before, as they are.
    """

    def __init__(self, data: pa.Table, digests: bytes, is_checked: bool) -> None:
        self.data, self.digests, self.is_checked = data, digests, is_checked

    @cached_property
    def _rows(self) -> list[Row]:
        rows: list[Row] = self.data.to_pylist()
        return rows

    def __len__(self) -> int:
        return int(self.data.num_rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        return self._rows[index]


class Joined(Sequence[Row]):
    """The rows of several documents: `pieces` has those of each, by document id."""

    def __init__(self, pieces: Iterable[tuple[str, Sequence[Row]]]) -> None:
        self.pieces = {document: rows for document, rows in pieces if rows}

    def __len__(self) -> int:
        return sum(map(len, self.pieces.values()))

    def __iter__(self) -> Iterator[Row]:
        return chain.from_iterable(self.pieces.values())

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        return list(self)[index]

    def with_row(self, place: int, row: Row) -> "Joined":
        """The same rows, but for the one at a place."""
        ends = list(accumulate(map(len, self.pieces.values())))
        pieces = dict(self.pieces)
        for (document, rows), end in zip(self.pieces.items(), ends, strict=True):
            if end - len(rows) <= place < end:
                changed = list(rows)
                changed[place - end + len(rows)] = row
                pieces[document] = changed
        return Joined(pieces.items())


def of_document(rows: Sequence[Row], document: str) -> Sequence[Row]:
    """The rows that were read from a document."""
    if isinstance(rows, Joined):
        return rows.pieces.get(document, [])
    return [row for row in rows if row.get("document_id") == document]
