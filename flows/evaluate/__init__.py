"""Rows held against hand-made labels: precision, recall and F1 of every table.

The format of the labels and what each measure means are set out in `seeds/gold/README.md`.
`labels` reads them, `matching` says when two texts are the same, `measures` judges the rows of
one document, `scores` counts the judgements.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from flows.evaluate.case import Case
from flows.evaluate.labels import Label, read_labels
from flows.evaluate.measures import judge
from flows.evaluate.scores import MEASURES, Finding, Measure, score, summary
from schemas import Row, Tables

__all__ = ["MEASURES", "Finding", "Measure", "details", "evaluate", "summary", "without_document"]


def evaluate(tables: Tables, labels: Path) -> list[Row]:
    """Rows of the table `evaluations`: a score per labelled document, table and measure.

    `tables` are the rows of a build with its reference tables; a missing table counts as empty.
    `labels` is a folder of label files (`*.json`), each for the document with its `document` as
    id, or else with its `sha256`; those of no document are passed over. Ordered by document, then
    as in `MEASURES`; a measure that had nothing to judge has no row. `precision`, `recall` and
    `f1` are None where they are undefined: nothing was found, nothing was to be found, or the
    measure looks at one side only. Raises Refused if a label file cannot be used.
    """
    return [row for case in _cases(tables, labels) for row in score(case.document, judge(case))]


def details(tables: Tables, labels: Path) -> list[Finding]:
    """Every judgement behind `evaluate` that is not `right`, in the same order of documents.

    Each has the text that stands in the document at its place.
    """
    return [
        replace(finding, said=case.said(finding.place))
        for case in _cases(tables, labels)
        for finding in judge(case)
        if not finding.right
    ]


def without_document(tables: Tables, labels: Path) -> list[tuple[Path, str]]:
    """The label files whose document is not in the build, each with the id that it names."""
    return [
        (path, str(label["document"]))
        for path, label, document in _matched(tables, labels)
        if document is None
    ]


def _cases(tables: Tables, labels: Path) -> Iterator[Case]:
    cases = [
        Case(label, document, tables)
        for _, label, document in _matched(tables, labels)
        if document is not None
    ]
    return iter(sorted(cases, key=lambda case: case.document))


def _matched(tables: Tables, labels: Path) -> Iterator[tuple[Path, Label, Row | None]]:
    """Each label file, its label and the document that it is of."""
    documents = tables.get("documents", [])
    by_id = {str(row["document_id"]): row for row in documents}
    read = read_labels(labels)
    named = {label["document"] for label in read.values()}
    # A document whose session was read wrongly is known by its bytes.
    by_bytes = {row.get("sha256"): row for row in documents if row["document_id"] not in named}
    for path, label in read.items():
        document = by_id.get(label["document"]) or by_bytes.pop(label.get("sha256"), None)
        yield path, label, document
