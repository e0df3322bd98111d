"""One database, opened so that a query sees its tables and nothing else of the machine."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import duckdb

from flows.ground.problems import Problem, Refused
from flows.publish.release.find import find_entry

LOCKED: Mapping[str, str | bool] = {
    "enable_external_access": False,  # no file, no address, no extension
    "lock_configuration": True,  # and no statement that sets this back
}

ALWAYS: Mapping[str, str | bool] = {
    "python_enable_replacements": False,  # a table's name is no variable of this program
    "temp_directory": "",  # what does not fit into memory fails, and is not written beside the data
}


T = TypeVar("T")


class NotOneStatement(ValueError):
    """The text is not one statement of SQL: it is none, or several."""


def find_database(warehouse: Path, release: str | None = None) -> Path:
    """The database file of the current build, or of a release by version or alias.

    Raises Refused when there is none, or the release is withdrawn.
    """
    if release is None:
        file = warehouse / "idm.duckdb"
        if not file.is_file():
            what = "There is no database."
            raise Refused([Problem(str(file), None, what, "Build it with `idm run`.")])
        return file
    entry = find_entry(release, warehouse / "releases")
    if entry is None:
        what = "There is no such release."
        raise Refused([Problem(release, None, what, "`idm releases` lists them.")])
    if entry["status"] == "withdrawn":
        what = f"was withdrawn: {entry['reason']}"
        raise Refused([Problem(release, None, what, "Its data is not kept.")])
    return warehouse / "releases" / entry["version"] / "idm.duckdb"


@contextmanager
def opened(
    file: Path, *, allow_files: bool = False, limits: Mapping[str, str] | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a database file, for reading only, that is closed when the block ends.

    No statement can read or write another file, ask an address, load an extension or change a
    setting; `allow_files` lifts that. `limits` are further settings of DuckDB, such as
    `memory_limit`. Raises duckdb.Error when the file cannot be opened.
    """
    settings: dict[str, str | bool | int | float | list[str]] = {
        **ALWAYS,
        **(limits or {}),
        **({} if allow_files else LOCKED),
    }
    with duckdb.connect(str(file), read_only=True, config=settings) as connection:
        yield connection


def ask(
    connection: duckdb.DuckDBPyConnection, query: str, values: Mapping[str, str] | None = None
) -> duckdb.DuckDBPyRelation | None:
    """The result of one statement, not yet fetched; None when it is one without a result.

    `values` are given to the statement's parameters ($name) and variables (getvariable('name')) by
    name, as text that DuckDB turns into the type that is needed there: they never become part of
    the SQL. Raises NotOneStatement, and duckdb.Error with what DuckDB says against the query.
    """
    values = values or {}
    statements = duckdb.extract_statements(query)
    if len(statements) != 1:
        raise NotOneStatement("Give one query: one statement of SQL.")
    for name, value in values.items():
        set_variable(connection, name, value)
    wanted = {name: values[name] for name in statements[0].named_parameters if name in values}
    try:
        return connection.sql(query, params=wanted) if wanted else connection.sql(query)
    except (duckdb.BinderException, duckdb.CatalogException):
        # Nothing was carried out. Asked this way, DuckDB also shows the place of the mistake.
        connection.execute(query, wanted or None)
        raise


def interruptible(connection: duckdb.DuckDBPyConnection, work: Callable[[], T]) -> T:
    """What `work` returns, which queries the connection; Ctrl-C ends its query and is raised as
    KeyboardInterrupt.

    A thread of its own does the work: DuckDB in the main thread sometimes misses a Ctrl-C.
    """
    with ThreadPoolExecutor(1) as worker:
        done = worker.submit(work)
        try:
            return done.result()
        except KeyboardInterrupt:
            while not done.done():
                connection.interrupt()
                wait([done], timeout=0.1)  # seconds: it may not yet have begun to query
            raise


def set_variable(connection: duckdb.DuckDBPyConnection, name: str, value: str) -> None:
    """Sets a variable of the session, which a query reads as getvariable('name').

    `name` is an identifier: letters, digits and `_`.
    """
    if not (name.isascii() and name.isidentifier()):
        raise ValueError(f"{name!r} is no name of a variable")
    connection.execute(f'set variable "{name}" = $value', {"value": value})
