"""The memory of normalising: recalls what is kept, keeps what is new, counts both."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path

import pyarrow as pa

from flows.ground.problems import Problem
from flows.ground.rows import Joined, Kept
from flows.ground.source import Source
from flows.keep import program
from flows.keep.entries import Damaged, Entries
from flows.keep.form import from_bytes, to_bytes
from flows.normalise import Understood
from flows.store.checked import ANEW
from flows.store.faults import Invalid
from schemas import Tables

_PROGRAM = f" {program.STARTED[:16]}"
_CHECKED = {True: "reference", False: "second"}


@dataclass
class Counts:
    """How many documents a run recalled and how many it worked on; of the latter, how many had an
    entry that was damaged, and how many could not be kept. `size`: bytes of all that is kept."""

    recalled: int = 0
    normalised: int = 0
    damaged: int = 0
    not_kept: int = 0
    size: int = 0

    def __str__(self) -> str:
        told = f"{self.recalled:,} as kept, {self.normalised:,} normalised"
        if self.damaged:
            told += f" ({self.damaged:,} because what was kept was damaged)"
        if self.not_kept:
            told += f"; {self.not_kept:,} could not be kept"
        if self.size:
            told += f"; {self.size / 1e6:,.1f} MB are kept"
        return told


class Documents:
    """What was understood of documents, kept in a folder. `forget`: nothing is recalled from it.

    A process whose own files were changed since it was started recalls and keeps nothing: it is
    neither the program that it was nor the one that it will be.
    """

    def __init__(self, folder: Path, reference: Tables, forget: bool = False) -> None:
        self.counts = Counts()
        self._entries = Entries(folder)
        self._is_current = program.is_as_started()
        self._forget = forget or not self._is_current
        tables = json.dumps(reference, sort_keys=True, default=str)
        self._base = [program.hash_of_normalising(), sha256(tables.encode()).hexdigest()]
        self._here: dict[str, Understood | Problem] = {}
        self._keys: dict[str, str] = {}  # by file name, of what has or gets an entry
        self._new: dict[str, bytes] = {}
        checked = next(iter(self._entries.runs()), {})
        self._checked = {k: note for k, note in checked.items() if note.endswith(_PROGRAM)}

    def key_of(self, source: Source) -> str:
        """What stands for a source, the program and the reference tables."""
        facts = {
            **asdict(source),
            "text": sha256(source.text.encode()).hexdigest(),
            "path": None,  # as the user writes it: the rows do not depend on it
            "base": self._base,
        }
        return sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()

    def recall(self, source: Source) -> Understood | Problem | None:
        """What was understood of this very source before; None where that is not known."""
        key = self.key_of(source)
        if key not in self._here:
            one = None if self._forget else self._recalled(source, key)
            if one is None:
                self.counts.normalised += 1
                return None
            self.counts.recalled += 1
            self._keys[source.file_name] = key
            self._here[key] = one
        return self._here[key]

    def _recalled(self, source: Source, key: str) -> Understood | Problem | None:
        checked = self._checked.get(key, "")
        try:
            value = self._entries.read(key)
            if value is None:
                return None
            one = from_bytes(key, value, bool(checked), checked.startswith(_CHECKED[True]))
        except (Damaged, ValueError, KeyError, TypeError, pa.ArrowException):
            self.counts.damaged += 1
            return None
        return replace(one, file=source.path) if isinstance(one, Problem) else one

    def keep(self, source: Source, one: Understood | Problem) -> Understood | Problem:
        """The same, in the form in which it is recalled from now on."""
        key = self.key_of(source)
        try:
            self._new[key], one = to_bytes(key, one)
            self._keys[source.file_name] = key
        except Invalid:  # the store says what is wrong
            self.counts.not_kept += 1
        self._here[key] = one
        return one

    def save(self) -> None:
        """Writes what is new, all at once: a run that is refused is to leave nothing behind."""
        for key, value in self._new.items():
            if not (self._is_current and self._entries.write(key, value)):
                self.counts.not_kept += 1
        self._new.clear()

    def stored(self, tables: Tables) -> None:
        """Notes that a build with these rows has passed the checks of the store, and removes what
        no build has used for long."""
        keys = dict.fromkeys(self._keys.values(), "")
        for row in tables["documents"]:
            file_name, document = str(row["file_name"]), str(row["document_id"])
            if file_name in self._keys and _is_as_kept(tables, document):
                note = _CHECKED[bool(row["is_reference"])]
                keys[self._keys[file_name]] = note + _PROGRAM
        if self._is_current:
            # What is kept is a help, and no part of the warehouse.
            with suppress(OSError):
                self._entries.used(keys)
                self.counts.size = self._entries.size()


def _is_as_kept(tables: Tables, document: str) -> bool:
    """Whether nobody corrected or withdrew anything of what was kept of a document."""
    for name, rows in tables.items():
        if name not in ANEW:
            piece = rows.pieces.get(document) if isinstance(rows, Joined) else rows
            if piece and not isinstance(piece, Kept):
                return False
    return True
