"""People in lists of every shape: bullets, semicolons, agendas, tables, delegations; names without
commas; who was only elsewhere; and the warning on somebody who was not read."""

import pytest

from documents import rows

HEADER = """\
International Dialogue on Migration 2042
Piers and pantries

14-15 March 2042, Palais des Nations, Geneva

Summary of conclusions

The first session of the Dialogue was held in Geneva on 14 and 15 March.

"""

Person = tuple[str, str | None, str | None, set[str]]  # name, position, country, roles

LISTS: dict[str, tuple[str, list[Person]]] = {
    "bullets under a line with hours": (
        "9:30 – 10:00 Welcome remarks\n\n- Ms. Ida Holm, Mayor of Bergen\n- Rita van der Meer\n",
        [
            ("Ida Holm", "Mayor of Bergen", None, {"opening"}),
            ("Rita van der Meer", None, None, {"opening"}),
        ],
    ),
    "a note behind the position": (
        "Speakers:\n\n- Ms. Ida Holm, Mayor of Bergen (Presentation)\n",
        [("Ida Holm", "Mayor of Bergen", None, {"speaker"})],
    ),
    "country or position before a colon": (
        "Closing remarks\n\n- Chile: Mr. Hugo Lang, Minister of Labour\n"
        "- Minister of Health of Peru: Ms. Ana Gil\n",
        [
            ("Hugo Lang", "Minister of Labour", "CHL", {"closing"}),
            ("Ana Gil", "Minister of Health of Peru", "PER", {"closing"}),
        ],
    ),
    "somebody else speaks for the one named": (
        "Opening session\n\n- Ida Holm, Mayor of Bergen, delivered by Ola Berg, Chief of Staff\n",
        [("Ola Berg", "Chief of Staff", None, {"opening"})],
    ),
    "semicolons behind a verb": (
        "The panellists were: Ida Holm, Mayor of Bergen; Mr. Kofi Addo, Ghana; and Ana Gil,"
        " Director of the Tide Board.\n",
        [
            ("Ida Holm", "Mayor of Bergen", None, {"speaker"}),
            ("Kofi Addo", None, "GHA", {"speaker"}),
            ("Ana Gil", "Director of the Tide Board", None, {"speaker"}),
        ],
    ),
    "columns of a table": (
        "Speakers\n\n| Name | Title | Country |\n|---|---|---|\n"
        "| Mr. Ola Berg | Minister of Ports | Norway |\n",
        [("Ola Berg", "Minister of Ports", "NOR", {"speaker"})],
    ),
    "a delegation under its country": (
        "List of participants\n\nNorway\n\n- Ms. Ida Holm, Ambassador\n",
        [("Ida Holm", "Ambassador", "NOR", {"participant"})],
    ),
    "no comma between position and name": (
        "The Minister of Labour of Chile Ana Gil said that piers had aged."
        " IOM Director General Ola Berg agreed.\n",
        [
            ("Ana Gil", "Minister of Labour of Chile", "CHL", {"speaker"}),
            ("Ola Berg", "IOM Director General", None, {"speaker"}),
        ],
    ),
    "the unknown body of somebody named before it is nobody": (
        "Ms. Ida Holm, Director of the Quay Authority of Upper Vik, opened the session."
        " Ola Berg, Head of the Lamp House of Lower Vik, said that piers had aged.\n",
        [
            ("Ida Holm", "Director of the Quay Authority of Upper Vik", None, {"opening"}),
            ("Ola Berg", "Head of the Lamp House of Lower Vik", None, {"speaker"}),
        ],
    ),
    "particles, generations, second surnames": (
        "Speakers:\n\n- Mr. Joost van ’t Hof, Director of the Tide Board\n"
        "- Mr. Earl Dow Jr., Mayor of Boston\n- Ms. Rosa Paz y Lugo, Mayor of Lima\n",
        [
            ("Joost van ’t Hof", "Director of the Tide Board", None, {"speaker"}),
            ("Earl Dow Jr.", "Mayor of Boston", None, {"speaker"}),
            ("Rosa Paz y Lugo", "Mayor of Lima", None, {"speaker"}),
        ],
    ),
}


@pytest.mark.parametrize(("body", "expected"), LISTS.values(), ids=LISTS)
def test_people_in_lists(body: str, expected: list[Person]) -> None:
    tables = rows(HEADER + body)
    roles: dict[str, set[str]] = {}
    for row in tables["interventions"]:
        roles.setdefault(str(row["participant_id"]), set()).add(str(row["role"]))
    found = [
        (row["name"], row["position"], row["country_code"], roles[str(row["participant_id"])])
        for row in tables["participants"]
        if row["kind"] == "person"
    ]
    assert found == expected


@pytest.mark.parametrize(
    "item", ["Ms. Ida Holm, Mayor of Bergen", "Ghana: Mr. Kofi Addo, Minister of Ports"]
)
def test_somebody_in_a_bullet_without_a_role_is_a_warning(item: str) -> None:
    tables = rows(f"{HEADER}Ports of call\n\n- {item}\n")
    assert not [row for row in tables["participants"] if row["kind"] == "person"]
    assert [row["text"] for row in tables["warnings"] if row["kind"] == "list_item"] == [item]


@pytest.mark.parametrize(
    "sentence",
    [
        "In 2014, the World Bank estimated that fares had doubled.",
        "Prior to the meeting, UNICEF had announced a survey.",
        "The review is yearly, as the General Assembly requested.",
    ],
)
def test_bodies_that_acted_elsewhere_take_no_part(sentence: str) -> None:
    assert rows(HEADER + sentence + "\n")["participants"] == []
