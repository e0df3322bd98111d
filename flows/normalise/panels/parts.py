"""A panel, what its title is made of, and which panel other words mean."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from flows.ground.folding import fold_typography, key, lower
from flows.ground.fragment import Fragment
from flows.ground.span import Span
from flows.normalise.header.lines import Header
from flows.normalise.language.dates import find_dates
from flows.normalise.language.pack import Pack, number_of

# A paraphrase is a title when it is this close to it and this far from the next (0–100); measured
# on moderators' introductions: right titles 78–100, runners-up 49–57.
_CLOSE, _MARGIN = 75.0, 15.0
_SHORTEST_PARAPHRASE = 8
_WORD = re.compile(r"\w+")
_OPENING_QUOTE = re.compile(r"^[«“\"'‘][ \u00a0\u202f]?")
_CLOSING_QUOTE = re.compile(r"[ \u00a0\u202f]?[»”\"]\.?$")
_BEFORE_FIELD = re.compile(r"(?:[.;|(–—]|\s[-–—])\s*")


@dataclass(eq=False)
class Panel:
    """One panel, equal to itself alone.

    `span` is its range in the source, `passage` the index of its passage.
    `people` are ranges of clean text in which a line names its moderator or speakers: passage,
    start, end.
    """

    title: str
    span: Span
    rule: str
    passage: int
    day: int | None = None
    number: str | None = None
    label: str | None = None
    people: list[tuple[int, int, int]] = field(default_factory=list)

    @property
    def in_prose(self) -> bool:
        """Whether a sentence names it that says more of it."""
        return self.rule in ("panel.prose_clause", "panel.prose_quoted")


# ---------------------------------------------------------------- titles


def title_range(fragment: Fragment, start: int, pack: Pack) -> Span:
    """Range of a title from `start` on, as offsets into the clean text.

    Quotes, the final stop and brackets that name a moderator are left out.
    """
    folded, text = fragment.folded, fragment.text
    end = len(text)
    while start < end and text[start] in " \u00a0\u202f:–—-":
        start += 1
    inside = pack.panel_inside.search(lower(folded[start:]))
    if inside:
        end = start + inside.start()
    for cut in _BEFORE_FIELD.finditer(folded[start:end]):
        if pack.field_label.match(folded, start + cut.end()):
            end = start + cut.start()
            break
    end = _stripped(text, start, end)
    joint = pack.trailing_joint.search(folded, start, end)
    end = _stripped(text, start, joint.start()) if joint else end
    opening = _OPENING_QUOTE.match(text[start:end])
    closing = _CLOSING_QUOTE.search(text[start:end])
    if opening and closing:
        return start + opening.end(), start + closing.start()
    return start, end


def _stripped(text: str, start: int, end: int) -> int:
    """The end of a range without what may stand behind a title."""
    return start + len(text[start:end].rstrip(" .;,\u00a0\u202f(*_"))


def is_same(panel: Panel, other: Panel) -> bool:
    """Whether two panels are one: like titles on one day, or the same number and no title."""
    same_number = other.number is not None and panel.number == other.number
    same_day = panel.day is None or other.day is None or panel.day == other.day
    if not panel.title:
        return same_number and same_day
    alike = likeness(key(panel.title), key(other.title)) >= 80
    return alike and same_day and (same_number or panel.number is None)


def likeness(text: str, title: str) -> float:
    """How much of the shorter one's words the longer has, small words left out (0–100)."""
    wanted = _long_words(text[: len(title) + 60])
    have = _long_words(title)
    if not wanted or not have:
        return 0.0
    return max(fuzz.token_set_ratio(wanted, have), fuzz.token_sort_ratio(wanted, have))


def _long_words(text: str) -> str:
    return " ".join(word for word in _WORD.findall(text) if len(word) > 3)


# ---------------------------------------------------------------- days


def day_of_date(text: str, header: Header, pack: Pack) -> int | None:
    """The day of the session on which the date that a text prints first falls."""
    dates = find_dates(lower(fold_typography(text)), pack)
    if not dates or header.start_date is None:
        return None
    resolved = dates[0].dates(header.start_date.year)
    if resolved is None or resolved[0] != resolved[1]:
        return None
    return _day_number(resolved[0], header)


def _day_number(date: datetime.date, header: Header) -> int | None:
    """1 for the first day of the session; None outside it."""
    if header.start_date is None or header.end_date is None:
        return None
    if header.listed_days:
        return header.listed_days.index(date) + 1 if date in header.listed_days else None
    is_inside = header.start_date <= date <= header.end_date
    return (date - header.start_date).days + 1 if is_inside else None


# ---------------------------------------------------------------- which panel is meant


def mentioned_panels(
    text_key: str, panels: Sequence[Panel], pack: Pack, day: int | None = None
) -> list[Panel]:
    """Panels that a sentence (as a key) names by number, by rank or by a paraphrase of the title.

    `day` is that of the sentence, if it is known: numbers and ranks count within a day.
    """
    found = (
        _by_number(text_key, panels, pack, day)
        or _by_rank(text_key, panels, pack, day)
        or [
            panel
            for match in pack.panel_link.finditer(text_key)
            if (panel := _by_paraphrase(match["title"], panels))
        ]
    )
    return list(dict.fromkeys(found))


def _by_number(text_key: str, panels: Sequence[Panel], pack: Pack, day: int | None) -> list[Panel]:
    found = []
    for match in pack.panel_numbered.finditer(text_key):
        same = [
            panel
            for panel in panels
            if panel.number is not None
            and _is_number(panel.number, match["number"], pack)
            and (day is None or panel.day in (None, day))
        ]
        if len(same) == 1:
            found.append(same[0])
    return found


def _is_number(number: str, wanted: str, pack: Pack) -> bool:
    """Whether two numbers of panels are one, however they are written: "2", "II", "deux"."""
    if key(number) == wanted:
        return True
    is_letter = wanted.isalpha() and not set(wanted) <= set("ivx")
    value = None if is_letter else number_of(pack, wanted)
    return value is not None and number_of(pack, number) == value


def _by_rank(text_key: str, panels: Sequence[Panel], pack: Pack, day: int | None) -> list[Panel]:
    found: list[Panel] = []
    pool = [panel for panel in panels if day is None or panel.day == day] or panels
    for match in pack.panel_ordinal.finditer(text_key):
        rank = pack.ordinals.get(match["ordinal"])
        if rank is not None and pool and len(pool) >= rank:
            found.append(pool[rank - 1] if rank > 0 else pool[-1])
    return found


def _by_paraphrase(text: str, panels: Sequence[Panel]) -> Panel | None:
    """The panel whose title a paraphrase means; None without a clear margin over the next."""
    if not panels or len(text) < _SHORTEST_PARAPHRASE:
        return None
    wanted = key(text)
    scored = sorted(
        ((likeness(wanted, key(panel.title)), -place) for place, panel in enumerate(panels)),
        reverse=True,
    )
    best, place = scored[0]
    second = scored[1][0] if len(scored) > 1 else 0.0
    return panels[-place] if best >= _CLOSE and best - second >= _MARGIN else None
