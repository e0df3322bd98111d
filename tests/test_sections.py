"""Headings of all kinds, what only looks like one, and the parts that wording starts."""

import pytest

from documents import (
    CLOSING,
    CONCLUSIONS,
    INTRODUCTION,
    OPENING,
    PANELS,
    SYNTHESIS,
    WHOLE,
    minimal,
    parts,
    rows,
)
from schemas import Row

ITEMS = """\
- Les participants ont souligné la nécessité de former les agents des ports.
- Les registres doivent être tenus à jour par les capitaineries."""

PARAGRAPH = (
    "Les participants ont décrit la vie des ports, la lenteur des formalités et la patience des"
    " équipages. Ils ont comparé les pratiques de plusieurs villes et noté des progrès."
)

LONG_HEADING = (
    "Besoin d'un accès durable, gratuit et sans condition aux soins de santé, à la formation et au"
    " logement pour tous les équipages de la pêche, du commerce et de la plaisance, où qu'ils"
    " soient enrôlés et quel que soit le pavillon du navire à bord duquel ils sont employés."
)


def sections(*blocks: str) -> list[Row]:
    """The sections of a document with these blocks between its opening and its end."""
    return rows(minimal(parts(INTRODUCTION, PANELS, OPENING, SYNTHESIS, *blocks)))["sections"]


def headings(*blocks: str) -> list[object]:
    return [row["heading"] for row in sections(*blocks) if row["heading"] is not None]


def kinds(*blocks: str) -> list[object]:
    return [row["kind"] for row in sections(*blocks)]


def test_the_parts_of_a_document_without_any_heading() -> None:
    found = rows(
        minimal(parts(INTRODUCTION, PANELS, OPENING, SYNTHESIS, ITEMS, PARAGRAPH, CLOSING))
    )
    assert [(row["kind"], row["heading"], row["level"]) for row in found["sections"]] == [
        ("front_matter", None, 1),
        ("panels", None, 1),
        ("opening", None, 1),
        ("synthesis", None, 1),
        ("closing", None, 1),
    ]


def test_a_section_reaches_from_its_heading_to_the_next() -> None:
    tables = rows(WHOLE)
    row = next(r for r in tables["sections"] if r["heading"] == "Accès aux services portuaires")
    assert WHOLE[row["char_start"] : row["char_end"]] == CONCLUSIONS
    inside = [p["text"] for p in tables["passages"] if p["section_id"] == row["section_id"]]
    assert len(inside) == 3


# ---------------------------------------------------------------- headings


@pytest.mark.parametrize(
    ("line", "heading", "number"),
    [
        ("Accès aux soins", "Accès aux soins", None),
        ("**Accès aux soins**", "Accès aux soins", None),
        ("**Accès aux soins.**", "Accès aux soins.", None),
        ("__Accès aux soins__", "Accès aux soins", None),
        ("## Accès aux soins", "Accès aux soins", None),
        ("###### *Accès aux soins*", "Accès aux soins", None),
        ("#### **3. Accès aux soins**", "3. Accès aux soins", "3"),
        ("ACCÈS AUX SOINS", "ACCÈS AUX SOINS", None),
        ("IV. ACCÈS AUX SOINS", "IV. ACCÈS AUX SOINS", "IV"),
        ("Des soins pour qui ?", "Des soins pour qui ?", None),
        (
            "Accès aux soins : vers une santé à bord",
            "Accès aux soins : vers une santé à bord",
            None,
        ),
        (
            "Besoin d'un accès durable aux soins à terre.",
            "Besoin d'un accès durable aux soins à terre.",
            None,
        ),
        ("Accès aux soins\n===============", "Accès aux soins", None),
        (f"## {LONG_HEADING}", LONG_HEADING, None),
        (f"**{LONG_HEADING}**", LONG_HEADING, None),
        (LONG_HEADING, LONG_HEADING, None),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
def test_headings_above_bullets(line: str, heading: str, number: str | None) -> None:
    found = sections(line, ITEMS, PARAGRAPH)
    assert [(row["heading"], row["number"]) for row in found[-1:]] == [(heading, number)]
    assert found[-1]["kind"] == "synthesis"


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["**1. Soigner à bord**", "**2. Soigner à terre**"], id="bold"),
        pytest.param(
            ["**1. Soigner**", "## 2. Loger", "### **3. Former**"], id="siblings marked differently"
        ),
        pytest.param(["1. Soigner à bord", "2. Soigner à terre"], id="plain"),
        pytest.param(["I. Soigner à bord", "II. Soigner à terre", "III. Loger"], id="Roman"),
        pytest.param(["A. Soigner à bord", "B. Soigner à terre"], id="letters"),
        pytest.param(
            ["1. Les ports soignent les équipages.", "2. Les ports logent les équipages."],
            id="plain sentences",
        ),
        pytest.param(
            [f"{n}. Les ports ont b{LONG_HEADING[1:]}" for n in (1, 2, 3)],
            id="long plain sentences",
        ),
        pytest.param([f"### *{n}. {LONG_HEADING}*" for n in (1, 2)], id="long Markdown sentences"),
        pytest.param(["1) Soigner à bord", "2) Soigner à terre"], id="bracket"),
        pytest.param(["1 – Soigner à bord", "2 – Soigner à terre"], id="dash"),
        pytest.param(
            [
                "**1. Soigner à bord sera utile. Cela vaut pour tous les équipages.**",
                "### 2. Soigner à terre sera utile. Cela vaut pour toutes les escales.",
            ],
            id="two sentences",
        ),
    ],
)
def test_numbered_headings_are_siblings(lines: list[str]) -> None:
    found = sections(*(block for line in lines for block in (line, ITEMS)))[-len(lines) :]
    assert [row["heading"] for row in found] == [line.strip("#* ") for line in lines]
    assert [row["number"] for row in found] == [
        line.strip("#* ").split()[0].strip(".)") for line in lines
    ]
    assert len({row["level"] for row in found}) == 1


def test_headings_of_a_day_stand_above_those_below_them() -> None:
    found = sections(
        "Premier jour – Les ports d'accueil",
        "Soin des équipages",
        ITEMS,
        "Deuxième jour – Les ports de départ",
        "Formation des équipages",
        ITEMS,
        CLOSING,
    )
    assert [(row["heading"], row["level"], row["day"], row["kind"]) for row in found[4:]] == [
        ("Premier jour – Les ports d'accueil", 1, 1, "synthesis"),
        ("Soin des équipages", 2, 1, "synthesis"),
        ("Deuxième jour – Les ports de départ", 1, 2, "synthesis"),
        ("Formation des équipages", 2, 2, "synthesis"),
        (None, 1, None, "closing"),
    ]


def test_a_heading_may_recur_under_every_day() -> None:
    days = [
        f"{day} journée – {theme}"
        for day, theme in (("Première", "Accueil"), ("Deuxième", "Départ"), ("Troisième", "Retour"))
    ]
    found = headings(*(block for day in days for block in (day, "Soin des équipages", ITEMS)))
    assert found == [heading for day in days for heading in (day, "Soin des équipages")]


@pytest.mark.parametrize(
    ("label", "theme"),
    [
        ("Deuxième journée – Les deux rives", "Les deux rives"),
        ("**Deuxième journée : Les deux rives**", "Les deux rives"),
        ("## 2e jour — Les deux rives", "Les deux rives"),
        ("Jour 2 : Les deux rives", "Les deux rives"),
        ("Jour 2 (8 juin 2027) – Les deux rives", "Les deux rives"),
        ("DEUXIÈME JOURNÉE – LES DEUX RIVES", "LES DEUX RIVES"),
        ("Deuxième journée", None),
    ],
)
def test_a_day_label_as_a_heading_gives_the_day_and_its_theme(
    label: str, theme: str | None
) -> None:
    tables = rows(minimal(parts(INTRODUCTION, PANELS, OPENING, SYNTHESIS, label, ITEMS, PARAGRAPH)))
    assert tables["sections"][-1]["day"] == 2
    assert tables["sections"][-1]["heading"] == label.strip("#* ")
    assert [row["theme"] for row in tables["session_days"]] == [None, theme, None]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("## Recommandations", "recommendations"),
        ("Recommandations à l'intention des villes", "recommendations"),
        ("**Prochaines étapes**", "recommendations"),
        ("5. Voie à suivre", "recommendations"),
        ("## **Clôture**", "closing"),
        ("SÉANCE DE CLÔTURE", "closing"),
        ("Observations finales", "closing"),
        ("Synthèse des débats", "synthesis"),
        ("Soins et logement", "synthesis"),
    ],
)
def test_the_kind_that_the_words_of_a_heading_name(line: str, kind: str) -> None:
    assert kinds("Soin des équipages", ITEMS, line, ITEMS)[-1] == kind


@pytest.mark.parametrize(
    ("line", "kind"),
    [("Séance d'ouverture", "opening"), ("Contexte", "front_matter"), ("Programme", "panels")],
)
def test_headings_of_the_first_parts(line: str, kind: str) -> None:
    block = {"opening": OPENING, "front_matter": PARAGRAPH, "panels": PANELS}[kind]
    found = rows(minimal(parts(INTRODUCTION, line, block, SYNTHESIS, CONCLUSIONS)))["sections"]
    assert (line, kind) in [(row["heading"], row["kind"]) for row in found]


# ---------------------------------------------------------------- no headings


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Les mesures suivantes ont été citées :", id="lead-in"),
        pytest.param("**Les mesures suivantes ont été citées :**", id="bold lead-in"),
        pytest.param("**Un aperçu des conclusions figure ci-dessous.**", id="bold sentence"),
        pytest.param("Les équipages ont besoin de soins.", id="short sentence"),
        pytest.param("Enfin, cette session comprenait un débat sur les soins.", id="new topic"),
        pytest.param(PARAGRAPH, id="paragraph"),
        pytest.param("---", id="rule"),
    ],
)
def test_no_headings_above_bullets(line: str) -> None:
    assert headings("Soin des équipages", ITEMS, line, ITEMS) == ["Soin des équipages"]


@pytest.mark.parametrize(
    "block",
    [
        pytest.param("1) soigner, 2) loger et 3) former sont les trois piliers.", id="enumeration"),
        pytest.param("1. Soigner à bord ;\n2. Soigner à terre ;\n3. Loger.", id="numbered list"),
        pytest.param("- **Soin** : les équipages doivent être soignés à terre.", id="bold start"),
        pytest.param("- **Les équipages doivent être soignés à terre.**", id="bold item"),
        pytest.param(f"{PARAGRAPH}\n\n--\n\n{PARAGRAPH}", id="text above a rule"),
        pytest.param("Modératrice : Mme Ilse Brandt, Office des ports", id="field"),
    ],
)
def test_no_headings_among_items_and_fields(block: str) -> None:
    assert headings("Soin des équipages", ITEMS, block, PARAGRAPH) == ["Soin des équipages"]


# ---------------------------------------------------------------- parts by wording


@pytest.mark.parametrize(
    "first",
    [
        "M. Aldo Ferri, Maire de Bari, a ouvert la réunion.",
        "La session a été ouverte par M. Aldo Ferri, Maire de Bari.",
        "Dans son allocution d'ouverture, M. Aldo Ferri, Maire de Bari, a salué les équipages.",
        "Lors de la séance d'ouverture, M. Aldo Ferri, Maire de Bari, a salué les équipages.",
        "M. Aldo Ferri, Maire de Bari, a souhaité la bienvenue aux participants.",
    ],
)
def test_an_opening_known_by_its_wording(first: str) -> None:
    paragraph = (
        f"{first} Il a rappelé que la mer relie et que les ports accueillent depuis toujours."
    )
    found = rows(minimal(parts(INTRODUCTION, PANELS, paragraph, SYNTHESIS, CONCLUSIONS)))[
        "sections"
    ]
    assert [row["kind"] for row in found] == [
        "front_matter",
        "panels",
        "opening",
        "synthesis",
        "synthesis",
    ]


@pytest.mark.parametrize(
    "paragraph",
    [
        "À l'issue des débats, les délégations ont remercié la ville hôte.",
        "Dans ses remarques de clôture, M. Aldo Ferri, Maire de Bari, a salué les équipages.",
        "En clôturant la session, M. Aldo Ferri, Maire de Bari, a salué les équipages.",
        "M. Aldo Ferri, Maire de Bari, a prononcé l'allocution de clôture.",
        "La session a été clôturée par M. Aldo Ferri, Maire de Bari.",
    ],
)
def test_a_closing_known_by_its_wording(paragraph: str) -> None:
    assert kinds("Soin des équipages", ITEMS, PARAGRAPH, ITEMS, paragraph)[-1] == "closing"


@pytest.mark.parametrize(
    "paragraph",
    [
        "Les participants ont évoqué la clôture des centres d'hébergement à quai.",
        "À l'issue de leur contrat, les marins restent souvent sans toit.",
        "Les délégués ont conclu que les ports doivent rester ouverts.",
    ],
)
def test_a_closing_is_not_known_by_a_word_alone(paragraph: str) -> None:
    assert "closing" not in kinds("Soin des équipages", ITEMS, PARAGRAPH, ITEMS, paragraph)


def test_remarks_on_the_document_at_its_end_start_no_part() -> None:
    remark = "Le présent résumé n'est pas exhaustif."
    found = kinds("Soin des équipages", ITEMS, CLOSING, remark)
    assert found[-1] == "closing"
    assert found.count("closing") == 1


@pytest.mark.parametrize(
    ("above", "theme", "level"),
    [
        ("## Synthèse", "### 1. Des quais plus longs", 2),
        ("SYNTHÈSE DES DÉBATS", "A. Des quais plus longs", 2),
        ("Synthèse\n========", "Des quais plus longs\n--------------------", 2),
        ("## Synthèse", "## Des quais plus longs", 1),
        ("**Synthèse**", "Des quais plus longs", 2),
    ],
)
def test_themes_stand_below_the_heading_of_the_synthesis(
    above: str, theme: str, level: int
) -> None:
    second = theme.replace("1.", "2.").replace("A.", "B.").replace("quais", "ponts")
    text = minimal(
        parts(
            INTRODUCTION,
            "Ouverture",
            OPENING,
            above,
            theme,
            ITEMS,
            second,
            ITEMS,
            "Clôture",
            CLOSING,
        )
    )
    levels = [row["level"] for row in rows(text)["sections"] if row["heading"]]
    assert levels == [1, 1, level, level, 1]
