"""Normalise: source texts → rows of every table that is extracted.

Structure first (passages, sections, sentences), then what the sentences say: session, panels,
people, who says what, recommendations, codes, citations, figures, mentions. All that depends on a
language is in `languages/`; no module knows a particular document.
"""

from collections.abc import Sequence
from typing import Protocol

from flows.ground.problems import Problem
from flows.ground.source import Source
from flows.normalise.header.read import Header, read_header
from flows.normalise.language.lexicon import Lexicon
from flows.normalise.language.pack import Pack, language_files, pack_of
from flows.normalise.language.tell import language_of, name_of
from flows.normalise.panels.find import find_panels
from flows.normalise.people.introductions import People
from flows.normalise.people.participants import Register
from flows.normalise.rows import Findings
from flows.normalise.speech.attendance import (
    add_listed,
    add_representatives,
    add_roles_of_references,
    add_speaking_bodies,
)
from flows.normalise.speech.attribution import Attributor
from flows.normalise.statements.codes import Code, find_groups, find_objectives
from flows.normalise.statements.figures import find_figures
from flows.normalise.statements.mentions import find_citations, find_mentions
from flows.normalise.statements.recommendations import find_recommendations
from flows.normalise.structure.document import Document, Sentence
from flows.normalise.structure.read import read_structure
from flows.normalise.understood import Understood, assembled, understood
from schemas import Tables

__all__ = ["Memory", "Understood", "normalise", "read_structure"]


class Memory(Protocol):
    """What remembers how documents were understood."""

    def recall(self, source: Source) -> Understood | Problem | None:
        """What was understood of this very source before; None where that is not known."""

    def keep(self, source: Source, one: Understood | Problem) -> Understood | Problem:
        """The same, in the form in which it is recalled from now on."""


def normalise(
    sources: Sequence[Source], reference: Tables, memory: Memory | None = None
) -> tuple[Tables, list[Problem]]:
    """Rows of all extracted tables, and the sources that cannot be read.

    Of several documents of one session, the first is the reference document. What the `memory`
    recalls is not worked out again. Raises Refused for a language pack with a mistake.
    """
    lexicon = Lexicon(reference)
    problems: list[Problem] = []
    documents: dict[str, Understood] = {}
    paths: dict[str, str] = {}
    for source in sources:
        one = memory.recall(source) if memory else None
        if one is None:
            found = _understand(source, lexicon)
            one = found if isinstance(found, Problem) else understood(found, lexicon)
            one = memory.keep(source, one) if memory else one
        if isinstance(one, Problem):
            problems.append(one)
        elif one.document_id in documents:
            problems.append(_second(source, one.document_id, paths[one.document_id]))
        else:
            documents[one.document_id] = one
            paths[one.document_id] = source.path
    return assembled(list(documents.values())), problems


def _second(source: Source, document_id: str, path: str) -> Problem:
    """The problem with a source that is the same document as the one at a path."""
    return Problem(
        source.path,
        None,
        f"it is {document_id}, and so is {path}.",
        "Keep one of the two, or give their sessions in documents.csv.",
    )


def _understand(source: Source, lexicon: Lexicon) -> Findings | Problem:
    """All that is found in one document, or why it cannot be read."""
    pack = _pack_of(source)
    if isinstance(pack, Problem):
        return pack
    document = read_structure(source, pack)
    countries, bodies = lexicon.countries(pack.language), lexicon.bodies(pack.language)
    instruments, cities = lexicon.instruments(pack.language), lexicon.cities(pack.language)
    header = read_header(document, cities, countries)
    problem = _problem_of(header, source)
    if problem:
        return problem
    session_id = source.entry.session_id or f"idm-{header.year}-{header.ordinal or 1}"
    panels = find_panels(document, header)
    people = People(pack, bodies, instruments, countries, cities)
    adjectives = lexicon.adjectives(pack.language)
    attendance = Register(
        document, panels, people, bodies, countries, adjectives, lexicon.sectors
    ).read()
    attributor = Attributor(document, attendance, countries, bodies)
    sayings = attributor.attribute()
    add_roles_of_references(document, attributor, panels)
    add_speaking_bodies(document, sayings, attendance, lexicon.sectors)
    add_representatives(document, attendance, countries)
    add_listed(document, attributor, attendance, countries, bodies, lexicon.sectors)
    recommendations = find_recommendations(document, sayings, {p.passage for p in panels})
    return Findings(
        document,
        header,
        session_id,
        f"{session_id}.{pack.language}",
        panels,
        attendance,
        sayings,
        recommendations,
        [_codes(document, found.sentence) for found in recommendations],
        find_citations(document, instruments),
        find_figures(document),
        find_mentions(document, attendance, countries, bodies, instruments, cities),
    )


def _codes(document: Document, sentence: Sentence) -> list[Code]:
    """Codes of a recommendation: people concerned, then objectives."""
    pack = document.pack
    carried: Sequence[Code] = ()
    if sentence.position > 1 and pack.carried.match(sentence.lowered):
        carried = find_groups(document.sentences[sentence.index - 1], pack)
    return [*find_groups(sentence, pack, carried), *find_objectives(sentence, pack)]


def _pack_of(source: Source) -> Pack | Problem:
    """The pack of the source's language, as its entry says or its words tell."""
    known = language_files()
    language = source.entry.language or language_of(source.text)
    if language in known:
        return pack_of(language)
    has_packs = ", ".join(sorted(map(name_of, known)))
    if language is None:
        what, remedy = f"its language is none of {has_packs}.", "Leave the document out."
    else:
        what = f"there is no language pack for {name_of(language)}."
        remedy = (
            f"Known: {has_packs}. Leave the document out, or add"
            f" flows/normalise/language/packs/{language}.toml."
        )
    return Problem(source.path, None, what, remedy)


def _problem_of(header: Header, source: Source) -> Problem | None:
    """What keeps a document from being one of the Dialogue, if anything does."""
    if not header.is_of_series:
        return Problem(
            source.path,
            1,
            "no International Dialogue on Migration is named in it.",
            "Check that it is a summary of conclusions of the Dialogue.",
        )
    if header.start_date is None or header.year is None or header.title is None:
        missing = "theme" if header.start_date and header.year else "date of the session"
        return Problem(
            source.path,
            1,
            f"no {missing} was found in the header or the first sentences.",
            "Check that the document's header is complete.",
        )
    return None
