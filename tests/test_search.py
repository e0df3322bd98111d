"""Search: inflection both ways, accents, synonyms, phrases, ranking, whatever is typed."""

from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.command.asking.database import opened
from flows.store import store
from flows.store.search import write_index
from schemas import Row, Tables
from small_build import CALL, PRIORITY, small_build

pytestmark = pytest.mark.slow

TEXTS = {
    "fr": [
        "Les jeunes demandent des logements.",
        "Une femme a ouvert la séance.",
        "Les travaux de mise en œuvre avancent.",
        "Il faut faciliter les envois de fonds des travailleurs.",
        "Les rapatriements de fonds sont coûteux.",
        "De fonds, il n'y a pas eu d'envois cette année.",
        "Les délégations ont exhorté les villes à agir.",
        "La ville est grande, la ville est belle, la ville est à nous.",
        "Une phrase sans rien qui soit cherché.",
        "Un toit, cela compte pour tous.",
        "Chaque toit pour tous les habitants.",
    ],
    "en": [
        "Policies on remittances should be renewed.",
        "Every policy needs a review.",
        "Migrants sent money to their families.",
    ],
    "es": [
        "Las remesas ayudan a las familias.",
        "Los jóvenes piden viviendas dignas.",
        "El derecho de cada persona migrante.",
    ],
}


def corpus() -> Tables:
    """The small build, with the sentences above in a document of each language."""
    tables = small_build()
    sentence: Row = tables["sentences"][0]
    document: Row = tables["documents"][0]
    passage: Row = next(row for row in tables["passages"] if row["kind"] == "paragraph")
    for language, texts in TEXTS.items():
        name = f"idm-2031-1.{language}"
        tables["documents"].append(
            {
                **document,
                "document_id": name,
                "language": language,
                "text": "\n".join(texts),
                "is_reference": False,
            }
        )
        place = 0
        for number, text in enumerate(texts, 1):
            key = f"{name}-{number:02}"
            span = {"document_id": name, "char_start": place, "char_end": place + len(text)}
            tables["passages"].append({**passage, "passage_id": key, "text": text, **span})
            tables["sentences"].append(
                {**sentence, "sentence_id": key, "passage_id": key, "text": text, **span}
            )
            place += len(text) + 1
    tables["synonyms"] += [
        {"term": "envois de fonds", "language": "fr", "concept": "remittances"},
        {"term": "rapatriements de fonds", "language": "fr", "concept": "remittances"},
        {"term": "remittances", "language": "en", "concept": "remittances"},
        {"term": "remesas", "language": "es", "concept": "remittances"},
    ]
    return tables


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The corpus in a database: rows that no pipeline made, so past its validation."""
    folder = tmp_path_factory.mktemp("search")
    store(small_build(), folder, {})
    file = folder / "corpus.duckdb"
    file.write_bytes((folder / "idm.duckdb").read_bytes())
    tables = corpus()
    with duckdb.connect() as connection:
        connection.execute(f"attach '{file}' as idm")
        connection.execute("use idm")
        for name in ("documents", "passages", "sentences", "synonyms"):
            for row in tables[name]:
                marks = ", ".join("?" * len(row))
                columns = ", ".join(row)
                connection.execute(
                    f"insert or ignore into {name} ({columns}) values ({marks})",
                    list(row.values()),
                )
        for name in ("entries", "words", "phrases", "postings"):
            connection.execute(f"delete from search_{name}")
        write_index(connection)
        connection.execute("use memory")
        connection.execute("detach idm")
    with opened(file) as connection:
        yield connection


def found(database: duckdb.DuckDBPyConnection, words: str, most: int = 20) -> list[str]:
    answer = database.execute("select text from search(?, most := ?)", [words, most])
    return [row[0] for row in answer.fetchall()]


FR, EN, ES = TEXTS["fr"], TEXTS["en"], TEXTS["es"]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("jeune", FR[0]),
        ("JEUNES", FR[0]),
        ("logement", FR[0]),
        ("femmes", FR[1]),
        ("seance", FR[1]),
        ("séances", FR[1]),
        ("oeuvre", FR[2]),
        ("Œuvres", FR[2]),
        ("travailleuse", FR[3]),
        ("exhorter", FR[6]),
        ("délégation", FR[6]),
        ("policies", EN[1]),
        ("policy", EN[0]),
        ("review", EN[1]),
        ("reviews", EN[1]),
        ("joven", ES[1]),
        ("jóvenes", ES[1]),
        ("vivienda", ES[1]),
        ("derechos", ES[2]),
    ],
)
def test_inflection_accents_and_case(
    words: str, wanted: str, database: duckdb.DuckDBPyConnection
) -> None:
    assert wanted in found(database, words)
    assert FR[8] not in found(database, words)


@pytest.mark.parametrize("words", ["envois de fonds", "envoi de fonds", "remittances", "remesas"])
def test_a_synonym_finds_all_that_mean_the_same(
    words: str, database: duckdb.DuckDBPyConnection
) -> None:
    assert set(found(database, words)[:4]) == {FR[3], FR[4], EN[0], ES[0]}


def test_words_of_a_synonym_are_found_by_themselves_too(
    database: duckdb.DuckDBPyConnection,
) -> None:
    answer = found(database, "envois de fonds")
    assert FR[5] in answer[4:]
    roofs = found(database, "toit pour tous")
    assert roofs[0] == FR[10] and FR[9] in roofs and FR[0] in roofs
    assert FR[1] not in roofs


def test_a_synonym_is_its_words_one_behind_the_other(
    database: duckdb.DuckDBPyConnection,
) -> None:
    answer = found(database, "housing")
    assert FR[10] in answer and FR[0] in answer
    assert FR[9] not in answer  # its words are not those of the synonym


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ('"envois de fonds"', {FR[3]}),
        ("«envoi de fonds»", {FR[3]}),
        ('"fonds de envois"', set()),
        ('"de fonds" coûteux', {FR[3], FR[4], FR[5]}),
        ('"mise en oeuvre"', {FR[2]}),
    ],
)
def test_a_phrase(words: str, wanted: set[str], database: duckdb.DuckDBPyConnection) -> None:
    assert set(found(database, words)) == wanted


def test_the_best_comes_first(database: duckdb.DuckDBPyConnection) -> None:
    answer = found(database, "ville")
    assert answer[0] == FR[7]
    assert FR[6] in answer
    both = found(database, "jeunes logements")
    assert both[0] == FR[0]
    assert PRIORITY in both


def test_kinds_and_most(database: duckdb.DuckDBPyConnection) -> None:
    kinds = database.execute(
        "select distinct kind from search('ville services jeunes', kinds := 'panel,session')"
    ).fetchall()
    assert sorted(kinds) == [("panel",), ("session",)]
    assert len(found(database, "ville services jeunes", 1)) == 1


def test_the_hit_is_marked(database: duckdb.DuckDBPyConnection) -> None:
    answer = database.execute("select snippet from search('envoi de fonds')").fetchall()
    assert ("Il faut faciliter les **envois de fonds** des travailleurs.",) in answer
    assert ("Policies on **remittances** should be renewed.",) in answer


def test_a_recommendation_is_found_once(database: duckdb.DuckDBPyConnection) -> None:
    answer = database.execute("select kind, text from search('exhorté villes')").fetchall()
    assert [kind for kind, text in answer if text == CALL] == ["recommendation"]


@pytest.mark.parametrize("words", ["", " ", '"', '""', "%", "_", "'; drop table panels; --", "–"])
def test_nothing_to_look_for(words: str, database: duckdb.DuckDBPyConnection) -> None:
    assert len(found(database, words)) <= 20
    assert database.execute("select count(*) from panels").fetchone() == (2,)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40))
def test_whatever_is_typed_is_no_error(words: str) -> None:
    database = test_whatever_is_typed_is_no_error.database  # type: ignore[attr-defined]
    for text in found(database, words):
        assert text


@pytest.fixture(autouse=True)
def _shared(database: duckdb.DuckDBPyConnection) -> None:
    """Hypothesis calls a test many times: it takes the connection from here."""
    test_whatever_is_typed_is_no_error.database = database  # type: ignore[attr-defined]


def test_recommendations_about(database: duckdb.DuckDBPyConnection) -> None:
    answer = database.execute(
        "select text, reasons from recommendations_about('youth') order by all"
    ).fetchall()
    assert answer == [(PRIORITY, ["group youth: youth"])]
    words = database.execute("select text, reasons from recommendations_about('jeune')").fetchall()
    assert words == [(PRIORITY, ["its words"])]
