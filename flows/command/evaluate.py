"""`idm evaluate`: the rules against hand-made labels."""

import argparse
import sys
from pathlib import Path

from flows.build import REFERENCE
from flows.command import report
from flows.command.arguments import LABELS, add_documents
from flows.evaluate import details, summary, without_document
from flows.evaluate import evaluate as score
from flows.ground.problems import Problem, Refused, printable
from flows.ingest import ingest
from flows.inputs.reference import read_reference
from flows.normalise import normalise


def declare(parser: argparse.ArgumentParser) -> None:
    """What `idm evaluate` takes."""
    add_documents(parser)
    parser.add_argument(
        "--labels",
        type=Path,
        default=LABELS,
        metavar="DIR",
        help="folder of label files, .json (default: %(default)s)",
    )
    parser.add_argument(
        "--details",
        action="store_true",
        help="first list what was missed, extra or different, with the text",
    )
    parser.set_defaults(refusal="The scores, if any, are of the others.")
    parser.set_defaults(carry_out=_asked)


def _asked(options: argparse.Namespace) -> int:
    return evaluate(options.documents, options.labels, with_details=options.details)


def evaluate(documents: Path, labels: Path, *, with_details: bool) -> int:
    """Print all scores of the labelled documents of a folder, each and overall; store nothing.

    With details, what was judged wrong comes first, one judgement a paragraph. Labels of no
    document are named on stderr. Raises Refused when a label file cannot be used, when nothing
    can be scored, and, after the scores of the others, when a document cannot be read.
    """
    sources, unread = ingest(documents)
    reference = read_reference(REFERENCE)
    tables, not_understood = normalise(sources, reference)
    tables = {**reference, **tables}
    rows = score(tables, labels)
    problems = [*unread, *not_understood]
    if not rows:
        what = f"No label file in {printable(str(labels))} is of a document in this folder."
        remedy = "Give the two folders that belong together (--documents, --labels)."
        raise Refused(problems or [Problem(str(documents), None, what, remedy)])
    if with_details:
        print(report.findings(details(tables, labels)))
    print(report.evaluation([*rows, *summary(rows)]))
    for path, document in without_document(tables, labels):
        said = f"{document} is not among the documents read: not scored."
        print(f"{printable(str(path))}: {said}", file=sys.stderr)
    if problems:
        raise Refused(problems)
    return 0
