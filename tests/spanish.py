"""A small Spanish document around the sentences under test, and what is read in it."""

from collections.abc import Sequence

from flows.build import accepted
from flows.ground.source import Source
from schemas import Row, Tables
from tests.passages import bullets, of_sentence, reference

BEFORE = "Los cursos nocturnos han vuelto."
"""A sentence that says nothing of note, first in every list."""

HEADER = """\
Diálogo Internacional sobre la Migración 2031

Escuelas abiertas: aprender en el camino

10 y 11 de junio de 2031, Palacio de las Naciones, Ginebra (híbrida)

--

Síntesis de conclusiones

--

La primera sesión del Diálogo Internacional sobre la Migración tuvo lugar el 10 y el 11 de junio."""

_SECTIONS = ("introduction", "opening", "synthesis", "recommendations", "closing")


def document(*passages: str, panels: Sequence[str] = (), section: str = "synthesis") -> str:
    """A summary of conclusions with the passages in the named section, panels listed before."""
    assert section in _SECTIONS
    parts: dict[str, list[str]] = {name: [] for name in _SECTIONS}
    parts[section].extend(passages)
    blocks = [HEADER, *parts["introduction"]]
    if panels:
        lines = (f"Panel {number}: {title}" for number, title in enumerate(panels, 1))
        blocks += ["Sus temas fueron los siguientes:", bullets(*lines)]
    if parts["opening"]:
        blocks += ["## Apertura", *parts["opening"]]
    blocks += [
        "A continuación se presenta una síntesis de las principales conclusiones.",
        "**1. Aprender en el camino**",
        f"- {BEFORE}",
        *parts["synthesis"],
    ]
    if parts["recommendations"]:
        blocks += ["## Recomendaciones", *parts["recommendations"]]
    if parts["closing"]:
        blocks += ["## Clausura", *parts["closing"]]
    return "\n\n".join(blocks) + "\n"


def rows_of(text: str) -> Tables:
    """All rows of a document."""
    source = Source("ensayo.txt", "ensayo.txt", "text/plain", "0" * 64, text)
    tables, problems = accepted([source], reference())
    assert not problems, problems
    return tables


def rows(*passages: str, panels: Sequence[str] = (), section: str = "synthesis") -> Tables:
    """All rows of a document with the passages in the named section."""
    return rows_of(document(*passages, panels=panels, section=section))


def session(header: str) -> Row:
    """The session that a document with this header reports."""
    body = f"- {BEFORE}\n- Los participantes señalaron que los cursos eran pocos.\n"
    (found,) = rows_of(f"{header}\n\n**1. Aprender en el camino**\n\n{body}")["sessions"]
    return found


def recommendation(sentence: str) -> Row | None:
    """The recommendation that a sentence is, standing in a list item; None where it is none."""
    found = of_sentence(rows(bullets(sentence)), "recommendations", sentence)
    return found[0] if found else None


def said_by(*sentences: str) -> tuple[object, object]:
    """Attribution of the last of some sentences in one list item, and to whom."""
    found = [
        row
        for row in rows(bullets(" ".join(sentences)))["sentences"]
        if row["text"] == sentences[-1]
    ]
    assert found, sentences[-1]
    return found[-1]["attribution"], found[-1]["attributed_to"]


def groups(sentence: str) -> set[object]:
    """Codes of the people that a sentence, a recommendation, names."""
    tables = rows(bullets(sentence))
    return {row["code"] for row in tables["recommendation_codes"] if row["scheme"] == "group"}


def people(*items: str, section: str = "opening") -> dict[object, Row]:
    """Persons who take part, by name, where each item is a paragraph."""
    found = [p for p in rows(*items, section=section)["participants"] if p["kind"] == "person"]
    return {person["name"]: person for person in found}


def roles(*items: str, section: str = "opening") -> dict[object, set[object]]:
    """Roles of the persons who take part, by name."""
    tables = rows(*items, section=section)
    names = {
        p["participant_id"]: p["name"] for p in tables["participants"] if p["kind"] == "person"
    }
    found: dict[object, set[object]] = {name: set() for name in names.values()}
    for row in tables["interventions"]:
        if row["participant_id"] in names:
            found[names[row["participant_id"]]].add(row["role"])
    return found
