"""A small valid document around the sentences under test, and short ways to ask what is read in it.

A passage is given as it stands in a document, list mark and all; `bullets` makes list items of
sentences. Every question normalises its own document, so that no test depends on another.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from flows.build import accepted
from flows.ground.source import Source
from flows.inputs.reference import read_reference
from schemas import Row, Tables

SESSION = "idm-2031-1"
BEFORE = "Les cours du soir ont repris."
"""A sentence that says nothing of note, first in every list."""

_SECTIONS = ("introduction", "opening", "synthesis", "recommendations", "closing")


@cache
def reference() -> Tables:
    """The reference tables of the project."""
    return read_reference(Path(__file__).parent.parent / "seeds" / "reference")


def bullets(*items: str) -> str:
    """The items as one Markdown list."""
    return "\n".join(f"- {item}" for item in items)


def document(*passages: str, panels: Sequence[str] = (), section: str = "synthesis") -> str:
    """A summary of conclusions with the passages in the named section, panels listed before."""
    assert section in _SECTIONS
    parts: dict[str, list[str]] = {name: [] for name in _SECTIONS}
    parts[section].extend(passages)
    blocks = [
        "Dialogue international sur la migration 2031",
        "Écoles ouvertes : apprendre en chemin",
        "10 et 11 juin 2031, Palais des Nations, Genève (hybride)",
        "--",
        "Résumé des conclusions",
        "--",
        "La première session du Dialogue international sur la migration 2031 s'est tenue à Genève"
        " les 10 et 11 juin.",
        *parts["introduction"],
    ]
    if panels:
        lines = (f"**Panel {number}** : {title}" for number, title in enumerate(panels, 1))
        blocks += ["Leurs thèmes étaient les suivants :", bullets(*lines)]
    blocks += [
        *parts["opening"],
        "Une synthèse des principales conclusions est présentée ci-après.",
        "**1. Apprendre en chemin**",
        f"- {BEFORE}",
        *parts["synthesis"],
    ]
    if parts["recommendations"]:
        blocks += ["## Recommandations", *parts["recommendations"]]
    if parts["closing"]:
        blocks += ["## Clôture", *parts["closing"]]
    return "\n\n".join(blocks) + "\n"


def rows(*passages: str, panels: Sequence[str] = (), section: str = "synthesis") -> Tables:
    """All rows of a document with the passages in the named section."""
    text = document(*passages, panels=panels, section=section)
    tables, problems = accepted(
        [Source("essai.txt", "essai.txt", "text/plain", "0" * 64, text)], reference()
    )
    assert not problems
    return tables


def sentence_row(tables: Tables, sentence: str) -> Row:
    """The row of a sentence, which must have been cut as it is given."""
    found = [row for row in tables["sentences"] if row["text"] == sentence]
    assert found, f"no sentence of its own: {sentence}"
    return found[-1]


def of_sentence(tables: Tables, table: str, sentence: str) -> list[Row]:
    """The rows of a table that belong to a sentence."""
    sentence_id = sentence_row(tables, sentence)["sentence_id"]
    return [row for row in tables[table] if row["sentence_id"] == sentence_id]


def recommendation(sentence: str) -> Row | None:
    """The recommendation that a sentence is, standing in a list item; None where it is none."""
    found = of_sentence(rows(bullets(sentence)), "recommendations", sentence)
    return found[0] if found else None


def codes(sentence: str, scheme: str) -> dict[str, Row]:
    """Codes of one scheme that a sentence gets, which must be a recommendation."""
    tables = rows(bullets(sentence))
    (row,) = of_sentence(tables, "recommendations", sentence)
    return {
        str(code["code"]): code
        for code in tables["recommendation_codes"]
        if code["scheme"] == scheme and code["recommendation_id"] == row["recommendation_id"]
    }


def people(*items: str, section: str = "synthesis", panels: Sequence[str] = ()) -> list[Row]:
    """Persons who take part, where each item is a list item (a paragraph outside the synthesis)."""
    passages = [bullets(*items)] if section == "synthesis" else items
    tables = rows(*passages, section=section, panels=panels)
    return [row for row in tables["participants"] if row["kind"] == "person"]


def names(*items: str, section: str = "synthesis") -> set[object]:
    """Names of the persons who take part; two rows of one name are an error."""
    found = [row["name"] for row in people(*items, section=section)]
    assert len(found) == len(set(found)), f"twice: {found}"
    return set(found)


def said_by(*items: str) -> tuple[object, str | None]:
    """Attribution of the last sentence of the last list item, and to whom: names, or the words."""
    tables = rows(bullets(*items))
    *_, last = (row for row in tables["sentences"] if items[-1].endswith(str(row["text"])))
    persons = {row["participant_id"]: row["name"] for row in tables["participants"]}
    named = [
        str(persons[row["participant_id"]])
        for row in tables["attributions"]
        if row["sentence_id"] == last["sentence_id"]
    ]
    words = last["attributed_to"]
    return last["attribution"], ", ".join(named) or (None if words is None else str(words))
