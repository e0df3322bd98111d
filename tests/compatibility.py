"""The oldest DuckDB client that is promised opens the database: run with `make compatibility`.

Not part of the suite, because it installs that client (into a folder of its own).
"""

import os
import subprocess
import sys
from pathlib import Path

OLDEST = "1.1.0"
USE = """
import sys, duckdb
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    def ask(query):
        return connection.execute(query).fetchall()
    assert duckdb.__version__ == sys.argv[2]
    assert ask("from recommendation_details") and ask("from who_spoke")
    assert ask("from coverage") and ask("from stated_and_extracted")
    assert ask("select source_passage(document_id, char_start, char_end) from panels")
    assert ask("from search_sentences('droits migrants')")
    assert ask("select 1 from duckdb_columns() where table_name = 'panels' and comment <> ''")
    assert not ask("from faults")
    for (view,) in ask("select view_name from duckdb_views() where not internal"):
        ask(f"from {view}")
    assert ask("from search('droit de la femme')") and ask("from recommendations_about('jeune')")
    assert ask("select cite(recommendation_id), context(recommendation_id, 1) from recommendations")
    for (query,) in ask("select query from queries where files is null"):
        ask(query)
with duckdb.connect(sys.argv[1]) as connection:
    for broken in (
        "insert into sessions from sessions",
        "delete from documents",
        "update panels set position = 0",
    ):
        try:
            connection.execute(broken)
        except duckdb.ConstraintException:
            continue
        sys.exit(f"allowed: {broken}")
"""


def test_the_oldest_client_reads_the_database_and_keeps_its_keys(
    built: Path, tmp_path: Path
) -> None:
    client = tmp_path / "client"
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"),
            *("--only-binary", ":all:", "--target", client, f"duckdb=={OLDEST}"),
        ],
        check=True,
    )
    copy = tmp_path / "idm.duckdb"
    copy.write_bytes((built / "idm.duckdb").read_bytes())
    use = subprocess.run(
        [sys.executable, "-c", USE, copy, OLDEST],
        env={**os.environ, "PYTHONPATH": str(client)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert use.returncode == 0, use.stderr
