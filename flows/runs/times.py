"""When runs are due: the schedule that `idm serve` follows, as others can read it.

<warehouse>/runs/serving/.lock           held by the process that serves
<warehouse>/runs/serving/schedule.json   what it follows; removed when it ends by itself
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from cronsim import CronSim

from flows.ground.files import replace_file
from flows.ground.lock import only_writer
from flows.runs.record import FOLDER
from flows.settings import Settings

FILE = "schedule.json"


@dataclass(frozen=True)
class Schedule:
    """When runs begin: at the times of a cron expression, every `interval` seconds from `since`
    on (ISO 8601, UTC), when documents change. `page` is the address of Prefect's page."""

    since: str
    cron: str | None = None
    interval: float | None = None
    timezone: str = "UTC"
    watch: bool = False
    page: str | None = None

    def __str__(self) -> str:
        when = []
        if self.cron:
            when.append(f"at {self.cron} ({self.timezone})")
        if self.interval:
            when.append(f"every {self.interval:g} s")
        if self.watch:
            when.append("when documents change")
        return " and ".join(when)

    def after(self, moment: datetime) -> datetime | None:
        """The first time after a moment, in the schedule's zone; None when only changes count."""
        zone = ZoneInfo(self.timezone)
        if self.cron:
            return next(CronSim(self.cron, moment.astimezone(zone)))
        if self.interval:
            since = datetime.fromisoformat(self.since)
            done = (moment - since) // timedelta(seconds=self.interval)
            return (since + (done + 1) * timedelta(seconds=self.interval)).astimezone(zone)
        return None

    def before(self, moment: datetime) -> datetime | None:
        """The last time that is not after a moment; None when there was none since it began."""
        since = datetime.fromisoformat(self.since)
        due: datetime | None = None
        if self.cron:
            zone = ZoneInfo(self.timezone)
            due = next(CronSim(self.cron, moment.astimezone(zone), reverse=True))
        elif self.interval:
            due = since + (moment - since) // timedelta(seconds=self.interval) * timedelta(
                seconds=self.interval
            )
        return due if due and due > since else None


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A moment as records have it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def schedule_of(settings: Settings) -> Schedule:
    """The schedule that the settings ask for, beginning now."""
    return Schedule(
        stamp(now()), settings.cron, settings.interval, settings.timezone, settings.watch
    )


def serving_folder(warehouse: Path) -> Path:
    return warehouse / FOLDER / "serving"


@contextmanager
def serving(warehouse: Path) -> Iterator[None]:
    """Keeps other servers of a warehouse out, and takes the schedule away when the block ends.
    Raises Unavailable when one is there."""
    folder = serving_folder(warehouse)
    with only_writer(folder):
        try:
            yield
        finally:
            (folder / FILE).unlink(missing_ok=True)


def write_schedule(schedule: Schedule, warehouse: Path) -> None:
    """Lets others read what is followed."""
    replace_file(serving_folder(warehouse) / FILE, json.dumps(asdict(schedule)) + "\n")


def read_schedule(warehouse: Path) -> Schedule | None:
    """The schedule that is, or was, followed; None when no server is there or it ended by
    itself."""
    try:
        text = (serving_folder(warehouse) / FILE).read_text(encoding="utf-8")
        return Schedule(**json.loads(text))
    except (OSError, ValueError, TypeError):
        return None
