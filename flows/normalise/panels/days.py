"""The days of a session: their dates, and the themes that the document gives them."""

import datetime
from collections.abc import Iterator

from flows.ground.span import Span
from flows.normalise.header.read import Header
from flows.normalise.panels.find import day_of_date
from flows.normalise.structure.document import Document
from flows.normalise.structure.passages import Passage
from flows.normalise.structure.sections import day_label

_LONGEST_LABEL = 260
_LONGEST_THEME = 200


def days_of(header: Header) -> list[datetime.date]:
    """The days of a session, from its dates; the listed ones where days are listed."""
    if header.start_date is None or header.end_date is None:
        return []
    if header.listed_days:
        return list(header.listed_days)
    count = (header.end_date - header.start_date).days + 1
    return [header.start_date + datetime.timedelta(days=n) for n in range(count)]


def day_themes(document: Document, header: Header) -> dict[int, tuple[str, Span]]:
    """Day number → theme as printed ("" without one) and span of the first label that has it."""
    themes: dict[int, tuple[str, Span]] = {}
    for number, theme, span in _labels(document, header):
        if number not in themes or (theme and not themes[number][0]):
            themes[number] = (theme, span)
    return themes


def _labels(document: Document, header: Header) -> Iterator[tuple[int, str, Span]]:
    """Day number, theme as printed and span, for every label of a day."""
    for passage in document.passages:
        if passage.kind not in ("heading", "paragraph") or len(passage.text) > _LONGEST_LABEL:
            continue
        label = day_label(passage.text, document.pack)
        if label is None:
            continue
        number, theme = label
        if number is None:
            number = day_of_date(passage.text, header, document.pack)
        theme = _as_printed(theme.strip(" *_:"), passage)
        if number is not None and len(theme) <= _LONGEST_THEME:
            yield number, theme, passage.fragment.span()


def _as_printed(theme: str, passage: Passage) -> str:
    """A theme that was read with plain typography as its passage prints it, without quotes."""
    at = passage.fragment.folded.find(theme)
    if at >= 0:
        theme = passage.text[at : at + len(theme)]
    if len(theme) > 1 and theme[0] in '«“"' and theme[-1] in '»”"':
        return theme[1:-1].strip(" \u00a0\u202f")
    return theme
