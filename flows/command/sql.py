"""`idm sql`: a query to the built database."""

import shutil
import signal
import sys
import tempfile
from pathlib import Path

import duckdb

from flows.command.asking.database import NotOneStatement, ask, find_database, opened
from schemas.ddl import literal

# Format → how DuckDB is asked to write it.
COPY_OPTIONS = {
    "csv": "FORMAT csv, HEADER",
    "json": "FORMAT json, ARRAY true",
    "parquet": "FORMAT parquet",
}
ROWS_ON_TERMINAL = 200
MAX_ROWS = 10_000  # DuckDB draws no more, whatever it is asked


def sql(query: str, warehouse: Path, form: str, *, allow_files: bool = False) -> int:
    """Print the result of `query` on stdout, as `table`, `csv`, `json` or `parquet`.

    The query sees the database, for reading only, and nothing else of the machine unless
    `allow_files`. What DuckDB says against it goes to stderr and gives exit code 1; anything but
    one statement gives 2. Raises Refused when there is no database.
    """
    database = find_database(warehouse)
    try:
        with opened(database, allow_files=allow_files) as connection:
            relation = ask(connection, query)
            if relation is None:
                return 0
            if form == "table":
                _show(relation)
            else:
                _copy(relation, form)
    except NotOneStatement as error:
        print(error, file=sys.stderr)
        return 2
    except duckdb.Error as error:
        print(str(error).rstrip(), file=sys.stderr)
        return 1
    return 0


def _show(relation: duckdb.DuckDBPyRelation) -> None:
    """Fitted to a terminal, where DuckDB marks what it cuts; elsewhere with whole columns."""
    # While it draws, DuckDB does not look for Ctrl-C: nothing is written, so it may just end.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.stdout.isatty():
        relation.show(max_width=shutil.get_terminal_size().columns, max_rows=ROWS_ON_TERMINAL)
        return
    whole = 2**31 - 1
    relation.show(max_width=whole, max_rows=MAX_ROWS, max_col_width=whole)
    if relation.to_arrow_table().num_rows > MAX_ROWS:
        print(
            f"Only {MAX_ROWS:,} rows are shown; --format csv has them all.",
            file=sys.stderr,
        )


def _copy(relation: duckdb.DuckDBPyRelation, form: str) -> None:
    """By a second database in memory, which never sees the query: only that one may write."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as writer:
        path = Path(folder) / "result"
        writer.register("result", relation.to_arrow_table())
        writer.execute(f"COPY (FROM result) TO {literal(str(path))} ({COPY_OPTIONS[form]})")
        with path.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
