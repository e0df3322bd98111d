"""`idm check`: what is understood of a document, and what is not."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from flows.build import REFERENCE, accepted
from flows.command import report
from flows.command.arguments import add_strict
from flows.ground.problems import Problem
from flows.ingest import read_files
from flows.inputs.reference import read_reference
from flows.normalise.quality.doubts import doubts


def declare(parser: argparse.ArgumentParser) -> None:
    """What `idm check` takes."""
    add_strict(parser)
    parser.add_argument(
        "--text", action="store_true", help="print the text as it is read, and nothing else"
    )
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.set_defaults(carry_out=_asked)


def _asked(options: argparse.Namespace) -> int:
    return (
        print_texts(options.files) if options.text else check(options.files, strict=options.strict)
    )


def check(files: Sequence[Path], *, strict: bool) -> int:
    """Print a report on each file: how it was read, what was understood of it and what was not.

    A document whose rows fail their own checks is a problem here as it is in a run.
    Problems go to stderr and give exit code 1; with `strict`, what was not understood gives it too.
    """
    sources, problems = read_files(files)
    reference = read_reference(REFERENCE)
    count = 0
    for source in sources:  # one by one: two versions of one document may be compared
        tables, not_taken = accepted([source], reference)
        problems += not_taken
        print(f"{source.path}\n\nRead\n{report.reading(source)}\n")
        for row in tables["documents"]:
            print(f"{report.document(tables, str(row['document_id']))}\n")
            unclear = doubts(tables, [source])
            count += len(unclear)
            print(f"Not understood: {len(unclear) or 'nothing'}")
            print("".join(f"{problem}\n" for problem in unclear))
    return _told(problems) or int(strict and count > 0)


def print_texts(files: Sequence[Path]) -> int:
    """Print the text of each file as it is read, and nothing else, but a line with the name of each
    where there are several. Problems go to stderr and give exit code 1."""
    sources, problems = read_files(files)
    for source in sources:
        if len(files) > 1:
            print(f"==> {source.path} <==")
        print(source.text, end="" if source.text.endswith("\n") else "\n")
    return _told(problems)


def _told(problems: Sequence[Problem]) -> int:
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0
