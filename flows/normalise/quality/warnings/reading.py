"""What of a file is not in its text, or may be wrong there? Its reader has said so."""

from bisect import bisect_right
from collections.abc import Iterator

from flows.normalise.quality.warnings.unclear import Unclear, whole
from flows.normalise.structure.document import Document


def unclear_reading(document: Document) -> Iterator[Unclear]:
    """The notes of the reader, each with the passage in which, or behind which, it stands."""
    starts = [passage.start for passage in document.passages]
    for note in document.source.notes:
        place = max(0, bisect_right(starts, note.offset) - 1)
        yield whole(note.kind, document.passages[place].fragment, str(note))
