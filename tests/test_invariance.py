"""A document laid out or typeset in another way gives the same rows, spans and passages apart."""

from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blocks import LANGUAGES
from documents import parts, rows
from flows.__main__ import DOCUMENTS
from flows.ingest.text import read_text
from flows.normalise.structure.headings import heading_key
from schemas import Tables
from variants import (
    LAYOUTS,
    NOTES,
    PANEL_LINES,
    TYPOGRAPHIES,
    Variant,
    same_typography,
    unmarked,
    with_headings,
    with_notes,
    with_numbers,
    with_panels,
    with_underlines,
)

pytestmark = pytest.mark.slow

REAL = sorted(path.name for path in DOCUMENTS.glob("*.txt"))

# Table → what of a row does not rest on where it stands in the document.
COLUMNS = {
    "documents": "document_id document_type language title",
    "sessions": "session_id year ordinal title start_date end_date start_time end_time timezone"
    " modality venue city country_code stated_participants stated_countries stated_panels"
    " stated_speakers stated_government_share",
    "session_days": "number date theme",
    "sections": "level number kind heading day",
    "panels": "panel_id day number label title",
    "participants": "participant_id entity_id kind name honorific position organisation"
    " country_code sector",
    "interventions": "participant_id role panel_id",
    "sentences": "text attribution attributed_to reporting_verb",
    "recommendations": "text force cue attribution attributed_to addressee",
    "citations": "instrument_id text",
    "figures": "measure value unit qualifier text",
    "mentions": "kind entity_id country_code text",
    "reconciliations": "measure stated extracted status",
}
FOLLOWS_THE_TEXT = {"session_days", "sections", "panels", "sentences", "recommendations"}
View = dict[str, list[tuple[object, ...]]]


def view(tables: Tables, *, typography: bool = True) -> View:
    """What tables say; without `typography`, texts that differ only in it are the same."""

    def shown(value: object) -> object:
        return same_typography(value) if isinstance(value, str) and not typography else value

    found = {
        name: [tuple(shown(row[column]) for column in columns.split()) for row in tables[name]]
        for name, columns in COLUMNS.items()
    }
    texts = {row["recommendation_id"]: row["text"] for row in tables["recommendations"]}
    found["recommendation_codes"] = [
        tuple(
            map(shown, (texts[row["recommendation_id"]], row["scheme"], row["code"], row["method"]))
        )
        for row in tables["recommendation_codes"]
    ]
    return found


@cache
def real(name: str) -> tuple[str, Tables]:
    text = read_text((DOCUMENTS / name).read_bytes()).text
    return text, rows(text)


def differences(before: View, after: View) -> list[str]:
    """Rows that only one view has; of tables that follow the text, the order as well."""
    found = []
    for name in before:
        missing, new = Counter(before[name]), Counter(after[name])
        found += [f"missing in {name}: {row}" for row in missing - new]
        found += [f"new in {name}: {row}" for row in new - missing]
        if name in FOLLOWS_THE_TEXT and missing == new and before[name] != after[name]:
            found.append(f"{name}: another order")
    return found


def changed(text: str, variant: Callable[[str], str]) -> Tables:
    """Rows of the variant, read from bytes as ingest reads them."""
    return rows(read_text(variant(text).encode()).text)


@pytest.mark.parametrize("variant", LAYOUTS)
@pytest.mark.parametrize("name", REAL)
def test_layouts_of_the_real_documents(name: str, variant: str) -> None:
    text, tables = real(name)
    assert differences(view(tables), view(changed(text, LAYOUTS[variant]))) == []


@pytest.mark.parametrize("variant", TYPOGRAPHIES)
@pytest.mark.parametrize("name", REAL)
def test_typographies_of_the_real_documents(name: str, variant: str) -> None:
    text, tables = real(name)
    after = changed(text, TYPOGRAPHIES[variant])
    assert differences(view(tables, typography=False), view(after, typography=False)) == []


@pytest.mark.parametrize("form", ["{}", "**{}**", "## {}", "#### **{}**", "### *{}*"])
@pytest.mark.parametrize("name", REAL)
def test_marks_of_the_headings_of_the_real_documents(name: str, form: str) -> None:
    text, tables = real(name)
    after = changed(text, lambda source: with_headings(source, _headings(tables), form))
    assert differences(view(tables), view(after)) == []


@pytest.mark.parametrize("rule", ["=", "-"])
@pytest.mark.parametrize("name", REAL)
def test_underlined_headings_of_the_real_documents(name: str, rule: str) -> None:
    text, tables = real(name)
    after = changed(text, lambda source: with_underlines(source, _headings(tables), rule))
    assert differences(view(tables), view(after)) == []


CASELESS: dict[str, Callable[[str, list[str]], str]] = {
    "capitals": lambda text, headings: "\n".join(
        unmarked(line).upper() if unmarked(line) in headings else line for line in text.split("\n")
    ),
    "1.": lambda text, headings: with_numbers(text, headings, "{n}. {heading}"),
    "## 1)": lambda text, headings: with_numbers(text, headings, "## {n}) {heading}"),
}


@pytest.mark.parametrize("form", CASELESS)
@pytest.mark.parametrize("name", REAL)
def test_headings_in_capitals_or_numbered(name: str, form: str) -> None:
    text, tables = real(name)
    after = changed(text, lambda source: CASELESS[form](source, _headings(tables)))
    assert differences(_caseless(tables), _caseless(after)) == []


def _headings(tables: Tables) -> list[str]:
    return [str(row["heading"]) for row in tables["sections"] if row["heading"]]


def _caseless(tables: Tables) -> View:
    """What tables say, without numbers of headings and capitals."""
    return {
        name: [
            tuple(heading_key(value) if isinstance(value, str) else value for value in row)
            for row in rows_of_table
        ]
        for name, rows_of_table in view(
            {**tables, "sections": [{**row, "number": None} for row in tables["sections"]]}
        ).items()
    }


@pytest.mark.parametrize("form", PANEL_LINES)
@pytest.mark.parametrize("name", REAL)
def test_lines_of_the_panels_of_the_real_documents(name: str, form: str) -> None:
    text, tables = real(name)
    after = changed(text, lambda source: with_panels(source, PANEL_LINES[form]))
    assert differences(_without_panel_lines(tables), _without_panel_lines(after)) == []


def _without_panel_lines(tables: Tables) -> View:
    """What tables say: panels without number and label, nothing else of the list of panels."""
    kinds = {row["section_id"]: row["kind"] for row in tables["sections"]}
    listed = {
        row["passage_id"] for row in tables["passages"] if kinds[row["section_id"]] == "panels"
    }
    dropped = {row["sentence_id"] for row in tables["sentences"] if row["passage_id"] in listed}
    kept: Tables = {
        name: [row for row in rows_of_table if row.get("sentence_id") not in dropped]
        for name, rows_of_table in tables.items()
        if name != "reconciliations"
    }
    kept["reconciliations"] = tables["reconciliations"]
    kept["sections"] = [row for row in tables["sections"] if row["kind"] != "panels"]
    kept["panels"] = [{**row, "number": None, "label": None} for row in tables["panels"]]
    return view(kept)


@pytest.mark.parametrize("form", NOTES)
@pytest.mark.parametrize("name", REAL)
def test_notes_in_the_real_documents(name: str, form: str) -> None:
    text, tables = real(name)
    sentence = "Voir le portail du secrétariat."
    after = changed(text, lambda source: with_notes(source, *NOTES[form], sentence))
    after = {
        **after,
        "sentences": [row for row in after["sentences"] if row["text"] != sentence],
    }
    assert differences(view(tables), view(after)) == []


# ---------------------------------------------------------------- made-up documents


@st.composite
def made_up(draw: st.DrawFn, lists: slice = slice(None)) -> str:
    """A document of building blocks of one language, with one of these `lists` of panels."""
    blocks = LANGUAGES[draw(st.sampled_from(sorted(LANGUAGES)))]
    conclusions = st.lists(st.sampled_from(blocks.conclusions), min_size=1, max_size=3, unique=True)
    return blocks.document(
        draw(st.sampled_from(blocks.panels[lists])),
        parts(*draw(conclusions)),
        draw(st.sampled_from(blocks.closing)),
    )


# A dozen lines do not tell at which column a text is wrapped, so only lines that go on in lower
# case are sure to be joined: wraps are tested on the real documents.
_NOT_SURE = ("wrapped", "filled", "numbered paragraphs, wrapped")
VARIANTS = {k: v for k, v in {**LAYOUTS, **TYPOGRAPHIES}.items() if not k.startswith(_NOT_SURE)}


# Lines of panels with words of French.
IN_FRENCH = {"label in words", "other word"}


def _after(first: Variant, second: Variant) -> Variant:
    return lambda text: second(first(text))


@settings(max_examples=90, deadline=None)
@given(made_up(), st.sampled_from(sorted(VARIANTS)), st.sampled_from(sorted(TYPOGRAPHIES)))
def test_variants_of_made_up_documents(text: str, layout: str, typography: str) -> None:
    before = view(rows(text), typography=False)
    variant = _after(VARIANTS[layout], TYPOGRAPHIES[typography])
    assert differences(before, view(changed(text, variant), typography=False)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_reader_finds_in_the_building_blocks(language: str) -> None:
    blocks = LANGUAGES[language]
    text = blocks.document(blocks.panels[0], parts(*blocks.conclusions), blocks.closing[0])
    tables = rows(text)
    (session,) = tables["sessions"]
    assert (session["year"], session["ordinal"], session["language"]) == (2027, 1, language)
    assert (str(session["start_date"]), str(session["end_date"])) == ("2027-06-07", "2027-06-09")
    assert session["country_code"] == "CHE"
    assert [row["title"] for row in tables["panels"]] == list(blocks.titles)
    names = {row["participant_id"]: row["name"] for row in tables["participants"]}
    roles = {(names[row["participant_id"]], row["role"]) for row in tables["interventions"]}
    assert set(blocks.people.items()) <= roles
    assert {row["country_code"] for row in tables["participants"] if row["kind"] == "state"} == {
        "GHA"
    }
    kinds = [row["force"] for row in tables["recommendations"]]
    assert kinds.count("priority") == 2
    assert {"obligation", "call"} < set(kinds)


@settings(max_examples=30, deadline=None)
@given(made_up(slice(2)), st.sampled_from(sorted(set(PANEL_LINES) - IN_FRENCH)))
def test_lines_of_panels_of_made_up_documents(text: str, form: str) -> None:
    before = _without_panel_lines(rows(text))
    after = changed(text, lambda source: with_panels(source, PANEL_LINES[form]))
    assert differences(before, _without_panel_lines(after)) == []
