"""A small English document around the sentences under test, and what is read in it."""

from collections.abc import Sequence

from flows.build import accepted
from flows.ground.source import Source
from schemas import Row, Tables
from tests.passages import bullets, of_sentence, reference

BEFORE = "Evening classes have resumed."
"""A sentence that says nothing of note, first in every list."""

HEADER = """\
International Dialogue on Migration 2031

Open schools: learning on the way

10 and 11 June 2031, Palais des Nations, Geneva (hybrid)

--

Summary of conclusions

--

The first session of the International Dialogue on Migration took place on 10 and 11 June."""

_SECTIONS = ("introduction", "opening", "synthesis", "recommendations", "closing")


def document(*passages: str, panels: Sequence[str] = (), section: str = "synthesis") -> str:
    """A summary of conclusions with the passages in the named section, panels listed before."""
    assert section in _SECTIONS
    parts: dict[str, list[str]] = {name: [] for name in _SECTIONS}
    parts[section].extend(passages)
    blocks = [HEADER, *parts["introduction"]]
    if panels:
        lines = (f"Panel {number}: {title}" for number, title in enumerate(panels, 1))
        blocks += ["Their themes were as follows:", bullets(*lines)]
    blocks += [
        *parts["opening"],
        "A summary of the main conclusions is set out below.",
        "**1. Learning on the way**",
        f"- {BEFORE}",
        *parts["synthesis"],
    ]
    if parts["recommendations"]:
        blocks += ["## Recommendations", *parts["recommendations"]]
    if parts["closing"]:
        blocks += ["## Closing", *parts["closing"]]
    return "\n\n".join(blocks) + "\n"


def rows_of(text: str) -> Tables:
    """All rows of a document."""
    source = Source("trial.txt", "trial.txt", "text/plain", "0" * 64, text)
    tables, problems = accepted([source], reference())
    assert not problems, problems
    return tables


def rows(*passages: str, panels: Sequence[str] = (), section: str = "synthesis") -> Tables:
    """All rows of a document with the passages in the named section."""
    return rows_of(document(*passages, panels=panels, section=section))


def recommendation(*sentences: str) -> Row | None:
    """The recommendation that the last of some sentences of one item is; None if it is none."""
    tables = rows(bullets(" ".join(sentences)))
    found = of_sentence(tables, "recommendations", sentences[-1])
    return found[0] if found else None


def groups(sentence: str) -> set[str]:
    """Codes of people in a sentence, which must be a recommendation."""
    return _codes(sentence, "group")


def objectives(sentence: str) -> set[str]:
    """Codes of objectives of a sentence, which must be a recommendation."""
    return _codes(sentence, "gcm")


def _codes(sentence: str, scheme: str) -> set[str]:
    tables = rows(bullets(sentence))
    (row,) = of_sentence(tables, "recommendations", sentence)
    return {
        str(code["code"])
        for code in tables["recommendation_codes"]
        if code["scheme"] == scheme and code["recommendation_id"] == row["recommendation_id"]
    }


def persons(
    *passages: str, section: str = "synthesis", panels: Sequence[str] = ()
) -> dict[str, Row]:
    """Name → row of each person who takes part."""
    tables = rows(*passages, section=section, panels=panels)
    found = [row for row in tables["participants"] if row["kind"] == "person"]
    return {str(row["name"]): row for row in found}


def roles(*passages: str, section: str = "synthesis") -> dict[str, set[str]]:
    """Name → roles of everybody who takes part."""
    tables = rows(*passages, section=section)
    names = {row["participant_id"]: str(row["name"]) for row in tables["participants"]}
    found: dict[str, set[str]] = {}
    for row in tables["interventions"]:
        found.setdefault(names[row["participant_id"]], set()).add(str(row["role"]))
    return found


def taking_part(kind: str, *passages: str, section: str = "introduction") -> set[str]:
    """Names of the states or organisations that take part."""
    tables = rows(*passages, section=section)
    return {str(row["name"]) for row in tables["participants"] if row["kind"] == kind}


def said_by(*sentences: str) -> tuple[str, str | None]:
    """Attribution of the last sentence of an item, and the words or persons that say it."""
    tables = rows(bullets(" ".join(sentences)))
    *_, row = (r for r in tables["sentences"] if r["text"] == sentences[-1])
    names = {p["participant_id"]: str(p["name"]) for p in tables["participants"]}
    named = [
        names[a["participant_id"]]
        for a in tables["attributions"]
        if a["sentence_id"] == row["sentence_id"]
    ]
    words = row["attributed_to"]
    return str(row["attribution"]), ", ".join(named) or (None if words is None else str(words))
