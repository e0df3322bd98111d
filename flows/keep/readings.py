"""What readers made of files, kept: reading a PDF takes longer than all that comes after."""

import json
import zlib
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from flows.ground.source import Note
from flows.ingest import Reading
from flows.keep import program
from flows.keep.entries import Damaged
from flows.keep.opened import Counts, opened


class Readings:
    """What was read of files, kept in a folder. `forget`: nothing is recalled from it.

    A file that was refused is read again by each run: whether it takes too long may depend on the
    machine. `counts` is told of entries that are damaged.
    """

    def __init__(self, folder: Path, counts: Counts, forget: bool = False) -> None:
        self._counts = counts
        self._entries = opened(folder, forget)
        self._program = program.hash_of_reading()
        self._used: dict[str, str] = {}

    def recall(self, suffix: str, data: bytes) -> Reading | None:
        """What was read of a file with these bytes before; None where that is not known."""
        key = self._key(suffix, data)
        try:
            value = self._entries.read(key)
            if value is None:
                return None
            given, text, pages, notes = json.loads(zlib.decompress(value))
            if given != key:
                raise Damaged(key)
            reading = Reading(text, pages, tuple(Note(**note) for note in notes))
        except (Damaged, ValueError, TypeError, zlib.error):
            self._counts.damaged += 1
            return None
        self._used[key] = ""
        return reading

    def keep(self, suffix: str, data: bytes, reading: Reading) -> None:
        """Takes what was read of a file, to be recalled from now on."""
        key = self._key(suffix, data)
        notes = [asdict(note) for note in reading.notes]
        value = json.dumps([key, reading.text, reading.pages, notes])
        self._entries.stage(key, zlib.compress(value.encode()))
        self._used[key] = ""

    def save(self) -> None:
        """Writes what is new, and removes what no build has used for long."""
        self._counts.not_kept += self._entries.save()
        with suppress(OSError):  # what is kept is a help, and no part of the warehouse
            self._entries.used(self._used)
            self._counts.size += self._entries.size()

    def _key(self, suffix: str, data: bytes) -> str:
        return sha256(f"{self._program} {suffix} {sha256(data).hexdigest()}".encode()).hexdigest()
