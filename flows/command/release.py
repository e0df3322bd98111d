"""`idm release`: the current build as the next release."""

import argparse
from pathlib import Path

from flows.build import WITHDRAWALS
from flows.command import report
from flows.command.arguments import add_terms, add_warehouse, terms_of
from flows.ground.lock import only_writer
from flows.ground.problems import Problem, Refused
from flows.ground.record import read_build
from flows.publish import Terms, publish, texts_to_carry
from flows.store import reduced
from flows.withhold.people import read_withdrawals


def declare(parser: argparse.ArgumentParser) -> None:
    """What `idm release` takes."""
    add_warehouse(parser)
    add_terms(parser)
    parser.set_defaults(refusal="Nothing was published.")
    parser.set_defaults(carry_out=_asked)


def _asked(options: argparse.Namespace) -> int:
    return release(options.warehouse, terms_of(options))


def release(warehouse: Path, terms: Terms) -> int:
    """Publish the build that is in place, and print what changed.

    Raises Refused when there is no build, or the terms do not allow its release.
    """
    withdrawn = read_withdrawals(WITHDRAWALS)
    if not (warehouse / "build.json").is_file():
        what = "There is no build."
        raise Refused([Problem(str(warehouse), None, what, "Make one with `idm run`.")])
    with only_writer(warehouse):
        try:
            build = read_build((warehouse / "current").resolve())
        except (OSError, ValueError, KeyError) as error:
            what = "The build cannot be read."
            raise Refused([Problem(str(warehouse), None, what, "Run `idm run` again.")]) from error
        with reduced(build, texts_to_carry(warehouse, terms), warehouse) as carried:
            print(report.release(publish(carried, warehouse, terms, withdrawn)))
    return 0
