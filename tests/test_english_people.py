"""Who takes part in English documents: names, functions, roles, the absent; states and bodies."""

import pytest

from passages import ENGLISH, bullets

persons = ENGLISH.persons
roles = ENGLISH.roles
rows = ENGLISH.rows
taking_part = ENGLISH.taking_part

FIELDS = {
    "a state's representative who speaks for a body": (
        "Mr. Ola Berg (Norway), speaking for the Pacific Islands Forum, recalled the treaty.",
        ("Ola Berg", "Mr.", None, None, "NOR", "government"),
    ),
    "a clause behind the function": (
        "After remarks by Ms. Ida Holm, Mayor of Bergen, the panels began.",
        ("Ida Holm", "Ms.", "Mayor of Bergen", None, None, "government"),
    ),
    "honours and a note behind the name": (
        "Speakers: Ms. Lena Fox OBE, founder of Atiak Sugar (TBC)",
        ("Lena Fox", "Ms.", "founder of Atiak Sugar", "Atiak Sugar", None, "private"),
    ),
    "degree between commas": (
        "Lena Fox, PhD, researcher at the University of Lima, presented a study.",
        (
            "Lena Fox", None, "researcher at the University of Lima", "University of Lima", None,
            "academia",
        ),
    ),
    "body in the chair": (
        "With Ms. Lena Fox of the Nautical Trust in the chair, the panel turned to fares.",
        ("Lena Fox", "Ms.", None, "Nautical Trust", None, "ngo"),
    ),
    "known body before a clause": (
        "Moderated by Ms. Lena Fox of the World Bank, the panel opened with a film.",
        ("Lena Fox", "Ms.", None, "World Bank", None, "un"),
    ),
    "speaking for a body, behind the name": (
        "Ms. Lena Fox, on behalf of the Pacific Islands Forum, recalled the treaty.",
        ("Lena Fox", "Ms.", None, "Pacific Islands Forum", None, "intergovernmental"),
    ),
    "state behind the name of a minister": (
        "Foreign Minister Kofi Mensah of Ghana recalled the treaty.",
        ("Kofi Mensah", None, "Foreign Minister", None, "GHA", "government"),
    ),
    "where a private person is from": (
        "Mr. Issa Diallo, a herder from Mali, described the wells.",
        ("Issa Diallo", "Mr.", "a herder from Mali", None, None, None),
    ),
    "the town that a private person is from": (
        "Ms. Ana Ruiz, a nurse from Nakuru, described the ward.",
        ("Ana Ruiz", "Ms.", "a nurse from Nakuru", None, None, "other"),
    ),
    "speaking for people, no body": (
        "Representing the herders of the delta, Mr. Issa Diallo described the wells.",
        ("Issa Diallo", "Mr.", None, None, None, None),
    ),
    "function and body behind the name": (
        "Ada Lindgren, Director General of IOM, opened the session.",
        ("Ada Lindgren", None, "Director General of IOM", "IOM", None, "un"),
    ),
    "body before the function": (
        "Tom Okafor, IOM Deputy Director General, moderated the first panel.",
        ("Tom Okafor", None, "IOM Deputy Director General", "IOM", None, "un"),
    ),
    "function before the name": (
        "The Minister of Labour of Kenya, Mr. Daniel Kipruto, stressed that fares had doubled.",
        ("Daniel Kipruto", "Mr.", "Minister of Labour of Kenya", None, "KEN", "government"),
    ),
    "possessive country": (
        "Portugal's Secretary of State for Migration, Ms. Rita Salgueiro, urged calm.",
        (
            "Rita Salgueiro", "Ms.", "Portugal's Secretary of State for Migration", None, "PRT",
            "government",
        ),
    ),
    "two functions": (
        "H.E. Ms. Marta Leal, Permanent Representative of Peru to the United Nations and Chair of"
        " the IOM Council, noted that fares had doubled.",
        (
            "Marta Leal", "H.E. Ms.",
            "Permanent Representative of Peru to the United Nations and Chair of the IOM Council",
            "IOM Council", "PER", "government",
        ),
    ),
    "country behind a comma": (
        "Mr. Ola Berg, Director of Consular Affairs, Norway, explained the scheme.",
        ("Ola Berg", "Mr.", "Director of Consular Affairs", None, "NOR", "government"),
    ),
    "country in brackets": (
        "Mr. Ola Berg (Norway) explained the scheme.",
        ("Ola Berg", "Mr.", None, None, "NOR", "government"),
    ),
    "body alone": (
        "Dr. Ayesha Khan, University of Cape Town, presented a study.",
        ("Ayesha Khan", "Dr.", None, "University of Cape Town", None, "academia"),
    ),
    "of a body, without a comma": (
        "Ms. Ruth Adler of the Fair Harvest Initiative described the orchards.",
        ("Ruth Adler", "Ms.", None, "Fair Harvest Initiative", None, None),
    ),
    "lower case, no body": (
        "Marko Petrov, a fruit picker, said that a roof matters.",
        ("Marko Petrov", None, "a fruit picker", None, None, None),
    ),
    "head of a private firm": (
        "Ms. Lena Fox, founder of Atiak Sugar, spoke of the mills.",
        ("Lena Fox", "Ms.", "founder of Atiak Sugar", "Atiak Sugar", None, "private"),
    ),
    "field of work, no body": (
        "Ms. Lena Fox, Head of Climate Action, spoke of the mills.",
        ("Lena Fox", "Ms.", "Head of Climate Action", None, None, None),
    ),
    "seat of the body": (
        "Mr. Ivo Klein, Director of the Institute for Drylands, based in Leipzig, Germany, agreed.",
        (
            "Ivo Klein", "Mr.", None, "Institute for Drylands", None, "academia",
        ),
    ),
    "speaking for a body": (
        "Speaking on behalf of the Pacific Islands Forum, Ms. Sela Vai said that reefs were dying.",
        ("Sela Vai", "Ms.", None, "Pacific Islands Forum", None, "intergovernmental"),
    ),
    "ambassador": (
        "Ambassador Kofi Mensah, Permanent Representative of Ghana, recalled the treaty.",
        (
            "Kofi Mensah", "Ambassador", "Permanent Representative of Ghana", None, "GHA",
            "government",
        ),
    ),
}  # fmt: skip

ROLES = {
    "Setting the scene, Ms. Ida Holm, Mayor of Bergen, recalled the flood.": {
        "Ida Holm": {"opening"}
    },
    "After the opening by Ms. Ida Holm, Mayor of Bergen, the panels began.": {
        "Ida Holm": {"opening"}
    },
    "Ms. Ida Holm, Mayor of Bergen, opened and closed the session.": {
        "Ida Holm": {"opening", "closing"}
    },
    "The session closed with remarks by Ms. Ida Holm, Mayor of Bergen.": {"Ida Holm": {"closing"}},
    "As moderator, Mr. Ola Berg (Norway) asked for short answers.": {"Ola Berg": {"moderator"}},
    "The panel, steered by Mr. Ola Berg (Norway), comprised Ms. Ida Holm, Mayor of Bergen, and Dr."
    " Hugo Lang, economist.": {
        "Ola Berg": {"moderator"},
        "Ida Holm": {"speaker"},
        "Hugo Lang": {"speaker"},
    },
    "The speakers were Chief Joseph Adeyemi, a ruler of the delta; Mr. Ola Berg (Norway); and Ana"
    " Ruiz, a picker.": {
        "Joseph Adeyemi": {"speaker"},
        "Ola Berg": {"speaker"},
        "Ana Ruiz": {"speaker"},
    },
    "The speakers were Mr. Ola Berg (Norway) and Ms. Ida Holm, Chief Executive Officer of Harbour"
    " Light.": {"Ola Berg": {"speaker"}, "Ida Holm": {"speaker"}},
    "Three panellists took part: Ms. Ida Holm, Mayor of Bergen; Dr. Hugo Lang, economist; and Mr."
    " Ola Berg (Norway).": {
        "Ida Holm": {"speaker"},
        "Hugo Lang": {"speaker"},
        "Ola Berg": {"speaker"},
    },
    "Ms. Ida Holm, speaking on behalf of Minister Ola Berg, described the reef.": {
        "Ida Holm": {"speaker"}
    },
    "Panel 2, with Ms. Rita Salgueiro in the chair, heard Mr. Ola Berg (Norway).": {
        "Rita Salgueiro": {"moderator"},
        "Ola Berg": {"speaker"},
    },
    "The Chair gave the floor to Mr. Ola Berg (Norway); to Ms. Ida Holm, Mayor of Bergen; and to"
    " Dr. Hugo Lang, economist.": {
        "Ola Berg": {"speaker"},
        "Ida Holm": {"speaker"},
        "Hugo Lang": {"speaker"},
    },
    "Ambassador Kofi Mensah (Ghana) gave the floor at the opening to Ms. Ida Holm, Mayor of"
    " Bergen; and to Dr. Hugo Lang, economist.": {
        "Kofi Mensah": {"opening"},
        "Ida Holm": {"opening"},
        "Hugo Lang": {"opening"},
    },
    "The closing session featured Ms. Ida Holm, Mayor of Bergen.": {"Ida Holm": {"closing"}},
    "Also speaking were Ms. Ida Holm, Mayor of Bergen, and Mr. Ola Berg (Norway).": {
        "Ida Holm": {"speaker"},
        "Ola Berg": {"speaker"},
    },
    "Ida Holm and Ola Berg, co-founders of Sea Aid, described the rescue.": {
        "Ida Holm": {"speaker"},
        "Ola Berg": {"speaker"},
    },
    "The session was opened by Ada Lindgren, Director General of IOM, along with Ida Holm and Ola"
    " Berg, co-chairs of the steering group.": {
        "Ada Lindgren": {"opening"},
        "Ida Holm": {"opening"},
        "Ola Berg": {"opening"},
    },
    "The session was opened by Ada Lindgren, Director General of IOM.": {
        "Ada Lindgren": {"opening"}
    },
    "Ada Lindgren, Director General of IOM, opened the session along with Tom Okafor, Mayor of"
    " Lagos.": {"Ada Lindgren": {"opening"}, "Tom Okafor": {"opening"}},
    "In her opening remarks, Ada Lindgren, Director General of IOM, welcomed the delegates.": {
        "Ada Lindgren": {"opening"}
    },
    "The keynote address was delivered by Professor Miriam Adler, University of Lagos.": {
        "Miriam Adler": {"keynote"}
    },
    "Dr. Hugo Lang, economist, gave the keynote speech.": {"Hugo Lang": {"keynote"}},
    "The panel on ferries was moderated by Ms. Rita Salgueiro, journalist.": {
        "Rita Salgueiro": {"moderator"}
    },
    "Ms. Rita Salgueiro, journalist, chaired the second panel.": {"Rita Salgueiro": {"moderator"}},
    "Opening the discussion, the moderator, Ms. Rita Salgueiro, asked for short answers.": {
        "Rita Salgueiro": {"moderator"}
    },
    "In a video message, Ms. Lena Fox, founder of Atiak Sugar, described her mills.": {
        "Lena Fox": {"video_message"}
    },
    "In his closing remarks, Tom Okafor, Mayor of Lagos, thanked the city.": {
        "Tom Okafor": {"closing"}
    },
    "The session was closed by Tom Okafor, Mayor of Lagos.": {"Tom Okafor": {"closing"}},
    "Mr. Ola Berg (Norway) shared his experience.": {"Ola Berg": {"speaker"}},
    "Mr. Ola Berg (Norway), who replaced Ms. Ida Holm, described the scheme.": {
        "Ola Berg": {"speaker"}
    },
    "Ms. Ida Holm, Mayor of Bergen, was unable to attend; Mr. Ola Berg, Deputy Mayor of Bergen,"
    " spoke on her behalf.": {"Ola Berg": {"speaker"}},
    "Ms. Ida Holm, Mayor of Bergen, could not join us.": {},
    "A statement by Ms. Ida Holm, Mayor of Bergen, was read out by Mr. Ola Berg, her adviser.": {
        "Ola Berg": {"speaker"}
    },
    "Speakers referred to a report by Ms. Ida Holm, Special Rapporteur.": {},
    "The reception centre is named after Clara Zetterberg, a nurse.": {},
    "Participants paid tribute to the late Hana Petrova, sociologist.": {},
    "The call made by the Secretary-General, António Guterres, was recalled.": {},
    "The seminar was held at the Mohammed VI International Conference Center.": {},
    "The Global Compact stressed the rights of all.": {},
    "Member States Parties called for a vote.": {},
    "However, Young People described their schools.": {},
}


@pytest.mark.parametrize(("sentence", "expected"), FIELDS.values(), ids=list(FIELDS))
def test_what_is_said_of_a_person(sentence: str, expected: tuple[str | None, ...]) -> None:
    found = persons(bullets(sentence))
    assert list(found) == [expected[0]]
    row = found[str(expected[0])]
    names = ("name", "honorific", "position", "organisation", "country_code", "sector")
    got = {name: row[name] for name in names}
    wanted = dict(zip(names, expected, strict=True))
    if wanted["position"] is None and wanted["organisation"] is not None:
        got["position"] = None  # the function may be told as well
    if wanted["sector"] is None:
        got["sector"] = None
    assert got == wanted


@pytest.mark.parametrize(("sentence", "expected"), ROLES.items(), ids=list(ROLES))
def test_the_roles_of_persons(sentence: str, expected: dict[str, set[str]]) -> None:
    assert roles(bullets(sentence)) == expected


def test_persons_of_a_list_with_labels() -> None:
    found = roles(
        "Moderator: Ms. Rita Salgueiro, journalist\n\n"
        "Speakers: Mr. Ola Berg, Norway; Dr. Hugo Lang, economist; and Ms. Lena Fox (Video)"
    )
    assert found["Rita Salgueiro"] == {"moderator"}
    assert {name for name, of in found.items() if of == {"speaker"}} == {
        "Ola Berg",
        "Hugo Lang",
        "Lena Fox",
    }


def test_panellists_listed_in_a_sentence() -> None:
    found = roles(
        "The panellists were: Oscar Benito, researcher at the University of Lima; Wafaa Ben,"
        " Director of Placement at the National Employment Agency of Morocco; and Salma El-Tayeb"
        " (Sudan)."
    )
    assert found == {name: {"speaker"} for name in ("Oscar Benito", "Wafaa Ben", "Salma El-Tayeb")}


def test_a_surname_and_an_office_mean_the_person() -> None:
    tables = rows(
        bullets(
            "Ms. Ada Lindgren, Mayor of Oulu, described a ferry.",
            "Ms. Lindgren added that fares had doubled.",
            "The Mayor called for a map.",
        )
    )
    assert [r["name"] for r in tables["participants"]] == ["Ada Lindgren"]
    said = {r["attribution"] for r in tables["sentences"] if "map" in str(r["text"])}
    assert said == {"person"}


def test_a_body_named_like_a_person_stays_one() -> None:
    assert (
        persons(
            bullets(
                "The non-governmental organization Terre Solidaire sent a letter.",
                "Terre Solidaire offered to translate it.",
            )
        )
        == {}
    )


@pytest.mark.parametrize(
    ("sentence", "states"),
    [
        (
            "The panels were led by 20 speakers, including representatives of governments"
            " (Canada, Egypt, the Philippines and Türkiye).",
            {"Canada", "Egypt", "Philippines", "Türkiye"},
        ),
        (
            "Speakers came from Bolivia (Plurinational State of), the Lao People's Democratic"
            " Republic and the Republic of Moldova.",
            {
                "Bolivia (Plurinational State of)",
                "Lao People's Democratic Republic",
                "Republic of Moldova",
            },
        ),
        ("The session was held in Kenya.", set()),
    ],
)
def test_states_listed_with_the_speakers(sentence: str, states: set[str]) -> None:
    assert taking_part("state", sentence) == states


@pytest.mark.parametrize(
    ("sentence", "states"),
    [
        ("The delegation of Lesotho circulated a manual.", {"Lesotho"}),
        ("Brazil's delegate noted that fares had doubled.", {"Brazil"}),
        ("Peru, supported by Chile and Ecuador, called for a map.", {"Peru", "Chile", "Ecuador"}),
        (
            "Peru described its ferries, while the Netherlands called for a map.",
            {"Peru", "Netherlands"},
        ),
        ("Malta and Fiji, as island States, called for a map.", {"Malta", "Fiji"}),
        ("Chad (chair of the group), Mali and Niger called for a map.", {"Chad", "Mali", "Niger"}),
        (
            "Statements were delivered by the representatives of Chile, Cuba (on behalf of the"
            " Group of 77) and the Holy See.",
            {"Chile", "Cuba", "Holy See"},
        ),
        ("The following States took the floor: Nepal and Oman.", {"Nepal", "Oman"}),
        ("His delegation and that of Italy called for a map.", {"Italy"}),
        (
            "The Government of Samoa and the Government of Tonga called for a map.",
            {"Samoa", "Tonga"},
        ),
        ("The representative of Fiji, also speaking for Tuvalu, called for a map.", {"Fiji"}),
        ("Peru described its ferries, while those of Chile are old.", {"Peru"}),
        ("Statements on the war in Chad were not taken up.", set()),
        ("Ferries to Lesotho have been cancelled.", set()),
        ("A project in Uganda showed how ferries are built.", set()),
    ],
)
def test_states_that_speak(sentence: str, states: set[str]) -> None:
    assert taking_part("state", bullets(sentence), section="synthesis") == states


def test_organisations_listed_with_the_speakers() -> None:
    found = taking_part(
        "organisation",
        "Speakers included senior officials of the European Commission and of the African Union"
        " Commission, and representatives of United Nations entities (UNHCR, UNICEF and ILO).",
    )
    assert found == {"European Commission", "African Union Commission", "UNHCR", "UNICEF", "ILO"}


@pytest.mark.parametrize(
    ("sentence", "organisations"),
    [
        (
            "Among the participants were UN agencies (UNICEF), the Nautical Safety Council and the"
            " NGO Harbour Light.",
            {"UNICEF", "Nautical Safety Council", "Harbour Light"},
        ),
        ("NGO Harbour Light participated in the session.", {"Harbour Light"}),
        (
            "Observers from the League of Arab States attended.",
            {"League of Arab States"},
        ),
        (
            "Statements were made by UNHCR, Cuba (on behalf of the Group of 77) and ILO.",
            {"UNHCR", "ILO"},
        ),
        ("Participants took part in a visit to the Museum of Navigation.", set()),
        ("The University of Lagos presented a survey.", {"University of Lagos"}),
        (
            "The Association of Lake Fishers reported on its guidelines.",
            {"Association of Lake Fishers"},
        ),
        ("The guidelines of UNICEF stressed that children come first.", set()),
    ],
)
def test_organisations_that_take_part(sentence: str, organisations: set[str]) -> None:
    assert taking_part("organisation", sentence) == organisations


def test_panellists_belong_to_the_panel_that_their_paragraph_begins_with() -> None:
    tables = rows(
        "Panel 2 was moderated by Ms. Rita Salgueiro, journalist. The panellists were: Oscar"
        " Benito, researcher at the University of Lima; and Salma El-Tayeb (Sudan).",
        panels=["Ferries and fares", "Bridges and tolls"],
    )
    found = {(row["role"], row["panel_id"]) for row in tables["interventions"]}
    assert found == {("moderator", "idm-2031-1-p02"), ("speaker", "idm-2031-1-p02")}


def test_a_country_inside_the_name_of_a_city_is_not_named() -> None:
    tables = rows(bullets("A cooperative in Mexico City hired women from Peru."))
    named = {row["country_code"] for row in tables["mentions"] if row["kind"] == "country"}
    assert named == {"PER"}


def test_a_country_alone_behind_a_name_is_whom_its_bearer_speaks_for() -> None:
    found = persons("Speakers: Mr. Ola Berg, Norway; Dr. Hugo Lang, economist")
    berg = found["Ola Berg"]
    assert (berg["country_code"], berg["position"], berg["organisation"]) == ("NOR", None, None)
    assert berg["sector"] == "government"


def test_an_office_is_not_that_of_a_deputy() -> None:
    tables = rows(
        bullets(
            "Mr. Tom Okafor, Director General of IOM, described a ferry.",
            "Ms. Rita Salgueiro, Deputy Director General of IOM, described a bridge.",
            "The Director General called for a map.",
        )
    )
    ids = {row["participant_id"]: row["name"] for row in tables["participants"]}
    (last,) = (r["sentence_id"] for r in tables["sentences"] if "map" in str(r["text"]))
    said = {ids[r["participant_id"]] for r in tables["attributions"] if r["sentence_id"] == last}
    assert said == {"Tom Okafor"}


@pytest.mark.parametrize(
    ("introduced", "country_code"),
    [
        ("The Kenyan Minister for Labour, Ms. Ida Holm,", "KEN"),
        ("Ms. Ida Holm, South African Deputy Minister for Home Affairs,", "ZAF"),
        ("Ms. Ida Holm, Dominican Minister for Labour,", None),
        ("Ms. Ida Holm, President of the American Dialogue,", None),
        ("Ms. Ida Holm, head of the Mexican border project,", None),
        ("Ms. Ida Holm, an Italian sociologist,", None),
    ],
)
def test_the_country_that_an_adjective_tells(introduced: str, country_code: str | None) -> None:
    sentence = f"{introduced} described the ferries."
    assert persons(bullets(sentence))["Ida Holm"]["country_code"] == country_code
    assert not [m for m in rows(bullets(sentence))["mentions"] if m["kind"] == "country"]
