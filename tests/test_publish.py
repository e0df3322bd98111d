"""Publishing: what a release holds, and that it is there whole or not at all."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest
import yaml

from conftest import once
from flows.ground.fingerprint import hashes_of_database
from flows.ground.problems import Refused
from flows.ground.record import Build, read_build
from flows.publish import Terms, publish
from flows.publish.describe.facts import Facts
from flows.publish.describe.pages import readme
from flows.publish.release.about import PROJECT, read_about
from flows.publish.release.catalogue import read_catalogue
from flows.store import store
from schemas import TABLES
from schemas.dictionary import data_dictionary
from small_build import CALL, DOCUMENT, SESSION, TEXT, small_build

pytestmark = pytest.mark.slow

Snapshot = Callable[[Path], dict[str, bytes]]

PUBLISH_IN_ANOTHER_PROCESS = """
import os, signal, sys
from pathlib import Path
from flows.ground.lock import only_writer
from flows.ground.problems import Refused
from flows.publish import publish
from flows.ground.record import read_build

def kill(name, arguments):
    if name == event and place in " ".join(map(str, arguments)):
        os.kill(os.getpid(), signal.SIGKILL)

warehouse, event, place = Path(sys.argv[1]), *sys.argv[2:]
build = read_build((warehouse / "current").resolve())
if event:
    sys.addaudithook(kill)
try:
    with only_writer(warehouse):
        print(publish(build, warehouse).unchanged)
except Refused as refused:
    sys.exit(str(refused))
"""


def stored(warehouse: Path, title: str = "Des services pour tous") -> Build:
    """The small build, with that title of its second panel."""
    tables = small_build()
    tables["panels"][1] = {**tables["panels"][1], "title": title}
    return store(tables, warehouse, {"documents": [DOCUMENT]})


def current(warehouse: Path) -> Build:
    """The build that a warehouse holds."""
    return read_build((warehouse / "current").resolve())


def command(warehouse: Path, event: str = "", place: str = "") -> list[str]:
    return [sys.executable, "-c", PUBLISH_IN_ANOTHER_PROCESS, str(warehouse), event, place]


@pytest.fixture
def release(small_warehouse: Path) -> Path:
    """The folder of the first release of the small build. To be read only."""
    return small_warehouse / "releases" / "1.0.0"


@pytest.fixture(scope="session")
def template(small_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with release 1.0.0 and a build that differs from it in one row."""

    def make(folder: Path) -> None:
        shutil.copytree(small_warehouse / "releases", folder / "releases")
        stored(folder, "Des services")

    return once(tmp_path_factory, "not-yet-published", make)


@pytest.fixture
def warehouse(template: Path, tmp_path: Path) -> Path:
    """A copy of that warehouse, to be changed, in an awkward place."""
    return shutil.copytree(template, tmp_path / "its [ware]house's *", symlinks=True)


def text_of(release: Path, name: str) -> str:
    return (release / name).read_text(encoding="utf-8")


def code_in(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)


def assert_whole(folder: Path) -> None:
    """As `sha256sum -c` does, and no file is left out."""
    lines = text_of(folder, "SHA256SUMS").splitlines()
    sums = [re.fullmatch(r"([0-9a-f]{64})  (\S+)", line) for line in lines]
    listed = {match[2]: match[1] for match in sums if match}
    assert len(listed) == len(lines) and list(listed) == sorted(listed)
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS"]
    assert listed == {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files
    }


# --- what a release holds ----------------------------------------------------------------------


def test_the_files(release: Path) -> None:
    assert release.name == "1.0.0"
    assert sorted(path.relative_to(release).as_posix() for path in release.rglob("*")) == sorted(
        [
            *("CHANGES.md", "CITATION.cff", "DICTIONARY.md", "LICENSE", "LICENSE-DATA.md"),
            *("QUALITY.md", "README.md", "RIGHTS.md", "SHA256SUMS", "changes.parquet"),
            *("croissant.json", "csv.zip", "datapackage.json", "dcat.jsonld", "idm.duckdb"),
            *("idm.xlsx", "manifest.json", "parquet", "ro-crate-metadata.json"),
            *(f"parquet/{name}.parquet" for name in TABLES),
        ]
    )
    assert_whole(release)
    assert text_of(release, "DICTIONARY.md") == data_dictionary()
    assert text_of(release, "LICENSE") == (PROJECT / "LICENSE").read_text(encoding="utf-8")


def test_the_catalogue(release: Path) -> None:
    build = current(release.parent.parent)
    catalogue = json.loads(text_of(release.parent, "catalog.json"))
    entry = catalogue["releases"][0]
    assert catalogue == {
        "aliases": {"1": "1.0.0", "1.0": "1.0.0", "latest": "1.0.0"},
        "latest": "1.0.0",
        "releases": [entry],
    }
    assert entry["version"] == "1.0.0" and entry["status"] == "published"
    assert entry["schema_sha256"] == build.schema_sha256
    assert {t["table"]: (t["rows"], t["logical_sha256"]) for t in entry["tables"]} == {
        name: (build.rows[name], build.logical_sha256[name]) for name in TABLES
    }
    assert {f["path"]: (f["bytes"], f["sha256"]) for f in entry["files"]} == {
        path.relative_to(release).as_posix(): (
            path.stat().st_size,
            sha256(path.read_bytes()).hexdigest(),
        )
        for path in release.rglob("*")
        if path.is_file()
    }
    with duckdb.connect() as connection:
        latest = connection.execute(
            "select latest from read_json($1)", [str(release.parent / "catalog.json")]
        ).fetchone()
    assert latest == ("1.0.0",)


def test_the_citation(release: Path, tmp_path: Path) -> None:
    citation = yaml.safe_load(text_of(release, "CITATION.cff"))
    assert {name: citation[name] for name in ("cff-version", "type", "version", "license")} == {
        "cff-version": "1.2.0",
        "type": "dataset",
        "version": "1.0.0",
        "license": "CC-BY-4.0",
    }
    assert citation["authors"] == [{"name": "IDM Open Data"}]
    assert citation["title"] and citation["message"] and "date-released" not in citation
    dated = publish(stored(tmp_path), tmp_path, Terms(date="2030-09-01")).folder
    assert str(yaml.safe_load(text_of(dated, "CITATION.cff"))["date-released"]) == "2030-09-01"
    assert "(2030-09-01)" in text_of(dated, "README.md")


def test_the_readme_shows_what_is_in_it(release: Path) -> None:
    page = text_of(release, "README.md")
    assert f"| {DOCUMENT} | 2030-05-06 to 2030-05-07 |" in page
    for name, rows in small_build().items():
        assert f"| `{name}` | {len(rows)} | " in page
    assert f"| call | {CALL} | Jeanne Exemple | les villes |" in page
    assert "| `panels` | `rows` | 1.000 | 1.000 | 1.000 |" in page
    files = re.findall(r"[A-Z-]+\.md|[\w-]+\.(?:jsonld|json|duckdb|zip|xlsx|cff)|SHA256SUMS", page)
    for name in files:
        assert (release / name).exists(), name
    for path in release.iterdir():
        assert path.name in page or path.name == "README.md", path.name


def test_the_quality_is_counted(release: Path) -> None:
    page = text_of(release, "QUALITY.md")
    assert "| `panels` | `rows` | 2 | 0 | 0 | 1.000 | 1.000 | 1.000 |" in page
    assert f"| {DOCUMENT} | panels | 2 | 2 | match |  |" in page
    assert "| whether a sentence or item is a recommendation | 254 | 99% |" in page
    covered = re.search(rf"^\| {DOCUMENT} \| ([\d,]+) \| ([\d,]+) \|", page, re.MULTILINE)
    assert covered
    characters, inside = (int(number.replace(",", "")) for number in covered.groups())
    assert characters == len(TEXT)
    # Passages run from their first character to their last: blanks between them are in none.
    blanks = sum(c.isspace() for c in TEXT)
    assert characters - blanks <= inside < characters


def test_the_queries_of_the_readme_run(release: Path) -> None:
    queries = code_in(text_of(release, "README.md"), "sql")
    with duckdb.connect(release / "idm.duckdb", read_only=True) as connection:
        answers = [connection.execute(query).fetchall() for query in queries]
    assert answers[0] == [(SESSION, "call", 1), (SESSION, "priority", 1)]
    assert answers[1] == [("Élargir l'accès des jeunes au logement.", "des jeunes")]
    assert answers[2] == [
        (
            *("Jeanne Exemple", "Maire de Villeneuve", "Switzerland", ["opening"]),
            "Mme Jeanne Exemple, Maire de Villeneuve (Suisse)",
        )
    ]


def test_the_python_of_the_readme_runs(release: Path) -> None:
    (code,) = code_in(text_of(release, "README.md"), "python")
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=release, capture_output=True, text=True, check=True
    )
    assert "priority" in run.stdout


def test_the_readme_of_awkward_rows() -> None:
    tables = small_build()
    texts = ["Ouvrir A | B", "Ouvrir C", "Ouvrir D", "Ouvrir E", "Offrir F"]
    tables["recommendations"] = [
        {**tables["recommendations"][0], "text": text, "force": "call" if i < 4 else "importance"}
        for i, text in enumerate(texts)
    ]
    tables["reconciliations"] = [
        {
            **tables["reconciliations"][0],
            "stated": 1200.0,
            "extracted": 0.5,
            "status": "mismatch",
            "note": None,
        }
    ]
    tables["evaluations"] = []
    page = readme(Facts(read_about(), "1.0.0", None, "full", TABLES, {}, tables, {}))
    excerpt = re.findall(r"^\| (?:call|importance) \| ([^|]+) \|", page, re.MULTILINE)
    assert excerpt == ["Ouvrir A &#124; B", "Offrir F", "Ouvrir C"]
    assert re.search(r"^\| idm-2030-1\.fr \| \w+ \| 1200 \| 0\.5 \|  \|$", page, re.MULTILINE)
    assert "none is scored" in page


def test_the_rights_of_each_document(release: Path) -> None:
    page = text_of(release, "RIGHTS.md")
    assert f"| {DOCUMENT} | Résumé des conclusions | not recorded | not stated |" in page
    assert sha256(TEXT.encode()).hexdigest() in page
    assert "https://creativecommons.org/licenses/by/4.0/" in text_of(release, "LICENSE-DATA.md")


def test_another_process_publishes_the_same(
    release: Path, tmp_path: Path, snapshot: Snapshot
) -> None:
    stored(tmp_path)
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    subprocess.run(command(tmp_path), env=environment, check=True)
    other = tmp_path / "releases" / "1.0.0"
    here, there = snapshot(release), snapshot(other)
    for files in (here, there):  # DuckDB's bytes differ from build to build
        del files["idm.duckdb"]
        sums = files["SHA256SUMS"].splitlines()
        files["SHA256SUMS"] = b"\n".join(s for s in sums if not s.endswith(b"  idm.duckdb"))
    assert there == here
    assert hashes_of_database(other / "idm.duckdb") == hashes_of_database(release / "idm.duckdb")
    pages = b"".join(there.values()) + (tmp_path / "releases" / "catalog.json").read_bytes()
    assert str(tmp_path).encode() not in pages and os.uname().nodename.encode() not in pages


# --- how it is published -----------------------------------------------------------------------


def test_the_same_again_writes_nothing(tmp_path: Path, snapshot: Snapshot) -> None:
    first = publish(stored(tmp_path), tmp_path)
    before = snapshot(tmp_path)
    second = publish(stored(tmp_path), tmp_path)
    assert (first.unchanged, second.unchanged) == (False, True)
    assert second == replace(first, unchanged=True, reasons=())
    assert snapshot(tmp_path) == before


def test_a_different_build_becomes_another_release(warehouse: Path, snapshot: Snapshot) -> None:
    first = snapshot(warehouse / "releases" / "1.0.0")
    release = publish(current(warehouse), warehouse)
    assert (release.version, release.unchanged) == ("1.0.1", False)
    assert release.folder == warehouse / "releases" / "1.0.1"
    assert snapshot(warehouse / "releases" / "1.0.0") == first
    catalogue = json.loads(text_of(warehouse / "releases", "catalog.json"))
    assert catalogue["latest"] == "1.0.1"
    assert [entry["version"] for entry in catalogue["releases"]] == ["1.0.1", "1.0.0"]


@pytest.mark.parametrize(
    ("event", "place"),
    [
        ("os.mkdir", ".next.partial"),
        ("shutil.copyfile", "sessions.parquet"),
        ("shutil.copyfile", "idm.duckdb"),
        ("open", "SHA256SUMS"),
        ("os.rename", ".next.partial"),
        ("open", ".catalog.json.new"),
        ("os.rename", "catalog.json"),
    ],
)
def test_a_killed_run(event: str, place: str, warehouse: Path, snapshot: Snapshot) -> None:
    releases = warehouse / "releases"
    catalogue = (releases / "catalog.json").read_bytes()
    first = snapshot(releases / "1.0.0")
    run = subprocess.run(command(warehouse, event, place), check=False)
    assert run.returncode == -signal.SIGKILL
    assert (releases / "catalog.json").read_bytes() == catalogue
    if (releases / "1.0.1").exists():
        assert_whole(releases / "1.0.1")
    release = publish(current(warehouse), warehouse)
    assert (release.version, release.unchanged) == ("1.0.1", False)
    assert snapshot(releases / "1.0.0") == first
    assert sorted(path.name for path in releases.iterdir()) == ["1.0.0", "1.0.1", "catalog.json"]
    assert_whole(release.folder)
    assert [entry["version"] for entry in read_catalogue(releases)] == ["1.0.1", "1.0.0"]
    assert publish(current(warehouse), warehouse).unchanged


def test_a_lost_catalogue_is_made_again(warehouse: Path) -> None:
    publish(current(warehouse), warehouse)
    catalogue = warehouse / "releases" / "catalog.json"
    before = catalogue.read_bytes()
    catalogue.unlink()
    assert not publish(current(warehouse), warehouse).unchanged
    assert catalogue.read_bytes() == before


def test_an_unlisted_folder_that_is_not_whole(warehouse: Path, snapshot: Snapshot) -> None:
    releases = warehouse / "releases"
    (releases / "catalog.json").unlink()
    (releases / "1.0.0" / "README.md").write_text("changed")
    (releases / "1.0.0" / "LICENSE").unlink()
    (releases / "1.0.0" / "notes").write_text("added")
    (releases / "2.0.0").mkdir()
    before = snapshot(warehouse)
    with pytest.raises(Refused) as refused:
        publish(current(warehouse), warehouse)
    first, second = refused.value.problems
    assert (first.file, second.file) == (str(releases / "1.0.0"), str(releases / "2.0.0"))
    assert "not whole: LICENSE, README.md, notes missing, changed" in first.what
    assert "not whole: SHA256SUMS missing" in second.what
    assert snapshot(warehouse) == before


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"releases": 1}', '{"releases": [{}]}'])
def test_a_catalogue_that_is_none(text: str, warehouse: Path) -> None:
    (warehouse / "releases" / "catalog.json").write_text(text)
    with pytest.raises(Refused, match=r"catalog\.json: is not a catalogue of releases"):
        publish(current(warehouse), warehouse)


def test_a_release_that_is_gone(warehouse: Path) -> None:
    (warehouse / "releases" / "1.0.0").rename(warehouse / "elsewhere")
    with pytest.raises(Refused, match=r"1\.0\.0: is in the catalogue, but its folder is missing"):
        publish(current(warehouse), warehouse)


def test_a_version_is_never_written_twice(warehouse: Path, snapshot: Snapshot) -> None:
    (warehouse / "releases" / "1.0.1").write_text("something else")
    before = snapshot(warehouse)
    with pytest.raises(Refused, match=r"1\.0\.1 exists"):
        publish(current(warehouse), warehouse)
    assert snapshot(warehouse) == before


@pytest.mark.parametrize("name", ["parquet/panels.parquet", "idm.duckdb"])
def test_a_damaged_build_is_not_published(name: str, warehouse: Path, snapshot: Snapshot) -> None:
    build = current(warehouse)
    other = warehouse / "releases" / "1.0.0" / name
    (build.folder / name).write_bytes(other.read_bytes())
    before = snapshot(warehouse)
    with pytest.raises(Refused, match="is damaged: panels differ from what was stored"):
        publish(build, warehouse)
    assert snapshot(warehouse) == before


def test_a_database_that_is_none(warehouse: Path, snapshot: Snapshot) -> None:
    build = current(warehouse)
    build.database.write_bytes(b"not a database" * 1000)
    before = snapshot(warehouse)
    with pytest.raises(Refused, match=r"is damaged: .*not a valid DuckDB database"):
        publish(build, warehouse)
    assert snapshot(warehouse) == before


def test_a_build_that_was_replaced(warehouse: Path) -> None:
    build = current(warehouse)
    stored(warehouse)
    with pytest.raises(Refused, match="another run has put its build in the place of this one"):
        publish(build, warehouse)


def test_two_publishers_at_once(warehouse: Path) -> None:
    runs = [
        subprocess.Popen(command(warehouse), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    said = [b"".join(run.communicate()).decode() for run in runs]
    assert said.count("False\n") == 1  # one published
    assert all("another run is writing" in s or s in ("True\n", "False\n") for s in said)
    assert [e["version"] for e in read_catalogue(warehouse / "releases")] == ["1.0.1", "1.0.0"]


def test_a_full_disk_leaves_the_last_release(warehouse: Path, snapshot: Snapshot) -> None:
    before = snapshot(warehouse)
    shell = ["sh", "-c", 'trap "" XFSZ; ulimit -f 200; exec "$@"', "sh"]
    run = subprocess.run([*shell, *command(warehouse)], capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stderr.startswith(f"{warehouse}: cannot be written: ")
    assert snapshot(warehouse) == before


def test_a_file_in_place_of_the_releases(tmp_path: Path) -> None:
    build = stored(tmp_path)
    (tmp_path / "releases").write_text("in the way")
    with pytest.raises(Refused, match="cannot be written"):
        publish(build, tmp_path)
