"""What was not understood, as problems of the files that it stands in.

The rows of `warnings` and the sources come in, problems with file, line and column go out; the
build and `idm check` print them.
"""

from collections.abc import Iterable

from flows.ground.problems import Problem
from flows.ground.source import Source
from schemas import Row, Tables

EXCERPT = 70
"""Characters of the text that a problem shows."""


def doubts(tables: Tables, sources: Iterable[Source]) -> list[Problem]:
    """The rows of `warnings` as problems, each with its place in the source, in their order."""
    by_name = {source.file_name: source for source in sources}
    sources_of = {row["document_id"]: by_name[str(row["file_name"])] for row in tables["documents"]}
    return [_problem(row, sources_of[row["document_id"]]) for row in tables["warnings"]]


def _problem(row: Row, source: Source) -> Problem:
    line, column = source.line_and_column(int(str(row["char_start"])))
    text = str(row["text"])
    excerpt = text if len(text) <= EXCERPT else f"{text[: EXCERPT - 1].rstrip()}…"
    what = f"{excerpt}: {row['message']}"
    return Problem(source.path, line, what, column=column, quotes=True)
