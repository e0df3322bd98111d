"""What a release's database says of the release: version, citation, licences, what changed."""

from pathlib import Path

import duckdb

from flows.ground.record import Build
from flows.publish.compare.decision import Decision
from flows.publish.release.about import About, citation_line
from flows.publish.release.terms import Terms
from schemas.ddl import literal
from schemas.texts import TEXTS

DATABASE = "idm.duckdb"
Change = tuple[str, str, str | None, str | None]
"""Level, rule, place and what: the last four columns of `release_changes`."""
FIRST: Change = ("first", "first release", None, None)


def tell_database(
    folder: Path, build: Build, about: About, terms: Terms, decision: Decision, releases: Path
) -> None:
    """Writes the tables `about` and `release_changes` of the database in a folder.

    What changed before stands in the database of the release before, if that has the table.
    Raises duckdb.Error when a database cannot be read or written.
    """
    version = str(decision.version)
    facts = _facts(build, about, terms, version)
    reasons: list[Change] = [(r.level, r.rule, r.place, r.what or None) for r in decision.reasons]
    changes: list[tuple[object, ...]] = [
        (version, terms.date, decision.previous, number, *reason)
        for number, reason in enumerate(reasons or [FIRST], 1)
    ]
    if decision.previous is not None:
        changes += _changes_before(releases / decision.previous / DATABASE)
    with duckdb.connect() as connection:
        # The name that the database had when its macros were made.
        connection.execute(f"attach {literal(str(folder / DATABASE))} as idm")
        connection.execute("use idm")
        connection.execute("begin")
        connection.execute("delete from about")
        connection.executemany(
            "insert into about values (?, ?, ?)",
            [(number, name, text) for number, (name, text) in enumerate(facts.items(), 1)],
        )
        connection.executemany(
            "insert into release_changes values (?, ?, ?, ?, ?, ?, ?, ?)", changes
        )
        connection.execute("commit")
        connection.execute("use memory")
        connection.execute("detach idm")  # writes what is still in the log


def _facts(build: Build, about: About, terms: Terms, version: str) -> dict[str, str]:
    return {
        "title": about.title,
        "description": about.description,
        "version": version,
        **({"date": terms.date} if terms.date else {}),
        "status": "published; a release never changes, corrections come as a new version",
        "citation": citation_line(about, version, terms.date),
        "citation_of_a_row": "select cite(recommendation_id) from recommendations",
        "licence_of_the_data": f"{about.data.title} ({about.data.id}): {about.data.url}",
        "licence_of_views_and_macros": f"{about.code.title} ({about.code.id}): {about.code.url}",
        "rights_in_the_texts": about.sources.title,
        "texts_carried": TEXTS[build.texts],
        "how_to_start": "from data_dictionary; from queries; from search('…')",
        "how_to_verify": "from faults: no row when every row says what its passage says. The whole"
        f" release: `idm verify {version}`, or `sha256sum -c SHA256SUMS` in its folder.",
        "what_changed": "from release_changes; every value in changes.parquet",
        "build": build.build_id,
    }


def _changes_before(database: Path) -> list[tuple[object, ...]]:
    """The rows of `release_changes` of an earlier release; none when it is older than the table."""
    with duckdb.connect(database, read_only=True) as connection:
        there = connection.execute(
            "from duckdb_tables() where table_name = 'release_changes'"
        ).fetchall()
        return connection.execute("from release_changes").fetchall() if there else []
