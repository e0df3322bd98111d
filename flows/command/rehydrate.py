"""`idm rehydrate`: the texts that a release does not carry, from the reader's own copies."""

from pathlib import Path

from flows.rehydrate import rehydrate as fill_in


def rehydrate(release: Path, documents: Path, output: Path) -> int:
    """Write the tables of a release with all texts, and print what they came to.

    Raises Refused when a document is missing or the tables do not come out as they were.
    """
    rows = fill_in(release, documents, output)
    print(
        f"{output}: {len(rows)} tables, {sum(rows.values()):,} rows, equal to those that the"
        " release was made from"
    )
    return 0
