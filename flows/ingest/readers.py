"""The formats that are read: a further one is a further line."""

from collections.abc import Callable
from typing import NamedTuple

from flows.ingest.docx import read_docx
from flows.ingest.html import read_html
from flows.ingest.pdf import read_pdf
from flows.ingest.text import Reading, read_text


class Reader(NamedTuple):
    """How files of one suffix are read; `read` raises NotText for bytes that hold no text.

    `tool` names what reads them; `apart`: in a process of its own, since a file can be made so
    that reading it never ends or takes all memory.
    """

    media_type: str
    tool: str
    read: Callable[[bytes], Reading]
    apart: bool = True


_PAGE = Reader("text/html", "lxml and markdownify", read_html)

# File suffix → media type and reader.
READERS = {
    ".txt": Reader("text/plain", "UTF-8", read_text, apart=False),
    ".md": Reader("text/markdown", "UTF-8", read_text, apart=False),
    ".html": _PAGE,
    ".htm": _PAGE,
    ".xhtml": _PAGE,
    ".docx": Reader(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "mammoth and markdownify",
        read_docx,
    ),
    ".pdf": Reader("application/pdf", "pdfminer.six", read_pdf),
}
SUFFIXES = f"{', '.join([*READERS][:-1])} and {[*READERS][-1]}"

# Documents of kinds that are not read, and what to do about them.
REMEDIES = dict.fromkeys(
    (".doc", ".docm", ".dot", ".dotx", ".odt", ".ott", ".pages", ".rtf", ".wpd"),
    "Open it in a word processor and save it as .docx.",
)
