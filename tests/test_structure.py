"""Passages: every character has its place, page breaks are rejoined, furniture is set apart."""

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import CONCLUSIONS, HEADER, INTRODUCTION, blocks, minimal, parts, rows, structure
from flows.ground.reading import read

LONG = (
    "Les maires des villes côtières ont rappelé que les ports restent le premier lieu où une"
    " personne venue de loin demande son chemin, un toit et un emploi"
)


def kinds(body: str) -> list[str]:
    return [kind for kind, _ in blocks(body)]


def texts(body: str) -> list[str]:
    return [text for kind, text in blocks(body) if kind != "artefact"]


# ---------------------------------------------------------------- nothing is lost

TEXTS = (INTRODUCTION, CONCLUSIONS, LONG, "Titre isolé", "**Titre gras**", "### Titre", "> cité")
ITEMS = ("- Un point ;", "• Un point", "*  Point.", "– un tiret", "+ plus", "\uf0b7 puce", "-", "•")
NUMBERED = ("1. Premier", "2) Second", "a) lettre", "(iv) romain", "II. Romain", "1.", "| a | b |")
RULES = ("--", "---", "* * *", "______", "=====", "-----", ". . . . . 4", "|---|---|", "#")
PAGES = ("12", "– 12 –", "Page 3 sur 9", "iv", "Dialogue international sur la migration 2027")
NOTES = ("<sup>1</sup> Une note.", "¹ Une note.", "[^2]: Une note.", "1 Une note.", "* Une note.")
FIELDS = ("Modératrice : Mme Ober", "7 juin 2027", "Première journée", "Panel 1 : Ports")
SCRAPS = ("\u00a0\u00a0", "\u200b", "\tindenté", "et la suite en minuscules.", "«", "<br>", "\\")
BLOCKS = st.sampled_from(
    (*TEXTS, *ITEMS, *NUMBERED, *RULES, *PAGES, *NOTES, *FIELDS, *SCRAPS),
)
JOINTS = st.sampled_from(
    ["\n", "\n\n", "\n\n\n\n", "\f", "\n\f\n", "\n\n\f", "  \n", " \n \n", "\u2028"]
)


@st.composite
def assembled(draw: st.DrawFn) -> str:
    """Blocks of all kinds in any order, below a header or not."""
    text = draw(st.sampled_from([HEADER + "\n\n", HEADER + "\n", "\n\n\n", ""]))
    for block in draw(st.lists(BLOCKS, min_size=1, max_size=12)):
        text += block + draw(JOINTS)
    return text


@settings(max_examples=150, deadline=None)
@given(assembled())
def test_all_that_a_reader_sees_is_in_exactly_one_passage(text: str) -> None:
    document = structure(text)
    owners = [0] * len(text)
    for passage in document.passages:
        for start, end in passage.ranges:
            for i in range(start, end):
                owners[i] += 1
    assert max(owners, default=0) <= 1
    shown = read(text).shown
    for character, start, end in zip(shown.text, shown.starts, shown.ends, strict=True):
        assert character.isspace() or owners[start:end] == [1] * (end - start), (start, character)
    assert [p.start for p in document.passages] == sorted(p.start for p in document.passages)


@settings(max_examples=60, deadline=None)
@given(assembled())
def test_sentences_lie_in_their_passages_and_sections_hold_all(text: str) -> None:
    document = structure(text)
    for sentence in document.sentences:
        passage = document.passages[sentence.passage]
        start, end = sentence.span()
        assert passage.start <= start < end <= passage.end
        assert sentence.text in passage.text
    assert [s.start for s in document.sections][1:] == [s.end for s in document.sections][:-1]
    assert document.sections[-1].end == len(document.passages)


def test_a_cut_passage_encloses_its_artefact_in_the_table() -> None:
    body = parts(LONG, "– 4 –", "dès son arrivée sur le quai, de jour comme de nuit.")
    passages = rows(minimal(parts(INTRODUCTION, body)))["passages"]
    (artefact,) = [row for row in passages if row["kind"] == "artefact"]
    (cut,) = [row for row in passages if str(row["text"]).startswith(LONG)]
    assert artefact["text"] == "– 4 –"
    assert cut["text"] == f"{LONG} dès son arrivée sur le quai, de jour comme de nuit."
    assert cut["char_start"] < artefact["char_start"] < artefact["char_end"] < cut["char_end"]


def test_a_cut_passage_encloses_a_note_and_the_line_above_it() -> None:
    note = "______\n<sup>1</sup> Règlement du port, article 4."
    body = parts(LONG, note, "dès son arrivée sur le quai, de jour comme de nuit.")
    passages = rows(minimal(parts(INTRODUCTION, body)))["passages"]
    (cut,) = [row for row in passages if str(row["text"]).startswith(LONG)]
    inside = [row for row in passages if cut["char_start"] < row["char_start"] < cut["char_end"]]
    assert cut["text"] == f"{LONG} dès son arrivée sur le quai, de jour comme de nuit."
    assert {row["kind"] for row in inside} == {"artefact"}
    assert len(inside) == 2


# ---------------------------------------------------------------- page breaks

TAIL = "dès son arrivée sur le quai, de jour comme de nuit."


@pytest.mark.parametrize(
    "mark", ["", "- ", "• ", "3. ", "a) "], ids=["plain", "-", "•", "3.", "a)"]
)
@pytest.mark.parametrize(
    "gap",
    [
        "\n\n",
        "\n\n\n\n",
        "\n\f",
        "\n\n\f\n",
        "\n\n12\n\n",
        "\n\n- 12 -\n\n",
        "\n\nPage 12 sur 14\n\n\f",
        "\n\n12\n\f\n",
        "\n\f\n12\n\n",
    ],
    ids=[
        "blank",
        "three blank",
        "feed",
        "blank and feed",
        "12",
        "- 12 -",
        "page",
        "12 feed",
        "feed 12",
    ],
)
def test_a_sentence_cut_by_a_page_break_is_joined(mark: str, gap: str) -> None:
    found = texts(parts(INTRODUCTION, f"{mark}{LONG}{gap}{TAIL}", INTRODUCTION))
    assert found == [INTRODUCTION, f"{LONG} {TAIL}", INTRODUCTION]


def test_a_footnote_at_the_foot_of_the_page_does_not_part_the_sentence() -> None:
    note = "<sup>1</sup> Enquête de la capitainerie."
    found = blocks(parts(INTRODUCTION, f"{LONG}<sup>1</sup>", note, "12", TAIL))[1:]
    assert [text for _, text in found] == [
        f"{LONG} {TAIL}",
        "Enquête de la capitainerie.",
        "12",
    ]
    assert [kind == "paragraph" for kind, _ in found] == [True, False, False]


def test_a_word_cut_by_a_page_break_is_joined() -> None:
    body = parts(
        "La coopération compte. " + LONG + ", ce qui suppose une coopé-", "12", "ration durable."
    )
    assert texts(parts(INTRODUCTION, body))[1].endswith(", ce qui suppose une coopération durable.")


def test_a_tail_that_starts_with_a_name_is_joined_after_an_unfinished_line() -> None:
    body = parts(INTRODUCTION, f"{LONG}, a dit la maire de", "12", "Dakar devant l'assemblée.")
    assert texts(body)[1:] == [f"{LONG}, a dit la maire de Dakar devant l'assemblée."]


def test_the_first_paragraph_may_be_cut_as_well() -> None:
    first, rest = INTRODUCTION.split(" Genève ")
    body = parts(first, "2", f"Genève {rest}")
    assert blocks(body) == [("paragraph", INTRODUCTION), ("artefact", "2")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (LONG + ".", "Ensuite, les armateurs ont pris la parole."),
        (LONG + " !", "dès lors, tout change."),
        ("- Tenir les registres ;", "- former les agents."),
        ("Modérateur : M. Aldo Ferri", "Rapporteuse : Mme Ilse Brandt"),
    ],
    ids=["finished", "exclamation", "next item", "fields"],
)
def test_what_is_finished_is_not_joined(first: str, second: str) -> None:
    found = texts(parts(INTRODUCTION, first, second))
    assert found == [INTRODUCTION, first.removeprefix("- "), second.removeprefix("- ")]


# ---------------------------------------------------------------- furniture


def test_running_heads_and_page_numbers_are_artefacts() -> None:
    head = "IDM 2027 – Document de séance"
    pages = [f"{LONG} numéro {word}" for word in ("un", "deux", "trois", "quatre")]
    tails = [f"{word} dès son arrivée sur le quai." for word in ("et", "ou", "mais", "car")]
    body = "".join(
        f"\n\n{page}\n\n{n}\n\n\f{head}\n\n{tail}"
        for n, (page, tail) in enumerate(zip(pages, tails, strict=True), 2)
    )
    found = blocks(INTRODUCTION + body)
    joined = [f"{page} {tail}" for page, tail in zip(pages, tails, strict=True)]
    assert [text for kind, text in found if kind == "paragraph"][1:] == joined
    assert [text for kind, text in found if kind == "artefact"] == [
        text for n in range(2, 6) for text in (str(n), head)
    ]


def test_a_line_that_recurs_inside_the_text_is_no_running_head() -> None:
    items = "\n".join(["- Le quai est long.", "- La mer est basse.", "- Le quai est long."])
    assert kinds(parts(INTRODUCTION, items)) == ["paragraph"] + ["list_item"] * 3


@pytest.mark.parametrize("line", ["2027", "70 %", "Panel 2", "12 ports"])
def test_what_is_no_page_number(line: str) -> None:
    assert "artefact" not in kinds(parts(INTRODUCTION, line, LONG + "."))


@pytest.mark.parametrize("rule", ["--", "---", "***", "* * *", "________", "———", "~~~~"])
def test_rules_decorate_and_make_no_heading(rule: str) -> None:
    document = structure(minimal(f"{INTRODUCTION}\n\n{LONG}.\n\n{rule}\n\n{INTRODUCTION}"))
    assert [p.kind for p in document.passages][-3:] == ["paragraph", "rule", "paragraph"]


# ---------------------------------------------------------------- footnotes


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ("<sup>i</sup>", "<sup>i</sup> Texte non revu."),
        ("¹", "¹ Texte non revu."),
        ("[^1]", "[^1]: Texte non revu."),
        ("1", "1 Texte non revu."),
        ("*", "* Texte non revu."),
    ],
    ids=["sup", "superscript", "Markdown", "glued digit", "star"],
)
def test_a_note_at_the_end_is_a_footnote_and_its_mark_is_not_read(mark: str, note: str) -> None:
    body = parts(f"Les registres{mark} sont tenus à jour par la capitainerie.", "---", note)
    assert blocks(body) == [
        ("paragraph", "Les registres sont tenus à jour par la capitainerie."),
        ("footnote", "Texte non revu."),
    ]


@pytest.mark.parametrize("text", ["Le COVID19 recule.", "La COP27 et l'A320 aussi.", "L'an 2027."])
def test_digits_of_a_word_are_no_note_marks(text: str) -> None:
    assert texts(parts(INTRODUCTION, text, "---", "<sup>1</sup> Une note."))[1] == text


def test_bold_lines_near_the_end_are_no_notes() -> None:
    body = parts(
        f"- **Soin** : {LONG}.", "**Clôture**", INTRODUCTION, "---", "<sup>i</sup> Une note."
    )
    found = blocks(parts(INTRODUCTION, body))
    assert found[-3:] == [
        ("heading", "Clôture"),
        ("paragraph", INTRODUCTION),
        ("footnote", "Une note."),
    ]


def test_items_marked_with_stars_near_the_end_are_no_notes() -> None:
    items = "* Former les agents ;\n* Tenir les registres."
    body = parts("### *Soin à terre*", items, "---", "12")
    assert kinds(parts(INTRODUCTION, body))[-3:] == ["list_item", "list_item", "artefact"]


# ---------------------------------------------------------------- lists and tables


@pytest.mark.parametrize(
    "mark", ["-", "–", "•", "*", "·", "§", "▪", "1.", "1)", "a)", "(a)", "(i)"]
)
def test_list_marks(mark: str) -> None:
    following = {"1": "2", "a": "b", "i": "ii"}
    after = "".join(following.get(character, character) for character in mark)
    found = blocks(f"{INTRODUCTION}\n\n{mark} Former les agents ;\n{after} Tenir les registres.")
    assert found == [
        ("paragraph", INTRODUCTION),
        ("list_item", "Former les agents ;"),
        ("list_item", "Tenir les registres."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "M. Ferri a salué la foule.",
        "D. Ruiz et E. Brandt ont lu.",
        "7 ports ont signé.",
        "A-t-on lu ?",
    ],
)
def test_what_is_no_list_mark(text: str) -> None:
    kind, found = blocks(parts(INTRODUCTION, text, LONG + "."))[1]
    assert found == text
    assert kind != "list_item"


def test_items_stay_apart_across_blank_lines_and_keep_their_wrapped_lines() -> None:
    body = "- Former les agents\n  des capitaineries ;\n\n- Tenir\nles registres ;\n\n\n- Lire."
    assert texts(body) == [
        "Former les agents des capitaineries ;",
        "Tenir les registres ;",
        "Lire.",
    ]


def test_numbered_paragraphs_are_no_headings() -> None:
    numbered = [f"{n}. {LONG}. Ils ont cité le cas numéro {n}." for n in range(1, 6)]
    assert "heading" not in kinds(parts(*numbered))


def test_dot_leaders_are_no_headings() -> None:
    body = parts("Introduction ........ 1\nPanels ........ 2\nClôture ........ 3", INTRODUCTION)
    assert "heading" not in kinds(body)


def test_rows_of_a_table_are_items_of_their_own() -> None:
    table = "| Heure | Thème |\n|---|---|\n| 9 h | Ports |\n| 10 h | Rives |"
    assert kinds(parts(INTRODUCTION, table)) == ["paragraph", "list_item", "list_item", "list_item"]


# ---------------------------------------------------------------- hard wraps


def test_hard_wrapped_text_is_rejoined() -> None:
    towns = ["Saint-Louis", "Cap-Haïtien", "Nouadhibou", "Ziguinchor", "Port-Gentil", "Libreville"]
    lines = (
        "La grand-mère de la maire, venue de {town}, disait que\n"
        "Marseille et Dakar sont deux quartiers d'une même ville - la\n"
        "Méditerranée et l'océan n'y changent rien -, et que les sous-\n"
        "préfets, eux, passent. La naviga-\n"
        "tion reste. Les\n"
        "participants l'ont applaudie {end}."
    )
    joined = (
        "La grand-mère de la maire, venue de {town}, disait que Marseille et Dakar sont deux"
        " quartiers d'une même ville - la Méditerranée et l'océan n'y changent rien -, et que les"
        " sous-préfets, eux, passent. La navigation reste. Les participants l'ont applaudie {end}."
    )
    ends = ["debout", "assis", "en chœur", "enfin", "à deux mains", "sans fin"]
    last = "La navigation a un sous-préfet."
    cases = list(zip(towns, ends, strict=True))
    body = parts(*(lines.format(town=town, end=end) for town, end in cases), last)
    assert texts(body) == [*(joined.format(town=town, end=end) for town, end in cases), last]


@pytest.mark.parametrize("mark", ["- ", ""], ids=["item", "paragraph"])
def test_a_dash_at_the_start_of_a_wrapped_line_is_no_list_mark(mark: str) -> None:
    wrapped = "Relier les rives de la Méditerranée et celles de l'Atlantique\n– un nouveau contrat"
    others = [
        f"{mark}Les équipages de {town} ont besoin de repos, de soins et d'un\ntoit à {town}."
        for town in [
            "Bari",
            "Sète",
            "Gênes",
            "Dakar",
            "Lomé",
            "Cotonou",
            "Tunis",
            "Alger",
            "Oran",
            "Fès",
        ]
    ]
    found = texts(parts(textwrap.fill(INTRODUCTION, 66), *others, f"{mark}{wrapped}"))
    assert found[-1] == wrapped.replace("\n", " ")


def test_a_wrapped_last_line_that_recurs_is_still_text() -> None:
    paragraphs = [
        f"La maire {n} de Ziguinchor a longuement parlé de la mer, des\nrives et des gens de mer.\n"
        for n in ("élue", "sortante", "adjointe", "honoraire")
    ]
    assert kinds("\n".join([INTRODUCTION + "\n", *paragraphs])) == ["paragraph"] * 5


def test_labels_beside_a_page_break_are_no_running_heads() -> None:
    found = blocks("Jour 1\n\n- Panel 1 : Loger\n\n\fJour 2\n\n- Panel 1 : Former\n\n\fJour 3")
    assert all(kind != "artefact" for kind, _ in found)
