"""Panels in lists: labelled lines, items under a lead-in or a heading, rows of a table."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flows.ground.folding import key, lower
from flows.normalise.header.lines import Header
from flows.normalise.language.pack import Pack, PanelColumn, number_of
from flows.normalise.panels.parts import Panel, day_of_date, is_same, title_range
from flows.normalise.panels.tables import columns_of, panel_of_row
from flows.normalise.structure.day_labels import day_label
from flows.normalise.structure.document import Document, Section
from flows.normalise.structure.headings import NUMBERED
from flows.normalise.structure.passages import Passage

_LONGEST_TITLE = 320
_DEEPEST = 3  # an item indented further belongs to another
_SENTENCE_INSIDE = re.compile(r"[.;] \w")


def listed_panels(document: Document, header: Header) -> list[Panel]:
    """The panels that a document lists, in order."""
    return _ListReader(document, header).read()


@dataclass
class _Place:
    """A passage with its index and its section; `in_list`: the section may list panels."""

    passage: Passage
    index: int
    section: Section
    in_list: bool


class _ListReader:
    """Goes through the passages and keeps what the last day, lead-in and header row said."""

    def __init__(self, document: Document, header: Header) -> None:
        self._document, self._header, self._pack = document, header, document.pack
        self._panels: list[Panel] = []
        self._day: int | None = None
        self._under_lead_in = False
        self._untitled: Panel | None = None  # its title is on the next line
        self._columns: Sequence[PanelColumn | None] = ()
        self._in_list = {
            index
            for index, section in enumerate(document.sections)
            if section.kind in ("front_matter", "panels", "opening")
        }
        self._labels_items = any(
            self._pack.panel_label.search(key(passage.text))
            for passage in document.passages
            if passage.kind == "list_item" and passage.section in self._in_list
        )

    def read(self) -> list[Panel]:
        """The panels of the document."""
        for index, passage in enumerate(self._document.passages):
            if passage.kind in ("heading", "paragraph", "list_item"):
                section = self._document.sections[passage.section]
                in_list = passage.section in self._in_list
                self._read(_Place(passage, index, section, in_list))
        return self._panels

    def _read(self, place: _Place) -> None:
        label = self._pack.panel_label.match(place.passage.fragment.plain)
        if self._untitled is not None:
            panel, self._untitled = self._untitled, None
            if label is None and self._complete(panel, place):
                return
        if label is None and (self._reads_day(place) or self._reads_heading(place)):
            return
        if place.passage.mark_kind == "row":
            self._read_row(place)
        elif label is not None and self._may_hold_label(place):
            self._add_labelled(place, label)
        elif place.passage.kind == "paragraph":
            self._under_lead_in = place.in_list and self._leads_in(place.passage)
        elif place.passage.kind == "list_item" and self._is_bare_title(place):
            self._add_bare(place)

    def _complete(self, panel: Panel, place: _Place) -> bool:
        """Gives a panel the title on the line below its label, if it is one."""
        passage = place.passage
        if (
            place.index - panel.passage > 3
            or len(passage.text) >= _LONGEST_TITLE
            or self._pack.field_label.match(passage.fragment.folded)
        ):
            return False
        start, end = title_range(passage.fragment, 0, self._pack)
        panel.title = passage.text[start:end]
        panel.span = (panel.span[0], passage.fragment.span(start, end)[1])
        self._panels.append(panel)
        return True

    def _reads_day(self, place: _Place) -> bool:
        """Whether the passage is a label of a day, which is then kept."""
        passage = place.passage
        if passage.kind == "list_item" or not (place.in_list or passage.kind == "heading"):
            return False
        label = day_label(passage.text, self._pack)
        if label is None:
            return False
        self._day = label[0]
        if self._day is None:
            self._day = day_of_date(passage.text, self._header, self._pack)
        return True

    def _reads_heading(self, place: _Place) -> bool:
        """Whether the passage is a heading of another kind: items under it may be panels."""
        if place.passage.kind != "heading" or place.passage.rule == "heading.panel":
            return False
        self._under_lead_in = place.section.kind == "panels"
        if not self._under_lead_in:
            self._day = place.section.day
        return True

    def _read_row(self, place: _Place) -> None:
        columns = columns_of(place.passage, self._pack)
        whole = place.passage.text.strip("| ")
        label = None if "|" in whole else day_label(whole, self._pack)
        if columns:
            self._columns = columns
        elif label and place.in_list:
            self._day = label[0] or day_of_date(whole, self._header, self._pack)
        elif place.in_list:
            panel = panel_of_row(
                place.passage, place.index, self._columns, self._pack, self._header
            )
            if panel:
                panel.day = panel.day or self._day
                if "day" in self._columns:
                    self._day = panel.day  # an empty cell below says the same day
                self._panels.append(panel)

    def _may_hold_label(self, place: _Place) -> bool:
        if place.in_list or place.passage.kind == "heading":
            return True
        is_item = place.passage.kind == "list_item"
        return is_item and place.section.kind == "synthesis" and not self._panels

    def _add_labelled(self, place: _Place, label: re.Match[str]) -> None:
        panel = _labelled(place.passage, place.index, label, self._pack, self._header)
        of_heading = place.section.day if place.passage.kind == "heading" else None
        panel.day = panel.day or self._day or of_heading
        if any(is_same(panel, other) for other in self._panels):
            return
        if panel.title:
            self._panels.append(panel)
        else:
            self._untitled = panel

    def _leads_in(self, passage: Passage) -> bool:
        """Whether a paragraph leads to a list of panels; a label of a day does not end it."""
        lowered = passage.fragment.lowered
        last = lowered.rsplit(". ", 1)[-1]
        if lowered.rstrip().endswith(":") and self._pack.panel_lead_in.search(last):
            return True
        return self._under_lead_in and day_label(passage.text, self._pack) is not None

    def _is_bare_title(self, place: _Place) -> bool:
        """Whether an item without a label is a panel: by what leads to it, and by its shape."""
        passage, section = place.passage, place.section
        title = passage.text[slice(*title_range(passage.fragment, 0, self._pack))]
        under_heading = section.kind == "panels" and (
            self._day is not None or section.heading is not None
        )
        return (
            place.in_list
            and not self._labels_items
            and (self._under_lead_in or under_heading)
            and len(passage.text) < _LONGEST_TITLE
            and passage.indent <= _DEEPEST
            and not self._pack.field_label.match(passage.fragment.folded)
            and not _SENTENCE_INSIDE.search(title)
        )

    def _add_bare(self, place: _Place) -> None:
        passage = place.passage
        start, end = title_range(passage.fragment, 0, self._pack)
        is_numbered = passage.mark_kind in NUMBERED
        self._panels.append(
            Panel(
                title=passage.text[start:end],
                span=passage.fragment.span(start, end),
                rule="panel.item_under_lead_in",
                passage=place.index,
                day=self._day,
                number=passage.mark.strip("().°-–— \u00a0*") if is_numbered else None,
                people=_people_behind(passage, place.index, 0, end, self._pack),
            )
        )


def _labelled(
    passage: Passage, index: int, found: re.Match[str], pack: Pack, header: Header
) -> Panel:
    """The panel of a line with a label, with the people it names behind the title."""
    text, fragment = passage.text, passage.fragment
    start, end = title_range(fragment, found.end(), pack)
    panel = Panel(
        title=text[start:end],
        span=fragment.span(found.start("label"), max(end, found.end("label"))),
        rule="panel.labelled",
        passage=index,
        number=_as_digits(text[slice(*found.span("number"))], pack),
        label=text[slice(*found.span("label"))].strip(" *_"),
    )
    if found["bracket"]:
        bracket = found["bracket"].strip(" ()")
        day = day_label(bracket, pack)
        panel.day = day[0] if day and day[0] else day_of_date(bracket, header, pack)
    panel.people += _people_behind(passage, index, start, end, pack)
    return panel


def _people_behind(
    passage: Passage, index: int, start: int, end: int, pack: Pack
) -> list[tuple[int, int, int]]:
    """The passage and range of those whom a line of a panel names behind its title, which stands
    from `start` to `end`."""
    inside = pack.panel_inside.search(lower(passage.fragment.folded[start:]))
    if inside:
        people = inside.span("people")
        return [(index, start + people[0], start + people[1])]
    return [(index, end, len(passage.text))] if end < len(passage.text) else []


def _as_digits(number: str, pack: Pack) -> str:
    """A number as printed, but a number word in digits."""
    value = number_of(pack, number)
    is_printed = number.isdigit() or set(number.lower()) <= set("ivx")
    return number if value is None or is_printed else str(value)
