"""Plain text: bytes → text, and what is wrong with bytes that are none."""

from dataclasses import dataclass

from flows.ground.source import Note

# What files of other formats begin with, so that the message can name the format and the remedy.
_SAVE = "Save it as UTF-8 text."
_SAVE_AS_DOCX = "Open it in a word processor and save it as .docx."
MAGIC = {
    b"%PDF-": ("a PDF file", "Give its name the ending .pdf."),
    b"PK\x03\x04": (
        "a ZIP archive or an Office document (.docx, .odt)",
        "If Word opens it, give its name the ending .docx.",
    ),
    b"\xd0\xcf\x11\xe0": ("an old Office document (.doc)", _SAVE_AS_DOCX),
    b"{\\rtf": ("a rich text (RTF) file", _SAVE_AS_DOCX),
    b"\x1f\x8b": ("a gzip archive", _SAVE),
    b"\x89PNG": ("a PNG picture", _SAVE),
    b"\xff\xd8\xff": ("a JPEG picture", _SAVE),
    b"\xff\xfe": ("UTF-16 text", _SAVE),
    b"\xfe\xff": ("UTF-16 text", _SAVE),
}
# Bytes below 0x20 that text may hold: tab, line feed, vertical tab, form feed, carriage return.
TEXT_CONTROLS = b"\t\n\v\f\r"
CONTROLS = bytes(set(range(0x20)) - set(TEXT_CONTROLS)) + b"\x7f"
MOST_CONTROLS = 0.05  # share of the bytes; more is no text


@dataclass(frozen=True)
class Reading:
    """What a reader made of the bytes of a file: fields of `Source`."""

    text: str
    pages: int | None = None
    notes: tuple[Note, ...] = ()


class NotText(Exception):
    """Bytes that hold no text. Carries what is wrong, what to do and the line, if any."""

    def __init__(self, what: str, remedy: str, line: int | None = None) -> None:
        super().__init__(what, remedy, line)
        self.what, self.remedy, self.line = what, remedy, line


def read_text(data: bytes) -> Reading:
    """Decode UTF-8, drop the byte-order mark, turn CRLF and CR into LF; nothing else changes.

    Raises NotText for other encodings, other formats, and text of nothing but white space.
    """
    for magic, (name, remedy) in MAGIC.items():
        if data.startswith(magic):
            raise NotText(f"The file is {name}, not plain text.", remedy)
    controls = len(data) - len(data.translate(None, CONTROLS))
    if b"\0" in data or controls > MOST_CONTROLS * len(data):
        raise NotText("The file is binary, not text.", "Save the document as UTF-8 text.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = len(with_line_feeds(data[: error.start].decode("utf-8")).split("\n"))
        raise NotText(
            f"The file is not UTF-8: byte 0x{data[error.start]:02X} at offset {error.start}.",
            "Save it as UTF-8 (e.g. with iconv --to-code=UTF-8).",
            line,
        ) from None
    text = with_line_feeds(text.removeprefix("\ufeff"))
    if not text.strip():
        raise NotText("The file is empty.", "Put the document's text into it or remove it.")
    return Reading(text)


def with_line_feeds(text: str) -> str:
    """The text with LF in place of CRLF and CR."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
