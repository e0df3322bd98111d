"""Labels of a session's days: "Deuxième journée : …", "Jour 2 (4 mai)", "Mercredi 4 mai 2022"."""

import re
from functools import lru_cache

from flows.ground.folding import fold_typography, key, lower, same_length_key
from flows.normalise.language.dates import find_dates
from flows.normalise.language.pack import Pack, number_of, ordinal_of

_LONGEST_LABEL = 320  # characters looked at
_LONGEST_DATE = 160  # a longer line that starts with a date is a sentence
_NUMBER_BEFORE = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[A-H])[.)][ \u00a0]*(?=\D)")
_BRACKET_BEHIND = re.compile(r"[ ,]*(?:\([^)]*\))?[ ,]*")
_SEPARATOR = re.compile(r"[ ,]*[:.–—|(-]")
_SEPARATED = re.compile(r"[ ,]*(?:\([^)]*\)|[:.–—|-]|,|$)")
_BEFORE_THEME = re.compile(r"[ :.,–—|()-]+")


def _day_of(text: str, pack: Pack) -> int | None:
    """The day that a label such as "Deuxième journée" or "Jour 2" names."""
    found = pack.day_label.match(key(text).lstrip("-–— *_"))
    if not found:
        return None
    groups = found.groupdict()
    if groups.get("ordinal"):
        return ordinal_of(pack, groups["ordinal"])
    return number_of(pack, groups["number"]) if groups.get("number") else None


@lru_cache(maxsize=1024)
def day_label(text: str, pack: Pack) -> tuple[int | None, str] | None:
    """Day number (None where only a date is given) and the theme behind a label at the start.

    None where the text starts with no label of a day.
    """
    folded = fold_typography(text[:_LONGEST_LABEL]).strip("*_ -–—")
    number = _NUMBER_BEFORE.match(folded)
    folded = folded[number.end() if number else 0 :]
    found = pack.day_label.match(same_length_key(folded))
    if found:
        return _numbered_day(folded, found.end(), pack)
    dates = find_dates(lower(folded), pack)
    if not dates or len(folded) >= _LONGEST_DATE:
        return None
    first = dates[0]
    behind = folded[first.span[1] :]
    if first.span[0] > 2 or first.start != first.end:
        return None
    if behind.strip() and not _SEPARATOR.match(behind):
        return None
    return None, _theme(behind)


def _numbered_day(folded: str, end: int, pack: Pack) -> tuple[int, str] | None:
    """The day and theme of a text whose label ends at `end`; a date may stand between."""
    day = _day_of(folded, pack)
    if day is None:
        return None
    behind = folded[end:]
    rest = _BRACKET_BEHIND.sub("", behind, count=1)
    dates = find_dates(lower(rest), pack)
    if dates and dates[0].span[0] <= 4:
        rest = rest[dates[0].span[1] :]
    if rest and not _SEPARATOR.match(rest) and not _SEPARATED.match(behind):
        return None
    return day, _theme(rest)


def _theme(text: str) -> str:
    found = _BEFORE_THEME.match(text)
    return text[found.end() if found else 0 :].strip()
