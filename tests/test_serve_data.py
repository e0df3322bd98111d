"""The data as pages and JSON: what is there, what is refused, and that nothing else is reached."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from flows.__main__ import PROJECT, main
from flows.command.asking.database import opened
from flows.command.asking.pages import LIMITS, LONGEST, ROWS, Site, application
from flows.store import store
from small_build import small_build

pytestmark = pytest.mark.slow

ENDLESS = "select sum(a.range * b.range) from range(3000000) a, range(30000000) b"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    warehouse = tmp_path_factory.mktemp("served")
    store(small_build(), warehouse, {})
    return warehouse


@pytest.fixture(scope="module")
def client(warehouse: Path) -> Iterator[TestClient]:
    with opened(warehouse / "idm.duckdb", limits=LIMITS) as connection:
        yield TestClient(application(Site(connection, seconds=1), ["testserver"]))


def test_the_first_page_leads_to_every_table_and_view(client: TestClient) -> None:
    page = BeautifulSoup(client.get("/").text, "lxml")
    links = {str(link["href"]) for link in page.select("td a")}
    assert {"/tables/panels", "/tables/recommendation_details", "/tables/faults"} <= links
    for link in links:
        assert client.get(link).status_code == 200, link


def test_a_table_as_page_json_and_csv(client: TestClient) -> None:
    page = BeautifulSoup(client.get("/tables/panels?position=2").text, "lxml")
    assert [cell.text for cell in page.select("tbody td")][6] == "Des services pour tous"
    found = client.get("/tables/panels.json?position=2").json()
    assert [row["title"] for row in found["rows"]] == ["Des services pour tous"]
    assert found["version"].startswith("none: build")
    lines = client.get("/tables/panels.csv").text.splitlines()
    assert lines[0].startswith("panel_id,session_id") and len(lines) == 3


def test_pages_of_a_long_table(client: TestClient) -> None:
    first = client.get("/tables/data_dictionary.json")
    assert first.status_code == 404  # only data and views are listed
    first = client.get("/tables/gcm_objectives.json?offset=20").json()
    assert [row["objective"] for row in first["rows"]] == [21, 22, 23]
    assert client.get("/tables/panels?offset=x").status_code == 400


def test_search_questions_and_queries(client: TestClient) -> None:
    hits = client.get("/search.json", params={"words": "jeune"}).json()["rows"]
    assert "**jeunes**" in hits[0]["snippet"]
    assert client.get("/search").status_code == 200
    listed = client.get("/queries")
    assert '<a href="/queries/stated-and-found">' in listed.text
    assert client.get("/queries/stated-and-found.json").json()["rows"]
    other = client.get("/queries/what-one-country-asked-for.json?country=CHE").json()
    assert [row["attributed_to"] for row in other["rows"]] == ["Jeanne Exemple"]
    assert "idm sql" in client.get("/queries/our-words").text
    assert client.get("/queries/nothing").status_code == 404
    answer = client.get("/sql.json", params={"query": "select $a as a", "a": "x'; --"}).json()
    assert answer["rows"] == [{"a": "x'; --"}]
    assert client.get("/sql.json", params={"query": "describe panels"}).json()["rows"]


def test_a_query_has_limits(client: TestClient) -> None:
    many = client.get("/sql.json", params={"query": "from range(5000)"}).json()
    assert len(many["rows"]) == ROWS and many["more"]
    late = client.get("/sql.json", params={"query": ENDLESS})
    assert late.status_code == 408 and "longer than 1 seconds" in late.json()["error"]
    assert client.get("/sql.json", params={"query": "select 1"}).status_code == 200
    assert client.get("/sql.json", params={"query": "-" * (LONGEST + 1)}).status_code == 413


@pytest.mark.parametrize(
    "query",
    [
        "from read_text('/etc/passwd')",
        "copy panels to 'never.csv'",
        "delete from panels",
        "set enable_external_access = true",
        "attach 'never.duckdb'",
        "select 1; select 2",
        "selec 1",
    ],
)
def test_a_query_reads_the_database_alone(query: str, client: TestClient) -> None:
    answer = client.get("/sql.json", params={"query": query})
    assert answer.status_code == 400
    assert answer.json()["error"]


@pytest.mark.parametrize("place", ["/tables/panels", "/sql", "/search", "/"])
def test_nothing_is_written(place: str, client: TestClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert client.request(method, place).status_code == 405


def test_what_is_typed_is_shown_as_text(client: TestClient) -> None:
    evil = "<img src=x onerror=alert(1)>"
    for place, params in (
        ("/search", {"words": evil}),
        ("/sql", {"query": f"select '{evil}' as \"{evil}\""}),
        (f"/tables/{evil}", {}),
        ("/tables/panels", {evil: "x"}),
    ):
        answer = client.get(place, params=params)
        assert evil not in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_page_of_somebody_else_cannot_ask(client: TestClient) -> None:
    assert client.get("/", headers={"host": "data.example.org"}).status_code == 400


def test_columns_of_every_name_and_values_of_every_kind(client: TestClient) -> None:
    query = (
        "select 1 as a, 2 as a, [1, 2] as l, {'x': null} as s, date '2030-01-01' as d, null as n"
    )
    page = BeautifulSoup(client.get("/sql", params={"query": query}).text, "lxml")
    cells = [cell.text for cell in page.select("tbody td")]
    assert cells == ["1", "2", "[1, 2]", '{"x": null}', "2030-01-01", "NULL"]


def test_the_command_serves_until_it_is_interrupted(warehouse: Path) -> None:
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "flows", "serve-data", "--port", "0"),
            *("--warehouse", str(warehouse)),
        ],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    try:
        assert process.stdout is not None
        address = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
        assert address
        with urlopen(Request(f"{address[0]}tables/panels.json"), timeout=30) as answer:
            assert len(json.load(answer)["rows"]) == 2
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 130
    assert "Traceback" not in err


def test_an_address_that_cannot_be_had(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["serve-data", "--host", "192.0.2.1", "--warehouse", str(warehouse)]
    assert main(arguments) == 1
    assert "192.0.2.1:8765: cannot be listened at" in capsys.readouterr().err
