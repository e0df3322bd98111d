"""A run: the pipeline, carried out for somebody who does not watch, and recorded.

build → release → published elsewhere; within its limits, again where a fault may pass, alone on its
warehouse. Whoever starts it (the command, a schedule, a worker of Prefect) calls `carry_out`.
"""

import os
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any

from flows.build import Call, Outcome, build, directly
from flows.ground.lock import Held, only_writer
from flows.ground.problems import Problem, Refused, Unavailable, Unwritable
from flows.ground.source import Commit, Follow, unfollowed
from flows.publish import Terms
from flows.publish.release.catalogue import read_catalogue
from flows.runs.alert import alert
from flows.runs.limits import TooLong, bounded
from flows.runs.record import (
    WRONG,
    Result,
    Run,
    Sent,
    Stage,
    problem_as_recorded,
    read_runs,
    write_run,
)
from flows.runs.send import send
from flows.runs.times import now, stamp
from flows.settings import Settings
from flows.store import Invalid

__all__ = ["Ended", "Order", "carry_out", "crashed", "reach", "without_record"]

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Order:
    """What is asked of one run, besides the settings. `full`: nothing that earlier runs have kept
    is used. `trigger` says who asks, `flow_run` is the id that Prefect gives it."""

    release: bool = True
    full: bool = False
    terms: Terms | None = None
    commit: Commit | None = None
    trigger: str = "command"
    flow_run: str | None = None

    def of_flow_run(self, flow_run: str) -> "Order":
        """The same order, carried out by a run of Prefect."""
        return replace(self, flow_run=flow_run)


@dataclass(frozen=True)
class Ended:
    """How a run ended. `outcome` is None when the build failed, `error` when all went well."""

    run: Run
    outcome: Outcome | None = None
    error: BaseException | None = None

    @property
    def left(self) -> bool:
        """It did not begin, because another run holds the warehouse."""
        return isinstance(self.error, Held)


def carry_out(
    settings: Settings,
    order: Order,
    *,
    tell: Tell,
    call: Call = directly,
    follow: Follow = unfollowed,
) -> Ended:
    """Carries a run out and records it; nothing is raised but what ends the process.

    `tell` is given lines for whoever waits: who holds the warehouse, what is tried again, what is
    sent. A release that could not be published elsewhere by the last run is sent again; when no
    input has changed since, nothing else is done.
    """
    run = _begun(settings, order)
    stages: list[Stage] = []
    try:
        with only_writer(settings.warehouse, wait=settings.wait, tell=tell):
            for dead in end_crashed(settings):
                tell(f"The run of {dead.started} had crashed.")
            write_run(run, settings.warehouse, settings.keep_records)
            try:
                bounded_call = bounded(call, settings, stages, tell)
                ended = _work(run, settings, order, bounded_call, follow, tell)
            except BaseException as error:
                ended = Ended(_with_error(run, error), error=error)
            run = replace(ended.run, ended=stamp(now()), stages=stages)
            _record(run, settings, tell)
    except (Refused, OSError) as error:  # the warehouse is held, or cannot be written
        return Ended(replace(_with_error(run, error), ended=stamp(now())), error=error)
    if ended.error is not None and not isinstance(ended.error, Exception):
        raise ended.error
    return replace(ended, run=run)


def _begun(settings: Settings, order: Order) -> Run:
    begun = now()
    return Run(
        id=f"{begun:%Y%m%dT%H%M%S}.{begun.microsecond // 1000:03}Z-{os.getpid()}",
        started=stamp(begun),
        trigger=order.trigger,
        documents=str(settings.documents),
        pid=os.getpid(),
        host=os.uname().nodename,
        flow_run=order.flow_run,
    )


def without_record(settings: Settings, flow_run: str) -> Run:
    """The record of a run of Prefect that failed before it could write one."""
    what = "the run failed before it could be recorded."
    remedy = "See its logs on Prefect's page, and that the warehouse can be written."
    problem = problem_as_recorded(Problem(str(settings.warehouse), None, what, remedy))
    run = _begun(settings, Order(trigger="prefect", flow_run=flow_run))
    return replace(run, ended=run.started, result="failed", problems=[problem])


def end_crashed(settings: Settings) -> list[Run]:
    """Ends the records of runs whose process died, and tells whom the settings name. To be called
    by who holds the warehouse: then whatever is said to be running is not."""
    dead = [run for run in read_runs(settings.warehouse) if run.result == "running"]
    return [reach(crashed(run), settings) for run in dead]


def crashed(run: Run) -> Run:
    """The record of a run whose process is gone."""
    what = f"its process {run.pid} on {run.host} was killed, or the machine stopped."
    problem = Problem("run", None, what, "Nothing is half-written: run again.")
    return replace(run, result="crashed", problems=[problem_as_recorded(problem)])


def reach(run: Run, settings: Settings) -> Run:
    """Tells whom the settings name of a run that went wrong, once; returns its new record."""
    if run.alerted or run.result not in WRONG:
        return run
    run = replace(run, alerted=True, alert_problem=alert(run, settings))
    with suppress(OSError):  # a full disk: who was told knows
        write_run(run, settings.warehouse, settings.keep_records)
    return run


def _record(run: Run, settings: Settings, tell: Tell) -> None:
    try:
        write_run(run, settings.warehouse, settings.keep_records)
    except OSError as error:
        tell(f"{settings.warehouse}: the run could not be recorded: {error.strerror}.")


def _work(
    run: Run, settings: Settings, order: Order, call: Call, follow: Follow, tell: Tell
) -> Ended:
    before = next((r for r in read_runs(settings.warehouse) if r.id != run.id), None)
    outcome = build(
        settings.documents,
        settings.warehouse,
        release=order.release,
        skip_invalid=settings.skip_invalid,
        strict=settings.strict,
        full=order.full,
        terms=order.terms,
        commit=order.commit,
        call=call,
        follow=follow,
    )
    run = _with_outcome(run, outcome)
    if settings.publish_to is None or run.version is None:
        return Ended(run, outcome)
    earlier = [sent.version for sent in before.pending] if before else []
    return _send(run, outcome, settings, earlier, call, tell)


def _send(
    run: Run,
    outcome: Outcome,
    settings: Settings,
    earlier: list[str],
    call: Call,
    tell: Tell,
) -> Ended:
    """Publishes the release of a run elsewhere, and those that earlier runs could not."""
    published = {
        entry["version"]
        for entry in read_catalogue(settings.warehouse / "releases")
        if entry["status"] == "published"
    }
    to = str(settings.publish_to)
    sent: list[Sent] = []
    failed: Refused | None = None
    versions = [version for version in earlier if version in published and version != run.version]
    for version in [*versions, str(run.version)]:
        try:
            call(send, version, settings.warehouse, to, tell)
            sent.append(Sent(version, to))
        except (Refused, TooLong, OSError) as error:
            failed = _could_not(version, to, error)
            sent.append(Sent(version, to, str(failed)))
    run = replace(run, sent=sent)
    return Ended(_with_error(run, failed) if failed else run, outcome, failed)


def _could_not(version: str, to: str, error: Exception) -> Refused:
    if isinstance(error, Refused):
        problems = error.problems
    else:
        problems = [Problem(to, None, f"cannot be reached: {error}.", "Check what it is on.")]
    next_time = f"Release {version} is in the warehouse; the next run tries again to publish it."
    return Unavailable([replace(p, remedy=f"{p.remedy} {next_time}".strip()) for p in problems])


def _with_outcome(run: Run, outcome: Outcome) -> Run:
    release = outcome.release
    warnings = Counter(str(row["kind"]) for row in outcome.tables["warnings"])
    facts: dict[str, Any] = {
        "inputs": len(outcome.tables["documents"]),
        "inputs_sha256": outcome.inputs_sha256,
        "rows": dict(outcome.build.rows),
        "warnings": dict(sorted(warnings.items())),
        "problems": [problem_as_recorded(problem) for problem in outcome.refused],
        "kept": asdict(outcome.kept),
    }
    if release is None:
        return replace(run, result="unchanged" if outcome.build.unchanged else "built", **facts)
    return replace(
        run,
        result="unchanged" if release.unchanged else "published",
        version=release.version,
        changes=[
            {"level": r.level, "rule": r.rule, "place": r.place, "what": r.what}
            for r in release.reasons
        ],
        **facts,
    )


def _with_error(run: Run, error: BaseException) -> Run:
    """What went wrong, without a word of a document."""
    if isinstance(error, Refused):
        not_its_fault = isinstance(error, Unavailable | Unwritable)
        result: Result = "failed" if not_its_fault else "refused"
        problems = [problem_as_recorded(problem) for problem in error.problems]
        return replace(run, result=result, problems=problems)
    if isinstance(error, Invalid):
        what = f"{len(error.faults)} rows break the declarations: a fault of the rules."
        remedy = "`idm run --direct` shows them; please report it."
    elif isinstance(error, TooLong):
        what = str(error)
        remedy = "See what keeps it waiting, or give it more time (limit_… in the settings)."
    elif isinstance(error, OSError):
        what = f"{error.strerror or type(error).__name__}."
        remedy = "Check the disk."
    elif isinstance(error, Exception):
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{place.filename.rpartition('/')[2]}:{place.lineno}"
        what = f"the program failed: {type(error).__name__} at {where}."
        remedy = "`idm run --direct` shows all; please report it."
    else:
        what, remedy = "it was interrupted.", "Run again."
    file = str(getattr(error, "filename", None) or "run")
    problem = problem_as_recorded(Problem(file, None, what, remedy))
    return replace(run, result="failed", problems=[problem])
