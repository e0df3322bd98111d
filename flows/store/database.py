"""One DuckDB file with all tables, their keys, checks and comments, and the public views."""

import json
import re
from collections.abc import Mapping
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb
import pyarrow as pa

from flows.store.search import write_index
from flows.store.self_description import write_about, write_dictionary, write_queries
from schemas import Table
from schemas.database import SUPPORT
from schemas.ddl import create_table, literal, quoted

SQL = Path(__file__).resolve().parents[2] / "warehouse" / "sql"
"""Views and macros of the database: one file each, named after what it makes."""

COMMENTS_AND_STRINGS = re.compile(r"--[^\n]*|'(?:[^']|'')*'")


def sql_files() -> list[Path]:
    """The files of macros and views, in the order in which they are run: each behind those that
    it is made from."""
    files = {file.stem: file for file in sorted(SQL.glob("*/*.sql"))}
    needs = {}
    for name, file in files.items():
        code = COMMENTS_AND_STRINGS.sub("", file.read_text(encoding="utf-8"))
        called = set(re.findall(r"(\w+)\(", code)) | set(re.findall(r"(?:from|join) (\w+)", code))
        needs[name] = [other for other in files if other in called and other != name]
    return [files[name] for name in TopologicalSorter(needs).static_order()]


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
        for table in SUPPORT.values():
            connection.execute(create_table(table))
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
        write_about(connection, str(facts["build_id"]))
        write_queries(connection)
        write_dictionary(connection, declared)
        write_index(connection)
        connection.execute("commit")
        connection.execute("use memory")
        connection.execute("detach idm")  # writes what is still in the log


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
