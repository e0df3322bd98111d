"""What there is to say to a person about rows: a document, a score, a build.

Lines end at `WIDTH` characters, whatever the terminal, so that the same build reads the same.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from textwrap import wrap

from flows.build import Outcome
from flows.evaluate import Finding, summary
from flows.ground.source import Source
from flows.ingest.readers import READERS
from flows.publish import Release
from flows.publish.compare.versions import Reason
from schemas import REFERENCE, Row, Tables

WIDTH = 100
SHOWN = 10  # documents or totals in a summary, before the rest is only counted
REFERENCES = {table.name for table in REFERENCE}
NOT_EXTRACTED = REFERENCES | {"evaluations", "reconciliations"}
HEADLINE = ("rows", "persons", "states", "organisations", "force", "attribution", "groups", "gcm")
SCORE = ("precision", "recall", "f1")
# What to look at first: a contradiction, then what is only partly there.
STATUS_ORDER = ("mismatch", "partial", "not_stated")


def columns(rows: Sequence[Sequence[object]], indent: str = "") -> str:
    """Rows of cells as lines with aligned columns: numbers to the right, None as a dash.

    A column of numbers may have a heading in the first row. Text in the last column is wrapped
    within that column.
    """
    aligned = []
    for column in zip(*rows, strict=True):
        cells = [_cell(value) for value in column]
        width = max(map(len, cells))
        numeric = all(isinstance(value, int | float | None) for value in column[1:] or column)
        aligned.append([cell.rjust(width) if numeric else cell.ljust(width) for cell in cells])
    return "\n".join(_line(cells, indent) for cells in zip(*aligned, strict=True))


def _line(cells: Sequence[str], indent: str) -> str:
    *others, last = cells
    start = indent + "".join(f"{cell}  " for cell in others)
    hanging = "\n" + " " * len(start)
    # A cell that is narrow, or cannot be broken (a path, a hash), is left as it is.
    pieces = wrap(last, max(WIDTH - len(start), 20), break_long_words=False, break_on_hyphens=False)
    return (start + (hanging.join(pieces) if pieces else "")).rstrip()


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
    """Judgements, each as place, measure, kind, what was expected and found, and the text."""
    return "\n\n".join(_finding(finding) for finding in findings)


def _finding(finding: Finding) -> str:
    place = f"{finding.document} {finding.place}" if finding.place else finding.document
    said = finding.said if finding.said not in (finding.expected, finding.found) else None
    told = (("labelled", finding.expected), ("extracted", finding.found), ("text", said))
    lines = columns([(name, text) for name, text in told if text is not None], "  ")
    return f"{place} {finding.table}.{finding.measure}: {finding.kind}\n{lines}"


def counted(counts: Mapping[str, int]) -> str:
    """Names with their numbers, e.g. tables with their rows, in three columns to be read down."""
    if not counts:
        return ""
    height = -(-len(counts) // 3)
    items = list(counts.items())
    blocks = [items[start : start + height] for start in range(0, len(items), height)]
    lines = [columns(block).splitlines() for block in blocks]
    widths = [max(map(len, block)) for block in lines]
    return "\n".join(
        "  "
        + "      ".join(
            block[row].ljust(width)
            for block, width in zip(lines, widths, strict=True)
            if row < len(block)
        ).rstrip()
        for row in range(height)
    )


def reading(source: Source) -> str:
    """How a file was read: by what, how much it is, and what is not in the text or may be wrong."""
    reader = READERS[Path(source.file_name).suffix.lower()]
    pages = None if source.pages is None else ("pages", f"{source.pages:,}")
    facts = [
        ("as", f"{reader.media_type}, by {reader.tool}"),
        *([pages] if pages else []),
        ("characters", f"{len(source.text):,}"),
    ]
    notes = [
        (f"line {source.line_and_column(note.offset)[0]}", f"{note}{_begins(note.words)}")
        for note in source.notes
    ]
    return columns([*facts, *notes], "  ")


def _begins(words: str) -> str:
    return f" ({words})" if words else ""


def document(tables: Tables, document_id: str) -> str:
    """What is understood of one document, and what is not."""
    own: Tables = {
        name: [row for row in rows if row.get("document_id") == document_id]
        for name, rows in tables.items()
        if name not in NOT_EXTRACTED
    }
    facts = _facts(own)
    absent = ", ".join(name for name, value in facts.items() if value is None)
    parts = [
        ("Header", columns([(name, v) for name, v in facts.items() if v is not None], "  ")),
        ("Not found in the document", columns([(absent,)], "  ") if absent else ""),
        ("Days", _lines(own["session_days"], "number", "date", "theme")),
        ("Panels (day, number, title)", _lines(own["panels"], "day", "number", "title")),
        ("Participants", _participants(own)),
        ("Sections, with their recommendations", _outline(own)),
        ("Recommendations by force", counted(_tally(own["recommendations"], "force"))),
        ("Totals stated in the document", _totals(tables["reconciliations"], document_id)),
        ("Rows", counted({name: len(rows) for name, rows in own.items() if rows})),
        ("Passages by kind", _passages(own)),
    ]
    return "\n\n".join(f"{title}\n{text or '  none'}" for title, text in parts)


def _facts(own: Tables) -> Row:
    # What only a register can say is not missing from a document.
    passed_over = {"text", "char_start", "char_end", "rule", "source_url", "licence", "note"}
    return {
        name: value
        for row in (*own["documents"], *own["sessions"])
        for name, value in row.items()
        if name not in passed_over
    }


def _lines(rows: Sequence[Row], *names: str) -> str:
    return columns([[row[name] for name in names] for row in rows], "  ")


def _participants(own: Tables) -> str:
    roles: dict[object, list[str]] = {}
    for row in own["interventions"]:
        roles.setdefault(row["participant_id"], []).append(str(row["role"]))
    return columns(
        [
            (
                row["kind"],
                row["country_code"],
                ", ".join(roles.get(row["participant_id"], [])) or None,
                row["name"],
            )
            for row in own["participants"]
        ],
        "  ",
    )


def _outline(own: Tables) -> str:
    found = _tally(own["recommendations"], "section_id")
    return columns(
        [
            (
                found[str(row["section_id"])],
                row["kind"],
                "  " * (int(str(row["level"] or 1)) - 1) + str(row["heading"] or "–"),
            )
            for row in own["sections"]
        ],
        "  ",
    )


def _tally(rows: Sequence[Row], name: str) -> Counter[str]:
    return Counter(str(row[name]) for row in rows)


def _totals(rows: Sequence[Row], document_id: str) -> str:
    return columns(
        [
            (
                row["measure"],
                f"stated {_number(row['stated'])}",
                f"found {_number(row['extracted'])}",
                row["status"],
                row["note"] or "",
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
    return f"{counts}\n  {inside:,} of {len(visible):,} visible characters are in a passage"


def outcome(outcome: Outcome, warehouse: Path, seconds: float) -> str:
    """What a run came to: documents, rows, what to look at, scores, files, release and time."""
    tables = outcome.tables
    rows = {name: n for name, n in outcome.build.rows.items() if name not in REFERENCES}
    met = sum(row["status"] == "match" for row in tables["reconciliations"])
    parts = [
        ("Documents", _documents(tables)),
        ("Refused, and not in the build", "\n".join(f"  {problem}" for problem in outcome.refused)),
        ("Rows", counted(rows)),
        (f"Stated totals: {met} match; the others:", _unmet(tables["reconciliations"])),
        ("Not understood (`idm check FILE` lists it)", _doubts(tables["warnings"])),
        ("Scores against hand-made labels (F1)", _headline(tables["evaluations"])),
        ("Files", _files(outcome, warehouse)),
    ]
    body = "\n\n".join(f"{title}\n{text}" for title, text in parts if text)
    released = release(outcome.release) if outcome.release else "release not asked for"
    if outcome.unchanged:
        released = f"unchanged: what was there is what these documents make\n{released}"
    else:
        released = f"documents: {outcome.kept}\n{released}"
    return f"{body}\n\n{released}\nDone in {seconds:.1f} s."


def release(release: Release) -> str:
    """What a release came to, and all reasons for its version."""
    if release.unchanged:
        return f"release {release.version} (unchanged): nothing new to publish"
    return "\n".join([f"release {release.version} published", *_reasons(release.reasons)])


def difference(old: str, new: str, reasons: Sequence[Reason], worse: Sequence[str]) -> str:
    """What differs between two editions, by weight, and what is less in the second."""
    if not reasons:
        return f"{old} and {new} are the same: unchanged"
    lines = [f"From {old} to {new}, {reasons[0].level}:", *_reasons(reasons)]
    if worse:
        lines += ["Less than before:", *(f"  {line}" for line in worse)]
    return "\n".join(lines)


def changed_rows(rows: Sequence[Row], total: int) -> str:
    """The first differences of `total`, value by value."""
    names = ("table", "key", "column", "change", "old", "new")
    shown = columns([names, *([_shortened(row[name]) for name in names] for row in rows)], "  ")
    more = total - len(rows)
    return f"{shown}\n  … and {more:,} more: --output has them" if more > 0 else shown


def _shortened(value: object) -> object:
    text = " ".join(str(value).split())
    return value if value is None else text if len(text) <= 40 else f"{text[:39]}…"


def _reasons(reasons: Sequence[Reason]) -> list[str]:
    rows = [(reason.level, reason.rule, reason.place, reason.what) for reason in reasons]
    return [columns(rows, "  ")] if rows else []


def _documents(tables: Tables) -> str:
    start = {row["session_id"]: row["start_date"] for row in tables["sessions"]}
    return _few(
        [
            (row["document_id"], start[row["session_id"]], row["title"])
            for row in tables["documents"]
        ]
    )


def _unmet(rows: Iterable[Row]) -> str:
    """Totals that are not as stated, contradictions first."""
    unmet = [row for row in rows if row["status"] != "match"]
    unmet.sort(key=lambda row: STATUS_ORDER.index(str(row["status"])))
    return _few(
        [
            (
                row["status"],
                row["document_id"],
                row["measure"],
                f"stated {_number(row['stated'])}",
                f"found {_number(row['extracted'])}",
            )
            for row in unmet
        ]
    )


def _doubts(rows: Sequence[Row]) -> str:
    """How much was not understood of each document, by kind."""
    found: dict[str, Counter[str]] = {}
    for row in rows:
        found.setdefault(str(row["document_id"]), Counter())[str(row["kind"])] += 1
    return _few(
        [
            (document, kinds.total(), ", ".join(f"{kind} {n}" for kind, n in sorted(kinds.items())))
            for document, kinds in found.items()
        ]
    )


def _few(rows: Sequence[Sequence[object]]) -> str:
    shown = columns(rows[:SHOWN], "  ")
    more = len(rows) - SHOWN
    return f"{shown}\n  … and {more} more" if more > 0 else shown


def _headline(rows: Sequence[Row]) -> str:
    """Overall F1, a line for each table; empty when no document is labelled."""
    scores: dict[str, list[str]] = {}
    for row in summary(rows):
        if row["measure"] in HEADLINE and row["f1"] is not None:
            told = f"{row['measure']} {_cell(row['f1'])}"
            scores.setdefault(str(row["table_name"]), []).append(told)
    return columns([(table, ", ".join(told)) for table, told in scores.items()], "  ")


def _files(outcome: Outcome, warehouse: Path) -> str:
    release = outcome.release
    lines = [("database", warehouse / "idm.duckdb"), ("Parquet", warehouse / "parquet")]
    if release:
        lines.append(("release", release.folder))
    return columns(lines, "  ")
