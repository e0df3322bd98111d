"""The language of a text: told from its words, named where nothing can read it."""

import pytest

from flows.normalise.language.tell import language_of, name_of
from tests.documents import problems, source

SENTENCES = {
    "fr": "Les participants ont exhorté les villes à ouvrir leurs écoles dans le delta.",
    "en": "The participants urged the cities to open their schools at night.",
    "de": "Die Teilnehmer haben die Städte aufgefordert, ihre Schulen am Abend zu öffnen.",
    "pt": "Os participantes pediram às cidades que não fechem escolas, e a sessão foi encerrada.",
    "it": "I partecipanti hanno chiesto alle città di aprire le scuole, e la notte è stata lunga.",
    "ca": "Els participants van demanar a les ciutats que obrin les escoles, amb més mestres.",
    "gl": "Os participantes pediron ás cidades que non pechen as escolas, e a sesión foi longa.",
    "ro": "Participanții au cerut ca orașele să deschidă școlile, iar ele au fost închise în mai.",
    "nl": "De deelnemers hebben de steden gevraagd om hun scholen niet te sluiten.",
    "sv": "Deltagarna bad städerna att inte stänga skolorna, och det är en fråga för alla.",
    "pl": "Uczestnicy zwrócili się do miast, że nie powinny zamykać szkół, i to jest dla rodzin.",
    "tr": "Katılımcılar şehirlerin okulları açması için bir çağrı yaptı ve bu çok önemli olan.",
    "ru": "Участники призвали города не закрывать школы и открыть их для семей.",
    "uk": "Учасники закликали міста не закривати школи та відкрити їх для родин і дітей.",
    "ar": "دعا المشاركون المدن إلى فتح المدارس ليلا",
    "zh": "与会者呼吁各城市在夜间开放学校。",
    "ja": "参加者は都市に学校を開くよう求めた。",
    "ko": "참가자들은 도시들이 학교를 열 것을 촉구했다.",
    "el": "Οι συμμετέχοντες κάλεσαν τις πόλεις να ανοίξουν τα σχολεία.",
}


@pytest.mark.parametrize(("language", "text"), SENTENCES.items(), ids=list(SENTENCES))
def test_the_language_of_one_sentence(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Dialogue international sur la migration 2031\n\nRésumé des conclusions", "fr"),
        (
            "International Dialogue on Migration 2031\n\nPorts at night\n\nSummary of conclusions",
            "en",
        ),
        ("INTERNATIONAL DIALOGUE ON MIGRATION\n\nSUMMARY OF THE DISCUSSION", "en"),
        ("Diálogo Internacional sobre la Migración 2031\n\nSíntesis de conclusiones", "es"),
        ("Diálogo Internacional sobre Migração 2031\n\nResumo das conclusões da sessão", "pt"),
        ("Dialogo internazionale sulla migrazione 2031\n\nSintesi delle conclusioni", "it"),
    ],
)
def test_the_language_of_a_header_alone(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_quoted_sentence_does_not_change_the_language() -> None:
    assert language_of(f"{SENTENCES['fr']} {SENTENCES['fr']} « {SENTENCES['pt']} »") == "fr"
    assert language_of(f"{SENTENCES['pt']} {SENTENCES['pt']} “{SENTENCES['fr']}”") == "pt"


@pytest.mark.parametrize("text", ["", "12 345 —", "Xyzzy plugh frotz", "Lorem ipsum dolor sit"])
def test_no_language_where_nothing_tells_it(text: str) -> None:
    assert language_of(text) is None


def test_a_document_in_another_language_is_refused_by_name() -> None:
    (problem,) = problems(source(SENTENCES["de"] * 3))
    assert "German" in problem.what
    assert "French" in problem.remedy


def test_a_text_of_no_language_is_refused_with_those_that_can_be_read() -> None:
    (problem,) = problems(source("Xyzzy plugh frotz."))
    assert "French" in problem.what


def test_a_language_that_nobody_knows_is_named_by_its_code() -> None:
    assert name_of("eo") == "“eo”"
    assert name_of("sw") == "Swahili (sw)"
