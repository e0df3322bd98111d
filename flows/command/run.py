"""`idm run`: from documents to a release, with progress and a summary."""

import argparse
import os
import signal
import sys
from contextlib import nullcontext
from pathlib import Path
from time import perf_counter
from types import FrameType
from typing import TYPE_CHECKING

from flows.command.arguments import (
    add_documents,
    add_strict,
    add_terms,
    add_warehouse,
    settings,
    terms_of,
)
from flows.command.prefect_server import prefect_server
from flows.ground.problems import Problem, Refused

if TYPE_CHECKING:
    from flows.publish import Terms
    from flows.settings import Settings


def declare(parser: argparse.ArgumentParser) -> None:
    """What `idm run` takes."""
    add_documents(parser)
    add_warehouse(parser)
    parser.add_argument("--no-release", action="store_true", help="build only, publish nothing")
    add_to_run(parser)
    parser.add_argument(
        "--wait",
        action="store_true",
        default=None,
        help="when another run holds the warehouse, wait until it has ended",
    )
    parser.add_argument(
        "--full",
        action="store_true",
        help="work on every document anew, whatever was kept of earlier runs: same files",
    )
    parser.add_argument(
        "--direct",
        action="store_true",
        help="the same stages without the orchestrator Prefect: faster, same files",
    )
    add_terms(parser)
    parser.set_defaults(refusal="What was there before is whole.")
    parser.set_defaults(carry_out=_asked)


def add_to_run(parser: argparse.ArgumentParser) -> None:
    """What a single run and those of a schedule take; `given` reads it."""
    parser.add_argument(
        "--publish-to",
        metavar="DESTINATION",
        help="end with publishing the release in this folder or s3://bucket/prefix",
    )
    parser.add_argument(
        "--skip-invalid",
        action="store_true",
        default=None,
        help="go on without the documents that cannot be used, and list them",
    )
    add_strict(parser)


def given(options: argparse.Namespace) -> "Settings":
    """The settings, with the options that were given."""
    return settings().but(
        documents=options.documents,
        warehouse=options.warehouse,
        publish_to=options.publish_to,
        skip_invalid=options.skip_invalid,
        strict=options.strict or None,
    )


def _asked(options: argparse.Namespace) -> int:
    return run(
        given(options).but(wait=options.wait),
        release=not options.no_release,
        full=options.full,
        direct=options.direct,
        terms=terms_of(options),
    )


def run(settings: "Settings", *, release: bool, full: bool, direct: bool, terms: "Terms") -> int:
    """Build, publish unless `release` is false, record the run, and print a summary on stdout.

    `full`: nothing that earlier runs have kept is used.

    Raises Refused when inputs cannot be used, if strict also when something was not understood,
    when the warehouse cannot be written or another run holds it, when the terms do not allow the
    release, or it could not be published elsewhere.
    """
    started = perf_counter()
    signal.signal(signal.SIGTERM, _interrupt)  # a service is stopped as by Ctrl-C
    check_writable(settings.warehouse)
    with nullcontext() if direct else prefect_server(settings.home) as wait_until_ready:
        # Only now, while the server starts: these take time too.
        from flows.build import directly
        from flows.command import report
        from flows.progress import announced, count, say
        from flows.runs import Order, carry_out, reach
        from flows.runs.commit import commit
        from flows.store import Invalid

        order = Order(release, full, terms, commit())
        if wait_until_ready:
            from flows.pipeline import orchestrated

            wait_until_ready()
            say("prefect", "the orchestrator is up", perf_counter() - started)
            ended = orchestrated(settings, order)
        else:
            ended = carry_out(settings, order, tell=_tell, call=announced(directly), follow=count)
            if not ended.left:
                reach(ended.run, settings)
    if ended.outcome is not None:
        print(report.outcome(ended.outcome, settings.warehouse, perf_counter() - started))
    for sent in ended.run.sent:
        if sent.problem is None:
            print(f"release {sent.version} is published at {sent.destination}")
    if isinstance(ended.error, Invalid):
        print(ended.error, file=sys.stderr)
        print(
            "This is a fault of the rules, not of the documents: please report it, with the "
            "document. Nothing was written.",
            file=sys.stderr,
        )
        return 1
    if ended.error is not None:
        raise ended.error
    return 0


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def check_writable(warehouse: Path) -> None:
    """Refuse a warehouse that cannot be made or written to, before any work is done."""
    place = warehouse
    while not place.exists() and place != place.parent:
        place = place.parent
    if not place.is_dir():
        what = f"The warehouse cannot be here: {place} is not a folder."
    elif not os.access(place, os.W_OK | os.X_OK):
        what = f"The warehouse cannot be written: no permission in {place}."
    else:
        return
    raise Refused([Problem(str(warehouse), None, what, "Choose another folder.")])
