"""The record of a run: `<warehouse>/runs/<id>.json`, and `runs.parquet`, a table over all.

A record is written when its run begins and again when it has ended. One that says `running`
although nobody holds the warehouse is of a run whose process died: `crashed`. The newest records
are kept, as many as the settings say, and always that of the last run that went well.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args

import pyarrow as pa
import pyarrow.parquet as pq

from flows.ground.files import replace_file
from flows.ground.problems import Problem

FOLDER = "runs"
TABLE = "runs.parquet"

Result = Literal["running", "built", "published", "unchanged", "refused", "failed", "crashed"]
"""`built`: no release was asked for. `refused`: inputs cannot be used, or the release is not
allowed. `failed`: it could not be carried out, or not be published elsewhere. `crashed`: the
process died."""

WELL = ("built", "published", "unchanged")
WRONG = ("refused", "failed", "crashed")


@dataclass(frozen=True)
class Stage:
    """What one stage took. `peak_memory_bytes` is that of the process meanwhile; None where the
    system does not tell."""

    stage: str
    seconds: float
    peak_memory_bytes: int | None
    attempts: int


@dataclass(frozen=True)
class Sent:
    """A release that was to be published elsewhere: `problem` says why it is not there."""

    version: str
    destination: str
    problem: str | None = None


@dataclass(frozen=True)
class Run:
    """One run. Times are ISO 8601 in UTC. `inputs_sha256` is of all that the build is made from;
    `changes` are level, rule, place and what, of the release; `problems` are without any word of a
    document. `kept` says of how many documents it was known what they say (`recalled`), how many
    were `normalised`, of which had a `damaged` entry, how many could `not` be `kept`, and the bytes
    that are (see flows.keep.memory). `alerted`: whoever is to be told of a fault was, unless
    `alert_problem` says why not."""

    id: str
    started: str
    trigger: str
    documents: str
    pid: int
    host: str
    ended: str | None = None
    result: Result = "running"
    version: str | None = None
    inputs: int | None = None
    inputs_sha256: str | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    warnings: Mapping[str, int] = field(default_factory=dict)
    kept: Mapping[str, int] = field(default_factory=dict)
    stages: Sequence[Stage] = ()
    changes: Sequence[Mapping[str, str]] = ()
    problems: Sequence[Mapping[str, Any]] = ()
    sent: Sequence[Sent] = ()
    flow_run: str | None = None
    alerted: bool = False
    alert_problem: str | None = None

    @property
    def seconds(self) -> float | None:
        """How long it took; None when it has not ended."""
        if self.ended is None:
            return None
        span = datetime.fromisoformat(self.ended) - datetime.fromisoformat(self.started)
        return span.total_seconds()

    @property
    def pending(self) -> list[Sent]:
        """Releases that are not where they were to be published."""
        return [sent for sent in self.sent if sent.problem is not None]


def problem_as_recorded(problem: Problem) -> dict[str, Any]:
    """A problem for a record, a log or an alert: what it quotes of a document is left out."""
    what, remedy = problem.what, problem.remedy
    if problem.quotes:
        what = "not told here: it quotes a document."
        remedy = "`idm run --direct` shows it."
    return {"file": problem.file, "line": problem.line, "what": what, "remedy": remedy}


def write_run(run: Run, warehouse: Path, keep: int) -> None:
    """Writes the record of a run and the table over all, and removes the oldest records.

    Raises OSError when the warehouse cannot be written.
    """
    folder = warehouse / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    facts = {**asdict(run), "seconds": run.seconds}
    replace_file(folder / f"{run.id}.json", json.dumps(facts, ensure_ascii=False, indent=1) + "\n")
    runs = read_runs(warehouse)
    kept = {run.id for run in [*runs[:keep], *[r for r in runs if r.result in WELL][:1]]}
    for run in runs:
        if run.id not in kept:
            (folder / f"{run.id}.json").unlink(missing_ok=True)
    _write_table([run for run in runs if run.id in kept], folder)


def read_runs(warehouse: Path) -> list[Run]:
    """The records of a warehouse, newest first. Files that are no record are passed over."""
    found = [_read(file) for file in (warehouse / FOLDER).glob("*.json")]
    return sorted((run for run in found if run), key=lambda run: run.id, reverse=True)


def _read(file: Path) -> Run | None:
    try:
        facts = json.loads(file.read_text(encoding="utf-8"))
        known = {name: facts[name] for name in (f.name for f in fields(Run)) if name in facts}
        stages = [Stage(**stage) for stage in known.pop("stages", [])]
        sent = [Sent(**one) for one in known.pop("sent", [])]
        run = Run(**known, stages=stages, sent=sent)
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    return run if run.id == file.stem and run.result in get_args(Result) else None


COLUMNS = pa.schema(
    [
        ("id", pa.string()),
        ("started", pa.timestamp("ms", "UTC")),
        ("ended", pa.timestamp("ms", "UTC")),
        ("seconds", pa.float64()),
        ("result", pa.string()),
        ("trigger", pa.string()),
        ("version", pa.string()),
        ("documents", pa.int64()),
        ("rows", pa.int64()),
        ("warnings", pa.int64()),
        ("problems", pa.int64()),
        ("pending", pa.int64()),
        ("recalled", pa.int64()),
        ("normalised", pa.int64()),
        ("damaged", pa.int64()),
        ("peak_memory_bytes", pa.int64()),
        (
            "stages",
            pa.list_(
                pa.struct(
                    [
                        ("stage", pa.string()),
                        ("seconds", pa.float64()),
                        ("peak_memory_bytes", pa.int64()),
                        ("attempts", pa.int64()),
                    ]
                )
            ),
        ),
    ]
)


def _write_table(runs: Iterable[Run], folder: Path) -> None:
    rows = [
        {
            "id": run.id,
            "started": datetime.fromisoformat(run.started),
            "ended": run.ended and datetime.fromisoformat(run.ended),
            "seconds": run.seconds,
            "result": run.result,
            "trigger": run.trigger,
            "version": run.version,
            "documents": run.inputs,
            "rows": sum(run.rows.values()) if run.rows else None,
            "warnings": sum(run.warnings.values()) if run.rows else None,
            "problems": len(run.problems),
            "pending": len(run.pending),
            **{name: run.kept.get(name) for name in ("recalled", "normalised", "damaged")},
            "peak_memory_bytes": max((s.peak_memory_bytes or 0 for s in run.stages), default=None),
            "stages": [asdict(stage) for stage in run.stages],
        }
        for run in runs
    ]
    new = folder / f".{TABLE}.new"
    pq.write_table(pa.Table.from_pylist(rows, COLUMNS), new)
    new.replace(folder / TABLE)
