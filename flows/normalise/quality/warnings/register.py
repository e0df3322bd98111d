"""Where does the register say something else than the document itself?

The findings of a document come in, what is unclear goes out; `warning_rows` asks.
"""

from collections.abc import Iterator

from flows.normalise.language.tell import language_of, name_of
from flows.normalise.quality.warnings.unclear import Unclear
from flows.normalise.rows import Findings


def contradictions(found: Findings) -> Iterator[Unclear]:
    """What `documents.csv` says of the document and its text denies."""
    source, header = found.document.source, found.header
    entry = source.entry
    told: list[str] = []
    if entry.session_id and header.year:
        _, year, ordinal = entry.session_id.split("-")
        if int(year) != header.year or (header.ordinal and int(ordinal) != header.ordinal):
            own = f"idm-{header.year}-{header.ordinal or 1}"
            told.append(f"the register has the session {entry.session_id}, the text is of {own}")
    if entry.document_type and header.document_type not in (None, entry.document_type):
        told.append(
            f"the register has the type {entry.document_type}, the text {header.document_type}"
        )
    if entry.language:
        language = language_of(source.text)
        if language not in (None, entry.language):
            own = name_of(str(language))
            told.append(f"the register has the language {entry.language}, the text is {own}")
    for message in told:
        start, end = header.span
        yield Unclear("register", header.span, " ".join(source.text[start:end].split()), message)
