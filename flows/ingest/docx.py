"""A Word document (.docx) → the text that its reader sees, as Markdown.

The parts of the file that hold text are taken out of the archive, freed of what is deleted or
hidden, and their automatic numbers written out; mammoth makes a page of them, which is then read as
any other page is.
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace

from flows.ground.source import Note
from flows.ingest.marks import Marks
from flows.ingest.text import NotText, Reading
from flows.ingest.tree import Element, check_size

MOST_BYTES = 10_000_000  # of XML; a book of 300 pages has 5 million
MOST_ELEMENTS = 80_000  # that say more than how the text looks; a book has 50,000
DEEPEST = 90  # elements inside each other; mammoth calls itself for each
_AGAIN = "Get the file again, or open it in a word processor and save it as .docx."
_SAVE = "Save its text as UTF-8 text."
_OLD = b"\xd0\xcf\x11\xe0"

# Root elements of the parts that are read.
_BODY = ("document", "footnotes", "endnotes")
_READ = (*_BODY, "comments", "styles", "numbering", "Relationships", "Types")
_FURNITURE = ("hdr", "ftr")
# What says how the text looks, and comes with every run.
_LOOKS = (
    *("rFonts", "sz", "szCs", "lang", "color", "kern", "noProof", "bCs", "iCs", "shd", "highlight"),
    *("spacing", "ind", "jc", "tabs", "keepNext", "keepLines", "widowControl", "contextualSpacing"),
    *("proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak", "sectPr", "tblPr"),
    *("tblGrid", "tcW", "tcBorders", "pBdr", "tcMar", "vAlign", "latentStyles", "docDefaults"),
    *("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange"),
)
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='List Bullet'] => ul > li:fresh
p[style-name='List Bullet 2'] => ul > li:fresh
p[style-name='List Bullet 3'] => ul > li:fresh
"""


def read_docx(data: bytes) -> Reading:
    """The text of a Word document as Markdown.

    Raises NotText for a file that is no Word document, is damaged, larger than any document, or
    has no text.
    """
    from lxml import etree

    from flows.ingest.html import text_of_page
    from flows.ingest.numbering import write_numbers
    from flows.ingest.revisions import Styles, attribute, local, take_out
    from flows.ingest.visible import Styles as PageStyles

    parts = _parts(data)
    for root in parts.values():
        etree.strip_elements(root, *(f"{{*}}{name}" for name in _LOOKS), with_tail=False)
    check_size(parts.values(), MOST_ELEMENTS, DEEPEST)
    # Word keeps styles for its older versions, and those of its building blocks, beside its own.
    nearest_last = sorted(parts, key=lambda name: (name.count("/"), len(name)), reverse=True)
    by_kind = {local(parts[name]): parts[name] for name in nearest_last}
    if "document" not in by_kind:
        raise NotText("The file is no Word document.", "Save the document as .docx.")
    styles, marks = Styles(by_kind.get("styles")), Marks()
    comments = {
        str(attribute(one, "id")): "".join(one.itertext()) for one in by_kind.get("comments", ())
    }
    for kind in _BODY:
        if kind in by_kind:
            take_out(by_kind[kind], styles, comments, marks)
    write_numbers(by_kind["document"], by_kind.get("numbering"), styles)
    page = _page(parts)
    reading = text_of_page(page, PageStyles(page), marks)
    return replace(reading, notes=(*_furniture(parts), *reading.notes))


def _parts(data: bytes) -> dict[str, Element]:
    """The parts of the file that are read, parsed, by their names."""
    from lxml import etree

    from flows.ingest.revisions import local

    if data.startswith(_OLD):
        what = "The file is an old Word document (.doc), or one that asks for a password."
        raise NotText(what, "Open it in a word processor and save it as .docx, without a password.")
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    parts, total = {}, 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                if not name.endswith((".xml", ".rels")):
                    continue
                with archive.open(name) as member:
                    text = member.read(MOST_BYTES - total + 1)
                total += len(text)
                if total > MOST_BYTES:
                    what = f"The document unpacks to more than {MOST_BYTES:,} bytes of XML."
                    raise NotText(what, _SAVE)
                if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                    raise NotText("The document declares entities of its own.", _AGAIN)
                root = etree.fromstring(text, parser)
                if local(root) in (*_READ, *_FURNITURE):
                    parts[name] = root
    except (zipfile.BadZipFile, etree.XMLSyntaxError, OSError, EOFError, RuntimeError) as error:
        what = f"The Word document is damaged ({type(error).__name__}: {error})."
        raise NotText(what, _AGAIN) from None
    return parts


def _page(parts: Mapping[str, Element]) -> Element:
    """The page that mammoth makes of the parts, its notes written as lines of the text."""
    import mammoth
    from lxml import etree

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, root in parts.items():
            archive.writestr(name, etree.tostring(root, encoding="UTF-8", xml_declaration=True))
    try:
        made = mammoth.convert_to_html(
            packed,
            style_map=_STYLES,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(lambda image: {}),
        )
    except (KeyError, ValueError, AttributeError, IndexError, TypeError, OSError) as error:
        what = f"The Word document is damaged ({type(error).__name__}: {error})."
        raise NotText(what, _AGAIN) from None
    page = etree.fromstring(f"<html><body>{made.value}</body></html>", etree.HTMLParser())
    for link in list(page.iter("a")):
        if link.get("href", "").startswith(("#footnote-ref-", "#endnote-ref-")):
            link.text = None  # the arrow back to the text
        elif link.get("id", "").startswith(("footnote-ref-", "endnote-ref-")):
            link.text = (link.text or "").strip("[]")
    for number, note in enumerate(_notes(page), start=1):
        note.tag = "div"
        lines = list(note.iter("p"))
        first = lines[0] if lines else note
        mark = etree.Element("sup")
        mark.text, mark.tail, first.text = str(number), f" {(first.text or '').lstrip()}", None
        first.insert(0, mark)
    return page


def _notes(page: Element) -> list[Element]:
    """The notes of a document, which mammoth puts into a list at its end."""
    notes = [
        item for item in page.iter("li") if item.get("id", "").startswith(("footnote-", "endnote-"))
    ]
    if notes and (parent := notes[0].getparent()) is not None:
        parent.tag = "div"
    return notes


def _furniture(parts: Mapping[str, Element]) -> list[Note]:
    """What the heads and feet of the pages say, if anything: they are no part of the text."""
    from flows.ingest.marks import excerpt
    from flows.ingest.revisions import local, words

    texts = {excerpt(words(root)): None for root in parts.values() if local(root) in _FURNITURE}
    said = [text for text in texts if any(character.isalpha() for character in text)]
    what = "heads and feet of pages left out"
    return [Note("left_out", what, len(said), 0, said[0])] if said else []
