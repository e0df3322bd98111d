"""Bytes → sources: what is read, in which order, and what is refused in which words."""

import hashlib
import os
from pathlib import Path

import pytest

from flows.__main__ import DOCUMENTS
from flows.ground.problems import Problem
from flows.ground.source import Entry
from flows.ingest import ingest, read_files
from flows.ingest.files import MAX_BYTES

HEADER = "file,sha256,session_id,language\n"


def write(folder: Path, **files: str | bytes) -> Path:
    """Write files into a folder; `_txt` at the end of a name stands for `.txt`."""
    for name, content in files.items():
        stem, _, suffix = name.rpartition("_")
        data = content.encode() if isinstance(content, str) else content
        (folder / f"{stem}.{suffix}").write_bytes(data)
    return folder


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def only(problems: list[Problem]) -> Problem:
    assert len(problems) == 1, problems
    return problems[0]


# What is read


def test_text_keeps_all_but_the_mark_and_the_line_ends(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf\r\n caf\xc3\xa9\xc2\xa0:\r\x0cfin \xef\xbb\xbf\n\n"
    [source], problems = ingest(write(tmp_path, a_txt=data))
    assert problems == []
    assert source.text == "\n café\u00a0:\n\x0cfin \ufeff\n\n"
    assert source.sha256 == hashlib.sha256(data).hexdigest()


def test_suffix_gives_the_media_type(tmp_path: Path) -> None:
    sources, _ = ingest(write(tmp_path, a_txt="a", b_md="b", c_TXT="c"))
    assert [(source.file_name, source.media_type) for source in sources] == [
        ("a.txt", "text/plain"),
        ("b.md", "text/markdown"),
        ("c.TXT", "text/plain"),
    ]


def test_other_files_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, a_txt="a", b_xlsx="PK", README_md="read me", notes_csv="x")
    (tmp_path / "~$c.docx").write_text("Word has c.docx open")
    (tmp_path / ".hidden.txt").write_text("hidden")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "c.txt").write_text("c")
    sources, problems = ingest(tmp_path)
    assert ([source.file_name for source in sources], problems) == (["a.txt"], [])


@pytest.mark.parametrize("suffix", ["doc", "DOC", "docm", "odt", "rtf"])
def test_documents_of_other_kinds_are_refused_with_what_to_do(tmp_path: Path, suffix: str) -> None:
    write(tmp_path, a_txt="a", **{f"b_{suffix}": "x"})
    sources, problems = ingest(tmp_path)
    assert [source.file_name for source in sources] == ["a.txt"]
    assert only(problems).file == str(tmp_path / f"b.{suffix}")
    assert only(problems).remedy == "Open it in a word processor and save it as .docx."


def test_without_a_register_files_come_by_name(tmp_path: Path) -> None:
    sources, _ = ingest(write(tmp_path, c_txt="c", a_txt="a", é_txt="é", B_txt="B"))
    assert [source.text for source in sources] == ["B", "a", "c", "é"]
    assert {source.entry for source in sources} == {Entry()}


def test_the_register_comes_first_in_its_own_order(tmp_path: Path) -> None:
    write(tmp_path, a_txt="a", b_txt="b", c_txt="c", d_txt="d")
    write(
        tmp_path,
        documents_csv=f"{HEADER}d.txt,{sha256('d')},idm-2030-2,fr\nb.txt,{sha256('b')},,\n",
    )
    sources, problems = ingest(tmp_path)
    assert problems == []
    assert [source.file_name for source in sources] == ["d.txt", "b.txt", "a.txt", "c.txt"]
    assert [source.entry for source in sources] == [
        Entry(session_id="idm-2030-2", language="fr"),
        Entry(),
        Entry(),
        Entry(),
    ]


def test_a_register_from_a_spreadsheet_is_read(tmp_path: Path) -> None:
    write(tmp_path, a_txt="a")
    cells = f'"Text, quoted\nover lines",a.txt,{sha256("a")}'
    write(tmp_path, documents_csv=f"\ufeffnote, file,sha256\r\n{cells}\r\n,,\r\n".encode())
    [source], problems = ingest(tmp_path)
    assert problems == []
    assert source.entry == Entry(note="Text, quoted\nover lines")


def test_the_real_documents_are_registered_and_whole() -> None:
    sources, problems = ingest(DOCUMENTS)
    assert problems == []
    assert [(source.entry.session_id, source.entry.language) for source in sources] == [
        ("idm-2021-2", "fr"),
        ("idm-2022-1", "fr"),
    ]


# What is refused


def test_a_missing_folder(tmp_path: Path) -> None:
    problem = only(ingest(tmp_path / "nowhere")[1])
    assert problem.file == str(tmp_path / "nowhere")
    assert "no such folder" in problem.what


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    write(tmp_path, a_txt="a")
    assert "not a folder" in only(ingest(tmp_path / "a.txt")[1]).what


def test_a_folder_without_documents_says_what_is_read(tmp_path: Path) -> None:
    problem = only(ingest(write(tmp_path, a_xlsx="x"))[1])
    assert ".txt" in problem.what
    assert ".md" in problem.what


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", "\u00a0\n".encode()])
def test_an_empty_file(tmp_path: Path, data: bytes) -> None:
    problem = only(ingest(write(tmp_path, a_txt=data))[1])
    assert problem.file == str(tmp_path / "a.txt")
    assert "empty" in problem.what


@pytest.mark.parametrize(
    ("data", "line", "byte", "offset"),
    [
        ("premi\u00e8re".encode("latin-1"), 1, "0xE8", 5),
        (b"un\r\ndeux\rtrois \xe9", 3, "0xE9", 15),
        (b"\xef\xbb\xbfa\n\xff\n", 2, "0xFF", 5),
        ("coup\u00e9".encode()[:-1], 1, "0xC3", 4),
    ],
)
def test_not_utf8_says_which_byte(
    tmp_path: Path, data: bytes, line: int, byte: str, offset: int
) -> None:
    problem = only(ingest(write(tmp_path, a_txt=data))[1])
    assert problem.line == line
    assert byte in problem.what
    assert f"offset {offset}." in problem.what
    assert "UTF-8" in problem.remedy


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04....", "Office document"),
        ("Dialogue".encode("utf-16"), "UTF-16"),
        (b"text and\0more", "binary"),
        (b"\x01\x02\x03\x04 text", "binary"),
    ],
)
def test_what_is_no_text(tmp_path: Path, data: bytes, words: str) -> None:
    sources, problems = ingest(write(tmp_path, a_txt=data))
    assert sources == []
    assert words in only(problems).what


def test_a_stray_control_character_is_still_text(tmp_path: Path) -> None:
    [source], _ = ingest(write(tmp_path, a_txt="x" * 100 + "\x0c\x1b"))
    assert source.text.endswith("\x0c\x1b")


def test_the_limit_of_size(tmp_path: Path) -> None:
    write(tmp_path, fits_txt=b"a" * MAX_BYTES, large_txt=b"a" * (MAX_BYTES + 1))
    sources, problems = ingest(tmp_path)
    assert [source.file_name for source in sources] == ["fits.txt"]
    assert "5,000,001" in only(problems).what
    assert "5,000,000" in only(problems).what


def test_a_folder_named_like_a_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    assert "a folder" in only(ingest(tmp_path)[1]).what


def test_a_link_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone")
    assert "link" in only(ingest(tmp_path)[1]).what


def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "pipe" in only(ingest(tmp_path)[1]).what


def test_a_file_that_the_system_does_not_hand_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.txt")  # a circle: no one can read it
    assert "cannot be read" in only(ingest(tmp_path)[1]).what


def test_a_name_that_no_table_can_hold(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")).write_text("a")
    assert "name" in only(ingest(tmp_path)[1]).what


def test_all_problems_are_told_and_the_good_go_on(tmp_path: Path) -> None:
    sources, problems = ingest(write(tmp_path, a_txt="", b_txt="good", c_txt=b"\xff"))
    assert [source.file_name for source in sources] == ["b.txt"]
    assert [Path(problem.file).name for problem in problems] == ["a.txt", "c.txt"]


# The register


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("a.txt," + "0" * 64 + ",,", sha256("a")),
        (f"gone.txt,{sha256('a')},,", "no such file"),
        ("a.txt,,,", "sha256"),
        (f"a.txt,{sha256('a')[:-1]},,", "sha256"),
        (f"a.txt,{sha256('a')}", "2 cells"),
        (f"a.txt,{sha256('a')},,,", "5 cells"),
        (f"a.txt,{sha256('a')},idm-22-1,", "idm-22-1"),
        (f"a.txt,{sha256('a')},,french", "french"),
        (f"../a.txt,{sha256('a')},,", "../a.txt"),
        (f"a.doc,{sha256('a')},,", "a.doc is not a file of a kind"),
        (f",{sha256('a')},,", "file"),
    ],
)
def test_a_bad_row_is_told_with_its_line(tmp_path: Path, row: str, words: str) -> None:
    write(tmp_path, a_txt="a", b_txt="b")
    write(tmp_path, documents_csv=f"{HEADER}b.txt,{sha256('b')},,\n\n{row}\n")
    sources, problems = ingest(tmp_path)
    problem = only(problems)
    assert (problem.file, problem.line) == (str(tmp_path / "documents.csv"), 4)
    assert words in problem.what
    assert "b.txt" in {source.file_name for source in sources}


def test_a_document_with_a_bad_row_is_not_used_as_if_unregistered(tmp_path: Path) -> None:
    write(tmp_path, a_txt="a")
    write(tmp_path, documents_csv=f"{HEADER}a.txt,{sha256('a')},,french\n")
    assert ingest(tmp_path)[0] == []


def test_two_rows_for_one_file_are_both_told(tmp_path: Path) -> None:
    row = f"a.txt,{sha256('a')},,\n"
    write(tmp_path, a_txt="a", documents_csv=HEADER + row + row)
    sources, problems = ingest(tmp_path)
    assert sources == []
    assert [problem.line for problem in problems] == [2, 3]
    assert all("more than once" in problem.what for problem in problems)


@pytest.mark.parametrize(
    ("register", "line", "words"),
    [
        (b"", None, "empty"),
        (b"file,language\na.txt,fr\n", 1, "'sha256'"),
        (b"file;sha256\na.txt;0\n", 1, "'file;sha256'"),
        (b"file,sha256,langage\n", 1, "'langage'"),
        (b"file,sha256,file\n", 1, "Twice"),
        (b"file,sha256,note\na.txt,0,\xe9\n", 2, "0xE9"),
        (b'file,sha256\n"a.txt"x,0\n', 2, "CSV"),
    ],
)
def test_no_document_is_used_with_an_unreadable_register(
    tmp_path: Path, register: bytes, line: int | None, words: str
) -> None:
    sources, problems = ingest(write(tmp_path, a_txt="a", documents_csv=register))
    assert sources == []
    assert any(problem.line == line and words in problem.what for problem in problems), problems


def test_a_register_that_is_a_folder(tmp_path: Path) -> None:
    write(tmp_path, a_txt="a")
    (tmp_path / "documents.csv").mkdir()
    sources, problems = ingest(tmp_path)
    assert sources == []
    assert "a folder" in only(problems).what


# Single files


@pytest.mark.slow
def test_single_files_are_read_in_the_order_given(tmp_path: Path) -> None:
    write(tmp_path, a_txt="a", b_md="b", c_docx="c")
    names = ["b.md", "c.docx", "gone.txt", "a.txt"]
    sources, problems = read_files([tmp_path / name for name in names])
    assert [source.path for source in sources] == [str(tmp_path / "b.md"), str(tmp_path / "a.txt")]
    assert [Path(problem.file).name for problem in problems] == ["c.docx", "gone.txt"]
