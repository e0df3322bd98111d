"""The pipeline as a Prefect flow: ingest → normalise → evaluate → store → publish.

The order of the stages is that of `flows.build`; here each becomes a task. What passes between
tasks stays in memory: nothing is persisted or cached by Prefect, and what was built is recorded
in the build itself. A stage that fails raises through the flow, which fails with it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.build import Outcome, build
from flows.ground.source import Commit
from flows.progress import announced
from flows.publish import Terms

P = ParamSpec("P")
T = TypeVar("T")


def as_task(stage: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Carry out a stage as a Prefect task."""

    # The arguments stay out of the task's parameters: Prefect would walk through every row.
    @task(name=stage.__name__, persist_result=False, cache_policy=NO_CACHE)
    def carry_out() -> T:
        return stage(*args, **kwargs)

    return carry_out()


@flow(name="idm", persist_result=False)
def idm(
    documents: Path,
    warehouse: Path,
    release: bool = True,
    skip_invalid: bool = False,
    strict: bool = False,
    full: bool = False,
    terms: Terms | None = None,
    commit: Commit | None = None,
) -> Outcome:
    """Build the tables from a folder of documents, and release them. See `flows.build.build`."""
    return build(
        documents,
        warehouse,
        release=release,
        skip_invalid=skip_invalid,
        strict=strict,
        full=full,
        terms=terms,
        commit=commit,
        call=announced(as_task),
    )
