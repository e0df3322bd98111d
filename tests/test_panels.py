"""Panels in all the ways that documents list them, their days and moderators, and what is none."""

import pytest

from documents import HEADER, INTRODUCTION, OPENING, SYNTHESIS, minimal, parts, rows
from schemas import Row, Tables

ITEMS = """\
- Les participants ont souligné la nécessité de former les agents des ports.
- Les registres doivent être tenus à jour par les capitaineries."""
LEAD_IN = "Les panels ont abordé les thèmes suivants :"
TITLES = ["Accueillir dans les ports", "Former les équipages", "Relier les deux rives"]


def tables(*blocks: str, after: str = OPENING) -> Tables:
    """All tables of a document with these blocks between introduction and opening."""
    return rows(
        minimal(parts(INTRODUCTION, *blocks, after, SYNTHESIS, "Soin des équipages", ITEMS))
    )


def panels(*blocks: str, after: str = OPENING) -> list[Row]:
    return tables(*blocks, after=after)["panels"]


def shown(found: list[Row]) -> list[tuple[object, ...]]:
    return [(row["day"], row["number"], row["label"], row["title"]) for row in found]


def titles(found: list[Row]) -> list[object]:
    return [row["title"] for row in found]


# ---------------------------------------------------------------- labelled lists


@pytest.mark.parametrize(
    ("lines", "labels", "numbers"),
    [
        pytest.param(
            ["- **Panel 1** : {}", "- **Panel 2** : {}", "- **Panel 3** : {}"],
            "Panel {}",
            "1 2 3",
            id="bold",
        ),
        pytest.param(
            ["- Panel 1: {}", "- Panel 2: {}", "- Panel 3: {}"], "Panel {}", "1 2 3", id="no space"
        ),
        pytest.param(
            ["Panel 1 – {}", "Panel 2 – {}", "Panel 3 – {}"], "Panel {}", "1 2 3", id="no bullets"
        ),
        pytest.param(
            ["• Panel I - {}", "• Panel II - {}", "• Panel III - {}"],
            "Panel {}",
            "I II III",
            id="Roman",
        ),
        pytest.param(
            ["* Table ronde A : {}", "* Table ronde B : {}", "* Table ronde C : {}"],
            "Table ronde {}",
            "A B C",
            id="letters",
        ),
        pytest.param(["Panel 1. {}", "Panel 2. {}", "Panel 3. {}"], "Panel {}", "1 2 3", id="stop"),
        pytest.param(
            ["PANEL 1 : {}", "PANEL 2 : {}", "PANEL 3 : {}"], "PANEL {}", "1 2 3", id="capitals"
        ),
        pytest.param(
            ["**Panel 1 : {}**", "**Panel 2 : {}**", "**Panel 3 : {}**"],
            "Panel {}",
            "1 2 3",
            id="all bold",
        ),
        pytest.param(
            ["- Panel 1 : « {} » ;", "- Panel 2 : « {} » ;", "- Panel 3 : « {} »."],
            "Panel {}",
            "1 2 3",
            id="quotes",
        ),
        pytest.param(
            ["- Séance 1 — {}", "- Séance 2 — {}", "- Séance 3 — {}"],
            "Séance {}",
            "1 2 3",
            id="long dash",
        ),
        pytest.param(
            ["10 h 15-11 h 15 Panel 1 : {}", "11 h 15-12 h Panel 2 : {}", "14 h-15 h Panel 3 : {}"],
            "Panel {}",
            "1 2 3",
            id="hours first",
        ),
        pytest.param(
            ["- Panel n° 1 : {}", "- Panel n° 2 : {}", "- Panel n° 3 : {}"],
            "Panel n° {}",
            "1 2 3",
            id="n°",
        ),
    ],
)
@pytest.mark.parametrize("joint", ["\n", "\n\n"], ids=["tight", "loose"])
def test_labelled_lines(lines: list[str], labels: str, numbers: str, joint: str) -> None:
    block = joint.join(line.format(title) for line, title in zip(lines, TITLES, strict=True))
    assert shown(panels(LEAD_IN, block)) == [
        (None, number, labels.format(number), title)
        for number, title in zip(numbers.split(), TITLES, strict=True)
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Ports et rives : un même horizon, des voies multiples",
        "Le relèvement post-COVID-19 – et après",
        "Qui accueille, et comment ?",
        "L'arrivée, l'escale, le départ (2020-2030)",
        "Relier l'Afrique et l'Europe",
    ],
)
def test_a_title_is_all_that_follows_the_first_separator(title: str) -> None:
    found = panels(LEAD_IN, f"- Panel 1 : {title}\n- Panel 2 : Former les équipages")
    assert titles(found) == [title, "Former les équipages"]


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["next line", "blank line"])
def test_titles_on_the_line_after_the_label(gap: str) -> None:
    block = "\n\n".join(f"Panel {n}{gap}{title}" for n, title in enumerate(TITLES, 1))
    assert shown(panels(LEAD_IN, block)) == [
        (None, str(n), f"Panel {n}", t) for n, t in enumerate(TITLES, 1)
    ]


def test_positions_and_ids_run_through_the_session() -> None:
    found = panels(
        LEAD_IN, "Première journée :", "- Panel 1 : Ports", "Deuxième journée", "- Panel 1 : Rives"
    )
    assert [(row["panel_id"], row["position"]) for row in found] == [
        ("idm-2027-1-p01", 1),
        ("idm-2027-1-p02", 2),
    ]


# ---------------------------------------------------------------- days


@pytest.mark.parametrize(
    "days",
    [
        ("Première journée :", "Deuxième journée", "Troisième journée :"),
        ("**Premier jour**", "**Deuxième jour**", "**Troisième jour**"),
        ("### Jour 1", "### Jour 2", "### Jour 3"),
        ("7 juin 2027", "8 juin 2027", "9 juin 2027"),
        ("Lundi 7 juin", "Mardi 8 juin", "Mercredi 9 juin"),
        ("Jour 1 (7 juin)", "Jour 2 (8 juin)", "Jour 3 (9 juin)"),
    ],
    ids=["journée", "bold", "Markdown", "dates", "weekdays", "brackets"],
)
def test_numbers_restart_under_the_heading_of_each_day(days: tuple[str, str, str]) -> None:
    first, second, third = days
    found = panels(
        LEAD_IN,
        first,
        "- Panel 1 : Ports\n- Panel 2 : Rives",
        second,
        "- Panel 1 : Escales",
        third,
        "- Panel 1 : Retours",
    )
    assert [(row["day"], row["number"], row["title"]) for row in found] == [
        (1, "1", "Ports"),
        (1, "2", "Rives"),
        (2, "1", "Escales"),
        (3, "1", "Retours"),
    ]


def test_the_theme_of_a_day_is_no_panel() -> None:
    found = tables(
        LEAD_IN,
        "Première journée – Les ports d'accueil",
        "- Panel 1 : Soigner\n- Panel 2 : Loger",
        "Deuxième journée – Les ports de départ",
        "- Panel 3 : Former",
    )
    assert titles(found["panels"]) == ["Soigner", "Loger", "Former"]
    assert [row["theme"] for row in found["session_days"]] == [
        "Les ports d'accueil",
        "Les ports de départ",
        None,
    ]


def test_panels_are_not_spread_over_days_by_guess() -> None:
    found = panels(LEAD_IN, "- Panel 1 : Ports\n- Panel 2 : Rives\n- Panel 3 : Retours")
    assert [row["day"] for row in found] == [None, None, None]


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        (
            "Le deuxième jour, Mme Ilse Brandt, Ministre du travail du Ghana, a animé la réunion"
            " consacrée à la formation des équipages de pêche et de commerce.",
            [None, 2, None],
        ),
        (
            "Au cours de la première journée, la table ronde sur les moyens d'accueillir les"
            " arrivants dans les petits ports a été suivie avec attention.",
            [1, None, None],
        ),
        ("Le premier jour, les participants ont visité les docks.", [None, None, None]),
    ],
    ids=["formation", "accueil", "no panel meant"],
)
def test_a_day_stated_with_a_paraphrase_of_the_title(sentence: str, days: list[int | None]) -> None:
    found = panels(
        LEAD_IN,
        "- Panel 1 : Accueillir les arrivants dans les petits ports\n"
        "- Panel 2 : Formation des équipages de pêche et de commerce\n"
        "- Panel 3 : Envois de fonds et épargne",
        after=f"{OPENING}\n\n{sentence}",
    )
    assert [row["day"] for row in found] == days


# ---------------------------------------------------------------- without labels


@pytest.mark.parametrize("mark", ["-", "•", "–", "1.", "a)"])
def test_items_under_a_lead_in(mark: str) -> None:
    marks = {"1.": ["1.", "2.", "3."], "a)": ["a)", "b)", "c)"]}.get(mark, [mark] * 3)
    block = "\n".join(f"{m} {title} ;" for m, title in zip(marks, TITLES, strict=True))
    found = panels(
        "La session s'est articulée autour de trois panels portant sur les thèmes suivants :", block
    )
    assert titles(found) == TITLES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Les trois panels ont porté sur les thèmes suivants : accueillir dans les ports ;"
            " former les équipages ; et relier les deux rives.",
            ["accueillir dans les ports", "former les équipages", "relier les deux rives"],
            id="semicolons",
        ),
        pytest.param(
            "Trois panels ont abordé les thèmes suivants : 1) accueillir dans les ports ;"
            " 2) former les équipages ; 3) relier les deux rives.",
            ["accueillir dans les ports", "former les équipages", "relier les deux rives"],
            id="numbered",
        ),
        pytest.param(
            "Le premier panel portait sur l'accueil dans les ports ; le deuxième, sur la formation"
            " des équipages ; le troisième, sur les liens entre les rives.",
            ["accueil dans les ports", "formation des équipages", "liens entre les rives"],
            id="ordinals",
        ),
        pytest.param(
            "Le premier panel était consacré à l'accueil dans les ports. Le deuxième panel a traité"
            " de la formation des équipages. Le troisième panel a porté sur les liens entre rives.",
            ["accueil dans les ports", "formation des équipages", "liens entre rives"],
            id="sentences",
        ),
        pytest.param(
            "Le panel 1, intitulé « Accueillir dans les ports », a ouvert les débats. Le panel 2,"
            " intitulé « Former les équipages », les a conclus.",
            ["Accueillir dans les ports", "Former les équipages"],
            id="quoted",
        ),
    ],
)
def test_panels_in_prose(text: str, expected: list[str]) -> None:
    found = panels(text)
    assert [str(title).lower().removeprefix("l'") for title in titles(found)] == [
        t.lower() for t in expected
    ]
    assert [row["position"] for row in found] == list(range(1, len(expected) + 1))


@pytest.mark.parametrize(
    "table",
    [
        "| Panel | Thème |\n|---|---|\n| Panel 1 | Ports |\n| Panel 2 | Rives |",
        "| Heure | Panel | Modération |\n|---|---|---|\n"
        "| 9 h | Panel 1 : Ports | Mme Ober |\n| 10 h | Panel 2 : Rives | M. Yao |",
        "| 1 | Ports |\n| 2 | Rives |",
        "Panel 1\tPorts\nPanel 2\tRives",
        "N°      Thème       Modération\n1       Ports       Mme Ober\n2       Rives       M. Yao",
    ],
    ids=["two cells", "one cell", "no header", "tabs", "spaces"],
)
def test_rows_of_a_table(table: str) -> None:
    assert [(row["number"], row["title"]) for row in panels(LEAD_IN, table)] == [
        ("1", "Ports"),
        ("2", "Rives"),
    ]


def test_a_table_right_behind_the_date_line() -> None:
    header = HEADER.replace("Résumé des conclusions\n\n--", "Résumé des conclusions")
    table = "| Jour | Panel | Thème |\n|---|---|---|\n| 1 | 1 | Ports |\n| 2 | 1 | Rives |"
    found = rows(minimal(parts(table, INTRODUCTION), header))
    assert [(r["day"], r["number"], r["title"]) for r in found["panels"]] == [
        (1, "1", "Ports"),
        (2, "1", "Rives"),
    ]
    assert (
        found["sessions"][0]["title"]
        == "Ports et passerelles : la mobilité vue des villes côtières"
    )


def test_days_in_rows_of_their_own() -> None:
    table = (
        "| Panel | Thème |\n|---|---|\n| Première journée | |\n| Panel 1 | Ports |\n"
        "| Deuxième journée | |\n| Panel 1 | Rives |"
    )
    assert [(row["day"], row["title"]) for row in panels(LEAD_IN, table)] == [
        (1, "Ports"),
        (2, "Rives"),
    ]


def test_a_long_title_goes_on_in_its_cell() -> None:
    table = (
        "Panel 1     Accueillir les équipages dans les ports\n"
        "            des deux rives du delta\nPanel 2     Rives"
    )
    assert titles(panels(LEAD_IN, table)) == [
        "Accueillir les équipages dans les ports des deux rives du delta",
        "Rives",
    ]


def test_aligned_fields_are_no_table() -> None:
    lines = "Panel 1 : Ports\nModératrice :\tMme Ilse Brandt\nOrateurs :\tM. Otto Yao\n"
    found = tables(LEAD_IN, lines, "Panel 2 : Rives")
    assert titles(found["panels"]) == ["Ports", "Rives"]
    assert {"Ilse Brandt", "Otto Yao"} < {row["name"] for row in found["participants"]}


@pytest.mark.parametrize("hours", ["10:15-11:15", "10 h 15 – 11 h 15", "9h00 à 10h00 |"])
def test_hours_before_the_label(hours: str) -> None:
    found = panels(LEAD_IN, f"{hours} Panel 1 : Ports", f"{hours} Panel 2 : Rives")
    assert [(row["number"], row["title"]) for row in found] == [("1", "Ports"), ("2", "Rives")]


def test_titles_and_moderators_on_the_lines_below_the_label() -> None:
    found = tables(
        LEAD_IN,
        "Table ronde A\nPorts\nModératrice : Mme Ilse Brandt",
        "Table ronde B\nRives\nModératrice : Mme Ilse Brandt",
    )
    assert [(row["number"], row["title"]) for row in found["panels"]] == [
        ("A", "Ports"),
        ("B", "Rives"),
    ]
    (person,) = [row for row in found["participants"] if row["name"] == "Ilse Brandt"]
    assert person["position"] is None
    assert [row["panel_id"] for row in found["interventions"] if row["role"] == "moderator"] == [
        "idm-2027-1-p01",
        "idm-2027-1-p02",
    ]


def test_titles_in_quotes_behind_words_for_panels() -> None:
    text = (
        "Le premier jour, les travaux ont débuté par une table ronde intitulée « Loger à quai »,"
        " que présidait M. Otto Yao, de l'Institut des ports. La deuxième table ronde, animée par"
        " Mme Ilse Brandt, Maire de Tema, a eu pour thème « Former à bord ». Le lendemain, la"
        " troisième table ronde, « Relier les rives », a été modérée par M. Abdou Niang ; la"
        " quatrième et dernière s'est penchée sur le sujet « Rentrer au port »."
    )
    found = tables(text)
    assert [(row["day"], row["title"]) for row in found["panels"]] == [
        (1, "Loger à quai"),
        (None, "Former à bord"),
        (2, "Relier les rives"),
        (2, "Rentrer au port"),
    ]
    names = {row["participant_id"]: row["name"] for row in found["participants"]}
    moderators = {
        names[row["participant_id"]] for row in found["interventions"] if row["role"] == "moderator"
    }
    assert moderators == {"Otto Yao", "Ilse Brandt", "Abdou Niang"}
    (brandt,) = [row for row in found["participants"] if row["name"] == "Ilse Brandt"]
    assert brandt["position"] == "Maire de Tema"


def test_the_theme_in_quotes_is_no_panel() -> None:
    theme = "Ports et passerelles : la mobilité vue des villes côtières"
    text = (
        f"Les panels de la session, placée sous le titre « {theme} », s'intitulaient « Loger » et"
        " « Former à bord ». L'un d'eux a cité la devise « Tenir bon la barre »."
    )
    assert titles(panels(text)) == ["Loger", "Former à bord"]


# ---------------------------------------------------------------- moderators


@pytest.mark.parametrize(
    "line",
    [
        "- Panel 1 : Ports et rives (modératrice : Mme Ilse Brandt)",
        "- Panel 1 : Ports et rives (animé par Mme Ilse Brandt)",
        "- Panel 1 : Ports et rives (modération : Ilse Brandt)",
        "- Panel 1 : Ports et rives. Modératrice : Mme Ilse Brandt, Ministre du travail du Ghana",
        "- Panel 1 : Ports et rives\n  Modératrice : Mme Ilse Brandt, Ministre du travail du Ghana",
        "Panel 1 : Ports et rives\nModératrice : Mme Ilse Brandt, Ministre du travail du Ghana",
        "**Panel 1 : Ports et rives**\n\nModératrice : Mme Ilse Brandt, Ministre du Ghana",
    ],
    ids=[
        "bracket",
        "verb in bracket",
        "name alone",
        "behind a stop",
        "wrapped",
        "own line",
        "own paragraph",
    ],
)
def test_a_moderator_is_no_part_of_the_title(line: str) -> None:
    found = tables(
        LEAD_IN,
        line,
        "- Panel 2 : Former les équipages" if line[0] == "-" else "Panel 2 : Former les équipages",
    )
    assert titles(found["panels"]) == ["Ports et rives", "Former les équipages"]
    (person,) = [row for row in found["participants"] if row["name"] == "Ilse Brandt"]
    roles = [
        row for row in found["interventions"] if row["participant_id"] == person["participant_id"]
    ]
    assert [(row["role"], row["panel_id"]) for row in roles] == [("moderator", "idm-2027-1-p01")]


# ---------------------------------------------------------------- no panels


@pytest.mark.parametrize(
    "text",
    [
        "Le Panel 3 a souligné que les ports doivent rester ouverts.",
        "Panel 3 a souligné la nécessité de former les agents.",
        "Comme l'a relevé le panel 2, les équipages manquent de repos.",
        "Un panel d'experts a étudié la question. La prochaine session aura huit panels.",
    ],
)
def test_sentences_about_panels_add_none(text: str) -> None:
    listed = "- Panel 1 : Ports\n- Panel 2 : Rives\n- Panel 3 : Retours"
    assert titles(panels(LEAD_IN, listed, after=f"{OPENING}\n\n{text}")) == [
        "Ports",
        "Rives",
        "Retours",
    ]
    assert panels(text) == []


def test_headings_of_conclusions_are_no_panels() -> None:
    found = panels(
        LEAD_IN,
        "- Panel 1 : Ports\n- Panel 2 : Rives",
        after=parts(
            OPENING, SYNTHESIS, "**1. Soigner à bord**", ITEMS, "**2. Soigner à terre**", ITEMS
        ),
    )
    assert titles(found) == ["Ports", "Rives"]


def test_headings_that_name_the_listed_panels_again_add_none() -> None:
    found = panels(
        LEAD_IN,
        "- Panel 1 : Ports d'accueil\n- Panel 2 : Rives lointaines",
        after=parts(
            OPENING,
            SYNTHESIS,
            "**Panel 1 : Ports d'accueil**",
            ITEMS,
            "**Panel 2 : Rives lointaines**",
            ITEMS,
        ),
    )
    assert titles(found) == ["Ports d'accueil", "Rives lointaines"]


def test_a_list_of_something_else_is_no_list_of_panels() -> None:
    text = "Les ports suivants ont signé la Charte :"
    assert panels(text, "- Bari ;\n- Dakar ;\n- Sète.") == []


def test_a_round_table_named_by_a_paraphrase_is_the_listed_panel() -> None:
    body = "Enfin, la session comprenait une table ronde sur la voie à suivre pour les ports."
    found = panels(
        LEAD_IN,
        "- Panel 1 : Accueil des équipages\n- Panel 2 : Voie à suivre pour les ports",
        after=f"{OPENING}\n\n{body}",
    )
    assert titles(found) == ["Accueil des équipages", "Voie à suivre pour les ports"]


def test_a_document_without_panels_has_none() -> None:
    assert rows(minimal(parts(INTRODUCTION, OPENING), HEADER))["panels"] == []
