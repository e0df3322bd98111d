"""What was not understood: one warning of each kind where it is due, and none where it is not."""

from dataclasses import replace

import pytest

from documents import ENGLISH, SPANISH, WHOLE, minimal, reference, rows, source
from flows.build import SEEDS
from flows.ground.source import Entry, Source
from flows.ingest import ingest
from flows.normalise import normalise
from flows.normalise.quality.doubts import doubts
from schemas import Row, Tables

THIRD = "Panel 3 : Relier les deux rives"
ITEM = "Les registres doivent être tenus à jour par les capitaineries."
INTRODUCED = "des associations."


def told(text: str) -> list[tuple[object, object]]:
    """Kind and text of the warnings of a document."""
    return [(row["kind"], row["text"]) for row in rows(text)["warnings"]]


def with_item(sentence: str) -> str:
    """The whole document with one more item among its conclusions."""
    return WHOLE.replace(f"- {ITEM}", f"- {ITEM}\n- {sentence}")


def with_header_line(line: str) -> str:
    return WHOLE.replace("7-9 juin 2027\n", f"7-9 juin 2027\n\n{line}\n")


def with_introduction(sentence: str) -> str:
    return WHOLE.replace(INTRODUCED, f"{INTRODUCED} {sentence}", 1)


def test_a_document_that_is_understood_has_none() -> None:
    assert told(WHOLE) == []


# Places


def test_a_warning_has_its_place_words_and_reason() -> None:
    text = with_item("La Convention de Brême sur les marées doit être appliquée par les ports.")
    (row,) = rows(text)["warnings"]
    name = "Convention de Brême sur les marées"
    assert text[slice(int(str(row["char_start"])), int(str(row["char_end"])))] == name
    assert row["warning_id"] == "idm-2027-1.fr-w-instrument-" + str(row["warning_id"])[-8:]
    assert row["rule"] == "warning.instrument"
    (problem,) = doubts(rows(text), [source(text)])
    line = 1 + text.count("\n", 0, text.index(name))
    place = f"documents/resume.txt:{line}:6"
    reason = "the name of an instrument that is not in the reference tables"
    assert str(problem) == f"{place}: {name}: {reason}"


def test_a_long_passage_is_shown_by_its_beginning() -> None:
    text = WHOLE + f"\n{'The tide is high and the ships are all in the harbour. ' * 5}\n"
    (problem,) = doubts(rows(text), [source(text)])
    assert "The tide is high and the ships" in problem.what
    assert len(problem.what) < 200


def test_ids_do_not_depend_on_other_warnings() -> None:
    one, other = "La Convention de Brême est citée.", "Le Traité de Cork est cité."
    ids = {str(row["warning_id"]) for row in rows(with_item(f"{one} {other}"))["warnings"]}
    assert len(ids) == 2
    assert {str(row["warning_id"]) for row in rows(with_item(other))["warnings"]} < ids


# Passages and sections


@pytest.mark.parametrize("line", ["Comité des fêtes du quartier du port", "Fanfare municipale"])
def test_a_line_of_the_header_that_says_nothing_known(line: str) -> None:
    assert told(with_header_line(line)) == [("header_line", line)]


@pytest.mark.parametrize(
    "line",
    ["9 heures-12 heures (GMT)", "en ligne", "Traduction non officielle", "Atelier d'intersession"],
)
def test_lines_of_the_header_that_are_known(line: str) -> None:
    assert told(with_header_line(line)) == []


FOREIGN = (
    "The parties have agreed that all of the ports in the region will be open to every ship that"
    " asks for it, and that none of them will be closed again for any of the reasons given here."
)


def test_a_passage_in_another_language() -> None:
    assert told(f"{WHOLE}\n{FOREIGN}\n") == [("passage", FOREIGN)]


def test_a_short_quotation_in_another_language_is_none() -> None:
    assert (
        told(with_item("Les marins ont chanté « What shall we do with the drunken sailor ».")) == []
    )


def test_a_document_without_conclusions() -> None:
    assert [kind for kind, _ in told(minimal())] == ["section"]


# Lists


def test_an_item_in_the_list_of_panels_that_is_no_panel() -> None:
    item = "Le déjeuner sera servi à bord"
    text = WHOLE.replace(f"- {THIRD}", f"- {THIRD}\n- {item}")
    assert told(text) == [("list_item", item)]


def test_an_item_that_names_a_moderator_or_leads_to_others_is_read() -> None:
    more = (
        "- Modératrice : Mme Aude Kerven, Maire de Lorient\n- Oratrices :\n- Mme Ada Lund, Ministre"
    )
    assert told(WHOLE.replace(f"- {THIRD}", f"- {THIRD}\n{more}")) == []


def test_an_entry_in_a_list_of_people_without_a_name() -> None:
    line = "Orateurs : Mme Aude Kerven, Maire de Lorient ; à confirmer ; M. Luc Abbo, armateur"
    text = WHOLE.replace(f"- {THIRD}", f"- {THIRD}\n\n{line}")
    assert told(text) == [("list_item", "à confirmer")]


def test_an_item_among_recommendations_that_is_none() -> None:
    heading = "Recommandations\n\n- Former les équipages aux premiers secours ;"
    text = WHOLE.replace(
        "À l'issue", f"{heading}\n- Les délégués ont salué la fanfare.\n\nÀ l'issue"
    )
    assert told(text) == [("list_item", "Les délégués ont salué la fanfare.")]
    assert told(WHOLE.replace("À l'issue", f"{heading}\n\nÀ l'issue")) == []


def test_a_list_of_what_was_done_holds_no_recommendations() -> None:
    lead = "Les participants ont cité les mesures suivantes :"
    listed = f"Recommandations\n\n{lead}\n\n- Ouvrir les quais."
    assert told(WHOLE.replace("À l'issue", f"{listed}\n\nÀ l'issue")) == []


def test_a_row_of_a_table_that_gave_nothing() -> None:
    table = "| Escale | Marée |\n|---|---|\n| basse | haute |\n"
    text = WHOLE.replace("À l'issue", f"{table}\nÀ l'issue")
    assert [kind for kind, _ in told(text)] == ["list_item"]


# Dates


@pytest.mark.parametrize(
    ("change", "date"),
    [
        (("du 7 au 9 juin", "du 7 au 31 juin"), "du 7 au 31 juin"),
        (("du 7 au 9 juin", "du 7 au 12 juin"), "du 7 au 12 juin"),
        (("7-9 juin 2027\n", "7-9 juin 2027, juillet 2027\n"), "juillet 2027"),
        (("7-9 juin 2027\n", "7-9 juin 2027, 99/06/2027\n"), "99/06/2027"),
        (("7-9 juin 2027\n", "7-9 juin 2027, 9 heures\n"), "9 heures"),
    ],
)
def test_a_date_that_cannot_be_read_or_is_not_the_session_s(
    change: tuple[str, str], date: str
) -> None:
    assert told(WHOLE.replace(*change, 1)) == [("date", date)]


def test_the_heading_of_a_day_that_is_none_of_the_session() -> None:
    heading = "Deuxième journée (18 juin 2027) : Les équipages"
    text = WHOLE.replace("À l'issue", f"## {heading}\n\n- {ITEM}\n\nÀ l'issue")
    assert ("date", "18 juin 2027") in told(text)
    assert told(text.replace("18 juin", "8 juin")) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "La prochaine session s'est tenue en juillet 2028.",
        "Depuis mars 2020, les ports sont ouverts.",
        "La précédente session s'est tenue le 3 mai 2026.",
        "En mai, les marées sont hautes.",
    ],
)
def test_other_dates_in_the_text_are_no_doubt(sentence: str) -> None:
    assert told(with_introduction(sentence)) == []


def test_a_number_before_a_colon_is_no_hour() -> None:
    assert told(WHOLE.replace("Ports et passerelles :", "Ports et COVID-19 :")) == []


# Totals


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("La session s'est articulée autour de cinq panels.", "cinq panels"),
        ("La session s'est articulée autour de deux panels.", "deux panels"),
        ("La session a duré deux jours.", "deux jours"),
    ],
)
def test_a_total_that_the_rows_do_not_meet(sentence: str, figure: str) -> None:
    assert told(with_introduction(sentence)) == [("total", figure)]


def test_a_total_that_is_stated_twice_and_differs() -> None:
    sentences = "La session a compté trois panels. La session s'est articulée autour de six panels."
    assert told(with_introduction(sentences)) == [("total", "six panels")]


@pytest.mark.parametrize(
    "sentence",
    [
        "La session s'est articulée autour de trois panels.",
        "La session a compté 30 orateurs.",  # few are named, as always
        "Près de 400 personnes ont participé à la session.",  # no rows correspond to it
    ],
)
def test_totals_that_are_met_as_far_as_they_can_be(sentence: str) -> None:
    assert told(with_introduction(sentence)) == []


# People


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Valeriya a souligné que la mer monte.", ["Valeriya"]),
        ("Aline Kouyaté a lu le message du port.", ["Aline Kouyaté"]),
        ("Selon Rosa Quint, la mer monte.", ["Rosa Quint"]),
        (
            "Sont intervenus Jean Valbert, Rosa Quint et Otto Berg.",
            ["Jean Valbert", "Rosa Quint", "Otto Berg"],
        ),
    ],
)
def test_a_name_beside_a_role_that_was_not_read(sentence: str, names: list[str]) -> None:
    people = {row["name"] for row in rows(with_item(sentence))["participants"]}
    assert told(with_item(sentence)) == [("person", name) for name in names if name not in people]


@pytest.mark.parametrize(
    "sentence",
    [
        "Mme Rosa Quint a souligné que la mer monte.",
        "Plusieurs ont souligné que la mer monte.",
        "Genève a souligné que la mer monte.",
        "Les ports de Grande Rivière ont souligné que la mer monte.",
        "Les bacs de Porto Blanc et de San Telmo ont rouvert.",
        "Le projet Grand Large a montré que la mer monte.",
        "La Croix-Rouge a souligné que la mer monte.",
    ],
)
def test_names_that_are_read_or_are_of_no_person(sentence: str) -> None:
    assert told(with_item(sentence)) == []


# Instruments and organisations


@pytest.mark.parametrize(
    ("sentence", "kind", "name"),
    [
        ("Le Pacte d'Arcachon a été cité.", "instrument", "Pacte d'Arcachon"),
        ("Citant la résolution 99/777, les ports ont agi.", "instrument", "99/777"),
        ("Les ports suivent l'Agenda 2091.", "instrument", "Agenda 2091"),
        (
            "Protocole de Cork sur les phares : les ports y souscrivent.",
            "instrument",
            "Protocole de Cork sur les phares",
        ),
        (
            "Les ports aident l'Alliance des phares du Ponant (APP).",
            "organisation",
            "Alliance des phares du Ponant",
        ),
        ("Les armateurs (ZQWX) sont venus.", "organisation", "ZQWX"),
    ],
)
def test_a_name_that_the_reference_tables_do_not_hold(sentence: str, kind: str, name: str) -> None:
    assert told(with_item(sentence)) == [(kind, name)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Le Pacte mondial pour des migrations sûres, ordonnées et régulières a été cité.",
        "L'Organisation internationale pour les migrations (OIM) et l'UNICEF sont là.",
        "Les programmes de formation et les accords de siège aident les ports.",
        "Programmes de formation, accords de siège : tout aide.",
        "Le Pacte doit être lu, et la Convention aussi.",
        "Mme Rosa Quint, Présidente du Conseil des phares du Ponant, a cité le vent.",
        "Accord sur le principe, réserve sur le reste.",
    ],
)
def test_names_that_are_known_or_none(sentence: str) -> None:
    assert told(with_item(sentence)) == []


def test_an_organisation_that_says_something_is_no_person() -> None:
    sentence = "L'Alliance Phares du Ponant a souligné l'importance du vent."
    assert told(with_item(sentence)) == [("organisation", "Alliance Phares du Ponant")]


def test_a_name_is_told_once() -> None:
    text = with_item("Le Pacte d'Arcachon a été cité. Le Pacte d'Arcachon est récent.")
    assert told(text) == [("instrument", "Pacte d'Arcachon")]


# English and Spanish


@pytest.mark.parametrize(
    ("text", "old", "new", "kind", "said"),
    [
        (
            ENGLISH,
            "the ports.",
            "the ports under the Cork Agreement.",
            "instrument",
            "Cork Agreement",
        ),
        (
            ENGLISH,
            "the ports.",
            "the ports. The Charter of Brest on Tides was cited.",
            "instrument",
            "Charter of Brest on Tides",
        ),
        (
            ENGLISH,
            "harbour masters.",
            "harbour masters and by the Western Lights Network (WLN).",
            "organisation",
            "Western Lights Network",
        ),
        (ENGLISH, "7-9 June 2027", "7-9 June 2027, July 2027", "date", "July 2027"),
        (ENGLISH, "three panels", "five panels", "total", "five panels"),
        (
            ENGLISH,
            "\n- Panel 2",
            "\n- Lunch is served on deck\n- Panel 2",
            "list_item",
            "Lunch is served on deck",
        ),
        (
            ENGLISH,
            "harbour masters.",
            "harbour masters. Valeriya noted that tides rise.",
            "person",
            "Valeriya",
        ),
        (
            SPANISH,
            "los puertos.",
            "los puertos según el Convenio de Arrecife.",
            "instrument",
            "Convenio de Arrecife",
        ),
        (
            SPANISH,
            "al día.",
            "al día, y también la Red de Faros del Poniente (RFP).",
            "organisation",
            "Red de Faros del Poniente",
        ),
        (
            SPANISH,
            "7 a 9 de junio de 2027\n",
            "7 a 9 de junio de 2027, julio de 2027\n",
            "date",
            "julio de 2027",
        ),
        (SPANISH, "tres paneles", "cinco paneles", "total", "cinco paneles"),
        (
            SPANISH,
            "\n- Panel 2",
            "\n- Se servirá el almuerzo a bordo\n- Panel 2",
            "list_item",
            "Se servirá el almuerzo a bordo",
        ),
        (SPANISH, "al día.", "al día. Valeriya explicó que la mar sube.", "person", "Valeriya"),
    ],
)
def test_the_same_in_other_languages(text: str, old: str, new: str, kind: str, said: str) -> None:
    assert old in text.replace("\\\n", " ")
    assert told(text.replace(old, new, 1)) == [(kind, said)]


@pytest.mark.parametrize(
    ("text", "old", "sentence"),
    [
        (ENGLISH, "harbour masters.", "harbour masters. Civil Society and Member States agreed."),
        (ENGLISH, "harbour masters.", "harbour masters. Participants noted that tides rise."),
        (
            ENGLISH,
            "harbour masters.",
            "harbour masters. The Programme should be read. Plans matter.",
        ),
        (
            ENGLISH,
            "harbour masters.",
            "harbour masters, as the Paris Agreement and the Global Compact for Migration say.",
        ),
        (SPANISH, "al día.", "al día. Los Estados Miembros y la Sociedad Civil están de acuerdo."),
        (SPANISH, "al día.", "al día. El Programa debe leerse. Programas de formación ayudan."),
        (SPANISH, "al día.", "al día, como dicen el Acuerdo de París y el Pacto Mundial."),
    ],
)
def test_names_that_are_known_or_none_in_other_languages(
    text: str, old: str, sentence: str
) -> None:
    assert old in text
    assert told(text.replace(old, sentence, 1)) == []


# The register


def registered(**entry: str) -> list[Row]:
    one = replace(source(WHOLE), entry=Entry(**entry))
    tables, problems = normalise([one], reference())
    assert not problems
    return tables["warnings"]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"session_id": "idm-2026-1"}, "the session idm-2026-1, the text is of idm-2027-1"),
        ({"session_id": "idm-2027-2"}, "the session idm-2027-2, the text is of idm-2027-1"),
        ({"document_type": "agenda"}, "the type agenda, the text summary_of_conclusions"),
    ],
)
def test_a_register_that_the_text_denies(entry: dict[str, str], said: str) -> None:
    (row,) = registered(**entry)
    assert row["kind"] == "register"
    assert said in str(row["message"])
    assert "Première session du Dialogue" in str(row["text"])


def test_a_register_that_agrees() -> None:
    assert (
        registered(session_id="idm-2027-1", language="fr", document_type="summary_of_conclusions")
        == []
    )


# The genre


def test_the_real_documents_are_understood(real: Tables) -> None:
    assert real["warnings"] == []


def test_a_real_document_with_a_lost_reference_table_is_not(real_sources: list[Source]) -> None:
    """The shapes of names find what the tables would have told."""
    tables, _ = normalise(real_sources, {**reference(), "instrument_names": []})
    names = " | ".join(str(row["text"]) for row in tables["warnings"])
    for name in ("Pacte mondial", "Programme 2030", "Forum d'examen des migrations", "COP 27"):
        assert name in names


@pytest.fixture(scope="module")
def real_sources() -> list[Source]:
    sources, problems = ingest(SEEDS / "documents")
    assert not problems
    return sources


@pytest.fixture(scope="module")
def real(real_sources: list[Source]) -> Tables:
    return normalise(real_sources, reference())[0]
