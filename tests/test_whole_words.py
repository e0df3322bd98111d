"""No value starts or ends inside a word: over all documents and over made-up glued words."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.ground.span import whole_words
from passages import ENGLISH, FRENCH, SPANISH, bullets, rows_of
from schemas import Tables

TESTS = Path(__file__).parent
SEEDS = TESTS.parent / "seeds"
SENTENCES = tomllib.loads((TESTS / "statements.toml").read_text(encoding="utf-8"))
LANGUAGES = {"en": ENGLISH, "fr": FRENCH, "es": SPANISH}
DOCUMENTS = sorted([*SEEDS.glob("documents/*.txt"), *SEEDS.glob("gold/invented/**/*.txt")])
NAMES = {
    "recommendations": ("cue", "addressee", "attributed_to"),
    "participants": ("name", "position", "organisation"),
    "mentions": ("name",),
}


def _inside(text: str, place: int) -> bool:
    before, after = text[max(0, place - 1) : place], text[place : place + 1]
    return before.isalpha() and after.isalpha()


def _torn(text: str, tables: Tables) -> Iterator[str]:
    """Values and spans of a document that start or end inside a word."""
    for table, rows in tables.items():
        for row in rows:
            span = [row.get("char_start"), row.get("char_end")]
            if all(isinstance(place, int) for place in span) and any(
                _inside(text, int(str(place))) for place in span
            ):
                yield f"{table} {row['rule']}: {text[int(str(span[0])) : int(str(span[1]))]}"
            for column in NAMES.get(table, ()):
                value = row.get(column)
                if isinstance(value, str) and value in text and not _stands_whole(value, text):
                    yield f"{table}.{column}: {value}"


def _stands_whole(value: str, text: str) -> bool:
    """Whether a text has a value somewhere as whole words."""
    start = text.find(value)
    while start >= 0:
        if not _inside(text, start) and not _inside(text, start + len(value)):
            return True
        start = text.find(value, start + 1)
    return False


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_no_value_of_a_document_is_torn(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert list(_torn(text, rows_of(text))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_value_of_the_sentences_is_torn(language: str) -> None:
    kinds = SENTENCES[language]
    text = LANGUAGES[language].document(
        bullets(*kinds["wanted"], *kinds["unwanted"], *(said[0] for said in kinds["said"]))
    )
    assert list(_torn(text, rows_of(text))) == []


@given(st.text("abé 1-'"), st.data())
def test_whole_words_of_any_range(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = whole_words(text, (start, end))
    if found is None:
        assert _inside(text, start) or (text[start - 1] + text[start]).isdigit()
    else:
        assert found[0] == start
        assert found[1] >= end
        assert not _inside(text, found[0])
        assert not _inside(text, found[1])
        assert text[end : found[1]].isalpha() or text[end : found[1]].isdigit() or end == found[1]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(LANGUAGES)), st.text("bcdfghj", min_size=1, max_size=3), st.data())
def test_no_term_inside_a_longer_word(language: str, prefix: str, data: st.DataObject) -> None:
    sentence = data.draw(st.sampled_from(SENTENCES[language]["wanted"]))
    words = sentence.split(" ")
    place = data.draw(st.integers(1, len(words) - 1))
    glued = " ".join([*words[:place], prefix + words[place].lower(), *words[place + 1 :]])
    text = LANGUAGES[language].document(bullets(glued))
    assert list(_torn(text, rows_of(text))) == []
