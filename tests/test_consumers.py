"""What was published is read by those who use it: from a folder, over HTTP, out of a bucket."""

import json
import re
import shutil
import struct
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
from pyarrow import fs

from conftest import once
from flows.__main__ import main
from flows.publish import publish
from flows.publish.release.withdraw import withdraw
from flows.store import storing
from s3_store import REGION, Store
from schemas import TABLES
from small_build import DOCUMENT, PRIORITY, small_build

pytestmark = pytest.mark.slow

README = Path(__file__).resolve().parents[1] / "warehouse" / "README.md"
SECTION = README.read_text(encoding="utf-8").partition("\n## Published releases\n")[2]
RECIPES = dict(re.findall(r"```(sql|python)\n(.*?)```", SECTION, re.DOTALL))
QUERIES = [query.strip() for query in RECIPES["sql"].split("\n\n")]
TITLES = ["Le logement, premier pas de l'inclusion", "Des services"]


@pytest.fixture(scope="session")
def warehouse(small_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with 1.0.0, 1.0.1, and 1.0.2, which is withdrawn."""

    def make(folder: Path) -> None:
        shutil.copytree(small_warehouse, folder, symlinks=True, dirs_exist_ok=True)
        for title in ("Des services", "pour tous"):
            tables = small_build()
            tables["panels"][1] = {**tables["panels"][1], "title": title}
            with storing(tables, folder, {"documents": [DOCUMENT]}) as build:
                publish(build, folder)
        withdraw("1.0.2", folder, "The title was wrong.")

    return once(tmp_path_factory, "three-releases", make)


@pytest.fixture(scope="module")
def data(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder to which its releases were published."""
    folder = tmp_path_factory.mktemp("consumer") / "idm-data"
    for version in ("1.0.0", "latest"):
        to = ["--to", str(folder), "--warehouse", str(warehouse)]
        assert main(["publish", version, *to]) == 0
    return folder


class Ranges(SimpleHTTPRequestHandler):
    """Serves a folder, and one range of a file where that is asked for."""

    asked: list[str]

    def __init__(self, *args: object, asked: list[str], directory: str) -> None:
        self.asked = asked
        super().__init__(*args, directory=directory)

    def do_GET(self) -> None:
        wanted = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
        file = Path(self.translate_path(self.path))
        if not wanted or not file.is_file():
            self.asked.append("all")
            super().do_GET()
            return
        self.asked.append(wanted[0])
        content = file.read_bytes()
        first, last = wanted.groups()
        start = int(first) if first else max(0, len(content) - int(last))
        end = min(int(last) + 1, len(content)) if first and last else len(content)
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {start}-{end - 1}/{len(content)}")
        self.send_header("Content-Length", str(end - start))
        self.end_headers()
        self.wfile.write(content[start:end])

    def end_headers(self) -> None:
        self.send_header("Accept-Ranges", "bytes")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def asked() -> list[str]:
    """The ranges that a client asked for, `all` for whole files."""
    return []


@pytest.fixture
def address(data: Path, asked: list[str]) -> Iterator[str]:
    """The address under which the published folder is served."""
    handler = partial(Ranges, asked=asked, directory=str(data))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


# --- from a folder -----------------------------------------------------------------------------


def test_the_queries_that_users_are_given(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(data.parent)
    assert len(QUERIES) == 4
    with duckdb.connect() as connection:
        latest, all_of_them, history, attached = [
            connection.execute(query).fetchall() for query in QUERIES
        ]
    assert latest == [("1.0.1",)]
    assert [(version, status) for version, _, status in all_of_them] == [
        ("1.0.1", "published"),
        ("1.0.0", "published"),
    ]
    assert history == [("1.0.0", 2), ("1.0.1", 2)]
    assert attached[0][0] == PRIORITY


def test_the_database_opens_where_it_lies_and_is_not_changed(data: Path) -> None:
    file = data / "1.0.1" / "idm.duckdb"
    before = file.read_bytes()
    with duckdb.connect() as connection:
        connection.execute(f"attach '{file}' as idm (read_only)")
        connection.execute("use idm")
        titles = connection.execute("select title from panels order by position").fetchall()
        (found,) = connection.execute("select text from search_sentences('jeunes')").fetchall()
    assert titles == [(title,) for title in TITLES]
    assert found == (PRIORITY,)
    assert file.read_bytes() == before
    assert not file.with_name("idm.duckdb.wal").exists()


@pytest.mark.parametrize("table", sorted(TABLES))
def test_the_same_rows_in_duckdb_pandas_polars_and_pyarrow(table: str, data: Path) -> None:
    file = data / "1.0.1" / "parquet" / f"{table}.parquet"
    rows = pq.read_table(file)
    assert pl.read_parquet(file).to_dicts() == rows.to_pylist()
    frame = pd.read_parquet(file, dtype_backend="pyarrow")
    assert (list(frame.columns), len(frame)) == (rows.column_names, len(rows))
    for name in rows.column_names:
        values = [None if value is pd.NA else value for value in frame[name].tolist()]
        assert values == rows[name].to_pylist()
    with duckdb.connect() as connection:
        there = connection.sql("from read_parquet(?)", params=[str(file)]).to_arrow_table()
    assert there.to_pylist() == rows.to_pylist()


# --- over HTTP ---------------------------------------------------------------------------------


def test_the_recipe_for_an_address(data: Path, address: str, asked: list[str]) -> None:
    recipe = RECIPES["python"]
    assert recipe.count("https://data.example.org/idm") == 1
    run = subprocess.run(
        [sys.executable, "-c", recipe.replace("https://data.example.org/idm", address)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert PRIORITY[:20] in run.stdout
    assert "all" in asked  # catalog.json
    assert [ranged for ranged in asked if ranged != "all"]  # of the Parquet file


def test_a_plain_client_reads_the_end_of_a_parquet_file(
    data: Path, address: str, asked: list[str]
) -> None:
    url = f"{address}/1.0.1/parquet/sentences.parquet"

    def last(count: int) -> bytes:
        request = urllib.request.Request(url, headers={"Range": f"bytes=-{count}"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert answer.status == 206
            content: bytes = answer.read()
            return content

    (length,) = struct.unpack("<I4x", last(8))
    metadata = pq.read_metadata(BytesIO(b"PAR1" + last(length + 8)))
    whole = data / "1.0.1" / "parquet" / "sentences.parquet"
    assert metadata.num_rows == pq.read_table(whole).num_rows
    assert asked == ["bytes=-8", f"bytes=-{length + 8}"]


def test_a_release_is_verified_at_its_address(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", f"{address}/1.0.1"]) == 0
    assert capsys.readouterr().out.startswith("release 1.0.1 is whole")


def test_what_was_never_published_is_not_there(address: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{address}/1.0.2/manifest.json", timeout=30)


# --- out of a bucket ---------------------------------------------------------------------------


def test_a_reader_of_a_bucket(warehouse: Path, s3: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in s3.environment().items():
        monkeypatch.setenv(name, value)
    to = f"s3://{s3.bucket}/idm"
    assert main(["publish", "latest", "--to", to, "--warehouse", str(warehouse)]) == 0
    key_id, secret = s3.reader
    files = fs.S3FileSystem(
        access_key=key_id, secret_key=secret, region=REGION, endpoint_override=s3.url
    )
    with files.open_input_stream(f"{s3.bucket}/idm/catalog.json") as catalogue:
        latest = json.loads(catalogue.read())["latest"]
    table = f"{s3.bucket}/idm/{latest}/parquet/panels.parquet"
    assert pq.read_table(table, filesystem=files)["title"].to_pylist() == TITLES
    frame = pl.read_parquet(
        f"s3://{table}",
        storage_options={
            **{name.lower(): value for name, value in s3.environment(s3.reader).items()},
            "aws_allow_http": "true",
        },
    )
    assert frame["title"].to_list() == TITLES
