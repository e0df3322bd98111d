"""What was not understood of a document: a question each module, asked when all has been read.

Nothing in a document is passed over in silence: what gave no row, though it looks as if it should
have, is a warning with its place, its words and the reason.
"""

from flows.normalise.language.names import Names
from flows.normalise.quality.warnings.dates import unclear_dates
from flows.normalise.quality.warnings.lists import unclear_items
from flows.normalise.quality.warnings.names import unclear_names
from flows.normalise.quality.warnings.passages import unclear_passages
from flows.normalise.quality.warnings.people import unclear_people
from flows.normalise.quality.warnings.reading import unclear_reading
from flows.normalise.quality.warnings.register import contradictions
from flows.normalise.quality.warnings.totals import unclear_totals
from flows.normalise.quality.warnings.unclear import Unclear
from flows.normalise.rows import Findings, Ids, digest
from schemas import Row

__all__ = ["warning_rows"]


def warning_rows(found: Findings, names: Names) -> list[Row]:
    """The rows of `warnings` of one document, in the order of the text."""
    ids = Ids()
    rows: list[Row] = []
    for one in _find(found, names):
        text = " ".join(one.text.split())
        kind = one.kind.replace("_", "-")
        rows.append(
            {
                "warning_id": ids.next(
                    f"{found.document_id}-w-{kind}-{digest(text + one.message)}"
                ),
                "kind": one.kind,
                "text": text,
                "message": one.message,
                "document_id": found.document_id,
                "char_start": one.span[0],
                "char_end": one.span[1],
                "rule": f"warning.{one.kind}",
            }
        )
    return rows


def _find(found: Findings, names: Names) -> list[Unclear]:
    """What was not understood, in the order of the text."""
    document, header = found.document, found.header
    unknown = list(unclear_names(found, names))
    return sorted(
        [
            *contradictions(found),
            *unclear_reading(document),
            *unclear_passages(document, header),
            *unclear_items(found),
            *unclear_dates(document, header),
            *unclear_totals(found),
            *unknown,
            *unclear_people(found, names, [one.span for one in unknown]),
        ],
        key=lambda one: (one.span, one.kind, one.message),
    )
