"""What was not understood of a document: a question each module, asked when all has been read.

Nothing in a document is passed over in silence: what gave no row, though it looks as if it should
have, is a warning with its place, its words and the reason.
"""

from flows.normalise.language.lexicon import Lexicon
from flows.normalise.quality.warnings.dates import unclear_dates
from flows.normalise.quality.warnings.lists import unclear_items
from flows.normalise.quality.warnings.names import unclear_names
from flows.normalise.quality.warnings.passages import unclear_passages
from flows.normalise.quality.warnings.people import unclear_people
from flows.normalise.quality.warnings.register import contradictions
from flows.normalise.quality.warnings.totals import unclear_totals
from flows.normalise.quality.warnings.unclear import Unclear
from flows.normalise.rows import Findings, Ids, digest
from schemas import Row

__all__ = ["warning_rows"]


def warning_rows(found: Findings, lexicon: Lexicon) -> list[Row]:
    """The rows of `warnings` of one document, in the order of the text."""
    ids = Ids()
    rows: list[Row] = []
    for one in _find(found, lexicon):
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


def _find(found: Findings, lexicon: Lexicon) -> list[Unclear]:
    """What was not understood, in the order of the text."""
    document, header = found.document, found.header
    language = document.pack.language
    bodies, instruments = lexicon.bodies(language), lexicon.instruments(language)
    countries, cities = lexicon.countries(language), lexicon.cities(language)
    names = list(unclear_names(found, bodies, instruments, countries))
    return sorted(
        [
            *contradictions(found),
            *unclear_passages(document, header),
            *unclear_items(found),
            *unclear_dates(document, header),
            *unclear_totals(found),
            *names,
            *unclear_people(
                found, (bodies, instruments, countries, cities), [one.span for one in names]
            ),
        ],
        key=lambda one: (one.span, one.kind, one.message),
    )
