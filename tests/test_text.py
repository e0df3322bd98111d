"""Clean text, its spans, the folded forms for look-ups, and sentences."""

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import pack
from flows.ground.cleaning import clean
from flows.ground.folding import compact, fold_typography, key, lower, same_length_key, slug
from flows.ground.fragment import Fragment
from flows.ground.reading import read
from flows.normalise.structure.sentences import sentence_ranges

NBSP, NARROW, SOFT = "\u00a0", "\u202f", "\u00ad"


def cleaned(text: str, *, keeps: bool = False) -> Fragment:
    """The clean text of a whole source; `keeps` decides on hyphens at the ends of lines."""
    shown = read(text).shown
    return clean(shown, [(0, len(shown))], lambda left, right: keeps)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("une  mer\net\tdeux   rives ", "une mer et deux rives", id="white space"),
        pytest.param("la mer\f\nmonte", "la mer monte", id="form feed"),
        pytest.param("coope\u0301ration a\u0300 E\u0301vian", "coopération à Évian", id="NFD"),
        pytest.param(f"na{SOFT}vi{SOFT}ga{SOFT}tion", "navigation", id="soft hyphens"),
        pytest.param("\u200bport\u2060\ufeff", "port", id="zero width"),
        pytest.param("navi-\ngation", "navigation", id="hyphen of a hard wrap"),
        pytest.param("navi-  \n   gation", "navigation", id="hyphen of an indented wrap"),
        pytest.param(f"navi{SOFT}\ngation", "navigation", id="soft hyphen of a hard wrap"),
        pytest.param("les quais - \nles docks", "les quais - les docks", id="dash at a line's end"),
        pytest.param("débats<sup>iv</sup> clos", "débats clos", id="raised note mark"),
        pytest.param("débats <sup>1</sup> clos", "débats clos", id="note mark between spaces"),
        pytest.param("débats[^12] clos[3].", "débats clos.", id="note marks in brackets"),
        pytest.param("débats¹², clos.³", "débats, clos.", id="superscript note marks"),
        pytest.param("**Le port** de *Sète*", "Le port de Sète", id="bold and italic"),
        pytest.param("***Le port*** __de__ _Sète_", "Le port de Sète", id="other emphasis"),
        pytest.param("*l'accueil* des *gens de mer*", "l'accueil des gens de mer", id="italics"),
        pytest.param("3 * 4 et a_b_c", "3 * 4 et a_b_c", id="stars and low lines that are text"),
        pytest.param(r"1\. Le port \* Sète", "1. Le port * Sète", id="escapes"),
        pytest.param("<b>Le</b> port<br/> clos", "Le port clos", id="inline tags"),
        pytest.param("0 < 3 et 5 > 4", "0 < 3 et 5 > 4", id="signs that are no tags"),
        pytest.param(
            f"70{NBSP}% «{NARROW}oui{NARROW}»", f"70{NBSP}% «{NARROW}oui{NARROW}»", id="no-break"
        ),
        pytest.param("l’île d‘Yeu, l'île", "l’île d‘Yeu, l'île", id="apostrophes as printed"),
        pytest.param("rive–rive — CO₂", "rive–rive — CO₂", id="dashes and subscripts"),
    ],
)
def test_clean_text_is_what_a_reader_reads(text: str, expected: str) -> None:
    assert cleaned(text).text == expected


@pytest.mark.parametrize(
    ("keeps", "expected"), [(True, "sous-marin"), (False, "sousmarin")], ids=["kept", "dropped"]
)
def test_a_hyphen_at_a_line_end_goes_by_the_rule_given(keeps: bool, expected: str) -> None:
    asked = []

    def rule(left: str, right: str) -> bool:
        asked.append((left, right))
        return keeps

    text = "un sous-\nmarin gris"
    assert clean(Fragment.of(text), [(0, len(text))], rule).text == f"un {expected} gris"
    assert asked == [("sous", "marin")]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("la mer", "monte", "la mer monte"),
        ("la navi-", "gation reprend", "la navigation reprend"),
        ("du quai –", "le long du quai", "du quai – le long du quai"),
    ],
    ids=["words", "hyphen", "dash"],
)
def test_ranges_of_a_cut_passage_are_joined(first: str, second: str, expected: str) -> None:
    gap = "\n\n– 4 –\n\n"
    ranges = [(0, len(first)), (len(first + gap), len(first + gap + second))]
    fragment = clean(Fragment.of(first + gap + second), ranges, lambda left, right: False)
    assert fragment.text == expected
    assert fragment.span() == (0, len(first + gap + second))


def test_spans_point_at_the_source_behind_the_clean_characters() -> None:
    text = "  **E\u0301ga-\nlite\u0301** des\n\n rives "
    fragment = cleaned(text)
    assert fragment.text == "Égalité des rives"
    assert fragment.span(0, 1) == (4, 6)  # the letter with its accent
    assert text[slice(*fragment.span(0, 7))] == "E\u0301ga-\nlite\u0301"
    assert text[slice(*fragment.span(12))] == "rives"
    assert fragment.slice(7, 12).text == "des"


# Pieces of a source that hypothesis puts together: words, marks and spaces of all kinds.
WORDS = ("mer", "île", "i\u0302le", "l'", "l’", "A", "7", "œ", ".", ", ", "«", " »", "-", "–")
SPACES = (" ", "  ", "\n", "\n\n", "\t", "\f", NBSP, NARROW)
MARKS = ("*", "**", "_", "<sup>2</sup>", "[^1]", "¹", "\\", "<i>", "</i>", "#", SOFT, "\u200b")
PIECES = st.sampled_from((*WORDS, *SPACES, *MARKS))
SOURCES = st.lists(PIECES, max_size=24).map("".join)


@given(SOURCES, SOURCES, st.booleans())
def test_every_clean_character_comes_from_its_span(first: str, second: str, keeps: bool) -> None:
    text = f"{first}\n\n{second}"
    ranges = [(0, len(first)), (len(first) + 2, len(text))]
    fragment = clean(Fragment.of(text), ranges, lambda left, right: keeps)
    assert fragment.starts == sorted(fragment.starts)
    for character, start, end in zip(fragment.text, fragment.starts, fragment.ends, strict=True):
        behind = unicodedata.normalize("NFC", text[start:end])
        assert character in behind or (character == " " and behind.isspace())


@given(SOURCES, st.data())
def test_the_span_of_a_slice_contains_its_words(text: str, data: st.DataObject) -> None:
    fragment = cleaned(text, keeps=True)
    start = data.draw(st.integers(0, len(fragment)))
    piece = fragment.slice(start, data.draw(st.integers(start, len(fragment))))
    assert piece.text == piece.text.strip()
    if len(piece):
        behind = compact(text[slice(*piece.span())])
        position = 0
        for character in compact(piece.text):  # in order, with note marks and tags between them
            position = behind.index(character, position) + 1


@given(SOURCES)
def test_clean_text_has_no_layout_left(text: str) -> None:
    result = cleaned(text).text
    assert result == unicodedata.normalize("NFC", result).strip()
    assert not re.search(r"[\n\t\f\u00ad\u200b]|  |<sup>2", result)


@given(
    st.lists(
        st.sampled_from(["mer", "l'île", "Sète,", "« quai »", "70 %", "sous-marin"]), min_size=1
    )
)
def test_text_without_layout_stays_as_it_is(words: list[str]) -> None:
    assert cleaned(" ".join(words)).text == " ".join(words)


# ---------------------------------------------------------------- forms for look-ups


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gavi, l’Alliance du vaccin", "gavi-l-alliance-du-vaccin"),
        ("Œuvre d'Ægir à Łódź", "oeuvre-d-aegir-a-lodz"),
        ("Đặng Thị Mỹ-Linh", "dang-thi-my-linh"),
        ("Straße des 17. Juni", "strasse-des-17-juni"),
        ("  — N’Djamena (Tchad) ", "n-djamena-tchad"),
        ("Sao\u0303 Tome\u0301", "sao-tome"),
    ],
)
def test_a_slug_is_ascii_words_joined_by_hyphens(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text())
def test_a_slug_holds_nothing_else_and_stays_what_it_is(text: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug(text))
    assert slug(slug(text)) == slug(text)


@pytest.mark.parametrize(
    "variant",
    [
        "L’ÉTAT CÔTIER : 70 %",
        f"l'État{NBSP}côtier{NARROW}: 70{NBSP}%",
        "l'E\u0301tat co\u0302tier\n: 70 %",
    ],
    ids=["capitals", "no-break spaces", "NFD"],
)
def test_a_key_is_the_same_for_all_typography(variant: str) -> None:
    assert key(variant) == "l'etat cotier : 70 %"


@given(st.text())
def test_folded_forms_keep_the_length(text: str) -> None:
    assert len(fold_typography(text)) == len(lower(text)) == len(same_length_key(text)) == len(text)


def test_compact_text_is_letters_and_digits() -> None:
    assert compact("« L’Île-d'Œuvre » – 70 % !") == "liledoeuvre70"


# ---------------------------------------------------------------- sentences


def split(text: str) -> list[str]:
    fragment = cleaned(text)
    return [fragment.slice(*found).text for found in sentence_ranges(fragment, pack())]


@pytest.mark.parametrize(
    "sentences",
    [
        pytest.param(
            ["Le port s'ouvre.", "Qui l'eût cru ?", "Personne !", "Et pourtant…"], id="ends"
        ),
        pytest.param(["M. Ferri a parlé.", "MM. Diallo et Petit ont répondu."], id="M. and MM."),
        pytest.param(["Mme. Ruiz et Mlle Ober ont lu le texte.", "Il est court."], id="Mme."),
        pytest.param(
            ["S. E. M. Aldo Roth et le Dr. Noé Yao ont signé.", "C'est fait."], id="titles"
        ),
        pytest.param(["S.E. Mme Ilse Brandt, du Pr. Lô, a lu la lettre.", "Il a ri."], id="S.E."),
        pytest.param(["J. B. Okoro a chanté.", "K. Ito aussi."], id="initials"),
        pytest.param(
            ["Jean-B. Okoro et A.-M. Lê ont chanté.", "Tous ont ri."], id="joined initials"
        ),
        pytest.param(
            ["L'art. 12 et l'art. 13, cf. p. 4 du rapport, le disent.", "Lisons."], id="art."
        ),
        pytest.param(
            ["La note n° 7 et la note no. 8 sont lues.", "Le vol. 2 suivra."], id="numbers"
        ),
        pytest.param(
            ["Les femmes sont exposées au vol.", "Des recours existent."], id="the word vol"
        ),
        pytest.param(["Accueillir est un art.", "Il s'apprend."], id="the word art"),
        pytest.param(["Il a dit : « Nous restons. »", "Elle a souri."], id="stop inside quotes"),
        pytest.param(["Il a dit : « Nous restons ».", "Elle a souri."], id="stop outside quotes"),
        pytest.param([f"Il a dit : «{NBSP}Restons.{NBSP}»", "Elle a souri."], id="no-break quotes"),
        pytest.param(["Il a dit : “Restons !”", "“Partons !” fut la réponse."], id="other quotes"),
        pytest.param(
            ["Le mot « Tous. Sans exception. » orne le mur.", "Il est vieux."], id="quotation"
        ),
        pytest.param(
            ["Le fonds (né en 2019. Voir l'annexe) reste ouvert.", "Il croît."], id="brackets"
        ),
        pytest.param(
            ["Le fonds croît.", "(Voir l'annexe.)", "Il reste ouvert."], id="bracketed sentence"
        ),
        pytest.param(
            ["Quais, docks… tout manque.", "Docks, quais…", "La liste est longue."], id="…"
        ),
        pytest.param(["Quais, docks... tout manque.", "Docks, quais...", "Rien ne va."], id="..."),
        pytest.param(
            ["Quais, docks, etc., tout manque.", "Quais, docks, etc.", "Rien ne va."], id="etc."
        ),
        pytest.param(
            ["Trois pistes : 1) écouter, 2) agir et 3) dire.", "À suivre."], id="1) 2) 3)"
        ),
        pytest.param(
            ["La 1re session et la 2e table ont eu lieu.", "La 3e suivra."], id="ordinals"
        ),
        pytest.param(
            ["Le quai fait 3.5 km et la cible 10.7 tient.", "40 pays l'ont lu."], id="digits"
        ),
        pytest.param(
            ["L'accord date de 2018.", "En 2030, il aura douze ans."], id="year at the end"
        ),
        pytest.param(["1. Le port doit ouvrir.", "Il est prêt."], id="number mark"),
        pytest.param(
            ["Le site iom.int est ouvert.", "À Dakar, on lit.", "Œuvrons."], id="capitals"
        ),
        pytest.param(["Le texte est celui de l'ONU.", "Les États l'ont lu."], id="acronym"),
        pytest.param(["Un point final manque"], id="no final stop"),
    ],
)
def test_sentences(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


@given(
    st.lists(
        st.sampled_from(["M.", "Ruiz", "a", "dit", ":", "« Oui. »", "(Non.)", "etc.", "7", "n°"])
    )
)
def test_sentences_leave_out_only_white_space(words: list[str]) -> None:
    fragment = cleaned(" ".join(words))
    ranges = sentence_ranges(fragment, pack())
    outside = set(range(len(fragment))) - {i for a, b in ranges for i in range(a, b)}
    assert all(fragment.text[i].isspace() for i in outside)
    assert all(before <= after for (_, before), (after, _) in pairwise(ranges))
