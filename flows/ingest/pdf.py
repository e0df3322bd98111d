"""A PDF file → text: lines as printed, an empty line where the page has a gap, a form feed after
each page.

Letters and layout are read by pdfminer.six. A page that is a picture is refused, not passed over:
what it says would be missing without a trace.
"""

import logging
from io import BytesIO
from typing import TYPE_CHECKING, Any

from flows.ingest.text import NotText, with_line_feeds

if TYPE_CHECKING:
    from pdfminer.layout import LTContainer, LTPage

# A bullet stands far from its text: up to so many character widths belong to one line.
SAME_LINE = 4.0
# Boxes whose distance is less than this part of a line's height are lines of one paragraph:
# pdfminer starts a new box where the indent changes, as behind the first line of a list item.
SAME_PARAGRAPH = 0.5
# How pdfminer writes a character whose font does not say which letter it is.
UNKNOWN_LETTER = "(cid:"
MOST_UNKNOWN = 0.01  # for each character; a few are decoration


def read_pdf(data: bytes) -> str:
    """The text of a PDF file.

    Raises NotText for a file that is damaged or asks for a password, for pages without text, and
    for text whose letters cannot be told.
    """
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    # It logs every oddity of a file; what matters is raised below.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    texts, pictures = [], []
    try:
        for page in extract_pages(BytesIO(data), laparams=LAParams(char_margin=SAME_LINE)):
            texts.append(_text_of(page))
            if not texts[-1].strip() and _has_picture(page):
                pictures.append(str(page.pageid))
    except PDFPasswordIncorrect:
        raise NotText(
            "The PDF file is encrypted: it asks for a password.", "Save it without a password."
        ) from None
    except Exception as error:  # pdfminer raises whatever a damaged file leads it into
        raise NotText(
            f"The PDF file is damaged ({type(error).__name__}: {error}).",
            "Get the file again, or save its text as UTF-8 text.",
        ) from None
    text = with_line_feeds("".join(f"{page}\f" for page in texts))
    _check(text, pictures)
    return text


def _text_of(page: "LTPage") -> str:
    """The lines of a page in reading order, without white space at their ends."""
    from pdfminer.layout import LTTextBox

    found: list[str] = []
    above = None
    for box in page:
        if not isinstance(box, LTTextBox) or not box.get_text().strip():
            continue
        if above is not None:
            gap = above.y0 - box.y1
            line = next(iter(box)).height
            overlap = min(above.x1, box.x1) > max(above.x0, box.x0)
            found.append("" if overlap and abs(gap) < SAME_PARAGRAPH * line else "\n")
        found += [f"{line.rstrip()}\n" for line in box.get_text().rstrip("\n").split("\n")]
        above = box
    return "".join(found)


def _has_picture(container: "LTContainer[Any]") -> bool:
    from pdfminer.layout import LTFigure, LTImage

    return any(
        isinstance(item, LTImage) or (isinstance(item, LTFigure) and _has_picture(item))
        for item in container
    )


def _check(text: str, pictures: list[str]) -> None:
    """Raises NotText where letters of the document are missing."""
    recognise = "Have its text recognised (OCR) first, or save it as UTF-8 text."
    if not text.strip():
        raise NotText("The PDF file has no text, only pictures or empty pages.", recognise)
    if pictures:
        what = f"Pages of the PDF file are pictures without text: {', '.join(pictures)}."
        raise NotText(what, recognise)
    if text.count(UNKNOWN_LETTER) > MOST_UNKNOWN * len(text):
        raise NotText("The fonts of the PDF file do not say which letters they show.", recognise)
