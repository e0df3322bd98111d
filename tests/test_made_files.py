"""Files of many programs, each made of a known text: their tables are those of the text."""

import shutil
import subprocess
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest

from documents import reference, source
from flows.ingest import read_files
from flows.normalise import normalise
from made_files import Block, as_docx, as_page, as_pdf, as_tex, as_text, texts
from schemas import Tables

pytestmark = pytest.mark.slow

# What depends on the file, on places in it, or on how its parts are marked.
ASIDE = {
    *("char_start", "char_end", "rule", "heading_rule", "text_before", "text_after"),
    *("passage_id", "indent", "marker", "level", "position"),
}
TABLES = (
    *("sessions", "session_days", "panels", "participants", "interventions"),
    *("recommendations", "recommendation_codes", "sentences", "figures", "mentions", "citations"),
)


def without_places(tables: Tables, fold: Callable[[str], str] = str) -> dict[str, list[object]]:
    """The rows of the tables that say what a document says."""
    return {
        name: [
            {
                column: without_pipes(fold(value)) if isinstance(value, str) else value
                for column, value in row.items()
                if column not in ASIDE and not column.endswith("_id")
            }
            for row in tables[name]
        ]
        for name in TABLES
    }


def of_document(tables: Tables, number: int) -> Tables:
    """The rows of one document; its year tells which."""
    session = f"idm-{2030 + number}-1"
    return {
        name: [row for row in rows if any(session in str(value) for value in row.values())]
        for name, rows in tables.items()
    }


@cache
def of_texts() -> Tables:
    """The tables of the twenty texts."""
    sources = [source(as_text(blocks), f"{n:02}.txt") for n, blocks in enumerate(texts())]
    tables, problems = normalise(sources, reference())
    assert problems == []
    return tables


def compare(paths: Sequence[Path], fold: Callable[[str], str] = str) -> None:
    """Hold the tables of files, one a text, against those of the texts."""
    sources, problems = read_files(paths)
    assert problems == []
    tables, problems = normalise(sources, reference())
    assert problems == []
    for number in range(len(paths)):
        found = without_places(of_document(tables, number))
        expected = without_places(of_document(of_texts(), number), fold)
        for name in TABLES:
            assert found[name] == expected[name], f"{name} of {paths[number].name}"


def straight(text: str) -> str:
    """The text with the apostrophes that the fonts of every PDF program have."""
    return text.replace("’", "'")


def without_pipes(text: str) -> str:
    """A row of a table, however its cells are parted."""
    return " ".join(text.replace("|", " ").split())


def written(folder: Path, suffix: str, make: Callable[[list[Block]], str | bytes]) -> list[Path]:
    """The twenty texts as files of one format."""
    paths = []
    for number, blocks in enumerate(texts()):
        made = make(blocks)
        paths.append(folder / f"{number:02}.{suffix}")
        paths[-1].write_bytes(made.encode() if isinstance(made, str) else made)
    return paths


def test_pages(tmp_path: Path) -> None:
    compare(written(tmp_path, "html", as_page))


def test_word_documents_of_python_docx(tmp_path: Path) -> None:
    compare(written(tmp_path, "docx", as_docx))


def test_pdf_files_of_fpdf2(tmp_path: Path) -> None:
    compare(written(tmp_path, "pdf", as_pdf), straight)


# Made by programs that are started: with `pytest -m programs`, where they are installed.


def program(*names: str) -> str:
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"{names[0]} is not installed")
    return found


def run(*command: object, cwd: Path) -> None:
    subprocess.run([str(part) for part in command], cwd=cwd, check=True, capture_output=True)


@pytest.mark.programs
@pytest.mark.parametrize(
    ("first", "last"),
    [("docx", "pdf"), ("docx", "html"), ("docx", "docx"), ("html", "docx"), ("html", "pdf")],
)
def test_files_of_libreoffice(tmp_path: Path, first: str, last: str) -> None:
    office = program("soffice", "libreoffice")
    made = written(tmp_path, first, as_docx if first == "docx" else as_page)
    (tmp_path / "made").mkdir()
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    module = ["--infilter=HTML (StarWriter)"] if first == "html" else []
    convert = ["--headless", *module, "--convert-to", last, "--outdir", tmp_path / "made"]
    run(office, home, *convert, *made, cwd=tmp_path)
    compare([tmp_path / "made" / f"{path.stem}.{last}" for path in made])


@pytest.mark.programs
def test_pages_printed_to_pdf_by_a_browser(tmp_path: Path) -> None:
    browser = program("chromium", "chromium-browser", "google-chrome")
    made = written(tmp_path, "html", as_page)
    for path in made:
        flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/home"]
        run(browser, *flags, f"--print-to-pdf={path.with_suffix('.pdf')}", path, cwd=tmp_path)
    compare([path.with_suffix(".pdf") for path in made])


@pytest.mark.programs
def test_pdf_files_of_tex(tmp_path: Path) -> None:
    tex = program("pdflatex")
    made = written(tmp_path, "tex", as_tex)
    for path in made:
        run(tex, "-interaction=nonstopmode", path.name, cwd=tmp_path)
    compare([path.with_suffix(".pdf") for path in made])
