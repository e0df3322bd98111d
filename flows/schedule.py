"""The flow on a schedule, and when documents change, until the process is stopped.

Prefect's server keeps the schedule; this process asks it for runs that are due and gives each a
process of its own, one at a time, so that nothing of a run stays in memory.
"""

import asyncio
import os
import signal
import time
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from prefect.deployments import arun_deployment
from prefect.runner import Runner
from prefect.schedules import Cron, Interval
from prefect.schedules import Schedule as PrefectSchedule
from prefect.types.entrypoint import EntrypointType

from flows.ground.problems import Problem, Refused
from flows.pipeline import WATCH, idm
from flows.runs.times import Schedule, write_schedule
from flows.settings import NAMES_FILE, PROJECT, Settings

POLL = 5  # seconds between two questions for runs that are due

Seen = frozenset[tuple[str, int, int]]
"""The files of a folder: name, bytes, time of the last change."""


def follow(schedule: Schedule, settings: Settings) -> None:
    """Runs the flow as a schedule says, until SIGTERM or Ctrl-C, which raise KeyboardInterrupt.

    Raises Refused when the Prefect server is gone.
    """
    _let_runs_find_all()
    write_schedule(schedule, settings.warehouse)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also in the background of a shell
    try:
        asyncio.run(_follow(schedule, settings))
    except Exception as error:
        what = f"The Prefect server cannot be used any more: {type(error).__name__}."
        remedy = "See its log, and start `idm serve` again."
        place = os.environ.get("PREFECT_API_URL", "Prefect")
        raise Refused([Problem(place, None, what, remedy)]) from None


async def _follow(schedule: Schedule, settings: Settings) -> None:
    # Its schedule is not paused when this process ends: whoever starts it again wants it to run.
    runner = Runner(name="idm", limit=1, pause_on_shutdown=False, query_seconds=POLL)
    deployment = await idm.ato_deployment(
        name=name_of(settings.warehouse),
        schedule=_as_prefect_has_it(schedule),
        parameters={
            "documents": str(settings.documents.absolute()),
            "warehouse": str(settings.warehouse.absolute()),
            "publish_to": settings.publish_to,
            "skip_invalid": settings.skip_invalid,
            "strict": settings.strict,
        },
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    served = await runner.aadd_deployment(deployment)
    tasks = [asyncio.create_task(runner.start())]
    if schedule.watch:
        tasks.append(asyncio.create_task(_watch(served, settings)))
    await asyncio.sleep(0)  # the runner sets its own handler first
    asyncio.get_running_loop().add_signal_handler(
        signal.SIGTERM, os.kill, os.getpid(), signal.SIGINT
    )
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()


async def _watch(deployment: UUID, settings: Settings) -> None:
    """Asks for a run whenever the documents have changed and then settled; the first when this
    begins, since they may have changed before."""
    known = None
    while True:
        seen = await asyncio.to_thread(settled, settings.documents, settings.settle)
        if seen is not None and seen != known:
            known = seen
            await arun_deployment(deployment, timeout=0, tags=[WATCH], as_subflow=False)
        await asyncio.sleep(min(settings.settle, POLL))


def settled(documents: Path, seconds: float) -> Seen | None:
    """The documents and the register of a folder, when nothing of them changes for some seconds: a
    file that is still being copied grows. None when something does, or the folder is away."""
    before = _look(documents)
    time.sleep(seconds)
    return before if before == _look(documents) else None


def _look(documents: Path) -> Seen | None:
    try:
        found = [
            (entry.name, entry.stat()) for entry in os.scandir(documents) if entry.name[0] != "."
        ]
    except OSError:
        return None
    return frozenset((name, status.st_size, status.st_mtime_ns) for name, status in found)


def _as_prefect_has_it(schedule: Schedule) -> PrefectSchedule | None:
    if schedule.cron:
        return Cron(schedule.cron, timezone=schedule.timezone)
    if schedule.interval:
        since = datetime.fromisoformat(schedule.since)
        return Interval(schedule.interval, anchor_date=since, timezone=schedule.timezone)
    return None


def _let_runs_find_all() -> None:
    """The processes of the runs start elsewhere: let them find this code and these settings."""
    places = [str(PROJECT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, places))
    if named := os.environ.get(NAMES_FILE):
        os.environ[NAMES_FILE] = str(Path(named).absolute())


def name_of(warehouse: Path) -> str:
    """The name of a warehouse's deployment: several may share a server."""
    digest = sha256(os.fsencode(warehouse.resolve())).hexdigest()[:6]
    return f"{warehouse.resolve().name}-{digest}"
