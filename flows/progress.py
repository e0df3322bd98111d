"""Progress for a person who waits: one line per stage on stderr, with what it came to."""

import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any, ParamSpec, TypeVar

from flows.build import Call

P = ParamSpec("P")
T = TypeVar("T")

MANY = 20  # documents, from which on normalising takes long enough to be followed

# Stage → what its result says of itself.
TELL: dict[str, Callable[[Any], str]] = {
    "ingest": lambda result: (
        f"{len(result[0])} document{'s'[: len(result[0]) != 1]}, "
        f"{sum(len(source.text) for source in result[0]):,} characters"
    ),
    "normalise": lambda result: f"{sum(map(len, result[0].values())):,} rows",
    "evaluate": lambda result: f"{len(result):,} scores",
    "store": lambda result: f"{len(result.rows)} tables{_unless_new(result)}",
    "publish": lambda result: f"release {result.version}{_unless_new(result)}",
}


def _unless_new(result: Any) -> str:
    return " (unchanged)" if result.unchanged else ""


def say(stage: str, what: str, seconds: float) -> None:
    """One line of progress."""
    print(f"{stage:<11}{what:<44}{seconds:6.2f} s", file=sys.stderr, flush=True)


def announced(call: Call) -> Call:
    """Carry out stages as `call` does, and say what each came to and how long it took."""

    def announce(stage: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        started = perf_counter()
        result = call(stage, *args, **kwargs)
        say(stage.__name__, came_to(stage.__name__, result), perf_counter() - started)
        return result

    return announce


def came_to(stage: str, result: Any) -> str:
    """What a stage came to, in a few words and figures."""
    return TELL[stage](result) if stage in TELL else ""


def count(number: int, total: int, file_name: str) -> None:
    """Say which document of how many is being read, where they are many."""
    if total >= MANY:
        print(f"  {number}/{total} {file_name}", file=sys.stderr, flush=True)
