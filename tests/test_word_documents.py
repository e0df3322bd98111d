"""Word documents: what their readers see is what is read, and what they do not see is said.

They are made by python-docx; what it cannot make is written into their XML.
"""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from flows.ingest import read_files
from flows.ingest.docx import read_docx
from flows.ingest.text import NotText

pytestmark = pytest.mark.slow


def saved(document: WordDocument) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def text(document: WordDocument) -> str:
    return read_docx(saved(document)).text


def notes(document: WordDocument) -> list[tuple[str, int, str, str]]:
    """What is said to be left out: what, how many, behind which words, and how it began."""
    reading = read_docx(saved(document))
    assert {note.kind for note in reading.notes} <= {"left_out"}
    return [
        (note.what, note.count, reading.text[: note.offset].split("\n")[-1], note.words)
        for note in reading.notes
    ]


def put(paragraph: Paragraph, xml: str) -> None:
    """Write XML of Word's into a paragraph, behind what it holds."""
    name = xml.split()[0].rstrip(">").lstrip("<").rstrip(">").split(">")[0]
    paragraph._p.append(parse_xml(xml.replace(f"<{name}", f"<{name} {nsdecls('w')}", 1)))


DELETED = "<w:del w:id='1' w:author='a'><w:r><w:delText>masters </w:delText></w:r></w:del>"
INSERTED = "<w:ins w:id='2' w:author='a'><w:r><w:t>apprentices</w:t></w:r></w:ins>"


def test_headings_lists_and_emphasis() -> None:
    document = Document()
    document.add_paragraph("International Dialogue", style="Title")
    document.add_heading("Access to ports", 2)
    paragraph = document.add_paragraph("It was ")
    paragraph.add_run("held").bold = True
    paragraph.add_run(" in Geneva.\nOn two lines.")
    for item in ("one", "two"):
        document.add_paragraph(item, style="List Bullet")
    assert text(document) == (
        "# International Dialogue\n\n## Access to ports\n\nIt was **held** in Geneva.  \n"
        "On two lines.\n\n- one\n- two\n"
    )


def test_a_table_keeps_its_cells_in_their_columns() -> None:
    document = Document()
    table = document.add_table(3, 2)
    cells = (("Day", "Panel"), ("1", "A"), ("", "B"))
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, words in zip(row.cells, texts, strict=True):
            cell.text = words
    table.cell(1, 0).merge(table.cell(2, 0))
    lines = [line for line in text(document).splitlines() if line]
    assert lines == ["| Day | Panel |", "| --- | --- |", "| 1 | A |", "|  | B |"]


def test_numbers_are_those_that_word_shows() -> None:
    document = Document()
    for item in ("a", "b"):
        document.add_paragraph(item, style="List Number")
    document.add_paragraph("A paragraph between them.")
    document.add_paragraph("c", style="List Number")
    assert text(document).split("\n\n") == ["1. a", "2. b", "A paragraph between them.", "3. c\n"]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([("lowerLetter", "(%1)", 0)] * 3, ["(a)", "(b)", "(c)"]),
        ([("upperRoman", "%1.", 0)] * 4, ["I.", "II.", "III.", "IV."]),
        (
            [
                ("decimal", "%1", 0),
                ("decimal", "%1.%2", 1),
                ("decimal", "%1.%2", 1),
                ("decimal", "%1", 0),
                ("decimal", "%1.%2", 1),
            ],
            ["1", "1.1", "1.2", "2", "2.1"],
        ),
        ([("decimalZero", "%1)", 0)] * 2, ["01)", "02)"]),
        ([("none", "", 0)] * 2, ["", ""]),
    ],
)
def test_numbers_of_every_shape(levels: list[tuple[str, str, int]], expected: list[str]) -> None:
    document = Document()
    numbering = document.part.numbering_part.element
    shapes = {level: (shape, form) for shape, form, level in levels}
    made = "".join(
        f"<w:lvl w:ilvl='{level}'><w:start w:val='1'/><w:numFmt w:val='{shape}'/>"
        f"<w:lvlText w:val='{form}'/></w:lvl>"
        for level, (shape, form) in shapes.items()
    )
    numbering.insert(
        0, parse_xml(f"<w:abstractNum {nsdecls('w')} w:abstractNumId='90'>{made}</w:abstractNum>")
    )
    numbering.append(
        parse_xml(f"<w:num {nsdecls('w')} w:numId='90'><w:abstractNumId w:val='90'/></w:num>")
    )
    for _, _, level in levels:
        paragraph = document.add_paragraph("item")
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(
                f"<w:numPr {nsdecls('w')}><w:ilvl w:val='{level}'/><w:numId w:val='90'/></w:numPr>"
            )
        )
    lines = [line for line in text(document).splitlines() if line]
    assert lines == [f"{mark} item".strip() for mark in expected]


def test_what_is_deleted_is_left_out_and_said_and_what_is_inserted_read() -> None:
    document = Document()
    put(paragraph := document.add_paragraph("to train "), DELETED)
    put(paragraph, INSERTED)
    assert text(document) == "to train apprentices\n"
    assert notes(document) == [("deleted passages left out", 1, "to train", "masters")]


def test_struck_text_is_deleted() -> None:
    document = Document()
    paragraph = document.add_paragraph("to train ")
    paragraph.add_run("masters").font.strike = True
    assert text(document) == "to train\n"
    assert notes(document)[0][0] == "deleted passages left out"


def test_hidden_text_is_left_out_and_said() -> None:
    document = Document()
    document.add_paragraph("Before.").add_run(" Hidden run.").font.hidden = True
    document.styles["Quote"].font.hidden = True
    document.add_paragraph("Hidden paragraph.", style="Quote")
    document.add_paragraph("Behind.")
    assert text(document) == "Before.\n\nBehind.\n"
    assert notes(document) == [("hidden passages left out", 2, "Before.", "Hidden run.")]


def test_comments_heads_and_feet_are_left_out_and_said() -> None:
    document = Document()
    paragraph = document.add_paragraph("Text.")
    document.add_comment(paragraph.runs[0], "Is this so?", author="a")
    document.sections[0].header.paragraphs[0].text = "Summary of conclusions"
    document.sections[0].footer.paragraphs[0].text = "3"
    assert text(document) == "Text.\n"
    assert notes(document) == [
        ("heads and feet of pages left out", 1, "", "Summary of conclusions"),
        ("comments left out", 1, "Text.", "Is this so?"),
    ]


def test_what_is_embedded_is_said() -> None:
    document = Document()
    put(document.add_paragraph("Text."), "<w:r><w:object/></w:r>")
    document.add_paragraph("Behind.")
    what = "embedded objects, diagrams and formulas left out"
    assert notes(document) == [(what, 1, "Text.", "")]


def test_notes_stand_at_the_end_with_their_marks() -> None:
    document = Document()
    put(document.add_paragraph("conclusions"), "<w:r><w:footnoteReference w:id='2'/></w:r>")
    space = nsdecls("w")
    note = "<w:footnote w:id='2'><w:p><w:r><w:t>See A/76/642.</w:t></w:r></w:p></w:footnote>"
    file = with_part(saved(document), "footnotes", f"<w:footnotes {space}>{note}</w:footnotes>")
    assert read_docx(file).text == "conclusions<sup>1</sup>\n\n<sup>1</sup> See A/76/642.\n"


def with_part(file: bytes, name: str, xml: str) -> bytes:
    """A Word document with a further part."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

    def related(path: str, data: bytes) -> bytes:
        if path == "word/_rels/document.xml.rels":
            one = f'<Relationship Id="x" Type="{relation}{name}" Target="{name}.xml"/>'
            return data.replace(b"</Relationships>", f"{one}</Relationships>".encode())
        return data

    return changed(file, related, {f"word/{name}.xml": xml.encode()})


def changed(
    file: bytes, change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None
) -> bytes:
    """A Word document, each part as `change` makes it, and more parts."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(file)) as old, zipfile.ZipFile(made, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, data in (more or {}).items():
            new.writestr(name, data)
    return made.getvalue()


def with_body(xml: str) -> bytes:
    """A Word document whose body begins with this XML."""

    def change(name: str, data: bytes) -> bytes:
        if name != "word/document.xml":
            return data
        return data.replace(b"<w:body>", f"<w:body>{xml}".encode(), 1)

    return changed(saved(Document()), change)


PARAGRAPH = "<w:p><w:r><w:t>Text.</w:t></w:r></w:p>"


def doctype(name: str, data: bytes) -> bytes:
    return data.replace(b"<w:document", b"<!DOCTYPE a [<!ENTITY b 'c'>]><w:document", 1)


@pytest.mark.parametrize(
    ("file", "words", "remedy"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word document (.doc)", "save it as .docx"),
        (b"Dialogue", "damaged", "again"),
        (saved(Document())[:2000], "damaged", "again"),
        (changed(saved(Document()), lambda name, data: data[:-9]), "damaged", "again"),
        (changed(saved(Document()), lambda name, data: b"<a/>"), "no Word document", ".docx"),
        (saved(Document()), "no text", "text"),
        (changed(with_body(PARAGRAPH), doctype), "entities", "again"),
        (with_body(PARAGRAPH * 250_000), "unpacks to more than", "UTF-8"),
        (with_body(PARAGRAPH * 27_000), "elements", "UTF-8"),
        (with_body("<w:tbl><w:tr><w:tc>" * 40 + "</w:tc></w:tr></w:tbl>" * 40), "nested", "UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(file: bytes, words: str, remedy: str) -> None:
    with pytest.raises(NotText) as caught:
        read_docx(file)
    assert words in caught.value.what
    assert remedy in caught.value.remedy


def test_what_else_is_in_the_archive_is_not_unpacked() -> None:
    pictures = {"word/media/a.png": b"\0" * 50_000_000}
    assert (
        read_docx(changed(with_body(PARAGRAPH), lambda _, data: data, pictures)).text == "Text.\n"
    )


def test_the_media_type_says_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(with_body(PARAGRAPH))
    [source], problems = read_files([tmp_path / "a.docx"])
    assert problems == []
    assert source.media_type.endswith("wordprocessingml.document")
