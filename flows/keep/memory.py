"""The memory of normalising: recalls what is kept, keeps what is new, counts both."""

import json
from contextlib import suppress
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path

import pyarrow as pa

from flows.ground.problems import Problem
from flows.ground.rows import Joined, Kept
from flows.ground.source import Source
from flows.keep import program
from flows.keep.entries import Damaged
from flows.keep.form import from_bytes, to_bytes
from flows.keep.opened import Counts, opened
from flows.normalise import Understood
from flows.store.checked import ANEW
from flows.store.faults import Invalid
from schemas import Tables

_PROGRAM = f" {program.STARTED[:16]}"
_CHECKED = {True: "reference", False: "second"}


class Documents:
    """What was understood of documents, kept in a folder. `forget`: nothing is recalled from it."""

    def __init__(
        self, folder: Path, reference: Tables, forget: bool = False, counts: Counts | None = None
    ) -> None:
        self.counts = counts or Counts()
        self._entries = opened(folder, forget)
        tables = json.dumps(reference, sort_keys=True, default=str)
        self._base = [program.hash_of_normalising(), sha256(tables.encode()).hexdigest()]
        self._here: dict[str, Understood | Problem] = {}
        self._keys: dict[str, str] = {}  # by file name, of what has or gets an entry
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
            one = self._recalled(source, key)
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
            value, one = to_bytes(key, one)
            self._entries.stage(key, value)
            self._keys[source.file_name] = key
        except Invalid:  # the store says what is wrong
            self.counts.not_kept += 1
        self._here[key] = one
        return one

    def save(self) -> None:
        """Writes what is new."""
        self.counts.not_kept += self._entries.save()

    def stored(self, tables: Tables) -> None:
        """Notes that a build with these rows has passed the checks of the store, and removes what
        no build has used for long."""
        keys = dict.fromkeys(self._keys.values(), "")
        for row in tables["documents"]:
            file_name, document = str(row["file_name"]), str(row["document_id"])
            if file_name in self._keys and _is_as_kept(tables, document):
                note = _CHECKED[bool(row["is_reference"])]
                keys[self._keys[file_name]] = note + _PROGRAM
        with suppress(OSError):  # what is kept is a help, and no part of the warehouse
            self._entries.used(keys)
            self.counts.size += self._entries.size()


def _is_as_kept(tables: Tables, document: str) -> bool:
    """Whether nobody corrected or withdrew anything of what was kept of a document."""
    for name, rows in tables.items():
        if name not in ANEW:
            piece = rows.pieces.get(document) if isinstance(rows, Joined) else rows
            if piece and not isinstance(piece, Kept):
                return False
    return True
