"""Which session a header tells beside its theme, and panels whose lines name their moderators."""

import pytest

from documents import INTRODUCTION, SYNTHESIS, minimal, parts
from documents import rows as french
from passages import SPANISH, rows_of
from schemas import Row

END = {
    "fr": "Résumé des conclusions\n\nLa session s'est tenue à Genève.\n",
    "en": "Summary of conclusions\n\nThe session was held in Geneva.\n",
    "es": "Síntesis de conclusiones\n\nLa sesión se celebró en Ginebra.\n",
}
ROWS = {"fr": french, "en": rows_of, "es": rows_of}


def session(language: str, header: str) -> Row:
    (row,) = ROWS[language](f"{header}\n\n{END[language]}")["sessions"]
    return row


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("fr", ["Dialogue international sur la migration 2031", "Seconde session : {}"]),
        ("fr", ["Dialogue international sur la migration 2031", "Session n° 2 : {}"]),
        ("fr", ["Dialogue international sur la migration", "Session 2 – 2031", "{}"]),
        ("en", ["International Dialogue on Migration 2031", "Second session: {}"]),
        ("en", ["IDM 2031 | Second session | {}"]),
        ("es", ["Diálogo Internacional sobre la Migración 2031", "Segunda sesión: {}"]),
    ],
)
def test_words_for_the_session_are_no_part_of_its_theme(language: str, lines: list[str]) -> None:
    theme = "Bibliothèques ouvertes"
    date = {"fr": "7 et 8 juin 2031", "en": "7 and 8 June 2031", "es": "7 y 8 de junio de 2031"}
    row = session(language, "\n\n".join([*lines, date[language]]).format(theme))
    assert (row["title"], row["ordinal"], row["year"]) == (theme, 2, 2031)


def test_a_theme_may_hold_the_word_session() -> None:
    lines = ["Dialogue international sur la migration 2031", "La dernière session : bilan", "{}"]
    row = session("fr", "\n\n".join(lines).format("7 et 8 juin 2031"))
    assert row["title"] == "La dernière session : bilan"


def test_panels_behind_the_date_are_no_header() -> None:
    body = parts("Séance 1 : Accueillir dans les ports", "Séance 2 : Former les équipages")
    panels = french(minimal(body))["panels"]
    assert [row["title"] for row in panels] == ["Accueillir dans les ports", "Former les équipages"]


def test_items_without_a_label_may_name_their_moderators() -> None:
    items = (
        "1. Escuelas de noche (moderadora: Sra. Ada Lund, UNICEF)\n"
        "2. Maestros viajeros (moderador: Sr. Pol Serra, OIM)\n3. Familias en movimiento"
    )
    tables = rows_of(
        f"{SPANISH.header}\n\nSus temas fueron los siguientes:\n\n{items}\n\n"
        "A continuación se presenta una síntesis de las principales conclusiones.\n"
    )
    assert [(row["number"], row["title"]) for row in tables["panels"]] == [
        ("1", "Escuelas de noche"),
        ("2", "Maestros viajeros"),
        ("3", "Familias en movimiento"),
    ]
    names = {row["participant_id"]: row["name"] for row in tables["participants"]}
    assert [
        (names[row["participant_id"]], row["role"], row["panel_id"])
        for row in tables["interventions"]
    ] == [
        ("Ada Lund", "moderator", "idm-2031-1-p01"),
        ("Pol Serra", "moderator", "idm-2031-1-p02"),
    ]


@pytest.mark.parametrize(
    ("language", "sentence", "titles"),
    [
        (
            "fr",
            "Le panel 1 était consacré aux capitaineries, le panel 2 aux équipages et le panel 3"
            " aux familles des marins.",
            ["capitaineries", "équipages", "familles des marins"],
        ),
        (
            "es",
            "El Panel 1 estuvo dedicado a las escuelas, el Panel 2 a los maestros y el Panel 3 a"
            " las familias de los alumnos.",
            ["escuelas", "maestros", "familias de los alumnos"],
        ),
    ],
)
def test_a_verb_may_stand_for_all_panels_of_a_sentence(
    language: str, sentence: str, titles: list[str]
) -> None:
    texts = {
        "fr": minimal(parts(INTRODUCTION, sentence, SYNTHESIS)),
        "es": f"{SPANISH.header}\n\n{sentence}\n\nA continuación se presenta una síntesis.\n",
    }
    panels = ROWS[language](texts[language])["panels"]
    assert [(row["number"], row["title"]) for row in panels] == [
        (str(number), title) for number, title in enumerate(titles, 1)
    ]


def test_ranks_and_numbers_of_panels_count_within_the_day_of_the_section() -> None:
    body = parts(
        INTRODUCTION,
        "Les panels ont abordé les thèmes suivants :",
        "Première journée",
        "- Panel 1 : Accueillir dans les ports\n- Panel 2 : Former les équipages",
        "Deuxième journée",
        "- Panel 1 : Relier les deux rives\n- Panel 2 : Ouvrir les chantiers",
        SYNTHESIS,
        "Deuxième journée – Construire ensemble",
        "- Le premier panel de la journée a été animé par Mme Ada Lund, directrice du port. Le"
        " panel 2 était animé par M. Luc Triangle, syndicaliste.",
    )
    tables = french(minimal(body))
    names = {row["participant_id"]: row["name"] for row in tables["participants"]}
    assert {
        (names[row["participant_id"]], row["panel_id"])
        for row in tables["interventions"]
        if row["role"] == "moderator"
    } == {("Ada Lund", "idm-2027-1-p03"), ("Luc Triangle", "idm-2027-1-p04")}
