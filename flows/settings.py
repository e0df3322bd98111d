"""What the operator decides: one typed value a setting, from `idm.toml` or the environment.

The file is `idm.toml` in the project's folder, or the one that IDM_SETTINGS names; paths in it are
relative to its folder. A variable IDM_<NAME> comes before the file, an option of a command before
both.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from flows.ground.problems import Problem, Refused

FILE = "idm.toml"
PREFIX = "IDM_"
NAMES_FILE = f"{PREFIX}SETTINGS"
DEFAULT = "default"
PROJECT = Path(__file__).resolve().parent.parent

Reader = Callable[[Any, Path], Any]
"""A value as the file or the environment gives it, and the folder that paths start from → the
setting. Raises ValueError, which says what it must be."""


def _path(value: Any, base: Path) -> Path:
    if not isinstance(value, str) or not value:
        raise ValueError("the path of a folder")
    return base / Path(value).expanduser()


def _destination(value: Any, base: Path) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("a folder or s3://bucket/prefix")
    return value if "://" in value else str(_path(value, base))


def _text(value: Any, base: Path) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("a text")
    return value


def _url(value: Any, base: Path) -> str:
    if not isinstance(value, str) or not value.startswith(("http://", "https://")):
        raise ValueError("an address that begins with http:// or https://")
    return value


def _truth(value: Any, base: Path) -> bool:
    known = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in known:
        return known[value.lower()]
    raise ValueError("true or false")


def _seconds(value: Any, base: Path) -> float:
    try:
        seconds = float(value)
    except (TypeError, ValueError):
        seconds = 0
    if isinstance(value, bool) or not 0 < seconds < float("inf"):
        raise ValueError("a number of seconds above 0")
    return seconds


def _count(value: Any, base: Path) -> int:
    if isinstance(value, bool) or not str(value).isdecimal() or int(value) < 1:
        raise ValueError("a whole number from 1")
    return int(value)


def _delays(value: Any, base: Path) -> tuple[float, ...]:
    given = value.replace(",", " ").split() if isinstance(value, str) else value
    if not isinstance(given, list):
        raise ValueError("a list of seconds, like [5, 30, 120]")
    return tuple(_seconds(item, base) for item in given)


def _cron(value: Any, base: Path) -> str:
    try:
        CronSim(_text(value, base), datetime(2030, 1, 1, tzinfo=UTC))
    except CronSimError:
        raise ValueError('a cron expression like "0 6 * * 1", Mondays at six') from None
    return str(value)


def _timezone(value: Any, base: Path) -> str:
    try:
        ZoneInfo(_text(value, base))
    except (KeyError, ValueError, OSError):
        raise ValueError("a time zone like Europe/Zurich") from None
    return str(value)


def _of(read: Reader, what: str) -> dict[str, Any]:
    """How a setting is read, and what it means to a person."""
    return {"read": read, "what": what}


@dataclass(frozen=True)
class Settings:
    """All settings. `origins` says where each that is not the default comes from."""

    documents: Path = field(
        default=PROJECT / "seeds" / "documents", metadata=_of(_path, "folder of the documents")
    )
    warehouse: Path = field(
        default=PROJECT / "warehouse", metadata=_of(_path, "folder of all that is built")
    )
    publish_to: str | None = field(
        default=None,
        metadata=_of(
            _destination, "where a run publishes its release: a folder or s3://bucket/prefix"
        ),
    )
    skip_invalid: bool = field(
        default=False, metadata=_of(_truth, "go on without documents that cannot be used")
    )
    strict: bool = field(default=False, metadata=_of(_truth, "refuse what is not understood whole"))
    wait: bool = field(
        default=False, metadata=_of(_truth, "wait for another run on the same warehouse")
    )
    cron: str | None = field(
        default=None, metadata=_of(_cron, "when `idm serve` runs, as a cron expression")
    )
    interval: float | None = field(
        default=None, metadata=_of(_seconds, "seconds between two runs of `idm serve`")
    )
    timezone: str = field(
        default="UTC", metadata=_of(_timezone, "time zone of the cron expression")
    )
    watch: bool = field(
        default=False, metadata=_of(_truth, "`idm serve` also runs when documents change")
    )
    settle: float = field(
        default=10.0, metadata=_of(_seconds, "seconds without a change before such a run begins")
    )
    limit_ingest: float = field(
        default=900.0, metadata=_of(_seconds, "seconds that reading the documents may take")
    )
    limit_normalise: float = field(
        default=14400.0, metadata=_of(_seconds, "seconds that normalising may take")
    )
    limit_evaluate: float = field(
        default=1800.0, metadata=_of(_seconds, "seconds that scoring may take")
    )
    limit_store: float = field(
        default=3600.0, metadata=_of(_seconds, "seconds that storing may take")
    )
    limit_publish: float = field(
        default=3600.0, metadata=_of(_seconds, "seconds that making a release may take")
    )
    limit_send: float = field(
        default=14400.0, metadata=_of(_seconds, "seconds that publishing elsewhere may take")
    )
    retry_delays: tuple[float, ...] = field(
        default=(5.0, 30.0, 120.0),
        metadata=_of(_delays, "seconds before each new attempt where a fault may pass"),
    )
    alert_command: str | None = field(
        default=None,
        metadata=_of(_text, "program that gets a JSON on its standard input when a run goes wrong"),
    )
    alert_webhook: str | None = field(
        default=None,
        metadata=_of(_url, "address that gets the same JSON by POST when a run goes wrong"),
    )
    keep_records: int = field(default=1000, metadata=_of(_count, "records of runs that are kept"))
    prefect_home: Path | None = field(
        default=None,
        metadata=_of(
            _path, "where Prefect keeps its database and logs (default: <warehouse>/.prefect)"
        ),
    )
    port: int = field(
        default=4200,
        metadata=_of(_count, "of Prefect's page under `idm serve`, on this machine alone"),
    )
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        """Prefect's folder."""
        return self.prefect_home or self.warehouse / ".prefect"

    def limit(self, stage: str) -> float:
        """Seconds that a stage may take."""
        seconds: float = getattr(self, f"limit_{stage}")
        return seconds

    def but(self, **given: Any) -> "Settings":
        """These settings with those that an option gives; what is None is not given."""
        options = {name: value for name, value in given.items() if value is not None}
        origins = {**self.origins, **dict.fromkeys(options, "option")}
        return replace(self, **options, origins=origins)


DECLARED = {item.name: item.metadata for item in fields(Settings) if item.metadata}


def read_setting(name: str, text: str) -> Any:
    """The value of one setting. Raises ValueError, which says what it must be."""
    return DECLARED[name]["read"](text, Path())


def shown(settings: Settings, name: str) -> str:
    """The value of a setting as a person may see it: of an address only the host, since the rest
    may hold a secret."""
    value = getattr(settings, name)
    if value is None:
        return "–"
    if DECLARED[name]["read"] is _url:
        return f"{urlsplit(value).scheme}://{urlsplit(value).hostname}/…"
    if isinstance(value, tuple):
        return ", ".join(f"{item:g}" for item in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def read_settings(environment: Mapping[str, str], here: Path) -> Settings:
    """The settings in force. `here` is the working directory, from which paths in the environment
    start. Raises Refused with all faults of the file and the environment."""
    named = environment.get(NAMES_FILE)
    file = here / named if named else PROJECT / FILE
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}

    def take(name: str, value: Any, base: Path, place: str, line: int | None) -> None:
        try:
            values[name] = DECLARED[name]["read"](value, base)
            origins[name] = place if line is None else f"{place}:{line}"
        except ValueError as error:
            remedy = f"It must be {error}."
            problems.append(Problem(place, line, f"{name} cannot be {value!r}.", remedy))

    text = _text_of(file, required=named is not None)
    for name, value in _parsed(text, file).items():
        line = _line_of(name, text)
        if name in DECLARED:
            take(name, value, file.parent, str(file), line)
        else:
            near = get_close_matches(name, DECLARED, 1)
            remedy = f"Is {near[0]} meant?" if near else "`idm settings` lists those there are."
            problems.append(Problem(str(file), line, f"there is no setting {name}.", remedy))
    for name in DECLARED:
        variable = f"{PREFIX}{name.upper()}"
        if environment.get(variable):
            take(name, environment[variable], here, variable, None)
    unknown = [
        variable
        for variable in environment
        if variable.startswith(PREFIX)
        and variable != NAMES_FILE
        and variable.removeprefix(PREFIX).lower() not in DECLARED
    ]
    problems += [
        Problem(variable, None, "is no setting.", "`idm settings` lists those there are.")
        for variable in unknown
    ]
    if problems:
        raise Refused(problems)
    return Settings(**values, origins=origins)


def _text_of(file: Path, *, required: bool) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        if required:
            what = "There is no such file."
            remedy = f"Correct {NAMES_FILE}."
            raise Refused([Problem(str(file), None, what, remedy)]) from None
        return ""
    except (OSError, UnicodeDecodeError) as error:
        what = f"cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}."
        raise Refused([Problem(str(file), None, what, "Check the file.")]) from None


def _parsed(text: str, file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, remedy = f"is not TOML: {error}.", 'Write lines like cron = "0 6 * * 1".'
        raise Refused([Problem(str(file), None, what, remedy)]) from None


def _line_of(name: str, text: str) -> int | None:
    starts = (f"{name} ", f"{name}=", f"[{name}]")
    lines = enumerate(text.splitlines(), 1)
    return next((n for n, line in lines if line.lstrip().startswith(starts)), None)
