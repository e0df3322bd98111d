"""`idm check`: what is understood of a document, and what is not."""

import sys
from collections.abc import Sequence
from pathlib import Path

from flows import report
from flows.build import REFERENCE
from flows.ingest import read_files
from flows.normalise import normalise
from flows.reference import read_reference


def check(files: Sequence[Path]) -> int:
    """Print a report on each file; problems go to stderr and give exit code 1."""
    sources, unread = read_files(files)
    reference = read_reference(REFERENCE)
    problems = unread
    for source in sources:  # one by one: two versions of one document may be compared
        tables, not_understood = normalise([source], reference)
        problems += not_understood
        for row in tables["documents"]:
            print(f"{source.path}\n\n{report.document(tables, str(row['document_id']))}\n")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0
