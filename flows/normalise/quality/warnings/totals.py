"""Which totals that the document states have no counterpart, or another?"""

from collections.abc import Iterator

from flows.normalise.quality.claims import claims_of
from flows.normalise.quality.reconcile import Count, count_of, status_of
from flows.normalise.quality.warnings.unclear import Unclear, unclear
from flows.normalise.rows import Findings, is_possible, stated_figures


def unclear_totals(found: Findings) -> Iterator[Unclear]:
    """Totals of the session that do not fit the rows, or each other."""
    first: dict[str, float] = {}
    for figure in stated_figures(found):
        if not is_possible(figure):
            span = (figure.start, figure.end)
            yield unclear("total", figure.sentence.fragment, span, "more than the whole")
            continue
        measure, value = figure.measure, figure.value
        known = first.setdefault(measure, value)
        message = (
            f"{value:g} {measure} are stated here, {known:g} before"
            if value != known
            else _without_counterpart(measure, value, count_of(measure, claims_of(found)))
        )
        if message:
            yield unclear("total", figure.sentence.fragment, (figure.start, figure.end), message)


def _without_counterpart(measure: str, stated: float, count: Count) -> str | None:
    """Why a total is not met; None where it is, as far as it can be."""
    if count.extracted is None:
        return None  # no table has rows for it
    if status_of(stated, count) == "mismatch" or not count.extracted:
        return f"{stated:g} {measure} are stated, {count.extracted:g} were found"
    return None
