"""States, organisations and groups that take part, and those that are merely named."""

import pytest

from passages import ENGLISH, FRENCH, SPANISH, Passages, bullets
from schemas import Tables

rows = FRENCH.rows

STATES: dict[str, tuple[str, set[str]]] = {
    "list of delegations": (
        "Plusieurs délégations, parmi lesquelles celles du Bhoutan, de la Norvège et des Fidji, ont"
        " demandé que les bacs soient gratuits.",
        {"BTN", "NOR", "FJI"},
    ),
    "delegations with dont": (
        "Certaines délégations, dont celles de l'Équateur et de Sri Lanka, ont salué les bacs.",
        {"ECU", "LKA"},
    ),
    "one delegation": ("La délégation du Kenya a décrit ses écoles du lac.", {"KEN"}),
    "unnamed representative": (
        "La représentante du Viet Nam a souligné que les quais étaient trop courts.",
        {"VNM"},
    ),
    "representative, postposed": (
        "Les quais sont trop courts, comme l'a rappelé le représentant de la Mongolie.",
        {"MNG"},
    ),
    "supported by": (
        "Le représentant de la Mongolie, appuyé par ceux du Népal et du Laos, a demandé que les"
        " cols restent ouverts.",
        {"MNG", "NPL", "LAO"},
    ),
    "the countries themselves": (
        "Le Ghana et le Pérou ont exhorté les ports à rester ouverts.",
        {"GHA", "PER"},
    ),
    "longest alias": (
        "Les délégations de la Guinée équatoriale et du Soudan du Sud ont salué les bacs.",
        {"GNQ", "SSD"},
    ),
    "place of a project": ("Trois écoles flottantes ont ouvert au Bangladesh.", set()),
    "object of a visit": ("Les orateurs ont évoqué les digues de la Belgique.", set()),
    "origin of people": ("Les saisonniers venus du Honduras logent dans les hangars.", set()),
    "a country that acted elsewhere": ("En 2028, le Portugal a rouvert deux phares.", set()),
    "country of a person": (
        "Mme Luz Ayala, Ministre du travail du Paraguay, a décrit les bacs.",
        set(),
    ),
    "embassy building": ("Les formulaires sont affichés à l'ambassade du Chili.", set()),
    "people quoted": ("La presse du Liban a décrit les bacs.", set()),
}

ORGANISATIONS: dict[str, tuple[str, set[str]]] = {
    "an organisation that speaks": (
        "L'Organisation internationale du Travail a souligné que les contrats oraux étaient rares.",
        {"ilo"},
    ),
    "its representative": (
        "Le représentant de l'Union africaine a décrit les marchés.",
        {"african-union"},
    ),
    "one within the other": (
        "La Commission de l'Union africaine a exhorté les ports à rester ouverts.",
        {"african-union-commission"},
    ),
    "merely named": (
        "Les participants ont salué le manuel du Comité international de la Croix-Rouge.",
        set(),
    ),
    "partner of something": (
        "Ce cours est donné avec l'appui du Programme alimentaire mondial.",
        set(),
    ),
    "body of a person": (
        "Dr Farhana Siddiqui, épidémiologiste à l'Organisation mondiale de la Santé, a parlé du"
        " choléra.",
        set(),
    ),
}

ADMINISTRATIONS = (
    "Les orateurs représentaient notamment des administrations publiques (Uruguay, Côte d'Ivoire,"
    " République de Corée, Pays-Bas), la Ligue des États arabes et des organismes des Nations Unies"
    " (Programme alimentaire mondial, Organisation internationale du Travail), ainsi que des"
    " syndicats."
)


def _codes(sentence: str) -> list[object]:
    tables = rows(bullets(sentence))
    return [row["country_code"] for row in tables["participants"] if row["kind"] == "state"]


@pytest.mark.parametrize(("sentence", "expected"), STATES.values(), ids=STATES)
def test_states(sentence: str, expected: set[str]) -> None:
    found = _codes(sentence)
    assert len(found) == len(set(found))
    assert set(found) == expected


@pytest.mark.parametrize(("sentence", "expected"), ORGANISATIONS.values(), ids=ORGANISATIONS)
def test_organisations(sentence: str, expected: set[str]) -> None:
    tables = rows(bullets(sentence))
    found = {row["entity_id"] for row in tables["participants"] if row["kind"] == "organisation"}
    assert found == expected


def test_countries_and_bodies_in_brackets_behind_a_category() -> None:
    tables = rows(ADMINISTRATIONS, section="introduction")
    found = tables["participants"]
    states = {row["country_code"]: row for row in found if row["kind"] == "state"}
    assert set(states) == {"URY", "CIV", "KOR", "NLD"}
    assert states["KOR"]["name"] == "République de Corée"
    assert {row["sector"] for row in states.values()} == {"government"}
    bodies = {row["entity_id"]: row["sector"] for row in found if row["kind"] == "organisation"}
    assert bodies == {"arab-league": "intergovernmental", "wfp": "un", "ilo": "un"}


def test_a_purpose_statement_names_no_participants() -> None:
    sentence = (
        "Le Dialogue permet aux États Membres de l'OIM, aux observateurs et à l'Union africaine de"
        " discuter des politiques de migration."
    )
    tables = rows(sentence, section="introduction")
    assert tables["participants"] == []


def test_a_state_heard_twice_is_one_participant() -> None:
    first = "La délégation du Kenya a décrit ses écoles du lac."
    second = "Comme l'a rappelé le représentant du Kenya, les quais sont trop courts."
    tables = rows(bullets(first, second))
    assert [row["participant_id"] for row in tables["participants"]] == ["idm-2031-1-kenya"]


def test_a_state_that_is_heard_has_the_role_participant() -> None:
    tables = rows(bullets("La délégation du Kenya a décrit ses écoles du lac."))
    (state,) = tables["participants"]
    assert (state["kind"], state["country_code"], state["entity_id"]) == ("state", "KEN", "ken")
    (row,) = tables["interventions"]
    assert (row["participant_id"], row["role"]) == (state["participant_id"], "participant")


TOGETHER = {
    "Le représentant de l'Union africaine et la représentante du HCR ont loué les phares.": {
        "Union africaine",
        "HCR",
    },
    "Les représentants du HCR, de l'OIT et de l'Union européenne ont décrit leurs phares.": {
        "HCR",
        "OIT",
        "Union européenne",
    },
    "La représentante du Kenya et celui du Pérou ont insisté sur les phares.": {"Kenya", "Pérou"},
}
TOGETHER_ELSEWHERE = [
    (
        ENGLISH,
        "The delegate of Ghana and that of the Philippines noted the cost of lighthouses.",
        {"Ghana", "Philippines"},
    ),
    (
        ENGLISH,
        "Representatives of the European Commission and of UNICEF described their lighthouses.",
        {"European Commission", "UNICEF"},
    ),
    (
        SPANISH,
        "El representante de la Unión Africana y la representante del ACNUR describieron faros.",
        {"Unión Africana", "ACNUR"},
    ),
    (SPANISH, "La representante de Kenya y el de Perú señalaron el costo.", {"Kenya", "Perú"}),
]


def _heard(tables: Tables) -> set[object]:
    participants = tables["participants"]
    return {row["name"] for row in participants if row["kind"] in ("state", "organisation")}


@pytest.mark.parametrize(("sentence", "expected"), TOGETHER.items())
def test_those_who_speak_together(sentence: str, expected: set[str]) -> None:
    assert _heard(rows(bullets(sentence))) == expected


@pytest.mark.parametrize(("language", "sentence", "expected"), TOGETHER_ELSEWHERE)
def test_those_who_speak_together_in_other_languages(
    language: Passages, sentence: str, expected: set[str]
) -> None:
    assert _heard(language.rows(sentence)) == expected


def test_a_common_word_for_a_body_is_no_name_by_itself() -> None:
    tables = rows(
        bullets(
            "Parmi les intervenants figuraient des représentants d'organismes internationaux"
            " (Banque mondiale, Association internationale des gardiens de phare)."
        ),
        section="introduction",
    )
    names = [row["name"] for row in tables["participants"] if row["kind"] == "organisation"]
    assert names == ["Banque mondiale"]
    assert all(row["char_start"] < row["char_end"] for row in tables["participants"])
