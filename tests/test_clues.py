"""What a pattern needs is read off the pattern: no text that matches is ever kept out."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import sentences_in
from flows.ground.folding import lower
from flows.normalise.language.pack import Pack, packs
from flows.normalise.text.clues import Clues, Run, needs

LETTERS = st.text("abcdéE", min_size=1, max_size=4)
APART = st.sampled_from([" ", "'", "[ ,]", "[ ,-]", r"\b", "-", r"\W", r"\s", "^", "$"])
OTHER = st.sampled_from([".", r"\w", "[ab]", "[^.;]", r"\d", r"\B", "(?!a)", "(?<!b)", "(?=c)"])
QUANTIFIERS = st.sampled_from(["", "", "", "?", "*", "+", "{2}", "{0,2}", "{1}", "??", "{1,}"])


def _joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    groups = st.builds(
        lambda name, branches, quantifier: f"({name}{'|'.join(branches)}){quantifier}",
        st.sampled_from(["?:", "", "?i:"]),
        st.lists(inner, min_size=1, max_size=3),
        QUANTIFIERS,
    )
    letters = st.builds(lambda text, quantifier: text + quantifier, LETTERS, QUANTIFIERS)
    return st.lists(groups | letters | APART | OTHER, max_size=4).map("".join)


PATTERNS = st.recursive(LETTERS | APART, _joined, max_leaves=12)


@settings(max_examples=1000)
@given(PATTERNS, st.data())
def test_no_text_that_matches_is_kept_out(pattern: str, data: st.DataObject) -> None:
    compiled = re.compile(pattern)
    pieces = st.text("abcdéE ',-1ⓐ", max_size=12)
    text = data.draw(pieces | st.from_regex(pattern) if "(?" not in pattern else pieces)
    clues = Clues()
    mask = clues.mask(pattern)
    if compiled.search(text):
        assert not mask & ~clues.of(lower(text))


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"\b(?:demand|réclam)e(?:nt)? que", {Run("demand", True), Run("reclam", True)}),
        (r"\bil (?:faut|fallait)\b", {Run("faut", True, True), Run("fallait", True, True)}),
        (r"(?:très )?urgent", {Run("urgent")}),
        (r"essentiel(?:le)?s?", {Run("essentiel")}),
        (r"travail[ ,]+décent", {Run("travail", False, True)}),
    ],
)
def test_what_a_pattern_needs(pattern: str, needed: set[Run]) -> None:
    assert frozenset(needed) in needs(pattern)


@pytest.mark.parametrize(
    "pattern",
    [r"(?:mer|\d+)", r"(a)(?(1)bateau|phare)", r"(?P<a>x)(?P=a)phare", r"\x41phare", "a?"],
)
def test_patterns_that_need_nothing(pattern: str) -> None:
    assert needs(pattern) == set()


@pytest.mark.parametrize("read", packs().values(), ids=packs())
def test_no_sentence_is_kept_from_a_pattern_of_its_pack(read: Pack) -> None:
    """Every pattern that is tried by its clues, on every sentence of the documents at hand."""
    sentences = sentences_in(read)
    tried = [*read.cues, *read.traps, *read.groups, *read.terms]
    kept = [
        (wording.pattern.pattern, sentence.text)
        for wording in tried
        for sentence in sentences
        if not sentence.holds(wording.mask) and wording.pattern.search(sentence.lowered)
    ]
    assert kept == []
