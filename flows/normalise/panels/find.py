"""Panels: labelled lines, list items under a lead-in, table rows, or sentences that name them.

Text after the label's separator is the title, all of it. A day comes only from a heading, a label
or a statement; panels are never spread over days by guess.
"""

from collections.abc import Sequence

from flows.normalise.header.lines import Header
from flows.normalise.language.pack import ordinal_of
from flows.normalise.panels.lists import listed_panels
from flows.normalise.panels.parts import Panel, day_of_date, mentioned_panels
from flows.normalise.panels.prose import panels_in_prose
from flows.normalise.structure.document import Document

__all__ = ["Panel", "day_of_date", "find_panels", "mentioned_panels"]


def find_panels(document: Document, header: Header) -> list[Panel]:
    """Panels in the order of the document."""
    panels = listed_panels(document, header) or panels_in_prose(document, header.title)
    _days_from_statements(document, panels)
    return panels


def _days_from_statements(document: Document, panels: Sequence[Panel]) -> None:
    """ "Le premier jour, X a animé la réunion sur …": the day of the panel that is meant."""
    pack = document.pack
    if all(panel.day is not None for panel in panels):
        return
    for sentence in document.running:
        found = pack.day_statement.search(sentence.key)
        day = ordinal_of(pack, found["ordinal"]) if found else None
        if day is None:
            continue
        for panel in mentioned_panels(sentence.key, panels, pack):
            if panel.day is None:
                panel.day = day
