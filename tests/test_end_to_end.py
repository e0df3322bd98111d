"""The two real documents, from their bytes to a release: how right, how whole, how stable."""

import hashlib
import json
import re
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from conftest import Snapshot
from flows.__main__ import DOCUMENTS, PROJECT, main
from flows.build import build
from flows.command.report import WIDTH
from schemas import REFERENCE, TABLES, Tables

BOTH = ("idm-2021-2.fr", "idm-2022-1.fr")
EXTRACTED = [name for name, table in TABLES.items() if table not in REFERENCE]
CHECKS = ("01", "21")
"""Queries of the warehouse whose answer is empty when all is well."""


@pytest.fixture(scope="module")
def database(built: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(built / "idm.duckdb"), read_only=True) as connection:
        yield connection


# How right

ALL = 1.0
SCORES = [
    *(
        ("sessions", field, ALL)
        for field in (
            *("series", "year", "ordinal", "title", "start_date", "end_date", "start_time"),
            *("end_time", "timezone", "modality", "venue", "city", "country_code"),
            *("stated_participants", "stated_countries", "stated_panels", "stated_speakers"),
            "stated_government_share",
        )
    ),
    ("session_days", "rows", ALL),
    ("session_days", "theme", ALL),
    ("panels", "rows", ALL),
    ("panels", "day", ALL),
    ("panels", "number", ALL),
    ("sections", "rows", ALL),
    ("participants", "persons", ALL),
    ("participants", "states", ALL),
    ("participants", "organisations", ALL),
    ("recommendations", "rows", 0.95),
    ("recommendations", "force", 0.92),
    ("recommendations", "attribution", 0.95),
    ("recommendations", "attributed_to", 0.90),
    ("recommendations", "addressee", 0.80),
    ("recommendation_codes", "groups", 0.92),
    ("mentions", "countries", 0.98),
    ("figures", "rows", 0.95),
    ("citations", "rows", 0.90),
]


@pytest.mark.parametrize(("table", "measure", "least"), SCORES)
def test_each_document_is_read_as_labelled(
    table: str, measure: str, least: float, database: duckdb.DuckDBPyConnection
) -> None:
    scores = dict(
        database.execute(
            "select document_id, f1 from evaluations where table_name = ? and measure = ?",
            [table, measure],
        ).fetchall()
    )
    assert tuple(scores) == BOTH
    assert all(score >= least for score in scores.values()), scores


@pytest.mark.parametrize(
    ("table", "measure", "score", "least"),
    [
        ("participants", "person_fields", "f1", 0.95),
        ("recommendation_codes", "gcm_within_allowed", "precision", 0.80),
        ("recommendation_codes", "gcm_found", "recall", 0.80),
        ("recommendation_codes", "gcm_explicit", "f1", ALL),
        ("participants", "absent", "precision", ALL),
    ],
)
def test_both_documents_together_are_read_as_labelled(
    table: str, measure: str, score: str, least: float, database: duckdb.DuckDBPyConnection
) -> None:
    column = {"precision": "false_positives", "recall": "false_negatives"}
    wrong = column.get(score, "(false_positives + false_negatives) / 2")
    [(found,)] = database.execute(
        f"select sum(true_positives) / sum(true_positives + {wrong}) from evaluations"
        " where table_name = ? and measure = ?",
        [table, measure],
    ).fetchall()
    assert found >= least


def test_no_span_is_wrong_and_no_character_lost(database: duckdb.DuckDBPyConnection) -> None:
    faults = database.execute(
        "select table_name, document_id from evaluations"
        " where measure in ('span', 'characters') and false_positives + false_negatives > 0"
    ).fetchall()
    assert faults == []
    shares = database.execute("select document_id, share from coverage order by all").fetchall()
    assert shares == [(document, 1) for document in BOTH]


@pytest.mark.parametrize("number", CHECKS)
def test_the_checks_of_the_warehouse_find_nothing(
    number: str, database: duckdb.DuckDBPyConnection
) -> None:
    [path] = (PROJECT / "warehouse" / "queries").glob(f"{number}-*.sql")
    assert database.execute(path.read_text(encoding="utf-8")).fetchall() == []


# How whole


def test_the_command_is_installed_under_its_name() -> None:
    [command] = entry_points(group="console_scripts", name="idm")
    assert command.load() is main


def test_the_files_of_a_build(published: Path) -> None:
    record = json.loads((published / "build.json").read_text(encoding="utf-8"))
    assert {path.stem for path in (published / "parquet").iterdir()} == set(TABLES)
    with duckdb.connect(str(published / "idm.duckdb"), read_only=True) as connection:
        for name in TABLES:
            rows = pq.read_table(published / "parquet" / f"{name}.parquet").num_rows
            assert rows == record["tables"][name]["rows"]
            assert connection.execute(f"select count(*) from {name}").fetchone() == (rows,)


def test_the_files_of_a_release(published: Path) -> None:
    catalogue = json.loads((published / "releases" / "catalog.json").read_text(encoding="utf-8"))
    assert catalogue["latest"] == "1.0.0"
    release = published / "releases" / "1.0.0"
    sums = dict(
        reversed(line.split("  ", 1))
        for line in (release / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    )
    files = {str(path.relative_to(release)) for path in release.rglob("*") if path.is_file()}
    assert files - {"SHA256SUMS"} == set(sums)
    for name, digest in sums.items():
        assert hashlib.sha256((release / name).read_bytes()).hexdigest() == digest, name
    assert {f"parquet/{name}.parquet" for name in TABLES} < files
    for name in ("idm.duckdb", "datapackage.json", "CITATION.cff", "README.md", "RIGHTS.md"):
        assert name in files
    resources = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    assert {resource["name"] for resource in resources if "schema" in resource} == set(TABLES)
    with duckdb.connect(str(release / "idm.duckdb"), read_only=True) as connection:
        for view in ("recommendation_details", "who_spoke", "coverage", "stated_and_extracted"):
            assert connection.execute(f"from {view} limit 1").fetchall()


@pytest.mark.parametrize("table", [name for name, table in TABLES.items() if table.has_span])
def test_rows_stand_in_the_order_of_the_text(published: Path, table: str) -> None:
    path = published / "parquet" / f"{table}.parquet"
    rows = pq.read_table(path, columns=["document_id", "char_start"]).to_pylist()
    places = [(row["document_id"], row["char_start"]) for row in rows]
    assert places == sorted(places)


def test_every_column_is_described_in_every_format(published: Path) -> None:
    with duckdb.connect(str(published / "idm.duckdb"), read_only=True) as connection:
        comments = {
            (table, column): comment
            for table, column, comment in connection.execute(
                "select table_name, column_name, comment from duckdb_columns() where not internal"
            ).fetchall()
        }
    for table in TABLES:
        schema = pq.read_schema(published / "parquet" / f"{table}.parquet")
        for field in schema:
            assert field.metadata[b"description"].decode()
            assert comments[table, field.name]


@pytest.mark.slow
def test_a_second_run_publishes_nothing_and_says_so(
    tmp_path: Path, snapshot: Snapshot, capsys: pytest.CaptureFixture[str]
) -> None:
    again = ["run", "--direct", "--warehouse", str(tmp_path)]
    assert main(again) == 0
    assert "release 1.0.0 published" in capsys.readouterr().out
    before = snapshot(tmp_path)
    assert main(again) == 0
    assert "release 1.0.0 (unchanged): nothing new to publish" in capsys.readouterr().out
    assert snapshot(tmp_path) == before


@pytest.mark.slow
def test_the_summary_has_what_one_looks_for_and_fits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_bytes((DOCUMENTS / "idm-2022-1.fr.txt").read_bytes())
    (folder / "b.txt").write_bytes(b"")
    main(
        [
            *("run", "--direct", "--no-release", "--skip-invalid"),
            *("--documents", str(folder), "--warehouse", str(tmp_path / "warehouse")),
        ]
    )
    out = capsys.readouterr().out
    titles = [line for line in out.splitlines() if line and not line.startswith(" ")]
    assert [re.sub(r"\d+(\.\d)?", "n", title) for title in titles] == [
        "Documents",
        "Refused, and not in the build",
        "Rows",
        "Stated totals: n match; the others:",
        "Scores against hand-made labels (Fn)",
        "Files",
        "documents: n as kept, n normalised; n MB are kept",
        "release not asked for",
        "Done in n s.",
    ]
    assert re.search(r"partial +idm-2022-1\.fr +registered +stated 900 +found –", out)
    wide = [line for line in out.splitlines() if len(line) > WIDTH]
    assert all(str(tmp_path) in line for line in wide)


def test_a_check_fits_too_and_says_what_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(DOCUMENTS / "idm-2021-2.fr.txt")]) == 0
    out = capsys.readouterr().out
    absent = out.split("Not found in the document\n")[1].split("\n\n")[0]
    assert "start_time" in absent
    assert "venue" not in absent
    assert [line for line in out.splitlines() if len(line) > WIDTH] == []


# How stable

READABLE = re.compile(r"[a-z0-9]+([-.][a-z0-9]+)*")


def test_ids_are_readable_and_begin_with_their_session(
    database: duckdb.DuckDBPyConnection,
) -> None:
    for name in EXTRACTED:
        key = TABLES[name].key[0]
        if not key.endswith("_id"):
            continue
        ids = [str(row[0]) for row in database.execute(f"select {key} from {name}").fetchall()]
        unreadable = [
            text
            for text in ids
            if not READABLE.fullmatch(text) or not text.startswith(("idm-2021-2", "idm-2022-1"))
        ]
        assert unreadable == [], name


def rows_of(tables: Tables, document: str) -> Tables:
    return {
        name: [
            {column: value for column, value in row.items() if column != "file_name"}
            for row in tables[name]
            if row.get("document_id") == document
        ]
        for name in EXTRACTED
    }


@pytest.mark.slow
def test_another_document_changes_no_row_of_the_others(tmp_path: Path) -> None:
    for document in BOTH:
        text = (DOCUMENTS / f"{document}.txt").read_bytes()
        (tmp_path / f"{document}.txt").write_bytes(text)
    two = build(tmp_path, tmp_path / "two", release=False).tables
    another = (tmp_path / "idm-2022-1.fr.txt").read_text(encoding="utf-8")
    another = another.replace("migration 2022", "migration 2020", 1).replace(
        "mars 2022", "mars 2020"
    )
    (tmp_path / "a-new-one.txt").write_text(another, encoding="utf-8")
    three = build(tmp_path, tmp_path / "three", release=False).tables
    assert {row["session_id"] for row in three["sessions"]} == {
        "idm-2020-1",
        "idm-2021-2",
        "idm-2022-1",
    }
    for document in BOTH:
        assert rows_of(three, document) == rows_of(two, document)


# Edge cases, each by what a reader of the two texts would say

DOCUMENT_OF = {"2021-2": BOTH[0], "2022-1": BOTH[1]}
WHO = "name, honorific, position, organisation, country_code"
SAID = "force, attribution, attributed_to, addressee"
SESSION = "year, ordinal, start_date::text, end_date::text, start_time::text, end_time::text"
PLACE = "timezone, modality, venue, city, country_code"
STATED = (
    "stated_participants, stated_government_share, stated_countries, stated_panels, stated_speakers"
)
HIGH_LEVEL = "experte de haut niveau en matière de migration, Questions mondiales, chez"
PRESIDENCY = "Président de la soixante-seizième session de l'Assemblée générale des Nations Unies"
REFORMS = "Directrice générale adjointe chargée de la gestion et des réformes de l'OIM"
COLOMBIA = "Vice-Présidente et Ministre des affaires étrangères de la Colombie"

Rows = list[tuple[object, ...]]
CASES: list[tuple[str, str, Rows]] = [
    # Header, session, panels
    (
        "2022-1: a theme over two lines is one title",
        "select title from sessions",
        [
            (
                "Mise en œuvre concrète du Pacte mondial sur les migrations : "
                "succès, défis et approches novatrices",
            )
        ],
    ),
    (
        "2022-1: a range over two months with the year once; the ordinal from the body",
        f"select {SESSION} from sessions",
        [(2022, 1, "2022-02-28", "2022-03-02", "09:00:00", "12:00:00")],
    ),
    (
        "2022-1: online, so no place, although Genève is named",
        f"select {PLACE} from sessions",
        [("EST", "online", None, None, None)],
    ),
    (
        "2021-2: the ordinal from the header; no hours",
        f"select {SESSION} from sessions",
        [(2021, 2, "2021-10-14", "2021-10-15", None, None)],
    ),
    (
        "2021-2: the venue without its bracket, the city from its name",
        f"select {PLACE} from sessions",
        [(None, "hybrid", "Centre international de Conférences Genève", "Genève", "CHE")],
    ),
    (
        "2022-1: stated totals",
        f"select {STATED} from sessions",
        [(900, 0.7, 150, 7, 34)],
    ),
    (
        "2021-2: no attendance is stated",
        f"select {STATED} from sessions",
        [(None, None, None, 8, 41)],
    ),
    (
        "2022-1: panel numbers restart each day, positions do not",
        "select panel_id, day, number from panels",
        [
            ("idm-2022-1-p01", 1, "1"),
            ("idm-2022-1-p02", 1, "2"),
            ("idm-2022-1-p03", 2, "1"),
            ("idm-2022-1-p04", 2, "2"),
            ("idm-2022-1-p05", 2, "3"),
            ("idm-2022-1-p06", 3, "1"),
            ("idm-2022-1-p07", 3, "2"),
        ],
    ),
    (
        "2021-2: no panel has a day but the one of `Le premier jour`; no ninth panel",
        "select number, day from panels where day is not null"
        " union all select count(*)::text, null from panels",
        [("2", 1), ("8", None)],
    ),
    (
        "2022-1: a title with a dash inside is whole",
        "select title from panels where position = 6",
        [
            (
                "L'inclusion des migrants dans le relèvement de la COVID-19 et la protection "
                "sociale – un nouveau contrat social",
            )
        ],
    ),
    (
        "2022-1: day headings give the days' themes",
        "select date::text, theme from session_days",
        [
            ("2022-02-28", "Réduire les risques et les vulnérabilités pour les migrants"),
            ("2022-03-01", "Faciliter la migration régulière"),
            (
                "2022-03-02",
                "Promouvoir l'inclusion et l'autonomisation socioéconomiques des migrants",
            ),
        ],
    ),
    (
        "2021-2: two days without a theme",
        "select date::text, theme from session_days",
        [("2021-10-14", None), ("2021-10-15", None)],
    ),
    # Structure
    (
        "2021-2: the note is a passage of its own, without recommendation",
        "select p.text[:51], count(r.sentence_id) from passages as p"
        " left join sentences as s using (passage_id)"
        " left join recommendations as r using (sentence_id)"
        " where kind = 'footnote' group by all",
        [("Ce document n'a pas fait l'objet d'une révision par", 0)],
    ),
    (
        "2021-2: rules are rules, and make no heading of the line above",
        "select kind, count(*) from passages where kind = 'rule' or text like 'Résumé des%'"
        " group by kind order by kind",
        [("header", 1), ("rule", 3)],
    ),
    (
        "2022-1: six sentences before bullets are sub-headings below the days",
        "select level, count(*), count(distinct day) from sections"
        " where heading like 'Nécessité %' group by level",
        [(2, 6, 3)],
    ),
    (
        "2021-2: siblings marked in three ways have one level",
        "select heading[:2], level from sections where heading ^@ '1.' or heading ^@ '2.'"
        " or heading ^@ '3.'",
        [("1.", 1), ("2.", 1), ("3.", 1)],
    ),
    (
        "2021-2: headings that sound like recommendations are none",
        "select count(*) from recommendations where text like '%Une approche intégrée sera%'"
        " or text like '%doivent faire partie de la solution%'",
        [(0,)],
    ),
    (
        "2021-2: a bold sentence is a paragraph",
        "select kind from passages where text ^@ 'Une synthèse'",
        [("paragraph",)],
    ),
    (
        "2022-1: a closing without a heading is found by its wording",
        "select heading, kind from sections where position = (select max(position) from sections"
        " where document_id = 'idm-2022-1.fr')",
        [(None, "closing")],
    ),
    *(
        (
            f"{document}: a page break inside a sentence: {joined}",
            f"select count(*) from sentences where contains(text, $${joined}$$)",
            [(1,)],
        )
        for document, joined in (
            ("2021-2", "deux jours de réunion"),
            ("2021-2", "déplacées et leur donnent"),
            ("2021-2", "outils déjà en place"),
            ("2021-2", "ainsi que l'entrepreneuriat"),
            ("2022-1", "et d'organisations non gouvernementales"),
            ("2022-1", "dans le domaine de la migration, ainsi que"),
            ("2022-1", "le travail de lutte contre la traite"),
        )
    ),
    # Participants
    (
        "2022-1: three officials in one relative clause open the session",
        f"select {WHO} from who_spoke where name = 'Abdulla Shahid'",
        [("Abdulla Shahid", None, PRESIDENCY, "Assemblée générale des Nations Unies", None)],
    ),
    (
        "2022-1: who opened and who closed",
        "select name, role from participants join interventions using (participant_id)"
        " where role in ('opening', 'closing') order by role desc, name",
        [
            ("Abdulla Shahid", "opening"),
            ("António Vitorino", "opening"),
            ("Catalina Devandas Aguilar", "opening"),
            ("Rabab Fatima", "opening"),
            ("Amy Pope", "closing"),
        ],
    ),
    (
        "2022-1: a name inside another's function is a mention, not a participant",
        "select 'mention', country_code from mentions where text = 'Olivier Maes'"
        " union all select 'participant', null from participants where name like '%Maes%'",
        [("mention", None)],
    ),
    (
        "2022-1: the other's name stays in the function",
        "select country_code, contains(position, 'avec Olivier Maes') from participants"
        " where name = 'Rabab Fatima'",
        [("BGD", True)],
    ),
    (
        "2022-1: the country that one represents, not the seat",
        "select country_code from participants where name = 'Catalina Devandas Aguilar'",
        [("CRI",)],
    ),
    (
        "2022-1: no honorifics",
        "select count(honorific) from participants where kind = 'person'",
        [(0,)],
    ),
    (
        "2021-2: honorifics on everybody",
        "select honorific, count(*) from participants where kind = 'person'"
        " group by all order by 1",
        [("M.", 2), ("Mme", 8)],
    ),
    (
        "2022-1: states in brackets",
        "select country_code from participants where kind = 'state' order by 1",
        [(code,) for code in ("CAN", "EGY", "MEX", "PHL", "SOM", "SWE", "THA", "USA")],
    ),
    (
        "2022-1: organisations, in brackets and out of them",
        "select entity_id from participants where kind = 'organisation' order by 1",
        [(name,) for name in ("african-union-commission", "eu", "icrc", "undp", "unodc", "who")],
    ),
    (
        "2021-2: one person in two roles, once before and once after the office",
        "select role from interventions where participant_id = 'idm-2021-2-antonio-vitorino'"
        " order by role",
        [("closing",), ("opening",)],
    ),
    (
        "2021-2: an organisation with its comma; the surname alone is the same person",
        f"select {WHO} from participants where name like '%Gupta%'",
        [
            (
                "Anuradha Gupta",
                "Mme",
                "Directrice exécutive adjointe de Gavi, l'Alliance du vaccin",
                "Gavi, l'Alliance du vaccin",
                None,
            )
        ],
    ),
    (
        "2021-2: moderators by paraphrases of their panels' titles; they do not open the session",
        "select name, role, panel_id from participants join interventions using (participant_id)"
        " where name in ('Amy Pope', 'Ugochi Daniels') order by name",
        [
            ("Amy Pope", "moderator", "idm-2021-2-p01"),
            ("Ugochi Daniels", "moderator", "idm-2021-2-p02"),
        ],
    ),
    (
        "2021-2: a function that stands before the name",
        f"select {WHO} from participants where name = 'Amy Pope'",
        [("Amy Pope", "Mme", REFORMS, "OIM", None)],
    ),
    (
        "2021-2: a name of four words; the ministry's country",
        "select country_code, sector from participants where name = 'Sarah Lou Ysmael Arriola'",
        [("PHL", "government")],
    ),
    (
        "2021-2: commas inside a function; a foundation that bears a name",
        f"select {WHO} from participants where name like '%Bither%' or name like '%Bosch%'",
        [
            (
                "Jessica Bither",
                "Mme",
                f"{HIGH_LEVEL} Robert Bosch Stiftung GmbH",
                "Robert Bosch Stiftung GmbH",
                None,
            )
        ],
    ),
    (
        "2021-2: a project's country is not its founder's",
        "select p.country_code, m.country_code from participants as p, mentions as m"
        " where name = 'Amina Hersi Moghe' and m.text = 'Ouganda'",
        [(None, "UGA")],
    ),
    (
        "2021-2: two posts joined, and a message instead of a presence",
        "select position, country_code, role from participants"
        " join interventions using (participant_id) where name like 'Marta%'",
        [(COLOMBIA, "COL", "video_message")],
    ),
    (
        "2021-2: a body before the name; its seat is no country",
        f"select {WHO} from participants where name = 'Caroline Caporossi'",
        [
            (
                "Caroline Caporossi",
                "Mme",
                None,
                "Association pour l'intégration des femmes",
                None,
            )
        ],
    ),
    (
        "2021-2: delegations and an unnamed representative are states",
        "select country_code, role from participants join interventions using (participant_id)"
        " where kind = 'state' order by 1",
        [(code, "participant") for code in ("CHN", "JOR", "LBY", "QAT", "THA")],
    ),
    # Attribution and recommendations
    (
        "2022-1: a quoted mandate recommends nothing; it is cited by its symbol",
        "select count(r.sentence_id), bool_or(c.instrument_id = 'ga-resolution-73-195')"
        " from sentences as s left join recommendations as r using (sentence_id)"
        " left join citations as c using (sentence_id)"
        " where contains(s.text, 'nous invitons des instances')",
        [(0, True)],
    ),
    (
        "2022-1: an obligation with a contrast inside is one row and whole",
        f"select {SAID}, text like '%de vulnérabilité.' from recommendations"
        " where text like '%et non les migrants victimes%'",
        [("obligation", "document", None, "la justice pénale", True)],
    ),
    (
        "2022-1: a negative obligation; its pronoun is the sentence before's subject",
        f"select {SAID} from recommendations where text like '%ne devaient pas demander%'",
        [("obligation", "speakers", "Les orateurs", "les pays")],
    ),
    (
        "2022-1: three sentences of one bullet, and attribution does not carry over",
        "select force, attribution from recommendations where char_start between"
        " (select strpos(text, 'Les participants se sont engagés') - 1 from documents"
        "  where document_id = 'idm-2022-1.fr') and"
        " (select strpos(text, 'Les participants ont appelé de leurs vœux une meilleure') - 2"
        "  from documents where document_id = 'idm-2022-1.fr')",
        [("commitment", "participants"), ("importance", "document"), ("obligation", "document")],
    ),
    (
        "2022-1: two verbs under one reporting verb are one row",
        "select attribution from recommendations where text like '%doit continuer à être%'"
        " or text like '%doivent s''orienter%'",
        [("participants",)],
    ),
    (
        "2022-1: both addressees",
        "select force, attribution, addressee from recommendations where text like '%(COP 27)%'",
        [("obligation", "document", "les États et les acteurs nationaux et régionaux")],
    ),
    (
        "2022-1: an agentless passive has no source",
        f"select {SAID} from recommendations where text like '%également été mise en exergue.'",
        [("importance", "other", None, None)],
    ),
    (
        "2022-1: a pronoun opens a bullet; the next sentence is the document's",
        "select attribution, attributed_to from sentences where text ^@ 'Ils ont souligné que les'"
        " or text ^@ 'Il faut conclure'",
        [("speakers", "Les orateurs"), ("document", None)],
    ),
    (
        "2021-2: sources without a verb",
        "select name, force from recommendations as r"
        " join attributions as a using (sentence_id)"
        " join participants as p on p.participant_id = a.participant_id"
        " where r.text ^@ 'Pour le Directeur général' or r.text ^@ 'Selon elle'",
        [("António Vitorino", "obligation"), ("Ugochi Daniels", "importance")],
    ),
    (
        "2021-2: a postposed subject has one sentence, not the next ones",
        "select attribution from recommendations where text like '%chez Robert Bosch%'"
        " or text ^@ 'En effet, des recherches' or text ^@ 'La capacité des pouvoirs'",
        [("person",), ("document",), ("document",)],
    ),
    (
        "2021-2: four delegations ask together",
        "select country_code from recommendations as r join attributions as a using (sentence_id)"
        " join participants as p on p.participant_id = a.participant_id"
        " where r.attribution = 'delegations' and r.text ^@ 'Plusieurs délégations' order by 1",
        [("CHN",), ("JOR",), ("QAT",), ("THA",)],
    ),
    (
        "2021-2: an enumeration inside a sentence is one row",
        "select force, attribution from recommendations where text like '%trois enseignements%'",
        [("importance", "participants")],
    ),
    (
        "2021-2: an idea that comes back is two rows, and nothing is carried back",
        "select force, attribution from recommendations"
        " where text like '%aborde la gouvernance, le développement et la sécurité%'",
        [("obligation", "document"), ("obligation", "delegations")],
    ),
    (
        "2021-2: the stronger cue of a sentence, and whom it obliges",
        "select force, attribution, addressee from recommendations where text ^@ 'M. Leon Isaacs'",
        [("obligation", "person", "les pays")],
    ),
    (
        "2021-2: the paragraph above the list: three rows, the last without a source",
        "select force, attribution, attributed_to from recommendations"
        " where section_id = (select section_id from sections where kind = 'recommendations')"
        " and force <> 'priority'",
        [
            ("importance", "speakers", "Les orateurs et les oratrices"),
            ("call", "participants", "Les participants"),
            ("call", "other", None),
        ],
    ),
    (
        "2021-2: sixteen items have their lead-in's source; the lead-in has no row",
        "select count(*), min(attribution), max(attribution),"
        " count(*) filter (text like '%suivants :') from recommendations where force = 'priority'",
        [(16, "participants", "participants", 0)],
    ),
    (
        "2021-2: logistics at the end recommend nothing",
        "select count(*) from recommendations where text like '%prochaine session%'"
        " or text like '%Un rapport complet%' or text like '%Il s''agira%'",
        [(0,)],
    ),
    # Codes, figures, instruments
    (
        "2021-2: objectives cited by number, over a page break too",
        "select code from recommendation_codes where method = 'explicit' order by char_start",
        [("20",), ("19",), ("19",), ("20",), ("20",)],
    ),
    (
        "2022-1: `les objectifs du Pacte mondial` has no number",
        "select count(*) from recommendation_codes where method = 'explicit' and scheme = 'gcm'",
        [(0,)],
    ),
    (
        "2022-1: totals of the session, with their hedges",
        "select measure, value, qualifier from figures where measure <> 'other'",
        [
            ("registered", 900.0, "nearly"),
            ("government_share", 0.7, "exact"),
            ("countries", 150.0, "about"),
            ("panels", 7.0, "exact"),
            ("speakers", 34.0, "exact"),
            ("days", 3.0, "exact"),
        ],
    ),
    (
        "2022-1: numbers that are no totals of the session",
        "select value, qualifier from figures where measure = 'other' and value > 100",
        [(1e9, "exact"), (144.0, "over")],
    ),
    (
        "2021-2: seventy per cent of another thing; no symbol or year is a figure",
        "select value from figures where measure = 'other' order by value",
        [(3.0,), (70.0,)],
    ),
    (
        "2021-2: one forum, with and without its edition",
        "select count(distinct instrument_id) from citations where text like 'Forum%'",
        [(1,)],
    ),
    (
        "2022-1: what is stated and not listed is partial, what is listed matches",
        "select measure, status from reconciliations"
        " where measure in ('panels', 'speakers', 'days') order by 1",
        [("days", "match"), ("panels", "match"), ("speakers", "partial")],
    ),
]


@pytest.mark.parametrize(("case", "query", "expected"), CASES, ids=[case for case, _, _ in CASES])
def test_edge_cases(
    case: str, query: str, expected: Rows, database: duckdb.DuckDBPyConnection
) -> None:
    """Each query sees the rows of its own document alone, in the order of the document."""
    document = DOCUMENT_OF[case.split(":")[0]]
    assert answer(query, document, database) == expected


def answer(query: str, document: str, database: duckdb.DuckDBPyConnection) -> Rows:
    own = ", ".join(
        f"{name} as (from {database_name(database)}.{name} where document_id = '{document}')"
        for name in (*EXTRACTED, "who_spoke")
        if name != "evaluations"
    )
    return database.execute(f"with {own} {query}").fetchall()


def database_name(database: duckdb.DuckDBPyConnection) -> str:
    [(name,)] = database.execute("select current_database() || '.main'").fetchall()
    return str(name)


def test_one_person_in_two_sessions_is_one_entity(database: duckdb.DuckDBPyConnection) -> None:
    people = database.execute(
        "select entity_id from participants where kind = 'person' group by entity_id"
        " having count(distinct session_id) = 2 order by 1"
    ).fetchall()
    assert people == [("amy-pope",), ("antonio-vitorino",)]
