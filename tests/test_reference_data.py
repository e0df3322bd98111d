"""What `seeds/reference` promises: whole, well-formed and free of ambiguity."""

import csv
import re
import unicodedata
from pathlib import Path

import pytest

from schemas import REFERENCE, TABLES
from schemas.declare import Table

FOLDER = Path(__file__).parents[1] / "seeds" / "reference"
LANGUAGES = ("en", "fr", "es")
FORMS = ("country_names", "organisation_names", "instrument_names")

GROUPS = """
    migrants irregular_migrants migrant_workers women girls youth children older_persons
    lgbtiq_persons persons_with_disabilities refugees displaced_persons diaspora returnees
    trafficking_victims smuggled_migrants missing_migrants families local_communities youth_networks
"""
MEMBER_STATES = """
    AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA
    BRA BRN BGR BFA BDI CPV KHM CMR CAN CAF TCD CHL CHN COL COM COG CRI CIV HRV CUB CYP CZE PRK
    COD DNK DJI DMA DOM ECU EGY SLV GNQ ERI EST SWZ ETH FJI FIN FRA GAB GMB GEO DEU GHA GRC GRD
    GTM GIN GNB GUY HTI HND HUN ISL IND IDN IRN IRQ IRL ISR ITA JAM JPN JOR KAZ KEN KIR KWT KGZ
    LAO LVA LBN LSO LBR LBY LIE LTU LUX MDG MWI MYS MDV MLI MLT MHL MRT MUS MEX FSM MCO MNG MNE
    MAR MOZ MMR NAM NRU NPL NLD NZL NIC NER NGA MKD NOR OMN PAK PLW PAN PNG PRY PER PHL POL PRT
    QAT KOR MDA ROU RUS RWA KNA LCA VCT WSM SMR STP SAU SEN SRB SYC SLE SGP SVK SVN SLB SOM ZAF
    SSD ESP LKA SDN SUR SWE CHE SYR TJK THA TLS TGO TON TTO TUN TUR TKM TUV UGA UKR ARE GBR TZA
    USA URY UZB VUT VEN VNM YEM ZMB ZWE
"""
OTHER_STATES = "VAT PSE COK NIU"
ARTICLE = {
    "en": re.compile(r"(?:the|an?) ", re.IGNORECASE),
    "fr": re.compile(r"(?:l[ae]|les|une?|des) |l'", re.IGNORECASE),
    "es": re.compile(r"(?:el|la|l[ao]s|una?) ", re.IGNORECASE),
}
# Proper names whose first word is an article elsewhere.
PROPER = ("El Salvador", "La Strada International")


def rows(table: str) -> list[dict[str, str]]:
    """The rows of a table as text, empty fields as empty strings."""
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def target(table: str) -> tuple[str, str]:
    """The column that says what a form stands for, and the table it points to."""
    [(column, name)] = TABLES[table].references.items()
    return column, name


def forms(table: str) -> dict[tuple[str, str], str]:
    """What each form stands for, by form in lower case and language."""
    column, _ = target(table)
    return {(row["name"].casefold(), row["language"]): row[column] for row in rows(table)}


def every_reference_table() -> list[object]:
    """The declarations as parameters of a test, named after the tables."""
    return [pytest.param(table, id=table.name) for table in REFERENCE]


def test_the_files_are_the_declared_tables() -> None:
    assert {path.stem for path in FOLDER.glob("*.csv")} == {table.name for table in REFERENCE}


@pytest.mark.parametrize("table", every_reference_table())
def test_header_encoding_and_line_ends(table: Table) -> None:
    text = (FOLDER / f"{table.name}.csv").read_bytes().decode("utf-8")
    assert text.split("\n", 1)[0] == ",".join(table.column_names)
    assert "\r" not in text
    assert text.endswith("\n")
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("table", every_reference_table())
def test_rows_are_whole_and_without_stray_white_space(table: Table) -> None:
    for row in rows(table.name):
        # DictReader puts surplus fields under None and missing ones as None.
        assert list(row) == table.column_names, row
        assert None not in row.values(), row
        assert all(value == " ".join(value.split()) for value in row.values()), row


@pytest.mark.parametrize("table", every_reference_table())
def test_values_are_as_declared(table: Table) -> None:
    for row in rows(table.name):
        for column in table.columns:
            value = row[column.name]
            assert value or column.nullable, (row, column.name)
            if value and column.pattern:
                assert re.fullmatch(column.pattern, value), (row, column.name)
            if value and column.values:
                assert value in column.values, (row, column.name)


@pytest.mark.parametrize("table", every_reference_table())
def test_keys_are_unique_and_sorted(table: Table) -> None:
    numbered = {column.name for column in table.columns if column.type == "integer"}
    keys = [
        tuple(int(row[name]) if name in numbered else row[name] for name in table.key)
        for row in rows(table.name)
    ]
    assert len(keys) == len(set(keys))
    assert keys == sorted(keys)


def test_all_states_are_there_with_codes_of_their_own() -> None:
    countries = rows("countries")
    assert len(MEMBER_STATES.split()) == 193
    assert {row["country_code"] for row in countries} >= {
        *MEMBER_STATES.split(),
        *OTHER_STATES.split(),
    }
    assert len({row["alpha_2"] for row in countries}) == len(countries)
    assert len({row["m49"] for row in countries}) == len(countries)


@pytest.mark.parametrize("table", ["countries", "gcm_objectives", "sdgs", "groups"])
def test_labels_in_all_three_languages(table: str) -> None:
    for row in rows(table):
        assert all(row.values()), row


def test_objectives_goals_and_groups_are_complete() -> None:
    assert [row["objective"] for row in rows("gcm_objectives")] == [str(n) for n in range(1, 24)]
    assert [row["goal"] for row in rows("sdgs")] == [str(n) for n in range(1, 18)]
    assert {row["group_code"] for row in rows("groups")} == set(GROUPS.split())


@pytest.mark.parametrize("table", ["organisations", "instruments"])
def test_everything_has_a_name(table: str) -> None:
    for row in rows(table):
        assert any(row[f"name_{language}"] for language in LANGUAGES), row


def test_symbols_name_one_document_each() -> None:
    symbols = [row["symbol"] for row in rows("instruments") if row["symbol"]]
    assert len(symbols) == len(set(symbols))
    assert all(re.fullmatch(r"A/(RES/)?\d+/\d+", symbol) for symbol in symbols)


@pytest.mark.parametrize("table", FORMS)
def test_forms_point_to_rows(table: str) -> None:
    column, named = target(table)
    known = {row[column] for row in rows(named)}
    for row in rows(table):
        assert row[column] in known, row
        assert row["language"] in LANGUAGES, row


@pytest.mark.parametrize("table", FORMS)
def test_a_form_stands_once_and_for_one_thing(table: str) -> None:
    assert len(forms(table)) == len(rows(table))


@pytest.mark.parametrize("table", ["organisation_names", "instrument_names"])
def test_names_and_acronyms_are_forms(table: str) -> None:
    column, named = target(table)
    known = forms(table)
    for row in rows(named):
        for kind, value in row.items():
            if value and kind.startswith(("name_", "acronym_")):
                assert known.get((value.casefold(), kind[-2:])) == row[column], (row, kind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_an_adjective(language: str) -> None:
    of = {row["country_code"] for row in rows("country_adjectives") if row["language"] == language}
    assert of >= set(MEMBER_STATES.split())
    assert of <= {row["country_code"] for row in rows("countries")}


@pytest.mark.parametrize(
    ("language", "forms_of_one"),
    [
        ("fr", ("grec", "grecque", "grecs", "grecques")),
        ("fr", ("sud-africain", "sud-africaine", "sud-africains", "sud-africaines")),
        ("fr", ("letton", "lettonne", "lettons", "lettonnes")),
        ("fr", ("néerlandais", "néerlandaise", "néerlandaises")),
        ("es", ("alemán", "alemana", "alemanes", "alemanas")),
        ("es", ("danés", "danesa", "daneses", "danesas")),
        ("es", ("marroquí", "marroquíes")),
        ("es", ("estadounidense", "estadounidenses")),
    ],
)
def test_adjectives_have_both_genders_and_numbers(
    language: str, forms_of_one: tuple[str, ...]
) -> None:
    of = {
        row["adjective"]: row["country_code"]
        for row in rows("country_adjectives")
        if row["language"] == language
    }
    assert len({of[form] for form in forms_of_one}) == 1


@pytest.mark.parametrize(
    ("adjective", "language", "codes"),
    [
        ("nigérien", "fr", {"NER"}),
        ("nigérian", "fr", {"NGA"}),
        ("nigerino", "es", {"NER"}),
        ("nigeriano", "es", {"NGA"}),
        ("Nigerien", "en", {"NER"}),
        ("dominicaine", "fr", {"DOM"}),
        ("dominiquaise", "fr", {"DMA"}),
        ("Dominican", "en", {"DMA", "DOM"}),
        ("congolaise", "fr", {"COD", "COG"}),
        ("sudafricana", "es", {"ZAF"}),
        ("africain", "fr", set()),
        ("européenne", "fr", set()),
        ("americano", "es", set()),
    ],
)
def test_adjectives_that_are_easily_mixed_up(
    adjective: str, language: str, codes: set[str]
) -> None:
    found = {
        row["country_code"]
        for row in rows("country_adjectives")
        if (row["adjective"], row["language"]) == (adjective, language)
    }
    assert found == codes


def test_states_are_found_by_their_own_names() -> None:
    known = forms("country_names")
    states = {*MEMBER_STATES.split(), *OTHER_STATES.split()}
    for row in rows("countries"):
        for language in LANGUAGES:
            if row["country_code"] in states:
                name = row[f"name_{language}"].casefold()
                assert known.get((name, language)) == row["country_code"], row


@pytest.mark.parametrize("table", FORMS)
def test_forms_have_no_article_and_plain_apostrophes_and_hyphens(table: str) -> None:
    for row in rows(table):
        assert row["name"].startswith(PROPER) or not ARTICLE[row["language"]].match(row["name"])
        assert not {"’", "\u2010", "\u2011"} & set(row["name"]), row


@pytest.mark.parametrize(
    ("table", "name", "language", "expected"),
    [
        ("country_names", "Guinée-Bissau", "fr", "GNB"),
        ("country_names", "Guinée équatoriale", "fr", "GNQ"),
        ("country_names", "République dominicaine", "fr", "DOM"),
        ("country_names", "Dominique", "fr", "DMA"),
        ("country_names", "Congo", "fr", "COG"),
        ("country_names", "RDC", "fr", "COD"),
        ("country_names", "Etats-Unis", "fr", "USA"),
        ("country_names", "République arabe d'Egypte", "fr", "EGY"),
        ("country_names", "Corée du Sud", "fr", "KOR"),
        ("country_names", "Moldavie", "fr", "MDA"),
        ("country_names", "Soudan du Sud", "fr", "SSD"),
        ("country_names", "Vatican", "fr", "VAT"),
        ("country_names", "Níger", "es", "NER"),
        ("country_names", "EE. UU.", "es", "USA"),
        ("country_names", "Turkey", "en", "TUR"),
        ("organisation_names", "HCR", "fr", "unhcr"),
        ("organisation_names", "HCDH", "fr", "ohchr"),
        ("organisation_names", "Commission de l'Union africaine", "fr", "african-union-commission"),
        ("organisation_names", "Union africaine", "fr", "african-union"),
        ("organisation_names", "OIT", "es", "ilo"),
        ("instrument_names", "Pacte mondial", "fr", "gcm"),
        ("instrument_names", "Pacte mondial sur les réfugiés", "fr", "gcr"),
        ("instrument_names", "73/195", "fr", "ga-resolution-73-195"),
        ("instrument_names", "Agenda 2030", "es", "agenda-2030"),
    ],
)
def test_forms_that_are_easily_mixed_up(
    table: str, name: str, language: str, expected: str
) -> None:
    assert forms(table)[name.casefold(), language] == expected


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Réunion", "fr"),
        ("Reunión", "es"),
        ("Jersey", "en"),
        ("Gibraltar", "fr"),
        ("US", "en"),
        ("EAU", "fr"),
        ("Amérique", "fr"),
        ("America", "en"),
        ("Commission", "fr"),
        ("Conseil", "fr"),
        ("Croix-Rouge", "fr"),
        ("PCR", "fr"),
        ("ICC", "en"),
    ],
)
def test_words_that_mean_something_else_are_no_forms(name: str, language: str) -> None:
    assert not any((name.casefold(), language) in forms(table) for table in FORMS)
