"""Which version a build becomes."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.publish.catalogue import Entry
    from flows.store import Build


def next_version(latest: "Entry | None", build: "Build") -> str | None:
    """The version that a build gets after the latest release; None when it holds the same.

    The first release is 1.0.0. When the declarations of the tables, or the views and macros,
    differ from those of the latest release, the second number goes up; when only rows of any
    table differ (scores are rows too), the third. What a release says of itself, such as its
    title and licence texts, is not compared.
    """
    if latest is None:
        return "1.0.0"
    major, minor, patch = number(latest["version"])
    declared = (latest["schema_sha256"], latest["sql_sha256"])
    if declared != (build.schema_sha256, build.sql_sha256):
        return f"{major}.{minor + 1}.0"
    if {t["table"]: t["logical_sha256"] for t in latest["tables"]} != dict(build.logical_sha256):
        return f"{major}.{minor}.{patch + 1}"
    return None


def number(version: str) -> tuple[int, int, int]:
    """A version as numbers, which sort as versions do. Raises ValueError when it is none."""
    major, minor, patch = map(int, version.split("."))
    return major, minor, patch
