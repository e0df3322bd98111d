"""The answers of the query book on the two real documents: tests/answers/NN-name.csv.

Run as a program, it writes them anew and says which differ: to be reviewed against the texts, row
by row, before they are committed. tests/test_query_book.py asks whether they still hold.
"""

import csv
import io
import re
import sys
from pathlib import Path

import duckdb

from flows.__main__ import DOCUMENTS, PROJECT
from flows.command.asking.database import ask, opened

ANSWERS = Path(__file__).parent / "answers"


def answers(database: Path) -> dict[str, str]:
    """Each question's answer as CSV, by the name of its file without suffix. NULL is NULL."""
    found = {}
    with opened(database, allow_files=True) as connection:
        connection.execute("set file_search_path = $place", {"place": str(PROJECT)})
        for number, name, query in connection.execute(
            "select number, name, query from queries order by number"
        ).fetchall():
            found[f"{number:02}-{name}"] = as_csv(ask(connection, query))
    return found


def as_csv(relation: duckdb.DuckDBPyRelation | None) -> str:
    """A result, every value as DuckDB writes it."""
    assert relation is not None
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(relation.columns)
    for row in relation.select("cast(columns(*) as varchar)").fetchall():
        writer.writerow(["NULL" if value is None else value for value in row])
    return re.sub(r"build [0-9a-f]{16}", "build …", text.getvalue())


def main(warehouse: Path) -> int:
    ANSWERS.mkdir(exist_ok=True)
    found = answers(warehouse / "idm.duckdb")
    for name, text in found.items():
        file = ANSWERS / f"{name}.csv"
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8", newline="\n")
            print(f"{name}: other than before, {text.count(chr(10)) - 1} rows")
    for file in ANSWERS.glob("*.csv"):
        if file.stem not in found:
            file.unlink()
            print(f"{file.stem}: gone")
    return 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(main(Path(sys.argv[1])))
    print(f"Give the folder of a warehouse that was built from {DOCUMENTS}.", file=sys.stderr)
    sys.exit(2)
