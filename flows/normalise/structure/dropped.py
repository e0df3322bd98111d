"""Where among the passages the text stands that a reader does not see.

Every character that is not blank is in one passage. What was dropped beside words, on their line,
goes with their passage; what stands by itself becomes an artefact.
"""

import re
from collections.abc import Sequence

from flows.ground.folding import trimmed
from flows.ground.fragment import Fragment
from flows.ground.reading import Dropped

Span = tuple[int, int]

_LINE_END = re.compile("[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = re.compile(r"\s+")


def place_dropped(
    text: str, spans: Sequence[Span], dropped: Sequence[Dropped]
) -> tuple[list[Span], list[Dropped]]:
    """The spans of passages of a source text, wider by what was dropped beside them; and what
    stands by itself, in its order, of the kind "unread" where it has no words of its own."""
    wider = list(spans)
    alone: list[Dropped] = []
    end, last = 0, -1
    for index in [*sorted(range(len(spans)), key=lambda i: spans[i]), len(spans)]:
        start = spans[index][0] if index < len(spans) else len(text)
        if end < start and text[end:start].strip():
            low, high = end, start
            if last >= 0:
                low = _line_end(text, low, high, dropped)
                wider[last] = (wider[last][0], max(wider[last][1], trimmed(text, end, low)[1]))
            if index < len(spans):
                high = _line_start(text, low, high, dropped)
                wider[index] = (trimmed(text, high, start)[0], wider[index][1])
            low, high = trimmed(text, low, high)
            if low < high:
                inside = [one.kind for one in dropped if low <= one.start < high]
                alone.append(Dropped(inside[0] if inside else "unread", low, high))
        if index < len(spans) and spans[index][1] > end:
            end, last = spans[index][1], index
    return wider, alone


def one_line(text: str, start: int, end: int) -> Fragment:
    """A stretch of a source text as it is, on one line."""
    whole = Fragment.of(text[start:end], start)
    return whole.edited((*blank.span(), " ") for blank in _BLANKS.finditer(whole.text)).composed()


def _line_end(text: str, low: int, high: int, dropped: Sequence[Dropped]) -> int:
    """Where the line ends that goes on at `low`, with what was dropped from it on."""
    found = _LINE_END.search(text, low, high)
    end = found.start() if found else high
    return min(high, max([end, *(one.end for one in dropped if low <= one.start < end)]))


def _line_start(text: str, low: int, high: int, dropped: Sequence[Dropped]) -> int:
    """Where the line starts that goes on at `high`, with what was dropped up to it."""
    starts = [found.end() for found in _LINE_END.finditer(text, low, high)]
    start = starts[-1] if starts else low
    return max(low, min([start, *(one.start for one in dropped if start < one.end <= high)]))
