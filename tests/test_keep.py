"""What was kept of earlier runs: it makes runs faster, and never another result."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from conftest import Snapshot
from documents import ENGLISH, INTRODUCTION, SPANISH, WHOLE, parts, reference, source
from flows.__main__ import PROJECT, main
from flows.build import KEPT, accepted, build
from flows.ground.problems import Problem, Refused
from flows.ground.rows import Joined, Kept, of_document
from flows.ground.source import Note, Source
from flows.ingest import Reading, ingest
from flows.ingest.apart import Apart
from flows.ingest.html import read_html
from flows.inputs.corrections import corrected
from flows.keep import program
from flows.keep.current import current, hash_of_inputs
from flows.keep.entries import RUNS, Damaged, Entries
from flows.keep.memory import Documents
from flows.keep.opened import Counts
from flows.keep.readings import Readings
from flows.normalise import understood
from flows.normalise.language import folder, pack
from flows.publish import Terms
from flows.store import Invalid, plan, validated
from flows.store.arrange import arrange, settled
from flows.store.checked import to_check
from flows.store.database import sql_files
from flows.store.parquet import write_parquet
from flows.store.self_description import query_files
from schemas import REFERENCE, Tables

pytestmark = pytest.mark.slow

FRENCH = WHOLE.replace("des associations.", "des associations. Trois panels ont été tenus.")
LATER = FRENCH.replace("2027", "2028")
CALL = "Registers must be kept up to date"
FAULTY = FRENCH.replace(INTRODUCTION, parts(INTRODUCTION, "Une barge fut amarrée au quai."))
OTHER = ENGLISH.replace(CALL, "Files must be kept in order")
TEXTS = (FRENCH, LATER, ENGLISH, OTHER, SPANISH, FAULTY)
NAMES = ("a.txt", "b.txt", "c.md")
SESSIONS = ("", "idm-2029-2", "idm-2030-1")
WORDS = (("obligation.modal", "obligation.modality"), ("moderer", "modererait"))
"""A rule by another name, and another word, wherever they stand in the packs."""

is_as_started = program.is_as_started
FEW = 40
BIG = {"country_names", "country_adjectives", "city_names", "organisation_names"}
SMALL: Tables = {
    name: rows[:FEW] if name in {*BIG, "instrument_names"} else rows
    for name, rows in reference().items()
}
"""Reference tables with few names, which are read faster."""


@pytest.fixture(autouse=True, scope="module")
def program_as_started() -> Iterator[None]:
    """Whoever works on the program while the tests run is not disturbed, nor disturbs them."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(program, "is_as_started", lambda: True)
        yield


def rows_of(
    sources: list[Source], tables: Tables, memory: Documents | None
) -> tuple[Tables, list[Problem]]:
    """All tables of a build of some sources, and the problems with them."""
    made, problems = accepted(sources, tables, memory=memory)
    if memory:
        memory.save()
    return {**tables, **made, "evaluations": []}, problems


def files_of(tables: Tables, folder: Path) -> dict[str, bytes]:
    """The Parquet file of each table that is extracted, and the logical hash of each table."""
    names = {table.name for table in REFERENCE}
    tables = {name: [] if name in names else rows for name, rows in tables.items()}
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    tables = settled(tables)
    arranged = arrange(tables)
    write_parquet(arranged, folder)
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    hashes = plan(arranged, {}, tables).logical_sha256
    return files | {name: digest.encode() for name, digest in hashes.items()}


@pytest.fixture(autouse=True, scope="module")
def wrong_rule() -> Iterator[None]:
    """A rule says of every document with the word "barge" what its passages do not say: no text is
    known to make such rows."""
    rows_of_findings = understood.rows_of

    def wrong(*given: Any, **named: Any) -> Tables:
        tables = rows_of_findings(*given, **named)
        for row in tables["sentences"]:
            if "barge" in str(row["text"]):
                row["text"] = "Une péniche fut amarrée au quai."
        return tables

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(understood, "rows_of", wrong)
        yield


def damaged_in_each_way(content: bytes) -> dict[str, bytes]:
    middle = len(content) // 2
    return {
        "one bit": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
        "half-written": content[:middle],
        "empty": b"",
        "longer": content + b"\0",
        "foreign": b"file,sha256\n",
        "another version": content.replace(b"idm-kept-1", b"idm-kept-0"),
    }


def forget_packs() -> None:
    """The packs are read again when they are needed."""
    for one in (pack.language_folders, pack.pack_of):
        one.cache_clear()


# ------------------------------------------------------------ incremental is as good as full


class World:
    """Documents, their register, packs and reference tables, which change; and what is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.kept = folder / "documents", folder / "kept"
        self.scratch = folder / "scratch"
        self.folder.mkdir()
        self.texts: dict[str, str] = {"a.txt": TEXTS[0], "b.txt": TEXTS[2]}
        self.sessions: dict[str, str] = {}
        self.names = SMALL
        self.packs = folder / "packs"
        shutil.copytree(pack.LANGUAGES, self.packs)

    def change(self, kind: str, first: int, second: int) -> None:
        """One change; one that is impossible changes nothing."""
        name, other = NAMES[first], NAMES[second % len(NAMES)]
        match kind:
            case "write":
                self.texts[name] = TEXTS[second]
            case "remove":
                self.texts.pop(name, None)
            case "rename" if name in self.texts and other not in self.texts:
                self.texts[other] = self.texts.pop(name)
            case "register":
                self.sessions[name] = SESSIONS[second % len(SESSIONS)]
            case "strike":
                self.sessions.pop(name, None)
            case "reference":
                rows = SMALL["country_names"]
                self.names = {**SMALL, "country_names": rows[: FEW - second]}
            case "pack":
                old, new = WORDS[second % len(WORDS)]
                for path in self.packs.rglob("*.toml"):
                    text = path.read_text(encoding="utf-8")
                    is_new = new in text
                    path.write_text(text.replace(*((new, old) if is_new else (old, new))), "utf-8")
                forget_packs()

    def sources(self) -> list[Source]:
        """What is ingested from the folder, in which all is written anew."""
        for path in self.folder.iterdir():
            path.unlink()
        for name, text in self.texts.items():
            (self.folder / name).write_text(text, encoding="utf-8")
        lines = ["file,sha256,session_id"]
        for name, session in sorted(self.sessions.items()):
            if name in self.texts:
                digest = hashlib.sha256(self.texts[name].encode()).hexdigest()
                lines.append(f"{name},{digest},{session}")
        (self.folder / "documents.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return ingest(self.folder)[0]

    def check(self) -> Tables:
        """A run with what is kept comes to what a run without it does, and is kept itself."""
        sources = self.sources()
        memory = Documents(self.kept, self.names)
        tables, problems = rows_of(sources, self.names, memory)
        anew, problems_anew = rows_of(sources, self.names, None)
        assert problems == problems_anew
        assert files_of(tables, self.scratch) == files_of(anew, self.scratch)
        memory.stored(tables)
        again = Documents(self.kept, self.names)
        recalled, _ = rows_of(sources, self.names, again)
        assert (again.counts.recalled, again.counts.normalised) == (len(sources), 0)
        assert to_check(recalled) == set()
        return tables


CHANGES = st.tuples(
    st.sampled_from(
        [*(["write", "remove", "rename", "register", "strike", "reference"] * 2), "pack"]
    ),
    st.integers(0, len(NAMES) - 1),
    st.integers(0, len(TEXTS) - 1),
)


@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(
    changes=[
        ("write", 2, 1),
        ("pack", 0, 0),
        ("rename", 0, 2),
        ("write", 0, 5),  # it is refused, and the English one is the reference document
        ("reference", 0, 1),
        ("remove", 1, 0),
    ]
)
@given(changes=st.lists(CHANGES, min_size=2, max_size=4))
def test_any_changes_in_any_order(
    changes: list[tuple[str, int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    world = World(tmp_path_factory.mktemp("world"))
    tables: Tables = {}
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(pack, "LANGUAGES", world.packs)
        for change in changes:
            world.change(*change)
            tables = world.check()
        validated(tables)
    forget_packs()


def test_what_a_change_bears_on_is_worked_out_again(tmp_path: Path) -> None:
    """Each of these makes another key; none leaves the kept rows in place."""
    one = source(FRENCH, "a.txt")
    entry = replace(one.entry, session_id="idm-2029-2")
    others = [
        replace(one, text=LATER),
        replace(one, sha256="1" * 64),
        replace(one, file_name="b.txt"),
        replace(one, media_type="text/markdown"),
        replace(one, entry=entry),
    ]
    memory = Documents(tmp_path, SMALL)
    fewer = Documents(tmp_path, {**SMALL, "city_names": SMALL["city_names"][1:]})
    keys = [memory.key_of(source) for source in (one, *others)] + [fewer.key_of(one)]
    assert len(set(keys)) == len(keys)
    assert memory.key_of(replace(one, path="elsewhere/a.txt")) == keys[0]


def test_builds_in_a_row_are_those_of_full_runs(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()

    def same(**given: str | None) -> tuple[int, int]:
        for name, text in given.items():
            path = documents / f"{name}.txt"
            path.unlink() if text is None else path.write_text(text, encoding="utf-8")
        outcome = build(documents, tmp_path / "kept", release=False)
        build(documents, tmp_path / "full", release=False, full=True)
        first, second = (
            {path.name: path.read_bytes() for path in sorted((place / "parquet").iterdir())}
            | {"build.json": (place / "build.json").read_bytes()}
            for place in (tmp_path / "kept", tmp_path / "full")
        )
        assert first == second
        return outcome.kept.recalled, outcome.kept.normalised

    assert same(a=FRENCH, b=LATER) == (0, 2)
    assert same(c=ENGLISH) == (2, 1)  # of the session of a
    assert same(a=None) == (2, 0)  # c is the reference document now


def test_a_document_whose_rows_are_wrong_is_refused_anew_by_each_run(tmp_path: Path) -> None:
    """It is recalled like any other; that others were checked before does not let it through."""
    sources = [source(FAULTY, "a.txt"), source(FRENCH, "b.txt"), source(ENGLISH, "c.txt")]
    told = []
    for _ in range(2):
        memory = Documents(tmp_path, SMALL)
        tables, problems = rows_of(sources, SMALL, memory)
        memory.stored(tables)
        told.append(problems)
        assert [row["file_name"] for row in tables["documents"]] == ["b.txt", "c.txt"]
        assert tables["sessions"][0]["document_id"] == "idm-2027-1.fr"
    assert (memory.counts.recalled, memory.counts.normalised) == (3, 0)
    assert told[0] == told[1] == rows_of(sources, SMALL, None)[1]
    assert [problem.file for problem in told[0]] == ["documents/a.txt"]
    assert "its passage says" in told[0][0].what


def test_a_run_that_refuses_a_document_is_that_of_a_full_one(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.txt").write_text(FAULTY, encoding="utf-8")
    (documents / "b.txt").write_text(ENGLISH, encoding="utf-8")
    made = []
    for place, full in (("kept", False), ("kept", False), ("full", True)):
        outcome = build(documents, tmp_path / place, release=False, skip_invalid=True, full=full)
        made.append((tmp_path / place / "build.json").read_bytes())
        assert len(outcome.refused) == 1 and "péniche" in outcome.refused[0].what
    assert made[0] == made[1] == made[2]
    with pytest.raises(Refused, match="péniche"):
        build(documents, tmp_path / "kept", release=False)


# ------------------------------------------------------------ nothing has changed


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Documents, and a warehouse with a release of them. Not to be changed for good."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "documents").mkdir()
    (folder / "documents" / "a.txt").write_text(FRENCH, encoding="utf-8")
    build(folder / "documents", folder / "warehouse", terms=Terms(date="2031-02-03"))
    return folder / "documents", folder / "warehouse"


def test_an_unchanged_run_reads_no_pack_and_writes_nothing(
    made: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    snapshot: Snapshot,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def unexpected(*_: object) -> None:
        raise AssertionError("this is no work for an unchanged run")

    documents, warehouse = made
    for place in ("ingest", "read_reference", "normalise", "evaluate", "storing", "publish"):
        monkeypatch.setattr(f"flows.build.{place}", unexpected)
    monkeypatch.setattr(folder, "PackFile", unexpected)
    forget_packs()
    before = snapshot(warehouse)
    outcome = build(documents, warehouse, terms=Terms(date="2031-02-03"))
    assert outcome.unchanged
    assert outcome.release is not None and outcome.release.version == "1.0.0"
    assert [row["document_id"] for row in outcome.tables["documents"]] == ["idm-2027-1.fr"]
    assert snapshot(warehouse) == before
    monkeypatch.setattr("flows.runs.commit.commit", lambda: None)
    arguments = ["run", "--direct", "--date", "2031-02-03", "--documents", str(documents)]
    assert main([*arguments, "--warehouse", str(warehouse)]) == 0
    out = capsys.readouterr().out
    assert "unchanged" in out and "idm-2027-1.fr" in out


@pytest.mark.parametrize(
    "damaged",
    [
        "idm.duckdb",
        "parquet/panels.parquet",
        "build.json",
        "releases/1.0.0/README.md",
        "releases/1.0.0/idm.duckdb",
        "releases/catalog.json",
    ],
)
def test_what_is_not_there_as_it_was_is_made_again(damaged: str, made: tuple[Path, Path]) -> None:
    _, warehouse = made
    folder, file = warehouse / KEPT, (warehouse / damaged).resolve()
    inputs = (folder / "current.json").read_text(encoding="utf-8").split('"')[3]
    content = file.read_bytes()
    assert current(warehouse, folder, inputs) is not None
    try:
        file.write_bytes(content + b"\n")
        assert current(warehouse, folder, inputs) is None
        file.unlink()
        assert current(warehouse, folder, inputs) is None
    finally:
        file.write_bytes(content)
    assert current(warehouse, folder, inputs) is not None
    assert current(warehouse, folder, "0" * 64) is None
    assert current(warehouse, folder, None) is None


def test_another_wish_is_no_unchanged_run(made: tuple[Path, Path]) -> None:
    documents, warehouse = made
    outcome = build(documents, warehouse, release=False)
    assert (outcome.kept.recalled, outcome.release) == (1, None)
    build(documents, warehouse, terms=Terms(date="2031-02-03"))  # as it was


def test_all_files_that_a_run_depends_on_are_its_inputs() -> None:
    files = set(program.files_in(*program.PROGRAM))
    packs = [path for path in pack.LANGUAGES.rglob("*") if path.is_file()]
    assert len(packs) > 30
    assert files >= {*sql_files(), *query_files(), *packs, PROJECT / "LICENSE"}
    understanding = set(program.files_in(*program.NORMALISING))
    assert understanding >= {*packs, *(PROJECT / "flows" / "normalise").rglob("*.py")}


def test_a_file_that_is_refused_is_an_input_too(tmp_path: Path) -> None:
    def told() -> str | None:
        return hash_of_inputs(tmp_path, [], None)

    (tmp_path / "a.txt").write_text(FRENCH, encoding="utf-8")
    before = told()
    for passed_over in (".hidden.txt", "README.md", "notes.xyz"):
        (tmp_path / passed_over).write_text("x", encoding="utf-8")
        assert told() == before
    (tmp_path / "b.doc").write_text("x", encoding="utf-8")
    after = told()
    assert after != before
    (tmp_path / "b.doc").rename(tmp_path / "c.doc")
    assert told() not in (before, after)
    (tmp_path / "c.doc").unlink()
    assert told() == before != hash_of_inputs(tmp_path, [], "strict")
    (tmp_path / "d.txt").symlink_to("nowhere")
    assert told() is None
    assert hash_of_inputs(tmp_path / "away", [], None) is None


# ------------------------------------------------------------ what was read of files


def read_again(folder: Path, data: bytes, monkeypatch: pytest.MonkeyPatch) -> Counts:
    """Reads a web page with what is kept in a folder, and without a process to read it in."""

    def unexpected(*_: object) -> None:
        raise AssertionError("it was read before")

    counts = Counts()
    with monkeypatch.context() as nothing_is_read, Apart(Readings(folder, counts)) as apart:
        nothing_is_read.setattr(Apart, "_read", unexpected)
        reading = apart.read(".html", data)
    assert reading == read_html(data)
    return counts


def test_a_file_that_was_read_before_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = b"<h1>Title</h1><p>A word<del>s</del>.</p><table><tr><td>1</td></tr></table>"
    readings = Readings(tmp_path, Counts())
    with Apart(readings) as apart:
        apart.read(".html", page)
    assert not list(tmp_path.iterdir())  # not before the run has succeeded
    readings.save()
    assert read_again(tmp_path, page, monkeypatch).damaged == 0
    for suffix, data in ((".htm", page), (".html", page + b" ")):
        assert Readings(tmp_path, Counts()).recall(suffix, data) is None
    assert Readings(tmp_path, Counts(), forget=True).recall(".html", page) is None


@pytest.mark.parametrize("kind", damaged_in_each_way(b"idm-kept-1 and more"))
def test_a_damaged_reading_is_read_again(kind: str, tmp_path: Path) -> None:
    reading = Reading("Words.\n", 2, (Note("reading", "pictures", 1, 3),))
    for name in (b"1", b"2"):
        readings = Readings(tmp_path, Counts())
        readings.keep(".pdf", name, reading)
        readings.save()
    for entry in tmp_path.glob("??/*"):
        entry.write_bytes(damaged_in_each_way(entry.read_bytes())[kind])
    counts = Counts()
    assert Readings(tmp_path, counts).recall(".pdf", b"1") is None
    assert counts.damaged == 1


def test_the_reading_of_another_file_is_none_of_this_one(tmp_path: Path) -> None:
    readings = Readings(tmp_path, Counts())
    readings.keep(".pdf", b"1", Reading("One.\n"))
    readings.save()
    [entry] = tmp_path.glob("??/*")
    readings.keep(".pdf", b"2", Reading("Two.\n"))
    readings.save()
    [other] = set(tmp_path.glob("??/*")) - {entry}
    shutil.copyfile(entry, other)
    counts = Counts()
    assert Readings(tmp_path, counts).recall(".pdf", b"2") is None
    assert counts.damaged == 1


def test_a_run_reads_no_web_page_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents, warehouse = tmp_path / "documents", tmp_path / "warehouse"
    documents.mkdir()
    lines = "".join(f"<p>{escape(line)}</p>" for line in FRENCH.split("\n\n"))
    (documents / "a.html").write_text(f"<html><body>{lines}</body></html>", encoding="utf-8")
    sources = ingest(documents, readings := Readings(warehouse, Counts()))
    readings.save()
    monkeypatch.setattr(Apart, "_read", None)
    assert ingest(documents, Readings(warehouse, Counts())) == sources
    assert len(sources[0]) == 1


# ------------------------------------------------------------ damage


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[tuple[Path, Source, Path]]:
    """A folder in which a document is kept, the document, and its entry."""
    one = source(FRENCH, "a.txt")
    rows_of([one], SMALL, Documents(tmp_path, SMALL))
    [entry] = tmp_path.glob("??/*")
    yield tmp_path, one, entry


@pytest.mark.parametrize("kind", damaged_in_each_way(b"idm-kept-1 and more"))
def test_a_damaged_entry_is_worked_out_again_and_told(
    kind: str, kept: tuple[Path, Source, Path]
) -> None:
    folder, one, entry = kept
    entry.write_bytes(damaged_in_each_way(entry.read_bytes())[kind])
    memory = Documents(folder, SMALL)
    tables, _ = rows_of([one], SMALL, memory)
    assert (memory.counts.normalised, memory.counts.damaged) == (1, 1)
    assert "damaged, and worked out again: 1" in str(memory.counts)
    anew, _ = rows_of([one], SMALL, None)
    assert {name: list(rows) for name, rows in tables.items()} == anew
    healed = Documents(folder, SMALL)
    rows_of([one], SMALL, healed)
    assert (healed.counts.recalled, healed.counts.damaged) == (1, 0)


def test_the_entry_of_another_document_is_none_of_this_one(
    kept: tuple[Path, Source, Path],
) -> None:
    folder, one, entry = kept
    other = source(LATER, "b.txt")
    key = Documents(folder, SMALL).key_of(other)
    (folder / key[:2]).mkdir(exist_ok=True)
    shutil.copyfile(entry, folder / key[:2] / key)
    memory = Documents(folder, SMALL)
    tables, _ = rows_of([one, other], SMALL, memory)
    assert (memory.counts.recalled, memory.counts.damaged) == (1, 1)
    assert len(tables["documents"]) == 2


def test_a_folder_in_the_place_of_an_entry(kept: tuple[Path, Source, Path]) -> None:
    folder, one, entry = kept
    entry.unlink()
    entry.mkdir()
    memory = Documents(folder, SMALL)
    rows_of([one], SMALL, memory)
    assert (memory.counts.damaged, memory.counts.not_kept) == (1, 1)
    assert "1 could not be kept" in str(memory.counts)


def test_a_disk_that_takes_nothing_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    memory = Documents(tmp_path / "file", SMALL)
    tables, _ = rows_of([source(FRENCH, "a.txt")], SMALL, memory)
    memory.stored(tables)
    assert memory.counts.not_kept == 1
    assert len(tables["documents"]) == 1


def test_a_full_run_ignores_what_is_kept(kept: tuple[Path, Source, Path]) -> None:
    folder, one, _ = kept
    memory = Documents(folder, SMALL, forget=True)
    rows_of([one], SMALL, memory)
    assert (memory.counts.recalled, memory.counts.normalised) == (0, 1)


def test_a_program_that_was_changed_since_it_was_started_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "is_as_started", is_as_started)
    monkeypatch.setattr(program, "STARTED", "another")
    memory = Documents(tmp_path, SMALL)
    rows_of([source(FRENCH, "a.txt")], SMALL, memory)
    assert list(tmp_path.iterdir()) == []
    assert memory.counts.not_kept == 1


def test_a_problem_is_kept_and_names_the_file_where_it_is_now(tmp_path: Path) -> None:
    no_document = source("Ceci n'est pas un compte rendu de la session.\n", "a.txt")
    for path in ("here/a.txt", "there/a.txt"):
        memory = Documents(tmp_path, SMALL)
        moved = replace(no_document, path=path)
        _, problems = rows_of([moved], SMALL, memory)
        assert [problem.file for problem in problems] == [path]
        assert all(isinstance(problem, Problem) for problem in problems)
    assert memory.counts.recalled == 1


# ------------------------------------------------------------ the store's own checks


def test_rows_that_were_checked_are_not_checked_again_and_others_are(tmp_path: Path) -> None:
    sources = [source(FRENCH, "a.txt"), source(LATER, "b.txt")]
    memory = Documents(tmp_path, SMALL)
    tables, _ = rows_of(sources, SMALL, memory)
    assert to_check(settled(tables)) == {"idm-2027-1.fr", "idm-2028-1.fr"}
    memory.stored(tables)
    tables, _ = rows_of(sources, SMALL, Documents(tmp_path, SMALL))
    assert to_check(settled(tables)) == set()
    panels = tables["panels"]
    assert isinstance(panels, Joined)
    [place] = [n for n, row in enumerate(panels) if row["panel_id"] == "idm-2028-1-p02"]
    wrong = {**panels[place], "title": "What nobody wrote"}
    tables["panels"] = panels.with_row(place, wrong)
    assert to_check(settled(tables)) == {"idm-2028-1.fr"}
    with pytest.raises(Invalid, match="idm-2028-1-p02"):
        validated(tables)


def test_the_same_key_in_two_documents_is_found(tmp_path: Path) -> None:
    sources = [source(FRENCH, "a.txt"), source(LATER, "b.txt")]
    memory = Documents(tmp_path, SMALL)
    memory.stored(rows_of(sources, SMALL, memory)[0])
    tables, _ = rows_of(sources, SMALL, Documents(tmp_path, SMALL))
    sections = tables["sections"]
    assert isinstance(sections, Joined)
    first = of_document(sections, "idm-2027-1.fr")
    pieces = {**sections.pieces, "idm-2028-1.fr": first}
    tables["sections"] = Joined(pieces.items())
    with pytest.raises(Invalid, match="its key occurs 2 times"):
        validated(tables)


def test_of_two_files_of_one_document_the_first_is_the_one_that_was_checked(
    tmp_path: Path,
) -> None:
    sources = [source(FRENCH, "a.txt"), source(FRENCH + "\n- Un.\n", "b.txt")]
    memory = Documents(tmp_path, SMALL)
    tables, problems = rows_of(sources, SMALL, memory)
    assert len(problems) == 1
    memory.stored(tables)
    for one, expected in zip(sources, (set(), {"idm-2027-1.fr"}), strict=True):
        tables, _ = rows_of([one], SMALL, Documents(tmp_path, SMALL))
        assert to_check(settled(tables)) == expected


def test_a_second_language_that_becomes_the_first_is_checked_as_such(tmp_path: Path) -> None:
    french, english = source(FRENCH, "a.txt"), source(ENGLISH, "b.txt")
    memory = Documents(tmp_path, SMALL)
    memory.stored(rows_of([french, english], SMALL, memory)[0])
    tables, _ = rows_of([english], SMALL, Documents(tmp_path, SMALL))
    assert to_check(settled(tables)) == {"idm-2027-1.en"}


def test_a_corrected_value_is_in_the_rows_and_not_in_what_is_kept(tmp_path: Path) -> None:
    one = source(FRENCH, "a.txt")
    memory = Documents(tmp_path, SMALL)
    tables, _ = rows_of([one], SMALL, memory)
    correction: dict[str, object] = {
        "table": "panels",
        "key": "idm-2027-1-p01",
        "column": "title",
        "expect": "Accueillir dans les ports",
        "value": "Accueillir",
    }
    changed = corrected(tables, [(2, correction)], Path("corrections.csv"))
    assert changed["panels"][0]["title"] == "Accueillir"
    memory.stored(changed)
    tables, _ = rows_of([one], SMALL, Documents(tmp_path, SMALL))
    assert tables["panels"][0]["title"] == "Accueillir dans les ports"
    assert to_check(settled(tables)) == {"idm-2027-1.fr"}  # as they are, nobody checked them


# ------------------------------------------------------------ the folder


def test_rows_as_arrow_are_a_sequence_of_rows_like_any_other(tmp_path: Path) -> None:
    sources = [source(FRENCH, "a.txt"), source(LATER, "b.txt")]
    rows = rows_of(sources, SMALL, Documents(tmp_path, SMALL))[0]["panels"]
    plain = rows_of(sources, SMALL, None)[0]["panels"]
    assert isinstance(rows, Joined) and all(isinstance(p, Kept) for p in rows.pieces.values())
    assert (list(rows), len(rows), rows[4], rows[-1]) == (list(plain), 6, plain[4], plain[-1])
    assert rows[1:3] == plain[1:3]
    assert not Joined([])


def test_what_no_build_of_the_last_used_is_removed(tmp_path: Path) -> None:
    entries = Entries(tmp_path)
    keys = [hashlib.sha256(bytes([n])).hexdigest() for n in range(RUNS + 1)]
    for key in keys:
        entries.write(key, key.encode())
        entries.used({key: ""})
    assert entries.read(keys[0]) is None
    assert [entries.read(key) for key in keys[1:]] == [key.encode() for key in keys[1:]]
    for _ in range(2 * RUNS):  # the same build again and again drives nothing out
        entries.used({keys[-1]: ""})
    assert entries.read(keys[1]) is not None


@pytest.mark.parametrize("content", ["", "[1]", "{}", '[{"a": 1}, 2]', "\udcff"])
def test_a_damaged_list_of_builds_is_begun_anew(content: str, tmp_path: Path) -> None:
    (tmp_path / "runs.json").write_text(content, encoding="utf-8", errors="surrogateescape")
    entries = Entries(tmp_path)
    entries.write("ab" * 32, b"value")
    entries.used({"ab" * 32: "note"})
    assert entries.runs() == [{"ab" * 32: "note"}]


SHARING = """
import sys
from hashlib import sha256
from pathlib import Path
from flows.keep.entries import Entries
entries = Entries(Path(sys.argv[1]))
keys = [sha256(bytes([n])).hexdigest() for n in range(20)]
for turn in range(30):
    for key in keys:
        value = entries.read(key)  # raises when it is not whole
        assert value is None or value == 5000 * key.encode()
        entries.write(key, 5000 * key.encode())
    entries.used(dict.fromkeys(keys[turn % 3 :], ""))
"""


def test_two_processes_share_a_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SHARING, str(tmp_path)]
    running = [subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE) for _ in range(2)]
    errors = [process.communicate()[1].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0], errors
    left = [path.name for path in tmp_path.glob("??/*")]
    assert len(left) <= 20 and not [name for name in left if name.endswith(".partial")]


def test_an_entry_that_cannot_be_read_is_damaged(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        # Root reads everything: a link that leads to itself cannot be read by anybody.
        (tmp_path / "ab").mkdir()
        (tmp_path / "ab" / ("ab" * 32)).symlink_to(tmp_path / "ab" / ("ab" * 32))
    else:
        Entries(tmp_path).write("ab" * 32, b"value")
        (tmp_path / "ab" / ("ab" * 32)).chmod(0)
    with pytest.raises(Damaged):
        Entries(tmp_path).read("ab" * 32)


def test_parquet_of_kept_rows_says_what_its_columns_mean(tmp_path: Path) -> None:
    """Entries leave the descriptions out; the files have them."""
    one = source(FRENCH, "a.txt")
    for _ in range(2):
        tables, _ = rows_of([one], SMALL, Documents(tmp_path / "kept", SMALL))
    files_of(tables, tmp_path / "parquet")
    schema = pq.read_schema(tmp_path / "parquet" / "panels.parquet")
    assert schema.field("title").metadata[b"description"]
    assert b"declaration" in schema.metadata
