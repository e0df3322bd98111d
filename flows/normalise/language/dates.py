"""Dates and hours as these documents print them.

One grammar for all languages: the pack gives the names of months and weekdays and the small
words; the shapes (a list of days, a range within a month or over two, the year once) are here.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from flows.ground.folding import same_length_key
from flows.ground.span import overlaps
from flows.normalise.language.pack import Pack

MonthAndDay = tuple[int, int]

_DIGIT = re.compile(r"\d")
_YEAR = r"((?:19|20)\d\d)"
_LONGEST_LABEL = 40
_BETWEEN_NUMBERS = r"[/.-]"


@dataclass(frozen=True)
class DateRange:
    """Days of a meeting as printed, a single day as a range of one.

    `year` is None where only the context tells it, `start_year` where it is not printed by itself.
    `span` are offsets into the text that was searched; `days` are the days of a list, if it is one.
    """

    start: MonthAndDay
    end: MonthAndDay
    year: int | None
    start_year: int | None
    span: tuple[int, int]
    days: tuple[MonthAndDay, ...] = ()

    def dates(self, year: int | None) -> tuple[datetime.date, datetime.date] | None:
        """First and last day, with `year` where none is printed; None if they are no dates."""
        last_year = self.year or year
        if last_year is None:
            return None
        first_year = self.start_year or (
            last_year - 1 if self.start[0] > self.end[0] else last_year
        )
        try:
            first = datetime.date(first_year, *self.start)
            last = datetime.date(last_year, *self.end)
        except ValueError:
            return None
        return (first, last) if first <= last else None


@dataclass(frozen=True)
class Hours:
    """Daily hours; `timezone` as printed, `span` are offsets into the text that was searched."""

    start: datetime.time
    end: datetime.time
    timezone: str | None
    span: tuple[int, int]


# ---------------------------------------------------------------- patterns


def _names(names: Iterable[str]) -> str:
    """Any of some names, the longest first; a name with a stop at its end is found without, too."""
    return "|".join(
        re.escape(name.rstrip(".")) + (r"\.?" if name.endswith(".") else "")
        for name in sorted(names, key=len, reverse=True)
    )


@cache
def month_pattern(pack: Pack) -> str:
    """A pattern without groups for the name of a month in a lower-case text."""
    return rf"(?:{_names(pack.months)})(?!\w)"


@cache
def _month_numbers(pack: Pack) -> dict[str, int]:
    return {name.rstrip("."): number for name, number in pack.months.items()}


def _month(name: str, pack: Pack) -> int:
    return _month_numbers(pack)[name.rstrip(".")]


def _day(printed: str) -> int:
    """The day that a number names; the one word for a day in use is that for the first."""
    return int(printed) if printed.isdecimal() else 1


def _weekday(pack: Pack) -> str:
    """Weekdays before a day: "Monday, ", "Monday to Wednesday, "."""
    day = rf"(?:{_names(pack.weekdays)})\.?"
    return rf"(?:{day}(?:(?:{pack.date_range}){day})?,? )?"


def _number(pack: Pack) -> str:
    return rf"(?:\d{{1,2}}|{pack.first_day})"


@cache
def _day_in_list(pack: Pack) -> re.Pattern[str]:
    return re.compile(_number(pack))


@cache
def _day_first(pack: Pack) -> re.Pattern[str]:
    """Groups: first day, its month and year, further days of a list, last day, month, year."""
    lead, suffix, weekday, number = pack.date_lead, pack.day_suffix, _weekday(pack), _number(pack)
    day = rf"{weekday}({number}){suffix}(?!\d)"
    year = rf"(?:[,./-]|{pack.date_joiner})? ?{_YEAR}(?!\d)"
    month = rf"(?:\.?{pack.date_joiner} |[./-])({_names(pack.months)})(?!\w)"
    return re.compile(
        rf"(?<![\w/]){lead}{day}(?:{month}(?:{year})?)?"
        rf"((?:, ?{weekday}{number}{suffix}(?!\d))*)"
        rf"(?:\.?(?:{pack.date_range})(?:{lead})?{day}(?!\w))?{month}(?:{year})?"
    )


@cache
def _month_first(pack: Pack) -> re.Pattern[str]:
    """Groups: first month and day, further days of a list, year, last month and day, year."""
    suffix, weekday, months = pack.day_suffix, _weekday(pack), _names(pack.months)
    return re.compile(
        rf"{weekday}\b({months}) (\d{{1,2}}){suffix}(?!\d)"
        rf"((?:, ?\d{{1,2}}{suffix}(?!\d))*)(?:, ?{_YEAR})?"
        rf"(?:(?:{pack.date_range}){weekday}(?:({months}) )?(\d{{1,2}}){suffix}(?!\d))?"
        rf"(?:,? {_YEAR})?"
    )


@cache
def _day_month_year(pack: Pack) -> re.Pattern[str]:
    """Groups: first day, its month and year; a sign and last day, month, year, all in digits."""
    sign = _BETWEEN_NUMBERS
    return re.compile(
        rf"(?<![\d/.-])"
        rf"(?:(\d{{1,2}})(?:{sign}(\d{{1,2}})(?:{sign}{_YEAR})?)?\.?(?:{pack.date_range}))?"
        rf"(\d{{1,2}})({sign})(\d{{1,2}})\5{_YEAR}(?![\d/])"
    )


@cache
def _year_month_day(pack: Pack) -> re.Pattern[str]:
    """Groups: first year, month and day, last year, month and day, all in digits."""
    date = rf"{_YEAR}-(\d\d)-(\d\d)"
    return re.compile(rf"(?<![\d-]){date}(?:(?:{pack.date_range}){date})?(?![\d-])")


@cache
def _range_of_hours(pack: Pack) -> re.Pattern[str]:
    """Groups: hours h1, h2, minutes m1, m2, halves of the day p1, p2, and the time zone."""
    first, last = (
        pack.hour.replace("?P<hour>", f"?P<h{n}>").replace("?P<minute>", f"?P<m{n}>")
        for n in (1, 2)
    )
    before, after = (rf"(?: ?(?P<p{n}>{pack.meridiem}))?" if pack.meridiem else "" for n in (1, 2))
    zone = pack.time_zone.pattern
    return re.compile(
        rf"(?<![\d/.])(?:{pack.hours_lead}){first}{before}(?:{pack.hours_range}){last}{after}(?!\d)"
        rf"(?:,? ?\((?P<bracket>[^()]{{2,60}})\)|,? (?P<zone>{zone})(?!\w))?"
    )


# ---------------------------------------------------------------- dates


def find_dates(text: str, pack: Pack) -> list[DateRange]:
    """All dates of a lower-case text with plain typography, in order."""
    if not _DIGIT.search(text):
        return []
    label = pack.day_label.match(same_length_key(text[:_LONGEST_LABEL]))
    if label:  # "Day 1 – 8 October" is no range
        text = " " * label.end() + text[label.end() :]
    found = [*_with_day_first(text, pack), *_in_digits(text, pack)]
    if pack.month_first:
        found += _with_month_first(text, pack)
    dates: list[DateRange] = []
    for date in sorted(found, key=lambda date: date.span[0] - date.span[1]):
        # "Sept. 29-Oct. 1" may be read in two ways: the longest counts.
        if _is_date(date) and not overlaps(date.span, [other.span for other in dates]):
            dates.append(date)
    return sorted(dates, key=lambda date: date.span)


def _with_day_first(text: str, pack: Pack) -> Iterator[DateRange]:
    """ "Du 8 au 10 juin 2021", "le 30 mars et le 1er avril", "les 6, 7 et 8 mai"."""
    for match in _day_first(pack).finditer(text):
        first_day, first_month, first_year, listed, last_day, month, year = match.groups()
        last_month = _month(month, pack)
        start_month = _month(first_month, pack) if first_month else last_month
        if not last_day and first_month and not listed:
            # "28 février" read twice: no second day, so the month group belongs to the first.
            continue
        start_day = _day(first_day)
        days = [_day(day) for day in _day_in_list(pack).findall(listed or "")]
        end_day = _day(last_day) if last_day else [start_day, *days][-1]
        all_days = (start_day, *days, end_day) if days else ()
        yield DateRange(
            (start_month, start_day),
            (last_month, end_day),
            int(year) if year else None,
            int(first_year) if first_year else None,
            match.span(),
            tuple((last_month, day) for day in all_days),
        )


def _with_month_first(text: str, pack: Pack) -> Iterator[DateRange]:
    """ "June 8 to 10, 2021"."""
    for match in _month_first(pack).finditer(text):
        month, day, listed, year, last_month, last_day, last_year = match.groups()
        first = _month(month, pack)
        printed = last_year or year
        days = [int(day), *(_day(found) for found in _day_in_list(pack).findall(listed))]
        end = int(last_day) if last_day else days[-1]
        yield DateRange(
            (first, int(day)),
            (_month(last_month, pack) if last_month else first, end),
            int(printed) if printed else None,
            int(year) if year and last_year else None,
            match.span(),
            tuple((first, number) for number in (*days, end)) if listed else (),
        )


def _in_digits(text: str, pack: Pack) -> Iterator[DateRange]:
    """ "08/06/2021", "8.-10.6.2021" and "2021-06-08"."""
    for match in _day_month_year(pack).finditer(text):
        first_day, first_month, first_year, day, _, month, year = match.groups()
        end = (int(month), int(day))
        start = (int(first_month or month), int(first_day)) if first_day else end
        yield DateRange(
            start, end, int(year), int(first_year) if first_year else None, match.span()
        )
    for match in _year_month_day(pack).finditer(text):
        first, last = match.groups()[:3], match.groups()[3:]
        year, month, day = map(int, last if last[0] else first)
        start = (int(first[1]), int(first[2]))
        yield DateRange(start, (month, day), year, int(first[0]), match.span())


def _is_date(date: DateRange) -> bool:
    return all(1 <= month <= 12 and 1 <= day <= 31 for month, day in (date.start, date.end))


# ---------------------------------------------------------------- hours


def find_hours(text: str, lowered: str, pack: Pack) -> Hours | None:
    """The first range of hours of a text (`lowered` is the same text in lower case)."""
    for match in _range_of_hours(pack).finditer(_keep_zones(text, lowered)):
        groups = match.groupdict()
        says_hours = (
            groups["m1"] or groups["m2"] or pack.hour_sign.search(match[0])
        ) or groups.get("p2")
        start = _time(groups["h1"], groups["m1"], groups.get("p1") or groups.get("p2"))
        end = _time(groups["h2"], groups["m2"], groups.get("p2"))
        if not says_hours or start is None or end is None:
            continue
        zone = groups["bracket"] or groups["zone"]
        if groups["bracket"] and not pack.zone_bracket.search(groups["bracket"]):
            zone = None
        return Hours(start, end, zone.strip() if zone else None, match.span())
    return None


def _keep_zones(text: str, lowered: str) -> str:
    """Lower-case digits and hour words, but zones as printed: words of capitals stay."""
    return "".join(
        a if a.isupper() or a.istitle() else b for a, b in zip(text, lowered, strict=True)
    )


def _time(hour: str, minute: str | None, meridiem: str | None) -> datetime.time | None:
    """The time of day; `meridiem` is "a.m.", "p.m." or the like, None on the 24-hour clock."""
    hours, minutes = int(hour), int(minute or 0)
    half = meridiem.strip()[:1].lower() if meridiem else ""
    if half == "p" and hours < 12:
        hours += 12
    elif half == "a" and hours == 12:
        hours = 0
    return datetime.time(hours, minutes) if hours < 24 and minutes < 60 else None
