"""People who asked to be left out: their rows go, their names are masked.

A mask is as long as what it hides, so that every offset into a text stays valid. Names are found
whatever their case and accents, in any order of their parts, across the ends of lines; a family
name also where it stands alone. Ids are masked by their own letters: `-jeanne-exemple` becomes
`-xxxxxx-xxxxxxx`.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from pathlib import Path
from unicodedata import combining, normalize

import pyarrow.parquet as pq

from flows.normalise.text import slug
from flows.problems import Problem
from flows.reference import read_rows
from schemas import REFERENCE, TABLES, Column, Tables
from schemas.seeds import WITHDRAWALS

HIDDEN, HIDDEN_IN_ID = "█", "x"
_REFERENCES = {table.name for table in REFERENCE}
_BROKEN = r"[\u0300-\u036f]*(?:\u00ad|[-\u2010][^\S\n]*\n\s*)?"
_BETWEEN = r"[\s,.\-\u2010'’]{1,4}"
_ID = re.compile(r'[\[\]"a-z0-9._, -]+')


def read_withdrawals(file: Path) -> dict[str, int]:
    """The entities to be left out, with the lines that name them. Raises Refused."""
    return {str(row["entity_id"]): line for line, row in read_rows(WITHDRAWALS, file)}


def withdraw(tables: Tables, withdrawn: Collection[str]) -> tuple[Tables, dict[str, int]]:
    """The tables without these people; and how many rows of each table are gone.

    Rows go that are about them, and those that refer to such rows. The tables given stay as they
    are.
    """
    if not withdrawn:
        return tables, {}
    people = [row for row in tables["participants"] if row["kind"] == "person"]
    mask = Mask(_names([(str(row["entity_id"]), str(row["name"])) for row in people], withdrawn))
    kept: Tables = {}
    lost: dict[str, int] = {}
    gone: dict[str, set[object]] = {}
    for name, table in TABLES.items():
        stays = [
            row
            for row in tables[name]
            if not (row.get("kind") == "person" and row.get("entity_id") in withdrawn)
            and not any(
                row[column] in gone.get(target, ()) for column, target in table.references.items()
            )
        ]
        if len(stays) < len(tables[name]):
            left = {id(row) for row in stays}
            gone[name] = {row[table.key[0]] for row in tables[name] if id(row) not in left}
            lost[name] = len(tables[name]) - len(stays)
        kept[name] = stays
    for name in kept.keys() - _REFERENCES:
        texts = [column for column in TABLES[name].columns if column.type == "text"]
        kept[name] = [
            {**row, **{c.name: mask.value(c, row[c.name]) for c in texts}} for row in kept[name]
        ]
    return kept, lost


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
        )
        for entity, line in withdrawn.items()
        if entity not in known
    ]


def mask_of(withdrawn: Collection[str], release: Path) -> Callable[[str], str] | None:
    """What hides, in texts about an earlier release, the people that are left out by now."""
    if not withdrawn:
        return None
    people = pq.read_table(
        release / "parquet" / "participants.parquet",
        columns=["entity_id", "name"],
        filters=[("kind", "==", "person")],
    ).to_pylist()
    return Mask(_names([(row["entity_id"], row["name"]) for row in people], withdrawn))


def _names(people: Sequence[tuple[str, str]], withdrawn: Collection[str]) -> set[str]:
    """The names of those withdrawn: as participants, else as their ids have them."""
    names: set[str] = set()
    for entity in withdrawn:
        printed = {name for other, name in people if other == entity}
        names |= printed or {entity.replace("-", " ").title()}
    return names


class Mask:
    """Hides names, given as they are printed, in texts and ids."""

    def __init__(self, names: Iterable[str]) -> None:
        self._patterns = [pattern for name in sorted(names) for pattern in _patterns(name)]
        self._ids = [pattern for name in sorted(names) for pattern in _id_patterns(name)]

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
        for pattern in self._patterns:
            for match in pattern.finditer(folded):
                hidden = text[match.start() : match.end()]
                if any(c.isupper() for c in hidden):
                    mask = re.sub(r"[^\n]", HIDDEN, hidden)
                    text = text[: match.start()] + mask + text[match.end() :]
        return text

    def id(self, text: str) -> str:
        for pattern in self._ids:
            text = pattern.sub(lambda match: re.sub("[a-z0-9]", HIDDEN_IN_ID, match[0]), text)
        return text


def _patterns(name: str) -> list[re.Pattern[str]]:
    """What finds a name in a folded text: its parts together, or a family name by itself."""
    words = [word.strip(".,()") for word in name.split()]
    parts = [word for word in words if word[:1].isupper()]
    strong = parts[1:] or parts or words
    named, family = _any_of([*parts, *strong]), _any_of(strong)
    particles = [word for word in words if word not in parts]
    between = _BETWEEN
    if particles:
        between += f"(?:{_any_of(particles)}{_BETWEEN})*"
    whole = rf"(?<!\w)(?:{named}{between})*{family}(?:{between}{named})*(?!\w)"
    return [re.compile(whole)]


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
    words = [slug(word) for word in name.split() if word[:1].isupper()] or [slug(name)]
    forms = [slug(name), *(words[1:] or words)]
    return [re.compile(f"(?<![a-z0-9]){re.escape(form)}(?![a-z0-9])") for form in forms if form]


def _folded(text: str) -> str:
    """A text in lower case without accents, character by character: as long as it was."""
    return "".join(map(_folded_letter, text))


@cache
def _folded_letter(letter: str) -> str:
    return normalize("NFD", letter.casefold())[:1] or letter
