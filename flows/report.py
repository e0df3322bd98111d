"""What there is to say to a person about rows: a document, a score, a build."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from flows.build import Outcome
from flows.evaluate import Finding, summary
from schemas import REFERENCE, Row, Tables

REFERENCES = {table.name for table in REFERENCE}
NOT_EXTRACTED = REFERENCES | {"evaluations", "reconciliations"}
DOCUMENTS_SHOWN = 10
HEADLINE = {"rows", "persons", "states", "organisations"}
SCORE = ("precision", "recall", "f1")


def columns(rows: Sequence[Sequence[object]], indent: str = "") -> str:
    """Rows of cells as lines with aligned columns: numbers to the right, None as a dash.

    A first row of headings does not keep a column of numbers from being one.
    """
    aligned = []
    for column in zip(*rows, strict=True):
        cells = [_cell(value) for value in column]
        width = max(map(len, cells))
        numeric = all(isinstance(value, int | float | None) for value in column[1:] or column)
        aligned.append([cell.rjust(width) if numeric else cell.ljust(width) for cell in cells])
    return "\n".join(indent + "  ".join(line).rstrip() for line in zip(*aligned, strict=True))


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else "–"


def evaluation(rows: Sequence[Row]) -> str:
    """Rows of `evaluations` as one table."""
    header = ("document", "table", "measure", "tp", "fp", "fn", *SCORE)
    names = (
        "document_id",
        "table_name",
        "measure",
        "true_positives",
        "false_positives",
        "false_negatives",
        *SCORE,
    )
    return columns([header, *([row[name] for name in names] for row in rows)])


def findings(findings: Sequence[Finding]) -> str:
    """Judgements, each as place, measure, kind, and what was expected and found."""
    return "\n\n".join(
        f"{finding.document} {finding.place or ''} {finding.table}.{finding.measure}: "
        f"{finding.kind}\n  labelled   {finding.expected}\n  extracted  {finding.found}"
        for finding in findings
    )


def counted(counts: Mapping[str, int]) -> str:
    """Names with their numbers, e.g. tables with their rows."""
    return columns(list(counts.items()), "  ")


def document(tables: Tables, document_id: str) -> str:
    """What is understood of one document, and what is not."""
    own = {
        name: [row for row in rows if row.get("document_id") == document_id]
        for name, rows in tables.items()
        if name not in NOT_EXTRACTED
    }
    parts = [
        ("header", _header(own)),
        ("days", _lines(own["session_days"], "number", "date", "theme")),
        ("panels", _lines(own["panels"], "day", "number", "title")),
        ("people", _people(own)),
        ("rows per table", counted({name: len(rows) for name, rows in own.items() if rows})),
        ("recommendations by force", counted(_tally(own["recommendations"], "force"))),
        ("totals", _totals(tables["reconciliations"], document_id)),
        ("passages", _passages(own)),
    ]
    return "\n\n".join(f"{title}\n{text or '  none'}" for title, text in parts)


def _header(own: Tables) -> str:
    passed_over = {"text", "char_start", "char_end", "rule"}
    fields = {
        name: value
        for row in (*own["documents"], *own["sessions"])
        for name, value in row.items()
        if name not in passed_over
    }
    return columns(list(fields.items()), "  ")


def _lines(rows: list[Row], *names: str) -> str:
    return columns([[row[name] for name in names] for row in rows], "  ")


def _people(own: Tables) -> str:
    roles: dict[object, list[str]] = {}
    for row in own["interventions"]:
        roles.setdefault(row["participant_id"], []).append(str(row["role"]))
    return columns(
        [
            (row["name"], row["kind"], ", ".join(roles.get(row["participant_id"], [])))
            for row in own["participants"]
        ],
        "  ",
    )


def _tally(rows: list[Row], name: str) -> Counter[str]:
    return Counter(str(row[name]) for row in rows)


def _totals(rows: list[Row], document_id: str) -> str:
    return columns(
        [
            (
                row["measure"],
                f"stated {_number(row['stated'])}",
                f"found {_number(row['extracted'])}",
                row["status"],
            )
            for row in rows
            if row["document_id"] == document_id
        ],
        "  ",
    )


def _passages(own: Tables) -> str:
    """Passages by kind, and how many of the document's non-blank characters are in one."""
    text = str(own["documents"][0]["text"])
    covered = {
        offset
        for row in own["passages"]
        for offset in range(int(str(row["char_start"])), int(str(row["char_end"])))
    }
    visible = [offset for offset, character in enumerate(text) if not character.isspace()]
    inside = sum(offset in covered for offset in visible)
    counts = counted(_tally(own["passages"], "kind"))
    return f"{counts}\n  {inside:,} of {len(visible):,} visible characters"


def outcome(outcome: Outcome, warehouse: Path, seconds: float) -> str:
    """What a run came to."""
    tables = outcome.tables
    totals = Counter(str(row["status"]) for row in tables["reconciliations"])
    parts = [
        ("documents", _documents(tables["documents"])),
        ("refused", "\n".join(f"  {problem}" for problem in outcome.refused)),
        (
            "rows per table",
            counted({name: n for name, n in outcome.build.rows.items() if name not in REFERENCES}),
        ),
        ("stated totals", counted(totals)),
        ("differences", _differences(tables["reconciliations"])),
        ("scores (F1)", _headline(tables["evaluations"])),
        ("files", _files(outcome, warehouse)),
    ]
    body = "\n".join(f"{title}\n{text}" for title, text in parts if text)
    return f"{body}\ndone in {seconds:.1f} s"


def _documents(rows: Sequence[Row]) -> str:
    names = ("document_id", "file_name", "characters")
    shown = columns([[row[name] for name in names] for row in rows[:DOCUMENTS_SHOWN]], "  ")
    more = len(rows) - DOCUMENTS_SHOWN
    return f"{shown}\n  … and {more} more" if more > 0 else shown


def _differences(rows: Sequence[Row]) -> str:
    """Stated totals that were not met, which a reader should look at."""
    return columns(
        [
            (
                row["document_id"],
                row["measure"],
                f"stated {_number(row['stated'])}",
                f"found {_number(row['extracted'])}",
                row["note"],
            )
            for row in rows
            if row["status"] == "mismatch"
        ],
        "  ",
    )


def _headline(rows: Sequence[Row]) -> str:
    """Overall F1 of whole rows, table by table; empty when no document is labelled."""
    return columns(
        [
            (row["table_name"], row["measure"], row["f1"])
            for row in summary(rows)
            if row["measure"] in HEADLINE
        ],
        "  ",
    )


def _files(outcome: Outcome, warehouse: Path) -> str:
    release = outcome.release
    lines = [
        ("database", warehouse / "idm.duckdb"),
        ("Parquet", warehouse / "parquet"),
        ("release", release.folder if release else "not asked for"),
    ]
    if release and release.unchanged:
        lines.append(("", f"nothing new to publish: {release.version} holds the same"))
    return columns(lines, "  ")
