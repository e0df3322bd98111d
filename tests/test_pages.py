"""Web pages: what their readers see is what is read, and what they do not see is said."""

import pytest

from flows.ingest.html import MOST_ATTRIBUTES, read_html
from flows.ingest.text import NotText


def page(body: str, head: str = '<meta charset="utf-8">') -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def text(body: str, head: str = '<meta charset="utf-8">') -> str:
    return read_html(page(body, head)).text


def notes(body: str, head: str = '<meta charset="utf-8">') -> list[tuple[str, int, str, str]]:
    """What is said to be left out: what, how many, behind which words, and how it began."""
    reading = read_html(page(body, head))
    assert {note.kind for note in reading.notes} <= {"left_out"}
    return [
        (note.what, note.count, reading.text[: note.offset].split("\n")[-1], note.words)
        for note in reading.notes
    ]


HIDDEN = "hidden parts left out"
DELETED = "deleted passages left out"
AROUND = "navigation, footers and other parts around the text left out"


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>never shown</p>",
        "<p hidden=until-found>never shown</p>",
        '<p style="display:none">never shown</p>',
        '<div style="color: red; Display: NONE !important"><p>never <b>shown</b></p></div>',
        "<p style='visibility : hidden;'>never shown</p>",
        "<p style='visibility:collapse'>never shown</p>",
        "<p style='font-size:0'>never shown</p>",
        "<p style='opacity: 0.0'>never shown</p>",
        "<p style='mso-hide:all'>never shown</p>",
        "<dialog>never shown</dialog>",
        "<p class='x draft'>never shown</p>",
        "<p id=old>never shown</p>",
    ],
)
def test_hidden_parts_are_left_out_and_said(hidden: str) -> None:
    sheet = "<style>/* a */ p.draft, #old { color: red; display: none } b { }</style>"
    body = f"<p>Before.</p>{hidden}<p>Behind.</p>"
    assert text(body, sheet) == "Before.\n\nBehind.\n"
    assert notes(body, sheet) == [(HIDDEN, 1, "Before.", "never shown")]


@pytest.mark.parametrize(
    "shown",
    [
        "<p aria-hidden=true>seen</p>",  # it hides from those who have a page read out to them
        "<p style='opacity:0.8; font-size:0.9em'>seen</p>",
        "<p style='display:none-such'>seen</p>",
        "<p class=print>seen</p>",
        "<details><summary>seen</summary></details>",
        "<dialog open>seen</dialog>",
    ],
)
def test_what_is_seen_is_read(shown: str) -> None:
    sheet = "<style>@media print { .print { display: none } }</style>"
    assert text(shown, sheet) == "seen\n"
    assert notes(shown, sheet) == []


@pytest.mark.parametrize(
    "deleted",
    [
        "<del>masters</del>",
        "<s>masters</s>",
        "<strike>masters</strike>",
        "<span style='text-decoration: line-through'>masters</span>",
    ],
)
def test_deleted_text_is_left_out_and_said_with_what_was_set_in_its_place(deleted: str) -> None:
    body = f"<p>to train {deleted} <ins>apprentices</ins>.</p>"
    assert text(body) == "to train apprentices.\n"
    assert notes(body) == [(DELETED, 1, "to train", "masters")]


def test_an_item_that_is_deleted_leaves_no_mark_of_an_item() -> None:
    body = "<ul><li>a</li><li><p><del>b</del></p></li><li><del>c</del></li></ul><p>d</p>"
    assert text(body) == "- a\n\nd\n"
    assert notes(body) == [(DELETED, 2, "- a", "b")]


def test_parts_around_the_text_are_left_out_and_said() -> None:
    body = (
        "<nav>Home</nav><div role=search>Find</div><p>Text.</p><aside>Follow us</aside>"
        "<footer>Terms</footer>"
    )
    assert text(body) == "Text.\n"
    assert notes(body) == [(AROUND, 2, "", "Home"), (AROUND, 2, "Text.", "Follow us")]


def test_what_stands_outside_the_main_part_is_counted_in_words() -> None:
    body = "<p>175 member states</p><main><p>Text.</p></main>all rights"
    assert text(body) == "Text.\n"
    assert notes(body) == [("words around the main part of the page left out", 5, "", "")]


def test_programs_styles_controls_and_comments_are_nothing() -> None:
    body = (
        "<!-- a --><script>b</script><form><label>c</label><input value=d><button>e</button>"
        "<p>Text.</p></form><noscript>f</noscript><svg><text>g</text></svg>"
    )
    assert text(body) == "Text.\n"
    assert notes(body) == []


def test_lines_of_the_file_are_no_lines_of_the_text() -> None:
    assert text("<h1>Ports and\n  gateways</h1><p>One\nand\ttwo.</p>") == (
        "# Ports and gateways\n\nOne and two.\n"
    )
    assert text("<h1>Dialogue<br>First session</h1>") == "# Dialogue\nFirst session\n"


def test_text_that_is_set_as_typed_keeps_its_lines() -> None:
    assert text("<pre>Dialogue\n\nFirst  session</pre><p>a <code>b</code></p>") == (
        "Dialogue\n\nFirst  session\n\na b\n"
    )


# Tables


def table(*rows: str) -> list[str]:
    body = "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    return text(f"<p>a</p>{body}").split("\n")[2:-1]


def test_cells_that_reach_over_rows_and_columns_keep_the_others_in_their_columns() -> None:
    assert table(
        "<th>Day</th><th>Panel</th><th>Title</th>",
        "<td rowspan=2>1</td><td>A</td><td>x</td>",
        "<td>B</td><td rowspan=0>y</td>",
        "<td colspan=2>2</td><td>z</td>",
        "<td>3</td>",
    ) == [
        "| Day | Panel | Title |",
        "| --- | --- | --- |",
        "| 1 | A | x |",
        "|  | B | y |",
        "| 2 |  | z |",
        "| 3 |",
    ]


def test_tables_that_arrange_a_page_are_no_tables() -> None:
    assert table("<td><h2>Ports</h2></td><td><p>One.</p><p>Two.</p></td>") == [
        *("## Ports", "", "One.", "", "Two."),
    ]
    assert table("<td>One.</td>", "<td>Two.</td>") == ["One.", "", "Two."]
    body = "<table role=presentation><tr><td>One.</td><td>Two.</td></tr></table>"
    assert text(body).split() == ["One.", "Two."]


# XHTML


XHTML = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="a.js"/></head>'
    "<body><p>Re&eacute;l&nbsp;: a &lt;b&gt; &amp; c<br/>d</p></body></html>"
)


def test_xhtml_is_read_as_xml() -> None:
    assert read_html(XHTML.encode()).text == "Reél\u00a0: a <b> & c  \nd\n"


def test_xhtml_that_is_none_is_read_as_browsers_do() -> None:
    broken = XHTML.replace("</p>", "").replace("<title/><script", "<meta").encode()
    assert read_html(broken).text.startswith("Reél")


# Encodings


def test_a_label_that_lies_is_not_believed() -> None:
    for label in ("iso-8859-1", "windows-1252", "utf-16"):
        head = f"<meta charset='{label}'>"
        assert read_html(page("<p>Clôture à Genève</p>", head)).text == "Clôture à Genève\n"
    data = page("<p>Clôture</p>").decode().encode("cp1252")
    with pytest.raises(NotText, match="byte 0xF4"):
        read_html(data)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_by_its_zeros(encoding: str) -> None:
    assert read_html(page("<p>Clôture</p>").decode().encode(encoding)).text == "Clôture\n"


# What asks for more than a page has


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (page("<p>" + "<b>a</b> " * 60_001), "elements"),
        (page("<ul><li>" * 70 + "a"), "nested too deeply"),
        (page("<div>" * 300 + "a"), "nested too deeply"),
        (page("<table><tr>" + "<td rowspan=1000 colspan=1000>a" * 21), "too many cells"),
        (page("<table>" + "<tr><td rowspan=999>a<td rowspan=999>b" * 200), "too many cells"),
        (page("<p " + "a=1 b" * 3 * MOST_ATTRIBUTES + ">x"), "attributes"),
        (b"<!DOCTYPE html [<!ENTITY a 'b'>]><p>&a;</p>", "entities"),
    ],
)
def test_a_page_that_asks_for_too_much_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(NotText) as caught:
        read_html(data)
    assert words in caught.value.what
    assert caught.value.remedy


def test_tags_that_say_nothing_are_not_counted() -> None:
    assert len(text("<p>" + "<span>a</span> " * 60_001)) == 120_002
