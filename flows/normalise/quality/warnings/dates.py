"""Which dates and hours of the header, the first paragraphs and the days could not be read?

The document and its header come in, what is unclear goes out; `warning_rows` asks.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from functools import cache

from flows.ground.fragment import Fragment
from flows.ground.span import Span, overlaps
from flows.normalise.header.read import FIRST_SENTENCES, Header
from flows.normalise.language.dates import DateRange, find_dates, find_hours, month_pattern
from flows.normalise.language.pack import Pack
from flows.normalise.quality.warnings.unclear import Unclear, unclear
from flows.normalise.structure.day_labels import day_label
from flows.normalise.structure.document import Document

_DIGITS = re.compile(r"(?<![\d/.-])\d{1,4}([/.-])\d{1,2}\1\d{2,4}(?![\d/-])")
_REACH = 12  # characters before the name of a month in which its day stands
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_UNREAD = "a date that could not be read"


def unclear_dates(document: Document, header: Header) -> Iterator[Unclear]:
    """Dates that were not read, do not exist, or are not those of the session."""
    pack = document.pack
    for passage in document.passages:
        fragment = passage.fragment
        if passage.kind == "header":
            yield from _unread_dates(fragment, header, pack)
            yield from _unread_hours(fragment, pack)
        elif passage.kind == "heading" and day_label(passage.text, pack):
            yield from _unread_dates(fragment, header, pack)
            yield from _outside_session(fragment, find_dates(fragment.lowered, pack), header)
    for sentence in document.running[:FIRST_SENTENCES]:
        yield from _unread_dates(sentence.fragment, header, pack, with_day=True)
        if pack.took_place.search(sentence.key) and not pack.other_session.search(sentence.key):
            dates = find_dates(sentence.lowered, pack)[:1]
            yield from _outside_session(sentence.fragment, dates, header)


@cache
def _month(pack: Pack) -> re.Pattern[str]:
    return re.compile(rf"\b{month_pattern(pack)}")


@cache
def _before_month(pack: Pack) -> re.Pattern[str]:
    """A day at the end of the text before the name of a month."""
    return re.compile(rf"\b\d{{1,2}}(?:[^\W\d_]{{1,2}})?(?:{pack.date_joiner}) ?[-./]?$")


@cache
def _behind_month(pack: Pack) -> re.Pattern[str]:
    return re.compile(rf"(?:{pack.date_joiner})[ ,./-]{{1,2}}\d{{1,4}}(?!\d)")


def _date_like(text: str, pack: Pack) -> Iterator[Span]:
    """Names of months with the numbers beside them, and days, months and years in digits."""
    for month in _month(pack).finditer(text):
        day = _before_month(pack).search(text, max(0, month.start() - _REACH), month.start())
        behind = _behind_month(pack).match(text, month.end())
        if day or behind:
            yield (day or month).start(), (behind or month).end()
    for match in _DIGITS.finditer(text):
        yield match.span()


def _unread_dates(
    fragment: Fragment, header: Header, pack: Pack, with_day: bool = False
) -> Iterator[Unclear]:
    """What looks like a date and was not read as one; `with_day`: only with the day's number."""
    text = fragment.lowered
    dates = find_dates(text, pack)
    spans = [date.span for date in dates]
    for date in dates:
        if date.dates(date.year or header.year) is None:
            yield unclear("date", fragment, date.span, "a date that does not exist")
    for span in _date_like(text, pack):
        if not overlaps(span, spans) and (not with_day or _DAY.search(text[slice(*span)])):
            yield unclear("date", fragment, span, _UNREAD)


def _outside_session(
    fragment: Fragment, dates: Iterable[DateRange], header: Header
) -> Iterator[Unclear]:
    """Dates of the session's days that are none of them."""
    first, last = header.start_date, header.end_date
    if first is None or last is None:
        return
    for date in dates:
        days = date.dates(header.year or first.year)
        if days and not (first <= days[0] and days[1] <= last):
            message = f"not a day of the session, which the header dates {_days(first, last)}"
            yield unclear("date", fragment, date.span, message)


def _days(first: datetime.date, last: datetime.date) -> str:
    return first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"


@cache
def _hour(pack: Pack) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/.-]){pack.hour}(?![\d/])")


def _unread_hours(fragment: Fragment, pack: Pack) -> Iterator[Unclear]:
    """Hours of a line in which no beginning and end were read."""
    if find_hours(fragment.folded, fragment.lowered, pack):
        return
    dates: list[Span] = [date.span for date in find_dates(fragment.lowered, pack)]
    for match in _hour(pack).finditer(fragment.lowered):
        says_hour = match["minute"] or any(character.isalpha() for character in match[0])
        if says_hour and not overlaps(match.span(), dates):
            yield unclear("date", fragment, match.span(), "hours that could not be read")
            return
