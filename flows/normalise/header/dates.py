"""The days and hours of a session, from its header or from the sentence that says it took place."""

import datetime
import re
from collections.abc import Sequence

from flows.ground.fragment import Fragment
from flows.ground.span import Span
from flows.normalise.header.lines import LETTER, YEAR, Header, HeaderLine, without
from flows.normalise.language.dates import DateRange, Hours, find_dates, find_hours
from flows.normalise.language.pack import Pack
from flows.normalise.structure.day_labels import day_label
from flows.normalise.structure.document import Sentence
from flows.normalise.structure.passages import Passage

Printed = tuple[DateRange, Fragment]
"""A date and the clean text that it stands in."""

_BRACKET = re.compile(r" ?\((?P<inside>[^()]{2,60})\) ?")
_LONGEST_LEAD = 48
_LONGEST_LABEL = 200
_NO_LABELS = ("artefact", "footnote", "header", "rule")
_FROM_SESSION_TO_DATE = 24  # characters between the words for a session and its date
_DAYS_APART = 4  # dates of a header further apart are not of one meeting


def read_dates(
    lines: Sequence[HeaderLine],
    own: Sequence[Sentence],
    passages: Sequence[Passage],
    header: Header,
    pack: Pack,
) -> None:
    """Sets days, hours, time zone and, where it is open, the year; claims what it reads of lines.

    `own` are sentences on this very session; among the `passages` are labels of its days.
    """
    in_header: list[Printed] = []
    for line in without(lines, "type", "other"):
        in_header += _dates_of_line(line, header, pack)
        if header.start_time is None:
            _hours_of_line(line, header, pack)
    if header.start_time and header.timezone is None:
        _zone_of_its_own(lines, header, pack)
    in_body = _dates_of_body(own, header, pack)
    if all(date.start == date.end for date, _ in in_header or in_body):
        # One day in the header may be the first of those of an agenda.
        in_header = (in_header or in_body) + _dates_of_labels(passages, pack)
    if in_header or in_body:
        _set_days(in_header, in_body, header, _year_of(own))


def _year_of(own: Sequence[Sentence]) -> int | None:
    """The first year that the sentences on the session print."""
    found = (YEAR.search(sentence.folded) for sentence in own)
    return next((int(year[0]) for year in found if year), None)


def _dates_of_line(line: HeaderLine, header: Header, pack: Pack) -> list[Printed]:
    dates = find_dates(line.fragment.lowered, pack)
    if dates and line.role == "series+" and not dates[0].year and header.year is None:
        dates = dates[:1]
    for date in dates:
        line.taken.append(_with_lead(line.fragment.lowered, date.span, pack))
    if dates:
        line.role = line.role or "date"
    return [(date, line.fragment) for date in dates]


def _with_lead(lowered: str, span: Span, pack: Pack) -> Span:
    """The span of a date with the clause that leads to it, if that is short."""
    start, end = span
    lead = pack.date_clause.search(lowered[:start])
    return (lead.start() if lead and len(lead[0]) < _LONGEST_LEAD else start), end


def _hours_of_line(line: HeaderLine, header: Header, pack: Pack) -> None:
    fragment = line.fragment
    hours = find_hours(fragment.folded, fragment.lowered, pack)
    if hours is None or _is_of_agenda(line, hours, pack):
        return
    header.start_time, header.end_time = hours.start, hours.end
    if hours.timezone:
        position = fragment.lowered.find(hours.timezone.lower())
        as_printed = fragment.text[position : position + len(hours.timezone)]
        header.timezone = as_printed if position >= 0 else hours.timezone
    line.taken.append(hours.span)
    line.role = line.role or "date"


def _is_of_agenda(line: HeaderLine, hours: Hours, pack: Pack) -> bool:
    """Whether hours are those of an item of the agenda: what was done then stands behind them."""
    behind = line.fragment.slice(hours.span[1], len(line.fragment))
    says_more = (
        LETTER.search(behind.text) is not None
        and not pack.filler.fullmatch(behind.plain.strip(" ,;:.–—|-"))
        and not pack.venue.search(behind.plain)
        and not any(pattern.search(behind.lowered) for _, pattern in pack.modality)
    )
    return hours.span[0] == 0 and not line.taken and says_more


def _zone_of_its_own(lines: Sequence[HeaderLine], header: Header, pack: Pack) -> None:
    """A time zone in brackets on a line by itself."""
    for line in lines:
        bracket = _BRACKET.fullmatch(line.fragment.folded)
        if bracket and not line.role and pack.time_zone.match(bracket["inside"]):
            header.timezone = line.fragment.text.strip()[1:-1].strip()
            line.role = "date"


def _dates_of_body(own: Sequence[Sentence], header: Header, pack: Pack) -> list[Printed]:
    """Dates of the first sentence that has any; sets the hours from it where they are open."""
    for sentence in own:
        dates = find_dates(sentence.lowered, pack)
        held = pack.held.search(sentence.key)
        if held:
            # "Adopted on 3 May, the plan was debated at the session, held on 5 June."
            dates = [date for date in dates if date.span[0] >= held.start()] or dates
        else:
            dates = [date for date in dates[:1] if _is_of_session(date, sentence, pack)]
        if not dates:
            continue
        if header.start_time is None:
            hours = find_hours(sentence.folded, sentence.lowered, pack)
            if hours:
                header.start_time, header.end_time = hours.start, hours.end
                header.timezone = hours.timezone
        return [(date, sentence.fragment) for date in dates]
    return []


def _is_of_session(date: DateRange, sentence: Sentence, pack: Pack) -> bool:
    """Whether a date stands right behind the words for the session, in a sentence that does not
    say that it was held."""
    before = sentence.key[: date.span[0]]
    named = [found.end() for found in pack.series.finditer(before)]
    named += [found.end() for found in pack.this_session.finditer(before)]
    return bool(named) and len(before) - max(named) <= _FROM_SESSION_TO_DATE


def _dates_of_labels(passages: Sequence[Passage], pack: Pack) -> list[Printed]:
    """Dates in the labels of days: "Day 1 – 8 October", also in an agenda."""
    return [
        (date, passage.fragment)
        for passage in passages
        if passage.kind not in _NO_LABELS and len(passage.text) <= _LONGEST_LABEL
        if day_label(passage.text, pack)
        for date in find_dates(passage.fragment.lowered, pack)[:1]
    ]


def _set_days(
    in_header: list[Printed], in_body: list[Printed], header: Header, told: int | None
) -> None:
    """Sets first and last day; `told` is the year where neither dates nor header print one."""
    candidates = in_header or in_body
    printed_years = [[date.year for date, _ in dates] for dates in (candidates, in_body)]
    years = printed_years[0], [header.year], printed_years[1], [told]
    year = next((printed for group in years for printed in group if printed), None)
    resolved = [
        (days, date, fragment) for date, fragment in candidates if (days := date.dates(year))
    ]
    if not resolved:
        return
    (first, last), date, fragment = resolved[0]
    if in_header:
        # Several dates in the header: day by day they are one meeting, its first to its last day.
        for (start, end), _, _ in resolved[1:]:
            if abs((start - last).days) <= _DAYS_APART:
                first, last = min(first, start), max(last, end)
    header.start_date, header.end_date = first, last
    listed = (datetime.date(last.year, month, day) for month, day in date.days)
    header.listed_days = tuple(dict.fromkeys(listed))
    header.date_span = fragment.span(*date.span)
    if header.year is None:
        header.year = first.year
