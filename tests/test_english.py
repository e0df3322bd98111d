"""What is read in English documents: headers, figures, recommendations, who says them to whom."""

import pytest

from passages import ENGLISH, bullets, rows_of

groups = ENGLISH.groups
objectives = ENGLISH.objectives
recommendation = ENGLISH.recommendation
rows = ENGLISH.rows
said_by = ENGLISH.said_in_item

FORCES = {
    "Delegates committed themselves to opening a ferry line for seasonal workers.": "commitment",
    "Participants pledged to halve the price of bus passes for apprentices.": "commitment",
    "Delegations renewed their commitment to the portability of school records.": "commitment",
    "Speakers urged port cities to publish their tariffs in five languages.": "call",
    "There was a strong call to end the detention of stowaways.": "call",
    "Ports may wish to share their radars.": "call",
    "Measures proposed by the pilots included the sharing of radars.": "call",
    "A call was made for shipowners to publish their contracts.": "call",
    "Appeals were also launched to open the locks in winter.": "call",
    "There was broad support for opening the locks in winter.": "call",
    "Caution is nonetheless called for in the use of sonar.": "obligation",
    "Lower fares were called for.": "call",
    "Support was expressed for the creation of a seafarers' pension.": "call",
    "Speakers cautioned against tying permits to a single shipowner.": "call",
    "Participants agreed that the timetables be printed in braille.": "call",
    "Participants were in favour of printing the timetables in braille.": "call",
    "The hope was expressed that fares would be capped.": "call",
    "The participants called upon railways to accept consular cards.": "call",
    "Panellists advocated the abolition of exit fees.": "call",
    "Delegates requested that the register be opened to researchers.": "call",
    "A number of speakers encouraged landlords to sign longer leases.": "call",
    "Participants invited banks to simplify the opening of accounts.": "call",
    "Speakers recommended that each school appoint a mediator.": "call",
    "It was recommended that evening classes be offered in the harbour.": "call",
    "Municipalities were urged to keep their libraries open on Sundays.": "call",
    "The delegations spoke out in favour of a common fare.": "call",
    "Participants proposed establishing a fund for ferries.": "call",
    "Speakers made a strong plea for longer opening hours.": "call",
    "Delegates supported the idea of a joint registry of seafarers.": "call",
    "School records should follow the pupil.": "obligation",
    "A new law should oblige ports to inspect hulls.": "obligation",
    "An end to the detention of stowaways is long overdue.": "obligation",
    "Speakers agreed that ports needed to offer shelters to crews.": "obligation",
    "Participants agreed that the timetables should be printed in braille.": "obligation",
    "Speakers insisted that pilots must be of age.": "obligation",
    "Training interpreters is essential.": "obligation",
    "Dredging the canal is a priority.": "obligation",
    "Priority is to be given to the crews of small boats.": "obligation",
    "Delegates noted that the locks had to be widened before the next flood.": "obligation",
    "There is no alternative to dredging the canal.": "obligation",
    "Harbour fees must not exceed the cost of the service.": "obligation",
    "Bus lines need to be extended to the suburbs.": "obligation",
    "Cities ought to consult tenants before they build.": "obligation",
    "It is essential to keep registers up to date.": "obligation",
    "It is of paramount importance that pilots speak the language of the crew.": "obligation",
    "There is an urgent need for interpreters in clinics.": "obligation",
    "Speakers underlined the need to train ferry captains.": "obligation",
    "Participants stressed the urgency of repairing the bridges.": "obligation",
    "The time has come to retire the old forms.": "obligation",
    "Sound planning requires reliable tide tables.": "obligation",
    "More ferries are urgently needed.": "obligation",
    "Interpreters are indispensable in maternity wards.": "obligation",
    "Political will is going to matter, and steady funding will be essential.": "obligation",
    "No timetable can work without the consent of the drivers.": "obligation",
    "We cannot afford to lose another generation of teachers.": "obligation",
    "States have a duty to register every birth.": "obligation",
    "It is up to the ports to publish their rules.": "obligation",
    "What is needed is a single counter for all papers.": "obligation",
    "There was a call for cheaper crossings.": "call",
    "Ports were reminded of their duty to publish fares.": "call",
    "Greater investment in ferries was called for.": "call",
    "Emphasis was placed on the need to repair the bridges.": "obligation",
    "Only by pooling their funds can islands buy ferries.": "obligation",
    "Speakers underscored the importance of training ferry captains.": "importance",
    "Delegates highlighted the importance of stronger cooperation between ports.": "importance",
    "Participants drew attention to the importance of a shared timetable.": "importance",
    "The best way to keep pupils in school is to feed them.": "importance",
}

NO_RECOMMENDATIONS = [
    "The second forum is due to be held in Lisbon in May 2032.",
    "The conference, which is to take place in Lima, will last two days.",
    "The session aimed to identify what ports should do.",
    "As called for in resolution 73/195, the registers were merged.",
    "The resolution invites States to open their ports.",
    "Speakers presented the ferries that they had bought.",
    "Many families have to wait for months before a visa is issued.",
    "The locks had to be closed twice during the flood.",
    "The law of 2019 obliges ports to inspect hulls.",
    "The delegation of Fiji suggested that sea levels were rising faster.",
    "Nobody has to explain to an islander what a ferry is.",
    "The Director General invited delegations to visit the exhibition.",
    "The islanders noted the importance of fishing for their income.",
    "Particular emphasis was placed on the role of fishing villages.",
    "She underlined the importance of the exchanges for the work of the ports.",
    "It is hoped that a manual will be printed before the end of the year.",
    "The report of the session should be available in May.",
    "Shipowners are required by law to insure their crews.",
    "Timetables are essential for travellers.",
    "Young people have to pay for their own uniforms, speakers said.",
    "It should be noted that the bridge was closed in March.",
    "If fares rise again, ferries could lose half of their passengers.",
    "Should fares rise again, ferries will lose half of their passengers.",
    "Ferries can shorten the way to school.",
    "Speakers stressed that ferries are at the heart of island life.",
    "Participants underlined the importance of migration for the islands.",
    "Speakers highlighted the value of the discussions held at the session.",
    "The full report will be made available on the website of the Dialogue.",
    "Speakers asked how ports could lower their fees.",
    "The Port Authority offered to host the next seminar.",
    "The island has the skills needed to run its own ferries.",
    "Where necessary, interpreters were hired.",
    "The tickets must have been sold before noon.",
    "Participants were invited to take the floor.",
    "A project called Open Gates trains young sailors.",
    "The ferry company stands ready to assist.",
    "Who should pay for the bridge?",
    "The needs of islanders differ from those of visitors.",
    "Participants thanked the host city for its welcome.",
    "The Global Compact calls for approaches that involve all of society.",
    "Pupils have shown that ferries are often late.",
    "The demand for pilots will continue to grow.",
    "One panellist recalled that her union had called for reforms in 2010.",
    "A lack of interpreters may lead to mistakes.",
]

SOURCES = {
    ("Participants emphasized that fares had doubled.",): ("participants", "Participants"),
    ("Several speakers recalled that the bridge was old.",): ("speakers", "Several speakers"),
    ("Delegates also noted that fares had doubled.",): ("delegates", "Delegates"),
    ("Government representatives admitted that fares had doubled.",): (
        "delegates",
        "Government representatives",
    ),
    ("The discussion showed that fares had doubled.",): ("other", "The discussion"),
    ("It was pointed out that fares had doubled.",): ("other", None),
    ("There was a shared sense that fares should fall.",): ("other", None),
    ("Not all participants agreed that fares should fall.",): (
        "participants",
        "Not all participants",
    ),
    ("On Tuesday, delegates returned to the subject and called for lower fares.",): (
        "delegates",
        "delegates",
    ),
    ("Fares must fall, in the view of Ms. Ada Lindgren (Norway).",): ("person", "Ada Lindgren"),
    ("Norway and the European Union called for lower fares.",): (
        "delegations",
        "European Union, Norway",
    ),
    ("Answering Samoa, the representative of Tonga said that fares had doubled.",): (
        "delegations",
        "Tonga",
    ),
    ("A call was made by several delegates for lower fares.",): ("delegates", "several delegates"),
    ("A call was made for lower fares.",): ("other", None),
    ("There was consensus among participants that fares should fall.",): (
        "participants",
        "participants",
    ),
    ("Peru described a ferry.", "Delegates did not want a fund; they called for lower fares."): (
        "delegates",
        "Delegates",
    ),
    ("The ferry is old.", "Speakers described it.", "They also came out in favour of a fund."): (
        "speakers",
        "Speakers",
    ),
    ("Many stressed that fares had doubled.",): ("participants", "Many"),
    ("Peru and Mali described a ferry.", "All called for lower fares."): (
        "delegations",
        "Peru and Mali",
    ),
    ("Speakers and participants agreed that fares had doubled.",): (
        "participants",
        "Speakers and participants",
    ),
    ("All three panellists agreed that fares had doubled.",): ("speakers", "All three panellists"),
    ("Those who took the floor agreed that fares had doubled.",): (
        "speakers",
        "Those who took the floor",
    ),
    ("Interventions from the floor called for lower fares.",): (
        "other",
        "Interventions from the floor",
    ),
    ("The third panel concluded that fares had doubled.",): ("other", "The third panel"),
    ("Representatives of civil society called for lower fares.",): (
        "other",
        "Representatives of civil society",
    ),
    ("Fares should be capped, according to most delegates.",): ("delegates", "most delegates"),
    ("From the perspective of Ms. Ada Lindgren, Mayor of Oulu, fares must fall.",): (
        "person",
        "Ada Lindgren",
    ),
    ("Ms. Ada Lindgren (Norway) and Mr. Tom Okafor (Ghana) both called for lower fares.",): (
        "person",
        "Ada Lindgren, Tom Okafor",
    ),
    ("In reply to Mr. Tom Okafor (Ghana), Ms. Ada Lindgren (Norway) called for lower fares.",): (
        "person",
        "Ada Lindgren",
    ),
    ("Speaking on behalf of the Group of 77, Cuba called for lower fares.",): (
        "delegations",
        "Cuba",
    ),
    ("Concern was expressed about the price of ferries.",): ("other", None),
    ("Peru and Mali called for a common fare.",): ("delegations", "Mali, Peru"),
    ("The representative of Kenya noted that fares had doubled.",): ("delegations", "Kenya"),
    ("Several delegations, including those of Chad and Peru, asked for a map.",): (
        "delegations",
        "Chad, Peru",
    ),
    ("UNHCR reported that the tents had arrived.",): ("organisation", "UNHCR"),
    ("Ms. Ada Lindgren, Mayor of Oulu, said that fares had doubled.", "She called for a map."): (
        "person",
        "Ada Lindgren",
    ),
    ("Mr. Tom Okafor, Director of Ports, said that fares had doubled.", "He urged calm."): (
        "person",
        "Tom Okafor",
    ),
    ("As stressed by Ms. Ada Lindgren, Mayor of Oulu, fares have doubled.",): (
        "person",
        "Ada Lindgren",
    ),
    ("As Ms. Ada Lindgren put it, a ferry is a school bus.",): ("person", "Ada Lindgren"),
    ("According to Ms. Ada Lindgren, Mayor of Oulu, fares have doubled.",): (
        "person",
        "Ada Lindgren",
    ),
    ("Ms. Ada Lindgren, Mayor of Oulu, described a ferry.", "In her view, fares must fall."): (
        "person",
        "Ada Lindgren",
    ),
    ("Speakers described a ferry.", "They urged cities to buy more."): ("speakers", "Speakers"),
    ("Speakers described a ferry.", "Fares must fall."): ("document", None),
    ("The harbour has three ferries.",): ("document", None),
}

ADDRESSEES = {
    "Governments should publish their tariffs.": "Governments",
    "National and local authorities must keep registers.": "National and local authorities",
    "Speakers urged port cities to publish their tariffs.": "port cities",
    "Participants called on the private sector to pay decent wages.": "the private sector",
    "Municipalities were encouraged to open their libraries.": "Municipalities",
    "Ports were reminded of their duty to publish fares.": "Ports",
    "There is a need for States to merge their registers.": "States",
    "Speakers recommended that donors fund ferries.": "donors",
    "It is for the ministries of labour to inspect ships.": "the ministries of labour",
    "Fares should be lowered.": None,
    "Migration policies should be based on evidence.": None,
    "Employer sanctions must be enforced.": None,
    "Ferries must be safe.": None,
    "It is essential to keep registers up to date.": None,
}


@pytest.mark.parametrize(("sentence", "force"), FORCES.items(), ids=list(FORCES))
def test_the_force_of_a_recommendation(sentence: str, force: str) -> None:
    row = recommendation(sentence)
    assert row is not None
    assert row["force"] == force


@pytest.mark.parametrize("sentence", NO_RECOMMENDATIONS)
def test_what_looks_like_a_recommendation_and_is_none(sentence: str) -> None:
    assert recommendation(sentence) is None


@pytest.mark.parametrize(("sentences", "source"), SOURCES.items(), ids=[s[-1] for s in SOURCES])
def test_who_says_it(sentences: tuple[str, ...], source: tuple[str, str | None]) -> None:
    attribution, words = said_by(*sentences)
    assert attribution == source[0]
    if source[1] is None or words is None:
        assert words == source[1]
    else:
        assert sorted(words.split(", ")) == sorted(source[1].split(", "))


@pytest.mark.parametrize(("sentence", "addressee"), ADDRESSEES.items(), ids=list(ADDRESSEES))
def test_who_is_to_act(sentence: str, addressee: str | None) -> None:
    row = recommendation(sentence)
    assert row is not None
    assert row["addressee"] == addressee


@pytest.mark.parametrize(
    "items",
    [
        ("Strengthen the bridges;", "Lower the fares."),
        ("Strengthening the bridges;", "Lowering the fares."),
        ("To strengthen the bridges;", "To lower the fares."),
        ("That States strengthen the bridges;", "That cities lower the fares."),
        ("Stronger bridges;", "Lower fares."),
    ],
    ids=["base form", "gerund", "with to", "clause", "noun"],
)
def test_items_of_a_list_of_actions(items: tuple[str, ...]) -> None:
    lead = "Participants agreed on the following priority actions:"
    found = rows(lead, bullets(*items))["recommendations"]
    assert [row["text"] for row in found] == list(items)
    assert {row["force"] for row in found} == {"priority"}
    assert {row["attribution"] for row in found} == {"participants"}


def test_a_list_of_facts_holds_no_actions() -> None:
    lead = "Speakers presented the following examples:"
    items = ("A ferry that runs at night;", "A school on the pier.")
    assert rows(lead, bullets(*items))["recommendations"] == []


def test_a_heading_of_recommendations_makes_actions_of_its_items() -> None:
    found = rows(bullets("Lower the fares.", "Open the pier."), section="recommendations")
    assert [row["force"] for row in found["recommendations"]] == ["priority", "priority"]


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("Migrant workers should keep their passports.", {"migrant_workers"}),
        ("Women and girls should travel free.", {"women", "girls"}),
        ("Fares should be lower for children and older persons.", {"children", "older_persons"}),
        ("Ferries should be open to persons with disabilities.", {"persons_with_disabilities"}),
        ("Undocumented migrants should see a doctor.", {"irregular_migrants"}),
        ("Refugees and asylum seekers should work.", {"refugees"}),
        ("Returnees and their families should be helped.", {"returnees", "families"}),
        ("Victims of trafficking should be housed.", {"trafficking_victims"}),
        ("Diaspora members and host communities should meet.", {"diaspora", "local_communities"}),
        ("Youth networks should be consulted.", {"youth_networks"}),
        ("Internally displaced persons should vote.", {"displaced_persons"}),
        ("Missing migrants should be searched for.", {"missing_migrants"}),
        ("UNHCR and UN Women should share an office.", set()),
        ("The migration service should answer letters.", set()),
    ],
)
def test_groups_of_people(sentence: str, codes: set[str]) -> None:
    assert groups(sentence) == codes


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("Objectives 19 and 20 of the Global Compact should guide banks.", {"19", "20"}),
        ("Banks should follow GCM objectives 4, 8 and 20.", {"4", "8", "20"}),
        ("Targets 10.7 and 17.18 of the SDGs and the Compact should be linked.", set()),
        ("The cost of remittances should fall.", {"20"}),
        ("Social security should be portable.", {"22"}),
        ("Smugglers should be prosecuted.", {"9"}),
        ("Search and rescue should be resumed.", {"8"}),
        ("Immigration detention should be a last resort.", {"13"}),
    ],
)
def test_objectives_of_the_compact(sentence: str, codes: set[str]) -> None:
    found = objectives(sentence)
    assert codes <= found
    if not codes:
        assert not {"10", "17"} & found


HEADERS = {
    "military hours": (
        "International Dialogue on Migration 2032\n\nHarbours of learning\n\n"
        "14 October 2032 | 1400–1730 hrs (GMT+2) | virtual\n\nSummary of conclusions",
        ("2032-10-14", "2032-10-14", "14:00", "17:30", "GMT+2", "online", None, None),
    ),
    "place and online": (
        "International Dialogue on Migration 2032\n\nHarbours of learning\n\n"
        "30 September–1 October 2032\n\nPalais des Nations, Geneva, and online\n\n"
        "Summary of conclusions",
        ("2032-09-30", "2032-10-01", None, None, None, "hybrid", "Palais des Nations", "Geneva"),
    ),
    "dates_first": (
        "International Dialogue on Migration 2032\n\nHarbours of learning\n\n"
        "26 - 27 March 2032, 9:00 to 12:00 EST/ 15:00 to 18:00 CEST, online\n\n"
        "Summary of conclusions",
        ("2032-03-26", "2032-03-27", "09:00", "12:00", "EST", "online", None, None),
    ),
    "month_first": (
        "International Dialogue on Migration 2032\n\nHarbours of learning\n\n"
        "October 14th and 15th, 2032\n\nPalais des Nations, Geneva (hybrid)\n\nChair's Summary",
        ("2032-10-14", "2032-10-15", None, None, None, "hybrid", "Palais des Nations", "Geneva"),
    ),
    "two_months": (
        "IDM 2032\n\nHarbours of learning\n\n29 February – 2 March 2032, 9 a.m. to 12.30 p.m. "
        "(New York time), virtual\n\nSummary of conclusions",
        ("2032-02-29", "2032-03-02", "09:00", "12:30", "New York time", "online", None, None),
    ),
    "weekdays": (
        "International Dialogue on Migration 2032\n\nHarbours of learning\n\n"
        "Monday, 6 December to Wednesday, 8 December 2032\n\n"
        "Kenyatta International Convention Centre, Nairobi\n\nFinal report",
        (
            "2032-12-06", "2032-12-08", None, None, None, None,
            "Kenyatta International Convention Centre", "Nairobi",
        ),
    ),
    "range_of_days": (
        "Second session of the International Dialogue on Migration 2032\n\nHarbours of learning\n\n"
        "October 24-25th, 2032\n\nUnited Nations Headquarters, Conference Room 1, New York\n\n"
        "Summary of conclusions",
        (
            "2032-10-24", "2032-10-25", None, None, None, None,
            "United Nations Headquarters, Conference Room 1", "New York",
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("header", "fields"), HEADERS.values(), ids=list(HEADERS))
def test_fields_of_a_header(header: str, fields: tuple[str | None, ...]) -> None:
    body = "Participants exchanged views. They agreed that fares had doubled since the last winter."
    (session,) = rows_of(f"{header}\n\n{body}\n")["sessions"]
    names = ("start_date", "end_date", "start_time", "end_time", "timezone", "modality", "venue")
    found = [session[name] for name in (*names, "city")]
    assert [None if v is None else str(v)[:10].removesuffix(":00") if n in (2, 3) else str(v)
            for n, v in enumerate(found)] == list(fields)  # fmt: skip
    assert session["title"] == "Harbours of learning"
    assert session["year"] == 2032
    assert session["ordinal"] == (2 if header.startswith("Second") else 1)


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("Over 1,200 people had registered for the session.", {("registered", 1200, "over")}),
        ("The session comprised five panels.", {("panels", 5, "exact")}),
        (
            "Nearly 900 participants from some 85 countries attended the session.",
            {("attended", 900, "nearly"), ("countries", 85, "about")},
        ),
        ("The panels were led by 34 speakers and moderators.", {("speakers", 34, "exact")}),
        ("The two days of discussion were lively.", {("days", 2, "exact")}),
        ("There are 258 million migrants, or 3.4 per cent.", {("other", 258e6, "exact"),
                                                              ("other", 3.4, "exact")}),
        ("Resolution 73/195 was adopted in 2018, and COP 27 followed.", set()),
        ("Objective 20 was discussed at 10.30 a.m. on 11 June.", set()),
    ],
)  # fmt: skip
def test_figures(sentence: str, figures: set[tuple[str, float, str]]) -> None:
    tables = rows(sentence, section="introduction")
    ids = {r["sentence_id"] for r in tables["sentences"] if r["text"] == sentence}
    found = {
        (r["measure"], r["value"], r["qualifier"])
        for r in tables["figures"]
        if r["sentence_id"] in ids
    }
    assert found == figures


PANELS_IN_PROSE = {
    "first on": (
        'It was made up of three panels: the first on "Fares? Who pays them"; the second, on'
        ' "Locks and dykes"; and the third and last on "Crews at sea".',
        ["Fares? Who pays them", "Locks and dykes", "Crews at sea"],
    ),
    "by number": (
        "Panel 1 focused on ferries and fares, Panel 2 on locks and dykes, and Panel 3 on crews"
        " at sea.",
        ["ferries and fares", "locks and dykes", "crews at sea"],
    ),
    "last one": (
        "The first panel focused on island ferries. The second and last panel examined the locks.",
        ["island ferries", "the locks"],
    ),
    "items with a joint": (
        "It was organized around three panels, namely:\n\n– Ferries and fares: who pays?;\n–"
        " Bridges,"
        " tolls and trust; and\n– Crews after the storm.",
        ["Ferries and fares: who pays?", "Bridges, tolls and trust", "Crews after the storm"],
    ),
    "no panels": ("The first speaker focused on ferries, the second on the locks.", []),
}


@pytest.mark.parametrize(("text", "titles"), PANELS_IN_PROSE.values(), ids=list(PANELS_IN_PROSE))
def test_titles_of_panels_in_running_text(text: str, titles: list[str]) -> None:
    assert [row["title"] for row in rows(text, section="introduction")["panels"]] == titles


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_header_that_no_blank_line_parts_from_the_text(between: str) -> None:
    lines = (
        "INTERNATIONAL DIALOGUE ON MIGRATION 2031",
        "INTERSESSIONAL WORKSHOP ON",
        "OPEN SCHOOLS AND LEARNING ON THE WAY",
        "FINAL REPORT",
    )
    text = (
        "The second workshop of the year took place in Bangkok, Thailand, on 10 and 11 June 2031.\n"
        "It was attended by 300 participants.\n"
    )
    (session,) = rows_of("\n".join(lines) + between + text)["sessions"]
    assert (session["title"], session["city"]) == (lines[2], "Bangkok")
    assert session["stated_participants"] == 300
