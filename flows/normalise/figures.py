"""Numbers that the text states, in digits or words, with their hedges.

Dates, hours, ordinals, symbols of documents and numbers of objectives, panels or notes are none. A
number is a total of the session only where its sentence speaks of the session.
"""

import re
from dataclasses import dataclass
from functools import cache

from flows.normalise.dates import find_dates, find_hours
from flows.normalise.document import Document, Sentence
from flows.normalise.pack import Pack

_SESSION_SECTIONS = {"front_matter", "panels", "opening"}
_DIGIT = re.compile(r"\d")
_THOUSANDS = re.compile(r"(?<=\d)[ .,](?=\d{3}(?!\d))")


@dataclass(frozen=True)
class Figure:
    """A number; offsets are into the sentence and take in hedge and unit."""

    sentence: Sentence
    start: int
    end: int
    value: float
    unit: str | None
    qualifier: str
    measure: str
    rule: str


@cache
def _number_regex(pack: Pack) -> re.Pattern[str]:
    words = "|".join(
        sorted(
            (re.escape(w) for w in pack.numbers if w not in pack.data["numbers"]["weak"]),
            key=len,
            reverse=True,
        )
    )
    rounded = "|".join(sorted(map(re.escape, pack.rounded), key=len, reverse=True))
    multipliers = "|".join(
        sorted(map(re.escape, pack.data["numbers"]["multipliers"]), key=len, reverse=True)
    )
    return re.compile(
        rf"(?<![\w/])(?P<number>(?P<digits>{pack.figure_number})|(?P<rounded>{rounded})|(?P<word>(?:{words})(?:[ -](?:{words}))*)(?![\w-]))"
        rf"(?P<multiplier> (?:{multipliers})\b)?"
    )


def find_figures(document: Document) -> list[Figure]:
    """Figures of the running text, in order."""
    found: list[Figure] = []
    for sentence in document.running:
        section = document.sections[sentence.section].kind
        if section != "notes":
            found.extend(figures_of(sentence, section, document.pack))
    return found


def figures_of(sentence: Sentence, section: str, pack: Pack) -> list[Figure]:
    """Figures of one sentence that stands in a section of that kind."""
    plain, lowered = sentence.key, sentence.lowered
    if not _DIGIT.search(plain) and sentence.beginnings.isdisjoint(pack.number_beginnings):
        return []
    barred = [date.span for date in find_dates(lowered, pack)]
    if re.search(r"\d ?(?:h|:)", lowered):
        hours = find_hours(sentence.folded, lowered, pack)
        if hours:
            barred.append(hours.span)
    barred += [m.span() for m in pack.explicit_objectives.finditer(lowered)]
    barred += [m.span() for m in pack.symbol.finditer(sentence.folded)]
    barred += [m.span() for m in pack.clock.finditer(lowered)]
    figures: list[Figure] = []
    taken = 0
    for match in _number_regex(pack).finditer(plain):
        start, end = match.span()
        if any(a < end and start < b for a, b in barred) or (figures and start < taken):
            continue
        before, after = plain[:start], plain[end:]
        percent = re.match(rf" ?(?:{pack.percent.pattern})", lowered[end:])
        if match["digits"]:
            if pack.not_before.search(before[-48:]) or (
                pack.not_after.match(after) and not percent
            ):
                continue
            if re.search(r"[\w/]-?$", before[-2:]) and not before.endswith(
                (" ", "(", "'", "«", "–")
            ):
                continue
            if (
                pack.year.match(match["digits"])
                and not match["multiplier"]
                and not percent
                and not pack.countable.match(after.lstrip())
            ):
                continue
            if re.match(r"\)", after) and re.search(r"(?:^|[\s(])$", before):
                continue
            if start == 0 and re.match(r"[.)]", after):
                continue
        value = _value(match, pack)
        if value is None:
            continue
        unit_start, unit_end = _unit(plain, end, pack)
        if percent:
            unit_start, unit_end = (
                end + (len(percent[0]) - len(percent[0].lstrip())),
                end + percent.end(),
            )
        countable = unit_start < unit_end and bool(
            pack.countable.match(plain[unit_start:]) or pack.plural.match(plain[unit_start:])
        )
        if not match["digits"] and not percent and not match["multiplier"] and not countable:
            continue
        unit = sentence.text[unit_start:unit_end] or None
        qualifier, q_start = _qualifier(lowered, start, pack)
        if match["rounded"]:
            qualifier = "about"
        measure = _measure(plain, start, unit_start, percent is not None, section, pack)
        if measure == "government_share":
            value = round(value / 100, 6)
        text_end = taken = unit_end if unit_end > end else end
        figures.append(
            Figure(
                sentence,
                q_start,
                text_end,
                value,
                unit,
                qualifier,
                measure,
                f"{pack.language}.figure.{measure}",
            )
        )
    return figures


def _value(match: re.Match[str], pack: Pack) -> float | None:
    decimal = pack.data["numbers"]["decimal"]
    if match["digits"]:
        digits = match["digits"]
        whole = (
            _THOUSANDS.sub("", digits)
            if decimal == "," or digits.count(",")
            else digits.replace(" ", "")
        )
        if decimal == ",":
            whole = whole.replace(",", ".")
        else:
            whole = _THOUSANDS.sub("", digits)
        try:
            value = float(whole.replace(" ", ""))
        except ValueError:
            return None
    elif match["rounded"]:
        value = float(pack.rounded[match["rounded"]])
    else:
        words = pack.numbers
        if match["word"] in words:
            value = float(words[match["word"]])
        else:
            total = 0
            for part in re.split(r"[ -]", match["word"]):
                number = words.get(part)
                if number is None:
                    return None
                total = total * number if number in (100, 1000) and total else total + number
            value = float(total)
    if match["multiplier"]:
        value *= pack.data["numbers"]["multipliers"][match["multiplier"].strip()]
    return value


def _unit(plain: str, end: int, pack: Pack) -> tuple[int, int]:
    """Range of the noun that the number counts, with what belongs to it."""
    match = re.match(r" (?:de |d'|des |of |de los |de las )?", plain[end:])
    if not match or re.match(r"(?:[,;.:)]|$)", plain[end + match.end() :]):
        return end, end
    start = end + match.end()
    if pack.countable.match(plain[start:]):
        found = pack.countable.match(plain[start:])
        assert found
        stop = start + found.end()
        more = re.match(r" (?:et|and|y|de|d'|of) ?(?:la |the )?[\w-]+", plain[stop:])
        if more and not re.match(
            r" (?:et|and|y) (?!orat|moder|speak|interv|panel|part|jour|day)", more[0]
        ):
            stop += more.end()
        return start, stop
    # One adjective may stand between: "deux grands thèmes".
    adjective = re.match(r"[\w-]+ ", plain[start:])
    if adjective and pack.countable.match(plain[start + adjective.end() :]):
        found = pack.countable.match(plain[start + adjective.end() :])
        assert found
        return start, start + adjective.end() + found.end()
    word = re.match(r"[^\W\d_][\w'-]*", plain[start:])
    return (start, start + word.end()) if word else (end, end)


def _qualifier(lowered: str, start: int, pack: Pack) -> tuple[str, int]:
    before = lowered[:start]
    for qualifier, pattern in pack.qualifiers.items():
        match = pattern.search(before[-40:])
        if match:
            return qualifier, start - (len(before[-40:]) - match.start())
    return "exact", start


def _measure(plain: str, start: int, unit: int, percent: bool, section: str, pack: Pack) -> str:
    if section not in _SESSION_SECTIONS and section != "synthesis":
        return "other"
    clause_start = max(plain.rfind(";", 0, start), 0)
    clause = plain[clause_start:]
    for measure, (shape, sentence) in pack.measures.items():
        if not shape.match(plain[unit:]):
            continue
        if section == "synthesis" and measure != "days":
            continue
        text = plain[start:] if measure in ("government_share",) else clause
        if sentence.search(text):
            return measure
    del percent
    return "other"
