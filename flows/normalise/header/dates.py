"""The days and hours of a session, from its header or from the sentence that says it took place."""

import datetime
import re
from collections.abc import Sequence

from flows.ground.fragment import Fragment
from flows.ground.span import Span
from flows.normalise.header.lines import Header, HeaderLine, without
from flows.normalise.language.dates import DateRange, find_dates, find_hours
from flows.normalise.language.pack import Pack
from flows.normalise.structure.document import Sentence

Printed = tuple[DateRange, Fragment]
"""A date and the clean text that it stands in."""

_BRACKET = re.compile(r" ?\((?P<inside>[^()]{2,60})\) ?")
_LONGEST_LEAD = 48
_DAYS_APART = 4  # dates of a header further apart are not of one meeting


def read_dates(
    lines: Sequence[HeaderLine], own: Sequence[Sentence], header: Header, pack: Pack
) -> None:
    """Sets days, hours, time zone and, where it is open, the year; claims what it reads of lines.

    `own` are sentences on this very session.
    """
    in_header: list[Printed] = []
    for line in without(lines, "type", "other"):
        in_header += _dates_of_line(line, header, pack)
        if header.start_time is None:
            _hours_of_line(line, header, pack)
    if header.start_time and header.timezone is None:
        _zone_of_its_own(lines, header, pack)
    in_body = _dates_of_body(own, header, pack)
    if in_header or in_body:
        _set_days(in_header, in_body, header)


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
    if hours is None:
        return
    header.start_time, header.end_time = hours.start, hours.end
    if hours.timezone:
        position = fragment.lowered.find(hours.timezone.lower())
        as_printed = fragment.text[position : position + len(hours.timezone)]
        header.timezone = as_printed if position >= 0 else hours.timezone
    line.taken.append(hours.span)
    line.role = line.role or "date"


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
        if not dates:
            continue
        if header.start_time is None:
            hours = find_hours(sentence.folded, sentence.lowered, pack)
            if hours:
                header.start_time, header.end_time = hours.start, hours.end
                header.timezone = hours.timezone
        if not pack.held.search(sentence.key):
            dates = dates[:1]
        return [(date, sentence.fragment) for date in dates]
    return []


def _set_days(in_header: list[Printed], in_body: list[Printed], header: Header) -> None:
    candidates = in_header or in_body
    years = [date.year for date, _ in candidates], [header.year], [date.year for date, _ in in_body]
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
