"""Numbers that a text states: values, hedges, what they measure, and what is no figure."""

import pytest

from passages import FRENCH, bullets, of_sentence

rows = FRENCH.rows

Figure = tuple[str, float, str]

TOTALS: dict[str, list[Figure]] = {
    # sentences of the introduction → the session's totals
    "Près de 420 personnes s'étaient inscrites à la session, dont 62 % de représentants des"
    " gouvernements d'environ 95 pays.": [
        ("registered", 420, "nearly"),
        ("countries", 95, "about"),
    ],
    "La session s'est articulée en six panels, animés par 27 orateurs et modérateurs.": [
        ("panels", 6, "exact"),
        ("speakers", 27, "exact"),
    ],
    "Plus de 300 participants ont assisté à la session.": [("attended", 300, "over")],
    "Au cours des trois jours de débats, les bacs ont été évoqués.": [("days", 3, "exact")],
}

OTHERS: dict[str, list[Figure]] = {
    # sentences of the synthesis → other figures
    "Le fonds a distribué 2 milliards de cahiers.": [("other", 2e9, "exact")],
    "Quelque 8,4 millions de personnes ont traversé le lac.": [("other", 8.4e6, "about")],
    "Plus de 38 ports ont rouvert.": [("other", 38, "over")],
    "Les apprentis forment 70 pour cent des équipages.": [("other", 70, "exact")],
    "Moins de 5 % des quais sont éclairés.": [("other", 5, "under")],
    "Au moins douze écoles flottent sur le delta.": [("other", 12, "over")],
    "L'école compte 12 500 élèves.": [("other", 12500, "exact")],
    "L'école compte 12\u202f500 élèves.": [("other", 12500, "exact")],
    "Trois cents familles vivent sur la digue.": [("other", 300, "exact")],
    "Deux mille familles vivent sur la digue.": [("other", 2000, "exact")],
    "Quatre-vingts ports ont rouvert.": [("other", 80, "exact")],
    "Une vingtaine de villages restent isolés.": [("other", 20, "about")],
    "Les délégués ont tiré quatre enseignements de la crue.": [("other", 4, "exact")],
    "La ville a reçu 40 bacs et 15 grues.": [("other", 40, "exact"), ("other", 15, "exact")],
    "Près de cent pays ont signé la charte des ports.": [("other", 100, "nearly")],
    "Le panel voisin a réuni onze maires.": [("other", 11, "exact")],
}

NO_FIGURES = {
    "date": "La crue du 14 mai 2029 a emporté le pont.",
    "year": "Les bacs ont rouvert en 2027.",
    "years of a period": "Le plan portuaire 2026-2029 est achevé.",
    "resolution": "La résolution 61/208 a été relue.",
    "document": "Le document A/77/310 a été distribué.",
    "conference": "La COP 31 a été évoquée.",
    "disease": "La pandémie de COVID-19 a fermé les quais.",
    "agenda": "Le Programme 2030 a été cité.",
    "objective": "L'objectif 8 du Pacte mondial a été cité.",
    "panel": "Le Panel 2 a parlé des phares.",
    "hour": "Les guichets ouvrent à 9 h 30.",
    "article": "L'article 13 de la charte a été lu.",
    "ordinal in words": "La soixante-dix-huitième session de l'Assemblée a pris fin.",
    "ordinal in digits": "Le 3e quai est fermé.",
    "article un": "Un phare éclaire une digue.",
    "group of states": "Les ports du G20 ont été cités.",
}


def _figures(sentence: str, section: str) -> list[Figure]:
    passage = bullets(sentence) if section == "synthesis" else sentence
    tables = rows(passage, section=section)
    return [
        (str(row["measure"]), float(str(row["value"])), str(row["qualifier"]))
        for row in of_sentence(tables, "figures", sentence)
        if row["measure"] != "government_share"
    ]


@pytest.mark.parametrize(("sentence", "expected"), TOTALS.items())
def test_totals_of_the_session(sentence: str, expected: list[Figure]) -> None:
    assert _figures(sentence, "introduction") == expected


@pytest.mark.parametrize(("sentence", "expected"), OTHERS.items())
def test_other_figures(sentence: str, expected: list[Figure]) -> None:
    assert _figures(sentence, "synthesis") == expected


@pytest.mark.parametrize("sentence", NO_FIGURES.values(), ids=NO_FIGURES)
def test_numbers_that_are_no_figures(sentence: str) -> None:
    assert _figures(sentence, "synthesis") == []


def test_totals_reach_the_session() -> None:
    stating = [sentence for sentence in TOTALS if "ont assisté" not in sentence]
    tables = rows(*stating, section="introduction")
    (session,) = tables["sessions"]
    assert session["stated_participants"] == 420
    assert session["stated_countries"] == 95
    assert session["stated_panels"] == 6
    assert session["stated_speakers"] == 27
    assert session["stated_government_share"] == pytest.approx(0.62)
    assert "government_share" in {row["measure"] for row in tables["figures"]}


def test_figures_of_the_synthesis_are_no_totals() -> None:
    tables = rows(bullets(*OTHERS))
    (session,) = tables["sessions"]
    stated = [name for name in session if str(name).startswith("stated_")]
    assert stated
    assert {name: session[name] for name in stated} == dict.fromkeys(stated)


def test_units_and_words() -> None:
    sentence = "Le fonds a distribué 2 milliards de cahiers."
    tables = rows(bullets(sentence))
    (row,) = of_sentence(tables, "figures", sentence)
    assert "cahiers" in str(row["unit"])
    assert "2 milliards" in str(row["text"])
