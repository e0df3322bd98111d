"""manifest.json: what a release is, what it was made from and by."""

import json
from typing import Any

from flows.ground.record import Build
from flows.publish.compare.decision import Decision
from flows.publish.release.about import About
from flows.publish.release.edition import described
from flows.publish.release.terms import Terms


def manifest(build: Build, about: About, terms: Terms, decision: Decision) -> str:
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
