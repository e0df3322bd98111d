"""A text made from another, that knows where each of its characters stands there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from flows.ground.folding import composed, fold_typography, lower, same_length_key, trimmed

Edit = tuple[int, int, str]
"""What stands in the place of the characters from one offset to another."""


@dataclass(frozen=True)
class Fragment:
    """Text with, for each character, the range of the source that it was made from.

    `starts[i]:ends[i]` is the half-open range of code points of the source behind `text[i]`; the
    ranges are in the order of the source.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def __len__(self) -> int:
        return len(self.text)

    @classmethod
    def of(cls, text: str, start: int = 0) -> "Fragment":
        """A text that stands as it is in its source, from the offset `start` on."""
        end = start + len(text)
        return cls(text, range(start, end), range(start + 1, end + 1))

    def span(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """Source range of the characters from `start` to `end` (half-open, not empty)."""
        last = len(self.text) if end is None else end
        return self.starts[start], self.ends[last - 1]

    def slice(self, start: int, end: int) -> "Fragment":
        """The characters from `start` to `end`, without white space at either side."""
        start, end = trimmed(self.text, start, end)
        return Fragment(self.text[start:end], self.starts[start:end], self.ends[start:end])

    def joined(self, other: "Fragment") -> "Fragment":
        """This text and, behind one space, one that stands further on in the source."""
        return Fragment(
            f"{self.text} {other.text}",
            [*self.starts, self.ends[-1], *other.starts],
            [*self.ends, other.starts[0], *other.ends],
        )

    def within(self, outer: "Fragment") -> "Fragment":
        """The same text with the source of `outer`, of which this one was made."""
        if isinstance(outer.starts, range) and not outer.starts.start:
            return self
        return Fragment(
            self.text,
            [outer.starts[start] for start in self.starts],
            [outer.ends[end - 1] if end else outer.starts[0] for end in self.ends],
        )

    def edited(self, edits: Iterable[Edit]) -> "Fragment":
        """The text after edits in its order, none in another. What stands in the place of
        characters has the source range of them all."""
        parts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        position = 0
        for start, end, put in edits:
            parts += (self.text[position:start], put)
            starts += self.starts[position:start]
            ends += self.ends[position:start]
            starts += [self.starts[start]] * len(put)
            ends += [self.ends[end - 1]] * len(put)
            position = end
        parts.append(self.text[position:])
        starts += self.starts[position:]
        ends += self.ends[position:]
        return Fragment("".join(parts), starts, ends)

    def composed(self) -> "Fragment":
        """The text in NFC: what is composed to one character has the source range of its parts."""
        clusters = composed(self.text)
        return self.edited(clusters) if clusters else self

    @cached_property
    def folded(self) -> str:
        """`text` with plain typography, same length: what patterns for names are matched on."""
        return fold_typography(self.text)

    @cached_property
    def plain(self) -> str:
        """`folded` in lower case without accents, same length."""
        return same_length_key(self.folded)

    @cached_property
    def lowered(self) -> str:
        """`folded` in lower case, same length: what wording patterns are matched on."""
        return lower(self.folded)
