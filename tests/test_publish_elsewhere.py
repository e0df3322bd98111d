"""`idm publish`: to folders and to a real S3 server; interrupted, repeated, contested, refused."""

import json
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from conftest import once
from flows.__main__ import PROJECT, main
from flows.publish import publish
from flows.publish.elsewhere.bucket import Bucket
from flows.publish.elsewhere.folder import Folder
from flows.publish.release.catalogue import CATALOGUE, entry_of, read_catalogue, write_catalogue
from flows.publish.release.checksums import write_checksums
from flows.publish.release.withdraw import withdraw
from flows.store import storing
from s3_store import Store
from schemas import Tables
from small_build import DOCUMENT, small_build

pytestmark = pytest.mark.slow

SEED = 20300506
KEPT = {"SHA256SUMS", "WITHDRAWN.md", "manifest.json"}
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@dataclass(frozen=True)
class Place:
    """A destination as an outsider sees it: `to` is what it is called on the command line."""

    to: str
    folder: Path | None = None
    store: Store | None = None

    def content(self) -> dict[str, bytes]:
        """All that anybody can see there, by path; what is being prepared is hidden."""
        if self.folder:
            return {
                path.relative_to(self.folder).as_posix(): path.read_bytes()
                for path in self.folder.rglob("*")
                if path.is_file() and not path.relative_to(self.folder).parts[0].startswith(".")
            }
        assert self.store
        client, bucket = self.store.client, self.store.bucket
        prefix = self.to.removeprefix(f"s3://{bucket}/") + "/"
        keys = client.list_objects_v2(Bucket=bucket, Prefix=prefix).get("Contents", [])
        return {
            key["Key"].removeprefix(prefix): client.get_object(Bucket=bucket, Key=key["Key"])[
                "Body"
            ].read()
            for key in keys
        }

    def write(self, path: str, content: bytes) -> None:
        if self.folder:
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_bytes(content)
        else:
            assert self.store
            key = f"{self.to.removeprefix(f's3://{self.store.bucket}/')}/{path}"
            self.store.client.put_object(Bucket=self.store.bucket, Key=key, Body=content)

    def remove(self, path: str) -> None:
        if self.folder:
            (self.folder / path).unlink()
        else:
            assert self.store
            key = f"{self.to.removeprefix(f's3://{self.store.bucket}/')}/{path}"
            self.store.client.delete_object(Bucket=self.store.bucket, Key=key)

    def catalogue(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.content()[CATALOGUE])
        return found


def released(warehouse: Path, tables: Tables) -> str:
    with storing(tables, warehouse, {"documents": [DOCUMENT]}) as build:
        return publish(build, warehouse).version


def with_title(title: str) -> Tables:
    tables = small_build()
    tables["panels"][1] = {**tables["panels"][1], "title": title}
    return tables


@pytest.fixture(scope="session")
def template(small_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with the releases 1.0.0 and 1.0.1. To be read only."""

    def make(folder: Path) -> None:
        shutil.copytree(small_warehouse, folder, symlinks=True, dirs_exist_ok=True)
        assert released(folder, with_title("Des services")) == "1.0.1"

    return once(tmp_path_factory, "two-releases", make)


@pytest.fixture
def warehouse(template: Path, tmp_path: Path) -> Path:
    """A copy of its releases, to be changed."""
    shutil.copytree(template / "releases", tmp_path / "warehouse" / "releases")
    return tmp_path / "warehouse"


@pytest.fixture
def bucket(s3: Store, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A prefix of the store that nobody else uses, and the environment to write there."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
    for name, value in s3.environment().items():
        monkeypatch.setenv(name, value)
    name = sha256(request.node.name.encode()).hexdigest()[:12]
    return Place(f"s3://{s3.bucket}/open-data/{name}", store=s3)


@pytest.fixture
def folder(tmp_path: Path) -> Place:
    place = tmp_path / "a mounted [disk]'s *"
    return Place(str(place), folder=place)


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest) -> Place:
    found: Place = request.getfixturevalue(request.param)
    return found


def idm_publish(warehouse: Path, version: str, place: Place) -> int:
    return main(["publish", version, "--to", place.to, "--warehouse", str(warehouse)])


def local(warehouse: Path, *versions: str) -> dict[str, bytes]:
    """The files of releases in a warehouse, by path."""
    releases = warehouse / "releases"
    return {
        path.relative_to(releases).as_posix(): path.read_bytes()
        for version in versions
        for path in (releases / version).rglob("*")
        if path.is_file()
    }


def assert_whole(place: Place) -> None:
    """Whatever the catalogue lists is there, with the hashes that it gives."""
    content = place.content()
    if CATALOGUE not in content:
        return
    for entry in json.loads(content[CATALOGUE])["releases"]:
        for file in entry["files"]:
            stored = content[f"{entry['version']}/{file['path']}"]
            assert sha256(stored).hexdigest() == file["sha256"]


# --- normal and repeated -----------------------------------------------------------------------


def test_a_release_is_there_as_it_is_here(
    template: Path, place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert idm_publish(template, "1.0.0", place) == 0
    out, err = capsys.readouterr()
    assert out == f"release 1.0.0 published: {place.to}/1.0.0\n"
    content = place.content()
    catalogue = json.loads(content.pop(CATALOGUE))
    assert content == local(template, "1.0.0")
    # One line of progress a file, and the claim of the version is the first.
    assert [line.split()[1] for line in err.splitlines()] == sorted(
        (path.removeprefix("1.0.0/") for path in content), key=lambda p: (p != "SHA256SUMS", p)
    )
    (_, entry) = read_catalogue(template / "releases")
    assert catalogue == {
        "aliases": {"1": "1.0.0", "1.0": "1.0.0", "latest": "1.0.0"},
        "latest": "1.0.0",
        "releases": [entry],
    }


def test_the_same_again_is_unchanged(
    template: Path, place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert idm_publish(template, "1", place) == 0
    before = place.content()
    capsys.readouterr()
    assert idm_publish(template, "latest", place) == 0
    out, err = capsys.readouterr()
    assert out == f"release 1.0.1 unchanged: {place.to}/1.0.1\n"
    assert all(line.endswith("(there already)") for line in err.splitlines())
    assert place.content() == before


def test_the_catalogue_is_merged_newest_first(template: Path, place: Place) -> None:
    assert idm_publish(template, "1.0.1", place) == 0
    ours = place.catalogue()["releases"]
    foreign = {**ours[0], "version": "1.0.10", "files": [], "note": "not ours"}
    place.write(CATALOGUE, json.dumps({"releases": [foreign, *ours]}).encode())
    assert idm_publish(template, "1.0.0", place) == 0
    catalogue = place.catalogue()
    assert [entry["version"] for entry in catalogue["releases"]] == ["1.0.10", "1.0.1", "1.0.0"]
    assert catalogue["releases"][0] == foreign
    assert catalogue["latest"] == catalogue["aliases"]["1.0"] == "1.0.10"


def test_what_is_missing_there_is_sent_and_nothing_else(
    template: Path, place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert idm_publish(template, "1.0.0", place) == 0
    before = place.content()
    place.remove("1.0.0/parquet/panels.parquet")
    capsys.readouterr()
    assert idm_publish(template, "1.0.0", place) == 0
    out, err = capsys.readouterr()
    sent = [line for line in err.splitlines() if not line.endswith("(there already)")]
    assert [line.split()[1] for line in sent] == ["parquet/panels.parquet"]
    assert out.startswith("release 1.0.0 published")
    assert place.content() == before


def test_a_bucket_says_what_kind_its_files_are(template: Path, bucket: Place, s3: Store) -> None:
    assert idm_publish(template, "1.0.0", bucket) == 0
    prefix = bucket.to.removeprefix(f"s3://{s3.bucket}/")
    for path, kind in {
        "1.0.0/parquet/panels.parquet": "application/vnd.apache.parquet",
        "1.0.0/README.md": "text/markdown; charset=utf-8",
        "1.0.0/SHA256SUMS": "text/plain; charset=utf-8",
        "1.0.0/idm.duckdb": "application/octet-stream",
        CATALOGUE: "application/json",
    }.items():
        head = s3.client.head_object(Bucket=s3.bucket, Key=f"{prefix}/{path}")
        assert head["ContentType"] == kind


# --- interrupted -------------------------------------------------------------------------------

KILLED = """
import os, signal, sys, time
from flows.__main__ import main
import flows.publish.elsewhere.bucket, flows.command.publish

def quietly():
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    return main(sys.argv[1:] + ["--to", to])

for line in sys.stdin:
    seconds, to = line.rstrip("\\n").split(" ", 1)
    child = os.fork()
    if child == 0:
        os._exit(quietly())
    if float(seconds) > 0:
        time.sleep(float(seconds))
        os.kill(child, signal.SIGKILL)
    started = time.perf_counter()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(status, time.perf_counter() - started, flush=True)
"""
"""Publishes, in a process a line, to the destination in the line; kills it after so many seconds
unless they are 0. The modules are there already, so the time is that of publishing alone."""


def test_killed_at_any_moment_and_run_again(template: Path, place: Place) -> None:
    command = [sys.executable, "-c", KILLED, "publish", "1.0.0", "--warehouse", str(template)]
    publisher = subprocess.Popen(
        command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert publisher.stdin and publisher.stdout

    def published(to: str, seconds: float) -> tuple[int, float]:
        assert publisher.stdin and publisher.stdout
        publisher.stdin.write(f"{seconds} {to}\n")
        publisher.stdin.flush()
        status, lasted = publisher.stdout.readline().split()
        return int(status), float(lasted)

    moments = random.Random(SEED)
    try:
        status, whole = published(f"{place.to}-timed", 0)
        assert status == 0
        killed, halfway = 0, 0
        # A machine that was busy when the time was taken may be faster now: then there are more.
        for number in range(30):
            if number >= 6 and killed >= 6:
                break
            there = Place(
                f"{place.to}-{number}",
                place.folder and place.folder.with_name(f"{place.folder.name}-{number}"),
                place.store,
            )
            for _ in range(2):
                status, _ = published(there.to, moments.uniform(0.01, whole))
                killed += status == -9
                assert_whole(there)
                content = there.content()
                halfway += bool(content) and CATALOGUE not in content
                if place.folder and content:  # a folder shows no half version
                    assert content.keys() - {CATALOGUE} == local(template, "1.0.0").keys()
            assert published(there.to, 0)[0] == 0
            assert_whole(there)
            content = there.content()
            assert json.loads(content.pop(CATALOGUE))["latest"] == "1.0.0"
            assert content == local(template, "1.0.0")
            if there.folder:
                left = {path.name for path in there.folder.iterdir()}
                assert left == {".lock", "1.0.0", CATALOGUE}
        assert killed >= 6
        assert halfway or place.folder
    finally:
        publisher.stdin.close()
        publisher.wait()


@pytest.mark.parametrize("written", [0, 1, 7])
def test_a_file_of_which_a_part_was_written_is_written_anew(
    template: Path, folder: Place, written: int
) -> None:
    assert folder.folder
    half = folder.folder / ".1.0.0.partial"
    shutil.copytree(template / "releases" / "1.0.1", half)  # of another release, all of it
    for number, path in enumerate(sorted(half.rglob("*.parquet"))):
        path.write_bytes(path.read_bytes()[:written])
        path.rename(path.with_name(f".{path.name}.new") if number % 2 else path)
    assert idm_publish(template, "1.0.0", folder) == 0
    content = folder.content()
    del content[CATALOGUE]
    assert content == local(template, "1.0.0")
    assert not half.exists()


# --- two at once -------------------------------------------------------------------------------


def at_once(*commands: tuple[Path, str, Place]) -> list[tuple[int, str]]:
    processes = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "flows", "publish", version),
                *("--to", place.to, "--warehouse", str(warehouse)),
            ],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for warehouse, version, place in commands
    ]
    said = ["".join(process.communicate()) for process in processes]
    return [(process.returncode, text) for process, text in zip(processes, said, strict=True)]


def test_two_publishers_at_once(template: Path, place: Place) -> None:
    said = at_once(*((template, version, place) for version in ("1.0.0", "1.0.1", "1.0.0")))
    won = [status == 0 for status, _ in said]
    assert all(won) if place.store else any(won)
    for status, text in said:
        assert status == 0 or "another run is writing" in text
    assert_whole(place)
    versions = [entry["version"] for entry in place.catalogue()["releases"]]
    assert versions == ["1.0.1", "1.0.0"] or place.folder


def test_two_publishers_of_different_releases_with_one_version(
    template: Path, bucket: Place, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    assert released(other, with_title("pour tous")) == "1.0.0"
    said = at_once((template, "1.0.0", bucket), (other, "1.0.0", bucket))
    assert sorted(status for status, _ in said) == [0, 1]
    (lost,) = (text for status, text in said if status)
    assert "never overwritten" in lost
    assert_whole(bucket)


def test_a_catalogue_that_another_publisher_replaced_meanwhile_is_merged_again(
    template: Path, bucket: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Bucket.replace_catalogue
    others = iter(["1.0.1"])

    def slowly(self: Bucket, catalogue: bytes, seen: object) -> bool:
        for version in others:
            assert idm_publish(template, version, bucket) == 0
        return replace(self, catalogue, seen)

    monkeypatch.setattr(Bucket, "replace_catalogue", slowly)
    assert idm_publish(template, "1.0.0", bucket) == 0
    assert [e["version"] for e in bucket.catalogue()["releases"]] == ["1.0.1", "1.0.0"]


def test_it_is_given_up_when_others_are_always_faster(
    template: Path,
    bucket: Place,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(Bucket, "replace_catalogue", lambda self, catalogue, seen: False)
    assert idm_publish(template, "1.0.0", bucket) == 1
    assert "other publishers" in capsys.readouterr().err
    assert CATALOGUE not in bucket.content()


# --- refused -----------------------------------------------------------------------------------


def refused(
    capsys: pytest.CaptureFixture[str], warehouse: Path, version: str, place: Place
) -> list[str]:
    """What is said of a publication that is refused and changes nothing."""
    before = place.content() if place.store or (place.folder and place.folder.exists()) else {}
    capsys.readouterr()
    assert idm_publish(warehouse, version, place) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("No version there was overwritten.\n")
    assert "Traceback" not in err
    assert before == (place.content() if before else {})
    return err.splitlines()


def test_a_version_with_other_content_is_refused(
    template: Path, place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert idm_publish(template, "1.0.0", place) == 0
    other = tmp_path / "other"
    released(other, with_title("pour tous"))
    assert "with other content" in refused(capsys, other, "1.0.0", place)[0]
    place.remove(CATALOGUE)  # as if that one were still being published
    said = refused(capsys, other, "1.0.0", place)
    assert "1.0.0/SHA256SUMS: is there already" in said[0] and len(said) == 2


@pytest.mark.parametrize("path", ["README.md", "parquet/panels.parquet", "stray.txt"])
def test_a_file_that_is_not_of_the_release_is_refused(
    path: str, template: Path, place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert idm_publish(template, "1.0.0", place) == 0
    place.write(f"1.0.0/{path}", b"something else")
    assert f"1.0.0/{path}: is there already" in refused(capsys, template, "1.0.0", place)[0]


@pytest.mark.parametrize("damage", ["changed", "missing", "extra", "rehashed"])
def test_a_damaged_release_does_not_go_out(
    damage: str, warehouse: Path, place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    release = warehouse / "releases" / "1.0.0"
    if damage == "missing":
        (release / "idm.duckdb").unlink()
    elif damage == "extra":
        (release / "extra.txt").write_text("?")
    else:
        (release / "README.md").write_text("# Another")
    if damage == "rehashed":
        write_checksums(release)
    assert "is missing, changed" in refused(capsys, warehouse, "1.0.0", place)[0]
    assert not [path for path in place.content() if path.startswith("1.0.0")]


def test_a_catalogue_that_is_none_is_refused(
    template: Path, place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    place.write(CATALOGUE, b"<html>")
    assert (
        f"{place.to}/{CATALOGUE}: is not a catalogue"
        in (refused(capsys, template, "1.0.0", place)[0])
    )


def test_what_is_stored_otherwise_than_sent_is_noticed_and_removed(
    template: Path, place: Place, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    kind = Folder if place.folder else Bucket
    create = kind.create

    def damaging(self: Any, path: str, content: Iterator[bytes], size: int) -> bool:
        if path.endswith("panels.parquet"):
            content = iter([b"".join(content)[::-1]])
        return create(self, path, content, size)

    monkeypatch.setattr(kind, "create", damaging)
    assert idm_publish(template, "1.0.0", place) == 1
    assert "panels.parquet: was stored otherwise than it was sent" in capsys.readouterr().err
    assert not [path for path in place.content() if "panels" in path or path == CATALOGUE]
    monkeypatch.undo()
    for name, value in place.store.environment().items() if place.store else ():
        monkeypatch.setenv(name, value)
    assert idm_publish(template, "1.0.0", place) == 0
    assert_whole(place)


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("s3://", "no name of a bucket"),
        ("s3:///prefix", "no name of a bucket"),
        ("s3://KEY:topsecret@bucket/prefix", "credentials go into the environment"),
        ("s3://bucket/prefix?secret=topsecret", "credentials go into the environment"),
        ("https://user:topsecret@host/x", "https:// is no destination"),
        ("gs://topsecret", "gs:// is no destination"),
    ],
)
def test_a_destination_that_is_none(
    to: str, said: str, template: Path, bucket: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish", "1.0.0", "--to", to, "--warehouse", str(template)]) == 1
    err = capsys.readouterr().err
    assert said in err and "topsecret" not in err and "Traceback" not in err


def test_a_version_that_is_none(
    template: Path, folder: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "There is no such release" in refused(capsys, template, "2.0.0", folder)[0]
    assert folder.folder and not folder.folder.exists()


def test_a_folder_on_a_disk_that_is_not_mounted(
    template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = Place(str(tmp_path / "mount" / "data"), tmp_path / "mount" / "data")
    assert "or mount what it is to be on" in refused(capsys, template, "1.0.0", place)[0]
    (tmp_path / "mount").write_text("a file")
    assert "there is no folder" in refused(capsys, template, "1.0.0", place)[0]


def test_a_disk_that_is_full(template: Path, folder: Place) -> None:
    largest = max(len(content) for content in local(template, "1.0.0").values())
    command = [sys.executable, "-m", "flows", "publish", "1.0.0", "--to", folder.to]
    full = subprocess.run(
        [*command, "--warehouse", str(template)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        # As good as full for the largest file: no test can fill a disk.
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest - 1, largest - 1)),
    )
    assert full.returncode == 1
    assert "cannot be written: File too large. Check the folder's permissions and the space" in (
        full.stderr
    )
    assert "Traceback" not in full.stderr
    assert folder.content() == {}
    assert idm_publish(template, "1.0.0", folder) == 0
    assert_whole(folder)


# --- stores that say no ------------------------------------------------------------------------


def said_of_a_store(
    template: Path, to: str, s3: Store, capsys: pytest.CaptureFixture[str], *secrets: str
) -> str:
    """The one line of a publication that fails; no secret is in it."""
    assert main(["publish", "1.0.0", "--to", to, "--warehouse", str(template)]) == 1
    out, err = capsys.readouterr()
    assert out == "" and "Traceback" not in err
    for secret in (s3.writer[1], s3.reader[1], *secrets):
        assert secret not in err
    line, _ = err.splitlines()
    assert line.startswith(f"{to}: ")
    return line


@pytest.mark.parametrize("case", ["secret", "id", "token"])
def test_wrong_credentials(
    case: str,
    template: Path,
    bucket: Place,
    s3: Store,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    wrong = "nobody-else-may-see-this"
    if case == "token":
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "ASIAQQQQQQQQQQQQQQQQ")
        monkeypatch.setenv("AWS_SESSION_TOKEN", wrong)
    elif case == "id":
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAQQQQQQQQQQQQQQQQ")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", wrong)
    line = said_of_a_store(template, bucket.to, s3, capsys, wrong)
    assert f"{s3.url} does not accept the credentials" in line
    assert "Check AWS_ACCESS_KEY_ID" in line


def test_credentials_that_may_only_read(
    template: Path,
    bucket: Place,
    s3: Store,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in s3.environment(s3.reader).items():
        monkeypatch.setenv(name, value)
    assert idm_publish(template, "1.0.0", bucket) == 1
    err = capsys.readouterr().err
    assert "do not allow it (AccessDenied). They need to list, read, write and delete" in err
    assert s3.reader[1] not in err and "Traceback" not in err


def test_no_credentials_at_all(
    template: Path,
    bucket: Place,
    s3: Store,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    assert "AWS_SECRET_ACCESS_KEY not set" in said_of_a_store(template, bucket.to, s3, capsys)


def test_a_bucket_that_is_not_there(
    template: Path, bucket: Place, s3: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    line = said_of_a_store(template, "s3://nowhere/x", s3, capsys)
    assert f"There is no bucket nowhere at {s3.url}" in line


def test_a_store_that_is_down(
    template: Path,
    bucket: Place,
    s3: Store,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://me:topsecret@127.0.0.1:9")
    line = said_of_a_store(template, bucket.to, s3, capsys, "topsecret")
    assert "http://127.0.0.1:9 does not answer" in line


# --- large files -------------------------------------------------------------------------------


def test_a_large_file_is_sent_in_parts(
    warehouse: Path, place: Place, s3: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    release = warehouse / "releases" / "1.0.0"
    block = random.Random(SEED).randbytes(1 << 20)
    (release / "large.bin").write_bytes(block * 65)
    write_checksums(release)
    entries = [entry_of(release)]
    write_catalogue(entries, warehouse / "releases")
    assert idm_publish(warehouse, "1.0.0", place) == 0
    assert "67 of 68.2 MB" in capsys.readouterr().err
    assert_whole(place)
    if place.store:
        key = f"{place.to.removeprefix(f's3://{s3.bucket}/')}/1.0.0/large.bin"
        assert s3.client.head_object(Bucket=s3.bucket, Key=key)["ETag"].endswith('-9"')
    capsys.readouterr()
    assert idm_publish(warehouse, "1.0.0", place) == 0
    assert "large.bin (there already)" in capsys.readouterr().err


# --- withdrawn ---------------------------------------------------------------------------------


def test_a_withdrawal_takes_the_data_away(
    warehouse: Path, place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    for version in ("1.0.0", "1.0.1"):
        assert idm_publish(warehouse, version, place) == 0
    withdraw("1.0.1", warehouse, "A name was wrong.")
    capsys.readouterr()
    assert idm_publish(warehouse, "1.0.1", place) == 0
    assert capsys.readouterr().out == f"release 1.0.1 withdrawn: {place.to}/1.0.1\n"
    content = place.content()
    catalogue = json.loads(content.pop(CATALOGUE))
    assert catalogue["latest"] == "1.0.0"
    first, _ = catalogue["releases"]
    assert (first["status"], first["reason"]) == ("withdrawn", "A name was wrong.")
    assert content == local(warehouse, "1.0.0", "1.0.1")
    assert {path for path in content if path.startswith("1.0.1/")} == {f"1.0.1/{k}" for k in KEPT}
    assert idm_publish(warehouse, "1.0.1", place) == 0
    assert "unchanged" in capsys.readouterr().out


def test_an_interrupted_withdrawal_is_one_and_is_gone_on_with(
    warehouse: Path, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert idm_publish(warehouse, "1.0.1", place) == 0
    withdraw("1.0.1", warehouse, "A name was wrong.")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Folder if place.folder else Bucket, "remove", interrupted)
        assert idm_publish(warehouse, "1.0.1", place) == 130
    assert place.catalogue()["releases"][0]["status"] == "withdrawn"
    assert place.content().keys() > {f"1.0.1/{name}" for name in KEPT - {"WITHDRAWN.md"}}
    assert idm_publish(warehouse, "1.0.1", place) == 0
    content = place.content()
    del content[CATALOGUE]
    assert content == local(warehouse, "1.0.1")


def test_what_was_withdrawn_there_does_not_come_back(
    template: Path, warehouse: Path, place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert idm_publish(warehouse, "1.0.1", place) == 0
    withdraw("1.0.1", warehouse, "A name was wrong.")
    assert idm_publish(warehouse, "1.0.1", place) == 0
    said = refused(capsys, template, "1.0.1", place)[0]
    assert "was withdrawn from" in said and "A name was wrong." in said


def test_an_interrupted_upload_can_be_withdrawn(warehouse: Path, bucket: Place) -> None:
    assert idm_publish(warehouse, "1.0.1", bucket) == 0
    bucket.remove(CATALOGUE)
    bucket.remove("1.0.1/manifest.json")
    withdraw("1.0.1", warehouse, "A name was wrong.")
    assert idm_publish(warehouse, "1.0.1", bucket) == 0
    content = bucket.content()
    assert json.loads(content.pop(CATALOGUE))["latest"] is None
    assert content == local(warehouse, "1.0.1")


def test_a_withdrawn_release_is_not_published_where_it_never_was(
    warehouse: Path, place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    withdraw("1.0.1", warehouse, "A name was wrong.")
    assert "has nothing of it" in refused(capsys, warehouse, "1.0.1", place)[0]
    assert place.content() == {}


def test_a_withdrawal_does_not_touch_another_release_of_that_version(
    warehouse: Path, place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    released(other, with_title("pour tous"))
    assert idm_publish(other, "1.0.0", place) == 0
    withdraw("1.0.0", warehouse, "A name was wrong.")
    assert (
        "1.0.0/manifest.json: is there already" in (refused(capsys, warehouse, "1.0.0", place)[0])
    )
