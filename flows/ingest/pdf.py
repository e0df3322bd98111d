"""A PDF file → text: lines as printed, an empty line where the page has a gap, a form feed after
each page.

Letters are read by pdfminer.six, what they make up is told in `layout`. What a file may ask for is
counted: a small file can say that the same form is to be drawn a million times.
"""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from itertools import islice
from math import hypot
from typing import TYPE_CHECKING, Any
from unicodedata import category

from flows.ground.source import Note
from flows.ingest.layout import LOST, Drawn, Glyph, PageText, Point, text_of
from flows.ingest.marks import excerpt
from flows.ingest.text import NotText, Reading

if TYPE_CHECKING:
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager

MOST_PAGES = 400  # a book of proceedings has 200
MOST_LETTERS = 400_000
MOST_ON_PAGE = 40_000
MOST_NAMED = 200_000  # by the tables of one font; Unicode has 150,000
MOST_DRAWING = 3_000_000  # bytes of the instructions that draw the pages, each time they are run
FORM = 500  # bytes that running a form of instructions counts as, however short it is

MOST_UNKNOWN = 0.01  # for each character; a few are decoration
MOST_PICTURES = 0.34  # share of the pages that are pictures without text
MOST_POINTS = 200  # of a path that is looked at: a rule or a bullet has a few
MANY_LINES = 300  # drawn on a page without text: it may be letters
_RECOGNISE = "Have its text recognised (OCR) first, or save it as UTF-8 text."
_SAVE = "Save its text as UTF-8 text."
# Fonts whose letters are pictures: "l" of Wingdings is a bullet.
_PICTURE_FONTS = ("wingdings", "webdings", "dingbats", "marlett", "opensymbol", "bullets")
_TIME = re.compile(r"\d\d?[/. -]\d\d?[/. -]\d{2,4},? .{0,5}\d\d?[:.h]\d\d(?!\d)")
_ADDRESS = re.compile(r"(?:\w{3,5}|\ufb01le):/\S+")
_NUMBER = re.compile(r"\s\d+/\d+$")
_NUMBER_BEFORE = re.compile(r"\d+ \w+ \d+\s")
_RANGES = re.compile(rb"begin(?:bf|cid)range(.*?)end(?:bf|cid)range", re.DOTALL)
_RANGE = re.compile(
    rb"<\s*([0-9A-Fa-f]{1,8})\s*>\s*<\s*([0-9A-Fa-f]{1,8})\s*>\s*(?:<[^>]*>|\[[^\]]*\]|\d+)"
)
Direction = tuple[int, int]
UPRIGHT = (1, 0)


class _TooMuch(Exception):
    """More than a document has."""


@dataclass
class _Page:
    """What was drawn on a page: letters by the direction in which they run, and how much else."""

    width: float
    height: float
    glyphs: dict[Direction, list[Glyph]] = field(default_factory=dict)
    drawn: Drawn = field(default_factory=Drawn)
    pictures: int = 0
    lines: int = 0

    @cached_property
    def direction(self) -> Direction:
        """The one in which most of its letters run."""
        return max(self.glyphs, key=lambda one: len(self.glyphs[one]), default=UPRIGHT)

    def turned(self, direction: Direction) -> Iterator[Glyph]:
        """The letters of a direction on a page turned so that they run from left to right."""
        for glyph in self.glyphs.get(direction, ()):
            x0, y0, x1, y1 = glyph[:4]
            if direction == (0, 1):
                box = y0, self.width - x1, y1, self.width - x0
            elif direction == (0, -1):
                box = self.height - y1, x0, self.height - y0, x1
            elif direction == (-1, 0):
                box = self.width - x1, self.height - y1, self.width - x0, self.height - y0
            else:
                box = x0, y0, x1, y1
            yield Glyph(*box, *glyph[4:])


def read_pdf(data: bytes) -> Reading:
    """The text of a PDF file.

    Raises NotText for a file that is damaged or asks for a password, has more in it than a
    document has, for text whose letters cannot be told, and where pages of it are pictures.
    """
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    # It logs every oddity of a file; what matters is raised below.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        pages = list(_texts(data))
    except PDFPasswordIncorrect:
        raise NotText(
            "The PDF file is encrypted: it asks for a password.", "Save it without a password."
        ) from None
    except _TooMuch as error:
        raise NotText(str(error), _SAVE) from None
    except MemoryError:
        raise
    except RecursionError:
        raise NotText("The parts of the PDF file are nested too deeply.", _SAVE) from None
    except Exception as error:  # pdfminer raises whatever a damaged file leads it into
        raise NotText(
            f"The PDF file is damaged ({type(error).__name__}: {error}).",
            "Get the file again, or save its text as UTF-8 text.",
        ) from None
    return _reading(pages)


def _reading(pages: Sequence[tuple[_Page, PageText]]) -> Reading:
    """The pages as one text. Raises NotText where letters of the document are missing."""
    text, notes, pictures = "", [], []
    for number, (page, (lines, is_doubtful)) in enumerate(pages, start=1):
        place = len(text)
        words, printed = _without_what_browsers_print(lines)
        if printed:
            what = f"lines that a browser printed around page {number} left out"
            notes.append(Note("left_out", what, len(printed), place, excerpt(printed[-1])))
        text += f"{words}\f"
        if not words.strip():
            is_picture = page.pictures or page.lines > MANY_LINES
            pictures += [str(number)] if is_picture else []
            shows = "is a picture without text" if is_picture else "has no text"
            notes.append(Note("damage", f"page {number} {shows}", 1, place))
        if is_doubtful:
            what = f"lines of page {number} that may be columns or a table, read across"
            notes.append(Note("damage", what, words.count("\n"), place))
        turned = [g for one in page.glyphs if one != page.direction for g in page.turned(one)]
        if said := excerpt("".join(glyph.text for glyph in turned)):
            what = f"letters of page {number} that run in another direction left out"
            notes.append(Note("left_out", what, len(turned), place, said))
    if not text.strip():
        raise NotText("The PDF file has no text, only pictures or empty pages.", _RECOGNISE)
    if len(pictures) > MOST_PICTURES * len(pages):
        what = f"Pages of the PDF file are pictures without text: {', '.join(pictures)}."
        raise NotText(what, _RECOGNISE)
    if text.count(LOST) > MOST_UNKNOWN * len(text):
        raise NotText("The fonts of the PDF file do not say which letters they show.", _RECOGNISE)
    return Reading(text, len(pages), tuple(notes))


def _without_what_browsers_print(text: str) -> tuple[str, list[str]]:
    """The lines of a page without those that browsers add to it, and these: at one edge the time,
    at the other the address of the page, and its number beside one of them."""
    lines = text.strip("\n").split("\n")
    first, last = lines[0], lines[-1]
    if len(lines) > 2 and (
        (_TIME.search(first) and _ADDRESS.search(last) and _NUMBER.search(last))
        or (_ADDRESS.search(first) and _TIME.search(last) and _NUMBER_BEFORE.match(last))
    ):
        return "\n".join(lines[1:-1]).strip("\n") + "\n", [first, last]
    return text, []


def _texts(data: bytes) -> Iterator[tuple[_Page, PageText]]:
    """What is drawn on each page, and its text. Raises _TooMuch and whatever pdfminer does."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    document = PDFDocument(PDFParser(BytesIO(data)))
    found = list(islice(PDFPage.create_pages(document), MOST_PAGES + 1))
    if len(found) > MOST_PAGES:
        raise _TooMuch(f"The PDF file has more than {MOST_PAGES} pages.")
    resources = _counting_fonts(PDFResourceManager)()
    canvas = _canvas(resources)
    interpreter = _counting(PDFPageInterpreter)(resources, canvas)
    for page in found:
        interpreter.process_page(page)
        drawn = canvas.page
        is_upright = drawn.direction == UPRIGHT
        shapes = drawn.drawn if is_upright else Drawn()
        yield drawn, text_of(drawn.turned(drawn.direction), shapes)
        drawn.glyphs[drawn.direction] = []  # they are in the text


def _counting_fonts(manager: type["PDFResourceManager"]) -> type["PDFResourceManager"]:
    """A keeper of fonts that looks first how much their tables of letters say."""
    from pdfminer.pdftypes import PDFStream, resolve1

    # Mypy knows no base that is a value: pdfminer is imported in the process that reads alone.
    class Counting(manager):  # type: ignore[misc, valid-type]
        """Raises _TooMuch for tables that name more letters than there are."""

        def get_font(self, objid: object, spec: Mapping[str, object]) -> Any:
            for name in ("ToUnicode", "Encoding"):
                table = resolve1(spec.get(name))
                if not isinstance(table, PDFStream):
                    continue
                ranges = _RANGE.findall(b"".join(_RANGES.findall(table.get_data())))
                if sum(max(1, int(end, 16) - int(start, 16)) for start, end in ranges) > MOST_NAMED:
                    raise _TooMuch(
                        f"A font of the PDF file names more than {MOST_NAMED:,} letters."
                    )
            return super().get_font(objid, spec)

    return Counting


def _counting(interpreter: type["PDFPageInterpreter"]) -> type["PDFPageInterpreter"]:
    """An interpreter of instructions that counts how many bytes of them it was given."""
    from pdfminer.pdftypes import stream_value

    # Mypy knows no base that is a value: pdfminer is imported in the process that reads alone.
    class Counting(interpreter):  # type: ignore[misc, valid-type]
        """Raises _TooMuch when it is given more than a document has."""

        def execute(self, streams: Sequence[object]) -> None:
            # The canvas is the same for the interpreters of the forms inside.
            self.device.spend(FORM + sum(len(stream_value(one).get_data()) for one in streams))
            super().execute(streams)

    return Counting


def _canvas(resources: "PDFResourceManager") -> Any:
    """A device that keeps what is drawn on a page."""
    from pdfminer.pdfdevice import PDFTextDevice
    from pdfminer.pdffont import PDFUnicodeNotDefined
    from pdfminer.utils import apply_matrix_pt, apply_matrix_rect

    class Canvas(PDFTextDevice):
        """Letters are kept with their boxes, of all else it is counted how much there is."""

        page: _Page

        def __init__(self) -> None:
            super().__init__(resources)
            self._letters = self._spent = 0
            self._letters_of: dict[int, dict[int, tuple[str, float, bool]]] = {}
            self._fonts: list[Any] = []

        def spend(self, instructions: int) -> None:
            """Count bytes of instructions that are about to be carried out."""
            self._spent += instructions
            if self._spent > MOST_DRAWING:
                what = f"The PDF file draws by more than {MOST_DRAWING:,} bytes of instructions."
                raise _TooMuch(what)

        def begin_page(self, page: Any, ctm: Any) -> None:
            x0, y0, x1, y1 = apply_matrix_rect(ctm, page.mediabox)
            self.page = _Page(abs(x1 - x0), abs(y1 - y0))

        def begin_figure(self, name: Any, bbox: Any, matrix: Any) -> None:
            """What is in a form stands on the page all the same."""

        def end_figure(self, name: Any) -> None:
            """A form ends."""

        def render_image(self, name: Any, stream: Any) -> None:
            self.page.pictures += 1

        def paint_path(
            self, state: Any, stroke: bool, fill: bool, even: bool, path: Sequence[Any]
        ) -> None:
            self.page.lines += 1
            assert self.ctm is not None
            points: list[Point] = []
            for operator, *operands in [*path[:MOST_POINTS], ("m", 0, 0)]:
                if operator == "m" and points:
                    self.page.drawn.add(points, is_outline=stroke)
                    points = []
                if len(operands) >= 2:
                    points.append(apply_matrix_pt(self.ctm, operands[-2:]))

        def render_char(
            self,
            matrix: Any,
            font: Any,
            fontsize: float,
            scaling: float,
            rise: float,
            cid: int,
            *_: Any,
        ) -> float:
            known = self._letters_of.setdefault(id(font), {}).get(cid)
            if known is None:
                known = self._letters_of[id(font)][cid] = self._letter(font, cid)
            text, width, is_symbol = known
            advance: float = width * fontsize * scaling
            descent = font.get_descent() * fontsize + rise
            a, b, c, d, _x, _y = matrix
            x0, y0, x1, y1 = apply_matrix_rect(matrix, (0, descent, advance, descent + fontsize))
            page = self.page
            if 0 <= x0 + x1 <= 2 * page.width and 0 <= y0 + y1 <= 2 * page.height:
                direction = UPRIGHT if b == 0 < a else _direction(a, b)
                glyphs = page.glyphs.setdefault(direction, [])
                size = fontsize * hypot(c, d)
                glyphs.append(Glyph(x0, y0, x1, y1, text, abs(size), is_symbol))
                self._count(len(glyphs))
            return advance

        def _letter(self, font: Any, cid: int) -> tuple[str, float, bool]:
            """What a letter of a font is, how wide, and whether it is a picture."""
            self._fonts.append(font)  # so that no other gets its id
            try:
                text = font.to_unichr(cid)
            except PDFUnicodeNotDefined:
                text = LOST
            name = str(font.fontname).lower()
            is_picture = text < "\u0200" and any(one in name for one in _PICTURE_FONTS)
            shown = "".join(
                LOST if category(c) in ("Cc", "Cn", "Cs") and not c.isspace() else c for c in text
            )
            return shown, font.char_width(cid), is_picture and not text.isspace()

        def _count(self, on_page: int) -> None:
            self._letters += 1
            if self._letters > MOST_LETTERS:
                raise _TooMuch(f"The PDF file has more than {MOST_LETTERS:,} letters.")
            if on_page > MOST_ON_PAGE:
                raise _TooMuch(f"A page of the PDF file has more than {MOST_ON_PAGE:,} letters.")

    return Canvas()


def _direction(along: float, across: float) -> Direction:
    """Whereto a letter's line runs: along the page, up, down, or askew."""
    most = max(abs(along), abs(across)) or 1
    return round(along / most), round(across / most)
