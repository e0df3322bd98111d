"""A web page → Markdown, the form of text whose headings, lists and tables normalise can read.

The page is parsed as browsers do (lxml) and written as Markdown (markdownify). What is no part of
the text is left out: navigation, forms, scripts; where the page marks its main part, all around it.
"""

import codecs
from typing import TYPE_CHECKING

from flows.ingest.text import NotText, with_line_feeds

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

# Elements that show nothing, or nothing of the text. `hidden` is an attribute.
NOT_TEXT = ["script", "style", "noscript", "template", "nav", "form", "button", "head", "svg"]

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def read_html(data: bytes) -> str:
    """The text of a page as Markdown.

    The encoding is the one of the byte-order mark, else the one that the page declares, else
    UTF-8. Raises NotText for an encoding that is unknown or not that of the bytes, and for a page
    without text.
    """
    from bs4 import BeautifulSoup
    from markdownify import MarkdownConverter

    page = BeautifulSoup(_decode(data), "lxml")
    for element in [*page(NOT_TEXT), *page(hidden=True)]:
        element.decompose()
    for element in page(["dt", "dd"]):
        element.name = "p"  # lines of a text, not a glossary
    converter = MarkdownConverter(
        heading_style="ATX",
        bullets="-",
        strip=["a", "img"],
        sup_symbol="<sup>",
        table_infer_header=True,
        escape_asterisks=False,
        escape_underscores=False,
        escape_misc=False,
    )
    try:
        text = converter.convert_soup(_main_part(page))
    except RecursionError:
        what = "The elements of the page are nested too deeply to be read."
        raise NotText(what, "Save the text of the page as UTF-8 text.") from None
    if not text.strip():
        raise NotText("The page has no text.", "Save the page with its text, or remove it.")
    return f"{with_line_feeds(text).strip()}\n"


def _decode(data: bytes) -> str:
    from bs4.dammit import EncodingDetector

    marked = next((name for mark, name in BYTE_ORDER_MARKS.items() if data.startswith(mark)), None)
    encoding = marked or EncodingDetector.find_declared_encoding(data, is_html=True) or "utf-8"
    try:
        # Browsers read these two as Windows-1252, and so are they meant.
        known = codecs.lookup(encoding).name
        return data.decode("cp1252" if known in ("ascii", "iso8859-1") else known)
    except LookupError:
        what = f"The page declares an encoding that is unknown: {encoding}."
    except UnicodeDecodeError as error:
        what = f"The page is not {encoding}: byte 0x{data[error.start]:02X} at {error.start}."
    raise NotText(what, "Save the page as UTF-8, and declare it so.")


def _main_part(page: "BeautifulSoup") -> "Tag | BeautifulSoup":
    """The element that holds the text: the one marked as main, the only article, else all."""
    articles = page("article")
    marked = page.select_one("main, [role=main]")
    return marked or (articles[0] if len(articles) == 1 else page)
