"""The pages for people: README.md, RIGHTS.md, LICENSE-DATA.md. Their wording is in texts/."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from string import Template

from flows.evaluate import summary
from flows.publish.about import About, citation_line
from schemas import TABLES, Row, Tables

TEXTS = Path(__file__).with_name("texts")
EXCERPT = ("force", "text", "attributed_to", "addressee", "recommendation_id")
EXCERPT_ROWS = 3


def readme(
    about: About, version: str, date: str | None, rows: Mapping[str, int], tables: Tables
) -> str:
    """What is in a release, how to load, judge, check and cite it.

    `rows` are the counts by table; `tables` the rows of sessions, documents, recommendations,
    reconciliations and evaluations.
    """
    return _filled(
        "README.md",
        title=about.title,
        description=about.description,
        version=version,
        documents=_documents(tables),
        tables=table(
            ("table", "rows", "a row"),
            ((f"`{name}`", n, TABLES[name].description) for name, n in rows.items()),
        ),
        excerpt=table(
            ("force", "recommendation", "said by", "to", "id"),
            (
                [row[name] for name in EXCERPT]
                for row in _varied(tables["recommendations"])[:EXCERPT_ROWS]
            ),
        ),
        scores=_scores(tables["evaluations"], about.headline),
        totals=_totals(tables["reconciliations"]),
        citation=citation_line(about, version, date),
        data_licence=about.data.title,
        code_licence=about.code.title,
        rights_holder=about.sources.holder,
    )


def rights(about: About, documents: Sequence[Row]) -> str:
    """Who holds the rights in the source texts, what of them is in a release, and why.

    `documents` are the rows of that table.
    """
    return _filled(
        "RIGHTS.md",
        rights_holder=about.sources.holder,
        documents=table(
            ("document", "title", "source", "terms", "note", "SHA-256 of the file"),
            (
                (
                    row["document_id"],
                    row["title"],
                    row["source_url"] or "not recorded",
                    row["licence"] or "not stated",
                    row["note"],
                    f"`{row['sha256']}`",
                )
                for row in documents
            ),
        ),
    )


def data_licence(about: About, version: str, date: str | None) -> str:
    """The licence of the data: what it covers, and what not."""
    return _filled(
        "LICENSE-DATA.md",
        id=about.data.id,
        title=about.data.title,
        url=about.data.url,
        code=f"{about.code.title} ({about.code.id})",
        citation=citation_line(about, version, date),
        rights_holder=about.sources.holder,
    )


def _filled(name: str, **values: str) -> str:
    return Template((TEXTS / name).read_text(encoding="utf-8")).substitute(values)


def _documents(tables: Tables) -> str:
    sessions = {row["session_id"]: row for row in tables["sessions"]}
    lines = []
    for row in tables["documents"]:
        session = sessions[row["session_id"]]
        days = f"{session['start_date']} to {session['end_date']}"
        lines.append((row["document_id"], days, session["title"]))
    return table(("document", "session", "theme"), lines)


def _varied(recommendations: Iterable[Row]) -> list[Row]:
    """The first of each force, then the second of each, and so on."""
    seen: dict[object, int] = {}
    ranked = []
    for row in recommendations:
        rank = seen[row["force"]] = seen.get(row["force"], 0) + 1
        ranked.append((rank, row))
    return [row for _, row in sorted(ranked, key=lambda pair: pair[0])]


def _scores(evaluations: Sequence[Row], headline: Sequence[str]) -> str:
    scored = len({row["document_id"] for row in evaluations})
    if not scored:
        return "No document of this release has been labelled by hand, so none is scored."
    scores = table(
        ("table", "measure", "right", "wrong", "missed", "precision", "recall", "F1"),
        (
            (
                f"`{row['table_name']}`",
                f"`{row['measure']}`",
                *(row[name] for name in ("true_positives", "false_positives", "false_negatives")),
                *(_score(row[name]) for name in ("precision", "recall", "f1")),
            )
            for row in summary(evaluations)
            if row["measure"] in headline
        ),
    )
    return f"Documents labelled by hand, and scored: {scored}.\n\n{scores}"


def _score(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else "–"


def _totals(reconciliations: Sequence[Row]) -> str:
    """How the stated totals compare with the rows: counts by status, and what does not agree."""
    statuses = TABLES["reconciliations"].column("status").values
    assert statuses is not None
    counts = table(
        ("status", "totals", "meaning"),
        (
            (f"`{status}`", sum(row["status"] == status for row in reconciliations), meaning)
            for status, meaning in statuses.items()
        ),
    )
    mismatches = [row for row in reconciliations if row["status"] == "mismatch"]
    if not mismatches:
        return f"{counts}\n\nNo total is in contradiction to the rows."
    names = ("document_id", "measure", "stated", "extracted", "note")
    return f"{counts}\n\nIn contradiction to the rows:\n\n" + table(
        ("document", "total", "stated", "found", "note"),
        ([row[name] for name in names] for row in mismatches),
    )


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *(map(_cell, row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return text.replace("|", "&#124;").replace("<", "&lt;")
