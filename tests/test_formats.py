"""Web pages and PDF files → text: what is kept, what is left out, what is refused and why.

The files are made here, by the tools that people use: pages by hand, PDF files by fpdf2.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image

from documents import CLOSING, CONCLUSIONS, INTRODUCTION, OPENING, PANELS, SYNTHESIS, WHOLE
from documents import rows as rows_of_text
from flows.build import REFERENCE
from flows.ground.problems import Problem
from flows.ingest import ingest, read_files
from flows.ingest.html import read_html
from flows.ingest.pdf import read_pdf
from flows.ingest.text import NotText, Reading
from flows.inputs.reference import read_reference
from flows.normalise import normalise
from schemas import Tables

pytestmark = pytest.mark.slow


def html_text(data: bytes) -> str:
    return read_html(data).text


def pdf_text(data: bytes) -> str:
    return read_pdf(data).text


def refusal(read: Callable[[bytes], Reading], data: bytes) -> NotText:
    with pytest.raises(NotText) as caught:
        read(data)
    return caught.value


def page(body: str, head: str = '<meta charset="utf-8">') -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def tables_of(path: Path) -> Tables:
    """All tables of one file, which must be one that is taken."""
    sources, problems = read_files([path])
    assert problems == []
    tables, problems = normalise(sources, read_reference(REFERENCE))
    assert problems == []
    return tables


def facts(tables: Tables) -> dict[str, list[object]]:
    """What the tables say, places and layout left out."""
    columns = {
        "sessions": ("session_id", "title", "start_date", "end_date", "venue", "city"),
        "panels": ("position", "number", "title"),
        "participants": ("name", "honorific", "position", "organisation"),
        "recommendations": ("recommendation_id", "text", "force", "attribution", "addressee"),
        "sections": ("kind", "heading"),
    }
    return {
        table: [tuple(row[column] for column in names) for row in tables[table]]
        for table, names in columns.items()
    }


# Web pages


def test_headings_lists_tables_and_emphasis_become_markdown() -> None:
    text = html_text(
        page(
            "<h2>Ouverture</h2><p>Un <b>mot</b> et<br>deux.</p><ul><li><p>a</p></li><li>b</li></ul>"
            "<ol><li>c</li><li>d</li></ol>"
            "<table><tr><th>Panel</th><th>Titre</th></tr><tr><td>1</td><td>Eau</td></tr></table>"
        )
    )
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    assert lines == [
        *("## Ouverture", "Un **mot** et", "deux.", "- a", "- b", "1. c", "2. d"),
        *("| Panel | Titre |", "| --- | --- |", "| 1 | Eau |"),
    ]


def test_what_a_page_has_around_its_text_is_left_out() -> None:
    text = html_text(
        page(
            "<nav><a href='/'>Accueil</a></nav><div>175 États membres</div>"
            "<main><script>var x = 1;</script><style>p {}</style><p>Le texte, avec un"
            " <a href='/u'>lien</a>.</p><p hidden>caché</p><form><button>Chercher</button></form>"
            "<img alt='logo' src='x.png'></main>",
            head="<meta charset='utf-8'><title>Titre de la page</title>",
        )
    )
    assert text == "Le texte, avec un lien.\n"


def test_the_only_article_is_the_text_where_nothing_is_marked_as_main() -> None:
    assert html_text(page("<div>menu</div><article><p>a</p></article>")) == "a\n"
    both = html_text(page("<article><p>a</p></article><article><p>b</p></article>"))
    assert both.split() == ["a", "b"]


def test_a_note_mark_is_no_part_of_its_word() -> None:
    assert html_text(page("<p>conclusions<sup>1</sup></p>")) == "conclusions<sup>1</sup>\n"


def test_terms_and_their_descriptions_are_lines() -> None:
    text = html_text(page("<dl><dt>Lieu :</dt><dd>Genève</dd></dl>"))
    assert text.split() == ["Lieu", ":", "Genève"]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-8", "<meta charset=utf-8>"),
        ("cp1252", "<meta charset='iso-8859-1'>"),
        ("cp1252", "<meta http-equiv='Content-Type' content='text/html; charset=windows-1252'>"),
        ("iso8859-15", "<meta charset='iso-8859-15'>"),
        ("utf-16", ""),
    ],
)
def test_the_encoding_is_the_one_that_the_page_declares(encoding: str, declared: str) -> None:
    text = "Clôture de l'œuvre à Genève"
    data = f"<html><head>{declared}</head><body><p>{text}</p></body></html>".encode(encoding)
    assert html_text(data) == f"{text}\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (page("<p>é</p>").replace("é".encode(), b"\xe9"), "byte 0xE9"),
        (page("<p>a</p>", head="<meta charset='klingon'>"), "klingon"),
        (page("<nav>menu</nav><p> </p>"), "no text"),
        (b"", "no text"),
        (page("<div>" * 20_000 + "a"), "nested too deeply"),
    ],
)
def test_a_page_that_cannot_be_read_says_why(data: bytes, words: str) -> None:
    assert words in refusal(read_html, data).what


@pytest.mark.parametrize("suffix", ["html", "htm", "HTML"])
def test_a_page_and_its_text_give_the_same_tables(tmp_path: Path, suffix: str) -> None:
    body = "".join(_as_html(block) for block in WHOLE.split("\n\n"))
    path = tmp_path / f"resume.{suffix}"
    path.write_bytes(page(f"<main>{body}</main>"))
    tables = tables_of(path)
    assert facts(tables) == facts(rows_of_text(WHOLE))
    assert tables["documents"][0]["media_type"] == "text/html"


def _as_html(block: str) -> str:
    if block.strip() == "--":
        return "<hr>"
    if block.startswith("- "):
        return "<ul>" + "".join(f"<li>{line[2:]}</li>" for line in block.splitlines()) + "</ul>"
    return f"<p>{block}</p>"


# PDF files


def pdf(*pages: str, **options: str) -> bytes:
    """A PDF file in which each block stands apart and the lines of list items are indented."""
    file = FPDF()
    file.set_font("Helvetica", size=11)
    for text in pages:
        file.add_page()
        for block in text.split("\n\n"):
            for line in block.split("\n"):
                item = line.removeprefix("- ")
                if item != line:
                    file.cell(8, 5, "-")
                file.multi_cell(0, 5, item, new_x="LMARGIN", new_y="NEXT", align="L")
            file.ln(5)
    if options:
        file.set_encryption(**options)
    return bytes(file.output())


def picture() -> Image.Image:
    return Image.new("RGB", (60, 40), "grey")


def test_pages_end_with_a_form_feed_and_blocks_with_an_empty_line() -> None:
    text = pdf_text(pdf("Premier bloc.\n\nDeuxième bloc,\nsur deux lignes.", "Autre page."))
    assert text == "Premier bloc.\n\nDeuxième bloc,\nsur deux lignes.\n\fAutre page.\n\f"


def test_the_lines_of_an_item_stay_together_behind_its_mark() -> None:
    item = "- Panel 1 : " + "accueillir les équipages dans les ports " * 4
    text = pdf_text(pdf(f"Les panels :\n\n{item}\n- Panel 2 : former"))
    marks, *_ = text.partition("- Panel 2")
    assert marks.count("\n\n") == 1
    assert " ".join(marks.split()).endswith("dans les ports")


def test_a_pdf_and_its_text_give_the_same_tables(tmp_path: Path) -> None:
    path = tmp_path / "resume.pdf"
    path.write_bytes(pdf(WHOLE.replace("\n--", "").replace("’", "'")))
    tables = tables_of(path)
    assert facts(tables) == facts(rows_of_text(WHOLE))
    assert tables["documents"][0]["media_type"] == "application/pdf"


def test_a_sentence_goes_on_over_the_edge_of_a_page(tmp_path: Path) -> None:
    path = tmp_path / "resume.pdf"
    before, after = OPENING.split("que les villes côtières ")
    header = WHOLE.split(INTRODUCTION)[0].replace("\n--", "")
    first = "\n\n".join((header.strip(), INTRODUCTION, PANELS, before + "que les villes côtières"))
    path.write_bytes(pdf(first, "\n\n".join((after, SYNTHESIS, CONCLUSIONS, CLOSING))))
    assert facts(tables_of(path)) == facts(rows_of_text(WHOLE))


def test_an_encrypted_pdf_that_opens_without_a_password_is_read() -> None:
    assert pdf_text(pdf("Texte.", owner_password="owner")) == "Texte.\n\f"


def test_an_empty_page_is_passed_over_but_a_picture_is_not() -> None:
    assert pdf_text(pdf("Texte.", "")) == "Texte.\n\f\f"
    file = FPDF()
    file.set_font("Helvetica", size=11)
    for number in range(4):
        file.add_page()
        if number % 2:
            file.image(picture())
        else:
            file.cell(0, 5, "Texte.")
    assert "pictures without text: 2, 4." in refusal(read_pdf, bytes(file.output())).what


def test_a_picture_beside_the_text_is_no_fault() -> None:
    file = FPDF()
    file.add_page()
    file.set_font("Helvetica", size=11)
    file.image(picture(), y=100)
    file.cell(0, 5, "Texte.")
    assert pdf_text(bytes(file.output())) == "Texte.\n\f"


def scan() -> bytes:
    file = FPDF()
    file.add_page()
    file.image(picture())
    return bytes(file.output())


@pytest.mark.parametrize(
    ("data", "words", "remedy"),
    [
        (pdf("Texte.", owner_password="a", user_password="b"), "asks for a password", "without"),
        (scan(), "no text, only pictures", "OCR"),
        (pdf("", ""), "no text", "OCR"),
        (b"", "damaged", "again"),
        (b"Dialogue international", "damaged", "again"),
        (pdf("Texte.")[:300], "damaged", "again"),
        (b"%PDF-1.7\n%%EOF\n", "damaged", "again"),
    ],
)
def test_a_pdf_that_cannot_be_read_says_why(data: bytes, words: str, remedy: str) -> None:
    error = refusal(read_pdf, data)
    assert words in error.what
    assert remedy in error.remedy


def with_a_font_that_names_no_letters(text: str) -> bytes:
    """A PDF file whose only font numbers its glyphs without saying which letters they show."""
    glyphs = "".join(f"{ord(character):04X}" for character in text)
    stream = f"BT /F 11 Tf 60 700 Td <{glyphs}> Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H"
        " /DescendantFonts [6 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo"
        " << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        " /FontDescriptor << /Type /FontDescriptor /FontName /X /Flags 4 >> >>",
    ]
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    ).encode()


def test_letters_that_the_fonts_do_not_name() -> None:
    error = refusal(read_pdf, with_a_font_that_names_no_letters("Dialogue international"))
    assert "do not say which letters" in error.what
    assert "OCR" in error.remedy


def test_refused_files_are_named_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    (tmp_path / "b.html").write_bytes(page("<p>b</p>"))
    (tmp_path / "c.txt").write_bytes(pdf("Texte."))
    sources, problems = ingest(tmp_path)
    assert [source.file_name for source in sources] == ["b.html"]
    assert [Path(problem.file).name for problem in problems] == ["a.pdf", "c.txt"]
    assert _remedy(problems, "c.txt") == "Give its name the ending .pdf."


def _remedy(problems: list[Problem], name: str) -> str:
    return next(problem.remedy for problem in problems if Path(problem.file).name == name)
