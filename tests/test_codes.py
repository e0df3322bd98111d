"""Codes of recommendations: groups of people, objectives of the Global Compact."""

import pytest

from passages import FRENCH, reference

codes = FRENCH.codes
recommendation = FRENCH.recommendation

GROUPS: dict[str, tuple[str, str]] = {
    # code → a sentence that names these people, one with like words that does not
    "migrants": (
        "Il faut écouter les migrants avant de tracer les lignes de bus.",
        "Il faut revoir la politique migratoire.",
    ),
    "irregular_migrants": (
        "Il faut soigner les migrants en situation irrégulière.",
        "Il faut comprendre les causes de la migration irrégulière.",
    ),
    "migrant_workers": (
        "Il faut loger les travailleurs migrants près des champs.",
        "Il faut former les travailleurs sociaux.",
    ),
    "women": (
        "Il faut ouvrir des foyers pour les femmes.",
        "Il faut associer ONU-Femmes au suivi des chantiers.",
    ),
    "girls": (
        "Il faut rouvrir les internats pour les filles.",
        "Il faut raccourcir les files devant les guichets.",
    ),
    "youth": (
        "Il faut former les jeunes au soudage.",
        "Il faut rajeunir la flotte de bus.",
    ),
    "children": (
        "Il faut scolariser les enfants dès l'arrivée.",
        "Il faut consulter le Fonds des Nations Unies pour l'enfance avant l'ouverture.",
    ),
    "older_persons": (
        "Il faut rendre visite aux personnes âgées.",
        "Il faut remplacer les grues âgées de trente ans.",
    ),
    "lgbtiq_persons": (
        "Il faut former les juges à l'accueil des personnes LGBTIQ+.",
        "Il faut corriger l'orientation des digues.",
    ),
    "persons_with_disabilities": (
        "Il faut adapter les quais aux personnes handicapées.",
        "Il faut lever le handicap que constitue la distance.",
    ),
    "refugees": (
        "Il faut ouvrir l'université aux réfugiés.",
        "Il faut relire le Pacte mondial sur les réfugiés.",
    ),
    "displaced_persons": (
        "Il faut recenser les personnes déplacées par la crue.",
        "Il faut rouvrir les bureaux déplacés en banlieue.",
    ),
    "diaspora": (
        "Il faut associer la diaspora au choix des livres.",
        "Il faut éviter la dispersion des archives.",
    ),
    "returnees": (
        "Il faut loger les rapatriés avant l'hiver.",
        "Il faut rapatrier les archives du port.",
    ),
    "trafficking_victims": (
        "Il faut héberger les victimes de la traite.",
        "Il faut réprimer la traite des personnes.",
    ),
    "smuggled_migrants": (
        "Il faut protéger les migrants victimes de trafic illicite.",
        "Il faut réprimer le trafic d'armes.",
    ),
    "missing_migrants": (
        "Il faut identifier les migrants disparus.",
        "Il faut retrouver les archives disparues.",
    ),
    "families": (
        "Il faut loger les familles ensemble.",
        "Il faut simplifier le regroupement familial.",
    ),
    "local_communities": (
        "Il faut associer les communautés d'accueil au tracé du canal.",
        "Il faut rouvrir les marchés locaux.",
    ),
    "youth_networks": (
        "Il faut financer les réseaux de jeunes.",
        "Il faut réparer le réseau d'eau.",
    ),
}

WHOLE = {
    # sentence → all its groups
    "Il faut loger les travailleurs migrants près des champs.": {"migrant_workers"},
    "Il faut financer les réseaux de jeunes.": {"youth_networks"},
    "Il faut soigner les migrants en situation irrégulière.": {"irregular_migrants"},
    "Il faut former les jeunes migrants au soudage.": {"youth", "migrants"},
    "Il faut écouter les migrantes.": {"women", "migrants"},
    "Il faut scolariser les enfants migrants.": {"children", "migrants"},
    "Il faut écouter les femmes, les filles et les personnes âgées.": {
        "women",
        "girls",
        "older_persons",
    },
    "Il faut repeindre les phares.": set(),
}

EXPLICIT = {
    # sentence → objectives of the Compact that it names by number
    "Il faut appliquer l'objectif 8 du Pacte mondial.": {"8"},
    "Il faut relire les objectifs 2, 5 et 18 du Pacte mondial sur les migrations.": {
        "2",
        "5",
        "18",
    },
    "Il faut financer les objectifs 4 à 6 du Pacte mondial.": {"4", "5", "6"},
    "Il faut financer les objectifs 21 et 22 du GCM.": {"21", "22"},
    "Le Pacte mondial est clair : il faut atteindre l'objectif 13.": {"13"},
    "Il faut atteindre l'objectif n° 7 du Pacte mondial.": {"7"},
    "Il faut atteindre les 23 objectifs du Pacte mondial.": set(),
    "Il faut défendre les objectifs du Pacte mondial.": set(),
    "Il faut atteindre l'objectif 27 du Pacte mondial.": set(),
    "Il faut atteindre l'objectif 8 du plan portuaire.": set(),
    "Il faut suivre la cible 10.7 des objectifs de développement durable.": set(),
    "Il faut relier l'objectif 10.7 au Pacte mondial.": set(),
    "Il faut atteindre l'objectif de développement durable 8 et lire le Pacte mondial.": set(),
    "Il faut relire l'objectif 4 du Programme 2030.": set(),
}

LEXICAL = {
    # sentence → objective that it is squarely about
    "Il faut ventiler les données sur la migration par sexe et par âge.": "1",
    "Il faut enregistrer les naissances et délivrer des documents d'identité.": "4",
    "Il faut interdire les frais de recrutement.": "6",
    "Il faut multiplier les opérations de recherche et de sauvetage.": "8",
    "Il faut démanteler les réseaux de passeurs.": "9",
    "Il faut combattre la traite des personnes.": "10",
    "Il faut mieux coordonner la gestion des frontières.": "11",
    "Il faut fermer les centres de rétention.": "13",
    "Il faut étendre la protection consulaire.": "14",
    "Il faut garantir l'accès aux soins de santé.": "15",
    "Il faut combattre la xénophobie et les discours de haine.": "17",
    "Il faut reconnaître les qualifications et les compétences.": "18",
    "Il faut mobiliser les investissements de la diaspora.": "19",
    "Il faut abaisser le coût des envois de fonds.": "20",
    "Il faut accompagner la réintégration après le retour.": "21",
    "Il faut garantir la portabilité des pensions.": "22",
    "Il faut renforcer la coopération internationale et les partenariats.": "23",
}

NOT_LEXICAL = {
    # sentence → objective that it is not about
    "Il faut organiser un retour d'expérience après chaque exercice.": "21",
    "Il faut viser l'inclusion financière des bergers.": "16",
    "Il faut repeindre les phares.": "8",
    "Il faut achever l'intégration régionale des chemins de fer.": "16",
}


@pytest.mark.parametrize(("code", "sentence"), [(c, s) for c, (s, _) in GROUPS.items()])
def test_people_named_give_their_group(code: str, sentence: str) -> None:
    row = codes(sentence, "group")[code]
    assert str(row["evidence"]) in sentence


@pytest.mark.parametrize(("code", "sentence"), [(c, s) for c, (_, s) in GROUPS.items()])
def test_like_words_give_no_group(code: str, sentence: str) -> None:
    assert code not in codes(sentence, "group")


@pytest.mark.parametrize(("sentence", "expected"), WHOLE.items())
def test_all_groups_of_a_sentence(sentence: str, expected: set[str]) -> None:
    assert set(codes(sentence, "group")) == expected


def test_every_group_has_its_sentences() -> None:
    assert {row["group_code"] for row in reference()["groups"]} == set(GROUPS)


@pytest.mark.parametrize(("sentence", "expected"), EXPLICIT.items())
def test_objectives_named_by_number(sentence: str, expected: set[str]) -> None:
    explicit = {c: r for c, r in codes(sentence, "gcm").items() if r["method"] == "explicit"}
    assert set(explicit) == expected
    assert all(str(row["evidence"]) in sentence for row in explicit.values())


@pytest.mark.parametrize(("sentence", "objective"), LEXICAL.items())
def test_objectives_by_their_terms(sentence: str, objective: str) -> None:
    found = codes(sentence, "gcm")
    assert objective in found
    assert found[objective]["method"] == "lexical"
    assert str(found[objective]["evidence"]) in sentence


@pytest.mark.parametrize(("sentence", "objective"), NOT_LEXICAL.items())
def test_terms_in_another_sense(sentence: str, objective: str) -> None:
    assert objective not in codes(sentence, "gcm")


def test_at_most_three_objectives_by_terms() -> None:
    sentence = (
        "Il faut combattre la traite, la xénophobie et les passeurs, fermer les centres de"
        " rétention et garantir la portabilité des pensions."
    )
    assert 1 <= len(codes(sentence, "gcm")) <= 3


def test_a_sentence_without_terms_has_no_objective() -> None:
    assert codes("Il faut repeindre les phares.", "gcm") == {}


def test_sentences_that_recommend_nothing_have_no_codes() -> None:
    assert recommendation("Les migrants ont repeint les phares.") is None
