"""What a reader sees of a text as its bytes have it, and where that stands: one mapping."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import (
    ENGLISH,
    INTRODUCTION,
    SPANISH,
    WHOLE,
    minimal,
    parts,
    reference,
    rows,
    source,
)
from flows.build import accepted
from flows.ground.cleaning import Passages, clean, letters
from flows.ground.fragment import Fragment
from flows.ground.reading import read
from schemas import Row, Tables


def shown(text: str) -> str:
    return read(text).shown.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("un\u2028deux\u2029trois\x85quatre", "un\ndeux\ntrois\nquatre", id="ends"),
        pytest.param("un\x1cdeux\x1dtrois\vquatre", "un\ndeux\ntrois\nquatre", id="separators"),
        pytest.param(
            "\u202aAla\u202c \u200eRuiz\u200f \u2067x\u2069", "Ala Ruiz x", id="directions"
        ),
        pytest.param("po\u200brt\u2060 \ufeffouvert\u061c", "port ouvert", id="zero widths"),
        pytest.param(
            "na\u00advi\u00adre na\u00ad\nvire", "navire na\u00ad\nvire", id="soft hyphens"
        ),
        pytest.param("o\ufb03ce \ufb01ve \ufb02ow", "office five flow", id="ligatures"),
        pytest.param("Ｐａｎｅｌ　１：ｐｏｒｔ", "Panel 1:port", id="full width"),
        pytest.param("𝐏𝐨𝐫𝐭 𝑜𝑢𝑣𝑒𝑟𝑡", "Port ouvert", id="letters of mathematics"),
        pytest.param("a\u2009b\u1680c\u2007d", "a b c\u00a0d", id="spaces of other widths"),
        pytest.param("e\u0301te\u0301", "été", id="accents apart"),
        pytest.param("\u1112\u1161\u11ab 가\u11a8", "한 각", id="letters of syllables apart"),
        pytest.param("l\x92\x89tat", "l’‰tat", id="Windows-1252 as controls"),
        pytest.param("\uf0b7 un\n  \uf0a7\tdeux", "• un\n  •\tdeux", id="symbol fonts"),
        pytest.param("❖ un\n➔ deux\n∙ trois\n→ six", "• un\n• deux\n• trois\n• six", id="signs"),
        pytest.param("❑un\n\uf0fcdeux", "• un\n• deux", id="signs glued to words"),
        pytest.param("\ufffd un\n\ufffd deux", "• un\n• deux", id="lost signs"),
        pytest.param("de A → B, \uf0e0 C", "de A → B,  C", id="signs in a line"),
        pytest.param("☐ un\n- [x] deux\n[ ] trois", "• un\n- deux\ntrois", id="boxes"),
        pytest.param("=> un\n-> deux", "• un\n• deux", id="arrows of dashes"),
        pytest.param("Vu :\no Un.\no Deux.", "Vu :\n• Un.\n• Deux.", id="o of typewriters"),
        pytest.param("Vu :\n\nØ Un\n\nØ Deux", "Vu :\n\n• Un\n\n• Deux", id="letters for signs"),
        pytest.param("leyes\no reglas\no usos", "leyes\no reglas\no usos", id="the word o"),
        pytest.param("y todo.\no Norma", "y todo.\no Norma", id="one o is no list"),
        pytest.param("kept <up to date> by", "kept <up to date> by", id="brackets"),
        pytest.param("if x<y and y>z", "if x<y and y>z", id="signs of order"),
        pytest.param("a<b and b>c", "a<b and b>c", id="signs of order and a tag's name"),
        pytest.param("<port@exemple.org>", "<port@exemple.org>", id="an address"),
        pytest.param('<b>a</b> <a href="x">b</a> <o:p></o:p>', "a b ", id="tags"),
        pytest.param(
            "a<SUP>1</SUP> <sup class='n'>2</sup>", "a<sup>1</sup> <sup>2</sup>", id="sup"
        ),
        pytest.param("<sup>[1](#n1)</sup>", "<sup>1</sup>", id="a link in a note mark"),
        pytest.param("le 1<sup>er</sup> mai", "le 1er mai", id="ending of an ordinal"),
        pytest.param("un<br>deux<BR clear='all'/>trois", "un\ndeux\ntrois", id="line breaks"),
        pytest.param("| a<br>b | c |", "| a b | c |", id="line break in a cell"),
        pytest.param("<ul><li>un</li></ul>", "\n\n- un\n\n", id="a list of tags"),
        pytest.param("<del>a</del>b <s>c d</s> ~~e~~f", "b  f", id="deleted"),
        pytest.param("a <del>b\n\nc", "a b\n\nc", id="deleted, never closed"),
        pytest.param("~~~~\na ~ b ~~ c", "~~~~\na ~ b ~~ c", id="tildes"),
        pytest.param("a <!-- b\n\n c -->d", "a d", id="a comment"),
        pytest.param("a <!-- b", "a <!-- b", id="a comment without end"),
        pytest.param("a<script>b</script><style>c</style>", "a", id="scripts"),
        pytest.param('a <span style="display: none">b</span>c', "a c", id="hidden"),
        pytest.param("```python\na\n```", "\na\n", id="a code fence"),
        pytest.param("[Mme X](https://exemple.org/x)", "Mme X", id="a link"),
        pytest.param('[X](https://e.org/a_(b) "T")', "X", id="a link with a title"),
        pytest.param("![logo](l.png)[![l](x.png)](y.html)", "", id="pictures"),
        pytest.param("a [Suède](hybride) b", "a [Suède](hybride) b", id="brackets in a row"),
        pytest.param("a[1](#note-1)", "a[1]", id="a note mark as a link"),
        pytest.param("a\n[1]: https://e.org 'T'\nb", "a\n\nb", id="targets of links"),
        pytest.param(
            "R&amp;D&nbsp;: l&rsquo;&#233;t&eacute; &truc;", "R&D\u00a0: l’été &truc;", id="&"
        ),
        pytest.param("a&amp;nbsp;b", "a\u00a0b", id="references to references"),
        pytest.param("un\\\ndeux", "un\ndeux", id="hard break"),
        pytest.param("---\ntitle: A\ntags: [b]\n---\nTexte", "\nTexte", id="front matter"),
        pytest.param("---\nTexte : un\n---\n", "---\nTexte : un\n---\n", id="rules"),
        pytest.param("**a** | `b` | # c", "**a** | `b` | # c", id="what structure is read off"),
    ],
)
def test_what_a_reader_sees(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    ["agirⁱ", "agir<SUP>1</SUP>", "agir[\u200b1]", "agir[^2**]", "agir\\[3\\]", "agir[1](#n)"],
)
def test_marks_of_notes_in_any_dress_are_not_read(text: str) -> None:
    fragment = read(text).shown
    assert clean(fragment, [(0, len(fragment))], lambda left, right: True).text == "agir"


def test_a_span_of_what_is_read_points_at_the_bytes_behind_it() -> None:
    text = "\u200eMme\u00ad O\ufb03ce, [Al<b>b</b>a](https://e.org) e\u0301t&eacute;"
    fragment = read(text).shown
    at = {word: fragment.text.index(word) for word in ("Office", "Alba", "été")}
    spans = {word: text[slice(*fragment.span(i, i + len(word)))] for word, i in at.items()}
    assert spans == {"Office": "O\ufb03ce", "Alba": "Al<b>b</b>a", "été": "e\u0301t&eacute;"}


# ---------------------------------------------------------------- any text

MARKS = [
    *("<", ">", "</", "b>", "<b>", "<sup>", "</sup>", "<SUP>", "<del>", "</del>", "<!--", "-->"),
    *(
        "[",
        "]",
        "(",
        ")",
        "](",
        "[^1]",
        "1",
        "12",
        "ⁱ",
        "²",
        "*",
        "**",
        "_",
        "\\",
        "`",
        "```",
        "~~",
    ),
    *(
        "&amp;",
        "&lt;",
        "&#",
        ";",
        "nbsp",
        "\u200b",
        "\u200e",
        "\u00ad",
        "\ufb01",
        "\uff1c",
        "\uf0b7",
    ),
    *("\u2028", "\x85", "\x1c", "\v", "\f", "\n", "\n\n", " ", "\t", "\u3000", "\u00a0", "-", "--"),
    *("e\u0301", "\u0301", "\u1161", "\u1100", "\ufffd", "\x92", "\ue000", "❖", "o", "Ø", "---\n"),
    *("port", "Mme", "Ruiz", "l’", ".", ":", ",", "http://e.org/x", "title: a\n", "| ", "# ", "> "),
]
TEXTS = st.one_of(st.lists(st.sampled_from(MARKS), max_size=30).map("".join), st.text(max_size=40))


def cleaned(text: str) -> Fragment:
    fragment = read(text).shown
    return clean(fragment, [(0, len(fragment))], lambda left, right: True)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_reading_twice_and_cleaning_twice_change_nothing(text: str) -> None:
    assert shown(shown(text)) == shown(text)
    once = cleaned(text).text
    again = clean(Fragment.of(once), [(0, len(once))], lambda left, right: True)
    assert again.text == once
    assert unicodedata.is_normalized("NFC", once)


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.data())
def test_each_span_put_back_gives_the_clean_text(text: str, data: st.DataObject) -> None:
    fragment = cleaned(text)
    assert len(fragment.starts) == len(fragment.ends) == len(fragment.text)
    assert list(fragment.starts) == sorted(fragment.starts)
    assert all(
        0 <= a <= b <= len(text) for a, b in zip(fragment.starts, fragment.ends, strict=True)
    )
    if len(fragment):
        passages = Passages(text, [], [])
        assert passages.letters(*fragment.span()) == letters(fragment.text)
        start = data.draw(st.integers(0, len(fragment) - 1))
        end = data.draw(st.integers(start + 1, len(fragment)))
        # What stands for one thing in the source is read whole.
        assert letters(fragment.text[start:end]) in passages.letters(*fragment.span(start, end))


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, st.sampled_from(["\n\n", "\n", " ", "\n- "]))
def test_rows_of_any_text_pass_their_checks(first: str, second: str, between: str) -> None:
    body = f"{INTRODUCTION}\n\nLes ports{first} doivent agir.{between}Il faut{second} former.\n"
    _, refused = accepted([source(minimal(body))], reference())
    assert not [problem for problem in refused if "fault of the rules" in str(problem)]


# ---------------------------------------------------------------- whole documents


def of_table(tables: Tables, name: str, column: str) -> list[object]:
    return [row[column] for row in tables[name]]


def said(tables: Tables) -> dict[str, list[object]]:
    """What the rows say, wherever it stands."""
    people = [r["name"] for r in tables["participants"] if r["kind"] == "person"]
    return {
        "people": people,
        "panels": of_table(tables, "panels", "title"),
        "recommendations": of_table(tables, "recommendations", "text"),
        "sentences": of_table(tables, "sentences", "text"),
    }


LANGUAGES = {"fr": WHOLE, "en": ENGLISH, "es": SPANISH}
DRESSED = {
    "direction marks": lambda text: text.replace("Odile", "\u200eOdile\u200f").replace(
        "- ", "-\u200e "
    ),
    "isolates": lambda text: text.replace("Marchetti", "\u2068Marchetti\u2069"),
    "zero widths": lambda text: text.replace("Marchetti", "Mar\u200bchetti").replace(
        "Panel", "Pa\u2060nel"
    ),
    "ligatures": lambda text: text.replace("fi", "\ufb01").replace("st", "\ufb06"),
    "full width": lambda text: text.replace("Panel 1", "Ｐａｎｅｌ １").replace("2027", "２０２７"),
    "bullets of a symbol font": lambda text: text.replace("\n- ", "\n\uf0a7 "),
    "diamonds": lambda text: text.replace("\n- ", "\n❖ "),
    "dots": lambda text: text.replace("\n- ", "\n∙ "),
    "arrows": lambda text: text.replace("\n- ", "\n➔\t"),
    "boxes": lambda text: text.replace("\n- ", "\n☐ "),
    "tasks": lambda text: text.replace("\n- ", "\n- [ ] "),
    "letters o": lambda text: text.replace("\n- ", "\no "),
    "letters o and a tab": lambda text: text.replace("\n- ", "\no\t"),
    "line separators": lambda text: text.replace("\n- ", "\u2028- "),
    "paragraph separators": lambda text: text.replace("\n\n", "\u2029\u2029"),
    "next lines": lambda text: text.replace("\n", "\x85"),
    "file separators": lambda text: text.replace("\n- ", "\x1c- "),
    "front matter": lambda text: f"---\ntitle: Un autre\ndate: 1999-01-02\n---\n\n{text}",
    "a comment": lambda text: text.replace(
        "\n- ", "\n<!-- à relire\n\nStates must rest. -->\n- ", 1
    ),
    "links": lambda text: text.replace("Odile Marchetti", "[Odile Marchetti](https://e.org/o)"),
    "deleted": lambda text: text.replace("Marchetti", "~~Marchand~~ Marchetti", 1),
    "deleted by a tag": lambda text: text.replace("Marchetti", "<del>Marchand</del> Marchetti", 1),
    "references": lambda text: text.replace("i", "&#105;").replace("é", "&eacute;"),
    "tags": lambda text: text.replace("Marchetti", "<strong>Marchetti</strong>"),
    "fences": lambda text: text.replace("\n\n- ", "\n\n```\n```\n\n- ", 1),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dress", DRESSED)
def test_a_document_in_another_dress_says_the_same(dress: str, language: str) -> None:
    plain = LANGUAGES[language]
    dressed = DRESSED[dress](plain)
    assert dressed != plain
    tables = rows(dressed)
    assert said(tables) == said(rows(plain))
    (document,) = tables["documents"]
    assert document["text"] == dressed


def test_what_nobody_sees_is_an_artefact_or_goes_with_its_passage() -> None:
    text = WHOLE.replace("- Panel 1", "<!-- à relire -->\n\n- Panel 1")
    text = text.replace("Former les équipages", "[Former les équipages](https://e.org/f)")
    tables = rows(text)
    said_there = {row["text"]: row for row in tables["passages"]}
    assert said_there["<!-- à relire -->"]["rule"] == "structure.artefact.comment"
    row = said_there["Panel 2 : Former les équipages"]
    end = int(str(row["char_end"]))
    assert text[:end].endswith("](https://e.org/f)")


def warned(text: str) -> list[tuple[object, object]]:
    kinds = ("damage", "left_out", "total")
    return [(r["kind"], r["message"]) for r in rows(text)["warnings"] if r["kind"] in kinds]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "L\x92eau monte.",
            ("damage", "letters of Windows-1252 written as controls: 1"),
        ),
        ("Il faut <del>dormir</del> agir.", ("left_out", "deleted text, not read")),
        ("Il faut agir. <!-- ou pas -->", ("left_out", "a comment, not read")),
        ("<span hidden>Il faut dormir.</span> Ils dorment.", ("left_out", "hidden text, not read")),
        ("---\ntitle: x\n---\n", None),
    ],
)
def test_what_was_left_out_is_told(text: str, expected: tuple[str, str] | None) -> None:
    found = warned(minimal(parts(INTRODUCTION, text)))
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (WHOLE, "Parmi les inscrits, 150 % de représentants de gouvernements étaient présents."),
        (ENGLISH, "Of the participants, 150 per cent represented governments."),
        (SPANISH, "El 150 % de los participantes representaban a gobiernos."),
    ],
    ids=LANGUAGES,
)
def test_a_share_beyond_the_whole_is_a_warning(text: str, sentence: str) -> None:
    header, line, body = text.partition("\n\n- Panel 1")
    tables = rows(
        f"{header.rsplit(chr(10), 1)[0]}{sentence}\n\n{header.rsplit(chr(10), 1)[1]}{line}{body}"
    )
    (session,) = tables["sessions"]
    shares: list[Row] = [r for r in tables["figures"] if r["measure"] == "government_share"]
    assert shares and session["stated_government_share"] is None
    assert "more than the whole" in of_table(tables, "warnings", "message")
