"""The data dictionary, as Markdown."""

from collections.abc import Iterable

from schemas import TABLES, Column, Table
from schemas.declare import ORIGINS

HEAD = """# Data dictionary

NULL stands for what a document does not state. Examples are invented. Every value is obtained in
one of these ways:
"""


def data_dictionary(tables: Iterable[Table] = tuple(TABLES.values())) -> str:
    """What every table and column means: one section per table, one line per column."""
    origins = "\n".join(f"- `{origin}`: {meaning}" for origin, meaning in ORIGINS.items())
    return "\n\n".join([f"{HEAD}\n{origins}", *map(_section, tables)]) + "\n"


def _section(table: Table) -> str:
    parts = [
        f"## {table.name}",
        f"**{table.title}.** {table.description}",
        f"How the rows were obtained: {table.obtained}",
        f"Key: {_names(table.key)}. Sorted by: {_names(table.order)}.",
        "| column | type | NULL | meaning | example | obtained |\n|---|---|---|---|---|---|\n"
        + "\n".join(map(_line, table.columns)),
    ]
    parts += [_code_list(column) for column in table.columns if column.values is not None]
    return "\n\n".join(parts)


def _line(column: Column) -> str:
    meaning = column.meaning
    if column.references is not None:
        meaning += f" → [{column.references}](#{column.references})"
    if column.pattern is not None:
        meaning += f" Pattern: `{column.pattern}`."
    bounds = [
        f"{word} {bound:g}"
        for word, bound in (("at least", column.minimum), ("at most", column.maximum))
        if bound is not None
    ]
    if bounds:
        meaning += f" Range: {', '.join(bounds)}."
    null = "yes" if column.may_be_null else "no"
    cells = (
        *(f"`{column.name}`", column.type, null, meaning, f"`{column.example}`"),
        f"`{column.origin}`",
    )
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _code_list(column: Column) -> str:
    assert column.values is not None
    meanings = "\n".join(f"- `{value}`: {meaning}" for value, meaning in column.values.items())
    return f"Values of `{column.name}`:\n\n{meanings}"


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
