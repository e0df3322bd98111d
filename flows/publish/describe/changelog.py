"""CHANGES.md: what changed from release to release, and why."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from flows.publish.compare.decision import Decision
from flows.publish.compare.versions import Reason
from flows.publish.describe.markdown import table
from flows.publish.release.terms import Terms

CHANGELOG = "CHANGES.md"
TITLE = "# Changes\n"


def changelog(decision: Decision, terms: Terms, record: Mapping[str, Any], releases: Path) -> str:
    """The changelog of the next release (Markdown): its own entry above those of the latest.

    `record` is what the build was made from; the changelog of the latest is read in `releases`.
    """
    withdrawn = record.get("withdrawn", {}).get("people", 0)
    version = str(decision.version)
    parts = [
        f"## {version} ({terms.date})\n" if terms.date else f"## {version}\n",
        changes(decision.previous, decision.reasons),
    ]
    if terms.allow_major and any(reason.level == "major" for reason in decision.reasons):
        parts.append(f"Why this may break what users rely on: {terms.allow_major}\n")
    if decision.worse:
        lines = "".join(f"- {line}\n" for line in decision.worse)
        parts.append(f"Less than before, and accepted: {terms.accept}\n\n{lines}")
    if withdrawn:
        people = "1 person is" if withdrawn == 1 else f"{withdrawn} people are"
        parts.append(
            f"Withdrawn: {people} taken out of the data. The name is masked in all texts; every"
            " offset stays valid.\n"
        )
    if decision.previous is not None:
        earlier = (releases / decision.previous / CHANGELOG).read_text(encoding="utf-8")
        parts.append(earlier.removeprefix(TITLE + "\n"))
    return TITLE + "\n" + "\n".join(parts)


def changes(previous: str | None, reasons: Sequence[Reason]) -> str:
    """What changed since a release, by weight; every value is in changes.parquet."""
    if previous is None:
        return "The first release.\n"
    if not reasons:
        return f"Nothing changed since {previous}.\n"
    lines = table(
        ("level", "rule", "where", "what"),
        ((reason.level, reason.rule, f"`{reason.place}`", reason.what) for reason in reasons),
    )
    return f"Since {previous}; changes.parquet has every value:\n\n{lines}\n"
