"""Who takes part as a person, in which function and role, and who is merely named."""

import pytest

from passages import FRENCH, bullets

names = FRENCH.names
people = FRENCH.people
rows = FRENCH.rows

Fields = dict[str, str | None]

SHAPES: dict[str, tuple[str, str, Fields]] = {
    # a sentence → the person's name, fields as they must be
    "goodwill is no government": (
        "Mme Ottilie Brandt, ambassadrice de bonne volonté, a décrit les bacs.",
        "Ottilie Brandt",
        {"position": "ambassadrice de bonne volonté", "sector": None},
    ),
    "a household is no association": (
        "Mme Ottilie Brandt, ancienne employée de maison, a décrit les bacs.",
        "Ottilie Brandt",
        {"position": "ancienne employée de maison", "organisation": None, "sector": None},
    ),
    "works on a forum, not for it": (
        "Mme Ottilie Brandt, cofacilitatrice du Forum des ports, a décrit les bacs.",
        "Ottilie Brandt",
        {"position": "cofacilitatrice du Forum des ports", "organisation": None},
    ),
    "an age before the function": (
        "Mme Ottilie Brandt, 24 ans, étudiante et cofondatrice du réseau Marins de demain, a"
        " décrit les bacs.",
        "Ottilie Brandt",
        {"position": "étudiante et cofondatrice du réseau Marins de demain"},
    ),
    "born somewhere": (
        "Mme Ottilie Brandt, née à Brême, a décrit les bacs.",
        "Ottilie Brandt",
        {"position": None, "country_code": None},
    ),
    "speaks for a group, function first": (
        "Prenant la parole au nom du Groupe des ports, l'Ambassadeur de l'Éthiopie, S.E. M. Abebe"
        " Kassa, a décrit les bacs.",
        "Abebe Kassa",
        {"position": "Ambassadeur de l'Éthiopie", "country_code": "ETH", "sector": "government"},
    ),
    "office of a state": (
        "La Directrice de l'emploi du Togo, Mme Awa Lawson, a décrit les bacs.",
        "Awa Lawson",
        {"country_code": "TGO", "sector": "government", "organisation": None},
    ),
    "a clause behind the function": (
        "M. Abebe Kassa, Directeur général de l'OIM, aux yeux de qui les ports sont des ponts, a"
        " décrit les bacs.",
        "Abebe Kassa",
        {"position": "Directeur général de l'OIM"},
    ),
    "a role is no function": (
        "La modératrice, Mme Awa Lawson, a résumé les débats.",
        "Awa Lawson",
        {"position": None},
    ),
    "a Minister is no body": (
        "Mme Carla Nunes, cheffe de cabinet du Ministre de la justice du Brésil, a parlé.",
        "Carla Nunes",
        {"organisation": None, "country_code": "BRA"},
    ),
    "capitals inside the name of a firm": (
        "M. Ravi Menon, directeur technique de PortLink, a décrit les bacs.",
        "Ravi Menon",
        {"organisation": "PortLink"},
    ),
    "body right behind the name": (
        "Mme Ana Prieto de l'OIM a pris la parole.",
        "Ana Prieto",
        {"organisation": "OIM", "position": None},
    ),
    "particle of a Catalan name": (
        "M. Pol Serra i Vidal, maire de Reus, a décrit les bacs.",
        "Pol Serra i Vidal",
        {"position": "maire de Reus"},
    ),
    "name, function, body": (
        "M. Nuno Sacramento, Directeur général de l'OIM, a décrit les écoles du fleuve.",
        "Nuno Sacramento",
        {
            "honorific": "M.",
            "position": "Directeur général de l'OIM",
            "organisation": "OIM",
            "country_code": None,
            "sector": "un",
        },
    ),
    "no honorific": (
        "Tomasz Wielgosz, Secrétaire exécutif de la Commission économique des Nations Unies pour"
        " l'Europe, a décrit les nouvelles lignes.",
        "Tomasz Wielgosz",
        {
            "honorific": None,
            "position": "Secrétaire exécutif de la Commission économique des Nations Unies pour"
            " l'Europe",
            "organisation": "Commission économique des Nations Unies pour l'Europe",
            "sector": "un",
        },
    ),
    "function first": (
        "La Directrice exécutive adjointe de l'Organisation internationale du Travail, Mme Ineke"
        " van der Meulen, a noté que les contrats oraux étaient rares.",
        "Ineke van der Meulen",
        {"honorific": "Mme", "organisation": "Organisation internationale du Travail"},
    ),
    "function first, of a government": (
        "Le Secrétaire d'État aux ports de l'Uruguay, M. Facundo Etchebarne, a décrit les bacs.",
        "Facundo Etchebarne",
        {"country_code": "URY", "sector": "government"},
    ),
    "comma inside the body": (
        "Mme Hanne Lindqvist, Sous-Directrice générale de l'Organisation des Nations Unies pour"
        " l'éducation, la science et la culture, a décrit les convois.",
        "Hanne Lindqvist",
        {
            "position": "Sous-Directrice générale de l'Organisation des Nations Unies pour"
            " l'éducation, la science et la culture",
            "organisation": "Organisation des Nations Unies pour l'éducation, la science et la"
            " culture",
            "sector": "un",
        },
    ),
    "commas inside the function": (
        "Mme Solveig Aas, conseillère principale, Ports et pêche, à l'Université de Tromsø, a"
        " relevé que les quais étaient trop courts.",
        "Solveig Aas",
        {
            "position": "conseillère principale, Ports et pêche, à l'Université de Tromsø",
            "organisation": "Université de Tromsø",
            "sector": "academia",
        },
    ),
    "two posts joined by et": (
        "Mme Luz Ayala, Vice-Présidente et Ministre du travail du Paraguay, a décrit les bacs.",
        "Luz Ayala",
        {
            "position": "Vice-Présidente et Ministre du travail du Paraguay",
            "country_code": "PRY",
            "sector": "government",
        },
    ),
    "two functions with a comma": (
        "M. Kwabena Osei-Tutu, professeur à l'Université de Kumasi, et conseiller de l'Union"
        " africaine, a parlé des marchés.",
        "Kwabena Osei-Tutu",
        {
            "position": "professeur à l'Université de Kumasi, et conseiller de l'Union africaine",
            "country_code": None,
        },
    ),
    "body first, as a participle": (
        "Représentant l'Union des dockers du Pacifique, M. Sione Taufa a évoqué les grues.",
        "Sione Taufa",
        {"organisation": "Union des dockers du Pacifique", "position": None, "country_code": None},
    ),
    "country in brackets": (
        "M. J. Okello (Ouganda) a souligné que les lacs baissaient.",
        "J. Okello",
        {"country_code": "UGA"},
    ),
    "one word": (
        "Mme Valeriya, cuisinière à bord d'un chalutier, a raconté ses nuits.",
        "Valeriya",
        {"honorific": "Mme", "position": "cuisinière à bord d'un chalutier"},
    ),
    "capital surname": (
        "M. Étienne KABONGO, Maire de Bukavu, a décrit les marchés du lac.",
        "Étienne KABONGO",
        {"position": "Maire de Bukavu", "sector": "government"},
    ),
    "family name first": (
        "Ly Sophal, Ministre de l'intérieur du Cambodge, a décrit les bacs.",
        "Ly Sophal",
        {"country_code": "KHM", "sector": "government"},
    ),
    "small particle": (
        "Mme Annelies de Boer, juriste au Comité international de la Croix-Rouge, a parlé des"
        " prisons.",
        "Annelies de Boer",
        {"organisation": "Comité international de la Croix-Rouge"},
    ),
    "Arabic particle": (
        "M. Youssef el Amrani, Ambassadeur du Maroc, a décrit les écoles.",
        "Youssef el Amrani",
        {"country_code": "MAR", "sector": "government"},
    ),
    "capital particle": (
        "Mme Chiara Della Porta, maire de Gorizia, a décrit les marchés.",
        "Chiara Della Porta",
        {"sector": "government"},
    ),
    "four words": (
        "Mme Ana Lucía Quispe Mamani, Vice-Ministre du travail du Pérou, a décrit les mines.",
        "Ana Lucía Quispe Mamani",
        {"country_code": "PER"},
    ),
    "hyphens and diacritics": (
        "M. Jean-Bosco Šťastný-Ağaoğlu, coordonnateur du Réseau Passerelles, a décrit les cours.",
        "Jean-Bosco Šťastný-Ağaoğlu",
        {"organisation": "Réseau Passerelles"},
    ),
    "apostrophe": (
        "Mme Aoife O'Shaughnessy, directrice de l'Association des gens de mer, a décrit les cales.",
        "Aoife O'Shaughnessy",
        {"organisation": "Association des gens de mer", "sector": "ngo"},
    ),
    "Her Excellency": (
        "S.E. Mme Thandiwe Mokoena, Ambassadrice et Représentante permanente de l'Afrique du Sud"
        " auprès de l'Office des Nations Unies à Genève, a décrit les mines.",
        "Thandiwe Mokoena",
        {
            "honorific": "S.E. Mme",
            "country_code": "ZAF",
            "sector": "government",
            "position": "Ambassadrice et Représentante permanente de l'Afrique du Sud auprès de"
            " l'Office des Nations Unies à Genève",
        },
    ),
    "doctor": (
        "Dr Farhana Siddiqui, épidémiologiste à l'Organisation mondiale de la Santé, a parlé du"
        " choléra.",
        "Farhana Siddiqui",
        {"honorific": "Dr", "organisation": "Organisation mondiale de la Santé", "sector": "un"},
    ),
    "a seat is no country": (
        "Mme Karima Haddadou, directrice de l'Association Porte ouverte, basée à Marseille, en"
        " France, a décrit les cours du soir.",
        "Karima Haddadou",
        {
            "organisation": "Association Porte ouverte",
            "country_code": None,
            "sector": "ngo",
        },
    ),
    "a project's site is no country": (
        "M. Obinna Nwosu, fondateur du projet Kweli Solaire au Malawi, a décrit les panneaux.",
        "Obinna Nwosu",
        {"country_code": None, "sector": "private"},
    ),
    "a posting is no country": (
        "M. Milan Novák, chef de mission de l'OIM au Népal, a décrit les retours.",
        "Milan Novák",
        {"country_code": None, "organisation": "OIM", "sector": "un"},
    ),
    "body that bears a person's name": (
        "Mme Pilar Otero, experte à la Fondation Heinrich Mann, a parlé des livres.",
        "Pilar Otero",
        {"organisation": "Fondation Heinrich Mann", "country_code": None},
    ),
    "relative clause": (
        "Parmi eux, M. Rasmus Lind, directeur de la coopérative Filets bleus, qui a décrit la"
        " pêche, est revenu sur les quotas.",
        "Rasmus Lind",
        {"position": "directeur de la coopérative Filets bleus"},
    ),
    "postposed": (
        "Les livres manquent, comme l'a rappelé Mme Efua Boateng, directrice de l'école de Tema.",
        "Efua Boateng",
        {"position": "directrice de l'école de Tema"},
    ),
    "ministry in the function": (
        "M. Zviad Beridze, chef du Département des migrations du Ministère de l'intérieur de la"
        " Géorgie, a décrit les guichets.",
        "Zviad Beridze",
        {"country_code": "GEO", "sector": "government"},
    ),
    "no function at all": (
        "Mme Lanre Bello a raconté ses nuits à bord.",
        "Lanre Bello",
        {"honorific": "Mme", "position": None, "organisation": None, "country_code": None},
    ),
    "two nationalities of letters": (
        "M. Nguyễn Văn Thành, Directeur général du Département de l'immigration du Viet Nam, a"
        " décrit les guichets.",
        "Nguyễn Văn Thành",
        {"country_code": "VNM", "sector": "government"},
    ),
    "son of": (
        "Cheikh Salem bin Rashid Al Harthy, Sous-Secrétaire au Ministère du travail d'Oman, a"
        " décrit les contrats.",
        "Salem bin Rashid Al Harthy",
        {"country_code": "OMN", "sector": "government"},
    ),
    "initial inside": (
        "M. Walter K. Ochieng, professeur à l'Université de Kisumu, a décrit le lac.",
        "Walter K. Ochieng",
        {"organisation": "Université de Kisumu", "sector": "academia"},
    ),
    "across a page break": (
        "Mme Leilani Kealoha, directrice de l'Association des phares\n\ndu Pacifique, a décrit les"
        " îles.",
        "Leilani Kealoha",
        {"position": "directrice de l'Association des phares du Pacifique"},
    ),
    "diaspora": (
        "Mme Fatou Njie, présidente du Conseil de la diaspora gambienne, a parlé des mandats.",
        "Fatou Njie",
        {"sector": "diaspora"},
    ),
    "private": (
        "M. Rui Tavares Melo, directeur général de Vagas Shipping SA, a décrit les équipages.",
        "Rui Tavares Melo",
        {"organisation": "Vagas Shipping SA", "sector": "private"},
    ),
}

COUNTRY_OF_AN_OFFICE: dict[str, tuple[str, str | None]] = {
    # a sentence in which one person speaks → the country that the words of the office tell
    "before the field": (
        "La ministre sud-africaine de l'intérieur, Mme Awa Lawson, a décrit les bacs.",
        "ZAF",
    ),
    "a deputy": ("Le Vice-Premier Ministre jordanien, M. Abebe Kassa, a décrit les bacs.", "JOR"),
    "behind the field": (
        "M. Abebe Kassa, ministre de la pêche et des ports kényan, a décrit les bacs.",
        "KEN",
    ),
    "an ambassador": ("Mme Awa Lawson, ambassadrice néerlandaise, a décrit les bacs.", "NLD"),
    "one of two countries": ("Mme Awa Lawson, ambassadrice congolaise, a décrit les bacs.", None),
    "of a continent": ("Mme Awa Lawson, ambassadrice sud-américaine, a décrit les bacs.", None),
    "of a dialogue": (
        "Mme Awa Lawson, Présidente du Dialogue américain sur les bacs, a parlé des ports.",
        None,
    ),
    "of an organisation": (
        "Mme Awa Lawson, directrice d'une organisation canadienne, a décrit les bacs.",
        None,
    ),
    "of a border": (
        "M. Abebe Kassa, ministre chargé de la frontière mexicaine, a décrit les bacs.",
        None,
    ),
    "of workers": (
        "M. Abebe Kassa, ministre des travailleurs népalais, a décrit les bacs.",
        None,
    ),
    "of the person": ("Mme Awa Lawson, sociologue italienne, a décrit les bacs.", None),
}
SAME_PERSON = {
    # items in which the second naming gives no second row
    "surname": ("Mme {}, a dit oui.", "Mme Boateng a ajouté que les livres manquaient."),
    "bare name": ("Mme {}, a dit oui.", "Efua Boateng a ajouté que les livres manquaient."),
    "honorific and full name": ("Mme {}, a dit oui.", "Mme Efua Boateng a noté que le riz manque."),
    "office": ("Mme {}, a dit oui.", "La directrice a ajouté que les livres manquaient."),
    "office before the name": (
        "Mme {}, a dit oui.",
        "La directrice de l'école de Tema, Mme Efua Boateng, a ajouté que le riz manquait.",
    ),
    "office first of all": (
        "La directrice de l'école de Tema était attendue de tous.",
        "Mme {}, a décrit les cours.",
    ),
}
EFUA = "Efua Boateng, directrice de l'école de Tema"

WHO_TAKES_PART: dict[str, tuple[str, set[str]]] = {
    # a sentence that names several, and those who take part
    "embedded in a function": (
        "Mme Rosa Quintana, cofacilitatrice, avec Pieter Verhoeven, de la déclaration, a rappelé"
        " que les délais étaient courts.",
        {"Rosa Quintana"},
    ),
    "read out for an absent person": (
        "M. Abel Tesfaye, directeur de cabinet, a lu une déclaration au nom de Mme Dina Haile,"
        " Ministre du travail de l'Éthiopie, qui n'avait pas pu faire le déplacement.",
        {"Abel Tesfaye"},
    ),
    "replacing": (
        "M. Karim Belhaj, remplaçant Mme Zohra Amari, a présenté les cours du soir.",
        {"Karim Belhaj"},
    ),
    "in the absence of": (
        "En l'absence de M. Pavel Novotný, Mme Irena Kos, directrice adjointe du Musée de la mer,"
        " a animé le débat.",
        {"Irena Kos"},
    ),
    "excused": (
        "M. Pavel Novotný, Ministre des transports de la Tchéquie, s'était fait excuser.",
        set(),
    ),
    "speaking for another": (
        "Mme Miriama Tuilagi, s'exprimant au nom de M. Joeli Ravouvou, a salué les équipages.",
        {"Miriama Tuilagi"},
    ),
    "author of a report": (
        "Le rapport de M. Anselm Okeke sur les phares a été cité à plusieurs reprises.",
        set(),
    ),
    "author of a call": (
        "Les participants ont relu l'appel lancé par Mme Gro Haugen en 2019.",
        set(),
    ),
    "homage": ("Les orateurs ont rendu hommage à M. Tevita Fonua, pilote disparu.", set()),
    "a film by somebody": ("Un film de Mme Zohra Amari a été projeté.", set()),
    "thanked by a speaker": (
        "M. Idris Warsame, Maire de Berbera, a remercié Mme Paola Conti, Maire de Bari, pour son"
        " rapport.",
        {"Idris Warsame"},
    ),
    "a Mayor is no name": (
        "Mme Paola Conti, Maire de Bari, invitée à réagir, a comparé les bacs de Bari et ceux de"
        " la Maire de Trapani.",
        {"Paola Conti"},
    ),
    "among the speakers": (
        "Parmi les intervenants figuraient M. Idris Warsame, Maire de Berbera, et Mme Paola Conti,"
        " poète.",
        {"Idris Warsame", "Paola Conti"},
    ),
    "present": (
        "Étaient également présents M. Idris Warsame, Maire de Berbera, et Mme Paola Conti, poète.",
        {"Idris Warsame", "Paola Conti"},
    ),
    "could not come": (
        "La Maire adjointe, Mme Zohra Amari, avait fait savoir qu'elle ne pourrait se joindre aux"
        " participants.",
        set(),
    ),
    "building": ("Les ateliers de la salle Simone Arnaud étaient complets.", set()),
    "centre": ("Le Centre Albert Kassongo a accueilli trente stagiaires.", set()),
    "foundation": ("La Fondation Ingrid Sørensen finance les cours du soir.", set()),
    "prize": ("Une école du delta a reçu le prix Aminata Kane.", set()),
    "thanked from afar": (
        "Les délégués ont pris note des travaux de Mme Ottilie Brandt sur les marées.",
        set(),
    ),
    "places are no people": ("Les bacs de Porto Novo et de San Felipe ont rouvert.", set()),
    "two together": (
        "M. Idris Warsame, Maire de Berbera, et Mme Paola Conti, Maire de Bari, ont décrit leurs"
        " ports.",
        {"Idris Warsame", "Paola Conti"},
    ),
    "two functions, one before its holder's name": (
        "M. Ravi Menon, Président-Directeur général de PortLink, et son adjointe, Mme Lila Nair,"
        " ont décrit leur plateforme.",
        {"Ravi Menon", "Lila Nair"},
    ),
    "a second speech in the sentence": (
        "L'allocution d'ouverture a été prononcée par Mme Alma Reyes, Maire de Cadix, et le mot de"
        " bienvenue par M. Otto Klein, Maire de Brême.",
        {"Alma Reyes", "Otto Klein"},
    ),
    "two sharing one title": (
        "Mme Alma Reyes et M. Otto Klein, coprésidents du Comité des ports, ont décrit les bacs.",
        {"Alma Reyes", "Otto Klein"},
    ),
    "accompanied": (
        "Accompagnée de M. Uriel Katz, son conseiller, Mme Noa Shalev, Maire de Haïfa, a décrit les"
        " quais.",
        {"Uriel Katz", "Noa Shalev"},
    ),
}

THREE_PANELS = (
    "Former les marins aux premiers secours",
    "Loger les saisonniers pendant les récoltes",
    "Reconnaître les diplômes obtenus en mer",
)

MODERATORS: dict[str, tuple[str, int | None]] = {
    # what is said of a moderator → position of the panel
    "paraphrase": (
        "a animé la réunion sur les moyens de loger les saisonniers pendant les récoltes.",
        2,
    ),
    "another paraphrase": ("a modéré le débat consacré aux diplômes obtenus en mer.", 3),
    "number": ("a modéré le Panel 3.", 3),
    "ordinal": ("a animé le premier panel.", 1),
    "no panel of these": ("a animé une réunion sur la chasse au phoque.", None),
}

ROLES: dict[str, tuple[str, str, str]] = {
    # sentence, section → role of Noa Shalev
    "opened": ("Mme Noa Shalev, Maire de Haïfa, a ouvert la réunion.", "opening", "opening"),
    "it fell to": (
        "Il est revenu à Mme Noa Shalev, Maire de Haïfa, d'ouvrir la session.",
        "opening",
        "opening",
    ),
    "was opened by": (
        "La session a été ouverte par Mme Noa Shalev, Maire de Haïfa.",
        "opening",
        "opening",
    ),
    "opening remarks": (
        "Dans ses remarques introductives, Mme Noa Shalev, Maire de Haïfa, a salué les équipages.",
        "opening",
        "opening",
    ),
    "keynote": (
        "Mme Noa Shalev, Maire de Haïfa, a prononcé un discours liminaire.",
        "opening",
        "keynote",
    ),
    "video": (
        "Dans un message vidéo, Mme Noa Shalev, Maire de Haïfa, a salué les équipages.",
        "synthesis",
        "video_message",
    ),
    "recorded": (
        "Mme Noa Shalev, Maire de Haïfa, a salué les équipages par message vidéo.",
        "synthesis",
        "video_message",
    ),
    "speaker": (
        "Mme Noa Shalev, Maire de Haïfa, a décrit les quais.",
        "synthesis",
        "speaker",
    ),
    "moderator": (
        "Mme Noa Shalev, Maire de Haïfa, a animé la réunion sur les phares.",
        "synthesis",
        "moderator",
    ),
    "moderator by name of the role": (
        "La modératrice, Mme Noa Shalev, a résumé les débats.",
        "synthesis",
        "moderator",
    ),
    "moderator in the function": (
        "Mme Noa Shalev, Maire de Haïfa et modératrice du premier panel, a décrit les quais.",
        "synthesis",
        "moderator",
    ),
    "closing": (
        "Dans ses remarques de clôture, Mme Noa Shalev, Maire de Haïfa, a remercié les équipages.",
        "closing",
        "closing",
    ),
}


@pytest.mark.parametrize(("sentence", "name", "fields"), SHAPES.values(), ids=SHAPES)
def test_shapes_of_introduction(sentence: str, name: str, fields: Fields) -> None:
    found = people(sentence)
    assert [row["name"] for row in found] == [name]
    assert {field: found[0][field] for field in fields} == fields


@pytest.mark.parametrize(
    ("sentence", "code"), COUNTRY_OF_AN_OFFICE.values(), ids=COUNTRY_OF_AN_OFFICE
)
def test_the_country_that_an_adjective_tells(sentence: str, code: str | None) -> None:
    tables = rows(bullets(sentence))
    assert [row["country_code"] for row in tables["participants"]] == [code]
    assert not any(row["kind"] == "country" for row in tables["mentions"])


@pytest.mark.parametrize("items", SAME_PERSON.values(), ids=SAME_PERSON)
def test_naming_again_gives_no_second_row(items: tuple[str, str]) -> None:
    assert names(*(item.format(EFUA) for item in items)) == {"Efua Boateng"}


@pytest.mark.parametrize(("sentence", "expected"), WHO_TAKES_PART.values(), ids=WHO_TAKES_PART)
def test_who_takes_part(sentence: str, expected: set[str]) -> None:
    assert names(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        (WHO_TAKES_PART["embedded in a function"][0], "Pieter Verhoeven"),
        (WHO_TAKES_PART["read out for an absent person"][0], "Dina Haile"),
        (WHO_TAKES_PART["replacing"][0], "Zohra Amari"),
    ],
)
def test_the_merely_named_are_mentions(sentence: str, name: str) -> None:
    mentions = rows(bullets(sentence))["mentions"]
    assert name in {row["text"] for row in mentions if row["kind"] == "person"}


@pytest.mark.parametrize(("predicate", "position"), MODERATORS.values(), ids=MODERATORS)
def test_the_panel_of_a_moderator(predicate: str, position: int | None) -> None:
    sentence = f"Mme Noa Shalev, Maire de Haïfa, {predicate}"
    tables = rows(sentence, section="opening", panels=THREE_PANELS)
    (row,) = tables["interventions"]
    expected = None if position is None else f"idm-2031-1-p{position:02}"
    assert (row["role"], row["panel_id"]) == ("moderator", expected)


@pytest.mark.parametrize(("sentence", "section", "role"), ROLES.values(), ids=ROLES)
def test_roles(sentence: str, section: str, role: str) -> None:
    passage = bullets(sentence) if section == "synthesis" else sentence
    tables = rows(passage, section=section)
    assert [row["name"] for row in tables["participants"]] == ["Noa Shalev"]
    assert [row["role"] for row in tables["interventions"]] == [role]


@pytest.mark.parametrize(
    ("later", "role"),
    [
        ("Prenant la parole à la clôture, la Directrice du port a salué les équipages.", "closing"),
        ("La Directrice du port a prononcé quelques mots de clôture.", "closing"),
        ("Elle a salué les équipages.", "closing"),
    ],
    ids=["office, speaking", "office, closing", "pronoun"],
)
def test_an_office_or_a_pronoun_closes(later: str, role: str) -> None:
    named = "Mme Noa Shalev, Directrice du port de Haïfa, a ouvert la réunion."
    between = bullets("Mme Shalev a souligné que les quais étaient trop courts.")
    synthesis = "**Une synthèse des débats est présentée ci-après.**"
    tables = rows(named, synthesis, between, "## Clôture", later, section="opening")
    assert [row["name"] for row in tables["participants"]] == ["Noa Shalev"]
    assert [row["role"] for row in tables["interventions"]] == [role, "opening"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Dans un discours liminaire, Mme Noa Shalev, Maire de Haïfa, a décrit les quais.",
        "Le discours liminaire a été confié à Mme Noa Shalev, Maire de Haïfa.",
    ],
)
def test_a_keynote_opens_nothing(sentence: str) -> None:
    assert [row["role"] for row in rows(sentence, section="opening")["interventions"]] == [
        "keynote"
    ]


def test_a_pronoun_of_a_name_to_come_is_nobody_before() -> None:
    tables = rows(
        "Mme Noa Shalev, Maire de Haïfa, a ouvert la réunion. Dans le discours liminaire qu'elle a"
        " prononcé, Mme Farida Zahir, maire de Salé, a décrit les bacs.",
        section="opening",
    )
    ids = {row["participant_id"]: row["name"] for row in tables["participants"]}
    assert {(ids[row["participant_id"]], row["role"]) for row in tables["interventions"]} == {
        ("Noa Shalev", "opening"),
        ("Farida Zahir", "keynote"),
    }


@pytest.mark.parametrize("lead", ["Ont ensuite pris la parole :", "Sont intervenus ce jour-là :"])
def test_a_list_behind_a_verb_of_speaking(lead: str) -> None:
    items = bullets(
        "Lior Ben Haim, directeur de l'agence Nof ;",
        "Mme Farida Zahir, maire de Salé ;",
        "Ada Roos.",
    )
    found = [row for row in rows(lead, items)["participants"] if row["kind"] == "person"]
    assert [row["name"] for row in found] == ["Lior Ben Haim", "Farida Zahir", "Ada Roos"]
    assert [row["position"] for row in found] == [
        "directeur de l'agence Nof",
        "maire de Salé",
        None,
    ]


def test_one_person_may_open_and_speak() -> None:
    tables = rows(
        "Mme Noa Shalev, Maire de Haïfa, a ouvert la réunion.",
        "**Une synthèse des débats est présentée ci-après.**",
        bullets("Mme Shalev a souligné que les quais étaient trop courts."),
        section="opening",
    )
    assert [row["name"] for row in tables["participants"]] == ["Noa Shalev"]
    assert "opening" in {row["role"] for row in tables["interventions"]}


def test_joined_speakers_share_the_relative_clause() -> None:
    sentence = (
        "Ont suivi Lior Ben Haim, directeur de l'agence Nof, Farida Zahir, maire de Salé, et Bjarni"
        " Jónsson, pilote en chef du port d'Akureyri, qui ont prononcé des allocutions"
        " introductives."
    )
    tables = rows(sentence, section="opening")
    found = {row["name"] for row in tables["participants"] if row["kind"] == "person"}
    assert found == {"Lior Ben Haim", "Farida Zahir", "Bjarni Jónsson"}
    assert {row["role"] for row in tables["interventions"]} == {"opening"}


def test_a_list_of_speakers_with_semicolons() -> None:
    sentence = (
        "Ont pris la parole : Lior Ben Haim, directeur de l'agence Nof ; Farida Zahir, maire de"
        " Salé ; et Bjarni Jónsson, professeur."
    )
    assert names(sentence, section="introduction") == {
        "Lior Ben Haim",
        "Farida Zahir",
        "Bjarni Jónsson",
    }


def test_ids_are_slugs_of_names() -> None:
    (row,) = people("Mme Ana Lucía Quispe Mamani, Vice-Ministre du travail du Pérou, a dit oui.")
    assert row["participant_id"] == "idm-2031-1-ana-lucia-quispe-mamani"
    assert row["entity_id"] == "ana-lucia-quispe-mamani"


@pytest.mark.parametrize("profession", ["pédiatre", "libraire à Sète", "boulangère", "notaire"])
def test_trades_are_functions(profession: str) -> None:
    found = people(f"Odile Marchetti, {profession}, a décrit les quais.")
    assert [(row["name"], row["position"]) for row in found] == [("Odile Marchetti", profession)]


def test_functions_before_names_in_a_list_belong_to_the_next_name() -> None:
    found = people(
        "Sont ensuite intervenus la Vice-Ministre du travail du Ghana, Mme Efua Mensah, le"
        " Secrétaire du port, M. Luc Triangle, et Mme Rosa Quint."
    )
    assert [(row["name"], row["position"]) for row in found] == [
        ("Efua Mensah", "Vice-Ministre du travail du Ghana"),
        ("Luc Triangle", "Secrétaire du port"),
        ("Rosa Quint", None),
    ]


def test_a_function_ends_before_somebody_without_a_name() -> None:
    found = people(
        "La table ronde réunissait Ahmed Ould Sidi, Ministre de la pêche de la Mauritanie, Lin Wei,"
        " professeure de droit, et un représentant de la ville."
    )
    assert [(row["name"], row["position"]) for row in found if row["kind"] == "person"] == [
        ("Ahmed Ould Sidi", "Ministre de la pêche de la Mauritanie"),
        ("Lin Wei", "professeure de droit"),
    ]


@pytest.mark.parametrize(
    "lead", ["Ont pris la parole", "Ont ensuite pris la parole", "Sont intervenus"]
)
def test_all_who_took_the_floor(lead: str) -> None:
    found = people(f"{lead} Mme Rosa Quint (Pérou), M. Luc Triangle (HCR) et M. C. Roux (Mali).")
    assert [(row["name"], row["kind"], row["country_code"]) for row in found] == [
        ("Rosa Quint", "person", "PER"),
        ("Luc Triangle", "person", None),
        ("C. Roux", "person", "MLI"),
    ]


def test_words_that_are_cited_take_no_floor() -> None:
    assert people("Les paroles de Mme Rosa Quint ont été citées par les orateurs.") == []
