"""`idm verify`: a whole release passes, and each thing that can be wrong with one is found."""

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from flows.__main__ import DOCUMENTS, PROJECT
from flows.ground.problems import Refused
from flows.publish.release.catalogue import read_catalogue
from flows.publish.release.checksums import write_checksums
from flows.publish.verify.whole import faults_of

pytestmark = pytest.mark.slow


@pytest.fixture
def release(published: Path, tmp_path: Path) -> Path:
    """A copy of that release, to be changed."""
    return shutil.copytree(published / "releases" / "1.0.0", tmp_path / "a [release]'s *")


def test_a_whole_release_has_no_fault(published: Path) -> None:
    folder = published / "releases" / "1.0.0"
    assert faults_of(folder) == []
    assert faults_of(folder, read_catalogue(published / "releases")[0]) == []


# What is wrong with files.


@pytest.mark.parametrize("name", ["README.md", "idm.duckdb", "parquet/panels.parquet"])
def test_a_file_that_was_changed_is_named(name: str, release: Path) -> None:
    with (release / name).open("ab") as file:
        file.write(b" ")
    (problem,) = faults_of(release)
    assert problem.file == str(release / name)


def test_files_that_are_missing_or_too_many_are_named(release: Path) -> None:
    (release / "LICENSE").unlink()
    (release / "notes.txt").write_text("added")
    assert [Path(problem.file).name for problem in faults_of(release)] == ["LICENSE", "notes.txt"]
    (release / "SHA256SUMS").unlink()
    assert [Path(problem.file).name for problem in faults_of(release)] == ["SHA256SUMS"]


# What is wrong with what the files say: their hashes are made to fit, so that each is found by
# its own check.


def rewritten(release: Path, table: str, change: Callable[[pa.Table], pa.Table]) -> None:
    """Other rows of a table in Parquet, database and manifest, with the declaration it had."""
    file = release / "parquet" / f"{table}.parquet"
    rows = pq.read_table(file)
    pq.write_table(change(rows), file)
    write_checksums(release)


def told(release: Path) -> str:
    return "\n".join(problem.what for problem in faults_of(release))


def value(rows: pa.Table, column: str, row: int, new: object) -> pa.Table:
    """The rows with one value changed."""
    place = rows.schema.get_field_index(column)
    values = rows[column].to_pylist()
    values[row] = new
    field = rows.schema.field(place)
    return rows.set_column(place, field, pa.array(values, field.type))


WRONG: dict[str, tuple[str, Callable[[pa.Table], pa.Table], str]] = {
    "a row less": ("panels", lambda t: t.slice(1), "rows, the manifest says"),
    "another value": (
        "panels",
        lambda t: value(t, "title", 0, "Autre"),
        "the rows of panels do not have the logical hash in the manifest",
    ),
    "another database": (
        "panels",
        lambda t: value(t, "title", 0, "Autre"),
        "panels has other rows in the database than in parquet/",
    ),
    "a key twice": (
        "panels",
        lambda t: value(t, "panel_id", 0, t["panel_id"][1].as_py()),
        "panels: 1 keys are there more than once",
    ),
    "a reference to nothing": (
        "participants",
        lambda t: value(t, "country_code", 0, "QQQ"),
        "participants.country_code: 1 rows refer to none of countries",
    ),
    "a span outside": (
        "recommendations",
        lambda t: value(t, "char_end", 0, 10**7),
        "recommendations: 1 spans are not in their document",
    ),
    "a span that ends before it starts": (
        "sentences",
        lambda t: value(t, "char_end", 3, 0),
        "sentences: 1 spans are not in their document",
    ),
    "a text of another length": (
        "documents",
        lambda t: value(t, "characters", 0, 7),
        "documents: 1 texts are not as long as stated",
    ),
    "a value outside its list": (
        "recommendations",
        lambda t: value(t, "force", 0, "wish"),
        "recommendations.force has only values of its list: 1 rows",
    ),
    "a value that is not like its pattern": (
        "documents",
        lambda t: value(t, "language", 0, "French"),
        "documents.language is like",
    ),
    "a number below its least": (
        "panels",
        lambda t: value(t, "position", 0, 0),
        "panels.position is >= 1: 1 rows",
    ),
    "a number above its most": (
        "evaluations",
        lambda t: value(t, "f1", 0, 1.5),
        "evaluations.f1 is <= 1: 1 rows",
    ),
    "another type": (
        "panels",
        lambda t: t.set_column(
            t.schema.get_field_index("position"), "position", pc.cast(t["position"], pa.int64())
        ),
        "the columns of panels are not those that it declares",
    ),
    "a column less": (
        "panels",
        lambda t: t.drop_columns(["label"]),
        "the columns of panels are not those that it declares",
    ),
}


@pytest.mark.parametrize("fault", WRONG)
def test_what_is_wrong_with_rows_is_told(fault: str, release: Path) -> None:
    table, change, what = WRONG[fault]
    rewritten(release, table, change)
    assert what in told(release)


def test_null_where_there_must_be_a_value(release: Path) -> None:
    file = release / "parquet" / "panels.parquet"
    rows = pq.read_table(file)
    field = rows.schema.field("title").with_nullable(True)
    place = rows.schema.get_field_index("title")
    rows = rows.set_column(place, field, pa.array([None] * rows.num_rows, pa.string()))
    pq.write_table(rows, file)
    write_checksums(release)
    assert "panels.title is never NULL" in told(release)


def in_json(release: Path, name: str, change: Callable[[dict[str, object]], object]) -> None:
    facts = json.loads((release / name).read_text(encoding="utf-8"))
    change(facts)
    (release / name).write_text(json.dumps(facts), encoding="utf-8")
    write_checksums(release)


def test_what_is_wrong_with_descriptors_is_told(release: Path) -> None:
    in_json(release, "datapackage.json", lambda facts: facts.update(version="9.9.9"))
    assert told(release) == "datapackage.json is of version 9.9.9."
    in_json(release, "manifest.json", lambda facts: facts.update(version="8.8.8"))
    assert "CITATION.cff is of another version" in told(release)


@pytest.mark.parametrize("name", ["croissant.json", "dcat.jsonld", "ro-crate-metadata.json"])
def test_descriptors_that_speak_of_other_files(name: str, release: Path) -> None:
    file = release / name
    text = file.read_text(encoding="utf-8")
    digest = sha256((release / "csv.zip").read_bytes()).hexdigest()
    assert text.count(digest) == 1
    file.write_text(text.replace(digest, "0" * 64), encoding="utf-8")
    write_checksums(release)
    assert told(release) == f"{name} gives another hash of csv.zip than SHA256SUMS."
    file.write_text("{}", encoding="utf-8")
    write_checksums(release)
    assert told(release).startswith(f"{name} is not the descriptor of a release: KeyError")
    file.write_text(text, encoding="utf-8")
    (release / "csv.zip").unlink()
    write_checksums(release)
    assert f"{name} describes csv.zip, which is not there." in told(release)


def test_a_table_that_is_not_everywhere_is_told(release: Path) -> None:
    (release / "parquet" / "groups.parquet").unlink()
    write_checksums(release)
    assert "groups: in the manifest or in parquet/, not in both" in told(release)
    assert "groups: in the database or in parquet/, not in both" in told(release)


def test_a_database_with_other_rows(release: Path) -> None:
    with duckdb.connect(release / "idm.duckdb") as database:
        database.execute("delete from evaluations")
    write_checksums(release)
    assert told(release) == "evaluations has other rows in the database than in parquet/."


def test_a_catalogue_that_says_something_else(published: Path) -> None:
    folder = published / "releases" / "1.0.0"
    (entry,) = read_catalogue(published / "releases")
    for part, other in (("date", "1999-01-01"), ("schema_sha256", "0" * 64), ("files", [])):
        (problem,) = faults_of(folder, {**entry, part: other})
        assert "the catalogue gives" in problem.what


def test_what_is_no_release(tmp_path: Path) -> None:
    (problem,) = faults_of(tmp_path)
    assert problem.file == str(tmp_path / "SHA256SUMS")
    write_checksums(tmp_path)
    with pytest.raises(Refused, match="is not the manifest of a release"):
        faults_of(tmp_path)


# By the command.


def verify(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flows", "verify", *arguments],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of a plain web server of that folder."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as web:
        thread = threading.Thread(target=web.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{web.server_port}"
        web.shutdown()
        thread.join()


def test_by_version_alias_and_folder(published: Path, release: Path) -> None:
    for arguments in (("1.0.0", "--warehouse", str(published)), (str(release),)):
        result = verify(*arguments)
        assert result.returncode == 0, result.stderr
        assert result.stdout.startswith("release 1.0.0 is whole: ")
    (release / "README.md").write_text("changed")
    result = verify(str(release))
    assert result.returncode == 1
    assert "README.md: is missing, changed, or not in SHA256SUMS." in result.stderr
    assert result.stderr.endswith("1 problem. Do not rely on it.\n")


def test_by_url(release: Path, server: str, tmp_path: Path) -> None:
    release.rename(tmp_path / "rel ease")
    result = verify(f"{server}/rel%20ease/")
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("release 1.0.0 is whole: ")
    (tmp_path / "rel ease" / "parquet" / "panels.parquet").unlink()
    result = verify(f"{server}/rel%20ease")
    assert result.returncode == 1
    assert "panels.parquet: cannot be downloaded: HTTP Error 404" in result.stderr
    result = verify(f"{server}/nowhere")
    assert result.returncode == 1 and "SHA256SUMS: cannot be downloaded" in result.stderr
    assert verify("http://127.0.0.1:9/").returncode == 1


def test_a_url_cannot_write_outside_of_its_folder(server: str, tmp_path: Path) -> None:
    (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64}  ../escaped\n")
    (tmp_path / "escaped").write_text("x")
    result = verify(f"{server}/")
    assert result.returncode == 1
    assert "names a file outside of the release: ../escaped" in result.stderr


def test_it_comes_out_again_from_its_inputs(published: Path, tmp_path: Path) -> None:
    warehouse = ("--warehouse", str(published))
    result = verify("1.0.0", "--rebuild", *warehouse)
    assert result.returncode == 0, result.stderr
    assert "built again from its inputs: the same rows in every table" in result.stdout
    for path in DOCUMENTS.iterdir():
        shutil.copy(path, tmp_path)
    (tmp_path / "further.fr.txt").write_text("Not among the recorded ones.")
    assert verify("1", "--rebuild", "--documents", str(tmp_path), *warehouse).returncode == 0
    changed = sorted(tmp_path.glob("idm-*.txt"))[0]
    changed.write_bytes(changed.read_bytes() + b"\n")
    result = verify("1.0.0", "--rebuild", "--documents", str(tmp_path), *warehouse)
    assert result.returncode == 1
    assert f"{changed}: is not the document that was used" in result.stderr


def test_what_does_not_come_out_again_is_named(published: Path, tmp_path: Path) -> None:
    """Another register leads to other rows: what the release records is only the documents."""
    for path in DOCUMENTS.iterdir():
        if path.suffix == ".txt":
            shutil.copy(path, tmp_path)
    result = verify(
        *("1.0.0", "--rebuild", "--documents", str(tmp_path), "--warehouse", str(published))
    )
    assert result.returncode == 1
    assert "other rows come out of the same documents: documents." in result.stderr
