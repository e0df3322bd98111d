"""Normalise: source texts → rows of every table that is extracted.

Structure first (passages, sections, sentences), then what the sentences say: session, panels,
people, who says what, recommendations, codes, citations, figures, mentions. All that depends on a
language is in `languages/`; no module knows a particular document.
"""

from collections.abc import Sequence
from functools import cache

from flows.normalise.attendance import add_listed, add_representatives, add_speaking_bodies
from flows.normalise.attribution import Attributor
from flows.normalise.codes import find_groups, find_objectives
from flows.normalise.document import Document, Sentence
from flows.normalise.figures import find_figures
from flows.normalise.gazetteer import Gazetteer
from flows.normalise.header import read_header
from flows.normalise.mentions import find_citations, find_mentions
from flows.normalise.names import People
from flows.normalise.pack import Pack, language_of, packs
from flows.normalise.panels import find_panels
from flows.normalise.participants import Register
from flows.normalise.recommendations import find_recommendations
from flows.normalise.reconcile import reconcile
from flows.normalise.rows import Findings, rows_of
from flows.normalise.sections import find_sections
from flows.normalise.sentences import sentence_ranges
from flows.normalise.structure import passages_of
from flows.problems import Problem
from flows.source import Source
from schemas import REFERENCE, TABLES, Row, Tables

_LEAST_SHARE = 0.12


class Lexicon:
    """Names of the reference tables, ready to be found in texts, by language."""

    def __init__(self, reference: Tables) -> None:
        self._reference = reference
        self.body_sectors = {
            str(r["organisation_id"]): str(r["sector"]) for r in reference["organisations"]
        }

    @cache  # noqa: B019 - one lexicon a run
    def of(self, table: str, target: str, language: str) -> Gazetteer:
        """Forms of `table` in a language → values of column `target`."""
        rows = [r for r in self._reference[table] if r["language"] == language]
        return Gazetteer(
            ((str(r["name"]), str(r[target])) for r in rows),
            capital=table != "instrument_names" and table != "organisation_names",
        )


def normalise(sources: Sequence[Source], reference: Tables) -> tuple[Tables, list[Problem]]:
    """Rows of all extracted tables, and the sources that cannot be read.

    Of several documents of one session, the first is the reference document. Raises Refused for a
    language pack with a mistake.
    """
    lexicon = Lexicon(reference)
    problems: list[Problem] = []
    findings: list[Findings] = []
    files: dict[str, str] = {}
    for source in sources:
        found = _understand(source, lexicon, problems)
        if found is None:
            continue
        if found.document_id in files:
            problems.append(
                Problem(
                    source.path,
                    None,
                    f"it is {found.document_id}, and so is {files[found.document_id]}.",
                    "Keep one of the two, or give their sessions in documents.csv.",
                )
            )
            continue
        files[found.document_id] = source.path
        findings.append(found)
    return _tables(findings), problems


def _tables(findings: list[Findings]) -> Tables:
    tables: Tables = {
        name: [] for name in TABLES if name not in {t.name for t in REFERENCE} | {"evaluations"}
    }
    references: dict[str, Findings] = {}
    for found in findings:
        is_reference = found.session_id not in references
        references.setdefault(found.session_id, found)
        for name, rows in rows_of(found, is_reference).items():
            tables[name].extend(rows)
        tables["reconciliations"].extend(reconcile(found, references[found.session_id]))
    return tables


def _understand(source: Source, lexicon: Lexicon, problems: list[Problem]) -> Findings | None:
    pack = _pack(source, problems)
    if pack is None:
        return None
    document = read_structure(source, pack)
    countries = lexicon.of("country_names", "country_code", pack.language)
    bodies = lexicon.of("organisation_names", "organisation_id", pack.language)
    instruments = lexicon.of("instrument_names", "instrument_id", pack.language)
    places = lexicon.of("city_names", "country_code", pack.language)
    header = read_header(document, places, countries)
    if not header.is_of_series:
        problems.append(
            Problem(
                source.path,
                1,
                "no International Dialogue on Migration is named in it.",
                "Check that it is a summary of conclusions of the Dialogue.",
            )
        )
        return None
    if header.start_date is None or header.year is None or header.title is None:
        missing = "theme" if header.start_date and header.year else "date of the session"
        problems.append(
            Problem(
                source.path,
                1,
                f"no {missing} was found in the header or the first sentences.",
                "Check that the document's header is complete.",
            )
        )
        return None
    session_id = source.entry.session_id or f"idm-{header.year}-{header.ordinal or 1}"
    document_id = f"{session_id}.{pack.language}"
    panels = find_panels(document, header)
    people = People(pack, bodies, instruments, countries, places)
    attendance = Register(document, panels, people, bodies, countries, lexicon.body_sectors).read()
    attributor = Attributor(document, attendance, countries, bodies)
    sayings = attributor.attribute()
    add_speaking_bodies(document, sayings, attendance, lexicon.body_sectors)
    add_representatives(document, attendance, countries)
    add_listed(document, attributor, attendance, countries, bodies, lexicon.body_sectors)
    recommendations = find_recommendations(document, sayings, {p.passage for p in panels})
    codes = {}
    for n, recommendation in enumerate(recommendations):
        sentence = recommendation.sentence
        before = _sentence_before(document, sentence)
        carried = (
            find_groups(before, pack) if before and pack.carried.match(sentence.lowered) else None
        )
        groups = find_groups(sentence, pack, carried)
        codes[n] = [*groups, *find_objectives(sentence, pack)]
    return Findings(
        document,
        header,
        session_id,
        document_id,
        panels,
        attendance,
        sayings,
        recommendations,
        codes,
        find_citations(document, instruments),
        find_figures(document),
        find_mentions(document, attendance, countries, bodies, instruments),
    )


def _sentence_before(document: Document, sentence: Sentence) -> Sentence | None:
    return document.sentences[sentence.index - 1] if sentence.position > 1 else None


def _pack(source: Source, problems: list[Problem]) -> Pack | None:
    known = packs()
    language = source.entry.language
    if language is None:
        language, share = language_of(source.text)
        if share < _LEAST_SHARE:
            problems.append(
                Problem(
                    source.path,
                    None,
                    f"its language is none of {', '.join(sorted(p.name for p in known.values()))}.",
                    "Add a language pack, or leave the document out.",
                )
            )
            return None
    if language not in known:
        problems.append(
            Problem(
                source.path,
                None,
                f"there is no language pack for “{language}”.",
                f"Known: {', '.join(sorted(known))}. Add flows/normalise/languages/{language}.toml.",
            )
        )
        return None
    return known[language]


def read_structure(source: Source, pack: Pack) -> Document:
    """The document with its passages, sections and sentences."""
    document = Document(source, pack, passages_of(source, pack))
    document.sections = find_sections(document)
    for index, passage in enumerate(document.passages):
        if passage.kind in ("rule", "artefact"):
            continue
        ranges = (
            sentence_ranges(passage.fragment, pack)
            if passage.kind in ("paragraph", "list_item", "footnote")
            else [(0, len(passage.text))]
        )
        for position, (start, end) in enumerate(ranges, 1):
            fragment = passage.fragment.slice(start, end)
            if not len(fragment):
                continue
            document.sentences.append(
                Sentence(
                    fragment,
                    index,
                    passage.section,
                    position,
                    passage.kind,
                    len(document.sentences),
                )
            )
    return document


def extracted_rows(tables: Tables, document_id: str) -> dict[str, list[Row]]:
    """Rows of one document, by table."""
    return {
        name: [r for r in rows if r.get("document_id") == document_id]
        for name, rows in tables.items()
    }
