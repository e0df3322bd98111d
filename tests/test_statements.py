"""What is a recommendation, what only looks like one, who says it: the sentences of
`statements.toml`."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from passages import ENGLISH, FRENCH, SPANISH, bullets

SENTENCES = tomllib.loads((Path(__file__).parent / "statements.toml").read_text(encoding="utf-8"))
LANGUAGES = {"en": ENGLISH, "fr": FRENCH, "es": SPANISH}


def _all(name: str) -> list[tuple[str, str]]:
    return [(language, text) for language, kinds in SENTENCES.items() for text in kinds[name]]


@cache
def _recommended(language: str, name: str) -> str:
    """The recommendations of one document that has each sentence of a kind as a list item."""
    tables = LANGUAGES[language].rows(bullets(*SENTENCES[language][name]))
    return "\n".join(str(row["text"]) for row in tables["recommendations"])


@pytest.mark.parametrize(("language", "text"), _all("wanted"))
def test_what_ought_to_be_done_is_a_recommendation(language: str, text: str) -> None:
    recommended = _recommended(language, "wanted")
    assert any(part in recommended for part in (text, *text.split(". ")))


@pytest.mark.parametrize(("language", "text"), _all("unwanted"))
def test_what_only_looks_like_one_is_none(language: str, text: str) -> None:
    assert text not in _recommended(language, "unwanted")


@pytest.mark.parametrize(
    ("language", "text", "attribution", "words"),
    [(language, *said) for language, kinds in SENTENCES.items() for said in kinds["said"]],
)
def test_who_says_it(language: str, text: str, attribution: str, words: str) -> None:
    (row,) = LANGUAGES[language].rows(bullets(text))["recommendations"]
    assert row["attribution"] in attribution.split("|")
    assert words in str(row["attributed_to"])
