"""The pipeline as a Prefect flow: ingest → normalise → evaluate → store → publish → send.

The order of the stages is that of `flows.build`; here each becomes a task. What passes between
tasks stays in memory: nothing is persisted or cached by Prefect, and what happened is recorded in
the warehouse (`flows.runs`), never read from Prefect. Prefect is told what a run came to in
figures: no word of a document is in its logs, states or artifacts.
"""

import sys
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from os import environ
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from prefect import flow, get_run_logger, runtime, task
from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import FlowRun, State
from prefect.flows import Flow
from prefect.logging.handlers import APILogHandler
from prefect.states import Completed

from flows.evaluate import summary
from flows.progress import MANY, announced, came_to, count
from flows.runs import Ended, Order, carry_out, crashed, reach, without_record
from flows.runs.commit import commit
from flows.runs.record import Run, read_runs
from flows.settings import Settings, read_settings

P = ParamSpec("P")
T = TypeVar("T")

WATCH = "watch"
"""The tag of a run that was started because documents have changed."""

TRIGGERS = {WATCH: "watch", "auto-scheduled": "schedule"}
"""A tag of Prefect → what started a run, as its record says."""

TOLD_EVERY = 5  # percent


class Unsuccessful(Exception):
    """A stage or run that did not succeed, told without a word of a document."""


@dataclass
class Asked:
    """What this process asks of the flow that it calls, and how that ended."""

    settings: Settings
    order: Order
    ended: Ended | None = None


_asked: ContextVar[Asked | None] = ContextVar("_asked", default=None)


def orchestrated(settings: Settings, order: Order) -> Ended:
    """Carries a run out as a flow, in this process. Nothing is raised but what ends the process."""
    asked = Asked(settings, order)
    before = _asked.set(asked)
    try:
        idm(
            settings.documents,
            settings.warehouse,
            publish_to=settings.publish_to,
            release=order.release,
            full=order.full,
            skip_invalid=settings.skip_invalid,
            strict=settings.strict,
            return_state=True,
        )
    finally:
        _asked.reset(before)
        APILogHandler().flush()  # while the server is there: at exit it may be gone
    if asked.ended is None:
        raise Unsuccessful("Prefect did not carry the run out: see its logs, or use --direct.")
    return asked.ended


def as_task(stage: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Carry out a stage as a Prefect task. Raises what the stage raises; Prefect is told less."""
    name = stage.__name__
    failed: list[Exception] = []
    summary = (stage.__doc__ or "").strip().partition("\n")[0]

    # The arguments stay out of the task's parameters: Prefect would walk through every row.
    @task(
        name=name,
        task_run_name=name,
        description=summary,
        persist_result=False,
        cache_policy=NO_CACHE,
    )
    def carry_out() -> T:
        try:
            result = stage(*args, **kwargs)
        except Exception as error:
            failed.append(error)
            # `from None`: what the stage said would stand in the log.
            raise Unsuccessful(f"{name}: {type(error).__name__}") from None
        get_run_logger().info("%s: %s", name, came_to(name, result))
        return result

    try:
        return carry_out()
    except Unsuccessful:
        if failed:
            raise failed[0] from None
        raise


class Progress:
    """Says how far normalising has come: to who waits, and, of many documents, to Prefect."""

    def __init__(self) -> None:
        self.artifact: UUID | None = None
        self.told = 0

    def __call__(self, number: int, total: int, file_name: str) -> None:
        count(number, total, file_name)
        percent = 100 * number // total
        if total < MANY or (percent < self.told + TOLD_EVERY and number != total):
            return
        self.told = percent
        if self.artifact is None:
            words = f"{total} documents to be normalised"
            made: Any = create_progress_artifact(float(percent), "idm-progress", words)
            self.artifact = made
        else:
            update_progress_artifact(self.artifact, float(percent))


def tell_of(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """A hook of Prefect: lets whom the settings name know that a run failed or crashed, unless
    they do."""
    warehouse = flow_run.parameters.get("warehouse")
    settings = read_settings(environ, Path.cwd()).but(warehouse=warehouse and Path(warehouse))
    known = (run for run in read_runs(settings.warehouse) if run.flow_run == str(flow_run.id))
    run = next(known, None) or without_record(settings, str(flow_run.id))
    reach(crashed(run) if run.result == "running" else run, settings)


def _name() -> str:
    return f"idm-{runtime.flow_run.scheduled_start_time:%Y-%m-%d-%H-%M-%S}"


@flow(
    name="idm",
    description="Summaries of the International Dialogue on Migration → a release of open data.",
    flow_run_name=_name,
    persist_result=False,
    on_failure=[tell_of],
    on_crashed=[tell_of],
)
def idm(
    documents: Path | None = None,
    warehouse: Path | None = None,
    publish_to: str | None = None,
    release: bool = True,
    full: bool = False,
    skip_invalid: bool | None = None,
    strict: bool | None = None,
) -> State[Any]:
    """Build the tables from a folder of documents, release them, and publish the release.

    What is left out is as the settings say (idm.toml). The run is recorded in the warehouse.
    """
    asked = _asked.get() or Asked(
        read_settings(environ, Path.cwd()).but(
            documents=documents,
            warehouse=warehouse,
            publish_to=publish_to,
            skip_invalid=skip_invalid,
            strict=strict,
        ),
        Order(release=release, full=full, commit=commit(), trigger=_trigger()),
    )
    logger = get_run_logger()
    if _is_done(asked):
        return Completed(name="Skipped", message="another run has begun since this one was due")

    def tell(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    order = asked.order.of_flow_run(str(runtime.flow_run.id))
    previous = next((run for run in read_runs(asked.settings.warehouse) if run.rows), None)
    ended = carry_out(asked.settings, order, tell=tell, call=announced(as_task), follow=Progress())
    asked.ended = ended
    run = ended.run
    try:
        _show(ended, previous, asked.settings)
    except Exception as error:  # a page is not worth a run
        logger.warning("the artifacts could not be made: %s", type(error).__name__)
    said = f"{run.result}: release {run.version}" if run.version else run.result
    if ended.left:
        return Completed(name="Skipped", message="another run holds the warehouse")
    if ended.error is not None:
        problems = [f"{problem['file']}: {problem['what']}" for problem in run.problems]
        raise Unsuccessful(" ".join([f"{said}.", *problems[:3]])) from None
    return Completed(message=said)


def _is_done(asked: Asked) -> bool:
    """Whether another run has begun since this one was due: it has seen what this one would see,
    and runs that take longer than their interval do not queue up."""
    due = datetime.fromtimestamp(runtime.flow_run.scheduled_start_time.timestamp(), UTC)
    return asked.order.trigger in TRIGGERS.values() and any(
        datetime.fromisoformat(run.started) >= due for run in read_runs(asked.settings.warehouse)
    )


def _trigger() -> str:
    tags = runtime.flow_run.tags or []
    return next((name for tag, name in TRIGGERS.items() if tag in tags), "prefect")


def _show(ended: Ended, previous: Run | None, settings: Settings) -> None:
    """What a run came to, as artifacts on Prefect's page, in figures alone."""
    run = ended.run
    lines = [f"# {run.result}" + (f": release {run.version}" if run.version else ""), ""]
    lines += [f"- started {run.started}, {run.seconds:.0f} s, by {run.trigger}"]
    if run.rows:
        lines += [f"- {run.inputs} documents, {sum(run.rows.values()):,} rows"]
        lines += [f"- not understood: {sum(run.warnings.values())}"]
    if ended.outcome is not None:
        lines += [f"- of these, {ended.outcome.kept}"]
    if run.version:
        lines += [f"- in {settings.warehouse / 'releases' / run.version}"]
    lines += [f"- {c['level']}: {c['rule']}, {c['place']}: {c['what']}" for c in run.changes[:20]]
    lines += [
        f"- {'not ' * (sent.problem is not None)}published at {sent.destination}: {sent.version}"
        for sent in run.sent
    ]
    lines += [f"- **{p['file']}**: {p['what']} {p['remedy']}" for p in run.problems[:20]]
    create_markdown_artifact("\n".join(lines), key="idm-run", description="What the run came to")
    if run.rows:
        before = previous.rows if previous else {}
        rows = [
            {"table": name, "rows": n, "before": before.get(name), "new": n - before.get(name, 0)}
            for name, n in run.rows.items()
        ]
        create_table_artifact(rows, key="idm-rows", description="Rows per table")
        kinds = [{"kind": kind, "warnings": n} for kind, n in run.warnings.items()]
        create_table_artifact(kinds, key="idm-warnings", description="What was not understood")
    if run.result == "published":
        changes = [dict(change) for change in run.changes]
        create_table_artifact(changes, key="idm-changes", description="What changed, and why")
    if run.version:
        folder = settings.warehouse / "releases" / run.version
        link = folder.resolve().as_uri()
        create_link_artifact(link, f"release {run.version}", key="idm-release")
    if ended.outcome is not None:
        names = ("table_name", "measure", "precision", "recall", "f1")
        scores = [
            {name: row[name] for name in names}
            for row in summary(ended.outcome.tables["evaluations"])
        ]
        create_table_artifact(scores, key="idm-quality", description="Scores against labels")
