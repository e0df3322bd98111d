"""What of a file is not in its text, or not shown of it, or may be wrong there?"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from flows.normalise.quality.warnings.unclear import Unclear, whole
from flows.normalise.structure.document import Document
from flows.normalise.structure.dropped import one_line

_LEFT_OUT = {
    "front_matter": "data above the text",
    "comment": "a comment",
    "unshown": "a script, a style or a title of the page",
    "hidden": "hidden text",
    "deleted": "deleted text",
}
_CONTROL = re.compile("[\x80-\x84\x86-\x9f]")


def unclear_reading(document: Document) -> Iterator[Unclear]:
    """The notes of the reader, each with the passage in which, or behind which, it stands; letters
    written as controls; and the parts of the text that nobody sees."""
    source = document.source
    starts = [passage.start for passage in document.passages]
    for note in source.notes:
        place = max(0, bisect_right(starts, note.offset) - 1)
        yield whole(note.kind, document.passages[place].fragment, str(note))
    for passage in document.passages:
        count = len(_CONTROL.findall(source.text, passage.start, passage.end))
        if count and passage.kind != "artefact":
            what = f"letters of Windows-1252 written as controls: {count}"
            yield whole("damage", passage.fragment, what)
    for kind, start, end in source.reading.dropped:
        words = one_line(source.text, start, end).text.strip()
        yield Unclear("left_out", (start, end), words, f"{_LEFT_OUT[kind]}, not read")
