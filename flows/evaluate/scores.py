"""Judgements counted into precision, recall and F1."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from schemas import Row

Kind = Literal["right", "missed", "extra", "different", "unscored"]


@dataclass(frozen=True)
class Finding:
    """One judgement on one thing of a document.

    Its `kind`: labelled and extracted alike (`right`) or differently (`different`), labelled only
    (`missed`), extracted only (`extra`), or labelled but beyond comparison (`unscored`). `place` is
    a unit of the labels (`L060.2`) or a line (`L060`), None where the document as a whole is meant.
    `count` is how many items the judgement stands for, `said` the text of the document there, once
    it has been looked up.
    """

    document: str
    table: str
    measure: str
    kind: Kind
    expected: str | None
    found: str | None
    place: str | None
    count: int = 1
    said: str | None = None

    @property
    def right(self) -> bool:
        return self.kind == "right"


@dataclass(frozen=True)
class Measure:
    """A measure of a table: what is counted as right or wrong.

    `sides` says whether wrong rows count (precision), missed labels (recall) or both. `of` are the
    measures of the same table whose counts it adds up, if it has none of its own.
    """

    table: str
    name: str
    sides: Literal["both", "precision", "recall"] = "both"
    of: tuple[str, ...] = ()


PERSON_FIELDS = (
    "honorific",
    "position",
    "organisation",
    "country_code",
    "sector",
    "roles",
    "panels",
)
SESSION_FIELDS = (
    "series",
    "year",
    "ordinal",
    "title",
    "start_date",
    "end_date",
    "start_time",
    "end_time",
    "timezone",
    "venue",
    "city",
    "country_code",
    "modality",
)
STATED = {
    "stated_participants": ("people_registered", "people_attended"),
    "stated_countries": ("countries",),
    "stated_panels": ("panels",),
    "stated_speakers": ("speakers_and_moderators",),
    "stated_government_share": ("government_share",),
    "stated_days": ("days",),
}
"""The measures of stated totals, and `what` of the totals in the labels that they compare."""

SPAN_CLAIMS: dict[str, str | None] = {
    "sessions": "title",
    "session_days": None,
    "panels": "title",
    "participants": "name",
    "interventions": None,
    "sections": "heading",
    "passages": "text",
    "sentences": "text",
    "attributions": None,
    "recommendations": "text",
    "recommendation_codes": "evidence",
    "citations": "text",
    "figures": "text",
    "mentions": "text",
    "warnings": "text",
}
"""Tables with spans, and the column whose words the span must contain (None: bounds only)."""

MEASURES: tuple[Measure, ...] = (
    Measure("documents", "sha256"),
    *(Measure("sessions", name) for name in (*SESSION_FIELDS, *STATED)),
    Measure("session_days", "rows"),
    Measure("session_days", "theme"),
    *(Measure("panels", name) for name in ("rows", "day", "number", "order")),
    Measure("sections", "rows"),
    Measure("sections", "level"),
    *(Measure("participants", name) for name in ("persons", "states", "organisations", "groups")),
    *(Measure("participants", name) for name in PERSON_FIELDS),
    Measure("participants", "person_fields", of=PERSON_FIELDS),
    Measure("participants", "absent", "precision"),
    *(
        Measure("recommendations", name)
        for name in ("rows", "force", "attribution", "attributed_to", "addressee")
    ),
    Measure("recommendation_codes", "groups"),
    Measure("recommendation_codes", "gcm_within_allowed", "precision"),
    Measure("recommendation_codes", "gcm_found", "recall"),
    Measure("recommendation_codes", "gcm", of=("gcm_within_allowed", "gcm_found")),
    Measure("recommendation_codes", "gcm_explicit"),
    Measure("mentions", "countries"),
    Measure("figures", "rows"),
    Measure("citations", "rows"),
    *(Measure(table, "span", "precision") for table in SPAN_CLAIMS),
    Measure("passages", "characters", "recall"),
)
"""Every measure, in the order of the rows of `evaluations`."""


@dataclass(frozen=True)
class _Counts:
    """What was found and right, found and wrong, to be found and right, to be found and missed."""

    right_found: int = 0
    wrong: int = 0
    right_expected: int = 0
    missed: int = 0

    def __add__(self, other: "_Counts") -> "_Counts":
        return _Counts(
            self.right_found + other.right_found,
            self.wrong + other.wrong,
            self.right_expected + other.right_expected,
            self.missed + other.missed,
        )


_Counted = dict[tuple[str, str], _Counts]


def score(document: str, findings: Iterable[Finding]) -> list[Row]:
    """The rows of `evaluations` for one document: one a measure, counted from its findings."""
    counted: _Counted = {}
    for finding in findings:
        wrong = finding.kind in ("extra", "different")
        missed = finding.kind in ("missed", "different")
        _count(
            counted,
            finding.table,
            finding.measure,
            finding.count if finding.right else 0,
            finding.count if wrong else 0,
            finding.count if missed else 0,
        )
    return _rows(document, counted)


def summary(rows: Sequence[Row]) -> list[Row]:
    """The rows of `evaluations` of several documents added up: one row a measure.

    They have the same columns, with `overall` as `document_id`; precision, recall and F1 are
    computed from the sums.
    """
    counted: _Counted = {}
    for row in rows:
        right, wrong, missed = (
            int(str(row[column]))
            for column in ("true_positives", "false_positives", "false_negatives")
        )
        _count(counted, str(row["table_name"]), str(row["measure"]), right, wrong, missed)
    return _rows("overall", counted)


_SIDES = {(measure.table, measure.name): measure.sides for measure in MEASURES}


def _count(
    counted: _Counted, table: str, measure: str, right: int, wrong: int, missed: int
) -> None:
    sides = _SIDES[table, measure]
    counts = _Counts(
        right if sides != "recall" else 0, wrong, right if sides != "precision" else 0, missed
    )
    counted[table, measure] = counted.get((table, measure), _Counts()) + counts


def _rows(document: str, counted: _Counted) -> list[Row]:
    rows: list[Row] = []
    for measure in MEASURES:
        # A measure that unites others is always summed from them, never from its own row, whose
        # one number of true positives cannot stand for both sides.
        counts = sum(
            (
                counted.get((measure.table, name), _Counts())
                for name in measure.of or (measure.name,)
            ),
            _Counts(),
        )
        if counts != _Counts():
            rows.append(_row(document, measure, counts))
    return rows


def _row(document: str, measure: Measure, counts: _Counts) -> Row:
    found = counts.right_found + counts.wrong
    expected = counts.right_expected + counts.missed
    precision = counts.right_found / found if found else None
    recall = counts.right_expected / expected if expected else None
    f1: float | None = None
    if measure.sides == "both":
        f1 = 2 * precision * recall / (precision + recall) if precision and recall else 0.0
    return {
        "document_id": document,
        "table_name": measure.table,
        "measure": measure.name,
        "true_positives": (
            counts.right_expected if measure.sides == "recall" else counts.right_found
        ),
        "false_positives": counts.wrong,
        "false_negatives": counts.missed,
        "precision": precision,
        "recall": recall,
        "f1": f1,
    }
