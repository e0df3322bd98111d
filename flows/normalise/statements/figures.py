"""Numbers that the text states, in digits or words, with their hedges.

A document comes in, its `Figure`s go out; `normalise` asks. Dates, hours, ordinals, symbols of
documents and numbers of objectives, panels or notes are none. A number is a total of the session
only where its sentence speaks of the session.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import cast

from flows.ground.span import Span, overlaps
from flows.normalise.header.own import of_others
from flows.normalise.language.dates import find_dates, find_hours
from flows.normalise.language.pack import Pack
from flows.normalise.structure.document import Document, Sentence
from schemas.kinds import Measure, Qualifier

_SESSION_SECTIONS = {"front_matter", "panels", "opening"}
_QUALIFIER = 40  # characters before a number in which its hedge is looked for
_CONTEXT = 48  # … and in which words may show that it is no figure
_DIGIT = re.compile(r"\d")
_THOUSANDS = {  # by the mark for decimals
    ",": re.compile(r"(?<=\d)[ .](?=\d{3}(?!\d))"),
    ".": re.compile(r"(?<=\d)[ ,](?=\d{3}(?!\d))"),
}
_HOUR = re.compile(r"\d ?(?:h|:)")
_GLUED = re.compile(r"[\w/]-?$")
_OPEN_BRACKET = re.compile(r"(?:^|[\s(])$")
_LIST_MARK = re.compile(r"[.)]")
_CELL_BEFORE, _CELL_BEHIND = re.compile(r"(?:^|\|) *$"), re.compile(r" *\|")
_CLAUSE_END = re.compile(r"(?:[,;.:)]|$)")
_ADJECTIVE = re.compile(r"[\w-]+ ")
_NOUN = re.compile(r"[^\W\d_][\w'-]*")


@dataclass(frozen=True)
class Figure:
    """A number that a sentence states.

    `start`:`end` is its range in the sentence's clean text, with hedge and unit; `value` is as
    stated, but a share of 1 where `measure` is a share. `unit` is what is counted, as printed.
    """

    sentence: Sentence
    start: int
    end: int
    value: float
    unit: str | None
    qualifier: Qualifier
    measure: Measure
    rule: str


def find_figures(document: Document) -> list[Figure]:
    """The figures of the running text of a document, in its order; notes are left out."""
    found: list[Figure] = []
    for sentence in document.running:
        section = document.sections[sentence.section].kind
        if section != "notes":
            found.extend(_figures_of(sentence, section))
    return found


def _figures_of(sentence: Sentence, section: str) -> list[Figure]:
    """Figures of one sentence that stands in a section of that kind."""
    pack, plain = sentence.pack, sentence.key
    if not sentence.holds(pack.number_mask) and not _DIGIT.search(plain):
        return []
    numbers = list(_number_pattern(pack).finditer(plain))
    if not numbers:
        return []
    barred = _barred(sentence)
    figures: list[Figure] = []
    end = 0
    for number in numbers:
        if number.start() < end or overlaps(number.span(), barred):
            continue
        read = _read(number, sentence, section)
        if read:
            figures.append(read)
            end = read.end
    return figures


@cache
def _number_pattern(pack: Pack) -> re.Pattern[str]:
    """Digits, an approximate word or number words, with a multiplier; matched on keys."""
    words = _any_of(word for word in pack.numbers if word not in pack.weak_numbers)
    rounded = _any_of(pack.rounded)
    multipliers = _any_of(pack.multipliers)
    return re.compile(
        rf"(?<![\w/])(?P<number>(?P<digits>{pack.figure_number})|(?P<rounded>{rounded})"
        rf"|(?P<word>(?:{words})(?:(?:{pack.number_joint})(?:{words}))*)(?![\w-])"
        r"(?P<units> \d{3}(?![\w.,]\d))?)"
        rf"(?P<multiplier> (?:{multipliers})\b)?"
    )


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, longer ones first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _barred(sentence: Sentence) -> list[Span]:
    """Ranges whose numbers are no figures: dates, hours, objectives, symbols of documents."""
    pack, lowered = sentence.pack, sentence.lowered
    barred = [date.span for date in find_dates(lowered, pack)]
    if _HOUR.search(lowered):
        hours = find_hours(sentence.folded, lowered, pack)
        if hours:
            barred.append(hours.span)
    for pattern, text in (
        (pack.explicit_objectives, lowered),
        (pack.symbol, sentence.folded),
        (pack.clock, lowered),
    ):
        barred += [match.span() for match in pattern.finditer(text)]
    return barred


def _read(number: re.Match[str], sentence: Sentence, section: str) -> Figure | None:
    """The figure that a number is, with its hedge, unit and measure; None where it is none."""
    pack, plain, lowered = sentence.pack, sentence.key, sentence.lowered
    start, end = number.span()
    percent = _percent(pack).match(lowered, end)
    if number["digits"] and not _counts(number, percent is not None, pack):
        return None
    value = _value(number, pack)
    if value is None or value > _LARGEST:
        return None
    unit_start, unit_end = percent.span("unit") if percent else _unit(plain, end, pack)
    counts_things = unit_start < unit_end and bool(
        pack.countable.match(plain[unit_start:]) or pack.plural.match(plain[unit_start:])
    )
    if not (number["digits"] or percent or number["multiplier"] or counts_things):
        return None
    qualifier, hedge_start = _qualifier(lowered, start, pack)
    measure = _measure(plain, start, unit_start, section, pack)
    if measure != "other" and any(a <= start < b for a, b in of_others(plain, pack)):
        measure = "other"
    return Figure(
        sentence,
        hedge_start,
        max(unit_end, end),
        round(value / 100, 6) if measure == "government_share" else value,
        sentence.text[unit_start:unit_end] or None,
        "about" if number["rounded"] else qualifier,
        measure,
        f"{pack.language}.figure.{measure}",
    )


@cache
def _percent(pack: Pack) -> re.Pattern[str]:
    return re.compile(rf" ?(?P<unit>{pack.percent.pattern})")


def _counts(number: re.Match[str], is_percent: bool, pack: Pack) -> bool:
    """Whether digits count something: they are no year, mark of a list, number of a document …"""
    plain, (start, end) = number.string, number.span()
    before, after = plain[:start], plain[end:]
    if pack.not_before.search(before[-_CONTEXT:]):
        return False
    if pack.not_after.match(after) and not is_percent:
        return False
    if _GLUED.search(before[-2:]):
        return False
    if after.startswith(")") and _OPEN_BRACKET.search(before):
        return False
    if start == 0 and _LIST_MARK.match(after):
        return False
    if _CELL_BEFORE.search(before) and _CELL_BEHIND.match(after):
        return False
    is_bare = not number["multiplier"] and not is_percent
    is_year = is_bare and pack.year.match(number["digits"])
    return not is_year or bool(pack.countable.match(after.lstrip()))


_LARGEST = 1e15  # above it a float tells whole numbers apart no more


def _value(number: re.Match[str], pack: Pack) -> float | None:
    """The value of a number, None where its words make none."""
    if number["digits"]:
        value: float | None = _value_of_digits(number["digits"], pack)
    elif number["rounded"]:
        value = float(pack.rounded[number["rounded"]])
    else:
        value = _value_of_words(number["word"], pack)
        if value is not None and number["units"]:  # "mil 500"
            value = value + float(number["units"]) if value % 1000 == 0 else None
    if value is not None and number["multiplier"]:
        value *= pack.multipliers[number["multiplier"].strip()]
    return value


def _value_of_digits(digits: str, pack: Pack) -> float:
    """The value of digits with marks for thousands and decimals."""
    return float(_THOUSANDS[pack.decimal].sub("", digits).replace(pack.decimal, "."))


def _value_of_words(words: str, pack: Pack) -> float | None:
    """The value of one number word or of several: "trois cent vingt"."""
    if words in pack.numbers:
        return float(pack.numbers[words])
    total = 0
    for word in re.split(pack.number_joint, words):
        value = pack.numbers.get(word)
        if value is None:
            return None
        total = total * value if value in (100, 1000) and total else total + value
    return float(total)


def _unit(plain: str, end: int, pack: Pack) -> Span:
    """Range of the noun that the number counts, with what belongs to it; empty without one."""
    link = pack.unit_link.match(plain, end)
    if not link or _CLAUSE_END.match(plain, link.end()):
        return end, end
    start = link.end()
    counted = pack.countable.match(plain, start)
    if counted:
        complement = pack.unit_complement.match(plain, counted.end())
        return start, (complement or counted).end()
    # One adjective may stand between: "deux grands thèmes".
    adjective = _ADJECTIVE.match(plain, start)
    counted = pack.countable.match(plain, adjective.end()) if adjective else None
    noun = counted or _NOUN.match(plain, start)
    return (start, noun.end()) if noun else (end, end)


def _qualifier(lowered: str, start: int, pack: Pack) -> tuple[Qualifier, int]:
    """The hedge before the number at `start`, and where it starts; "exact" without one."""
    context_start = max(0, start - _QUALIFIER)
    for qualifier, pattern in pack.qualifiers.items():
        hedge = pattern.search(lowered[context_start:start])
        if hedge:
            return cast(Qualifier, qualifier), context_start + hedge.start()
    return "exact", start


def _measure(plain: str, start: int, unit: int, section: str, pack: Pack) -> Measure:
    """What of the session a number totals, from its unit and its clause; "other" for nothing."""
    if section not in _SESSION_SECTIONS and section != "synthesis":
        return "other"
    clause = plain[max(plain.rfind(";", 0, start), 0) :]
    for measure, (of_unit, of_clause) in pack.measures.items():
        if section == "synthesis" and measure != "days":
            continue
        if not of_unit.match(plain[unit:]):
            continue
        if measure == "government_share":
            # Of several shares in a sentence the one that the words are about.
            found = any(m.start() <= unit < m.end() for m in of_clause.finditer(plain))
        else:
            found = of_clause.search(clause) is not None
        if found:
            return cast(Measure, measure)
    return "other"
