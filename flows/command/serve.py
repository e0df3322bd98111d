"""`idm serve`: the pipeline on a schedule, and when documents change."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flows.command.arguments import add_documents, add_warehouse
from flows.command.prefect_server import prefect_server
from flows.command.run import add_to_run, check_writable, given

if TYPE_CHECKING:
    from flows.settings import Settings


def declare(parser: argparse.ArgumentParser) -> None:
    """What `idm serve` takes."""
    from flows.settings import read_setting

    def setting(name: str) -> Callable[[str], Any]:
        def read(text: str) -> Any:
            try:
                return read_setting(name, text)
            except ValueError as error:
                raise argparse.ArgumentTypeError(f"{text!r}: it must be {error}") from None

        return read

    when = parser.add_mutually_exclusive_group()
    when.add_argument(
        "--cron", type=setting("cron"), metavar="TIMES", help='when to run, like "0 6 * * 1"'
    )
    when.add_argument(
        "--interval", type=setting("interval"), metavar="SECONDS", help="run every so often"
    )
    parser.add_argument(
        "--timezone", type=setting("timezone"), metavar="ZONE", help="of --cron (default: UTC)"
    )
    parser.add_argument(
        "--watch",
        action="store_true",
        default=None,
        help="also run when a document or the register appears or changes, once it has settled",
    )
    add_documents(parser)
    add_warehouse(parser)
    add_to_run(parser)
    parser.set_defaults(carry_out=_asked, parser=parser)


def _asked(options: argparse.Namespace) -> int:
    settings = given(options)
    if options.cron:
        settings = replace(settings, interval=None)
    if options.interval:
        settings = replace(settings, cron=None)
    settings = settings.but(
        cron=options.cron,
        interval=options.interval,
        timezone=options.timezone,
        watch=options.watch,
    )
    if not (settings.cron or settings.interval or settings.watch):
        options.parser.error("say when: --cron, --interval or --watch, or in the settings")
    if settings.cron and settings.interval:
        options.parser.error("the settings have both cron and interval: keep one")
    return serve(settings)


def serve(settings: "Settings") -> int:
    """Run as the settings say until stopped, and say so on stderr.

    Raises Refused when there is no Prefect server to be had, or another process serves this
    warehouse.
    """
    check_writable(settings.warehouse)
    with prefect_server(settings.home, settings.port) as wait_until_ready:
        from flows.runs.times import now, schedule_of, serving
        from flows.schedule import follow

        with serving(settings.warehouse):
            page = wait_until_ready().removesuffix("/api")
            schedule = replace(schedule_of(settings), page=page)
            _tell(f"Serving {settings.warehouse}: {schedule}. Prefect's page: {page}")
            due = schedule.after(now())
            if due is not None:
                _tell(f"The next run begins at {due:%Y-%m-%d %H:%M:%S %Z}. Ctrl-C ends.")
            try:
                follow(schedule, settings)
            except KeyboardInterrupt:
                _tell("Stopped.")
    return 0


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
