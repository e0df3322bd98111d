"""The command `idm`: what it prints, how it ends, and that bad input changes nothing."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from conftest import Snapshot, once
from flows.__main__ import DOCUMENTS, PROJECT, main
from flows.ground.lock import NAME
from flows.ground.problems import printable
from flows.runs.record import FOLDER

GOOD = DOCUMENTS / "idm-2022-1.fr.txt"
TEXT = GOOD.read_text(encoding="utf-8")


def run_direct(documents: Path, warehouse: Path, *more: str) -> int:
    arguments = ["--documents", str(documents), "--warehouse", str(warehouse)]
    return main(["run", "--direct", "--no-release", *arguments, *more])


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder with one good document and no register."""
    folder = tmp_path / "documents"
    folder.mkdir()
    shutil.copy(GOOD, folder / "good.txt")
    return folder


# Help and usage


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["sql", "--help"]])
def test_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        main(arguments)
    assert ending.value.code == 0
    assert "usage: idm" in capsys.readouterr().out


def test_help_names_the_defaults(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["run", "--help"])
    shown = "".join(capsys.readouterr().out.split())
    assert f"(default:{PROJECT}/seeds/documents)" in shown
    assert f"(default:{PROJECT}/warehouse)" in shown


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        main(["--version"])
    assert ending.value.code == 0
    assert capsys.readouterr().out.startswith("idm-open-data 1.")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["walk"],
        ["run", "--fast"],
        ["run", "documents"],
        ["check"],
        ["sql", "SELECT 1", "--set", "country"],
        ["sql", "SELECT 1", "--set", "a b=1"],
        ["sql", "SELECT 1", "--format", "xml"],
    ],
)
def test_wrong_usage_is_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        main(arguments)
    assert ending.value.code == 2
    assert "usage: idm" in capsys.readouterr().err


# idm run


@pytest.mark.slow
def test_run_tells_what_it_came_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_direct(DOCUMENTS, tmp_path / "warehouse") == 0
    out, err = capsys.readouterr()
    for words in ("idm-2021-2.fr", "idm-2022-1.fr", "recommendations", "not asked for"):
        assert words in out
    assert str(tmp_path / "warehouse" / "idm.duckdb") in out
    stages = [line.split()[0] for line in err.splitlines()]
    assert stages == ["ingest", "normalise", "evaluate", "store"]


@pytest.mark.slow
def test_many_documents_are_counted_as_they_pass(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(20):
        text = TEXT.replace("migration 2022", f"migration {2030 + number}", 1)
        (documents / f"{number:02}.txt").write_text(text, encoding="utf-8")
    run_direct(documents, tmp_path / "warehouse")
    err = capsys.readouterr().err
    assert "  1/21 00.txt\n" in err
    assert "  21/21 good.txt\n" in err


Damage = Callable[[Path], object]


def pair(folder: Path) -> None:
    shutil.copy(GOOD, folder / "again.txt")


def registered(rows: str) -> Damage:
    return lambda folder: (folder / "documents.csv").write_text(f"file,sha256\n{rows}\n")


BAD: dict[str, tuple[Damage, tuple[str, ...]]] = {
    "empty": (lambda folder: (folder / "bad.txt").write_bytes(b""), ("bad.txt", "empty")),
    "not UTF-8": (
        lambda folder: (folder / "bad.txt").write_bytes(b"one\n\xe9"),
        ("bad.txt:2", "0xE9"),
    ),
    "binary": (lambda folder: (folder / "bad.txt").write_bytes(b"a\0b"), ("bad.txt", "binary")),
    "too large": (
        lambda folder: (folder / "bad.txt").write_bytes(b"a" * 6_000_000),
        ("bad.txt", "6,000,000", "5,000,000"),
    ),
    "unreadable": (lambda folder: (folder / "bad.txt").symlink_to("bad.txt"), ("bad.txt", "read")),
    "another family": (
        lambda folder: (folder / "bad.txt").write_text("A letter.\n\nDear all,\n"),
        ("bad.txt",),
    ),
    "no date": (
        lambda folder: (folder / "bad.txt").write_text(
            "Dialogue international sur la migration\n\nRésumé des conclusions\n\nLa session.\n"
        ),
        ("bad.txt", "date"),
    ),
    "a language without a pack": (
        lambda folder: (folder / "bad.txt").write_text(
            "Międzynarodowy dialog o migracji 2030\n\n3 maja 2030\n\nWnioski z sesji są takie.\n"
        ),
        ("bad.txt",),
    ),
    "the same document twice": (pair, ("good.txt", "again.txt")),
    "a row without its file": (registered("gone.txt," + "0" * 64), ("documents.csv:2", "gone.txt")),
    "a wrong SHA-256": (registered("good.txt," + "0" * 64), ("documents.csv:2", "good.txt")),
}


@pytest.fixture
def warehouse(documents: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with a build of the good document, to be changed."""

    def make(folder: Path) -> None:
        assert run_direct(documents, folder, "--strict") == 0

    return shutil.copytree(
        once(tmp_path_factory, "good", make), tmp_path / "warehouse", symlinks=True
    )


@pytest.mark.parametrize("fault", BAD)
@pytest.mark.slow
def test_bad_input_is_told_and_changes_nothing(
    fault: str,
    documents: Path,
    warehouse: Path,
    snapshot: Snapshot,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = snapshot(warehouse)

    damage, words = BAD[fault]
    damage(documents)
    assert run_direct(documents, warehouse) == 1

    err = capsys.readouterr().err
    for word in words:
        assert word in err
    assert "Traceback" not in err
    assert err.splitlines()[-1].startswith(("1 problem.", "2 problems."))
    assert snapshot(warehouse) == before


def only_records(warehouse: Path) -> bool:
    """Whether nothing is in a warehouse but records of runs."""
    return {path.name for path in warehouse.iterdir()} == {FOLDER, NAME}


@pytest.mark.slow
def test_a_refused_first_run_leaves_only_its_record(documents: Path, tmp_path: Path) -> None:
    (documents / "bad.txt").write_bytes(b"")
    assert run_direct(documents, tmp_path / "warehouse") == 1
    assert only_records(tmp_path / "warehouse")


@pytest.mark.slow
def test_all_problems_are_told_at_once(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for fault in ("not UTF-8", "a row without its file"):
        BAD[fault][0](documents)
    (documents / "letter.txt").write_text("A letter.\n")
    assert run_direct(documents, tmp_path / "warehouse") == 1
    err = capsys.readouterr().err
    for name in ("bad.txt", "gone.txt", "letter.txt"):
        assert name in err


@pytest.mark.slow
def test_skip_invalid_goes_on_and_lists_the_refused(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    BAD["not UTF-8"][0](documents)
    (documents / "letter.txt").write_text("A letter.\n")
    assert run_direct(documents, tmp_path / "warehouse", "--skip-invalid") == 0
    out = capsys.readouterr().out
    assert "idm-2022-1.fr" in out
    assert "0xE9" in out
    record = json.loads((tmp_path / "warehouse" / "build.json").read_text())["record"]
    assert [entry["file"] for entry in record["refused"]] == ["bad.txt", "letter.txt"]
    assert [entry["file"] for entry in record["documents"]] == ["good.txt"]


@pytest.mark.slow
def test_a_name_that_cannot_be_printed_is_told_in_escapes(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(GOOD, documents / "new\nline.txt")
    assert run_direct(documents, tmp_path / "warehouse") == 1
    assert "new\\nline.txt: " in capsys.readouterr().err
    assert run_direct(documents, tmp_path / "warehouse", "--skip-invalid") == 0
    record = json.loads((tmp_path / "warehouse" / "build.json").read_text())["record"]
    assert [entry["file"] for entry in record["refused"]] == ["new\\nline.txt"]


def test_bytes_of_a_name_that_are_no_utf8_can_be_told() -> None:
    assert printable(os.fsdecode(b"caf\xe9 \xc3\xa9.txt")).encode() == "caf\\udce9 é.txt".encode()


def test_a_release_that_is_refused_leaves_the_old_build(
    built: Path,
    documents: Path,
    tmp_path: Path,
    snapshot: Snapshot,
    capsys: pytest.CaptureFixture[str],
) -> None:
    warehouse = shutil.copytree(built, tmp_path / "warehouse", symlinks=True)
    catalogue = warehouse / "releases" / "catalog.json"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text("{")
    before = snapshot(warehouse)
    arguments = ["--documents", str(documents), "--warehouse", str(warehouse)]
    assert main(["run", "--direct", *arguments]) == 1
    err = capsys.readouterr().err
    assert str(catalogue) in err
    assert err.rstrip().endswith("What was there before is whole.")
    assert snapshot(warehouse) == before


@pytest.mark.slow
def test_skip_invalid_needs_one_good_document(documents: Path, tmp_path: Path) -> None:
    (documents / "good.txt").write_bytes(b"")
    assert run_direct(documents, tmp_path / "warehouse", "--skip-invalid") == 1
    (documents / "good.txt").write_text("A letter.\n")
    assert run_direct(documents, tmp_path / "warehouse", "--skip-invalid") == 1
    assert only_records(tmp_path / "warehouse")


@pytest.mark.parametrize("below", ["", "warehouse"])
def test_a_warehouse_that_cannot_be_made(
    below: str, documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("mine")
    assert run_direct(documents, tmp_path / "file" / below) == 1
    assert "not a folder" in capsys.readouterr().err
    assert (tmp_path / "file").read_text() == "mine"


# idm check


def test_check_shows_what_is_understood_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check", str(GOOD)]) == 0
    out = capsys.readouterr().out
    for words in ("idm-2022-1.fr", "2022-02-28", "recommendations", "visible characters"):
        assert words in out
    assert list(tmp_path.iterdir()) == []


def test_check_tells_of_bad_files_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\xff")
    assert main(["check", str(tmp_path / "bad.txt"), str(GOOD)]) == 1
    out, err = capsys.readouterr()
    assert "idm-2022-1.fr" in out
    assert "bad.txt:1" in err


def unclear(folder: Path) -> Path:
    """A copy of the good document that cites a convention which nobody knows, twice."""
    path = folder / "unclear.txt"
    known = "Une synthèse"
    strange = "Le Pacte d'Arcachon et la Convention de Brême sur les marées ont été cités."
    path.write_text(TEXT.replace(known, f"{strange} {known}", 1), encoding="utf-8")
    return path


def test_check_lists_what_was_not_understood(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = unclear(tmp_path)
    line = 1 + TEXT.count("\n", 0, TEXT.index("Une synthèse"))
    reason = "the name of an instrument that is not in the reference tables"
    assert main(["check", str(path)]) == 0
    report, _, listed = capsys.readouterr().out.partition("Not understood: ")
    assert "Recommendations by force" in report and "Totals stated" in report
    assert listed.splitlines()[:3] == [
        "2",
        f"{path}:{line}:4: Pacte d'Arcachon: {reason}",
        f"{path}:{line}:27: Convention de Brême sur les marées: {reason}",
    ]
    assert main(["check", "--strict", str(path)]) == 1
    assert main(["check", "--strict", str(GOOD)]) == 0
    assert capsys.readouterr().out.rstrip().endswith("Not understood: nothing")


@pytest.mark.slow
def test_a_strict_run_fails_for_what_was_not_understood_and_changes_nothing(
    documents: Path, warehouse: Path, snapshot: Snapshot, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(warehouse)
    (documents / "good.txt").unlink()
    path = unclear(documents)
    assert run_direct(documents, warehouse, "--strict") == 1
    out, err = capsys.readouterr()
    lines = [line for line in err.splitlines() if line.startswith(f"{path}:")]
    assert [line.split(": ")[1] for line in lines] == [
        "Pacte d'Arcachon",
        "Convention de Brême sur les marées",
    ]
    assert err.rstrip().endswith("2 problems. What was there before is whole.")
    assert out == ""
    assert snapshot(warehouse) == before


@pytest.mark.slow
def test_a_register_that_the_text_denies_is_told(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    digest = hashlib.sha256(GOOD.read_bytes()).hexdigest()
    register = f"file,sha256,session_id\ngood.txt,{digest},idm-2022-2\n"
    (documents / "documents.csv").write_text(register)
    assert run_direct(documents, tmp_path / "warehouse", "--strict") == 1
    said = "the register has the session idm-2022-2, the text is of idm-2022-1"
    assert said in capsys.readouterr().err
    assert only_records(tmp_path / "warehouse")
    assert run_direct(documents, tmp_path / "warehouse") == 0
    assert "idm-2022-2.fr  1  register 1" in capsys.readouterr().out


@pytest.mark.slow
def test_a_run_stores_what_was_not_understood_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    unclear(folder)
    assert run_direct(folder, tmp_path / "warehouse") == 0
    assert "idm-2022-1.fr  2  instrument 2" in capsys.readouterr().out
    rows = pq.read_table(tmp_path / "warehouse" / "parquet" / "warnings.parquet").to_pylist()
    text = (folder / "unclear.txt").read_text(encoding="utf-8")
    for row in rows:
        assert text[row["char_start"] : row["char_end"]] == row["text"]
    assert [row["kind"] for row in rows] == ["instrument", "instrument"]


# idm evaluate


def test_evaluate_prints_scores_by_document_and_overall(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["evaluate"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == [
        *("document", "table", "measure"),
        *("tp", "fp", "fn"),
        *("precision", "recall", "f1"),
    ]
    assert {line[0] for line in lines[1:]} == {"idm-2021-2.fr", "idm-2022-1.fr", "overall"}


def test_evaluate_can_list_what_was_judged_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate"]) == 0
    scores = capsys.readouterr().out
    assert main(["evaluate", "--details"]) == 0
    listed = capsys.readouterr().out
    assert listed.endswith(scores)
    wrong = sum(
        any(int(cell) for cell in line.split()[4:6])
        for line in scores.splitlines()[1:]
        if not line.startswith("overall")
    )
    assert ("labelled" in listed.removesuffix(scores)) == (wrong > 0)


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    """A folder with labels for the good document: a panel and a person that are not in it."""
    folder = tmp_path / "labels"
    folder.mkdir()
    label = {
        "document": "idm-2022-1.fr",
        "panels": [{"title": "Apprivoiser les nuages"}],
        "mentioned": [{"kind": "person", "name": "Nadir Sablon"}],
    }
    (folder / "good.json").write_text(json.dumps(label), encoding="utf-8")
    return folder


def evaluate(documents: Path, labels: Path, *more: str) -> int:
    return main(["evaluate", "--documents", str(documents), "--labels", str(labels), *more])


def test_evaluate_scores_any_folder_against_any_labels(
    documents: Path, labels: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(tmp_path.rglob("*"))
    assert evaluate(documents, labels) == 0
    out, err = capsys.readouterr()
    panels = next(line for line in out.splitlines() if " panels " in line).split()
    found = TEXT.count("\n- ", 0, TEXT.index("Une synthèse"))
    assert panels == [
        "idm-2022-1.fr",
        "panels",
        "rows",
        "0",
        str(found),
        "1",
        "0.000",
        "0.000",
        "0.000",
    ]
    assert "sessions  title" not in out  # a part without labels is not scored
    assert err == ""
    assert sorted(tmp_path.rglob("*")) == before


def test_evaluate_lists_what_was_missed_and_extra_with_its_text(
    documents: Path, labels: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate(documents, labels, "--details") == 0
    told = capsys.readouterr().out.split("\n\n")
    assert told[0] == ("idm-2022-1.fr panels.rows: missed\n  labelled  Apprivoiser les nuages")
    line = TEXT.count("\n", 0, TEXT.index("\n- ")) + 2
    assert told[1].startswith(f"idm-2022-1.fr L{line:03} panels.rows: extra\n  extracted  ")


def test_evaluate_names_a_bad_label_file(
    documents: Path, labels: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (labels / "bad.json").write_text('{\n"document": x}')
    assert evaluate(documents, labels) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{labels / 'bad.json'}:2: Not JSON")
    assert "README.md" in err and "Traceback" not in err


def test_evaluate_names_folders_that_do_not_belong_together(
    documents: Path, labels: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    label = json.dumps({"document": "idm-2031-1.fr", "panels": []})
    (labels / "other.json").write_text(label)
    assert evaluate(documents, labels) == 0
    said = "idm-2031-1.fr is not among the documents read: not scored."
    assert capsys.readouterr().err == f"{labels / 'other.json'}: {said}\n"
    (labels / "good.json").unlink()
    assert evaluate(documents, labels) == 1
    assert f"{documents}: No label file in {labels} is of a document" in capsys.readouterr().err
    assert evaluate(documents, tmp_path / "none") == 1
    assert f"{tmp_path / 'none'}: There is no such folder." in capsys.readouterr().err
    assert evaluate(tmp_path / "none", labels) == 1
    assert f"{tmp_path / 'none'}: There is no such folder." in capsys.readouterr().err


def test_evaluate_scores_the_others_and_names_a_document_that_cannot_be_read(
    documents: Path, labels: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (documents / "bad.txt").write_bytes(b"\xff")
    assert evaluate(documents, labels) == 1
    out, err = capsys.readouterr()
    assert "idm-2022-1.fr  panels" in out
    assert f"{documents / 'bad.txt'}:1" in err
    assert err.rstrip().endswith("The scores, if any, are of the others.")


# idm sql


def query(built: Path, text: str, form: str, *more: str) -> subprocess.CompletedProcess[bytes]:
    """Run `idm sql` in a process of its own: two of the formats go past Python's own stdout."""
    return subprocess.run(
        [
            *(sys.executable, "-m", "flows", "sql", text, *more),
            *("--warehouse", str(built), "--format", form),
        ],
        cwd=PROJECT,
        capture_output=True,
        check=False,
    )


DAYS = "SELECT start_date, venue, 'a,\"b\"' AS words FROM sessions ORDER BY start_date"


def test_sql_as_a_table(built: Path) -> None:
    result = query(built, DAYS, "table")
    assert result.returncode == 0
    assert "2022-02-28" in result.stdout.decode()
    assert "start_date" in result.stdout.decode()


def test_sql_as_csv(built: Path) -> None:
    header, first, second = query(built, DAYS, "csv").stdout.decode().splitlines()
    assert header == "start_date,venue,words"
    assert first.startswith("2021-10-14,")
    assert second == '2022-02-28,,"a,""b"""'


def test_sql_as_json(built: Path) -> None:
    rows = json.loads(query(built, DAYS, "json").stdout)
    assert rows[1] == {"start_date": "2022-02-28", "venue": None, "words": 'a,"b"'}


def test_sql_as_parquet(built: Path, tmp_path: Path) -> None:
    path = tmp_path / "result.parquet"
    path.write_bytes(query(built, DAYS, "parquet").stdout)
    assert pq.read_table(path).column_names == ["start_date", "venue", "words"]


def test_sql_shows_long_values_whole_and_says_when_rows_are_cut(built: Path) -> None:
    rows = "SELECT repeat('x', 999) AS x, i FROM range(10001) t(i)"
    result = query(built, rows, "table", "--wide")
    assert "x" * 999 in result.stdout.decode()
    assert "10,000" in result.stderr.decode()
    cut = query(built, rows, "table")
    assert max(map(len, cut.stdout.decode().splitlines())) <= 120
    assert "Cells are cut. --wide" in cut.stderr.decode()


@pytest.mark.parametrize("text", ["SELEC 1", "SELECT nothing FROM sessions", "DROP TABLE panels"])
def test_a_wrong_query_gets_what_duckdb_says(
    text: str, built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sql", text, "--warehouse", str(built)]) == 1
    err = capsys.readouterr().err
    assert "Error" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("text", ["", "-- nothing", "SELECT 1; SELECT 2"])
def test_anything_but_one_statement_is_wrong_usage(
    text: str, built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sql", text, "--warehouse", str(built)]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert "one statement" in err


def test_sql_writes_through_a_temporary_folder_of_any_name(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "o'clock é"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    assert query(built, "SELECT 1 AS one", "csv").stdout.split() == [b"one", b"1"]


@pytest.mark.parametrize("arguments", [["check", str(GOOD)], ["sql", "SELECT 'é→'"]])
def test_letters_that_a_terminal_lacks_are_written_as_escapes(
    arguments: list[str], built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    place = ["--warehouse", str(built)] if arguments[0] == "sql" else []
    command = [sys.executable, "-m", "flows", *arguments, *place]
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, check=False)
    assert result.returncode == 0, result.stderr
    assert b"\\xe9" in result.stdout


@pytest.mark.parametrize(("form", "seconds"), [("table", 1.3), ("table", 2), ("csv", 1.6)])
def test_a_query_can_be_interrupted(built: Path, form: str, seconds: float) -> None:
    """Whenever that is: while the program begins, or while DuckDB is at it."""
    endless = "SELECT sum(a.range * b.range) FROM range(3000000) a, range(30000000) b"
    place = ["--warehouse", str(built), "--format", form]
    command = [sys.executable, "-m", "flows", "sql", endless, *place]
    process = subprocess.Popen(
        command,
        cwd=PROJECT,
        stderr=subprocess.PIPE,
        # A test run in the background ignores Ctrl-C, and its children would too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(seconds)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode in (130, -signal.SIGINT)
    assert b"Traceback" not in err


def test_no_database_yet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", "SELECT 1", "--warehouse", str(tmp_path)]) == 1
    assert "idm run" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["table", "csv"])
def test_a_reader_that_has_seen_enough_is_no_error(built: Path, form: str) -> None:
    writer = subprocess.Popen(
        [
            *(sys.executable, "-m", "flows", "sql", "FROM range(200000)"),
            *("--warehouse", str(built), "--format", form),
        ],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert writer.stdout is not None
    assert writer.stderr is not None
    os.read(writer.stdout.fileno(), 10)
    writer.stdout.close()
    assert b"Traceback" not in writer.stderr.read()
    assert writer.wait() == 0
