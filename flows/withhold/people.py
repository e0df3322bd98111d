"""People who asked to be left out: their rows go, their names are masked.

A mask is as long as what it hides, so that every offset into a text stays valid. Names are found
whatever their case and accents, in any order of their parts, across the ends of lines; a family
name also where it stands alone. Ids are masked by their own letters: `-jeanne-exemple` becomes
`-xxxxxx-xxxxxxx`.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from unicodedata import combining, normalize

import pyarrow.parquet as pq

from flows.ground.folding import slug
from flows.ground.problems import Problem
from flows.inputs.reference import read_rows
from schemas import REFERENCE, TABLES, Column, Row, Tables
from schemas.seeds import WITHDRAWALS

HIDDEN, HIDDEN_IN_ID = "█", "x"
_REFERENCES = {table.name for table in REFERENCE}
_BROKEN = r"[\u0300-\u036f]*(?:\u00ad|[-\u2010][^\S\n]*\n\s*)?"
_BETWEEN = r"[\s,.\-\u2010'’]{1,4}"
_ID = re.compile(r'[\[\]"a-z0-9._, -]+')


def read_withdrawals(file: Path) -> dict[str, int]:
    """The entities to be left out, with the lines that name them. Raises Refused."""
    return {str(row["entity_id"]): line for line, row in read_rows(WITHDRAWALS, file)}


@dataclass(frozen=True)
class Withdrawn:
    """How many people were taken out, and how many rows of each table with them."""

    people: int = 0
    rows: Mapping[str, int] = field(default_factory=dict)


def withdraw(tables: Tables, withdrawn: Collection[str]) -> tuple[Tables, Withdrawn]:
    """The tables without these people, and what was taken out. The tables given stay as they are.

    Rows go that are about them, and rows that must refer to such a row; what may refer to one, and
    did, is NULL.
    """
    if not withdrawn:
        return tables, Withdrawn()
    mask = Mask(_names(tables["participants"], tables["mentions"], withdrawn))
    kept: dict[str, list[Row]] = {}
    gone: dict[str, set[object]] = {}
    found: set[object] = set()
    for name, table in TABLES.items():
        kept[name] = []
        for row in tables[name]:
            cut = {c for c, target in table.references.items() if row[c] in gone.get(target, ())}
            is_meant = row.get("kind") == "person" and row.get("entity_id") in withdrawn
            if is_meant:
                found.add(row["entity_id"])
            if is_meant or any(not table.column(column).nullable for column in cut):
                gone.setdefault(name, set()).add(row[table.key[0]])
            elif name in _REFERENCES:
                kept[name].append(row)
            else:
                kept[name].append(
                    {
                        column.name: None
                        if column.name in cut
                        else mask.value(column, row[column.name])
                        for column in table.columns
                    }
                )
    rows = {name: len(tables[name]) - len(kept[name]) for name in gone}
    return dict(kept), Withdrawn(len(found), rows)


def unknown(tables: Tables, withdrawn: dict[str, int], file: Path) -> list[Problem]:
    """The withdrawals of people who are in none of the tables."""
    known = {
        row["entity_id"]
        for name in ("participants", "mentions")
        for row in tables[name]
        if row["kind"] == "person"
    }
    return [
        Problem(
            str(file),
            line,
            f"no person in the documents is {entity}.",
            "Correct the id: it is that of participants.entity_id.",
            quotes=True,
        )
        for entity, line in withdrawn.items()
        if entity not in known
    ]


def mask_of(withdrawn: Collection[str], release: Path) -> Callable[[str], str] | None:
    """What hides, in texts about an earlier release, the people that are left out by now."""
    if not withdrawn:
        return None
    participants, mentions = (
        pq.read_table(release / "parquet" / f"{table}.parquet", columns=columns).to_pylist()
        for table, columns in (
            ("participants", ["kind", "entity_id", "name"]),
            ("mentions", ["kind", "entity_id"]),
        )
    )
    return Mask(_names(participants, mentions, withdrawn))


def _names(
    participants: Iterable[Row], mentions: Iterable[Row], withdrawn: Collection[str]
) -> set[str]:
    """The names of the people withdrawn: as participants, else as their ids have them."""
    names: dict[str, set[str]] = {}
    for row in participants:
        if row["kind"] == "person" and row["entity_id"] in withdrawn:
            names.setdefault(str(row["entity_id"]), set()).add(str(row["name"]))
    for row in mentions:
        if row["kind"] == "person" and row["entity_id"] in withdrawn:
            entity = str(row["entity_id"])
            names.setdefault(entity, {entity.replace("-", " ").title()})
    return set().union(*names.values())


class Mask:
    """Hides names, given as they are printed, in texts and ids."""

    def __init__(self, names: Iterable[str]) -> None:
        sorted_names = sorted(names)
        self._patterns = [_patterns(name) for name in sorted_names]
        self._ids = [pattern for name in sorted_names for pattern in _id_patterns(name)]

    def __call__(self, text: str) -> str:
        """A text or an id, whichever it looks like, without the names."""
        return self.id(text) if _ID.fullmatch(text) else self.text(text)

    def value(self, column: Column, value: object) -> object:
        """A value of a column of texts without the names."""
        if not isinstance(value, str):
            return value
        return self.id(value) if column.name.endswith("_id") else self.text(value)

    def text(self, text: str) -> str:
        folded = _folded(text)
        for whole, family, family_is_small in self._patterns:
            for match in whole.finditer(folded):
                start, end = match.span()
                spans = [found.span() for found in family.finditer(folded, start, end)]
                # In small letters it is another word, unless the name is written so.
                if family_is_small or any(_has_capital(text[low:high]) for low, high in spans):
                    text = text[:start] + re.sub(r"[^\n]", HIDDEN, match[0]) + text[end:]
        return text

    def id(self, text: str) -> str:
        for pattern in self._ids:
            text = pattern.sub(lambda match: re.sub("[a-z0-9]", HIDDEN_IN_ID, match[0]), text)
        return text


def _patterns(name: str) -> tuple[re.Pattern[str], re.Pattern[str], bool]:
    """What finds a name in a folded text, its parts together or a family name by itself; what finds
    the family name in it; and whether that has no capitals."""
    words = [word.strip(".,()") for word in name.split()]
    parts = [word for word in words if _has_capital(word)]
    strong = parts[1:] or parts or words
    named, family = _any_of([*parts, *strong]), _any_of(strong)
    particles = [word for word in words if word not in parts]
    between = _BETWEEN
    if particles:
        between += f"(?:{_any_of(particles)}{_BETWEEN})*"
    whole = rf"(?<!\w)(?:{named}{between}){{0,6}}{family}(?:{between}{named}){{0,6}}(?!\w)"
    return re.compile(whole), re.compile(family), not parts


def _any_of(words: Iterable[str]) -> str:
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(_word, longest_first))})"


def _word(word: str) -> str:
    """A word of a name in a folded text: a line may end in it, its accents may stand apart."""
    letters = []
    for letter in _folded(word):
        if letter in "'’":
            letters.append("['’]")
        elif letter in "-\u2010\u2011":
            letters.append(_BETWEEN)
        elif not combining(letter):
            letters.append(re.escape(letter))
    return _BROKEN.join(letters) + "[\u0300-\u036f]*"


def _id_patterns(name: str) -> list[re.Pattern[str]]:
    words = [slug(word) for word in name.split() if _has_capital(word)] or [slug(name)]
    forms = [slug(name), *(words[1:] or words)]
    return [re.compile(f"(?<![a-z0-9]){re.escape(form)}(?![a-z0-9])") for form in forms if form]


def _has_capital(text: str) -> bool:
    return any(map(str.isupper, text))


def _folded(text: str) -> str:
    """A text in lower case without accents, character by character: as long as it was."""
    return "".join(map(_folded_letter, text))


@cache
def _folded_letter(letter: str) -> str:
    return normalize("NFD", letter.casefold())[:1] or letter
