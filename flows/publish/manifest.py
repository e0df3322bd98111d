"""manifest.json: what a release is, what it was made from and by."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.problems import Problem, Refused
from flows.publish.about import About
from flows.publish.edition import MANIFEST, described
from flows.publish.terms import Terms

if TYPE_CHECKING:
    from flows.publish.decision import Decision
    from flows.store import Build


def manifest(build: "Build", about: About, terms: Terms, decision: "Decision") -> str:
    """The manifest as JSON. What the build was made from is in its record."""
    facts: dict[str, Any] = {
        **build.record,
        "version": decision.version,
        "date": terms.date,
        "previous": decision.previous,
        "allowed_major": terms.allow_major,
        "accepted": terms.accept if decision.worse else None,
        "about": described(about),
        "schema_sha256": build.schema_sha256,
        "sql_sha256": build.sql_sha256,
        "tables": [
            {"table": name, "rows": build.rows[name], "logical_sha256": digest}
            for name, digest in sorted(build.logical_sha256.items())
        ],
    }
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of the release in a folder. Raises Refused when there is none to be read."""
    file = folder / MANIFEST
    try:
        facts = json.loads(file.read_text(encoding="utf-8"))
        missing = {"version", "date", "schema_sha256", "sql_sha256", "tables"} - facts.keys()
    except (OSError, ValueError, AttributeError) as error:
        what = f"is not the manifest of a release: {type(error).__name__}: {error}."
        raise Refused([Problem(str(file), None, what, "Move the folder away.")]) from error
    if missing:
        what = f"is not the manifest of a release: it lacks {', '.join(sorted(missing))}."
        raise Refused([Problem(str(file), None, what, "Move the folder away.")])
    return dict(facts)
