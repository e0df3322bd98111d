"""QUALITY.md: how right and how complete the data is, in figures of its own tables."""

import csv
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from flows.evaluate import summary
from flows.publish.describe.facts import Facts
from flows.publish.describe.markdown import filled, score, table
from flows.publish.release.about import PROJECT
from schemas import TABLES, Row

Counted = Mapping[str, Any]
"""A row whose numbers are counted with."""

AGREEMENT = PROJECT / "seeds" / "gold" / "agreement.csv"


def quality(facts: Facts) -> str:
    """The page, from the rows of evaluations, reconciliations, passages, warnings and documents,
    and from what the build refused."""
    data = facts.data
    return filled(
        "QUALITY.md",
        version=facts.version,
        scored=scored(data["evaluations"]),
        scores=_scores(data["evaluations"]),
        agreement=_agreement(AGREEMENT),
        totals=_totals(data["reconciliations"]),
        coverage=_coverage(data["documents"], data["passages"]),
        warnings=_warnings(data["warnings"]),
        refused=_refused(facts),
    )


def scored(evaluations: Sequence[Row]) -> str:
    """How many documents the scores are of."""
    documents = len({row["document_id"] for row in evaluations})
    if not documents:
        return "No document of this release has been labelled by hand, so none is scored."
    return f"Documents labelled by hand, and scored: {documents}."


def _scores(evaluations: Sequence[Row]) -> str:
    return table(
        ("table", "measure", "right", "wrong", "missed", "precision", "recall", "F1"),
        (
            (
                f"`{row['table_name']}`",
                f"`{row['measure']}`",
                *(row[name] for name in ("true_positives", "false_positives", "false_negatives")),
                *(score(row[name]) for name in ("precision", "recall", "f1")),
            )
            for row in summary(evaluations)
        ),
    )


def _agreement(file: Path) -> str:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return table(
        ("about what", "units", "agreed in", "more"),
        (
            (row["what"], row["units"], f"{float(row['agreement']):.0%}", row["coefficient"])
            for row in rows
        ),
    )


def _totals(reconciliations: Sequence[Row]) -> str:
    statuses = TABLES["reconciliations"].column("status").values
    assert statuses is not None
    names = ("document_id", "measure", "stated", "extracted", "status", "note")
    rows = table(
        ("document", "total", "stated", "found", "status", "note"),
        ([row[name] for name in names] for row in reconciliations),
    )
    return rows + "\n\n" + "\n".join(f"- `{name}`: {what}" for name, what in statuses.items())


def _coverage(documents: Sequence[Counted], passages: Sequence[Counted]) -> str:
    rows = []
    of_document: defaultdict[str, list[Counted]] = defaultdict(list)
    for passage in passages:
        of_document[passage["document_id"]].append(passage)
    for document in documents:
        own = of_document[document["document_id"]]
        kinds = Counter(str(row["kind"]) for row in own)
        covered = _covered([(row["char_start"], row["char_end"]) for row in own])
        characters = document["characters"]
        rows.append(
            (
                document["document_id"],
                f"{characters:,}",
                f"{covered:,}",
                f"{covered / characters:.1%}",
                ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())),
            )
        )
    return table(("document", "characters", "in passages", "share", "passages by kind"), rows)


def _covered(spans: list[tuple[int, int]]) -> int:
    """How many characters are in at least one of the spans."""
    covered, end = 0, 0
    for start, stop in sorted(spans):
        covered += max(0, stop - max(start, end))
        end = max(end, stop)
    return covered


def _warnings(warnings: Sequence[Row]) -> str:
    if not warnings:
        return "Nothing: no passage, item, date, total or name was left aside."
    counts = Counter((str(row["document_id"]), str(row["kind"])) for row in warnings)
    meanings = TABLES["warnings"].column("kind").values
    assert meanings is not None
    return "Each is a row, with its place, in the table `warnings`.\n\n" + table(
        ("document", "kind", "warnings", "meaning"),
        ((doc, f"`{kind}`", n, meanings[kind]) for (doc, kind), n in sorted(counts.items())),
    )


def _refused(facts: Facts) -> str:
    refused = facts.record.get("refused", [])
    if not refused:
        return "No document that was handed in."
    return table(("file", "reason"), ((row["file"], row["what"]) for row in refused))
