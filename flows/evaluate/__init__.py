"""Rows held against hand-made labels: precision, recall and F1 of every table.

The format of the labels and what each measure means are set out in `seeds/gold/README.md`.
`labels` reads them, `matching` says when two texts are the same, `measures` judges the rows of
one document, `scores` counts the judgements.
"""

from collections.abc import Iterator
from pathlib import Path

from flows.evaluate.case import Case
from flows.evaluate.labels import read_labels
from flows.evaluate.measures import judge
from flows.evaluate.scores import MEASURES, Finding, Measure, score, summary
from schemas import Row, Tables

__all__ = ["MEASURES", "Finding", "Measure", "details", "evaluate", "summary"]


def evaluate(tables: Tables, labels: Path) -> list[Row]:
    """Rows of the table `evaluations`: a score per labelled document, table and measure.

    `tables` are the rows of a build with its reference tables; a missing table counts as empty.
    `labels` is a folder of label files (`*.json`); those of documents that are not among
    `tables["documents"]` are passed over. Ordered by document, then as in `MEASURES`; a measure
    that had nothing to judge has no row. `precision`, `recall` and `f1` are None where they are
    undefined: nothing was found, nothing was to be found, or the measure looks at one side only.
    Raises Refused if a label file cannot be used.
    """
    return [row for case in _cases(tables, labels) for row in score(case.document, judge(case))]


def details(tables: Tables, labels: Path) -> list[Finding]:
    """Every judgement behind `evaluate` that is not `right`, in the same order of documents."""
    return [
        finding for case in _cases(tables, labels) for finding in judge(case) if not finding.right
    ]


def _cases(tables: Tables, labels: Path) -> Iterator[Case]:
    documents = {str(row["document_id"]): row for row in tables.get("documents", [])}
    for label in read_labels(labels):
        if label["document"] in documents:
            yield Case(label, documents[label["document"]], tables)
