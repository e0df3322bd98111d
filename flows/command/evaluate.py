"""`idm evaluate`: the rules against the hand-made labels."""

from pathlib import Path

from flows import report
from flows.build import LABELS, REFERENCE
from flows.evaluate import details, summary
from flows.evaluate import evaluate as score
from flows.ingest import ingest
from flows.normalise import normalise
from flows.problems import Refused
from flows.reference import read_reference


def evaluate(documents: Path, *, with_details: bool) -> int:
    """Print all scores of the labelled documents of a folder, each and overall.

    With details, what was judged wrong comes first, one judgement a line. Raises Refused when a
    document or a label file cannot be used.
    """
    sources, unread = ingest(documents)
    reference = read_reference(REFERENCE)
    tables, not_understood = normalise(sources, reference)
    if unread or not_understood:
        raise Refused([*unread, *not_understood])
    tables = {**reference, **tables}
    if with_details:
        print(report.findings(details(tables, LABELS)))
    rows = score(tables, LABELS)
    print(report.evaluation([*rows, *summary(rows)]))
    return 0
