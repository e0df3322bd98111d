"""PDF pages as they really are: bullets without letters, text drawn twice, columns, margins.

The pages are drawn instruction by instruction, as no one program has all of these habits.
"""

import zlib
from collections.abc import Sequence

import pytest

from flows.ingest.pdf import read_pdf
from flows.ingest.text import NotText

FONTS = "/F 3 0 R /W 4 0 R /D 5 0 R"


def drawn(*pages: str, more: Sequence[str] = (), resources: str = "", fold: int = 1) -> bytes:
    """A PDF file whose pages are drawn by these instructions; `/F` is Helvetica, `/W` Wingdings,
    `/D` a font without letters. `more` are further objects, from number 6 on."""
    first = 6 + len(more)
    kids = " ".join(f"{first + n} 0 R" for n in range(0, 2 * len(pages), 2))
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        font.encode(),
        b"<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Wingdings-Regular /FirstChar 0"
        b" /LastChar 255 /Widths [" + b"600 " * 256 + b"] /Encoding /WinAnsiEncoding"
        b" /FontDescriptor << /Type /FontDescriptor /FontName /Wingdings /Flags 4 >> >>",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<<"
        b" /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe)"
        b" /Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor"
        b" /FontName /X /Flags 4 >> >>] >>",
        *(one.encode("latin-1") for one in more),
    ]
    for n, page in enumerate(pages):
        contents = zlib.compress(page.encode("cp1252"))
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            f" /Contents {first + 2 * n + 1} 0 R"
            f" /Resources << /Font << {FONTS} >> {resources} >> >>".encode()
        )
        objects.append(
            f"<< /Length {len(contents)} /Filter /FlateDecode >>\nstream\n".encode()
            + contents
            + b"\nendstream"
        )
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    )
    return body + end.encode()


def at(x: float, y: float, text: str, font: str = "F", size: float = 11) -> str:
    """Instructions that draw a text at a place."""
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n"


def lines(*texts: str, x: float = 60, top: float = 700) -> str:
    return "".join(at(x, top - 14 * n, text) for n, text in enumerate(texts))


SENTENCE = "Registers must be kept up to date"


@pytest.mark.parametrize(
    "mark",
    [
        at(60, 700, "l", font="W"),
        at(60, 700, "\xa7", font="W"),
        "BT /D 11 Tf 1 0 0 1 60 700 Tm <0001> Tj ET\n",  # a letter that the font does not name
        "62 702 m 66 702 l 66 706 l 62 706 l h f\n",  # a square
    ],
)
def test_a_bullet_is_one_however_it_is_drawn(mark: str) -> None:
    text = read_pdf(drawn(mark + at(78, 700, SENTENCE) + at(78, 686, "in all ports."))).text
    assert text == f"• {SENTENCE}\nin all ports.\n\f"


def test_a_letter_of_a_picture_font_inside_a_line_is_lost_not_guessed() -> None:
    reading = read_pdf(
        drawn(
            lines(*["The text of the page goes on."] * 9)
            + at(60, 500, "to")
            + at(76, 500, "\xe0", font="W")
            + at(90, 500, "from")
        )
    )
    assert "to \ufffd from" in reading.text


@pytest.mark.parametrize("shift", [0.0, 0.3, 1.0])
def test_text_that_is_drawn_twice_to_look_bold_is_read_once(shift: float) -> None:
    twice = at(60, 700, "Allowed: follow-up") + at(60 + shift, 700, "Allowed: follow-up")
    assert read_pdf(drawn(twice)).text == "Allowed: follow-up\n\f"


def test_letters_in_the_margin_that_run_upwards_are_left_out_and_said() -> None:
    margin = "BT /F 9 Tf 0 1 -1 0 20 300 Tm (GE.26-12345) Tj ET\n"
    reading = read_pdf(drawn(lines("First line of it,", "second line.") + margin))
    assert reading.text == "First line of it,\nsecond line.\n\f"
    (note,) = reading.notes
    assert (note.kind, note.count, note.words) == ("left_out", 11, "GE.26-12345")
    assert "page 1" in note.what


def test_a_page_that_is_printed_sideways_is_read() -> None:
    turned = "".join(
        f"BT /F 11 Tf 0 1 -1 0 {100 + 14 * n} 60 Tm ({text}) Tj ET\n"
        for n, text in enumerate(("First line of it,", "second line."))
    )
    reading = read_pdf(drawn(turned))
    assert (reading.text, reading.notes) == ("First line of it,\nsecond line.\n\f", ())


LEFT = (
    "Participants stressed the need to train the",
    "officers of the ports, and to give them",
    "the time that it takes to learn the trade",
    "from those who know it well and have it.",
)
RIGHT = (
    "Registers must be kept up to date by those",
    "who work there, and nobody should have to",
    "pay for reading what is written in them or",
    "for asking what it means for their work.",
)


def test_two_columns_are_read_one_after_the_other_between_headings() -> None:
    page = (
        at(60, 740, "International Dialogue on Migration, a heading over both of the columns")
        + lines(*LEFT, x=60)
        + lines(*RIGHT, x=310, top=693)  # not on the lines of the left column
        + at(60, 600, "What the delegations said in closing, a heading over both of the columns")
        + lines(*RIGHT, x=60, top=570)
        + lines(*LEFT, x=310, top=570)
    )
    reading = read_pdf(drawn(page))
    blocks = [" ".join(block.split()) for block in reading.text.split("\n\n")]
    assert blocks[1:3] == [" ".join(LEFT), " ".join(RIGHT)]
    assert blocks[4:6] == [" ".join(RIGHT), " ".join(LEFT)]
    assert reading.notes == ()


def test_what_may_be_a_table_is_read_across_and_said() -> None:
    names = ("Kenya", "Chile", "Romania", "Norway", "Nepal")
    page = lines(*names, x=60) + lines(*["Minister"] * 5, x=320) + at(60, 500, SENTENCE * 2)
    reading = read_pdf(drawn(page))
    assert reading.text.startswith("Kenya   Minister\nChile   Minister\n")
    (note,) = reading.notes
    assert note.kind == "damage"
    assert "page 1" in note.what


def test_letters_that_are_set_apart_are_one_word() -> None:
    number = "BT /F 11 Tf 1 0 0 1 170 40 Tm (1 | ) Tj 3 Tc (Page) Tj 0 Tc ET\n"
    page = lines(SENTENCE) + number
    assert read_pdf(drawn(page)).text == f"{SENTENCE}\n\n1 | Page\n\f"
    assert read_pdf(drawn(at(60, 700, "S U M M A R Y   O F   A L L"))).text == "SUMMARY OF ALL\n\f"


def test_letters_in_any_order_are_read_in_that_of_the_page() -> None:
    letters = [at(60 + 6.12 * n, 700, letter) for n, letter in enumerate("pounded")]
    assert read_pdf(drawn("".join(letters[::-1]))).text == "pounded\n\f"


def test_a_raised_number_is_the_mark_of_a_note() -> None:
    page = (
        "BT /F 11 Tf 1 0 0 1 60 700 Tm (It adopted conclusions) Tj /F 7 Tf 4 Ts (1) Tj ET\n"
        + at(60, 60, "1", size=7)
        + at(66, 56, "See document A/76/642.", size=9)
    )
    text = read_pdf(drawn(page)).text
    assert "It adopted conclusions<sup>1</sup>" in text
    assert "<sup>1</sup> See document" in " ".join(text.split())


def test_the_first_line_of_a_paragraph_may_be_indented() -> None:
    page = (
        lines("The first paragraph is here and it fills the", "line.")
        + at(76, 672, "The second")
        + at(60, 658, "one goes on.")
        + at(60, 644, "And on.")
    )
    assert "line.\n\nThe second\none goes on.\nAnd on." in read_pdf(drawn(page)).text


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("International Dialogue on", "Migration 2031", "International Dialogue on Migration 2031"),
        ("Dialogue international sur la", "migration", "Dialogue international sur la migration"),
        (
            "International Dialogue, 2031",
            "First session",
            "International Dialogue, 2031\nFirst session",
        ),
    ],
)
def test_a_title_that_did_not_fit_on_its_line_is_one(
    first: str, second: str, expected: str
) -> None:
    title = at(60, 760, first, size=20) + at(60, 738, second, size=20)
    page = title + lines("The text of the page", "goes on.", x=60)
    assert read_pdf(drawn(page)).text.startswith(f"{expected}\n\n")


def test_double_spaced_lines_are_one_paragraph() -> None:
    texts = ["The lines of this page are set far apart, as drafts have it, and", "go on"] * 4
    page = "".join(at(60, 700 - 25 * n, text) for n, text in enumerate(texts[::2] * 2))
    assert read_pdf(drawn(page)).text.count("\n\n") == 0


def test_text_inside_a_form_is_read() -> None:
    form = "<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F 3 0 R >>"
    instructions = at(60, 700, SENTENCE)
    form += f" >> /Length {len(instructions)} >>\nstream\n{instructions}\nendstream"
    file = drawn("/X Do", more=[form], resources="/XObject << /X 6 0 R >>")
    assert read_pdf(file).text == f"{SENTENCE}\n\f"


def test_what_stands_outside_the_page_is_not_read() -> None:
    assert read_pdf(drawn(lines(SENTENCE) + at(700, 700, "draft"))).text == f"{SENTENCE}\n\f"


def test_pages_without_text_are_said() -> None:
    square = "0 0 10 10 re f\n"
    reading = read_pdf(drawn(lines(SENTENCE), "", lines(SENTENCE), square * 400))
    assert [note.what for note in reading.notes] == [
        "page 2 has no text",
        "page 4 is a picture without text",
    ]
    assert reading.pages == 4


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("11/29/26, 2:46 AM IDM", "https://example.org/a.html 1/1"),
        ("Summary https://example.org/a.html", "1 of 1 29/11/2026, 14:46"),
    ],
)
def test_what_a_browser_prints_around_a_page_is_left_out_and_said(first: str, last: str) -> None:
    page = at(30, 820, first) + lines(SENTENCE, "in all ports.") + at(30, 20, last)
    reading = read_pdf(drawn(page))
    assert reading.text == f"{SENTENCE}\nin all ports.\n\f"
    assert [note.count for note in reading.notes] == [2]


# What asks for more than a document has


def refused(file: bytes) -> str:
    with pytest.raises(NotText) as caught:
        read_pdf(file)
    assert caught.value.remedy
    return caught.value.what


def forms_that_draw_each_other_twice(depth: int) -> bytes:
    forms = []
    for n in range(depth):
        resources = f"/Resources << /XObject << /X {7 + n} 0 R >> >>" if n < depth - 1 else ""
        instructions = "/X Do /X Do" if resources else "q Q"
        forms.append(
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] {resources}"
            f" /Length {len(instructions)} >>\nstream\n{instructions}\nendstream"
        )
    return drawn("/X Do", more=forms, resources="/XObject << /X 6 0 R >>")


def test_too_many_pages() -> None:
    assert "pages" in refused(drawn(*["q Q"] * 401))


def test_too_many_instructions() -> None:
    assert "instructions" in refused(drawn("q Q " * 1_100_000))


def test_forms_that_draw_each_other() -> None:
    assert "instructions" in refused(forms_that_draw_each_other_twice(30))


def test_too_many_letters_on_a_page() -> None:
    assert "letters" in refused(drawn(f"BT /F 1 Tf 9 9 Td ({'a' * 1000}) Tj " * 41 + "ET"))


def test_a_font_that_names_more_letters_than_there_are() -> None:
    table = "4 beginbfrange\n" + "<0000> <ffff> <0000>\n" * 4 + "endbfrange"
    named = f"<< /Length {len(table)} >>\nstream\n{table}\nendstream"
    file = drawn(lines(SENTENCE), more=[named]).replace(
        b"/Encoding /WinAnsiEncoding", b"/ToUnicode 6 0 R          ", 1
    )
    assert "names more than" in refused(file)
