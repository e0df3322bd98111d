"""The session that a document reports: series, year, ordinal, theme, dates, hours, place.

Header fields are recognised by their shape, never by their place; what no shape claims, between
the series and the type, is the theme. What the header leaves open is read from the sentences that
say that the session took place. Nothing is taken from a sentence about another session.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from flows.ground.folding import key
from flows.ground.span import Span
from flows.normalise.header.dates import read_dates
from flows.normalise.header.lines import LETTER, YEAR, Header, HeaderLine, header_lines, without
from flows.normalise.header.own import own_sentences
from flows.normalise.header.place import read_place
from flows.normalise.language.dates import find_dates, month_pattern
from flows.normalise.language.names import Names
from flows.normalise.language.pack import Pack, ordinal_of
from flows.normalise.structure.document import Document, Sentence

__all__ = ["FIRST_SENTENCES", "Header", "read_header"]

FIRST_SENTENCES = 14
"""How many of the running text are read for what the header leaves open."""

_QUOTES = ' «»“”"*_'
_NAME_SENTENCES = 6  # of these, the ones that may name the series
_MOST_SESSIONS, _MOST_SESSIONS_IN_TEXT = 6, 4  # a year; a higher ordinal counts something else
_WORD_BEFORE = re.compile(r"(?:^|\s)(?P<word>[\w.ªº°]+) $")
_SEPARATOR = re.compile(r"[,;|–—]")
_CLOSING_BRACKET = re.compile(r"\s*\)?")
_GOES_ON = re.compile(r" (?=[^\W\d_A-ZÀ-Þ])")
_LEADING_MARK = re.compile(r"^[:,.]\s*")


def read_header(document: Document, names: Names) -> Header:
    """The session fields of a document; its city and country are looked up among the names."""
    pack = document.pack
    header = Header()
    lines = header_lines(document)
    body = [s for s in document.running if s.passage >= 0][:FIRST_SENTENCES]
    own = own_sentences(body, pack)
    _series_and_type(lines, header, pack)
    if not header.is_of_series:
        header.is_of_series = any(pack.series.search(s.key) for s in body[:_NAME_SENTENCES])
    read_dates(lines, own, document.passages, header, pack)
    header.ordinal = _ordinal(lines, own, header.year, pack)
    _claim_sessions(lines, pack)
    header.modality = _modality_of_lines(lines, pack) or _modality_of_body(body, own, pack)
    read_place(lines, own, header, pack, names)
    _title(lines, body, header, pack)
    header.span = _span(document, lines, own)
    return header


def _span(document: Document, lines: Sequence[HeaderLine], own: Sequence[Sentence]) -> Span:
    """Source offsets of the header; of the first sentence on the session where there is none."""
    if lines:
        return lines[0].fragment.span()[0], lines[-1].fragment.span()[1]
    for sentence in (*own, *document.sentences):
        return sentence.span()
    for passage in document.passages:
        return passage.start, passage.end
    return 0, 0


# ---------------------------------------------------------------- series and type


def _series_and_type(lines: Sequence[HeaderLine], header: Header, pack: Pack) -> None:
    """Tells lines of the type, of the organisation and of the series, and sets what they give."""
    for line in lines:
        text = key(line.fragment.text)
        plain = text.strip(_QUOTES + "-–—:")
        document_type = _type_of(plain, pack)
        if document_type:
            line.role = "type"
            header.document_type = header.document_type or document_type
        elif any(pattern.fullmatch(plain) for pattern in pack.other_lines) or _counts_others(
            plain, pack
        ):
            line.role = "other"
        elif pack.series.search(text) and not (header.is_of_series and len(plain) > 120):
            header.is_of_series = True
            if header.year is None and not find_dates(line.fragment.lowered, pack):
                header.year = _year(line)
            _split_series_line(line, pack)
    _dates_of_issue(lines, pack)
    if header.year is None:
        years = [year for line in lines if line.is_of_series and (year := _year(line))]
        header.year = years[-1] if years else None


def _counts_others(plain: str, pack: Pack) -> bool:
    """Whether a line (as a key) is no more than a high ordinal with a session: "96th session"."""
    found = _high_session(pack).fullmatch(plain)
    return found is not None and (
        found["number"] is not None or pack.higher_ordinal.search(found["words"]) is not None
    )


@cache
def _high_session(pack: Pack) -> re.Pattern[str]:
    return re.compile(
        rf"(?:{pack.session_article.pattern})?"
        rf"(?:(?P<number>\d{{2,3}}[\w.ªº°]*) |(?P<words>.*[ -])\w+ )(?:\w+ )?"
        rf"{pack.session_noun}(?: .{{0,20}})?"
    )


def _dates_of_issue(lines: Sequence[HeaderLine], pack: Pack) -> None:
    """A date right below "Original: …" is that of the paper, where another line is dated, too."""
    dated = [line for line in lines if not line.role and find_dates(line.fragment.lowered, pack)]
    for above, line in pairwise(lines):
        if above.role == "other" and above.block == line.block and line in dated and dated[1:]:
            line.role = "other"


def _type_of(plain: str, pack: Pack) -> str | None:
    """The document type that a line (as a key) names, with hardly more than the series beside."""
    for pattern, value in pack.types:
        found = pattern.match(plain)
        if found and len(plain) - found.end() <= 40:
            rest = plain[found.end() :].strip(" -–—:*")
            if len(rest.split()) <= 4 or pack.series.search(rest):
                return value
    return None


def _year(line: HeaderLine) -> int | None:
    found = YEAR.search(line.fragment.folded)
    return int(found[0]) if found else None


@dataclass(frozen=True)
class _SeriesShapes:
    """What belongs to the name of the series: before it with or without an ordinal, behind it."""

    ordinal: re.Pattern[str]
    head: re.Pattern[str]
    tail: re.Pattern[str]


@cache
def _series_shapes(pack: Pack) -> _SeriesShapes:
    noun, year = pack.session_noun, r"(?:19|20)\d\d"
    session = (
        rf"(?:{pack.session_article.pattern})?(?:\w+ )?{noun}(?:{pack.session_link.pattern})? ?"
    )
    acronym = rf"(?: ?\((?:{pack.series_acronym.pattern})\))?"
    return _SeriesShapes(
        ordinal=re.compile(rf"(?:[\w.ªº°]+ )?{noun}\b.{{0,20}}$"),
        head=re.compile(rf"(?:{session})?(?:{pack.organisation.pattern}[ :–-]*)?$"),
        tail=re.compile(
            rf"{acronym}(?: ?(?:{pack.of_organisation.pattern}))?"
            rf"(?:[ ,:–-]*{pack.before_year.pattern}{year})?{acronym}"
            rf"(?: ?[–—,|:-] ?(?:[\w.ªº°]+ )?{noun}(?:{pack.date_joiner} {year})?"
            r"(?= ?(?:[–—,|:.(-]|$)))?"
        ),
    )


def _split_series_line(line: HeaderLine, pack: Pack) -> None:
    """Claims the series name with its ordinal and year; a theme behind a colon stays."""
    text = line.fragment.plain
    found = pack.series.search(text)
    if not found:
        line.role = "series"
        return
    shapes = _series_shapes(pack)
    before, (start, end) = text[: found.start()], found.span()
    word = _WORD_BEFORE.search(before)
    if head := shapes.ordinal.search(before):
        start = head.start()
    elif word and ordinal_of(pack, word["word"]):
        start = word.start("word")
    elif head := shapes.head.search(before):
        start = head.start()
    if tail := shapes.tail.match(text, end):
        end = tail.end()
    if LETTER.search(text[:start]) and _GOES_ON.match(line.fragment.folded, end):
        line.role = "phrase"
        return
    line.taken.append((start, end))
    rest = line.rest
    is_all = len(rest) < 6 or pack.organisation_alone.fullmatch(rest)
    line.role = "series" if is_all else "series+"


# ---------------------------------------------------------------- ordinal


@cache
def _ordinal_shape(pack: Pack) -> re.Pattern[str]:
    """ "deuxième session", "session 2", but not "session 2 mars" (key)."""
    noun, sign = pack.session_noun, pack.number_sign.pattern
    months = month_pattern(pack)
    return re.compile(
        rf"(?<!\w)(?P<ordinal>[\w.]+[ªº°]?) (?:{noun})\b"
        rf"|\b(?:{noun}) (?:{sign} ?)?(?P<number>\d|[iv]+)\b(?!\s*(?:{months}))"
    )


def _ordinal(
    lines: Sequence[HeaderLine], own: Sequence[Sentence], year: int | None, pack: Pack
) -> int | None:
    """Which session of the year it is: 1 for the first; None where nothing tells it."""
    for line in without(lines, "type", "other"):
        for _, value in _ordinals(key(line.fragment.text), pack):
            return value
    for sentence in own:
        printed = YEAR.search(sentence.folded)
        is_held = pack.held.search(sentence.key)
        if printed and year and int(printed[0]) != year and not is_held:
            continue
        for found, value in _ordinals(sentence.key, pack):
            around = sentence.key[max(0, found.start() - 12) : found.end() + 14]
            if value <= _MOST_SESSIONS_IN_TEXT and not pack.other_session.search(around):
                return value
    return None


def _claim_sessions(lines: Sequence[HeaderLine], pack: Pack) -> None:
    """Claims "première session :" before a theme, and lines that say no more than which it is."""
    for line in without(lines, "type", "other", "date"):
        plain = line.fragment.plain
        for found, _ in _ordinals(plain, pack):
            end = _session_end(pack).match(plain, found.end())
            if end and not LETTER.search(plain[: found.start()]):
                line.taken.append((0, end.end()))
                if not line.role and not LETTER.search(line.rest):
                    line.role = "series"


@cache
def _session_end(pack: Pack) -> re.Pattern[str]:
    """What ends the words for a session before a theme: a separator or the line's end."""
    year = rf"(?:[ ,:–—-]*{pack.before_year.pattern}(?:19|20)\d\d)?"
    return re.compile(rf"{year}(?: ?[:|–—.-] ?| ?$)")


def _ordinals(plain: str, pack: Pack) -> Iterator[tuple[re.Match[str], int]]:
    """Where a text (as a key) gives a session an ordinal, and its value."""
    for found in _ordinal_shape(pack).finditer(plain):
        number = found["number"] or ""
        value = ordinal_of(pack, found["ordinal"]) if found["ordinal"] else None
        if number.isdigit():
            value = int(number)
        is_higher = pack.higher_ordinal.search(plain, 0, found.start())
        if value and value <= _MOST_SESSIONS and not is_higher:
            yield found, value


# ---------------------------------------------------------------- modality


def _modality_of_lines(lines: Sequence[HeaderLine], pack: Pack) -> str | None:
    """The modality that the first line to name one gives; claims its words."""
    for line in without(lines, "type"):
        lowered = line.fragment.lowered
        for value, pattern in pack.modality:
            found = pattern.search(lowered)
            if not found or (not line.role and _is_in_theme(lowered, found, pack)):
                continue
            line.taken.append(_bracketed(lowered, found.span(), pack))
            label = pack.modality_label.match(lowered)
            if label:
                line.taken.append(label.span())
            if label or (not line.role and len(line.rest) < 4):
                line.role = "modality"
            return value
    return None


def _modality_of_body(body: Sequence[Sentence], own: Sequence[Sentence], pack: Pack) -> str | None:
    """The modality told by the sentences that say that the session was held, or who attended."""
    held = [s for s in own if pack.held.search(s.key)]
    _, attended = pack.measures["attended"]
    came = [s for s in body if s not in held and attended.search(s.key)]
    for sentence in (*held, *came):
        for value, pattern in pack.modality:
            if pattern.search(sentence.lowered):
                return value
    return None


def _is_in_theme(lowered: str, found: re.Match[str], pack: Pack) -> bool:
    """Whether the words are part of a theme ("migration et mobilité à distance")."""
    before, after = lowered[: found.start()], lowered[found.end() :]
    if before.rstrip().endswith("("):
        return False
    part = _SEPARATOR.split(before)[-1] + _SEPARATOR.split(after)[0]
    return (
        len(LETTER.findall(part)) > 16
        and not pack.modality_label.match(lowered)
        and not pack.venue.search(key(lowered))
    )


def _bracketed(lowered: str, span: Span, pack: Pack) -> Span:
    """The span with the brackets and separators that hold nothing else."""
    start, end = span
    before = pack.before_modality.search(lowered[:start])
    if before:
        start = before.start()
    closing = _CLOSING_BRACKET.match(lowered, end)
    if closing and "(" in lowered[start:end]:
        end = closing.end()
    return start, end


# ---------------------------------------------------------------- theme


def _title(
    lines: Sequence[HeaderLine], body: Sequence[Sentence], header: Header, pack: Pack
) -> None:
    """The theme: what no shape claimed; the largest run of such lines next to the series."""
    runs = _runs(lines, pack)
    if runs:
        series_at = next((n for n, line in enumerate(lines) if line.is_of_series), 0)
        after = [run for at, run in runs if at >= series_at] or [run for _, run in runs]
        after = [run for run in after if run[0].role != "phrase"] or after
        best = max(after, key=lambda run: min(sum(len(line.rest) for line in run), 60))
        header.title = _title_of(best, pack)
        header.unread = [
            line.fragment for _, run in runs if run is not best for line in run if not line.taken
        ]
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


def _runs(lines: Sequence[HeaderLine], pack: Pack) -> list[tuple[int, list[HeaderLine]]]:
    """Lines that may be the theme, each run with the index of its first line."""
    runs: list[tuple[int, list[HeaderLine]]] = []
    previous: HeaderLine | None = None
    for index, line in enumerate(lines):
        if not _is_free(line, pack):
            previous = None
            continue
        if previous and not line.is_of_series and _continues(previous, line):
            runs[-1][1].append(line)
        else:
            runs.append((index, [line]))
        previous = line
    return runs


def _is_free(line: HeaderLine, pack: Pack) -> bool:
    """Whether no shape has claimed the line, or not the whole of it."""
    return (
        line.role in ("", "series+", "phrase")
        and len(LETTER.findall(line.rest)) >= 6
        and not pack.filler.fullmatch(key(line.rest))
    )


def _continues(previous: HeaderLine, line: HeaderLine) -> bool:
    return (
        previous.block == line.block
        or previous.fragment.text.rstrip().endswith((":", ",", "-", "–"))
        or line.fragment.text[:1].islower()
    )


def _title_of(run: Sequence[HeaderLine], pack: Pack) -> str:
    """The theme of a run of lines, without label, emphasis and quotation marks."""
    parts = []
    for line in run:
        label = pack.theme_label.match(line.fragment.lowered)
        text = line.rest if line.taken else line.fragment.text
        parts.append(text[label.end() if label else 0 :].strip())
    title = _LEADING_MARK.sub("", " ".join(parts).strip(" *_–—-"))
    if len(title) > 1 and title[0] in '«“"' and title[-1] in '»”"':
        title = title[1:-1].strip(" \u00a0\u202f")
    return title
