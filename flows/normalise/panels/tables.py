"""Panels in the rows of a table: by the columns of its header row, or by a label in a cell."""

import re
from collections.abc import Sequence

from flows.ground.folding import key, trimmed
from flows.ground.span import Span
from flows.normalise.header.lines import Header
from flows.normalise.language.pack import Pack, PanelColumn, number_of
from flows.normalise.panels.parts import Panel, day_of_date, title_range
from flows.normalise.structure.day_labels import day_label
from flows.normalise.structure.passages import Passage

_RULE = "panel.table_row"
_CELL = re.compile(r"(?:(?<=\|)|^(?!\|))[^|]*(?=\||$)")
_NUMBER = re.compile(r"(?P<number>\d{1,2}|[IVX]{1,4}|[A-H])[.)]?$")
_FILLED_CELL = re.compile(r"[^|]*[^|\s][^|]*")


def columns_of(passage: Passage, pack: Pack) -> list[PanelColumn | None]:
    """What the cells of a table's header row stand for; empty when it is none."""
    names: list[PanelColumn | None] = [
        next((n for n, p in pack.panel_columns.items() if p.match(key(passage.text[a:b]))), None)
        for a, b in _cells(passage)
    ]
    words = [key(passage.text[a:b]) for a, b in _cells(passage)]
    is_of_people = any(map(pack.person_columns["name"].fullmatch, words))
    return names if "title" in names and not is_of_people else []


def panel_of_row(
    passage: Passage, index: int, columns: Sequence[PanelColumn | None], pack: Pack, header: Header
) -> Panel | None:
    """The panel of a table's row, None if it has none. `index` is that of the passage."""
    if columns:
        return _from_columns(passage, index, columns, pack, header)
    return _from_label(passage, index, pack) or _from_number(passage, index, pack, header)


def _cells(passage: Passage) -> list[Span]:
    """Ranges of the cells of a table row, without the white space around them."""
    return [trimmed(passage.text, *cell.span()) for cell in _CELL.finditer(passage.text)]


def _from_columns(
    passage: Passage, index: int, columns: Sequence[PanelColumn | None], pack: Pack, header: Header
) -> Panel | None:
    """A row under a header row: number or label, title and day from their columns."""
    cells = dict(zip(columns, _cells(passage), strict=False))
    if "title" not in cells or cells["title"][0] == cells["title"][1]:
        return None
    fragment = passage.fragment.slice(*cells["title"])
    start, end = title_range(fragment, 0, pack)
    first = cells["title"][0]
    number = label = None
    if "panel" in cells:
        first = min(first, cells["panel"][0])
        number, label = _number_and_label(passage, cells["panel"], pack)
    return Panel(
        title=fragment.text[start:end],
        span=(passage.fragment.span(first, first + 1)[0], fragment.span(start, end)[1]),
        rule=_RULE,
        passage=index,
        day=_day(passage.text[slice(*cells["day"])], header, pack) if "day" in cells else None,
        number=number,
        label=label,
    )


def _number_and_label(passage: Passage, cell: Span, pack: Pack) -> tuple[str | None, str | None]:
    """Number and label as printed in a cell; a cell without a label is a number."""
    start, end = cell
    text = passage.text[start:end]
    found = pack.panel_label.match(passage.fragment.plain[start:end])
    if not found:
        return text or None, None
    return text[slice(*found.span("number"))], text[slice(*found.span("label"))].strip()


def _day(text: str, header: Header, pack: Pack) -> int | None:
    said = day_label(text, pack)
    if said and said[0]:
        return said[0]
    return number_of(pack, text) or day_of_date(text, header, pack)


def _from_label(passage: Passage, index: int, pack: Pack) -> Panel | None:
    """A row with a panel's label in a cell, and the title behind it or in the next cell."""
    text = passage.text
    cells = [trimmed(text, *cell.span()) for cell in _FILLED_CELL.finditer(text)]
    for place, (start, end) in enumerate(cells):
        found = pack.panel_label.match(passage.fragment.plain[start:end])
        if not found:
            continue
        title = (start + found.end(), end)
        if not text[slice(*title)].strip(" :–—-") and place + 1 < len(cells):
            title = cells[place + 1]
        fragment = passage.fragment.slice(*title)
        title_start, title_end = title_range(fragment, 0, pack)
        if title_end <= title_start:
            return None
        days = (day_label(text[slice(*cell)], pack) for cell in cells[:place])
        number, label = _number_and_label(passage, (start, end), pack)
        return Panel(
            title=fragment.text[title_start:title_end],
            span=(
                passage.fragment.span(start, end)[0],
                fragment.span(title_start, title_end)[1],
            ),
            rule=_RULE,
            passage=index,
            day=next((day[0] for day in days if day), None),
            number=number,
            label=label,
        )
    return None


def _from_number(passage: Passage, index: int, pack: Pack, header: Header) -> Panel | None:
    """A row without a label: a number or a day in the first cells, then the title."""
    number = day = None
    for start, end in _cells(passage):
        text = passage.text[start:end]
        found = _NUMBER.match(text)
        if found and number is None:
            number = found["number"]
            continue
        of_day = None if not text or " " not in text else _day(text, header, pack)
        if of_day:
            day = of_day
            continue
        fragment = passage.fragment.slice(start, end)
        title_start, title_end = title_range(fragment, 0, pack)
        if title_end <= title_start or (number is None and day is None):
            return None
        span = fragment.span(title_start, title_end)
        return Panel(
            fragment.text[title_start:title_end], span, _RULE, index, day=day, number=number
        )
    return None
