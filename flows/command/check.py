"""`idm check`: what is understood of a document, and what is not."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from flows.build import REFERENCE
from flows.command import report
from flows.command.arguments import add_strict
from flows.ingest import read_files
from flows.inputs.reference import read_reference
from flows.normalise import normalise
from flows.normalise.quality.doubts import doubts


def declare(parser: argparse.ArgumentParser) -> None:
    """What `idm check` takes."""
    add_strict(parser)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.set_defaults(carry_out=_asked)


def _asked(options: argparse.Namespace) -> int:
    return check(options.files, strict=options.strict)


def check(files: Sequence[Path], *, strict: bool) -> int:
    """Print a report on each file, and what was not understood of it.

    Problems go to stderr and give exit code 1; with `strict`, what was not understood gives it too.
    """
    sources, unread = read_files(files)
    reference = read_reference(REFERENCE)
    problems, count = unread, 0
    for source in sources:  # one by one: two versions of one document may be compared
        tables, not_understood = normalise([source], reference)
        problems += not_understood
        for row in tables["documents"]:
            print(f"{source.path}\n\n{report.document(tables, str(row['document_id']))}\n")
            unclear = doubts(tables, [source])
            count += len(unclear)
            print(f"Not understood: {len(unclear) or 'nothing'}")
            print("".join(f"{problem}\n" for problem in unclear))
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems or (strict and count) else 0
