"""Which items of lists gave no row? Panels, people, recommendations, rows of tables.

The findings of a document come in, what is unclear goes out; `warning_rows` asks.
"""

from collections.abc import Iterator

from flows.ground.span import overlaps
from flows.normalise.quality.warnings.unclear import Unclear, unclear, whole
from flows.normalise.rows import Findings
from flows.normalise.structure.day_labels import day_label
from flows.normalise.structure.document import Document
from flows.normalise.structure.passages import Passage

_MESSAGES = {
    "panels": "an item in the list of panels that is neither a panel nor names anybody",
    "recommendations": "an item in a list of recommendations that is none",
}


def unclear_items(found: Findings) -> Iterator[Unclear]:
    """Items of lists that were read as nothing."""
    document = found.document
    read = _read(found)
    attendance = found.attendance
    people = [p.span for p in attendance.participants if p.absent or attendance.takes_part(p)]
    for sentence, span in attendance.unread:
        if not overlaps(sentence.span(*span), people):
            message = "an entry in a list of people in which no name was read"
            yield unclear("list_item", sentence.fragment, span, message)
            read.add(sentence.passage)
    lead = ""  # the sentence that leads to the list
    for index, passage in enumerate(document.passages):
        if passage.kind in ("paragraph", "heading"):
            lead = passage.fragment.lowered.rsplit(". ", 1)[-1]
        if index in read or overlaps((passage.start, passage.end), people):
            continue
        kind = document.sections[passage.section].kind
        if passage.mark_kind == "row":
            if not _heads_table(document, index):
                yield whole("list_item", passage.fragment, "a row of a table that gave nothing")
        elif kind == "recommendations" and document.pack.not_priority.search(lead):
            continue  # a list of what was done or said
        elif passage.kind == "list_item" and kind in _MESSAGES:
            yield whole("list_item", passage.fragment, _MESSAGES[kind])


def _read(found: Findings) -> set[int]:
    """Indices of the passages that a row was read from."""
    read = {panel.passage for panel in found.panels}
    read |= {passage for panel in found.panels for passage, _, _ in panel.people}
    read |= {
        found.document.sentences[naming.sentence].passage
        for naming in found.attendance.namings
        if naming.acts or naming.participant.absent
    }
    read |= {recommendation.sentence.passage for recommendation in found.recommendations}
    titles = [panel.span for panel in found.panels]
    return read | {
        index
        for index, passage in enumerate(found.document.passages)
        if overlaps((passage.start, passage.end), titles) or _leads(found.document, index)
    }


def _leads(document: Document, index: int) -> bool:
    """Whether a passage leads to what follows it, or is the label of a day."""
    passage = document.passages[index]
    text = passage.text.strip(" |*_")
    return text.endswith(":") or day_label(text, document.pack) is not None


def _heads_table(document: Document, index: int) -> bool:
    before = _before(document, index)
    return before is None or before.mark_kind != "row"


def _before(document: Document, index: int) -> Passage | None:
    """The passage before, page furniture and rules aside."""
    content = (p for p in reversed(document.passages[:index]) if p.kind not in ("artefact", "rule"))
    return next(content, None)
