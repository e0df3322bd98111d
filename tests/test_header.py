"""Session fields in every order that headers have, and the traps around dates and places."""

from datetime import date, time

import pytest

from documents import INTRODUCTION, minimal, parts, rows, session
from schemas import Row

THEME = "Ports et passerelles : la mobilité vue des villes côtières"
TEXT = "Des maires, des armateurs et des associations ont pris part à la session."
HELD = (
    "La session du Dialogue international sur la migration (IDM) 2027 s'est tenue du 7 au 9 juin."
)


def fields(row: Row, *names: str) -> tuple[object, ...]:
    return tuple(row[name] for name in names)


def of(header: str, *body: str) -> Row:
    return session(minimal(parts(*(body or (TEXT,))), header))


ORDER_1 = """\
Dialogue international sur la migration 2027
Ports et passerelles :
la mobilité vue des villes côtières

7-9 juin 2027, 14 heures-17 heures (CET), en ligne

--

Résumé des conclusions

--"""
ORDER_2 = """\
Organisation internationale pour les migrations (OIM)\x20\x20
L'organisme des Nations Unies chargé des migrations

## Seconde session du Dialogue international sur la migration 2027

### *Ports et passerelles : la mobilité vue des villes côtières*

7-9 juin 2027

Palais des congrès de Dakar (hybride)

--

#### **Résumé des conclusions<sup>i</sup>**

--"""
ORDER_3 = """\
Dialogue international sur la migration 2027
Ports et passerelles : la mobilité vue des villes côtières
7, 8 et 9 juin 2027, Palais des Nations, Genève
Résumé des conclusions"""
ORDER_4 = """\
DIALOGUE INTERNATIONAL SUR LA MIGRATION 2027

Ports et passerelles : la mobilité vue des villes côtières

qui se tiendra en ligne du 7 au 9 juin 2027, de 14h00 à 17h00 (heure de Paris)

-- Synthèse des conclusions --"""
ORDER_5 = """\
Ports et passerelles : la mobilité vue des villes côtières

1re session de l'IDM 2027

7-9 juin 2027, Zoom, 14:00-17:00 CET

Résumé des conclusions"""
ORDER_6 = """\
DIALOGUE INTERNATIONAL SUR LA MIGRATION 2027

ATELIER D'INTERSESSION

PORTS ET PASSERELLES : LA MOBILITÉ VUE DES VILLES CÔTIÈRES

RAPPORT FINAL

INTRODUCTION"""
ORDER_7 = """\
Dialogue international sur la migration 2027 : \
Ports et passerelles : la mobilité vue des villes côtières

Palais des Nations, salle XVIII, Genève

7-9 juin 2027

Ordre du jour provisoire"""


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (ORDER_1, (time(14), time(17), "CET", "online", None, None, None)),
        (ORDER_2, (None, None, None, "hybrid", "Palais des congrès de Dakar", "Dakar", "SEN")),
        (ORDER_3, (None, None, None, None, "Palais des Nations", "Genève", "CHE")),
        (ORDER_4, (time(14), time(17), "heure de Paris", "online", None, None, None)),
        (ORDER_5, (time(14), time(17), "CET", "online", None, None, None)),
        (ORDER_7, (None, None, None, None, "Palais des Nations, salle XVIII", "Genève", "CHE")),
    ],
    ids=["1", "2", "3", "4", "5", "7"],
)
def test_the_orders_of_a_header(header: str, expected: tuple[object, ...]) -> None:
    row = of(header)
    assert row["title"] == THEME
    assert fields(row, "year", "start_date", "end_date") == (
        2027,
        date(2027, 6, 7),
        date(2027, 6, 9),
    )
    names = ("start_time", "end_time", "timezone", "modality", "venue", "city", "country_code")
    assert fields(row, *names) == expected


def test_a_header_without_a_date_line() -> None:
    row = of(ORDER_6, HELD)
    assert fields(row, "year", "start_date", "end_date") == (
        2027,
        date(2027, 6, 7),
        date(2027, 6, 9),
    )
    assert row["title"] == THEME.upper()


@pytest.mark.parametrize(
    ("header", "ordinal"),
    [(ORDER_1, 1), (ORDER_2, 2), (ORDER_5, 1)],
    ids=["none", "Seconde", "1re"],
)
def test_the_id_has_the_ordinal_of_the_header(header: str, ordinal: int) -> None:
    row = of(header)
    assert fields(row, "ordinal", "session_id") == (ordinal, f"idm-2027-{ordinal}")


# ---------------------------------------------------------------- type, series, ordinal

PLAIN = """\
{series}

Ports et passerelles : la mobilité vue des villes côtières

{when}

{where}

Résumé des conclusions"""


def plain(
    series: str = "Dialogue international sur la migration 2027",
    when: str = "7-9 juin 2027",
    where: str = "Palais des Nations, Genève",
) -> str:
    return PLAIN.format(series=series, when=when, where=where)


@pytest.mark.parametrize(
    ("series", "ordinal"),
    [
        ("Dialogue international sur la migration 2027", 1),
        ("Dialogue International sur les migrations (IDM) 2027", 1),
        ("Deuxième session du Dialogue international sur la migration 2027", 2),
        ("DEUXIÈME SESSION DU DIALOGUE INTERNATIONAL SUR LA MIGRATION 2027", 2),
        ("Second Dialogue international sur la migration de 2027", 2),
        ("2e session de l'IDM 2027", 2),
        ("Premier atelier du Dialogue international sur la migration – 2027", 1),
        ("Dialogue international sur la migration 2027 – Seconde session", 2),
        ("Dialogue international sur la migration de l'OIM, 2027", 1),
    ],
)
def test_series_lines(series: str, ordinal: int) -> None:
    row = of(plain(series))
    assert fields(row, "year", "ordinal", "title") == (2027, ordinal, THEME)


@pytest.mark.parametrize(
    ("sentence", "ordinal"),
    [
        (
            "La seconde session du Dialogue international sur la migration 2027 a eu lieu.",
            2,
        ),
        ("Le deuxième IDM de 2027 s'est tenu à Genève.", 2),
        ("Ce dialogue fait suite à la deuxième session de 2026.", 1),
        ("La prochaine session, deuxième session de l'IDM 2027, aura lieu en octobre.", 1),
        ("La vingtième édition du Dialogue s'est tenue en juin.", 1),
        ("Elle a ouvert la soixante-seizième session de l'Assemblée générale.", 1),
    ],
)
def test_the_ordinal_in_the_body_is_that_of_this_session_only(sentence: str, ordinal: int) -> None:
    assert of(plain(), f"{sentence} {TEXT}")["ordinal"] == ordinal


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Résumé des conclusions", "summary_of_conclusions"),
        ("**RÉSUMÉ DES CONCLUSIONS**", "summary_of_conclusions"),
        ("– Résumé des conclusions –", "summary_of_conclusions"),
        ("## Résumé des conclusions[^1]", "summary_of_conclusions"),
        ("Rapport final", "report"),
        ("Projet de rapport", "draft_report"),
        ("Actes de la conférence", "proceedings"),
        ("Ordre du jour provisoire", "agenda"),
        ("Synthèse du Président", "chairs_summary"),
    ],
)
def test_document_types(line: str, kind: str) -> None:
    header = plain().replace("Résumé des conclusions", line)
    tables = rows(minimal(TEXT, header))
    assert tables["documents"][0]["document_type"] == kind
    assert tables["sessions"][0]["title"] == THEME


# ---------------------------------------------------------------- theme


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("Ports et rives :\nun même horizon", "Ports et rives : un même horizon"),
        ("Ports, rives et\nhorizons partagés", "Ports, rives et horizons partagés"),
        ("« Ports et rives : un même horizon »", "Ports et rives : un même horizon"),
        ("“Ports et rives – un même horizon”", "Ports et rives – un même horizon"),
        ("Thème : Ports et rives, un même horizon", "Ports et rives, un même horizon"),
        ("***Ports et rives :*** *un même horizon*", "Ports et rives : un même horizon"),
        ("Ports et rives : quel horizon commun ?", "Ports et rives : quel horizon commun ?"),
        ("La migration post-COVID-19 : ports, rives", "La migration post-COVID-19 : ports, rives"),
        ("Le travail à distance des gens de mer", "Le travail à distance des gens de mer"),
        ("Objectif 2030 : des ports sûrs", "Objectif 2030 : des ports sûrs"),
        ("# Ports et rives\n## Un même horizon", "Ports et rives Un même horizon"),
    ],
)
def test_themes_in_the_header(lines: str, title: str) -> None:
    header = plain().replace(THEME, lines)
    assert fields(of(header), "title", "modality") == (title, None)


@pytest.mark.parametrize(
    "sentence",
    [
        "La session, qui avait pour thème « Ports et rives : un même horizon », a eu lieu en juin.",
        "La session s'est tenue sur le thème suivant : « Ports et rives : un même horizon ».",
        "Consacrée au thème “Ports et rives : un même horizon”, la session s'est tenue en juin.",
    ],
)
def test_a_theme_that_only_the_body_has(sentence: str) -> None:
    header = plain().replace(THEME + "\n\n", "")
    assert of(header, f"{sentence} {TEXT}")["title"] == "Ports et rives : un même horizon"


def test_the_theme_of_the_header_stands_when_the_body_writes_it_otherwise() -> None:
    sentence = "La session a eu pour thème « ports et passerelles, la mobilité vue des villes »."
    assert of(plain(), f"{HELD} {sentence}")["title"] == THEME


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("30 septembre-2 octobre 2027", date(2027, 9, 30), date(2027, 10, 2)),
        ("Lundi 7 juin 2027", date(2027, 6, 7), date(2027, 6, 7)),
        ("Dates : 7 et  8 juin 2027", date(2027, 6, 7), date(2027, 6, 8)),
        ("**7 – 8 juin 2027**", date(2027, 6, 7), date(2027, 6, 8)),
        (
            "7 juin 2027 : 9 heures-12 heures\n8 juin 2027 : 9 heures-12 heures",
            date(2027, 6, 7),
            date(2027, 6, 8),
        ),
        ("du 7 au 8 juin", date(2027, 6, 7), date(2027, 6, 8)),
    ],
)
def test_dates_in_the_header(when: str, first: date, last: date) -> None:
    row = of(plain(when=when))
    assert fields(row, "start_date", "end_date", "title") == (first, last, THEME)


@pytest.mark.parametrize(
    "sentence",
    [
        "Le Pacte mondial a été adopté le 10 décembre 2018.",
        "La prochaine session se tiendra les 4 et 5 octobre 2027.",
        "Le Forum d'examen aura lieu du 17 au 20 mai 2028.",
        "La session précédente s'est tenue les 3 et 4 mars 2027.",
        "Distribué le 21 novembre 2027.",
    ],
)
def test_dates_of_other_things_are_not_the_dates_of_the_session(sentence: str) -> None:
    expected = (date(2027, 6, 7), date(2027, 6, 9))
    assert fields(of(plain(), f"{sentence} {TEXT}"), "start_date", "end_date") == expected
    without = plain(when="", where="En ligne")
    row = of(without, f"{sentence} {HELD} {TEXT}")
    assert fields(row, "start_date", "end_date") == expected


@pytest.mark.parametrize(
    "line",
    ["ven., avr.-20-2012", "Distr. : générale 21 novembre 2028", "Version du 21 novembre 2028"],
)
def test_a_stamp_on_the_page_is_no_date_of_the_session(line: str) -> None:
    row = of(f"{line}\n\n{plain()}")
    assert fields(row, "start_date", "end_date") == (date(2027, 6, 7), date(2027, 6, 9))
    assert row["title"] == THEME


def test_days_of_a_session_are_numbered_by_its_dates() -> None:
    days = rows(minimal(TEXT, plain(when="30 septembre-2 octobre 2027")))["session_days"]
    assert [(row["number"], row["date"]) for row in days] == [
        (1, date(2027, 9, 30)),
        (2, date(2027, 10, 1)),
        (3, date(2027, 10, 2)),
    ]


# ---------------------------------------------------------------- place and modality

PLACE = ("modality", "venue", "city", "country_code")


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("Palais des Nations, Genève", (None, "Palais des Nations", "Genève", "CHE")),
        ("Palais des Nations, Genève (Suisse)", (None, "Palais des Nations", "Genève", "CHE")),
        ("Genève, Palais des Nations", (None, "Palais des Nations", "Genève", "CHE")),
        ("Genève, Suisse", (None, None, "Genève", "CHE")),
        ("Nairobi", (None, None, "Nairobi", "KEN")),
        (
            "Centre international de conférences de Genève (CICG)",
            (None, "Centre international de conférences de Genève (CICG)", "Genève", "CHE"),
        ),
        (
            "Centre de conférences Tunis (hybride)",
            ("hybrid", "Centre de conférences Tunis", "Tunis", "TUN"),
        ),
        (
            "Palais des Nations, Genève, et en ligne",
            ("hybrid", "Palais des Nations", "Genève", "CHE"),
        ),
        (
            "Palais des Nations (salle XVIII)",
            (None, "Palais des Nations (salle XVIII)", None, None),
        ),
        ("Lieu : Palais des Nations, Genève", (None, "Palais des Nations", "Genève", "CHE")),
        (
            "Siège de l'Organisation des Nations Unies, salle de conférence 1, New York",
            (
                None,
                "Siège de l'Organisation des Nations Unies, salle de conférence 1",
                "New York",
                "USA",
            ),
        ),
        ("Session hybride, Dakar (Sénégal)", ("hybrid", None, "Dakar", "SEN")),
        ("En ligne", ("online", None, None, None)),
        ("(en ligne)", ("online", None, None, None)),
        ("Par visioconférence", ("online", None, None, None)),
        ("Réunion virtuelle (Zoom)", ("online", None, None, None)),
        ("Modalité : en ligne", ("online", None, None, None)),
        (
            "Palais des Nations, Genève (en présentiel)",
            ("in_person", "Palais des Nations", "Genève", "CHE"),
        ),
    ],
)
def test_places_and_modalities_in_the_header(where: str, expected: tuple[object, ...]) -> None:
    row = of(plain(where=where))
    assert (row["title"], *fields(row, *PLACE)) == (THEME, *expected)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("L'IDM s'est tenu en ligne du 7 au 9 juin.", ("online", None, None, None)),
        ("La session s'est tenue à Dakar (Sénégal).", (None, None, "Dakar", "SEN")),
        ("La session s'est déroulée en format hybride à Tunis.", ("hybrid", None, "Tunis", "TUN")),
        (
            "La session s'est tenue à Genève, au Palais des Nations, du 7 au 9 juin.",
            (None, "Palais des Nations", "Genève", "CHE"),
        ),
        (
            "La session s'est tenue à Tunis. Quelque 90 personnes ont assisté en présentiel aux"
            " débats.",
            ("in_person", None, "Tunis", "TUN"),
        ),
    ],
)
def test_places_and_modalities_in_the_body(sentence: str, expected: tuple[object, ...]) -> None:
    assert fields(of(plain(where=""), f"{sentence} {TEXT}"), *PLACE) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Organisée d'ordinaire à New York, la session s'est tenue en ligne.",
        "La session s'est tenue en ligne. M. Li, Représentant permanent à Genève, a pris part.",
        "La session s'est tenue en ligne, de 9 heures à 12 heures (heure de New York).",
        "La session s'est tenue en ligne. Elle fait suite à celle tenue à Nairobi.",
    ],
)
def test_a_city_named_in_an_online_meeting_is_no_place(sentence: str) -> None:
    row = of(plain(where=""), f"{sentence} {TEXT}")
    assert fields(row, *PLACE) == ("online", None, None, None)


@pytest.mark.parametrize(
    "sentence",
    [
        "Les participants ont salué les services proposés en ligne par les ports.",
        "La prochaine session se tiendra en ligne.",
        "Les consultations préparatoires ont eu lieu en ligne à Nairobi.",
        "Mme Ober, Représentante permanente du Ghana à Tunis, a pris la parole.",
    ],
)
def test_what_says_nothing_of_the_session_s_place(sentence: str) -> None:
    row = of(plain(where=""), f"{INTRODUCTION.replace('à Genève ', '')} {sentence} {TEXT}")
    assert fields(row, *PLACE) == (None, None, None, None)


# ---------------------------------------------------------------- stated totals


def test_totals_that_the_document_states_for_its_session() -> None:
    text = (
        "Près de 1 200 personnes s'étaient inscrites à la session, dont 65 % de représentants des"
        " gouvernements d'environ 90 pays. La session s'est articulée autour de six panels animés"
        " par 27 orateurs et modérateurs. Plus de 300 ports ont adhéré à la Charte."
    )
    row = of(plain(), f"{HELD} {TEXT}", text)
    names = ("stated_participants", "stated_countries", "stated_panels", "stated_speakers")
    assert fields(row, *names) == (1200, 90, 6, 27)
    assert row["stated_government_share"] == pytest.approx(0.65)
