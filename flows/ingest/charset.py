"""The bytes of a page → its characters: what the page says of its encoding, held against them."""

import codecs

from flows.ingest.text import NotText

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_REMEDY = "Save the page as UTF-8, and declare it so."


def decode(data: bytes) -> str:
    """The characters of a page.

    The encoding is that of the byte-order mark; else UTF-8 where the bytes can be nothing else,
    whatever the page declares; else what it declares, else UTF-8. Raises NotText for an encoding
    that is unknown or not that of the bytes.
    """
    from bs4.dammit import EncodingDetector

    encoding = next(
        (name for mark, name in BYTE_ORDER_MARKS.items() if data.startswith(mark)), None
    )
    if encoding is None:
        declared = EncodingDetector.find_declared_encoding(data, is_html=True)
        encoding = _without_mark(data) or declared or "utf-8"
    try:
        known = codecs.lookup(encoding).name
        # Browsers read these two as Windows-1252, and so are they meant.
        return data.decode("cp1252" if known in ("ascii", "iso8859-1") else known)
    except LookupError:
        what = f"The page declares an encoding that is unknown: {encoding}."
    except UnicodeDecodeError as error:
        what = f"The page is not {encoding}: byte 0x{data[error.start]:02X} at {error.start}."
    raise NotText(what, _REMEDY)


def _without_mark(data: bytes) -> str | None:
    """The encoding that bytes show without any mark: UTF-16 by its zeros, UTF-8 by its pairs."""
    if b"\0" in data[:1_000]:
        return "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
    try:
        is_ascii = data.isascii()
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    # A label of UTF-16 that could be read was not written in UTF-16.
    return None if is_ascii and b"utf-16" not in data[:2_000].lower() else "utf-8"
