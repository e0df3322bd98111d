"""One DuckDB file with all tables, their keys, checks and comments, and the public views."""

import json
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from schemas import Table
from schemas.ddl import create_table, literal, quoted

SQL = Path(__file__).resolve().parents[2] / "warehouse" / "sql"
"""Views and macros of the database: one file each, run in the order of their names."""

BUILD_TABLES = """
create table build (fact varchar primary key, value varchar not null);
comment on table build is 'What this database was built from: one row per fact.';
comment on column build.fact is 'Name of the fact.';
comment on column build.value is 'The fact: text as it is, anything else as JSON.';
create table build_tables (
    table_name varchar primary key, row_count integer not null, logical_sha256 varchar not null
);
comment on table build_tables is 'What each table holds: equal hashes mean equal rows.';
comment on column build_tables.table_name is 'Name of the table.';
comment on column build_tables.row_count is 'Number of its rows.';
comment on column build_tables.logical_sha256 is
    'SHA-256 over its column names and the sorted SHA-256 of its rows, as canonical JSON.';
"""


def sql_files() -> list[Path]:
    """The files of views and macros, in the order in which they are run."""
    return sorted(SQL.glob("*.sql"))


def write_database(
    declared: Mapping[str, Table],
    tables: Mapping[str, pa.Table],
    facts: Mapping[str, object],
    hashes: Mapping[str, str],
    database: Path,
) -> None:
    """Writes a new DuckDB file, in a storage format that clients from 1.1 on can open.

    `declared` are its tables, `facts` go into the table `build`; `hashes` are the logical hashes
    by table. Raises duckdb.Error when rows break a key or check, or the file cannot be written.
    """
    with duckdb.connect() as connection:
        # The alias is the name that the database has when the file is opened by itself.
        connection.execute(
            f"attach {literal(str(database))} as idm (storage_version 'v1.0.0', block_size 16384)"
        )
        connection.execute("use idm")
        connection.execute("begin")
        for name, table in declared.items():
            connection.execute(create_table(table))
            if tables[name].num_rows:
                connection.register("arrow_rows", tables[name])
                connection.execute(f"insert into {quoted(name)} from arrow_rows")
                connection.unregister("arrow_rows")
        connection.execute(BUILD_TABLES)
        connection.executemany(
            "insert into build values (?, ?)",
            [[fact, _text(facts[fact])] for fact in sorted(facts)],
        )
        connection.executemany(
            "insert into build_tables values (?, ?, ?)",
            [[name, tables[name].num_rows, hashes[name]] for name in declared],
        )
        for file in sql_files():
            connection.execute(file.read_text(encoding="utf-8"))
        connection.execute("commit")
        connection.execute("use memory")
        connection.execute("detach idm")  # writes what is still in the log


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
