"""Which version a build becomes: what differs decides, by a table of rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from flows.ground.problems import Problem, Refused
from flows.publish.compare.rows import Difference
from flows.publish.release.number import number

Level = Literal["major", "minor", "patch"]
LEVELS: tuple[Level, ...] = get_args(Level)
FIRST = "1.0.0"


@dataclass(frozen=True)
class Rule:
    """What raises a version by a level: values of `changes.change`, and the same in words."""

    level: Level
    words: str
    changes: tuple[str, ...]


RULES = (
    Rule("major", "table removed or renamed", ("table_removed", "table_renamed")),
    Rule("major", "column removed or renamed", ("column_removed", "column_renamed")),
    Rule("major", "key changed", ("key_changed",)),
    Rule(
        "major",
        "view or macro removed or renamed, or columns or parameters of it",
        ("view_removed", "view_renamed", "view_column_removed"),
    ),
    Rule(
        "major",
        "enumeration value removed or renamed",
        ("enumeration_value_removed", "enumeration_value_renamed"),
    ),
    Rule("major", "type changed", ("type_changed", "view_column_type_changed")),
    Rule("major", "constraint tightened", ("constraint_tightened",)),
    Rule("major", "new column that is never NULL", ("required_column_added",)),
    Rule("major", "columns in another order", ("columns_moved",)),
    Rule("major", "licence changed", ("licence_changed",)),
    Rule("major", "document removed", ("document_removed",)),
    Rule("major", "every earlier release withdrawn", ("history_withdrawn",)),
    Rule("minor", "new table", ("table_added",)),
    Rule("minor", "new nullable column", ("column_added",)),
    Rule("minor", "new view or macro, or column of a view", ("view_added", "view_column_added")),
    Rule("minor", "new enumeration value", ("enumeration_value_added",)),
    Rule("minor", "constraint loosened", ("constraint_loosened",)),
    Rule("minor", "new document", ("document_added",)),
    Rule("patch", "value of a row corrected", ("value_changed",)),
    Rule("patch", "place of a row in its document corrected", ("span_changed",)),
    Rule("patch", "row added or removed", ("row_added", "row_removed")),
    Rule("patch", "rows sorted otherwise", ("order_changed",)),
    Rule("patch", "view or macro made otherwise", ("view_changed",)),
    Rule("patch", "description changed", ("description_changed",)),
)


@dataclass(frozen=True)
class Reason:
    """Why a version goes up: the rule in words, the table and column, and what differs there."""

    level: Level
    rule: str
    place: str
    what: str


def reasons_of(difference: Difference) -> list[Reason]:
    """All reasons for another version, the weightiest first; none when nothing differs.

    Raises Refused for a difference that no rule explains.
    """
    rules = {change: rule for rule in RULES for change in rule.changes}
    found: list[tuple[str, str | None, str | None, str]] = [
        (c.change, c.table, c.column, _told(c.old, c.new)) for c in difference.structure
    ]
    found += [
        (change, table, column, f"{count:,} {change.partition('_')[0]}{'s'[: count != 1]}")
        for (table, change, column), count in difference.rows.items()
    ]
    unexplained = [entry for entry in found if entry[0] not in rules]
    if unexplained:
        raise Refused(
            Problem(
                _place(table, column),
                None,
                f"differs from the last release in a way that no rule explains: {change}, {what}.",
                "Add a rule to flows/publish/compare/versions.py.",
            )
            for change, table, column, what in unexplained
        )
    reasons = [
        Reason(rules[change].level, rules[change].words, _place(table, column), what)
        for change, table, column, what in found
    ]
    return sorted(reasons, key=lambda reason: LEVELS.index(reason.level))


def next_version(highest: str | None, reasons: Sequence[Reason]) -> str:
    """The version after the highest one there ever was, by the weightiest of the reasons."""
    if highest is None:
        return FIRST
    major, minor, patch = number(highest)
    level = min((reason.level for reason in reasons), key=LEVELS.index)
    if level == "major":
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if level == "minor" else f"{major}.{minor}.{patch + 1}"


def rules_as_markdown() -> str:
    """The rules as a table: level, and what leads to it."""
    lines = [
        f"| **{level}** | {'; '.join(rule.words for rule in RULES if rule.level == level)} |"
        for level in LEVELS
    ]
    return "\n".join(["| version | when |", "|---|---|", *lines]) + "\n"


def _place(table: str | None, column: str | None) -> str:
    return ".".join(part for part in (table, column) if part) or "release"


def _told(old: str | None, new: str | None) -> str:
    if old is None or new is None:
        return _short(old if new is None else new)
    return f"{_short(old)} → {_short(new)}"


def _short(text: str | None) -> str:
    line = " ".join((text or "").split())
    return line if len(line) <= 80 else f"{line[:79]}…"
