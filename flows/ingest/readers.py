"""Bytes → text, one reader per file format."""

from collections.abc import Callable

# What files of other formats begin with, so that the message can name the format.
MAGIC = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or an Office document (.docx, .odt)",
    b"\xd0\xcf\x11\xe0": "an old Office document (.doc)",
    b"{\\rtf": "a rich text (RTF) file",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
}
# Bytes below 0x20 that text may hold: tab, line feed, vertical tab, form feed, carriage return.
TEXT_CONTROLS = b"\t\n\v\f\r"
CONTROLS = bytes(set(range(0x20)) - set(TEXT_CONTROLS)) + b"\x7f"
MOST_CONTROLS = 0.05  # share of the bytes; more is no text


class NotText(Exception):
    """Bytes that are no UTF-8 text. Carries what is wrong, what to do and the line, if any."""

    def __init__(self, what: str, remedy: str, line: int | None = None) -> None:
        super().__init__(what, remedy, line)
        self.what, self.remedy, self.line = what, remedy, line


def read_text(data: bytes) -> str:
    """Decode UTF-8, drop the byte-order mark, turn CRLF and CR into LF; nothing else changes.

    Raises NotText for other encodings, other formats, and text of nothing but white space.
    """
    for magic, name in MAGIC.items():
        if data.startswith(magic):
            raise NotText(f"The file is {name}, not plain text.", "Save it as UTF-8 text.")
    controls = len(data) - len(data.translate(None, CONTROLS))
    if b"\0" in data or controls > MOST_CONTROLS * len(data):
        raise NotText("The file is binary, not text.", "Save the document as UTF-8 text.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = len(_with_line_feeds(data[: error.start].decode("utf-8")).split("\n"))
        raise NotText(
            f"The file is not UTF-8: byte 0x{data[error.start]:02X} at offset {error.start}.",
            "Save it as UTF-8 (e.g. with iconv --to-code=UTF-8).",
            line,
        ) from None
    text = _with_line_feeds(text.removeprefix("\ufeff"))
    if not text.strip():
        raise NotText("The file is empty.", "Put the document's text into it or remove it.")
    return text


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


# File suffix → media type and reader. A further format is a further line.
READERS: dict[str, tuple[str, Callable[[bytes], str]]] = {
    ".txt": ("text/plain", read_text),
    ".md": ("text/markdown", read_text),
}
