"""How it is: the last runs, the latest release, what is due, what is wrong and what to do."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from flows.ground.lock import Holder, holder_of
from flows.ground.problems import Problem, Refused
from flows.publish.release.catalogue import Entry, latest_of, read_catalogue
from flows.runs.alert import verb
from flows.runs.record import WELL, WRONG, Run, read_runs
from flows.runs.times import Schedule, read_schedule, schedule_of, serving_folder
from flows.settings import Settings

GRACE = timedelta(minutes=2)
"""How late a run may begin before that is wrong: Prefect asks every few seconds, a machine may
start slowly."""

STAGES = ("ingest", "normalise", "evaluate", "store", "publish", "send")


@dataclass(frozen=True)
class Status:
    """The state of a warehouse. `runs` are newest first; `due` is when the next run begins, as far
    as is known; `wrong` is what an operator must see to."""

    runs: list[Run]
    latest: Entry | None
    age_days: int | None
    writer: Holder | None
    schedule: Schedule | None
    due: datetime | None
    wrong: list[Problem]


def status_of(settings: Settings, moment: datetime) -> Status:
    """Looks at a warehouse; changes nothing."""
    warehouse = settings.warehouse
    runs = read_runs(warehouse)
    writer = holder_of(warehouse)
    served = read_schedule(warehouse)
    asked = schedule_of(settings) if settings.cron or settings.interval else None
    wrong = [
        *_of_last_run(runs, writer),
        *_of_running(runs, writer, settings, moment),
        *_of_serving(served, settings),
        *_of_schedule(served, runs, writer, moment),
        *_of_disk(warehouse),
    ]
    try:
        latest = latest_of(read_catalogue(warehouse / "releases"))
    except Refused as refused:
        latest = None
        wrong += refused.problems
    age = None
    if latest is not None and latest["date"]:
        age = (moment.date() - date.fromisoformat(latest["date"])).days
    followed = served or asked
    return Status(
        runs, latest, age, writer, followed, followed.after(moment) if followed else None, wrong
    )


def _of_last_run(runs: list[Run], writer: Holder | None) -> Iterator[Problem]:
    ended = next((run for run in runs if run.result != "running"), None)
    if not runs:
        yield Problem("runs", None, "nothing has run here yet.", "Run `idm run`.")
    if ended is None:
        return
    if ended.result in WRONG:
        what = f"the last run, of {ended.started}, {verb(ended.result)}."
        well = next((run for run in runs if run.result in WELL), None)
        since = f"The last that went well began {well.started}." if well else "None went well yet."
        yield Problem("runs", None, f"{what} {since}", "What to do:" if ended.problems else "")
        for told in ended.problems:
            yield Problem(told["file"], told["line"], told["what"], told["remedy"])
    if ended.alert_problem:
        yield Problem("alert", None, f"nobody was told: {ended.alert_problem}", "Check settings.")


def _of_running(
    runs: list[Run], writer: Holder | None, settings: Settings, moment: datetime
) -> Iterator[Problem]:
    longest = timedelta(seconds=sum(settings.limit(stage) for stage in STAGES))
    for run in runs:
        if run.result != "running":
            continue
        if writer is None:
            what = f"the run of {run.started} crashed: its process {run.pid} on {run.host} is gone."
            yield Problem("runs", None, what, "Nothing is half-written: run again.")
        elif moment - datetime.fromisoformat(run.started) > longest:
            what = f"the run of {run.started} takes longer than all its limits."
            yield Problem("runs", None, what, f"See what keeps {writer} waiting, or end it.")


def _of_serving(served: Schedule | None, settings: Settings) -> Iterator[Problem]:
    if served is not None and holder_of(serving_folder(settings.warehouse)) is None:
        what = f"`idm serve`, begun {served.since}, has died."
        yield Problem("schedule", None, what, "Start it again.")


def _of_schedule(
    served: Schedule | None, runs: list[Run], writer: Holder | None, moment: datetime
) -> Iterator[Problem]:
    """A run that was due and did not begin."""
    due = served.before(moment - GRACE) if served else None
    if due is None or writer is not None:
        return
    if not any(datetime.fromisoformat(run.started) >= due for run in runs):
        what = f"a run was due at {due:%Y-%m-%d %H:%M:%S %Z} and did not begin."
        yield Problem("schedule", None, what, "See Prefect's page, or start `idm serve` again.")


def _of_disk(warehouse: Path) -> Iterator[Problem]:
    """Less space than a build and a release take, which are written beside the old ones."""
    place = warehouse
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    needed = max(2 * _size(warehouse / "current"), 20_000_000)
    if free < needed:
        what = f"{free / 1e6:,.0f} MB are free; the next run may need {needed / 1e6:,.0f} MB."
        yield Problem(str(warehouse), None, what, "Make room on that disk.")
    if not os.access(place, os.W_OK | os.X_OK):
        yield Problem(str(place), None, "cannot be written.", "Check its permissions.")


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.resolve().rglob("*") if file.is_file())
