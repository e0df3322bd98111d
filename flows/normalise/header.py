"""The session that a document reports: series, year, ordinal, theme, dates, hours, place.

Header fields are recognised by their shape, never by their place; what no shape claims, between
the series and the type, is the theme. What the header leaves open is read from the sentences that
say that the session took place. Nothing is taken from a sentence about another session.
"""

import datetime
import re
from dataclasses import dataclass, field

from flows.normalise.dates import DateRange, find_dates, find_hours
from flows.normalise.document import Document, Sentence
from flows.normalise.gazetteer import Gazetteer, Match
from flows.normalise.pack import Pack, ordinal_of
from flows.normalise.text import Fragment, fold_typography, key

_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/])")
_QUOTES = ' «»“”"*_'
_FIRST_SENTENCES = 14


@dataclass
class Header:
    """What a document says of its session; None: not stated. Spans are source offsets."""

    year: int | None = None
    ordinal: int | None = None
    title: str | None = None
    title_span: tuple[int, int] | None = None
    document_type: str | None = None
    start_date: datetime.date | None = None
    end_date: datetime.date | None = None
    listed_days: tuple[datetime.date, ...] = ()
    start_time: datetime.time | None = None
    end_time: datetime.time | None = None
    timezone: str | None = None
    modality: str | None = None
    venue: str | None = None
    city: str | None = None
    country_code: str | None = None
    is_of_series: bool = False
    span: tuple[int, int] = (0, 0)
    date_span: tuple[int, int] | None = None


@dataclass
class _Line:
    fragment: Fragment
    block: int
    taken: list[tuple[int, int]] = field(default_factory=list)
    role: str = ""

    @property
    def rest(self) -> str:
        """What no shape has claimed, typography as printed."""
        text = self.fragment.text
        parts = []
        position = 0
        for start, end in sorted(self.taken):
            parts.append(text[position:start])
            position = max(position, end)
        parts.append(text[position:])
        joined = " ".join(p.strip(" ,;–—|-") for p in parts if p.strip(" ,;–—|-"))
        return joined.strip(" ,;–—|-")


def read_header(document: Document, places: Gazetteer, countries: Gazetteer) -> Header:
    """The session fields of a document. `places` knows cities, `countries` country names."""
    pack = document.pack
    header = Header()
    lines = _lines(document)
    if lines:
        header.span = (lines[0].fragment.span()[0], lines[-1].fragment.span()[1])
    body = [s for s in document.running if s.passage >= 0][:_FIRST_SENTENCES]
    _series_and_type(lines, header, pack)
    own = [s for s in body if _is_own(s, pack)]
    if not header.is_of_series:
        header.is_of_series = any(pack.series.search(s.key) for s in body[:6])
    _dates(lines, own, header, pack)
    _ordinal(lines, own, header, pack)
    _modality(lines, own, header, pack)
    _place(lines, own, header, pack, places, countries)
    _title(lines, body, header, pack)
    if header.span == (0, 0) and document.passages:
        first = own[0] if own else (document.sentences[0] if document.sentences else None)
        header.span = (
            first.span() if first else (document.passages[0].start, document.passages[0].end)
        )
    return header


def _lines(document: Document) -> list[_Line]:
    lines: list[_Line] = []
    block = 0
    for passage in document.passages:
        if passage.kind == "rule":
            block += 1
        if passage.kind != "header":
            continue
        if passage.gap_before:
            block += 1
        lines.append(_Line(passage.fragment, block))
    return lines


def _is_own(sentence: Sentence, pack: Pack) -> bool:
    """Whether a sentence says something of this session itself, not of another."""
    text = sentence.key
    other, held = pack.other_session.search(text), pack.held.search(text)
    if other and (held is None or other.start() < held.start()):
        return False
    return bool(
        pack.held.search(text)
        or (pack.series.search(text) and re.search(rf"\b{pack.session_noun}\b", text))
    )


def _series_and_type(lines: list[_Line], header: Header, pack: Pack) -> None:
    for line in lines:
        text = key(line.fragment.text)
        plain = text.strip(_QUOTES + "-–—:")
        if len(plain) != len(text):
            pass
        for pattern, value in pack.types:
            found = pattern.match(plain)
            if found and len(plain) - found.end() <= 40 and not line.role:
                rest = plain[found.end() :].strip(" -–—:*")
                if not rest or pack.series.search(rest) or len(rest.split()) <= 4:
                    line.role, header.document_type = "type", header.document_type or value
                    break
        if line.role:
            continue
        if any(re.fullmatch(pattern.pattern, plain) for pattern in pack.other_lines):
            line.role = "other"
            continue
        series = pack.series.search(text)
        if series and not (header.is_of_series and len(plain) > 120):
            folded = fold_typography(line.fragment.text)
            header.is_of_series = True
            years = _YEAR.findall(folded)
            if years and header.year is None and not find_dates(folded.lower(), pack):
                header.year = int(years[0])
            _split_series_line(line, pack, header)
    if header.year is None:
        for line in lines:
            if line.role.startswith("series"):
                years = _YEAR.findall(line.fragment.folded)
                if years:
                    header.year = int(years[0])


def _split_series_line(line: _Line, pack: Pack, header: Header) -> None:
    """Claims the series name with its ordinal and year; a theme behind a colon stays."""
    text = line.fragment.plain
    found = pack.series.search(text)
    if not found:
        line.role = "series"
        return
    start, end = found.span()
    head = re.compile(
        rf"(?:(?:la |le |l')?(?:\w+ )?{pack.session_noun}(?: d[eu]s?(?: l'| la| l)?| of the| del?| de la)? ?)?(?:oim[ :–-]*)?$"
    ).search(text[:start])
    lead = re.compile(rf"(?:[\w.ªº°]+ )?{pack.session_noun}\b.{{0,20}}$").search(text[:start])
    if (
        not lead
        and (first := re.search(r"(?:^|\s)(?P<word>[\w.ªº°]+) $", text[:start]))
        and ordinal_of(pack, first["word"])
    ):
        start = first.start("word")
    elif lead:
        start = lead.start()
    elif head:
        start = head.start()
    tail = re.match(
        rf"(?: ?\((?:idm|did|dim)\))?(?: ?(?:de l'oim|of iom|de la oim))?(?:[ ,:–-]*(?:de |en |del |of )?(?:l'annee |pour l'annee |the year |ano )?(?:19|20)\d\d)?(?: ?\((?:idm|did|dim)\))?(?: ?[–—,-] ?(?:[\w.ªº°]+ )?{pack.session_noun}(?: de (?:19|20)\d\d| (?:19|20)\d\d)?)?",
        text[end:],
    )
    if tail:
        end += tail.end()
    line.taken.append((start, end))
    rest = line.rest
    line.role = "series" if len(rest) < 6 else "series+"
    if re.fullmatch(r"(?i)(?:de )?l['’]?oim|iom|oim", rest.strip()):
        line.role = "series"


def _dates(lines: list[_Line], own: list[Sentence], header: Header, pack: Pack) -> None:
    found: list[tuple[DateRange, Fragment]] = []
    for line in lines:
        if line.role in ("type", "other"):
            continue
        lowered = line.fragment.lowered
        dates = find_dates(lowered, pack)
        if dates and line.role == "series+" and not dates[0].year and header.year is None:
            dates = dates[:1]
        for date in dates:
            line.taken.append(_with_lead(lowered, date.span, pack))
            found.append((date, line.fragment))
        if dates and not line.role:
            line.role = "date"
        if header.start_time is None:
            hours = find_hours(line.fragment.folded, lowered, pack)
            if hours:
                header.start_time, header.end_time = hours.start, hours.end
                if hours.timezone:
                    position = line.fragment.folded.lower().find(hours.timezone.lower())
                    header.timezone = (
                        line.fragment.text[position : position + len(hours.timezone)]
                        if position >= 0
                        else hours.timezone
                    )
                line.taken.append(hours.span)
                line.role = line.role or "date"
    if header.start_time and header.timezone is None:
        for line in lines:
            zone = re.fullmatch(r" ?\((?P<zone>[^()]{2,60})\) ?", line.fragment.folded)
            if zone and not line.role and pack.time_zone.match(zone["zone"]):
                header.timezone = line.fragment.text.strip()[1:-1].strip()
                line.role = "date"
    in_body: list[tuple[DateRange, Fragment]] = []
    for sentence in own:
        held = pack.held.search(sentence.key)
        for date in find_dates(sentence.lowered, pack):
            if held or not in_body:
                in_body.append((date, sentence.fragment))
        if in_body:
            if header.start_time is None:
                hours = find_hours(sentence.folded, sentence.lowered, pack)
                if hours:
                    header.start_time, header.end_time, header.timezone = (
                        hours.start,
                        hours.end,
                        hours.timezone,
                    )
            break
    candidates = found or in_body
    if not candidates:
        return
    # Several dates in the header: day by day they are one meeting, its first to its last day.
    year = next((d.year for d, _ in candidates if d.year), None) or header.year
    if year is None:
        year = next((d.year for d, _ in in_body if d.year), None)
    ranges = [(r, d, f) for d, f in candidates if (r := d.dates(year)) is not None]
    if not ranges:
        return
    first, last = ranges[0][0]
    for (start, end), _, _ in ranges[1:]:
        if found and abs((start - last).days) <= 4:
            first, last = min(first, start), max(last, end)
    header.start_date, header.end_date = first, last
    date, fragment = ranges[0][1], ranges[0][2]
    if date.days:
        listed = [datetime.date(last.year, m, d) for m, d in date.days]
        header.listed_days = tuple(dict.fromkeys(listed))
    header.date_span = fragment.span(*date.span)
    if header.year is None:
        header.year = first.year


def _with_lead(lowered: str, span: tuple[int, int], pack: Pack) -> tuple[int, int]:
    start, end = span
    lead = re.search(
        r"(?:qui (?:se tiendra|aura lieu|s'est tenue?)[^,]{0,40}?|que tendra lugar[^,]{0,40}?)$",
        lowered[:start],
    )
    return (lead.start() if lead and len(lead[0]) < 24 else start), end


def _ordinal(lines: list[_Line], own: list[Sentence], header: Header, pack: Pack) -> None:
    noun = pack.session_noun
    pattern = re.compile(
        rf"\b(?P<ordinal>[\w.]+[ªº°]?) (?:{noun})\b|\b(?:{noun}) (?:n ?[°o] ?)?(?P<number>\d|[iv]+)\b(?!\s*(?:janv|fevr|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec))"
    )
    for line in lines:
        if line.role in ("type", "other"):
            continue
        for found in pattern.finditer(key(line.fragment.text)):
            value = _ordinal_value(found, pack)
            if value:
                header.ordinal = value
                return
    for sentence in own:
        text = sentence.key
        year = _YEAR.search(sentence.folded)
        if year and header.year and int(year[0]) != header.year and not pack.held.search(text):
            continue
        for found in pattern.finditer(text):
            if pack.other_session.search(text[max(0, found.start() - 12) : found.end() + 14]):
                continue
            value = _ordinal_value(found, pack)
            if value and value <= 4:
                header.ordinal = value
                return


def _ordinal_value(found: re.Match[str], pack: Pack) -> int | None:
    groups = found.groupdict()
    if groups.get("ordinal"):
        value = ordinal_of(pack, groups["ordinal"])
        return value if value and value <= 6 else None
    number = groups.get("number") or ""
    return int(number) if number.isdigit() and 1 <= int(number) <= 6 else None


def _modality(lines: list[_Line], own: list[Sentence], header: Header, pack: Pack) -> None:
    for line in lines:
        if line.role == "type":
            continue
        lowered = line.fragment.lowered
        for value, pattern in pack.modality:
            found = pattern.search(lowered)
            if not found:
                continue
            if line.role == "" and not _in_brackets(lowered, found):
                # A theme may hold the word ("migration et mobilité à distance").
                part = (
                    re.split(r"[,;|–—]", lowered[: found.start()])[-1]
                    + re.split(r"[,;|–—]", lowered[found.end() :])[0]
                )
                others = len(re.findall(r"[^\W\d_]", part))
                if (
                    others > 16
                    and not pack.labels["modality"].match(lowered)
                    and not pack.venue.search(key(lowered))
                ):
                    continue
            header.modality = header.modality or value
            line.taken.append(_bracketed(lowered, found.span()))
            label = pack.labels["modality"].match(lowered)
            if label:
                line.taken.append(label.span())
                line.role = "modality"
            if not line.role and len(line.rest) < 4:
                line.role = "modality"
            return
    for sentence in own:
        for value, pattern in pack.modality:
            if pattern.search(sentence.lowered) and pack.held.search(sentence.key):
                header.modality = value
                return


def _in_brackets(lowered: str, found: re.Match[str]) -> bool:
    return lowered[: found.start()].rstrip().endswith("(")


def _bracketed(lowered: str, span: tuple[int, int]) -> tuple[int, int]:
    """The span with the brackets and separators that hold nothing else."""
    start, end = span
    before = re.search(
        r"(?:[,;–—-]\s*)?(?:\(|\ben |\bformat |\bsession |\bmode |, )*\s*$", lowered[:start]
    )
    if before:
        start = before.start()
    after = re.match(r"\s*\)?", lowered[end:])
    if after and "(" in lowered[start:end]:
        end += after.end()
    return start, end


def _place(
    lines: list[_Line],
    own: list[Sentence],
    header: Header,
    pack: Pack,
    places: Gazetteer,
    countries: Gazetteer,
) -> None:
    online = header.modality == "online"
    for line in lines:
        if line.role in ("type", "other", "series"):
            continue
        label = pack.labels["place"].match(line.fragment.lowered)
        if label:
            line.taken.append(label.span())
        rest = line.rest
        if len(rest) < 3:
            continue
        venue_word = pack.venue.search(key(rest))
        city = _city(rest, places)
        country = countries.find(fold_typography(rest))
        dated = line.role == "date"
        is_place = bool(
            label
            or (
                venue_word
                and len(rest) < 140
                and (city or dated or _capitalised(rest))
                and not rest.endswith("?")
            )
            or (dated and (city or country) and len(rest) < 120)
            or (city and len(rest) < 60 and _only_place(rest, city, country))
        )
        if not is_place or (line.role == "series+" and not venue_word):
            continue
        line.role = line.role if line.role in ("date", "series+") else "venue"
        line.taken.append((0, len(line.fragment)))
        if online:
            return
        name = _venue_name(rest, city, country, bool(venue_word))
        header.venue = header.venue or name
        if city and not header.city:
            header.city, header.country_code = city[2], city[1]
        if country and not header.country_code:
            header.country_code = country[0].target
    if online or header.venue:
        return
    for sentence in own:
        if not pack.held.search(sentence.key):
            continue
        for pattern in (pack.venue_at, pack.held_at):
            for found in pattern.finditer(sentence.folded):
                groups = found.groupdict()
                city = _city(groups["city"] or "", places)
                if not city and not (groups.get("venue") and header.city):
                    continue
                if city and not header.city:
                    header.city, header.country_code = (
                        sentence.text[slice(*found.span("city"))],
                        city[1],
                    )
                if groups.get("venue"):
                    header.venue = sentence.text[slice(*found.span("venue"))].strip()
                return


def _city(text: str, places: Gazetteer) -> tuple[int, str, str] | None:
    """Offset, country and printed name of the first city that a text names."""
    for match in places.find(fold_typography(text)):
        return match.start, match.target, text[match.start : match.end]
    return None


def _capitalised(text: str) -> bool:
    return text.strip('«“"* ')[:1].isupper()


def _only_place(rest: str, city: tuple[int, str, str], country: list[Match]) -> bool:
    words = re.findall(r"[^\W\d_]+", rest)
    return len(words) <= 1 + len(city[2].split()) + (3 if country else 1)


def _venue_name(
    rest: str, city: tuple[int, str, str] | None, country: list[Match], venue_word: bool
) -> str | None:
    """The venue without modality, city and country that stand apart from it."""
    name = rest
    if city:
        parts = re.split(r"(, | [–—-] |\()", name)
        kept = []
        for part in parts:
            if key(city[2]) == key(part.strip(" ()")) or (
                key(city[2]) in key(part)
                and len(part.split()) <= len(city[2].split()) + 2
                and len(parts) > 1
                and not re.search(r"[a-z]{4,}", key(part).replace(key(city[2]), ""))
            ):
                continue
            kept.append(part)
        name = "".join(kept)
    bracket = re.search(r"\s*\(([^()]{0,60})\)?\s*$", name)
    if bracket and (not bracket[1].strip() or _named_only(bracket[1], city, country)):
        name = name[: bracket.start()]
    name = name.strip(" ,;:–—-|*_")
    if not name or (city and key(name) == key(city[2])) or (country and not venue_word):
        return None
    if not venue_word:
        return None
    return name


def _named_only(text: str, city: tuple[int, str, str] | None, country: list[Match]) -> bool:
    """Whether a bracket holds the city or country and nothing else."""
    return (city is not None and key(text) == key(city[2])) or any(
        key(text) == key(m.form) for m in country
    )


def _title(lines: list[_Line], body: list[Sentence], header: Header, pack: Pack) -> None:
    """The theme: what no shape claimed; the largest run of such lines next to the series."""
    runs: list[list[_Line]] = []
    previous: _Line | None = None
    for line in lines:
        free = (
            line.role in ("", "series+")
            and len(re.findall(r"[^\W\d_]", line.rest)) >= 6
            and not pack.filler.fullmatch(key(line.rest))
        )
        if not free:
            previous = None
            continue
        continues = previous is not None and (
            previous.block == line.block
            or previous.fragment.text.rstrip().endswith((":", ",", "-", "–"))
            or line.fragment.text[:1].islower()
        )
        if continues and line.role != "series+":
            runs[-1].append(line)
        else:
            runs.append([line])
        previous = line
    if runs:
        series_at = next((n for n, line in enumerate(lines) if line.role.startswith("series")), 0)
        after = [r for r in runs if lines.index(r[0]) >= series_at]
        best = max(after or runs, key=lambda run: min(sum(len(x.rest) for x in run), 60))
        parts = []
        for line in best:
            label = pack.labels["theme"].match(line.fragment.lowered)
            text = line.rest if line.taken else line.fragment.text
            if label:
                text = text[label.end() :]
            parts.append(text.strip())
        title = " ".join(parts).strip(" *_–—-")
        title = re.sub(r"^[:,.]\s*", "", title)
        if len(title) > 1 and title[0] in '«“"' and title[-1] in '»”"':
            title = title[1:-1].strip(" \u00a0\u202f")
        header.title = title
        header.title_span = (best[0].fragment.span()[0], best[-1].fragment.span()[1])
        return
    for sentence in body:
        for pattern in pack.themes:
            found = pattern.search(sentence.lowered)
            if found:
                start, end = found.span("theme")
                header.title = sentence.text[start:end].strip(" \u00a0\u202f.")
                header.title_span = sentence.span(start, end)
                return


def is_capitals(text: str) -> bool:
    """Whether a text is written in capitals throughout."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and all(c.isupper() for c in letters)
