"""Normalise: source texts → rows of every table that is extracted.

Structure first (passages, sections, sentences), then what the sentences say: session, panels,
people, who says what, recommendations, codes, citations, figures, mentions. All that depends on a
language is in `language/packs`; no module knows a particular document.
"""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Protocol

from flows.ground.problems import Problem
from flows.ground.source import Follow, Source, unfollowed
from flows.normalise.header.read import Header, read_header
from flows.normalise.language.names import Names, names_of
from flows.normalise.language.pack import Pack, language_folders, pack_of
from flows.normalise.language.tell import language_of, name_of
from flows.normalise.panels.find import find_panels
from flows.normalise.people.find import find_persons
from flows.normalise.rows import Findings
from flows.normalise.speech.attendance import find_attendance
from flows.normalise.speech.attribution import attribute
from flows.normalise.statements.figures import find_figures
from flows.normalise.statements.mentions import find_citations, find_mentions
from flows.normalise.statements.recommendations import find_recommendations
from flows.normalise.structure.read import read_structure
from flows.normalise.understood import Understood, assembled, understand
from schemas import Tables

__all__ = ["Memory", "Understood", "normalise", "read_structure"]

_NamesIn = Callable[[str], Names]
"""A language → its names, made once."""


class Memory(Protocol):
    """What remembers how documents were understood."""

    def recall(self, source: Source) -> Understood | Problem | None:
        """What was understood of this very source before; None where that is not known."""

    def keep(self, source: Source, one: Understood | Problem) -> Understood | Problem:
        """The same, in the form in which it is recalled from now on."""


def normalise(
    sources: Sequence[Source],
    reference: Tables,
    follow: Follow = unfollowed,
    memory: Memory | None = None,
) -> tuple[Tables, list[Problem]]:
    """Rows of all extracted tables, and the sources that cannot be read.

    Of several documents of one session, the first is the reference document. What the `memory`
    recalls is not worked out again. `follow` is told of each other document when it is begun with.
    Raises Refused for a language pack with a mistake.
    """
    names_in = cache(partial(names_of, reference=reference))
    recalled = [memory.recall(source) if memory else None for source in sources]
    left, begun = recalled.count(None), 0
    problems: list[Problem] = []
    documents: dict[str, Understood] = {}
    paths: dict[str, str] = {}  # by document
    for source, one in zip(sources, recalled, strict=True):
        if one is None:
            begun += 1
            follow(begun, left, source.file_name)
            one = _understood(source, names_in)
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


def _understood(source: Source, names_in: _NamesIn) -> Understood | Problem:
    """What one document comes to, or why it cannot be read."""
    found = _findings(source, names_in)
    if isinstance(found, Problem):
        return found
    return understand(found, names_in(found.document.pack.language))


def _findings(source: Source, names_in: _NamesIn) -> Findings | Problem:
    """All that is found in one document, or why it cannot be read."""
    pack = _pack_of(source)
    if isinstance(pack, Problem):
        return pack
    names = names_in(pack.language)
    document = read_structure(source, pack)
    header = read_header(document, names)
    problem = _problem_of(header, source)
    if problem:
        return problem
    session_id = source.entry.session_id or f"idm-{header.year}-{header.ordinal or 1}"
    panels = find_panels(document, header)
    persons = find_persons(document, panels, names)
    speech = attribute(document, persons, names)
    attendance = find_attendance(document, persons, speech, panels, names)
    of_panels = {panel.passage for panel in panels}
    return Findings(
        document,
        header,
        session_id,
        f"{session_id}.{pack.language}",
        panels,
        attendance,
        speech.sayings,
        find_recommendations(document, speech.sayings, of_panels),
        find_citations(document, names),
        find_figures(document),
        find_mentions(document, attendance, names),
    )


def _pack_of(source: Source) -> Pack | Problem:
    """The pack of the source's language, as its entry says or its words tell."""
    known = language_folders()
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
