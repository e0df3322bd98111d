"""The ranking of search() held against bm25s, others' implementation of BM25, on fifty queries.

They are put without quotation marks. The two cannot agree wholly: search() knows synonyms, and
finds the plural of words whose stem Snowball misses (envoi, envois).
"""

import re
from pathlib import Path

import bm25s
import pytest
import snowballstemmer

from flows.command.asking.database import opened

QUERIES = """
    jeunes migrants; accès aux soins de santé; droits de l'homme; coopération internationale;
    changement climatique; traite des personnes; identité juridique; protection sociale;
    rapatriements de fonds; voies régulières; vaccins; données; pandémie; femmes et filles;
    compétences et qualifications; discrimination et racisme; diaspora; développement durable;
    gestion des frontières; pays d'origine; autorités locales; villes; secteur privé;
    justice pénale; documents d'identité; retour des travailleurs; réintégration;
    migrants disparus; familles; catastrophes; numérisation; inclusion financière;
    marché du travail; formation professionnelle; éducation; société civile; Forum d'examen;
    Pacte mondial; gouvernance; sécurité humaine; services consulaires; état civil;
    couverture sanitaire universelle; planification; prévention; réseaux de jeunes;
    entrepreneuriat; pénuries de main-d'œuvre; personnes handicapées; partenariats
"""
TOP = 10


@pytest.fixture(scope="module")
def answers(built: Path) -> list[tuple[list[str], list[str]]]:
    """Per query, the first ten of search() and of bm25s, best first."""
    stemmer = snowballstemmer.stemmer("french")
    with opened(built / "idm.duckdb") as database:
        texts = database.execute(
            "select kind || ' ' || row_id, text from searchable"
            " order by document_id, char_start, kind, row_id"
        ).fetchall()

        def terms(text: str) -> list[str]:
            words = re.findall(r"[^\W_]+", text.lower())
            stems = [stemmer.stemWord(word) for word in words]
            return [
                row[0]
                for row in database.execute("select folded(unnest($s))", {"s": stems}).fetchall()
            ]

        corpus = [terms(text) for _, text in texts]
        known = {term for document in corpus for term in document}
        other = bm25s.BM25(k1=1.2, b=0.75, method="lucene")
        other.index(corpus, show_progress=False)
        answers = []
        for query in (" ".join(part.split()) for part in QUERIES.split(";")):
            rows = database.execute(
                "select kind || ' ' || row_id from search(?, most := ?)", [query, TOP]
            ).fetchall()
            wanted = [term for term in terms(query) if term in known]
            places, scores = other.retrieve([wanted], k=TOP, show_progress=False)
            theirs = [
                texts[n][0] for n, score in zip(places[0], scores[0], strict=True) if score > 0
            ]
            answers.append(([row[0] for row in rows], theirs))
    return answers


def test_the_rankings_agree(answers: list[tuple[list[str], list[str]]]) -> None:
    assert len(answers) == 50
    assert all(ours and theirs for ours, theirs in answers)
    same_first = sum(ours[0] == theirs[0] for ours, theirs in answers)
    among_three = sum(ours[0] in theirs[:3] for ours, theirs in answers)
    shared = [
        len(set(ours) & set(theirs)) / min(len(ours), len(theirs)) for ours, theirs in answers
    ]  # of a phrase, bm25s also finds texts with some of its words
    print(f"same first {same_first}, in the first three {among_three}, shared {sum(shared) / 50}")
    assert same_first >= 43
    assert among_three >= 48
    assert sum(shared) / len(shared) >= 0.85
