"""Releases that carry less than all words of the documents, and how these are filled in again."""

import csv
import json
import re
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import duckdb
import frictionless
import mlcroissant
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import once
from documents import WHOLE
from flows.__main__ import DOCUMENTS, main
from flows.build import build
from flows.command.rehydrate import rehydrated
from flows.ground.fingerprint import hashes_of_database, hashes_of_parquet
from flows.ground.lock import only_writer
from flows.ground.problems import Refused
from flows.ground.record import read_build
from flows.publish import Terms, publish
from flows.publish.verify.whole import faults_of
from flows.store import reduced, storing
from flows.withhold.people import withdraw
from flows.withhold.quotations import pieces_of, value_of
from schemas import REFERENCE, TABLES
from schemas.declare import QUOTING
from schemas.texts import TEXTS, WITHHELD, Texts, tables_with
from small_build import TEXT, small_build
from test_formats import pdf

WORDS = 6
"""A release that carries no text has no so many words in a row of any document."""

MODES: list[Texts] = ["quotes", "standoff"]
EDGE = " edgeofacell "
"""Words on two sides of it do not stand in a row."""

EACH_MODE = pytest.mark.parametrize("texts", MODES)


# --- declarations ------------------------------------------------------------------------------


def test_no_key_reference_or_order_is_of_words_that_may_be_withheld() -> None:
    for table in TABLES.values():
        for column in table.columns:
            if column.origin in QUOTING:
                assert column.type == "text" and column.references is None
                assert column.name not in {*table.key, *table.order}
                assert "document_id" in table.column_names


@EACH_MODE
def test_what_is_withheld_is_declared(texts: Texts) -> None:
    tables = tables_with(texts)
    assert list(tables) == [*TABLES, "quotations"]
    for name, table in TABLES.items():
        for column in table.columns:
            reduced_column = tables[name].column(column.name)
            assert reduced_column.withheld == (column.origin in WITHHELD[texts])
            assert asdict(reduced_column) | {"withheld": False} == asdict(column)
    assert tables_with("full") == TABLES and TEXTS.keys() == WITHHELD.keys()


# --- pieces ------------------------------------------------------------------------------------

SOURCE = "— 1 —\nLes villes ont de-\nmandé de l'ai\u0301de.\n\nElles   l'ont eue. Les pays aussi."


@pytest.mark.parametrize(
    ("value", "start", "stretches"),
    [
        ("Les villes", "Les villes", ["Les villes"]),
        ("Les villes", "Elles", ["Les villes"]),
        ("demandé de l'aíde", "de-", ["de", "mandé de l'a", None, "de"]),
        ("Elles l'ont", "Elles", ["Elles ", "l'ont"]),
        ("██████ ont", "villes", [None, " ont"]),
        ("Ω", "Les", [None]),
    ],
)
def test_the_pieces_of_a_value(value: str, start: str, stretches: list[str | None]) -> None:
    """Stretches of the text; None for what stands nowhere in it."""
    pieces = pieces_of(value, SOURCE, SOURCE.index(start))
    assert value_of(pieces, SOURCE) == value
    assert [None if p.start is None else SOURCE[p.start : p.end] for p in pieces] == stretches


def test_of_equal_words_those_of_the_row_are_meant() -> None:
    (first,) = pieces_of("Les", SOURCE, SOURCE.index("Les villes"))
    (second,) = pieces_of("Les", SOURCE, SOURCE.index("eue."))
    assert (first.start, second.start) == (SOURCE.index("Les"), SOURCE.rindex("Les"))


ALPHABET = "ab é\n-█"


@given(st.text(ALPHABET, max_size=40), st.text(ALPHABET, max_size=40), st.integers(0, 40))
def test_a_value_comes_out_of_its_pieces(value: str, text: str, start: int) -> None:
    pieces = pieces_of(value, text, min(start, len(text)))
    assert value_of(pieces, text) == value
    for piece in pieces:
        if piece.characters is None:
            assert piece.start is not None and piece.end is not None
            assert 0 <= piece.start < piece.end <= len(text)
            assert "█" not in text[piece.start : piece.end]
        else:
            assert all(c.isspace() or c == "█" or c not in text for c in piece.characters)


# --- releases ----------------------------------------------------------------------------------


def released_from(built: Path, texts: Texts, warehouse: Path, **terms: str) -> Path:
    """The next release of a warehouse, from the build in another, carrying so much."""
    with only_writer(warehouse):
        build = read_build((built / "current").resolve())
        with reduced(build, texts, warehouse) as carried:
            return publish(carried, warehouse, Terms(texts=texts, **terms)).folder


@pytest.fixture(scope="session")
def releases(built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Releases of the real documents: a first one of each kind, and one that carries no text any
    more after one that did. To be read only."""

    def make(folder: Path) -> None:
        for texts in TEXTS:
            released_from(built, texts, folder / texts)
        shutil.copytree(folder / "full", folder / "then none", symlinks=True)
        released_from(built, "standoff", folder / "then none", allow_major="Rights.")

    warehouses = once(tmp_path_factory, "texts", make)
    found = {texts: warehouses / texts / "releases" / "1.0.0" for texts in TEXTS}
    return {**found, "then none": warehouses / "then none" / "releases" / "2.0.0"}


def folded(text: str) -> str:
    """Words without case and accents, one space between them."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe"))
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", kept.casefold()))


def all_words(release: Path) -> Iterator[tuple[str, str]]:
    """Everything in a release that can be read as text: place and folded words."""
    for path in sorted(release.rglob("*")):
        name = path.relative_to(release).as_posix()
        if path.suffix in (".zip", ".xlsx"):
            with ZipFile(path) as archive:
                for member in archive.namelist():
                    text = archive.read(member).decode()
                    if member.endswith(".csv"):
                        lines = csv.reader(StringIO(text, newline=""))
                        text = EDGE.join(cell for line in lines for cell in line)
                    yield f"{name}:{member}", folded(re.sub(r"<[^>]*>", EDGE, text))
        elif path.suffix == ".parquet":
            rows = pq.read_table(path).to_pylist()
            yield name, folded(EDGE.join(str(v) for row in rows for v in row.values()))
        elif path.is_file():
            yield name, folded(path.read_bytes().decode(errors="ignore"))
    with duckdb.connect(release / "idm.duckdb", read_only=True) as connection:
        tables = connection.execute("select table_name from duckdb_tables()").fetchall()
        for (table,) in tables:
            rows = connection.execute(f'from "{table}"').fetchall()
            yield f"idm.duckdb:{table}", folded(EDGE.join(str(v) for row in rows for v in row))


def runs_of(text: str) -> set[str]:
    words = folded(text).split()
    return {" ".join(words[i : i + WORDS]) for i in range(len(words) - WORDS + 1)}


def documents_of(release: Path) -> list[str]:
    return [
        str(row["text"]) for row in pq.read_table(release / "parquet/documents.parquet").to_pylist()
    ]


def known_otherwise(release: Path) -> set[str]:
    """Runs of words that others than the documents say too, names in the reference tables; and
    identifiers, made of a name or the first words of a heading, that stay in every release."""
    return {
        run
        for table in TABLES.values()
        for row in pq.read_table(release / f"parquet/{table.name}.parquet").to_pylist()
        for name, value in row.items()
        if table in REFERENCE or name.endswith("_id")
        for run in runs_of(str(value))
    }


def left_in(release: Path, runs: set[str]) -> dict[str, list[str]]:
    found = {}
    for place, words in all_words(release):
        there = words.split()
        if hits := runs & {" ".join(there[i : i + WORDS]) for i in range(len(there) - WORDS + 1)}:
            found[place] = sorted(hits)[:3]
    return found


@pytest.mark.parametrize("name", ["standoff", "then none"])
def test_no_words_in_a_row_are_left(name: str, releases: dict[str, Path]) -> None:
    runs = {run for text in documents_of(releases["full"]) for run in runs_of(text)}
    runs -= known_otherwise(releases["full"])
    assert len(runs) > 7_000
    assert left_in(releases[name], runs) == {}


def test_the_search_finds_what_there_is(releases: dict[str, Path]) -> None:
    runs = {run for text in documents_of(releases["full"]) for run in runs_of(text)}
    places = set(left_in(releases["full"], runs))
    assert {
        *("README.md", "csv.zip:documents.csv", "idm.duckdb:recommendations"),
        *("parquet/passages.parquet", "parquet/panels.parquet", "RIGHTS.md"),
    } <= places
    assert any(place.startswith("idm.xlsx:xl/") for place in places)


def test_only_quoted_words_are_left(releases: dict[str, Path]) -> None:
    kept = {
        run
        for name, table in TABLES.items()
        for row in pq.read_table(releases["full"] / f"parquet/{name}.parquet").to_pylist()
        for column in table.columns
        if column.origin == "quotation"
        for run in runs_of(str(row[column.name]))
    }
    runs = {run for text in documents_of(releases["full"]) for run in runs_of(text)}
    runs -= kept | known_otherwise(releases["full"])
    assert len(runs) > 2_000
    left = left_in(releases["quotes"], runs)
    # As bytes, quotations stand in it without an edge between them: its tables were looked at.
    left.pop("idm.duckdb", None)
    assert left == {}


@EACH_MODE
def test_what_is_withheld_is_null_and_everything_else_as_before(
    texts: Texts, releases: dict[str, Path]
) -> None:
    for name, table in tables_with(texts).items():
        if name in TABLES:
            less = pq.read_table(releases[texts] / f"parquet/{name}.parquet")
            full = pq.read_table(releases["full"] / f"parquet/{name}.parquet")
            for column in table.columns:
                if column.withheld:
                    assert less[column.name].null_count == less.num_rows
                    assert (
                        "Withheld"
                        in less.schema.field(column.name).metadata[b"description"].decode()
                    )
                else:
                    assert less[column.name] == full[column.name]


@EACH_MODE
def test_a_release_says_how_much_it_carries(texts: Texts, releases: dict[str, Path]) -> None:
    release = releases[texts]
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["texts"] == texts
    assert manifest["full_logical_sha256"] == hashes_of_parquet(releases["full"] / "parquet")
    assert TEXTS[texts] in (release / "README.md").read_text(encoding="utf-8")
    assert "idm rehydrate" in (release / "RIGHTS.md").read_text(encoding="utf-8")
    assert "quotations" in (release / "DICTIONARY.md").read_text(encoding="utf-8")
    assert faults_of(release) == []


@EACH_MODE
def test_its_descriptions_hold(texts: Texts, releases: dict[str, Path]) -> None:
    report = frictionless.validate(str(releases[texts] / "csv.zip"))
    assert report.flatten(["name", "fieldName", "type", "note"]) == []
    package = json.loads((releases[texts] / "datapackage.json").read_text(encoding="utf-8"))
    rights = {
        resource["name"]
        for resource in package["resources"]
        if "schema" in resource and len(resource["licenses"]) > 1
    }
    assert rights == {name for name, table in tables_with(texts).items() if table.quotes}
    assert bool(rights) == (texts == "quotes")
    dataset = mlcroissant.Dataset(jsonld=releases[texts] / "croissant.json")
    assert [record["sections/heading"] is None for record in dataset.records("sections")] == [
        texts == "standoff" or row["heading"] is None
        for row in pq.read_table(releases["full"] / "parquet/sections.parquet").to_pylist()
    ]


# --- filling in --------------------------------------------------------------------------------


@EACH_MODE
def test_the_texts_come_back_from_the_documents(
    texts: Texts, releases: dict[str, Path], tmp_path: Path
) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    for number, path in enumerate(sorted(DOCUMENTS.glob("*.txt"))):
        shutil.copyfile(path, copies / f"copy {number}")
    output = tmp_path / "filled in"
    arguments = ["rehydrate", str(releases[texts]), str(copies), "--output", str(output)]
    assert main(arguments) == 0
    full = hashes_of_parquet(releases["full"] / "parquet")
    assert hashes_of_parquet(output / "parquet") == full
    assert hashes_of_database(output / "idm.duckdb") == full
    assert read_build(output).texts == "full"
    assert main(arguments) == 1  # the folder is there


def as_html(text: str) -> bytes:
    blocks = [block.replace("\n", "<br>") for block in text.split("\n\n")]
    body = "".join(f"<p>{block}</p>" for block in blocks)
    head = '<meta charset="utf-8"><title>x</title>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", TEXT.encode()),
        ("b.md", b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()),
        ("c.html", as_html(TEXT)),
        ("d.txt", unicodedata.normalize("NFD", TEXT).encode()),
        ("e.pdf", pdf(WHOLE)),
    ],
)
@pytest.mark.slow
def test_any_form_of_document(name: str, content: bytes, tmp_path: Path) -> None:
    documents, warehouse = tmp_path / "documents", tmp_path / "warehouse"
    documents.mkdir()
    (documents / name).write_bytes(content)
    outcome = build(documents, warehouse, terms=Terms(texts="standoff"))
    assert outcome.release is not None
    rows = rehydrated(outcome.release.folder, documents, tmp_path / "filled in")
    assert rows == outcome.build.rows
    hashes = hashes_of_parquet(tmp_path / "filled in" / "parquet")
    assert hashes == outcome.build.logical_sha256


@pytest.mark.slow
def test_who_was_withdrawn_does_not_come_back(tmp_path: Path) -> None:
    """The reader's copy has the name, the release masks it, and so do the texts filled in."""
    tables, _ = withdraw(small_build(), frozenset({"jeanne-exemple"}))
    copies = tmp_path / "copies"
    copies.mkdir()
    (copies / "copy.txt").write_bytes(TEXT.encode())
    warehouse = tmp_path / "warehouse"
    with (
        storing(tables, warehouse, {"documents": []}) as full,
        reduced(full, "standoff", warehouse) as carried,
    ):
        release = publish(carried, warehouse).folder
        rehydrated(release, copies, tmp_path / "filled in")
        assert hashes_of_parquet(tmp_path / "filled in" / "parquet") == full.logical_sha256
    filled = pq.read_table(tmp_path / "filled in/parquet/documents.parquet").to_pylist()
    assert "Jeanne" in TEXT and "Jeanne" not in filled[0]["text"] and "██████" in filled[0]["text"]


@pytest.fixture
def small(tmp_path: Path) -> tuple[Path, Path]:
    """A release of the small build that carries no text, and a folder with its document."""
    documents, warehouse = tmp_path / "documents", tmp_path / "warehouse"
    documents.mkdir()
    (documents / "idm-2030-1.fr.txt").write_bytes(TEXT.encode())
    with (
        storing(small_build(), warehouse, {"documents": []}) as full,
        reduced(full, "standoff", warehouse) as carried,
    ):
        return publish(carried, warehouse).folder, documents


@pytest.mark.slow
def test_another_file_is_refused_and_named(small: tuple[Path, Path], tmp_path: Path) -> None:
    release, documents = small
    file = documents / "idm-2030-1.fr.txt"
    file.write_bytes(TEXT.encode() + b"\n")
    with pytest.raises(Refused, match=r"idm-2030-1\.fr\.txt: The SHA-256 of this file is not"):
        rehydrated(release, documents, tmp_path / "out")
    file.unlink()
    with pytest.raises(Refused, match="No file there has the SHA-256"):
        rehydrated(release, documents, tmp_path / "out")
    with pytest.raises(Refused, match="cannot be read"):
        rehydrated(release, tmp_path / "nowhere", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_release_that_cannot_be_filled_in(
    small: tuple[Path, Path], releases: dict[str, Path], tmp_path: Path
) -> None:
    release, documents = small
    with pytest.raises(Refused, match="nothing is withheld"):
        rehydrated(releases["full"], documents, tmp_path / "out")
    with pytest.raises(Refused, match="is not the manifest of a release"):
        rehydrated(tmp_path, documents, tmp_path / "out")
    (release / "parquet" / "panels.parquet").write_bytes(b"changed")
    with pytest.raises(Refused, match=r"not whole: parquet/panels\.parquet"):
        rehydrated(release, documents, tmp_path / "out")
    assert not (tmp_path / "out").exists()


# --- versions ----------------------------------------------------------------------------------


def test_carrying_less_or_more_needs_a_reason(built: Path, tmp_path: Path) -> None:
    released_from(built, "full", tmp_path)
    with pytest.raises(Refused, match=r"constraint tightened, passages\.text"):
        released_from(built, "quotes", tmp_path)
    less = released_from(built, "quotes", tmp_path, allow_major="The rights are not ours.")
    assert less.name == "2.0.0"
    with pytest.raises(Refused, match="table removed or renamed, quotations"):
        released_from(built, "full", tmp_path)
    more = released_from(built, "full", tmp_path, allow_major="They are by now.")
    assert more.name == "3.0.0"


@pytest.mark.slow
def test_the_next_release_carries_as_much_as_the_last(tmp_path: Path) -> None:
    """Whoever leaves the option out must not publish more than before."""
    documents, warehouse = tmp_path / "documents", tmp_path / "warehouse"
    documents.mkdir()
    (documents / "a.txt").write_bytes(TEXT.encode())
    command = ["run", "--direct", "--documents", str(documents), "--warehouse", str(warehouse)]
    assert main([*command, "--texts", "standoff"]) == 0
    assert main(command) == 0
    assert main(["release", "--warehouse", str(warehouse)]) == 0
    catalogue = json.loads((warehouse / "releases/catalog.json").read_text(encoding="utf-8"))
    assert [entry["version"] for entry in catalogue["releases"]] == ["1.0.0"]
    assert main(["release", "--warehouse", str(warehouse), "--texts", "full"]) == 1
    allowed = ["--texts", "full", "--allow-major", "IOM agreed."]
    assert main(["release", "--warehouse", str(warehouse), *allowed]) == 0
