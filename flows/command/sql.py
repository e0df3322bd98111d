"""`idm sql`: a query to the built database."""

import argparse
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import duckdb

from flows.command.arguments import add_warehouse
from flows.ground.problems import Problem, Refused

# Format → how DuckDB is asked to write it.
COPY_OPTIONS = {
    "csv": "FORMAT csv, HEADER",
    "json": "FORMAT json, ARRAY true",
    "parquet": "FORMAT parquet",
}
ROWS_ON_TERMINAL = 200
MAX_ROWS = 10_000  # DuckDB draws no more, whatever it is asked


def declare(parser: argparse.ArgumentParser) -> None:
    """What `idm sql` takes."""
    parser.add_argument("query", metavar="QUERY", help="in DuckDB's SQL")
    parser.add_argument(
        "--format",
        choices=["table", "csv", "json", "parquet"],
        default="table",
        help="how to print the result (default: %(default)s)",
    )
    add_warehouse(parser)
    parser.set_defaults(parser=parser)
    parser.set_defaults(carry_out=_asked)


def _asked(options: argparse.Namespace) -> int:
    if options.format == "parquet" and sys.stdout.isatty():
        options.parser.error("Parquet is no text for a terminal: send it to a file with > FILE")
    return sql(options.query, options.warehouse, options.format)


def sql(query: str, warehouse: Path, form: str) -> int:
    """Print the result of `query` on stdout, as `table`, `csv`, `json` or `parquet`.

    The database is opened for reading only. What DuckDB says against the query goes to stderr
    and gives exit code 1; anything but one statement gives 2. Raises Refused when there is no
    database.
    """
    database = warehouse / "idm.duckdb"
    if not database.is_file():
        what = "There is no database."
        raise Refused([Problem(str(database), None, what, "Build it with `idm run`.")])
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            if len(duckdb.extract_statements(query)) != 1:
                print("Give one query: one statement of SQL.", file=sys.stderr)
                return 2
            relation = connection.sql(query)
            if relation is None:  # a statement without a result
                return 0
            if form == "table":
                _show(relation)
            else:
                _copy(connection, relation, form)
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


def _quoted(path: Path) -> str:
    escaped = str(path).replace("'", "''")
    return f"'{escaped}'"


def _copy(
    connection: duckdb.DuckDBPyConnection, relation: duckdb.DuckDBPyRelation, form: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "result"
        connection.execute(f"COPY (FROM relation) TO {_quoted(path)} ({COPY_OPTIONS[form]})")
        with path.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
