"""Which text is of no known kind? Lines of the header, text outside passages, other languages.

The document and its header come in, what is unclear goes out; `warning_rows` asks.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from flows.normalise.header.read import Header
from flows.normalise.language.tell import language_of, name_of
from flows.normalise.quality.warnings.unclear import Unclear, whole
from flows.normalise.structure.document import RUNNING, Document
from flows.normalise.structure.passages import Passage

_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_WORDS = 25  # of a passage whose language can be told
_LEAST_SHARE = 0.12  # of frequent words among those of running text


def unclear_passages(document: Document, header: Header) -> Iterator[Unclear]:
    """Text of which it is not known what it is."""
    for fragment in header.unread:
        message = "a line of the header that is neither series, theme, date, place nor type"
        yield whole("header_line", fragment, message)
    yield from _outside(document)
    for passage in document.passages:
        if passage.kind in RUNNING and not _is_of_language(passage, document):
            language = language_of(passage.text)
            other = "another language" if language is None else name_of(language)
            message = f"a passage in {other}, the document is in {name_of(document.pack.language)}"
            yield whole("passage", passage.fragment, message)
    if all(section.kind not in ("synthesis", "recommendations") for section in document.sections):
        last = ([p for p in document.passages if p.kind in RUNNING] or document.passages)[-1]
        message = "the document ends and no part with conclusions was found"
        yield whole("section", last.fragment, message)


def _outside(document: Document) -> Iterator[Unclear]:
    """Characters that are in no passage."""
    text = document.source.text
    ranges = sorted((passage.start, passage.end) for passage in document.passages)
    end = 0
    for (start, stop), (following, _) in pairwise([(0, 0), *ranges, (len(text), len(text))]):
        end = max(end, start, stop)
        lost = text[end:following].strip()
        if lost:
            at = text.index(lost, end)
            yield Unclear("passage", (at, at + len(lost)), lost, "text outside every passage")


def _is_of_language(passage: Passage, document: Document) -> bool:
    words = _WORD.findall(passage.fragment.plain)
    frequent = sum(word in document.pack.stop_words for word in words)
    return len(words) < _FEWEST_WORDS or frequent / len(words) >= _LEAST_SHARE
