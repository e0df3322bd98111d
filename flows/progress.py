"""Progress for a person who waits: one line per stage on stderr, with what it came to."""

import sys
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any, ParamSpec, TypeVar

from flows.build import Call
from flows.ground.source import Source

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
        result = call(stage, *map(_followed, args), **kwargs)
        say(stage.__name__, TELL[stage.__name__](result), perf_counter() - started)
        return result

    return announce


def _followed(argument: Any) -> Any:
    many = isinstance(argument, list) and len(argument) >= MANY
    return _Followed(argument) if many and isinstance(argument[0], Source) else argument


class _Followed(list[Source]):
    """Sources that say on stderr how far their first reader has come."""

    def __init__(self, sources: list[Source]) -> None:
        super().__init__(sources)
        self.unread = True

    def __iter__(self) -> Iterator[Source]:
        if not self.unread:
            yield from super().__iter__()
            return
        self.unread = False
        for number, source in enumerate(super().__iter__(), 1):
            print(f"  {number}/{len(self)} {source.file_name}", file=sys.stderr, flush=True)
            yield source
