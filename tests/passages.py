"""A small valid document around the sentences under test, and short ways to ask what is read in it.

A passage is given as it stands in a document, list mark and all; `bullets` makes list items of
sentences. Every question normalises its own document, so that no test depends on another. A
language is one value, `FRENCH`, `ENGLISH` or `SPANISH`: the words of such a document.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flows.build import accepted
from flows.ground.source import Source
from flows.inputs.reference import read_reference
from schemas import Row, Tables

SESSION = "idm-2031-1"
_SECTIONS = ("introduction", "opening", "synthesis", "recommendations", "closing")


@cache
def reference() -> Tables:
    """The reference tables of the project."""
    return read_reference(Path(__file__).parent.parent / "seeds" / "reference")


def bullets(*items: str) -> str:
    """The items as one Markdown list."""
    return "\n".join(f"- {item}" for item in items)


def rows_of(text: str) -> Tables:
    """All rows of a document."""
    source = Source("trial.txt", "trial.txt", "text/plain", "0" * 64, text)
    tables, problems = accepted([source], reference())
    assert not problems, problems
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


@dataclass(frozen=True)
class Passages:
    """A language's document: `header` goes to the first sentence, `before` says nothing of note
    and is first in the list of the synthesis; headings that it does without are empty."""

    header: str
    panels: str
    panel: str
    synthesis: str
    theme: str
    before: str
    opening: str
    recommendations: str
    closing: str

    def document(
        self, *passages: str, panels: Sequence[str] = (), section: str = "synthesis"
    ) -> str:
        """A summary of conclusions with the passages in the named section, panels listed before."""
        assert section in _SECTIONS
        parts: dict[str, list[str]] = {name: [] for name in _SECTIONS}
        parts[section].extend(passages)
        blocks = [self.header, *parts["introduction"]]
        if panels:
            lines = (
                self.panel.format(number=number, title=title)
                for number, title in enumerate(panels, 1)
            )
            blocks += [self.panels, bullets(*lines)]
        blocks += _under(self.opening, parts["opening"])
        blocks += [self.synthesis, self.theme, f"- {self.before}", *parts["synthesis"]]
        blocks += _under(self.recommendations, parts["recommendations"])
        blocks += _under(self.closing, parts["closing"])
        return "\n\n".join(blocks) + "\n"

    def rows(
        self, *passages: str, panels: Sequence[str] = (), section: str = "synthesis"
    ) -> Tables:
        """All rows of a document with the passages in the named section."""
        return rows_of(self.document(*passages, panels=panels, section=section))

    def recommendation(self, *sentences: str) -> Row | None:
        """The recommendation that the last of some sentences of one item is; None if it is none."""
        tables = self.rows(bullets(" ".join(sentences)))
        found = of_sentence(tables, "recommendations", sentences[-1])
        return found[0] if found else None

    def codes(self, sentence: str, scheme: str) -> dict[str, Row]:
        """Codes of one scheme that a sentence gets, which must be a recommendation."""
        tables = self.rows(bullets(sentence))
        (row,) = of_sentence(tables, "recommendations", sentence)
        return {
            str(code["code"]): code
            for code in tables["recommendation_codes"]
            if code["scheme"] == scheme and code["recommendation_id"] == row["recommendation_id"]
        }

    def groups(self, sentence: str) -> set[str]:
        """Codes of people in a sentence, which must be a recommendation."""
        return set(self.codes(sentence, "group"))

    def objectives(self, sentence: str) -> set[str]:
        """Codes of objectives of a sentence, which must be a recommendation."""
        return set(self.codes(sentence, "gcm"))

    def people(
        self, *items: str, section: str = "synthesis", panels: Sequence[str] = ()
    ) -> list[Row]:
        """Persons who take part, each item a list item (a paragraph outside the synthesis)."""
        passages = [bullets(*items)] if section == "synthesis" else items
        tables = self.rows(*passages, section=section, panels=panels)
        return [row for row in tables["participants"] if row["kind"] == "person"]

    def persons(
        self, *passages: str, section: str = "synthesis", panels: Sequence[str] = ()
    ) -> dict[str, Row]:
        """Name → row of each person who takes part; two rows of one name are an error."""
        tables = self.rows(*passages, section=section, panels=panels)
        found = [row for row in tables["participants"] if row["kind"] == "person"]
        named = {str(row["name"]): row for row in found}
        assert len(named) == len(found), f"twice: {[row['name'] for row in found]}"
        return named

    def names(self, *items: str, section: str = "synthesis") -> set[object]:
        """Names of the persons who take part; two rows of one name are an error."""
        found = [row["name"] for row in self.people(*items, section=section)]
        assert len(found) == len(set(found)), f"twice: {found}"
        return set(found)

    def roles(self, *passages: str, section: str = "synthesis") -> dict[str, set[str]]:
        """Name → roles of everybody who takes part."""
        tables = self.rows(*passages, section=section)
        names = {row["participant_id"]: str(row["name"]) for row in tables["participants"]}
        found: dict[str, set[str]] = {}
        for row in tables["interventions"]:
            found.setdefault(names[row["participant_id"]], set()).add(str(row["role"]))
        return found

    def taking_part(self, kind: str, *passages: str, section: str = "introduction") -> set[str]:
        """Names of the states or organisations that take part."""
        tables = self.rows(*passages, section=section)
        return {str(row["name"]) for row in tables["participants"] if row["kind"] == kind}

    def said_by(self, *items: str) -> tuple[str, str | None]:
        """Attribution of the last sentence of the last list item, and to whom: names, or words."""
        tables = self.rows(bullets(*items))
        *_, last = (row for row in tables["sentences"] if items[-1].endswith(str(row["text"])))
        return _source(tables, last)

    def said_in_item(self, *sentences: str) -> tuple[str, str | None]:
        """Attribution of the last of some sentences of one list item, and to whom."""
        tables = self.rows(bullets(" ".join(sentences)))
        return _source(tables, sentence_row(tables, sentences[-1]))


def _source(tables: Tables, sentence: Row) -> tuple[str, str | None]:
    persons = {row["participant_id"]: row["name"] for row in tables["participants"]}
    named = [
        str(persons[row["participant_id"]])
        for row in tables["attributions"]
        if row["sentence_id"] == sentence["sentence_id"]
    ]
    words = sentence["attributed_to"]
    told = ", ".join(named) or (None if words is None else str(words))
    return str(sentence["attribution"]), told


def _under(heading: str, passages: list[str]) -> list[str]:
    return [heading, *passages] if heading and passages else passages


FRENCH = Passages(
    header="""\
Dialogue international sur la migration 2031

Écoles ouvertes : apprendre en chemin

10 et 11 juin 2031, Palais des Nations, Genève (hybride)

--

Résumé des conclusions

--

La première session du Dialogue international sur la migration 2031 s'est tenue à Genève \
les 10 et 11 juin.""",
    panels="Leurs thèmes étaient les suivants :",
    panel="**Panel {number}** : {title}",
    synthesis="Une synthèse des principales conclusions est présentée ci-après.",
    theme="**1. Apprendre en chemin**",
    before="Les cours du soir ont repris.",
    opening="",
    recommendations="## Recommandations",
    closing="## Clôture",
)

ENGLISH = Passages(
    header="""\
International Dialogue on Migration 2031

Open schools: learning on the way

10 and 11 June 2031, Palais des Nations, Geneva (hybrid)

--

Summary of conclusions

--

The first session of the International Dialogue on Migration took place on 10 and 11 June.""",
    panels="Their themes were as follows:",
    panel="Panel {number}: {title}",
    synthesis="A summary of the main conclusions is set out below.",
    theme="**1. Learning on the way**",
    before="Evening classes have resumed.",
    opening="",
    recommendations="## Recommendations",
    closing="## Closing",
)

SPANISH = Passages(
    header="""\
Diálogo Internacional sobre la Migración 2031

Escuelas abiertas: aprender en el camino

10 y 11 de junio de 2031, Palacio de las Naciones, Ginebra (híbrida)

--

Síntesis de conclusiones

--

La primera sesión del Diálogo Internacional sobre la Migración tuvo lugar el 10 y el 11 de \
junio.""",
    panels="Sus temas fueron los siguientes:",
    panel="Panel {number}: {title}",
    synthesis="A continuación se presenta una síntesis de las principales conclusiones.",
    theme="**1. Aprender en el camino**",
    before="Los cursos nocturnos han vuelto.",
    opening="## Apertura",
    recommendations="## Recomendaciones",
    closing="## Clausura",
)
