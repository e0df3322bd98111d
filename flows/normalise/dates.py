"""Dates and hours as these documents print them.

One grammar for all languages: the pack gives the names of months and weekdays and the small
words; the shapes (a list of days, a range within a month or over two, the year once) are here.
"""

import datetime
import re
from dataclasses import dataclass
from functools import cache

from flows.normalise.pack import Pack


@dataclass(frozen=True)
class DateRange:
    """Days of a meeting as printed. `year` is None where only the context tells it."""

    start: tuple[int, int]  # month, day
    end: tuple[int, int]
    year: int | None
    start_year: int | None
    span: tuple[int, int]
    days: tuple[tuple[int, int], ...] = ()

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
    """Daily hours; `timezone` as printed."""

    start: datetime.time
    end: datetime.time
    timezone: str | None
    span: tuple[int, int]


_DIGIT = re.compile(r"\d")


def _names(names: list[str]) -> str:
    return "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))


@cache
def date_pattern(pack: Pack) -> str:
    """A pattern without groups for a day with its month, for telling that a line holds a date."""
    months = _names(list(pack.data["dates"]["months"]))
    plain = months.replace("é", "[ée]").replace("û", "[ûu]")
    return rf"\b\d{{1,2}}(?:er|re|st|nd|rd|th|[ºª°])?(?: de| of)? (?:{plain})\b|\b(?:{plain}) \d{{1,2}}(?:st|nd|rd|th)?\b"


@cache
def _date_regex(pack: Pack) -> re.Pattern[str]:
    shape = pack.data["dates"]
    months = _names(list(shape["months"]))
    weekday = rf"(?:(?:{_names(shape['weekdays'])})\.?,? )?"
    day = rf"{weekday}(?:the )?(\d{{1,2}}){shape['day_suffix']}(?!\d)"
    joiner = shape["joiner"]
    year = rf"(?:,|{joiner}| del?)? ?((?:19|20)\d\d)(?!\d)"
    month = rf"{joiner} ({months})(?!\w)"
    separator = rf"(?:{shape['range']})"
    # 1: d1  2: m1  3: y1  4: more days (list)  5: last day  6: month  7: year
    day_first = (
        rf"{shape['lead']}{day}(?:{month}(?:{year})?)?"
        rf"((?:, ?{weekday}\d{{1,2}}{shape['day_suffix']})*)"
        rf"(?:{separator}(?:{shape['lead']})?{day}(?!\w))?{month}(?:{year})?"
    )
    return re.compile(rf"(?<![\d/])(?:{day_first})")


@cache
def _month_first_regex(pack: Pack) -> re.Pattern[str] | None:
    shape = pack.data["dates"]
    if not shape["month_first"]:
        return None
    months = _names(list(shape["months"]))
    weekday = rf"(?:(?:{_names(shape['weekdays'])})\.?,? )?"
    suffix = shape["day_suffix"]
    return re.compile(
        rf"{weekday}\b({months}) (\d{{1,2}}){suffix}(?!\d)(?:, ?((?:19|20)\d\d))?"
        rf"(?:(?:{shape['range']}){weekday}(?:({months}) )?(\d{{1,2}}){suffix}(?!\d))?(?:,? ((?:19|20)\d\d))?"
    )


def find_dates(text: str, pack: Pack) -> list[DateRange]:
    """All dates of a lower-case text with plain typography, single days as ranges of one day."""
    if not _DIGIT.search(text):
        return []
    months: dict[str, int] = pack.data["dates"]["months"]
    found: list[DateRange] = []
    for match in _date_regex(pack).finditer(text):
        first_day, first_month, first_year, listed, last_day, month, year = match.groups()
        last_month = months[month]
        start_month = months[first_month] if first_month else last_month
        if not last_day and first_month and not listed:
            # "28 février" read twice: no second day, so the month group belongs to the first.
            continue
        days = [int(d) for d in re.findall(r"\d{1,2}", listed or "")]
        end_day = int(last_day) if last_day else (days[-1] if days else int(first_day))
        all_days = tuple((last_month, d) for d in (int(first_day), *days, end_day)) if days else ()
        found.append(
            DateRange(
                (start_month, int(first_day)),
                (last_month, end_day),
                int(year) if year else None,
                int(first_year) if first_year else None,
                match.span(),
                all_days,
            )
        )
    regex = _month_first_regex(pack)
    for match in regex.finditer(text) if regex else ():
        month, day, year1, month2, day2, year2 = match.groups()
        if any(a < match.end() and match.start() < b for a, b in (d.span for d in found)):
            continue
        first = months[month]
        last = months[month2] if month2 else first
        year = year2 or year1
        found.append(
            DateRange(
                (first, int(day)),
                (last, int(day2 or day)),
                int(year) if year else None,
                int(year1) if year1 and year2 else None,
                match.span(),
            )
        )
    for match in re.finditer(r"(?<![\d/])(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)(?![\d/])", text):
        day, month, year = match.groups()
        if 1 <= int(month) <= 12:
            place = (int(month), int(day))
            found.append(DateRange(place, place, int(year), None, match.span()))
    for match in re.finditer(r"(?<![\d-])((?:19|20)\d\d)-(\d\d)-(\d\d)(?![\d-])", text):
        year, month, day = match.groups()
        place = (int(month), int(day))
        found.append(DateRange(place, place, int(year), None, match.span()))
    return sorted((d for d in found if _is_date(d)), key=lambda d: d.span)


def _is_date(date: DateRange) -> bool:
    return all(1 <= month <= 12 and 1 <= day <= 31 for month, day in (date.start, date.end))


@cache
def _hours_regex(pack: Pack) -> re.Pattern[str]:
    shape = pack.data["hours"]
    hours = [shape["hour"].format(n=n) for n in (1, 2)]
    meridiem = shape["meridiem"]
    before, after = (rf"(?: ?(?P<p{n}>{meridiem}))?" if meridiem else "" for n in (1, 2))
    zone = rf"(?:,? ?\((?P<bracket>[^()]{{2,60}})\)|,? (?P<zone>{shape['zone']})(?!\w))?"
    return re.compile(
        rf"(?<![\d/.])(?:{shape['lead']}){hours[0]}{before}(?:{shape['range']}){hours[1]}{after}(?!\d){zone}"
    )


def find_hours(text: str, lowered: str, pack: Pack) -> Hours | None:
    """The first range of hours of a text (`lowered` is the same text in lower case)."""
    shape = pack.data["hours"]
    for match in _hours_regex(pack).finditer(_keep_zones(text, lowered)):
        groups = match.groupdict()
        if not (groups["m1"] or groups["m2"] or re.search(r"h|:", match[0])) and not groups.get(
            "p2"
        ):
            continue
        start = _time(groups["h1"], groups["m1"], groups.get("p1") or groups.get("p2"))
        end = _time(groups["h2"], groups["m2"], groups.get("p2"))
        if start is None or end is None:
            continue
        zone = groups["bracket"] or groups["zone"]
        span = match.span()
        if groups["bracket"] and not re.search(shape["zone_bracket"], groups["bracket"]):
            zone = None
        return Hours(start, end, zone.strip() if zone else None, span)
    return None


def _keep_zones(text: str, lowered: str) -> str:
    """Lower-case digits and hour words, but zones as printed: words of capitals stay."""
    return "".join(
        a if a.isupper() or a.istitle() else b for a, b in zip(text, lowered, strict=True)
    )


def _time(hour: str, minute: str | None, meridiem: str | None) -> datetime.time | None:
    value = int(hour)
    if meridiem:
        folded = meridiem.replace(".", "").replace(" ", "").lower()
        if folded.startswith("p") and value < 12:
            value += 12
        elif folded.startswith("a") and value == 12:
            value = 0
    return datetime.time(value, int(minute or 0)) if value < 24 and int(minute or 0) < 60 else None
