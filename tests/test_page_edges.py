"""What the edges of pages do to running text, to heads of pages and to what is read behind them."""

import pytest

from documents import INTRODUCTION, blocks, minimal, parts, rows, structure
from passages import ENGLISH, SPANISH, Passages

CUT = "Le registre du port est tenu par la capitainerie. Il est relu par le Bureau des Nations"
REST = "Unies contre la drogue, par la police et par les douanes."


@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n\n", "\n\f\n"])
def test_running_text_without_an_end_goes_on_with_a_capital(gap: str) -> None:
    texts = [
        text
        for kind, text in blocks(parts(INTRODUCTION, f"{CUT}{gap}{REST}"))
        if kind == "paragraph"
    ]
    assert texts[-1] == f"{CUT} {REST}"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Panel 6 : Que sait-on ? Données et suivi", "Odile Marchetti a ouvert la session."),
        ("II. OUVERTURE", "Odile Marchetti a ouvert la session."),
        ("Animation : Mme Ada Lund, du port. Invité : M. B. Roy", "La session a été ouverte."),
        (f"{CUT}.", REST),
    ],
)
def test_what_is_no_running_text_does_not_go_on(above: str, below: str) -> None:
    assert blocks(parts(INTRODUCTION, above, below))[-1][1] == below


def test_a_head_right_below_a_page_number_with_dashes_is_no_text() -> None:
    pages = [
        "Les registres des ports doivent être tenus à jour par",
        "les capitaineries, qui les transmettent aux mairies. Les maires ont demandé que",
        "des copies en soient faites.",
    ]
    body = parts(INTRODUCTION, pages[0])
    for number, page in enumerate(pages[1:], start=2):
        body += f"\n\n            - {number} -\nIDM 2027/1 - Rapport final\n\n{page}"
    assert [text for kind, text in blocks(body) if kind == "paragraph"][1:] == [" ".join(pages)]
    kinds = {p.text: p.kind for p in structure(minimal(body)).passages}
    assert kinds["IDM 2027/1 - Rapport final"] == "artefact"


# Who made what a sentence introduces


@pytest.mark.parametrize(
    ("lead", "attribution", "words"),
    [
        (
            "Parmi les mesures proposées par les participants figurent les suivantes :",
            "participants",
            "les participants",
        ),
        (
            "Les mesures ci-après ont été retenues parmi celles formulées par les orateurs :",
            "speakers",
            "les orateurs",
        ),
        ("Les mesures prioritaires sont les suivantes :", "document", None),
    ],
)
def test_items_are_of_those_who_made_what_introduces_them(
    lead: str, attribution: str, words: str | None
) -> None:
    items = "- Ouvrir des écoles de voile ;\n- Former les équipages."
    found = rows(minimal(parts(INTRODUCTION, lead, items)))["recommendations"]
    assert [(row["attribution"], row["attributed_to"]) for row in found] == [
        (attribution, words)
    ] * 2


@pytest.mark.parametrize(
    ("language", "lead", "words"),
    [
        (
            ENGLISH,
            "Among the measures proposed by participants were the following:",
            "participants",
        ),
        (ENGLISH, "The following actions were identified by the speakers:", "the speakers"),
        (
            SPANISH,
            "Entre las medidas propuestas por los ponentes figuran las siguientes:",
            "los ponentes",
        ),
    ],
)
def test_makers_of_lists_in_other_languages(language: Passages, lead: str, words: str) -> None:
    items = "- Night schools in every port;\n- Recognition of diplomas."
    found = language.rows(f"{lead}\n\n{items}")["recommendations"]
    assert [(row["force"], row["attributed_to"]) for row in found] == [("priority", words)] * 2


# Questions


@pytest.mark.parametrize(
    "sentence",
    [
        "Participants asked Governments to see that pupils who move are enrolled within a week.",
        "Delegates asked who pays for evening classes, and urged cities to open schools at night.",
    ],
)
def test_a_question_hides_only_itself_in_english(sentence: str) -> None:
    row = ENGLISH.recommendation(sentence)
    assert row is not None
    assert row["force"] == "call"


def test_a_question_hides_only_itself_in_spanish() -> None:
    sentence = (
        "Los panelistas debatieron qué ocurre con los alumnos que se mudan, y estimaron que el"
        " plazo de inscripción debería ampliarse."
    )
    row = SPANISH.recommendation(sentence)
    assert row is not None
    assert row["force"] == "obligation"
    assert SPANISH.recommendation("Los panelistas debatieron qué plazo debería fijarse.") is None


# Hours in running text are no figures


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (ENGLISH, "The schools were open from 9.00 to 12.30 on both days."),
        (SPANISH, "Las escuelas abrieron de 14.00 a 17.00 los dos días."),
    ],
)
def test_hours_are_no_figures(language: Passages, sentence: str) -> None:
    values = [row["value"] for row in language.rows(sentence)["figures"]]
    assert not {9.0, 12.3, 14.0, 17.0} & set(values)
