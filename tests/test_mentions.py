"""Countries, organisations and persons that a sentence names, and instruments that it cites."""

import pytest

from passages import FRENCH, bullets, of_sentence

rows = FRENCH.rows

COUNTRIES = {
    "Les bacs relient le Bénin et le Togo.": ["BEN", "TGO"],
    "La Guinée équatoriale a rouvert ses ports.": ["GNQ"],
    "La Guinée-Bissau et la Guinée ont rouvert leurs ports.": ["GNB", "GIN"],
    "La Papouasie-Nouvelle-Guinée a rouvert ses ports.": ["PNG"],
    "Le Soudan du Sud et le Soudan partagent un fleuve.": ["SSD", "SDN"],
    "La République démocratique du Congo et le Congo partagent un fleuve.": ["COD", "COG"],
    "La République de Corée a rouvert ses ports.": ["KOR"],
    "La République dominicaine a rouvert ses ports.": ["DOM"],
    "Le Royaume-Uni de Grande-Bretagne et d'Irlande du Nord a rouvert ses ports.": ["GBR"],
    "Les États-Unis d'Amérique ont rouvert leurs ports.": ["USA"],
    "Les Etats-Unis et l'Ethiopie ont rouvert leurs écoles.": ["USA", "ETH"],
    "L'État plurinational de Bolivie a rouvert ses cols.": ["BOL"],
    "Le Niger et le Nigéria partagent une frontière.": ["NER", "NGA"],
    "Les pêcheurs de l'île Maurice et du Tchad ont témoigné.": ["MUS", "TCD"],
    "Les bacs de Maurice sont neufs.": ["MUS"],
    "La Côte d\u2019Ivoire a rouvert ses ports.": ["CIV"],
    "Les ports ont rouvert.": [],
    "Le dindon est rôti et la chine lavée.": [],
    "Les bénévoles maliens, chiliens et népalais ont chanté.": [],
}

GIVEN_NAMES = {
    "M. Maurice Adjovi, pilote du port, a décrit les quais.": [],
    "Mme Dominique Laroche, juriste au port, a décrit les quais.": [],
    "Mme Géorgie Ferrand, juriste au port de Batoumi, en Géorgie, a décrit les quais.": ["GEO"],
    "Mme India Prakash, juriste au port, a décrit les quais.": [],
}

ORGANISATIONS = {
    "Le Programme alimentaire mondial a livré du riz.": {"wfp"},
    "L'Office des Nations Unies contre la drogue et le crime a ouvert un guichet.": {"unodc"},
    "La Commission de l'Union africaine a ouvert un guichet.": {"african-union-commission"},
    "L'Union africaine et le CICR ont ouvert un guichet.": {"african-union", "icrc"},
    "L'union des dockers a ouvert un guichet.": set(),
}

CITATIONS = {
    "Le Pacte mondial a été lu en entier.": {"gcm"},
    "Le Pacte mondial pour des migrations sûres, ordonnées et régulières a été lu.": {"gcm"},
    "Le Pacte mondial sur les réfugiés a été lu en entier.": {"gcr"},
    "Le Pacte européen sur la migration et l'asile a été lu.": {"eu-pact-migration-asylum"},
    "Le Forum d'examen des migrations internationales de 2022 a été évoqué.": {"imrf"},
    "Le Forum mondial sur la migration et le développement a été évoqué.": {"gfmd"},
    "Le Forum politique de haut niveau pour le développement durable a été évoqué.": {"hlpf"},
    "Les orateurs ont évoqué le Forum politique de haut niveau.": {"hlpf"},
    "Les objectifs de développement durable ont été évoqués.": {"sdgs"},
    "Le Programme de développement durable à l'horizon 2030 a été évoqué.": {"agenda-2030"},
    "La COP 29 et le Cadre de Sendai ont été évoqués.": {"unfccc-cop", "sendai-framework"},
    "La Convention relative aux droits de l'enfant a été lue.": {"crc"},
    "Le rapport A/76/642 a été lu.": {"sg-report-gcm-2021"},
    "La résolution 73/195 a été lue.": {"ga-resolution-73-195"},
    "Un pacte entre voisins a été conclu sur le quai.": set(),
    "Un forum de quartier a eu lieu sur le quai.": set(),
    "Le dialogue entre voisins a repris.": set(),
    "Le dialogue social a repris dans les ports.": set(),
}

SHORT_FORMS = {
    # short form behind the sentence that names the instrument whole
    "the Forum": (
        "Le Forum d'examen des migrations internationales a été évoqué.",
        "Les ports comptent sur le Forum.",
        "imrf",
    ),
    "the Compact": (
        "Le Pacte mondial sur les migrations a été évoqué.",
        "Les ports comptent sur le Pacte.",
        "gcm",
    ),
    "the Dialogue": (
        "Le Dialogue international sur la migration a été évoqué.",
        "Les ports comptent sur le Dialogue.",
        "idm",
    ),
}


def _countries(sentence: str) -> list[object]:
    found = of_sentence(rows(bullets(sentence)), "mentions", sentence)
    found.sort(key=lambda row: int(str(row["char_start"])))
    return [row["country_code"] for row in found if row["kind"] == "country"]


def _cited(*items: str) -> set[object]:
    tables = rows(bullets(*items))
    return {row["instrument_id"] for row in of_sentence(tables, "citations", items[-1])}


@pytest.mark.parametrize(("sentence", "expected"), (COUNTRIES | GIVEN_NAMES).items())
def test_countries(sentence: str, expected: list[str]) -> None:
    assert _countries(sentence) == expected


def test_a_ministers_country_is_named_too() -> None:
    sentence = "Mme Luz Ayala, Ministre du travail du Paraguay, a décrit les bacs."
    assert _countries(sentence) == ["PRY"]


@pytest.mark.parametrize(("sentence", "expected"), ORGANISATIONS.items())
def test_organisations(sentence: str, expected: set[str]) -> None:
    found = of_sentence(rows(bullets(sentence)), "mentions", sentence)
    assert {row["entity_id"] for row in found if row["kind"] == "organisation"} == expected


def test_persons_are_one_entity_under_every_name() -> None:
    first = "Mme Efua Boateng, directrice de l'école de Tema, a décrit les cours."
    again = "Mme Boateng a ajouté que les livres manquaient."
    tables = rows(bullets(first, again))
    entities = {
        row["entity_id"]
        for sentence in (first, again)
        for row in of_sentence(tables, "mentions", sentence)
        if row["kind"] == "person"
    }
    assert entities == {"efua-boateng"}


@pytest.mark.parametrize(("sentence", "expected"), CITATIONS.items())
def test_citations(sentence: str, expected: set[str]) -> None:
    assert _cited(sentence) == expected


def test_a_name_that_holds_another_is_cited_itself() -> None:
    sentence = (
        "La Déclaration sur les progrès du Forum d'examen des migrations internationales est lue."
    )
    assert "imrf-progress-declaration" in _cited(sentence)


@pytest.mark.parametrize(("whole", "short", "instrument"), SHORT_FORMS.values(), ids=SHORT_FORMS)
def test_short_forms(whole: str, short: str, instrument: str) -> None:
    assert _cited(whole, short) == {instrument}


def test_a_mention_is_where_its_span_says() -> None:
    sentence = "La Guinée équatoriale a rouvert ses ports."
    tables = rows(bullets(sentence))
    (row,) = of_sentence(tables, "mentions", sentence)
    text = str(tables["documents"][0]["text"])
    span = text[int(str(row["char_start"])) : int(str(row["char_end"]))]
    assert (span, row["text"]) == ("Guinée équatoriale", "Guinée équatoriale")
