"""Who says it: the patterns by which a sentence names its source."""

import pytest

from passages import FRENCH, bullets, of_sentence

rows = FRENCH.rows
said_by = FRENCH.said_by

EFUA = "Mme Efua Boateng, directrice de l'école des docks de Tema, a décrit ses cours du soir."
IVO = "M. Ivo Marković, pilote du port de Rijeka, a décrit les nuits d'hiver."

COLLECTIVE = {
    # A1: the noun of the subject tells, whatever stands inside the verb
    "Les participants ont par ailleurs relevé que les quais avaient rouvert.": "participants",
    "Certains participants ont, en outre, noté que les bacs étaient pleins.": "participants",
    "Plusieurs intervenantes ont signalé des retards de paie.": "speakers",
    "Les orateurs et les oratrices ont beaucoup insisté sur la lenteur des guichets.": "speakers",
    "Des panélistes ont aussi rappelé que les phares étaient éteints.": "speakers",
    "De nombreux délégués ont souvent évoqué les longues files du matin.": "delegates",
    "Les gouvernements ont indiqué que les permis étaient désormais gratuits.": "delegates",
    "Des représentants des gouvernements ont noté une baisse des départs.": "delegates",
    "Les délégations ont constaté que les bacs étaient rares.": "delegates",
    "Les débats ont mis en lumière la solitude des apprentis.": "other",
    "Le dialogue a souligné la patience des équipages.": "other",
    # A2: the subject behind the verb, in that sentence alone
    "Comme l'ont rappelé plusieurs participants, les bus ne circulent pas la nuit.": "participants",
    "Les bacs sont rares, comme l'ont noté certains délégués.": "delegates",
    # A15: nobody named
    "Il a été rappelé que les phares étaient éteints.": "other",
    "L'attention a été attirée sur les écoles du fleuve.": "other",
    "La patience des équipages a également été mise en exergue.": "other",
    # A3: a source without a verb
    "Selon les intervenants, les bacs sont trop chers.": "speakers",
    "De l'avis des délégués, les quais sont trop courts.": "delegates",
    # A20: a source as a noun
    "Les témoignages des marins ont montré que les nuits étaient froides.": "other",
    # A18: nobody reports
    "Les bacs du delta relient onze villages.": "document",
    "Il faut repeindre les phares.": "document",
    "Il est évident que les bacs vieillissent.": "document",
    # a reporting verb's participle that reports nothing, subjects that do not speak
    "Les phares ont été mis en service au printemps.": "document",
    "Les participants au concours de voile sont rentrés hier.": "document",
    "La crue a montré la fragilité des digues.": "document",
    "Pour les bergers, la route est longue.": "document",
}

PERSONS = {
    "A1 full name": (("M. Ivo Marković a souligné que les quais étaient gelés.",), "Ivo Marković"),
    "A2 postposed, person": (
        (
            "Les bacs sont rares, comme l'a souligné Mme Efua Boateng, directrice de l'école des"
            " docks de Tema.",
        ),
        "Efua Boateng",
    ),
    "A2 at the start": (
        ("Comme l'a rappelé M. Ivo Marković, les quais gèlent en janvier.",),
        "Ivo Marković",
    ),
    "A3 by office": (
        (
            "Mme Anahit Sargsyan, Ministre du travail de l'Arménie, a décrit les chantiers.",
            "Pour la Ministre, les contrats oraux sont une impasse.",
        ),
        "Anahit Sargsyan",
    ),
    "A3 by pronoun": ((f"{EFUA} Selon elle, les livres manquent.",), "Efua Boateng"),
    "A4 participle and pronoun": (
        (f"{EFUA} Décrivant les cantines du port, elle a rappelé que le riz manquait.",),
        "Efua Boateng",
    ),
    "A5 body first": (
        (
            "Représentant l'Union des dockers du Pacifique, M. Sione Taufa a évoqué les accidents"
            " de nuit, faisant observer que les grues étaient vieilles.",
        ),
        "Sione Taufa",
    ),
    "A6 function with commas": (
        (
            "Mme Solveig Aas, conseillère principale, Ports et pêche, à l'Université de Tromsø, a"
            " relevé que les quais étaient trop courts.",
        ),
        "Solveig Aas",
    ),
    "A7 function first": (
        (
            "La Secrétaire d'État aux ports de l'Uruguay, Mme Lucía Etchebarne, a noté que les bacs"
            " étaient pleins.",
        ),
        "Lucía Etchebarne",
    ),
    "A8 no honorific": (
        ("Tomasz Wielgosz, capitaine du port de Gdynia, a indiqué que les quais gelaient.",),
        "Tomasz Wielgosz",
    ),
    "A9 surname": ((EFUA, "Mme Boateng a ajouté que les livres manquaient."), "Efua Boateng"),
    "A10 office": (
        (
            "M. Baurzhan Akhmetov, Vice-Ministre des transports du Kazakhstan, a parlé des trains.",
            "Le Vice-Ministre a ajouté que les wagons étaient pleins.",
        ),
        "Baurzhan Akhmetov",
    ),
    "she among two": (
        (f"{EFUA} {IVO} Elle a ajouté que les livres manquaient.",),
        "Efua Boateng",
    ),
    "he among two": (
        (f"{IVO} {EFUA} Il a ajouté que les remorqueurs dormaient à quai.",),
        "Ivo Marković",
    ),
    "pronoun over two sentences": (
        (f"{EFUA} Le hangar compte trente bancs. Elle a rappelé que le riz manquait.",),
        "Efua Boateng",
    ),
    "pronoun without an honorific": (
        (
            "Ngozi Adeleke, fondatrice de la coopérative Filets bleus, a décrit la pêche."
            " Elle a noté que les filets s'usaient.",
        ),
        "Ngozi Adeleke",
    ),
    "pronoun opening the next item": (
        (IVO, "Il a ajouté que les remorqueurs dormaient à quai."),
        "Ivo Marković",
    ),
    "after the quotation": (
        (f"{EFUA} « Les livres manquent », a-t-elle ajouté.",),
        "Efua Boateng",
    ),
}

RESOLVED = {
    # items → attribution and words of the last sentence
    "they, the speakers": (
        ("Les orateurs ont décrit les bacs. Ils ont souligné que les équipages vieillissaient.",),
        ("speakers", "Les orateurs"),
    ),
    "they, in the next item": (
        ("Les délégués ont parlé des bacs.", "Ils ont relevé que les équipages vieillissaient."),
        ("delegates", "Les délégués"),
    ),
    "an office that nobody is named for": (
        ("La Maire de Sète a rappelé que les quais étaient trop courts.",),
        ("person", "La Maire de Sète"),
    ),
    "they, subject of any verb": (
        (
            "Les orateurs ont décrit les bacs. Les délégués en ont pris connaissance. Ils ont noté"
            " que les équipages vieillissaient.",
        ),
        ("delegates", "Les délégués"),
    ),
    "they, feminine": (
        ("Les oratrices ont décrit les bacs. Elles ont noté que les équipages vieillissaient.",),
        ("speakers", "Les oratrices"),
    ),
    "they, not the person heard": (
        ("Les participants ont remercié M. Ivo Marković. Ils ont noté que les quais gelaient.",),
        ("participants", "Les participants"),
    ),
    "they, the last of two": (
        (
            "Les délégués ont parlé des bacs. Les intervenants ont parlé des phares. Ils ont noté"
            " que les lampes s'usaient.",
        ),
        ("speakers", "Les intervenants"),
    ),
    "impersonal he": ((f"{IVO} Il est nécessaire de dégager les quais.",), ("document", None)),
    "impersonal he, must": ((f"{IVO} Il faut dégager les quais.",), ("document", None)),
    "impersonal he, passive": (
        (f"{IVO} Il a été rappelé que les quais gelaient.",),
        ("other", None),
    ),
    "things do not speak": (
        ("Les écoles ont rouvert en mai. Elles ont accueilli trois cents élèves.",),
        ("document", None),
    ),
    "the thing, not the person": (
        (f"{EFUA} La crue a fermé les quais. Elle a montré que les digues étaient vieilles.",),
        ("document", None),
    ),
    "A17 nothing is carried over": (
        ("Les participants ont noté que les quais gelaient. Nous devrions chauffer les hangars.",),
        ("document", None),
    ),
    "A17 after a person": ((f"{EFUA} Les livres doivent être traduits.",), ("document", None)),
    "nothing is carried back": (
        ("Les quais gèlent. Les participants ont noté que les phares étaient éteints.",),
        ("participants", "Les participants"),
    ),
}


@pytest.mark.parametrize(("sentence", "attribution"), COLLECTIVE.items())
def test_the_noun_of_the_subject_tells(sentence: str, attribution: str) -> None:
    found, to = said_by(sentence)
    assert found == attribution
    if attribution == "document":
        assert to is None


@pytest.mark.parametrize(("items", "name"), PERSONS.values(), ids=PERSONS)
def test_a_person_says_it(items: tuple[str, ...], name: str) -> None:
    assert said_by(*items) == ("person", name)


@pytest.mark.parametrize(("items", "expected"), RESOLVED.values(), ids=RESOLVED)
def test_pronouns_and_their_absence(
    items: tuple[str, ...], expected: tuple[str, str | None]
) -> None:
    attribution, to = said_by(*items)
    assert (attribution, to and to.lower()) == (expected[0], expected[1] and expected[1].lower())


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(
            "Plusieurs délégations, parmi lesquelles celles du Ghana, du Pérou et de la Norvège,"
            " ont demandé que les bacs soient gratuits.",
            "Ghana, Pérou, Norvège",
            id="A13 list of delegations",
        ),
        pytest.param(
            "La délégation du Kenya a demandé que les bacs soient gratuits.", "Kenya", id="one"
        ),
        pytest.param(
            "Comme l'a rappelé le représentant de l'Équateur, les quais sont trop courts.",
            "Équateur",
            id="A14 unnamed representative, postposed",
        ),
        pytest.param(
            "La représentante du Viet Nam a appelé à la gratuité des bacs.",
            "Viet Nam",
            id="A14 unnamed representative",
        ),
        pytest.param(
            "Le Ghana et le Pérou ont exhorté les ports à rester ouverts.",
            "Ghana, Pérou",
            id="countries as subject",
        ),
        pytest.param(
            "Le Togo, s'exprimant au nom du Groupe des ports, a demandé que les bacs soient sûrs.",
            "Togo",
            id="words between the country and its verb",
        ),
    ],
)
def test_delegations(sentence: str, expected: str) -> None:
    attribution, to = said_by(sentence)
    assert attribution == "delegations"
    assert set(str(to).split(", ")) == set(expected.split(", "))


def test_an_organisation_says_it() -> None:
    attribution, to = said_by(
        "L'Organisation internationale du Travail a souligné que les contrats oraux étaient rares."
    )
    assert attribution == "organisation"
    assert "Organisation internationale du Travail" in str(to)


@pytest.mark.parametrize(
    "sentence",
    [
        "Comme le souligne l'objectif 8 du Pacte mondial, chaque naufrage est un deuil.",
        "Un registre est tenu, comme l'impose la résolution 73/195.",
        "Comme le rappelle le Programme 2030, nul n'est oublié sur le quai.",
    ],
)
def test_an_instrument_is_nobody(sentence: str) -> None:
    attribution, to = said_by(sentence)
    assert attribution in ("document", "other")
    assert to is None


def test_items_take_the_source_of_their_lead_in() -> None:
    items = ("Repeindre les phares ;", "Chauffer les hangars.")
    tables = rows("Les intervenants ont dégagé les priorités suivantes :", bullets(*items))
    assert [
        (row["text"], row["attribution"], row["attributed_to"]) for row in tables["recommendations"]
    ] == [(item, "speakers", "Les intervenants") for item in items]


def test_items_of_a_person_are_that_persons() -> None:
    items = ("Repeindre les phares ;", "Chauffer les hangars.")
    lead_in = (
        "M. Ivo Marković, pilote du port de Rijeka, a recommandé de prendre les mesures suivantes :"
    )
    tables = rows(lead_in, bullets(*items))
    for item in items:
        (row,) = of_sentence(tables, "recommendations", item)
        assert row["attribution"] == "person"
        assert "Ivo Marković" in str(row["attributed_to"])


def test_four_delegations_asking_together_are_four_attributions() -> None:
    sentence = (
        "Les délégations du Bhoutan, du Malawi, de la Tunisie et du Panama ont demandé que les"
        " écoles rouvrent."
    )
    tables = rows(bullets(sentence))
    named = {row["participant_id"] for row in of_sentence(tables, "attributions", sentence)}
    codes = {
        row["country_code"] for row in tables["participants"] if row["participant_id"] in named
    }
    assert codes == {"BTN", "MWI", "TUN", "PAN"}


def test_the_verb_is_kept() -> None:
    sentence = "Les participants ont par ailleurs relevé que les quais avaient rouvert."
    tables = rows(bullets(sentence))
    (row,) = (row for row in tables["sentences"] if row["text"] == sentence)
    assert "relevé" in str(row["reporting_verb"])


def test_headings_are_said_by_nobody() -> None:
    tables = rows(bullets("Les bacs sont gris."))
    (heading,) = (row for row in tables["sentences"] if row["text"] == "1. Apprendre en chemin")
    assert heading["attribution"] is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Les gouvernements sont appelés à ouvrir les registres.",
        "Les délégués étaient également invités à visiter le port.",
        "Il ressort des échanges que les villes devraient disposer d'un port.",
        "L'accent a été mis sur la nécessité d'entretenir les quais.",
    ],
)
def test_who_is_asked_is_not_who_asks(sentence: str) -> None:
    assert said_by(sentence)[0] == "other"


def test_participants_who_ask_are_who_asks() -> None:
    assert said_by("Les délégués ont appelé à ouvrir les registres.")[0] == "delegates"
