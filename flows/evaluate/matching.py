"""When two texts, names or rows are the same."""

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, time
from unicodedata import normalize

from flows.evaluate.labels import Label
from schemas import Row

_TYPOGRAPHIC = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u2018": "'"})
_ORDINAL = re.compile(r"^\W*(?:\d+|[ivxlc]+|[a-z])[.)]\s+", re.IGNORECASE)
_SAME_TEXT = 0.9


def letters(text: object) -> str:
    """Letters and digits alone, NFC and case-folded; "" for None."""
    return "" if text is None else re.sub(r"[\W_]+", "", normalize("NFC", str(text)).casefold())


def words(text: object) -> list[str]:
    """The words of a text, NFC and case-folded; apostrophes and hyphens part words."""
    return [] if text is None else re.findall(r"[^\W_]+", normalize("NFC", str(text)).casefold())


def heading_letters(heading: object) -> str:
    """`letters` of a heading without its number: `1. Title` and `Title` are the same."""
    return letters(_ORDINAL.sub("", str(heading)))


def comparable(value: object) -> object:
    """A value as it is compared: "" is None, dates and times are ISO texts (`09:00`), texts are
    NFC and case-folded with plain apostrophes and single spaces."""
    if isinstance(value, str):
        folded = normalize("NFC", value).translate(_TYPOGRAPHIC).casefold()
        return " ".join(folded.split()) or None
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, date):
        return value.isoformat()
    return value


def contains(outer: Sequence[str], inner: Sequence[str]) -> bool:
    """Whether the words `inner`, at least one, stand side by side in `outer`."""
    return bool(inner) and f" {' '.join(inner)} " in f" {' '.join(outer)} "


def same_actor(expected: object, found: object, people: Sequence[Label]) -> bool:
    """Whether two phrases name the same actor.

    Both empty: yes; one empty: no. Otherwise leading words of up to three letters (articles,
    prepositions, short honorifics) are left out, and then the phrases are equal, or one stands
    in the other, or both point to the same person of `people` (labels with `name` and
    `position`).
    """
    left, right = _actor(expected), _actor(found)
    if not left or not right:
        return left == right
    if contains(left, right) or contains(right, left):
        return True
    person = _person(left, people)
    return person is not None and person == _person(right, people)


def _actor(phrase: object) -> list[str]:
    found = words(phrase)
    for index, word in enumerate(found):
        if len(word) > 3:
            return found[index:]
    return found


def _person(phrase: list[str], people: Sequence[Label]) -> str | None:
    """The one person whom a phrase names, by surname or by (part of) the position."""
    meant = {
        str(person["name"])
        for person in people
        if contains(phrase, words(person["name"])[-1:])
        or _is_position(phrase, words(person.get("position")))
    }
    return meant.pop() if len(meant) == 1 else None


def _is_position(phrase: list[str], position: list[str]) -> bool:
    """Whether a phrase shortens a position: its words in their order, and enough of them."""
    remaining = iter(position)
    in_order = all(word in remaining for word in phrase)
    return in_order and (phrase[0] == position[0] or sum(len(word) > 3 for word in phrase) > 1)


@dataclass(frozen=True)
class Pairs:
    """Labels put together with rows one to one, the labels without a row, the rows without one."""

    both: list[tuple[Label, Row]]
    labels: list[Label]
    rows: list[Row]


LabelKey = Callable[[Label], Hashable]
RowKey = Callable[[Row], Hashable]


def pair(labels: Sequence[Label], rows: Sequence[Row], *rounds: tuple[LabelKey, RowKey]) -> Pairs:
    """Labels put together with rows whose keys are equal, one to one, the first with the first.

    Each round is a key of labels and a key of rows; what one round leaves over is tried in the
    next. A key that is None equals no other.
    """
    both: list[tuple[Label, Row]] = []
    open_labels, open_rows = list(labels), list(rows)
    for label_key, row_key in rounds:
        by_key: dict[Hashable, list[Row]] = {}
        for row in reversed(open_rows):
            by_key.setdefault(row_key(row), []).append(row)
        by_key.pop(None, None)
        unmatched: list[Label] = []
        for label in open_labels:
            candidates = by_key.get(label_key(label))
            if candidates:
                both.append((label, candidates.pop()))
            else:
                unmatched.append(label)
        open_labels = unmatched
        taken = {id(row) for _, row in both}
        open_rows = [row for row in open_rows if id(row) not in taken]
    return Pairs(both, open_labels, open_rows)


def pair_texts(labels: Sequence[Label], rows: Sequence[Row]) -> Pairs:
    """Labels and rows with the same `text`: equal in `letters`, else those that share at least
    nine tenths of their different words, the most similar first."""
    exact = pair(
        labels,
        rows,
        (lambda label: letters(label["text"]), lambda row: letters(row["text"])),
    )
    label_words = [frozenset(words(label["text"])) for label in exact.labels]
    row_words = [frozenset(words(row["text"])) for row in exact.rows]
    similar = sorted(
        (-overlap, left, right)
        for left, ours in enumerate(label_words)
        for right, theirs in enumerate(row_words)
        if (overlap := len(ours & theirs) / max(1, len(ours | theirs))) >= _SAME_TEXT
    )
    partner: dict[int, int] = {}
    for _, left, right in similar:
        if left not in partner and right not in partner.values():
            partner[left] = right
    return Pairs(
        exact.both + [(exact.labels[left], exact.rows[right]) for left, right in partner.items()],
        [label for left, label in enumerate(exact.labels) if left not in partner],
        [row for right, row in enumerate(exact.rows) if right not in partner.values()],
    )
