"""The formats that are read: a further one is a further line."""

from collections.abc import Callable
from typing import NamedTuple

from flows.ingest.html import read_html
from flows.ingest.pdf import read_pdf
from flows.ingest.text import read_text


class Reader(NamedTuple):
    """How files of one suffix are read; `read` raises NotText for bytes that hold no text."""

    media_type: str
    read: Callable[[bytes], str]


# File suffix → media type and reader.
READERS = {
    ".txt": Reader("text/plain", read_text),
    ".md": Reader("text/markdown", read_text),
    ".html": Reader("text/html", read_html),
    ".htm": Reader("text/html", read_html),
    ".pdf": Reader("application/pdf", read_pdf),
}
SUFFIXES = f"{', '.join([*READERS][:-1])} and {[*READERS][-1]}"
