"""A web page → Markdown, the form of text whose headings, lists and tables normalise can read.

The page is parsed as browsers do (lxml), freed of what its readers do not see, and written as
Markdown (markdownify). Where the page marks its main part, all around it is left out.
"""

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

from flows.ground.source import Note
from flows.ingest.charset import decode
from flows.ingest.marks import Marks, without_marks
from flows.ingest.text import NotText, Reading, with_line_feeds
from flows.ingest.tree import Element, check_size

if TYPE_CHECKING:
    from flows.ingest.visible import Styles

MOST_ELEMENTS = 60_000  # a long document as an office program writes it has some thousands
MOST_ATTRIBUTES = 1_000
DEEPEST = 120  # elements inside each other; the making of Markdown calls itself for each
_SAVE_AS_TEXT = "Save the text of the page as UTF-8 text."
# They say nothing about the text inside them, and come by the thousand.
_MEANINGLESS = (
    *("span", "font", "a", "u", "small", "big", "abbr", "acronym", "bdi", "bdo", "cite", "dfn"),
    *("ins", "mark", "time", "wbr", "label", "var", "data", "form", "o:p", "tt", "nobr", "center"),
)
_LONG = re.compile(r"<[a-z][^>]{10000,}", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_WHITE = re.compile(r"[ \t\r\n\f]+")
_XML = re.compile(r"\s*<\?xml[^>]*\?>")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\w+);)\w+;")
_OWN_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_BULLET_FONT = re.compile(r"font(?:-family)?\s*:[^;]*(?:symbol|wingdings|dingbats)", re.IGNORECASE)
_NAMESPACE = "{http://www.w3.org/1999/xhtml}"


def read_html(data: bytes) -> Reading:
    """The text of a page as Markdown.

    Raises NotText for an encoding that is unknown or not that of the bytes, for a page that is too
    large or declares entities, and for a page without text.
    """
    from flows.ingest.visible import Styles, without_silent, words_outside

    page = _parse(without_marks(decode(data)))
    styles = Styles(page)
    without_silent(page)
    main = _main_part(page)
    outside = words_outside(page, main)
    reading = text_of_page(main, styles, Marks())
    if not outside:
        return reading
    note = Note("left_out", "words around the main part of the page left out", outside, 0)
    return replace(reading, notes=(note, *reading.notes))


def text_of_page(root: Element, styles: "Styles", marks: Marks) -> Reading:
    """The text of a parsed page, or part of it, as Markdown; what was left out is in the notes.

    Raises NotText where it is too large or has no text.
    """
    from lxml import etree

    from flows.ingest.grid import TooManyCells, lay_out
    from flows.ingest.visible import take_out

    take_out(root, styles, marks)
    for element in root.iter("span", "font"):
        if len((element.text or "").strip()) == 1 and _BULLET_FONT.search(styles.of(element)):
            element.text = "•"
    etree.strip_tags(root, *_MEANINGLESS)
    _fold_white_space(root)
    for element in root.iter("dt", "dd"):
        element.tag = "p"  # lines of a text, not a glossary
    check_size([root], MOST_ELEMENTS, DEEPEST)
    try:
        lay_out(root)
    except TooManyCells:
        raise NotText("The page has a table with too many cells.", _SAVE_AS_TEXT) from None
    text, notes = marks.placed(_markdown(root))
    if not text.strip():
        raise NotText("The page has no text.", "Save the page with its text, or remove it.")
    start = len(text) - len(text.lstrip())
    moved = (replace(note, offset=max(0, note.offset - start)) for note in notes)
    return Reading(f"{text.strip()}\n", notes=tuple(moved))


def _parse(text: str) -> Element:
    """The tree of a page: of XHTML as XML, where it is well-formed, of all else as HTML."""
    from lxml import etree

    if _OWN_ENTITY.search(text):
        raise NotText("The page declares entities of its own.", _SAVE_AS_TEXT)
    if any(len(_QUOTED.sub("", tag[0]).split()) > MOST_ATTRIBUTES for tag in _LONG.finditer(text)):
        raise NotText("An element of the page has too many attributes.", _SAVE_AS_TEXT)
    declaration = _XML.match(text)
    text = text[declaration.end() :] if declaration else text
    if declaration:
        strict = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
        try:
            page = etree.fromstring(_ENTITY.sub(lambda name: unescape(name[0]), text), strict)
        except etree.XMLSyntaxError:
            pass  # as browsers do with most of what calls itself XHTML
        else:
            for element in page.iter(f"{_NAMESPACE}*"):
                element.tag = element.tag.removeprefix(_NAMESPACE)
            return page
    parser = etree.HTMLParser()
    page = etree.fromstring(text, parser) if text.strip() else None
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise NotText("The elements of the page are nested too deeply to be read.", _SAVE_AS_TEXT)
    return page if page is not None else etree.Element("html")


def _fold_white_space(root: Element) -> None:
    """Make one space of what a browser shows as one: a line of the file is none of the text."""
    for element in root.iter():
        if element.tag == "pre" or next(element.iterancestors("pre"), None) is not None:
            continue
        if element.text:
            element.text = _WHITE.sub(" ", element.text)
        for inner in element:
            if inner.tail:
                inner.tail = _WHITE.sub(" ", inner.tail)


def _main_part(page: Element) -> Element:
    """The element that holds the text: the one marked as main, the only article, else all."""
    marked = [e for e in page.iter() if e.tag == "main" or e.get("role") == "main"]
    articles = list(page.iter("article"))
    return marked[0] if marked else articles[0] if len(articles) == 1 else page


def _markdown(root: Element) -> str:
    """A part of a page as Markdown."""
    from bs4 import BeautifulSoup
    from lxml import etree
    from markdownify import MarkdownConverter

    class Converter(MarkdownConverter):
        """What a reader sees: no fences around what is set in another type."""

        def convert_pre(self, element: object, text: str, parent_tags: set[str]) -> str:
            return f"\n\n{text.strip()}\n\n" if text.strip() else ""

        def convert_code(self, element: object, text: str, parent_tags: set[str]) -> str:
            return text

        convert_kbd = convert_samp = convert_code

        def convert_br(self, element: object, text: str, parent_tags: set[str]) -> str:
            return " " if {"td", "th"} & parent_tags else "  \n"

        def convert_hN(  # noqa: N802 (the library's name)
            self, n: int, element: object, text: str, parent_tags: set[str]
        ) -> str:
            if {"td", "th"} & parent_tags or not text.strip():
                return text
            lines = "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
            return f"\n\n{'#' * min(max(n, 1), 6)} {lines}\n\n"

    converter = Converter(
        heading_style="ATX",
        bullets="-",
        strip=["img"],
        sup_symbol="<sup>",
        table_infer_header=True,
        escape_asterisks=False,
        escape_underscores=False,
        escape_misc=False,
    )
    page = BeautifulSoup(
        etree.tostring(root, encoding="unicode", method="html", with_tail=False), "lxml"
    )
    return with_line_feeds(converter.convert_soup(page))
