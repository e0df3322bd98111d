"""DuckDB statements that create a table with its keys, checks and comments."""

from schemas import TABLES, Column, Table

DUCKDB_TYPES = {
    "text": "varchar",
    "integer": "integer",
    "number": "double",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
}


def create_table(table: Table) -> str:
    """CREATE TABLE and COMMENT ON statements. Tables referred to must be created before."""
    lines = [_column(column) for column in table.columns]
    if table.key:
        lines.append(f"primary key ({', '.join(map(quoted, table.key))})")
    lines += [
        f"foreign key ({quoted(name)}) references {quoted(target)}"
        f" ({', '.join(map(quoted, TABLES[target].key))})"
        for name, target in table.references.items()
    ]
    comments = [
        f"comment on column {quoted(table.name)}.{quoted(column.name)}"
        f" is {literal(column.meaning)};"
        for column in table.columns
    ]
    return "\n".join(
        [
            f"create table {quoted(table.name)} (",
            ",\n".join(f"    {line}" for line in lines),
            ");",
            f"comment on table {quoted(table.name)} is {literal(table.description)};",
            *comments,
        ]
    )


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def _column(column: Column) -> str:
    name = quoted(column.name)
    parts = [name, DUCKDB_TYPES[column.type]]
    if not column.may_be_null:
        parts.append("not null")
    checks = []
    if column.type == "text":
        checks.append(f"{name} <> ''")
    if column.values is not None:
        checks.append(f"{name} in ({', '.join(map(literal, column.values))})")
    if column.pattern is not None:
        checks.append(f"regexp_full_match({name}, {literal(column.pattern)})")
    if column.minimum is not None:
        checks.append(f"{name} >= {column.minimum}")
    if column.maximum is not None:
        checks.append(f"{name} <= {column.maximum}")
    if checks:
        parts.append(f"check ({' and '.join(checks)})")
    return " ".join(parts)
