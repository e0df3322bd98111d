"""How files are read: apart, within limits, with what was lost said."""

import os
import signal
import zlib
from pathlib import Path

import pytest

from documents import ENGLISH, WHOLE, reference
from flows.__main__ import main
from flows.ingest import read_files
from flows.ingest.apart import Apart
from flows.ingest.damage import with_damage
from flows.ingest.text import NotText, Reading
from flows.normalise import normalise
from made_files import as_docx, texts
from test_pdf_layout import drawn

pytestmark = pytest.mark.slow

PAGE = "<html><body><main>{}</main></body></html>"


# A process of its own


def test_a_reader_that_ends_refuses_its_file_and_the_next_is_read() -> None:
    with Apart() as apart:
        assert apart.read(".html", PAGE.format("one").encode()).text == "one\n"
        assert apart._process is not None
        os.kill(apart._process.pid, signal.SIGKILL)
        with pytest.raises(NotText, match="was ended"):
            apart.read(".html", PAGE.format("two").encode())
        assert apart.read(".html", PAGE.format("three").encode()).text == "three\n"
        process = apart._process
    assert process.poll() is not None


def test_a_file_that_takes_too_much_memory_is_refused() -> None:
    bomb = zlib.compress(bytes(150_000_000), 1)
    page = drawn("q").replace(zlib.compress(b"q"), bomb)
    with Apart(most_memory=150_000_000) as apart, pytest.raises(NotText, match="150 MB of memory"):
        apart.read(".pdf", page)


def test_no_process_is_started_for_plain_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Apart, "read", None)
    (tmp_path / "a.txt").write_text("a")
    assert read_files([tmp_path / "a.txt"])[1] == []


def test_what_a_reader_says_comes_through() -> None:
    with Apart() as apart:
        page = PAGE.format("<p>one</p><del>two</del>").encode()
        (note,) = apart.read(".html", page).notes
        assert (note.kind, note.count, note.offset, note.words) == ("left_out", 1, 3, "two")
        with pytest.raises(NotText, match="encoding that is unknown: klingon"):
            apart.read(".html", b"<meta charset=klingon>")


# Letters that were lost


def test_lost_letters_are_said_line_by_line() -> None:
    text = "all well\nSolange P\ufffdrrotin, for\ufffd\ufffdt\nMaison des mÃ©tiers dâ€™ici\n"
    notes = with_damage(Reading(text)).notes
    assert [(note.kind, note.count, note.offset, note.words) for note in notes] == [
        ("damage", 2, text.index("\ufffd"), "P\ufffdrrotin,"),
        ("damage", 2, text.index("Ã©"), "mÃ©tiers"),
    ]


@pytest.mark.parametrize(
    "text", ["À l’issue de « l’été » — où ?", "ÂGE, Ã, São Tomé, ’œuvre", "naïve"]
)
def test_letters_with_accents_are_not_taken_for_lost(text: str) -> None:
    assert with_damage(Reading(text)).notes == ()


@pytest.mark.parametrize("damage", [("é", "\ufffd"), ("é", "Ã©")])
def test_a_text_mostly_lost_is_refused(damage: tuple[str, str]) -> None:
    text = "première\n" + "Les délégations ont été reçues à Genève. " * 10
    with pytest.raises(NotText) as caught:
        with_damage(Reading(text.replace(*damage)))
    assert caught.value.line == 2
    assert "lost when it was saved" in caught.value.what


# What is said of it


def test_what_was_left_out_is_a_warning_with_its_place(tmp_path: Path) -> None:
    body = "".join(f"<p>{block}</p>" for block in ENGLISH.split("\n\n"))
    body = body.replace("be kept up to date", "be kept <del>in ink</del> up to date")
    (tmp_path / "a.html").write_text(PAGE.format(body))
    sources, _ = read_files([tmp_path / "a.html"])
    tables, _ = normalise(sources, reference())
    (row,) = [row for row in tables["warnings"] if row["kind"] == "left_out"]
    assert row["message"] == "deleted passages left out: 1"
    assert "Registers must be kept up to date" in str(row["text"])
    start, end = (int(str(row[column])) for column in ("char_start", "char_end"))
    text = sources[0].text[start:end]
    assert "Registers must be kept up to date" in text


def test_lost_letters_are_a_warning(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WHOLE.replace("Marchetti", "March\ufffdtti"))
    sources, _ = read_files([tmp_path / "a.txt"])
    tables, _ = normalise(sources, reference())
    assert [row["message"] for row in tables["warnings"] if row["kind"] == "damage"] == [
        "letters that were lost (U+FFFD): 1"
    ]


def test_check_says_how_a_file_was_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.html").write_text(PAGE.format("<p>one</p><p>two</p><del>three</del>"))
    assert main(["check", str(tmp_path / "a.html")]) == 1  # it is no document of the Dialogue
    out = capsys.readouterr().out
    assert "text/html, by lxml and markdownify" in out
    assert "deleted passages left out: 1 (three)" in out


def test_check_prints_the_text_as_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(as_docx(next(texts())))
    assert main(["check", "--text", str(path)]) == 0
    assert capsys.readouterr().out == read_files([path])[0][0].text
    (tmp_path / "b.txt").write_text("no end of line")
    assert main(["check", "--text", str(tmp_path / "b.txt"), str(tmp_path / "c.txt")]) == 1
    output = capsys.readouterr()
    assert output.out == f"==> {tmp_path}/b.txt <==\nno end of line\n"
    assert "no such file" in output.err
