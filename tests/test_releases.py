"""From release to release: what is decided, what is refused, and what a killed run leaves."""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from conftest import Snapshot, copy_project
from flows.__main__ import PROJECT, main
from flows.ground.fingerprint import hashes_of_database
from flows.ground.problems import Refused
from flows.ground.record import read_build
from flows.publish import Release, Terms, publish
from flows.publish.release.about import read_about
from flows.publish.release.catalogue import aliases, read_catalogue
from flows.publish.release.checksums import differing_files
from flows.publish.release.withdraw import withdraw
from flows.store import storing
from schemas import Row, Tables
from small_build import DOCUMENT, small_build

pytestmark = pytest.mark.slow

RECORD: dict[str, object] = {"documents": [DOCUMENT]}
NEW_TITLE = "Des services"


def changed(table: str, row: int, **values: object) -> Tables:
    """The small build with other values in one row."""
    tables = small_build()
    tables[table][row] = {**tables[table][row], **values}
    return tables


def run(
    warehouse: Path, tables: Tables | None = None, terms: Terms | None = None, **record: object
) -> Release:
    """What `idm run` does once the rows are there."""
    with storing(tables or small_build(), warehouse, {**RECORD, **record}) as build:
        return publish(build, warehouse, terms)


def page(release: Release, name: str = "CHANGES.md") -> str:
    return (release.folder / name).read_text(encoding="utf-8")


def changes(release: Release) -> list[Row]:
    return pq.read_table(release.folder / "changes.parquet").to_pylist()


@pytest.fixture
def warehouse(small_warehouse: Path, tmp_path: Path) -> Path:
    """A warehouse with release 1.0.0 of the small build, to be changed, in an awkward place."""
    return shutil.copytree(small_warehouse, tmp_path / "its [ware]house's *", symlinks=True)


# --- what is decided ---------------------------------------------------------------------------


def test_a_first_release_has_no_changes(small_warehouse: Path) -> None:
    first = Release("1.0.0", small_warehouse / "releases" / "1.0.0", False)
    assert changes(first) == []
    assert page(first) == "# Changes\n\n## 1.0.0\n\nThe first release.\n"


def test_a_corrected_value_is_a_patch_and_is_told(warehouse: Path) -> None:
    release = run(warehouse, changed("panels", 1, title=NEW_TITLE))
    assert release.version == "1.0.1"
    (row,) = changes(release)
    assert row == {
        "table": "panels",
        "key": "idm-2030-1-p02",
        "column": "title",
        "change": "value_changed",
        "old": "Des services pour tous",
        "new": "Des services",
    }
    told = "| patch | value of a row corrected | `panels.title` | 1 value |"
    assert told in page(release)
    assert page(release).startswith("# Changes\n\n## 1.0.1\n")
    assert page(release).endswith("## 1.0.0\n\nThe first release.\n")


def test_the_same_again_is_unchanged_whatever_it_was_made_from(warehouse: Path) -> None:
    release = run(warehouse, commit={"id": "0" * 40, "date": "2030-01-01"})
    assert release.unchanged and release.version == "1.0.0"
    assert [entry["version"] for entry in read_catalogue(warehouse / "releases")] == ["1.0.0"]


def test_the_date_is_given_or_of_the_newest_document_or_of_the_commit(tmp_path: Path) -> None:
    commit = {"id": "0" * 40, "date": "2030-03-03"}
    dates = []
    for number, (terms, record) in enumerate(
        [
            (Terms(date="2030-01-01"), {"date": "2030-02-02", "commit": commit}),
            (None, {"date": "2030-02-02", "commit": commit}),
            (None, {"date": None, "commit": commit}),
            (None, {"date": None, "commit": None}),
        ]
    ):
        release = run(tmp_path / str(number), None, terms, **record)
        dates.append(json.loads(page(release, "manifest.json"))["date"])
        entry = read_catalogue(tmp_path / str(number) / "releases")[0]
        assert entry["date"] == dates[-1]
    assert dates == ["2030-01-01", "2030-02-02", "2030-03-03", None]


def test_the_manifest(warehouse: Path) -> None:
    record = {
        "inputs": [{"file": "reference/countries.csv", "sha256": "0" * 64}],
        "tools": {"duckdb": "2.0.0"},
        "commit": {"id": "0" * 40, "date": "2030-01-01"},
    }
    release = run(warehouse, changed("panels", 1, title=NEW_TITLE), **record)
    facts = json.loads(page(release, "manifest.json"))
    assert {name: facts[name] for name in record} == record
    assert (facts["version"], facts["previous"]) == ("1.0.1", "1.0.0")
    assert facts["documents"] == [DOCUMENT]
    assert {table["table"]: table["rows"] for table in facts["tables"]} == {
        name: len(rows) for name, rows in changed("panels", 1, title=NEW_TITLE).items()
    }
    assert {table["table"]: table["logical_sha256"] for table in facts["tables"]} == (
        hashes_of_database(release.folder / "idm.duckdb")
    )


def test_a_licence_that_changes_needs_a_reason(
    warehouse: Path, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = read_about()
    other = replace(about, data=replace(about.data, id="CC0-1.0"))
    for module in ("flows.publish", "flows.publish.compare.decision"):
        monkeypatch.setattr(f"{module}.read_about", lambda: other)
    before = snapshot(warehouse)
    tables = changed("panels", 1, title=NEW_TITLE)
    with pytest.raises(Refused, match=r"2\.0\.0: breaks .* licence changed, data: .*allow-major"):
        run(warehouse, tables)
    assert snapshot(warehouse) == before
    release = run(warehouse, tables, Terms(allow_major="The funder asks for it."))
    assert release.version == "2.0.0"
    assert [reason.level for reason in release.reasons] == ["major", "patch"]
    assert "users rely on: The funder asks for it." in page(release)
    assert json.loads(page(release, "manifest.json"))["allowed_major"] == "The funder asks for it."


def test_lost_rows_need_a_reason_and_are_refused_before_the_build_is_in_place(
    warehouse: Path, snapshot: Snapshot
) -> None:
    fewer = small_build()
    fewer["citations"] = []
    before = snapshot(warehouse)
    with pytest.raises(Refused, match=r"citations has 0 rows, 1 fewer than 1") as refused:
        run(warehouse, fewer)
    assert "--accept" in refused.value.problems[0].remedy
    assert snapshot(warehouse) == before
    release = run(warehouse, fewer, Terms(accept="It was cited by mistake."))
    assert release.version == "1.0.1"
    assert "accepted: It was cited by mistake.\n\n- citations has 0 rows" in page(release)
    assert json.loads(page(release, "manifest.json"))["accepted"] == "It was cited by mistake."


def test_a_score_that_falls_needs_a_reason(warehouse: Path) -> None:
    assert small_build()["evaluations"][0]["f1"] == 1.0
    worse = changed("evaluations", 0, f1=0.5, recall=0.34, false_negatives=3)
    with pytest.raises(Refused, match=r"F1 of panels\.rows fell from 1\.000 to 0\.500"):
        run(warehouse, worse)
    assert run(warehouse, worse, Terms(accept="Stricter labels.")).version == "1.0.1"
    # A reason that was not needed is not told.
    better = run(warehouse, terms=Terms(accept="For nothing."))
    assert better.version == "1.0.2" and "For nothing" not in page(better)


def test_all_that_is_not_allowed_is_told_at_once(warehouse: Path) -> None:
    fewer = changed("evaluations", 0, f1=None, precision=None, recall=None)
    fewer["citations"], fewer["figures"] = [], []
    with pytest.raises(Refused) as refused:
        run(warehouse, fewer)
    assert len(refused.value.problems) == 3


def test_a_table_that_another_schema_declares(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old schema is that of the old files: today's code does not know what it was."""
    file = warehouse / "releases" / "1.0.0" / "parquet" / "panels.parquet"
    rows = pq.read_table(file)
    metadata = rows.schema.metadata
    declared = json.loads(metadata[b"declaration"])
    declared["columns"][0]["pattern"] = ".*"
    rows = rows.replace_schema_metadata({**metadata, b"declaration": json.dumps(declared)})
    pq.write_table(rows, file)
    with pytest.raises(Refused, match=r"constraint tightened, panels\.panel_id: pattern: \.\* → "):
        run(warehouse)


def test_a_difference_that_is_not_found_is_an_error(warehouse: Path, snapshot: Snapshot) -> None:
    catalogue = warehouse / "releases" / "catalog.json"
    entries = read_catalogue(warehouse / "releases")
    digest = entries[0]["tables"][0]["logical_sha256"]
    catalogue.write_text(catalogue.read_text().replace(digest, "0" * 64))
    before = snapshot(warehouse)
    with pytest.raises(Refused, match=r"other rows than 1\.0\.0, but no difference is found"):
        run(warehouse)
    assert snapshot(warehouse) == before


# --- aliases and withdrawal --------------------------------------------------------------------


def titled(warehouse: Path, title: str) -> str:
    return run(warehouse, changed("panels", 1, title=title)).version


def test_aliases_follow_the_releases(warehouse: Path) -> None:
    titled(warehouse, NEW_TITLE)
    entries = read_catalogue(warehouse / "releases")
    assert aliases(entries) == {"latest": "1.0.1", "1": "1.0.1", "1.0": "1.0.1"}
    for version in ("2.0.0", "1.1.0"):
        entries = [{**entries[0], "version": version}, *entries]
    entries.sort(key=lambda entry: entry["version"], reverse=True)
    assert aliases(entries) == {
        "latest": "2.0.0",
        "2": "2.0.0",
        "2.0": "2.0.0",
        "1": "1.1.0",
        "1.1": "1.1.0",
        "1.0": "1.0.1",
    }


def test_a_withdrawn_release_leaves_a_tombstone(warehouse: Path, snapshot: Snapshot) -> None:
    titled(warehouse, NEW_TITLE)
    releases = warehouse / "releases"
    first, manifest = snapshot(releases / "1.0.0"), (releases / "1.0.1/manifest.json").read_bytes()
    assert withdraw("1.0.1", warehouse, "A name was in it.") == "1.0.0"
    assert sorted(snapshot(releases / "1.0.1")) == ["SHA256SUMS", "WITHDRAWN.md", "manifest.json"]
    assert (releases / "1.0.1" / "manifest.json").read_bytes() == manifest
    assert "A name was in it." in (releases / "1.0.1" / "WITHDRAWN.md").read_text()
    assert differing_files(releases / "1.0.1") == []
    assert snapshot(releases / "1.0.0") == first
    catalogue = json.loads((releases / "catalog.json").read_text())
    assert catalogue["aliases"] == {"latest": "1.0.0", "1": "1.0.0", "1.0": "1.0.0"}
    withdrawn, _ = catalogue["releases"]
    assert (withdrawn["status"], withdrawn["reason"]) == ("withdrawn", "A name was in it.")
    assert [file["path"] for file in withdrawn["files"]] == [
        *("SHA256SUMS", "WITHDRAWN.md", "manifest.json")
    ]
    with pytest.raises(Refused, match="is withdrawn already: A name was in it"):
        withdraw("1.0.1", warehouse, "Again.")
    with pytest.raises(Refused, match="no such release"):
        withdraw("9.0.0", warehouse, "Never was.")


def test_a_withdrawn_version_is_never_used_again(warehouse: Path) -> None:
    titled(warehouse, NEW_TITLE)
    withdraw("1.0.1", warehouse, "Wrong.")
    release = run(warehouse, changed("panels", 1, title=NEW_TITLE))
    assert release.version == "1.0.2"
    assert json.loads(page(release, "manifest.json"))["previous"] == "1.0.0"


def test_when_all_are_withdrawn_there_is_nothing_to_compare_with(warehouse: Path) -> None:
    assert withdraw("1.0.0", warehouse, "Wrong.") is None
    catalogue = json.loads((warehouse / "releases" / "catalog.json").read_text())
    assert catalogue["aliases"] == {} and catalogue["latest"] is None
    with pytest.raises(Refused, match="every earlier release withdrawn"):
        run(warehouse)
    assert run(warehouse, terms=Terms(allow_major="All were wrong.")).version == "2.0.0"


def test_a_catalogue_that_is_lost_remembers_what_was_withdrawn(warehouse: Path) -> None:
    titled(warehouse, NEW_TITLE)
    withdraw("1.0.0", warehouse, "Wrong.")
    catalogue = warehouse / "releases" / "catalog.json"
    before = catalogue.read_bytes()
    catalogue.unlink()
    run(warehouse, changed("panels", 1, title=NEW_TITLE))
    assert catalogue.read_bytes() == before


@pytest.mark.parametrize(
    ("event", "place"),
    [
        ("open", ".catalog.json.new"),
        ("os.rename", "catalog.json"),
        ("open", "WITHDRAWN.md"),
        ("shutil.rmtree", "parquet"),
        ("os.remove", "idm.duckdb"),
        ("open", "SHA256SUMS"),
    ],
)
def test_a_withdrawal_that_is_killed_is_finished_by_the_next_run(
    event: str, place: str, warehouse: Path, snapshot: Snapshot
) -> None:
    titled(warehouse, NEW_TITLE)
    first = snapshot(warehouse / "releases" / "1.0.0")
    killed = subprocess.run(
        [sys.executable, "-c", WITHDRAW_AND_DIE, str(warehouse), event, place],
        cwd=PROJECT,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert snapshot(warehouse / "releases" / "1.0.0") == first
    entry = read_catalogue(warehouse / "releases")[0]
    if entry["status"] == "published":
        assert differing_files(warehouse / "releases" / "1.0.1") == []
        return
    release = run(warehouse, changed("panels", 1, title=NEW_TITLE))
    assert release.version == "1.0.2"
    assert sorted(snapshot(warehouse / "releases" / "1.0.1")) == [
        *("SHA256SUMS", "WITHDRAWN.md", "manifest.json")
    ]
    assert differing_files(warehouse / "releases" / "1.0.1") == []
    files = read_catalogue(warehouse / "releases")[1]["files"]
    assert len(files) == 3


WITHDRAW_AND_DIE = """
import os, signal, sys
from pathlib import Path
from flows.publish.release.withdraw import withdraw

def kill(name, arguments):
    if name == event and place in " ".join(map(str, arguments)):
        os.kill(os.getpid(), signal.SIGKILL)

warehouse, event, place = Path(sys.argv[1]), *sys.argv[2:]
sys.addaudithook(kill)
withdraw("1.0.1", warehouse, "Wrong.")
"""

# --- killed anywhere ---------------------------------------------------------------------------

KILLED_RUNS = """
import os, signal, sys, time
from pathlib import Path
sys.path[:0] = [sys.argv[1]]
import flows.store
from test_releases import NEW_TITLE, changed, run

# That the rows are right is seen once: it writes nothing, and takes most of the time.
rows = flows.store.validated(changed("panels", 1, title=NEW_TITLE))
flows.store.validated = lambda tables: rows

def one(warehouse, events, seconds):
    child = os.fork()
    if not child:
        seen = 0
        def count(name, arguments):
            nonlocal seen
            seen += 1
            if seen == events:
                os.kill(os.getpid(), signal.SIGKILL)
        if events >= 0:
            sys.addaudithook(count)
        run(Path(warehouse), changed("panels", 1, title=NEW_TITLE))
        if events == 0:
            os.write(1, f"{seen}\\n".encode())
        os._exit(0)
    if seconds:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]

for line in sys.stdin:
    warehouse, events, seconds = line.rstrip("\\n").split("\\t")
    started = time.monotonic()
    status = one(warehouse, int(events), float(seconds))
    print(status, time.monotonic() - started, flush=True)
"""


def killed(lines: list[str]) -> list[str]:
    """What is said of runs, each in a process of its own, that are killed as the lines say:
    warehouse, after how many events of Python, after how many seconds."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED_RUNS, str(Path(__file__).parent)],
        cwd=PROJECT,
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def listed(warehouse: Path) -> list[dict[str, object]]:
    """The entries of the catalogue, without what the bytes of a database decide: they differ from
    one build to the next."""
    varying = ("idm.duckdb", "SHA256SUMS")
    return [
        entry | {"files": [file for file in entry["files"] if file["path"] not in varying]}
        for entry in read_catalogue(warehouse / "releases")
    ]


def test_runs_that_are_killed_anywhere(
    small_warehouse: Path, tmp_path: Path, snapshot: Snapshot
) -> None:
    """At dozens of points, by the count of what Python does and by the clock, with SIGKILL."""
    chance = random.Random(20300506)
    whole = [
        shutil.copytree(small_warehouse, tmp_path / f"whole{n}", symlinks=True) for n in range(2)
    ]
    count, *said = killed([f"{whole[0]}\t0\t0", f"{whole[1]}\t-1\t0"])
    seconds = float(said[1].split()[1])
    total = int(count)
    events = sorted(
        {
            *chance.sample(range(1, total), 10),
            *chance.sample(range(total * 19 // 20, total), 6),  # where it becomes visible
        }
    )
    moments = sorted(chance.uniform(0.01, seconds) for _ in range(8))
    points = [(n, 0.0) for n in events] + [(-1, moment) for moment in moments]
    places = [
        shutil.copytree(small_warehouse, tmp_path / f"killed{n}", symlinks=True)
        for n in range(len(points))
    ]
    said = killed([f"{w}\t{n}\t{s}" for w, (n, s) in zip(places, points, strict=True)])
    statuses = [int(line.split()[0]) for line in said]
    assert statuses[: len(events)] == [signal.SIGKILL] * len(events)
    before, after = listed(small_warehouse), listed(whole[0])
    first = snapshot(small_warehouse / "releases" / "1.0.0")
    old, new = (read_build(w / "current").build_id for w in (small_warehouse, whole[0]))
    left = set()
    for place in places:
        releases = place / "releases"
        assert listed(place) in (before, after)
        assert snapshot(releases / "1.0.0") == first
        visible = [path.name for path in releases.iterdir() if re.match(r"\d", path.name)]
        assert all(differing_files(releases / name) == [] for name in visible)
        current = read_build(place / "current")
        assert current.build_id in (old, new)
        assert hashes_of_database(place / "idm.duckdb") == current.logical_sha256
        left.add((len(visible), current.build_id == new, any(releases.glob("*.partial"))))
    killed([f"{place}\t-1\t0" for place in places])
    for place in places:
        releases = place / "releases"
        assert [e["version"] for e in read_catalogue(releases)] == ["1.0.1", "1.0.0"]
        assert differing_files(releases / "1.0.1") == []
        assert sorted(path.name for path in releases.iterdir()) == [
            *("1.0.0", "1.0.1", "catalog.json")
        ]
        assert read_build(place / "current").build_id == new
        assert [path.name for path in (place / ".builds").iterdir()] == [
            (place / "current").resolve().name
        ]
    assert {visible for visible, *_ in left} == {1, 2}
    assert {partial for *_, partial in left} == {True, False}


def test_two_runs_at_once(small_warehouse: Path, tmp_path: Path) -> None:
    place = shutil.copytree(small_warehouse, tmp_path / "warehouse", symlinks=True)
    shutil.copytree(small_warehouse / "current", tmp_path / "spare")
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", RUN, str(Path(__file__).parent), str(place), title],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for title in ("Des services", "Des services pour", "Des services pour tous")
    ]
    said = ["".join(process.communicate()) for process in runs]
    won = [text for text in said if re.fullmatch(r"1\.0\.\d\n", text)]
    lost = [text for text in said if "another run is writing here" in text]
    assert won and len(won) + len(lost) == len(runs)
    entries = read_catalogue(place / "releases")
    assert all(differing_files(place / "releases" / e["version"]) == [] for e in entries)


RUN = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[1]]
from flows.ground.problems import Refused
from test_releases import changed, run
try:
    print(run(Path(sys.argv[2]), changed("panels", 1, title=sys.argv[3])).version)
except Refused as refused:
    sys.exit(str(refused))
"""

# --- by the command ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


Idm = Callable[..., Said]


@pytest.fixture
def idm(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> Idm:
    """The command, on that warehouse."""

    def call(*arguments: str) -> Said:
        capsys.readouterr()
        try:
            status = main([*arguments, "--warehouse", str(warehouse)])
        except SystemExit as ending:
            status = int(ending.code or 0)
        return Said(status, *capsys.readouterr())

    return call


def test_release_by_the_command(warehouse: Path) -> None:
    """In processes of their own, elsewhere on the earth."""

    def idm(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "flows", *arguments, "--warehouse", str(warehouse)],
            cwd=PROJECT,
            env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
            capture_output=True,
            text=True,
            check=False,
        )

    assert "1.0.0 (unchanged): nothing new to publish" in idm("release").stdout
    fewer = changed("panels", 1, title=NEW_TITLE)
    fewer["citations"] = []
    with storing(fewer, warehouse, RECORD):
        pass
    refused = idm("release", "--date", "2030-09-01")
    assert refused.returncode == 1
    assert "citations has 0 rows, 1 fewer than 1" in refused.stderr
    assert refused.stderr.endswith("1 problem. Nothing was published.\n")
    done = idm("release", "--date", "2030-09-01", "--accept", "A mistake.")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "release 1.0.1 published"
    assert "value of a row corrected  panels.title  1 value" in done.stdout
    listed = idm("releases").stdout.splitlines()
    assert [line.split()[:3] for line in listed] == [
        ["version", "date", "status"],
        ["1.0.1", "2030-09-01", "published"],
        ["1.0.0", "–", "published"],
    ]
    assert listed[1].endswith("latest, 1, 1.0")


@pytest.mark.parametrize(
    "arguments",
    [["--date", "tomorrow"], ["--accept", " "], ["--allow-major", ""], ["--date", "2030-13-01"]],
)
def test_terms_that_are_none(arguments: list[str], idm: Idm) -> None:
    assert idm("release", *arguments).returncode == 2


def test_release_without_a_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["release", "--warehouse", str(tmp_path / "nowhere")]) == 1
    assert "There is no build" in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()


def test_diff_by_the_command(warehouse: Path, tmp_path: Path, idm: Idm) -> None:
    titled(warehouse, NEW_TITLE)
    folder = str(warehouse / "releases" / "1.0.0")
    for before in ("1.0.0", folder):
        told = idm("diff", before, "latest")
        assert told.returncode == 0, told.stderr
        assert told.stdout.startswith(f"From {before} to 1.0.1, patch:")
        assert re.search(
            r"panels +idm-2030-1-p02 +title +value_changed .*Des services", told.stdout
        )
    assert "1.0.1 and build are the same: unchanged" in idm("diff", "1", "build").stdout
    output = tmp_path / "difference"
    assert idm("diff", "1.0.1", "1.0.0", "--output", str(output)).returncode == 0
    assert sorted(path.name for path in output.iterdir()) == ["CHANGES.md", "changes.parquet"]
    (row,) = pq.read_table(output / "changes.parquet").to_pylist()
    assert (row["old"], row["new"]) == ("Des services", "Des services pour tous")
    again = idm("diff", "1.0.1", "1.0.0", "--output", str(output))
    assert again.returncode == 1 and "is there already" in again.stderr
    nowhere = idm("diff", "1.0.0", "7.0.0")
    assert nowhere.returncode == 1 and "no such release or folder" in nowhere.stderr


def test_withdraw_by_the_command(warehouse: Path, idm: Idm) -> None:
    titled(warehouse, NEW_TITLE)
    assert idm("withdraw", "1.0.1").returncode == 2
    done = idm("withdraw", "1.0.1", "--why", "A name was in it.")
    assert done.stdout == "release 1.0.1 is withdrawn; the latest is 1.0.0\n", done.stderr
    assert "withdrawn" in idm("releases").stdout
    assert "A name was in it." in idm("releases").stdout
    for arguments in (("diff", "1.0.1", "1.0.0"), ("verify", "1.0.1")):
        refused = idm(*arguments)
        assert refused.returncode == 1
        assert "was withdrawn: A name was in it." in refused.stderr


def test_a_view_that_goes_and_comes_back(tmp_path: Path) -> None:
    """In a copy of the project: `idm run` from documents to releases, whose version follows."""
    copy_project(tmp_path)
    sql = tmp_path / "warehouse" / "sql"

    def idm(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "flows", *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    first = idm("run", "--direct")
    assert first.returncode == 0 and "release 1.0.0 published" in first.stdout, first.stderr
    assert "1.0.0 (unchanged): nothing new to publish" in idm("run", "--direct").stdout
    file = sql / "views" / "coverage.sql"
    file.rename(tmp_path / file.name)
    before = (tmp_path / "warehouse" / "build.json").read_bytes()
    refused = idm("run", "--direct")
    assert refused.returncode == 1
    assert "release 2.0.0: breaks what users rely on: view or macro removed" in refused.stderr
    assert "coverage" in refused.stderr and '--allow-major "why"' in refused.stderr
    assert (tmp_path / "warehouse" / "build.json").read_bytes() == before
    allowed = idm("run", "--direct", "--allow-major", "Nobody used it.")
    assert "release 2.0.0 published" in allowed.stdout, allowed.stderr
    (tmp_path / file.name).rename(file)
    again = idm("run", "--direct")
    assert "release 2.1.0 published" in again.stdout, again.stderr
    assert re.search(r"minor +new view or macro.* coverage", again.stdout)
    listed = idm("releases").stdout
    assert re.search(r"2\.1\.0 .* latest, 2, 2\.1\n2\.0\.0 .* 2\.0\n1\.0\.0 .* 1, 1\.0\n", listed)
