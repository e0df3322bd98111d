"""The pages for people: README.md, RIGHTS.md, LICENSE-DATA.md."""

import json
from collections.abc import Iterable, Sequence

from flows.evaluate import summary
from flows.publish.describe.facts import Facts
from flows.publish.describe.markdown import filled, score, table
from flows.publish.describe.quality import scored
from flows.publish.release.about import About, citation_line
from schemas import Row
from schemas.texts import TEXTS

EXCERPT = ("force", "text", "attributed_to", "addressee", "recommendation_id")
EXCERPT_ROWS = 3
SIZES = (
    *((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K")),
    *((1_000_000, "100K<n<1M"), (10_000_000, "1M<n<10M")),
)


def readme(facts: Facts) -> str:
    """What is in a release, how to load, judge, check and cite it; first, the card of a dataset
    as catalogues of datasets read it."""
    about, data = facts.about, facts.data
    return filled(
        "README.md",
        card=_card(facts),
        title=about.title,
        description=about.description,
        version=facts.version + (f" of {facts.date}" if facts.date else ""),
        documents=_documents(facts),
        tables=table(
            ("table", "rows", "a row"),
            ((f"`{name}`", n, facts.tables[name].description) for name, n in facts.rows.items()),
        ),
        excerpt=_excerpt(facts),
        scored=scored(data["evaluations"]),
        scores=_scores(data["evaluations"], about.headline),
        totals=_totals(data["reconciliations"]),
        citation=citation_line(about, facts.version, facts.date),
        data_licence=about.data.title,
        code_licence=about.code.title,
        rights_holder=about.sources.holder,
        texts=TEXTS[facts.texts],
    )


def rights(facts: Facts) -> str:
    """Who holds the rights in the source texts, what of them is in a release, and why."""
    holder = facts.about.sources.holder
    return filled(
        "RIGHTS.md",
        rights_holder=holder,
        carried=filled(f"RIGHTS-{facts.texts}.md", rights_holder=holder).rstrip("\n"),
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
                for row in facts.data["documents"]
            ),
        ),
    )


def data_licence(facts: Facts) -> str:
    """The licence of the data: what it covers, and what not."""
    about = facts.about
    return filled(
        "LICENSE-DATA.md",
        id=about.data.id,
        title=about.data.title,
        url=about.data.url,
        code=f"{about.code.title} ({about.code.id})",
        citation=citation_line(about, facts.version, facts.date),
        rights_holder=about.sources.holder,
    )


def _card(facts: Facts) -> str:
    """The front matter: YAML, of which a JSON value is one too."""
    about = facts.about
    rows = sum(facts.rows.values())
    fields: dict[str, object] = {
        "pretty_name": about.title,
        "license": _licences(about),
        "license_link": "RIGHTS.md",
        "language": facts.languages,
        "tags": about.keywords,
        "annotations_creators": ["machine-generated"],
        "language_creators": ["found"],
        "source_datasets": ["original"],
        "size_categories": [next((name for limit, name in SIZES if rows < limit), "n>10M")],
    }
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
    lines.append("configs:")
    for name in facts.tables:
        config: dict[str, object] = {"config_name": name, "data_files": f"parquet/{name}.parquet"}
        if name == "recommendations":
            config["default"] = True
        lines.append(f"- {json.dumps(config)}")
    return "\n".join(lines) + "\n"


def _licences(about: About) -> list[str]:
    """That of the data and that of the code; the rights in the texts are of no such kind."""
    return [about.data.id.lower(), about.code.id.lower(), "other"]


def _documents(facts: Facts) -> str:
    sessions = {row["session_id"]: row for row in facts.data["sessions"]}
    lines = []
    for row in facts.data["documents"]:
        session = sessions[row["session_id"]]
        days = f"{session['start_date']} to {session['end_date']}"
        lines.append((row["document_id"], days, session["title"]))
    return table(("document", "session", "theme"), lines)


def _excerpt(facts: Facts) -> str:
    rows = _varied(facts.data["recommendations"])[:EXCERPT_ROWS]
    shown = [name for name in EXCERPT if not facts.tables["recommendations"].column(name).withheld]
    labels = {"text": "recommendation", "attributed_to": "said by", "addressee": "to"}
    labels["recommendation_id"] = "id"
    return table(
        [labels.get(name, name) for name in shown],
        ([row[name] for name in shown] for row in rows),
    )


def _varied(recommendations: Iterable[Row]) -> list[Row]:
    """The first of each force, then the second of each, and so on."""
    seen: dict[object, int] = {}
    ranked = []
    for row in recommendations:
        rank = seen[row["force"]] = seen.get(row["force"], 0) + 1
        ranked.append((rank, row))
    return [row for _, row in sorted(ranked, key=lambda pair: pair[0])]


def _scores(evaluations: Sequence[Row], headline: Sequence[str]) -> str:
    return table(
        ("table", "measure", "precision", "recall", "F1"),
        (
            (
                f"`{row['table_name']}`",
                f"`{row['measure']}`",
                *(score(row[name]) for name in ("precision", "recall", "f1")),
            )
            for row in summary(evaluations)
            if row["measure"] in headline
        ),
    )


def _totals(reconciliations: Sequence[Row]) -> str:
    """What the documents state in contradiction to the rows."""
    mismatches = [row for row in reconciliations if row["status"] == "mismatch"]
    if not mismatches:
        return "No total that a document states is in contradiction to the rows."
    names = ("document_id", "measure", "stated", "extracted", "note")
    return "Totals that a document states in contradiction to the rows:\n\n" + table(
        ("document", "total", "stated", "found", "note"),
        ([row[name] for name in names] for row in mismatches),
    )
