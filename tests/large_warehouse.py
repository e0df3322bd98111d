"""A made-up warehouse of 100,000 recommendations, and how long its views and its search take.

    .venv/bin/python tests/large_warehouse.py FOLDER [RECOMMENDATIONS]

builds FOLDER/idm.duckdb when it is not there, then prints the seconds of each view, macro and
search, the slowest first; with --plans the plans of the ten slowest, too.
"""

import random
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

import duckdb
import pyarrow as pa

from flows.build import REFERENCE
from flows.inputs.reference import read_reference
from flows.store.arrange import arrow_table
from flows.store.database import write_database
from schemas import TABLES, Row, Tables

SENTENCES, EACH = 300, 67  # per document: sentences, and how many of them are recommendations
FORCES = ("call", "obligation", "importance", "priority", "commitment")
SEARCHES = (
    "envois de fonds",
    '"envois de fonds"',
    "remittances",
    "jeunes logement",
    "droits de l'homme",
    "les villes et les migrants",
    "vaccins",
    "travailleuse",
)
QUERIES = {
    **{f"first 100 of {view}": f"from {view} limit 100" for view in (
        "recommendation_details", "who_spoke", "panel_details", "country_appearances",
        "instruments_cited", "session_overview", "objectives_over_time", "uncertain", "coverage",
        "stated_and_extracted", "searchable",
    )},
    "all of recommendation_details, without texts":
        "select count(*), count(objectives_fr) from recommendation_details",
    "one session of recommendation_details":
        "from recommendation_details where session_id = 'idm-2100-1'",
    "one recommendation of recommendation_details":
        "from recommendation_details where recommendation_id = 'idm-2100-1-r-00000003'",
    "one country of who_spoke": "from who_spoke where country_code = 'MEX'",
    "all of who_spoke": "select count(*), count(panel_titles) from who_spoke",
    "all of country_appearances": "select appearance, count(*) from country_appearances group by 1",
    "all of uncertain": "select reason, count(*) from uncertain group by 1",
    "faults": "from faults",
    "cite": "select cite('idm-2100-1-r-00000003')",
    "paragraph": "select paragraph('idm-2100-1-r-00000003')",
    "context": "select context('idm-2100-1-r-00000003', 2)",
    "recommendations_about": "from recommendations_about('envois de fonds') limit 100",
    "search_sentences": "from search_sentences('jeunes logement') limit 100",
    **{f"search {words}": f"from search('{words.replace(chr(39), chr(39) * 2)}')"
       for words in SEARCHES},
}  # fmt: skip


def words(chance: random.Random) -> tuple[list[str], list[float]]:
    """Made-up words, and how often they occur up to each, as in any language: few words often."""
    syllables = [a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "ou", "ai", "on")]
    made = {
        "".join(chance.choice(syllables) for _ in range(chance.randint(2, 4)))
        for _ in range(20_000)
    }
    common = ["les", "villes", "et", "de", "l", "homme", "droits", "migrants", "jeunes"]
    common += ["fonds", "logement", "travailleurs"]
    vocabulary = [*common, *sorted(made)]
    return vocabulary, list(accumulate(1 / (rank + 8) for rank in range(len(vocabulary))))


def sentences(chance: random.Random) -> Iterator[str]:
    """Sentences without end, some with a phrase of the field."""
    vocabulary, weights = words(chance)
    phrases = ("envois de fonds", "rapatriements de fonds", "vaccins", "changement climatique")
    while True:
        for number in range(10_000):
            chosen = chance.choices(vocabulary, cum_weights=weights, k=chance.randint(8, 30))
            if number % 40 == 0:
                chosen.insert(4, chance.choice(phrases))
            yield " ".join(chosen).capitalize() + "."


class Document:
    """One made-up document: `tables` get its rows, none of which a pipeline has read."""

    def __init__(self, number: int, tables: Tables) -> None:
        self.tables = tables
        self.session = f"idm-{2100 + number // 9}-{number % 9 + 1}"
        self.name = f"{self.session}.fr"
        self.texts: list[str] = []
        self.place = 0

    def add(self, table: str, length: int = 10, **values: object) -> None:
        """A row: NULL where nothing is given, its span from the current place on."""
        here: Row = {
            "document_id": self.name,
            "char_start": self.place,
            "char_end": self.place + length,
            "rule": "made.up",
        }
        row: Row = {column.name: None for column in TABLES[table].columns}
        row |= {name: here[name] for name in row.keys() & here.keys()}
        self.tables[table].append({**row, **values})

    def say(self, text: str) -> None:
        self.texts.append(text)
        self.place += len(text) + 1


def fill(
    document: Document, number: int, chance: random.Random, text: Iterator[str], tables: Tables
) -> None:
    """Adds all rows of a document."""
    add, session, name = document.add, document.session, document.name
    countries = [str(row["country_code"]) for row in tables["countries"]]
    instruments = [str(row["instrument_id"]) for row in tables["instruments"]]
    start = date(2100, 1, 1) + timedelta(days=10 * number)
    facts = {"series": "IDM", "year": start.year, "ordinal": number % 9 + 1, "language": "fr"}
    days = {"start_date": start, "end_date": start}
    add("sessions", session_id=session, title=f"Session {number}", **facts, **days)
    section = f"{name}-s"
    add("sections", section_id=section, position=1, level=1, kind="synthesis")
    people = [f"{session}-person-{n}" for n in range(10)]
    for n, person in enumerate(people):
        of = {"participant_id": person, "session_id": session, "kind": "person"}
        who = {"entity_id": f"person-{(number + n) % 3000}", "name": f"Personne {n}"}
        add("participants", **of, **who, country_code=chance.choice(countries), sector="ngo")
    for n in range(1, 8):
        panel = f"{session}-p{n:02}"
        add("panels", panel_id=panel, session_id=session, position=n, title=f"Panel {n}")
        of = {"participant_id": people[n], "session_id": session, "panel_id": panel}
        add("interventions", intervention_id=f"{panel}-i", role="speaker", **of)
    passage = ""
    for n in range(SENTENCES):
        said = next(text)
        size = len(said)
        key = f"{name}-t-{n:04}"
        if n % 4 == 0:
            passage = f"{name}-p-{n:04}"
            of = {"passage_id": passage, "section_id": section, "position": n + 1}
            add("passages", size, **of, kind="paragraph", text=said)
        of = {"sentence_id": key, "passage_id": passage, "position": n % 4 + 1}
        add("sentences", size, **of, text=said, attribution="document")
        if n % 5 == 0:
            of = {"mention_id": f"{key}-m", "sentence_id": key, "kind": "country"}
            code = chance.choice(countries)
            add("mentions", size, **of, entity_id="x", country_code=code, text=said[:6])
        if n % 9 == 0:
            of = {"citation_id": f"{key}-c", "sentence_id": key, "text": said[:6]}
            add("citations", size, **of, instrument_id=chance.choice(instruments))
        if n < EACH:
            one = f"{session}-r-{n:08x}"
            of = {"recommendation_id": one, "session_id": session, "section_id": section}
            said_by = {"cue": said[:4], "attribution": "person", "force": FORCES[n % 5]}
            at = {"sentence_id": key, "position": n + 1}
            add("recommendations", size, **of, **at, **said_by, text=said)
            of = {"sentence_id": key, "participant_id": people[n % 10]}
            add("attributions", size, attribution_id=f"{key}-a", **of)
            for scheme, code in (("gcm", str(n % 23 + 1)), ("group", "youth")):
                of = {"recommendation_id": one, "scheme": scheme, "code": code}
                how = {"method": "lexical", "position": 1, "evidence": said[:6]}
                add("recommendation_codes", size, **of, **how)
        document.say(said)
    whole = "\n".join(document.texts)
    file = {"file_name": f"{name}.txt", "media_type": "text/plain", "sha256": "0" * 64}
    of = {"document_id": name, "session_id": session, "language": "fr", "is_reference": True}
    add("documents", **of, **file, text=whole, characters=len(whole))


def rows(recommendations: int) -> Tables:
    """All tables of as many documents as are needed for so many recommendations."""
    chance = random.Random(13)
    text = sentences(chance)
    tables: Tables = {name: [] for name in TABLES} | read_reference(REFERENCE)
    for number in range(-(-recommendations // EACH)):
        fill(Document(number, tables), number, chance, text, tables)
    return tables


def made(folder: Path, recommendations: int) -> Path:
    """The database, made when it is not there."""
    file = folder / "idm.duckdb"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        began = time.perf_counter()
        tables: dict[str, pa.Table] = {
            name: arrow_table(TABLES[name], data) for name, data in rows(recommendations).items()
        }
        print(f"rows made in {time.perf_counter() - began:.0f} s")
        began = time.perf_counter()
        hashes = dict.fromkeys(tables, "0" * 64)
        write_database(TABLES, tables, {"build_id": "made-up"}, hashes, file)
        print(f"database written in {time.perf_counter() - began:.0f} s, {file.stat().st_size:,} B")
    return file


def main(folder: Path, recommendations: int, plans: bool) -> None:
    with duckdb.connect(made(folder, recommendations), read_only=True) as connection:
        for name in ("recommendations", "sentences", "search_postings"):
            [(count,)] = connection.execute(f"select count(*) from {name}").fetchall()
            print(f"{name}: {count:,}")
        seconds = {}
        for name, query in QUERIES.items():
            connection.execute(query).fetchall()  # what is read once is in memory
            cpu, began = time.process_time(), time.perf_counter()
            connection.execute(query).fetchall()
            seconds[name] = (time.process_time() - cpu, time.perf_counter() - began)
        slowest = sorted(seconds, key=lambda name: -seconds[name][0])
        for name in slowest:
            print(f"{seconds[name][0]:7.2f} s of processors {seconds[name][1]:7.2f} s  {name}")
        for name in slowest[:10] if plans else ():
            print(f"\n== {name}")
            print(connection.execute(f"explain analyze {QUERIES[name]}").fetchall()[0][1])


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--plans"]
    count = int(arguments[1]) if len(arguments) > 1 else 100_000
    main(Path(arguments[0]), count, "--plans" in sys.argv)
