"""Headers in layouts as they are found: one line, agendas, council papers, other meetings named."""

from datetime import date, time

import pytest

from documents import rows, session

FIRST, LAST = date(2046, 7, 18), date(2046, 7, 19)

ONE_LINE = {
    "en": "International Dialogue on Migration 2046 – Second session – Gardens across the street\n"
    "18-19 July 2046, Palais des Nations, Geneva – Summary of conclusions",
    "fr": "Dialogue international sur la migration 2046 – Seconde session – Des jardins sans haies"
    " – 18-19 juillet 2046, Palais des Nations, Genève – Résumé des conclusions",
    "es": "Diálogo Internacional sobre la Migración 2046. Segunda sesión. Huertos sin setos."
    " Palacio de las Naciones, Ginebra, 18 y 19 de julio de 2046. Síntesis de conclusiones.",
}
TITLES = {
    "en": "Gardens across the street",
    "fr": "Des jardins sans haies",
    "es": "Huertos sin setos",
}
TEXTS = {
    "en": "Gardeners from eleven towns told how they water their hedges in dry summers.",
    "fr": "Des jardiniers de onze villes ont dit comment ils arrosent leurs haies en été.",
    "es": "Hortelanos de once ciudades contaron cómo riegan sus setos en los veranos secos.",
}


@pytest.mark.parametrize("language", sorted(ONE_LINE))
def test_parts_of_a_header_in_one_line(language: str) -> None:
    text = f"{ONE_LINE[language]}\n\n{TEXTS[language]}\n"
    row = session(text)
    assert (row["title"], row["ordinal"]) == (TITLES[language], 2)
    assert (row["start_date"], row["end_date"]) == (FIRST, LAST)
    assert (row["city"] in ("Geneva", "Genève", "Ginebra"), row["country_code"]) == (True, "CHE")
    assert str(row["venue"]).startswith("Pala")
    assert rows(text)["documents"][0]["document_type"] == "summary_of_conclusions"


def test_a_dash_in_a_theme_parts_nothing() -> None:
    row = session(
        "International Dialogue on Migration 2046\nGardens – hedges – and an agenda for water\n"
        f"28 June – 2 July 2046\n\n{TEXTS['en']}\n"
    )
    assert row["title"] == "Gardens – hedges – and an agenda for water"
    assert (row["start_date"], row["end_date"]) == (date(2046, 6, 28), date(2046, 7, 2))


@pytest.mark.parametrize(
    ("text", "city"),
    [
        (
            "Gardens across the street\n\nBuilding on the first session of the 2046 International"
            " Dialogue on Migration, which took place in New York on 26 and 27 March, this second"
            " session was held in Geneva on 18 and 19 July 2046.",
            "Geneva",
        ),
        (
            "Gardens across the street\n\nOn 3 May 2046, mayors adopted a plan, and the second"
            " session of the International Dialogue on Migration 2046, held on 18 and 19 July in"
            " Geneva, came in the lead-up to the Garden Summit, taking place in Lima on 9 October"
            " 2046.",
            "Geneva",
        ),
        (
            "Des jardins sans haies\n\nÀ la suite de la première session, qui s'est tenue à New"
            " York les 26 et 27 mars 2046, l'OIM a tenu la seconde session du Dialogue"
            " international sur la migration à Genève, les 18 et 19 juillet 2046. Le Sommet des"
            " jardins, prévu à Lima le 9 octobre 2046, y a été préparé.",
            "Genève",
        ),
        (
            "Huertos sin setos\n\nSobre la base de la primera sesión, celebrada en Nueva York los"
            " días 26 y 27 de marzo de 2046, la segunda sesión del Diálogo Internacional sobre la"
            " Migración 2046 tuvo lugar en Ginebra los días 18 y 19 de julio. La Cumbre de los"
            " Huertos se celebrará en Lima el 9 de octubre de 2046.",
            "Ginebra",
        ),
    ],
)
def test_dates_city_and_ordinal_of_other_meetings_are_never_those_of_this_one(
    text: str, city: str
) -> None:
    row = session(text + "\n")
    assert (row["start_date"], row["end_date"]) == (FIRST, LAST)
    assert (row["city"], row["country_code"], row["ordinal"]) == (city, "CHE", 2)


@pytest.mark.parametrize(
    "text",
    [
        "International Dialogue on Migration 2046\nGardens across the street\n\n"
        "Traditionally held at the United Nations in New York, the session will take place online"
        " on 18 and 19 July, 9:00 to 12:00 EST. Its priorities follow the plan adopted on"
        " 3 May 2045.",
        "Dialogue international sur la migration 2046\nDes jardins sans haies\n\n"
        "Traditionnellement tenue à New York, la session se tiendra en ligne les 18 et 19 juillet,"
        " de 9 h 00 à 12 h 00 (EST). Le plan a été adopté le 3 mai 2045.",
        "Diálogo Internacional sobre la Migración 2046\nHuertos sin setos\n\n"
        "Tradicionalmente celebrada en Nueva York, la sesión tendrá lugar en línea los días 18 y"
        " 19 de julio, de 9:00 a 12:00 (EST). El plan fue aprobado el 3 de mayo de 2045.",
    ],
)
def test_what_was_usual_is_not_what_took_place(text: str) -> None:
    row = session(text + "\n")
    assert (row["start_date"], row["end_date"], row["start_time"]) == (FIRST, LAST, time(9))
    assert (row["modality"], row["city"], row["timezone"]) == ("online", None, "EST")


COUNCIL = {
    "en": (
        "Original: English\n10 November 2046\nONE HUNDRED AND SIXTH SESSION",
        "INTERNATIONAL DIALOGUE ON MIGRATION 2046",
        "18-19 July 2046, Palais des Nations, Geneva",
    ),
    "fr": (
        "Original : français\n10 novembre 2046\nCENT SIXIÈME SESSION",
        "DIALOGUE INTERNATIONAL SUR LA MIGRATION 2046",
        "18-19 juillet 2046, Palais des Nations, Genève",
    ),
    "es": (
        "Original: español\n10 de noviembre de 2046\nNONAGÉSIMA SEXTA REUNIÓN",
        "DIÁLOGO INTERNACIONAL SOBRE LA MIGRACIÓN 2046",
        "18 y 19 de julio de 2046, Palacio de las Naciones, Ginebra",
    ),
}


@pytest.mark.parametrize("language", sorted(COUNCIL))
def test_a_paper_of_the_council_counts_its_own_sessions(language: str) -> None:
    above, series, when = COUNCIL[language]
    head = f"{above}\n{series}\n{TITLES[language]}\n{when}"
    row = session(f"{head}\n{series}\n{TITLES[language]}\n{TEXTS[language]}\n")
    assert (row["ordinal"], row["title"]) == (1, TITLES[language])
    assert (row["start_date"], row["end_date"]) == (FIRST, LAST)
    assert row["country_code"] == "CHE"


@pytest.mark.parametrize(
    "text",
    [
        "International Dialogue on Migration\nGardens across the street\n\nDay 1, July 18th, 2046\n"
        "10:00 - 10:30 Opening\nDay 2, July 19th, 2046\n10:00 - 10:30 Panel 3: Hedges\n\n"
        f"{TEXTS['en']}\n",
        "International Dialogue on Migration 2046\n\nGardens across the street\n\n"
        "18 July 2046|Day 1\n09:00 - 10:00 Registration\n\n19 July 2046|Day 2\n",
        "Dialogue international sur la migration 2046\nDes jardins sans haies\n\nOrdre du jour\n\n"
        "Première journée – 18 juillet 2046\n\n9 h 30-10 h 00 Accueil\n\n"
        "Deuxième journée – 19 juillet 2046\n\n9 h 30-10 h 00 Haies\n",
        "Diálogo Internacional sobre la Migración 2046\nHuertos sin setos\n\n"
        "Día 1 – 18 de julio de 2046\n\n9:30-10:00 Inauguración\n\n"
        "Día 2 – 19 de julio de 2046\n\n9:30-10:00 Setos\n",
    ],
)
def test_an_agenda_dates_its_days_and_its_hours_are_not_those_of_the_session(text: str) -> None:
    row = session(text)
    assert (row["start_date"], row["end_date"]) == (FIRST, LAST)
    assert (row["start_time"], row["end_time"]) == (None, None)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("INTERNATIONAL DIALOGUE ON MIGRATION 2046: High-level Conference on Gardens", None),
        ("The 2046 International Dialogue on Migration will be about gardens", "Hedges and water"),
    ],
)
def test_words_of_the_theme_are_not_the_series(line: str, title: str | None) -> None:
    head = [line, *([title] if title else []), "18-19 July 2046, Geneva"]
    row = session("\n\n".join([*head, TEXTS["en"]]) + "\n")
    assert row["title"] == (title or "High-level Conference on Gardens")


def test_a_room_beside_the_city_stays_with_the_venue() -> None:
    row = session(
        "International Dialogue on Migration 2046\nGardens across the street\n\n"
        f"18-19 July 2046, Palais des Nations, Geneva, Room XX\n\n{TEXTS['en']}\n"
    )
    assert (row["venue"], row["city"]) == ("Palais des Nations, Room XX", "Geneva")


def test_workshops_of_a_year_are_no_panels_of_a_session() -> None:
    row = session(
        "Dialogue international sur la migration 2046\nDes jardins sans haies\n\n"
        "18-19 juillet 2046, Genève\n\nDeux ateliers de l'IDM seront consacrés aux jardins. La"
        " session s'est tenue à Genève les 18 et 19 juillet 2046.\n"
    )
    assert row["stated_panels"] is None
