"""`idm run`: from documents to a release, with progress and a summary."""

import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from flows.command.prefect_server import prefect_server
from flows.ground.problems import Problem, Refused

if TYPE_CHECKING:
    from flows.build import Outcome
    from flows.publish import Terms

# One home for all warehouses: making one takes seconds, and a warehouse holds data alone.
PREFECT_HOME = Path(__file__).resolve().parent.parent.parent / "warehouse" / ".prefect"


def run(
    documents: Path,
    warehouse: Path,
    *,
    release: bool,
    skip_invalid: bool,
    strict: bool,
    full: bool,
    direct: bool,
    terms: "Terms",
) -> int:
    """Build, publish unless `release` is false, and print a summary on stdout.

    Raises Refused when inputs cannot be used, if `strict` also when something was not understood,
    when the warehouse cannot be written, or when the terms do not allow the release.
    """
    started = perf_counter()
    _check_writable(warehouse)
    with nullcontext() if direct else prefect_server(PREFECT_HOME) as wait_until_ready:
        # Only now, while the server starts: these take time too.
        from flows.build import build, directly
        from flows.command import report
        from flows.command.commit import commit
        from flows.progress import announced, say
        from flows.store import Invalid

        carry_out: Callable[..., Outcome] = partial(build, call=announced(directly))
        if wait_until_ready:
            from flows.pipeline import idm

            carry_out = idm
            wait_until_ready()
            say("prefect", "the orchestrator is up", perf_counter() - started)
        try:
            outcome = carry_out(
                documents,
                warehouse,
                release=release,
                skip_invalid=skip_invalid,
                strict=strict,
                full=full,
                terms=terms,
                commit=commit(),
            )
        except Invalid as invalid:
            print(invalid, file=sys.stderr)
            print(
                "This is a fault of the rules, not of the documents: please report it, with the "
                "document. Nothing was written.",
                file=sys.stderr,
            )
            return 1
    print(report.outcome(outcome, warehouse, perf_counter() - started))
    return 0


def _check_writable(warehouse: Path) -> None:
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
