"""The lines of a header, what they have been recognised as, and the session fields they give."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.ground.folding import key
from flows.ground.fragment import Fragment
from flows.ground.span import Span, overlaps
from flows.normalise.language.dates import find_dates
from flows.normalise.language.pack import Pack
from flows.normalise.structure.document import Document

YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/])")
LETTER = re.compile(r"[^\W\d_]")
_SEPARATORS = " ,;–—|-"
_BETWEEN_PARTS = re.compile(r" +[–—|•·-] +|(?<=[a-z0-9)»”])[.;] +(?=[A-ZÀ-Þ])")


@dataclass
class Header:
    """What a document says of its session; None: not stated. Spans are source offsets.

    `unread` are lines of the header of which it is not known what they say.
    """

    year: int | None = None
    ordinal: int | None = None
    title: str | None = None
    title_span: Span | None = None
    document_type: str | None = None
    start_date: datetime.date | None = None
    end_date: datetime.date | None = None
    listed_days: tuple[datetime.date, ...] = ()
    start_time: datetime.time | None = None
    end_time: datetime.time | None = None
    timezone: str | None = None
    modality: str | None = None
    venue: str | None = None
    city: str | None = None
    country_code: str | None = None
    is_of_series: bool = False
    span: Span = (0, 0)
    date_span: Span | None = None
    unread: list[Fragment] = field(default_factory=list)


@dataclass
class HeaderLine:
    """A line of the header.

    `block` counts the blocks between blank lines or rules. `taken` are the ranges of the clean text
    that a shape has claimed. `role` is "type", "other", "series" ("series+" with a theme beside
    it, "phrase" where the series stands inside a sentence), "date", "modality", "venue", or empty
    as long as no shape claims the line.
    """

    fragment: Fragment
    block: int
    taken: list[Span] = field(default_factory=list)
    role: str = ""

    @property
    def rest(self) -> str:
        """What no shape has claimed, typography as printed."""
        text = self.fragment.text
        parts = []
        position = 0
        for start, end in sorted(self.taken):
            parts.append(text[position:start])
            position = max(position, end)
        parts.append(text[position:])
        stripped = (part.strip(_SEPARATORS) for part in parts)
        return " ".join(part for part in stripped if part)

    @property
    def is_of_series(self) -> bool:
        """Whether the line names the series."""
        return self.role in ("series", "series+", "phrase")


def header_lines(document: Document) -> list[HeaderLine]:
    """The header passages of a document, in order; a name of the series cut by a line's end is
    one line."""
    lines: list[HeaderLine] = []
    block = 0
    for passage in document.passages:
        if passage.kind == "rule":
            block += 1
        elif passage.kind == "header":
            block += passage.gap_before
            line = HeaderLine(passage.fragment, block)
            if lines and lines[-1].block == block and _cut_series(lines[-1], line, document.pack):
                lines[-1].fragment = lines[-1].fragment.joined(line.fragment)
            else:
                lines.append(line)
    return [part for line in lines for part in _parts(line, document.pack)]


def _parts(line: HeaderLine, pack: Pack) -> list[HeaderLine]:
    """The parts of a line between dashes, bars and full stops, where one of them says by itself
    what it is (type, date, series); what stands between such parts stays together."""
    fragment = line.fragment
    dates = [date.span for date in find_dates(fragment.lowered, pack)]
    marks = [
        found.span()
        for found in _BETWEEN_PARTS.finditer(fragment.folded)
        if not overlaps(found.span(), dates)
    ]
    if not marks:
        return [line]
    starts, ends = [0, *(end for _, end in marks)], [*(start for start, _ in marks), len(fragment)]
    parts: list[tuple[int, int, bool]] = []
    for start, end in zip(starts, ends, strict=True):
        is_field = _is_field(key(fragment.text[start:end]), pack) or any(
            start <= date[0] < end for date in dates
        )
        if parts and not is_field and not parts[-1][2]:
            parts[-1] = (parts[-1][0], end, False)
        else:
            parts.append((start, end, is_field))
    return [HeaderLine(fragment.slice(start, end), line.block) for start, end, _ in parts]


def _is_field(plain: str, pack: Pack) -> bool:
    """Whether a part of a line (as a key) is a type, the series or another field and no more."""
    plain = plain.strip(" .:*_")
    return (
        any(pattern.fullmatch(plain) for pattern, _ in pack.types)
        or any(pattern.fullmatch(plain) for pattern in pack.other_lines)
        or pack.series.search(plain) is not None
    )


def _cut_series(line: HeaderLine, after: HeaderLine, pack: Pack) -> bool:
    """Whether the end of `line` cuts the name of the series."""
    cut = len(line.fragment)
    found = pack.series.search(line.fragment.joined(after.fragment).plain)
    return found is not None and found.start() < cut < found.end()


def without(lines: Sequence[HeaderLine], *roles: str) -> list[HeaderLine]:
    """The lines that have none of these roles."""
    return [line for line in lines if line.role not in roles]
