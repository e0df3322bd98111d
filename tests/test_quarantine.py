"""A document whose rows fail their own checks is refused; it takes no other with it.

No text is known to make such rows, so a rule is made to go wrong here: it says of every document
with the word "barge" what its passages do not say.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

import flows.build
from conftest import Snapshot
from documents import ENGLISH, INTRODUCTION, SPANISH, WHOLE, parts, problems, reference, source
from flows.__main__ import main
from flows.build import accepted
from flows.ground.lock import NAME
from flows.ground.problems import Problem
from flows.ground.source import Source
from flows.normalise import normalise
from flows.runs.record import FOLDER
from flows.store import faulty_documents
from schemas import Tables

pytestmark = pytest.mark.slow

FAULTY = WHOLE.replace(INTRODUCTION, parts(INTRODUCTION, "Une barge fut amarrée au quai."))
LINE = FAULTY.split("\n").index("Une barge fut amarrée au quai.") + 1


@pytest.fixture
def wrong_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(
        sources: Sequence[Source], tables: Tables, *more: object
    ) -> tuple[Tables, list[Problem]]:
        made, unread = normalise(sources, tables)
        for row in made["sentences"]:
            if "barge" in str(row["text"]):
                row["text"] = "Une péniche fut amarrée au quai."
        return made, unread

    wrong.__name__ = "normalise"
    monkeypatch.setattr(flows.build, "normalise", wrong)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Three languages of one session; of the first, the reference document, the rows are wrong."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, text in (("a.txt", FAULTY), ("b.txt", ENGLISH), ("c.txt", SPANISH)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def run(documents: Path, warehouse: Path, *more: str) -> int:
    where = ("--documents", str(documents), "--warehouse", str(warehouse))
    return main(["run", "--direct", "--no-release", *where, *more])


def test_a_faulty_document_is_told_with_its_place_words_and_check_and_nothing_changes(
    documents: Path,
    tmp_path: Path,
    wrong_rule: None,
    snapshot: Snapshot,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (documents / "empty.txt").write_bytes(b"")
    before = snapshot(documents)
    assert run(documents, tmp_path / "warehouse") == 1
    assert snapshot(documents) == before
    assert {path.name for path in (tmp_path / "warehouse").iterdir()} == {FOLDER, NAME}
    told = capsys.readouterr().err.splitlines()
    place = f"{documents / 'a.txt'}:{LINE}:1: Une barge fut amarrée au quai.: "
    (line,) = [line for line in told if line.startswith(place)]
    assert "sentences.text = 'Une péniche fut amarrée au quai.': its passage says" in line
    assert "a fault of the rules" in line and "please report it" in line
    assert any("empty.txt" in line for line in told)  # all problems of a run together
    assert told[-1].startswith("2 problems.")


def test_with_skip_invalid_the_others_go_on_and_the_next_is_the_reference_document(
    documents: Path, tmp_path: Path, wrong_rule: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(documents, tmp_path / "warehouse", "--skip-invalid") == 0
    assert "please report it" in capsys.readouterr().out
    record = json.loads((tmp_path / "warehouse" / "build.json").read_text())["record"]
    assert [entry["file"] for entry in record["refused"]] == ["a.txt"]
    assert [entry["file"] for entry in record["documents"]] == ["b.txt", "c.txt"]
    tables, _ = accepted([source(FAULTY, "a.txt"), source(ENGLISH, "b.txt")], reference())
    (session,) = tables["sessions"]
    assert session["document_id"] == "idm-2027-1.en"


def test_check_says_so(
    documents: Path, wrong_rule: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(documents / "b.txt")]) == 0
    assert main(["check", *map(str, sorted(documents.iterdir()))]) == 1
    out, err = capsys.readouterr()
    assert f"a.txt:{LINE}:1: " in err and "please report it" in err
    assert "idm-2027-1.fr" not in out and "idm-2027-1.es" in out


def test_a_second_version_counts_when_the_first_is_faulty(wrong_rule: None) -> None:
    tables, refused = accepted([source(FAULTY, "a.txt"), source(WHOLE, "b.txt")], reference())
    assert [row["file_name"] for row in tables["documents"]] == ["b.txt"]
    assert [problem.file for problem in refused] == ["documents/a.txt"]


def faults(table: str, **changes: object) -> list[str]:
    """What is told of a document, the first row of a table changed."""
    one = source(WHOLE)
    tables, _ = normalise([one], reference())
    tables[table][0] |= changes
    found = faulty_documents({**reference(), **tables}, [one])
    return [str(problem) for problems in found.values() for problem in problems]


@pytest.mark.parametrize(
    ("table", "changes", "what"),
    [
        ("panels", {"title": " Accueillir"}, "title = ' Accueillir': must be clean text"),
        ("panels", {"title": None}, "panels.title = None: must not be NULL"),
        ("panels", {"position": 7}, "panels.position = 7: should be 3"),
        ("panels", {"position": "1"}, "is not of type integer"),
        ("panels", {"char_end": 99_999}, "its span is not in a text of"),
        ("participants", {"name": "Odile Marchand"}, "its passage says"),
        ("participants", {"country_code": "XYZ"}, "is not in countries"),
        ("sessions", {"stated_government_share": 1.5}, "must be at most 1"),
        ("passages", {"char_end": 3}, "no passage between 3 and"),
        ("documents", {"title": "a\nb"}, "documents.title = 'a\\nb': must be clean text"),
        ("mentions", {"surprise": 1}, "is not a declared column"),
    ],
)
def test_every_kind_of_check_names_the_document(
    table: str, changes: dict[str, object], what: str
) -> None:
    told = faults(table, **changes)
    assert any(what in line for line in told), told
    assert all(line.startswith("documents/resume.txt") for line in told)


def test_many_faults_of_a_document_are_told_in_few_lines() -> None:
    one = source(WHOLE)
    tables, _ = normalise([one], reference())
    for row in tables["sentences"]:
        row["text"] = "Rien."
    (told,) = faulty_documents({**reference(), **tables}, [one]).values()
    assert len(told) == 4
    assert f"{len(tables['sentences']) - 3} more" in told[-1].what


def test_right_rows_have_no_fault() -> None:
    sources = [source(WHOLE, "a.txt"), source(ENGLISH, "b.txt"), source(SPANISH, "c.txt")]
    tables, _ = normalise(sources, reference())
    assert problems(*sources) == []
    assert faulty_documents({**reference(), **tables}, sources) == {}
