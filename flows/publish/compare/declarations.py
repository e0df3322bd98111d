"""What differs between two editions besides their rows: declarations, views, rights."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flows.publish.release.edition import Declaration, Edition, View

DESCRIPTIVE = (
    *("title", "description", "obtained", "origin", "example"),
    *("creators", "keywords", "name"),
)
LICENCES = ("code", "data", "sources")


@dataclass(frozen=True)
class Change:
    """One difference between two releases, as a row of the table `changes`.

    `change` is one of the values declared for that column, or another name where no rule explains
    the difference.
    """

    change: str
    table: str | None = None
    column: str | None = None
    old: str | None = None
    new: str | None = None


def structural_changes(old: Edition, new: Edition) -> list[Change]:
    """The differences in tables, columns, views and in what the releases say of themselves."""
    return [
        *_tables(old.tables, new.tables),
        *_views(old.views, new.views),
        *_about(old.about, new.about),
    ]


def _tables(old: Mapping[str, Declaration], new: Mapping[str, Declaration]) -> Iterator[Change]:
    for change, before, after in _came_and_went(old, new, ("name",)):
        yield Change(f"table_{change}", before or after, None, before, after)
    for name in sorted(old.keys() & new.keys()):
        for part in sorted(old[name].keys() | new[name].keys()):
            before, after = old[name].get(part), new[name].get(part)
            if part == "columns":
                yield from _columns(name, old[name]["columns"], new[name]["columns"])
            elif before != after:
                yield _changed(part, before, after, name, None)


def _columns(
    table: str, old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]]
) -> Iterator[Change]:
    for change, before, after in _came_and_went(old, new, ("name",)):
        required = change == "added" and not new[str(after)]["nullable"]
        kind = f"{'required_' * required}column_{change}"
        yield Change(kind, table, before or after, before, after)
    common = [name for name in old if name in new]
    if common != (moved := [name for name in new if name in old]):
        yield Change("columns_moved", table, None, ", ".join(common), ", ".join(moved))
    for name in common:
        for part in sorted(old[name].keys() | new[name].keys()):
            before, after = old[name].get(part), new[name].get(part)
            if part == "values" and before is not None and after is not None:
                yield from _enumeration(table, name, before, after)
            elif before != after:
                yield _changed(part, before, after, table, name)


def _enumeration(
    table: str, column: str, old: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[Change]:
    for change, before, after in _came_and_went(old, new):
        yield Change(f"enumeration_value_{change}", table, column, before, after)
    for value in sorted(old.keys() & new.keys()):
        if old[value] != new[value]:
            yield Change("description_changed", table, column, old[value], new[value])


def _changed(part: str, old: Any, new: Any, table: str | None, column: str | None) -> Change:
    """What a difference in one part of a declaration amounts to."""
    if part in DESCRIPTIVE:
        kind = "description_changed"
    elif part in CONSTRAINTS:
        kind = f"constraint_{'tightened' if CONSTRAINTS[part](old, new) else 'loosened'}"
        return Change(kind, table, column, f"{part}: {_text(old)}", f"{part}: {_text(new)}")
    elif part == "stored":
        kind = "type_changed"
    else:
        kind = f"{part}_changed"
    return Change(kind, table, column, _text(old), _text(new))


def _came_to_be(old: Any, new: Any) -> bool:
    """Whether there is a constraint now: whether another is tighter cannot be told."""
    return bool(new)


def _lower(old: float | None, new: float | None) -> bool:
    return new is not None and (old is None or new < old)


def _higher(old: float | None, new: float | None) -> bool:
    return new is not None and (old is None or new > old)


CONSTRAINTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "nullable": lambda old, new: not new,
    "withheld": lambda old, new: bool(new),
    "raw": lambda old, new: not new,
    "values": _came_to_be,
    "pattern": _came_to_be,
    "references": _came_to_be,
    "numbered_within": _came_to_be,
    "minimum": _higher,
    "maximum": _lower,
    "minimum_rows": _higher,
}
"""Part of a declaration → whether the second of two values of it allows less than the first."""


def _came_and_went(
    old: Mapping[str, Any], new: Mapping[str, Any], names: tuple[str, ...] = ()
) -> Iterator[tuple[str, str | None, str | None]]:
    """What is only in one of two: removed, added, or renamed when all but the `names` is equal."""
    added = [name for name in new if name not in old]
    for name in [name for name in old if name not in new]:
        twin = next((a for a in added if _same(old[name], new[a], names)), None)
        if twin is None:
            yield "removed", name, None
        else:
            added.remove(twin)
            yield "renamed", name, twin
    for name in added:
        yield "added", None, name


def _same(old: Any, new: Any, names: tuple[str, ...]) -> bool:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        parts = (old.keys() | new.keys()) - set(names)
        return all(old.get(part) == new.get(part) for part in parts)
    return bool(old == new)


def _views(old: Mapping[str, View], new: Mapping[str, View]) -> Iterator[Change]:
    def unnamed(views: Mapping[str, View]) -> dict[str, View]:
        return {
            name: {**view, "definition": view["definition"].replace(name, "", 1)}
            for name, view in views.items()
        }

    for change, before, after in _came_and_went(unnamed(old), unnamed(new)):
        yield Change(f"view_{change}", before or after, None, before, after)
    for name in sorted(old.keys() & new.keys()):
        yield from _view(name, old[name], new[name])


def _view(name: str, old: View, new: View) -> Iterator[Change]:
    if old["kind"] != new["kind"]:
        yield Change("view_removed", name, None, old["kind"], new["kind"])
        return
    changes = list(_view_columns(name, old.get("columns", {}), new.get("columns", {})))
    parameters = [_text(view.get("parameters")) for view in (old, new)]
    if parameters[0] != parameters[1]:
        changes.append(Change("view_column_removed", name, None, *parameters))
    if old["description"] != new["description"]:
        yield Change("description_changed", name, None, old["description"], new["description"])
    if not changes and old["definition"] != new["definition"]:
        changes.append(Change("view_changed", name, None, old["definition"], new["definition"]))
    yield from changes


def _view_columns(view: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for column in old:
        if column not in new:
            yield Change("view_column_removed", view, column, column)
        elif old[column] != new[column]:
            yield Change("view_column_type_changed", view, column, old[column], new[column])
    for column in new:
        if column not in old:
            yield Change("view_column_added", view, column, None, column)


def _about(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for part in sorted(old.keys() | new.keys()):
        before, after = old.get(part), new.get(part)
        if before == after:
            continue
        if part in LICENCES:
            yield Change("licence_changed", None, part, _text(before), _text(after))
        else:
            yield _changed(part, before, after, None, part)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_text(part)}" for name, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
