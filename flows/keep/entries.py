"""Values on the disk, a file each, that may be damaged or gone and are never half there.

<folder>/<first two digits of the key>/<key>   a value: MAGIC, SHA-256 of all that follows, it
<folder>/runs.json                             the keys that the last RUNS different builds used

Several processes may read and write at once: a file appears whole under its name, and which of
two writers came last makes no difference, since a key stands for one value.
"""

import fcntl
import json
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from flows.ground.files import replace_file

MAGIC = b"idm-kept-1\n"
RUNS = 5
"""An entry that none of so many different builds used is removed."""


class Damaged(Exception):
    """There is an entry, but not the one that was kept."""


class Entries:
    """The entries in a folder, which need not be there yet.

    With `recalls` false, only what was staged is read; with `keeps` false, nothing is written.
    """

    def __init__(self, folder: Path, *, recalls: bool = True, keeps: bool = True) -> None:
        self.folder = folder
        self._recalls, self._keeps = recalls, keeps
        self._staged: dict[str, bytes] = {}

    def read(self, key: str) -> bytes | None:
        """The value of a key, None where there is none. Raises Damaged."""
        if key in self._staged:
            return self._staged[key]
        if not self._recalls:
            return None
        try:
            content = self._file(key).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise Damaged(str(error)) from error
        value = content[len(MAGIC) + 32 :]
        if content[: len(MAGIC) + 32] != MAGIC + sha256(value).digest():
            raise Damaged(key)
        return value

    def stage(self, key: str, value: bytes) -> None:
        """Takes a value, to be written by `save`."""
        self._staged[key] = value

    def save(self) -> int:
        """Writes what was staged, all at once: a run that is refused is to leave nothing behind.

        Returns how many values could not be written.
        """
        staged = self._staged.items()
        lost = sum(not (self._keeps and self.write(key, value)) for key, value in staged)
        self._staged.clear()
        return lost

    def write(self, key: str, value: bytes) -> bool:
        """Keeps a value; False where the disk does not take it, which does no harm."""
        file = self._file(key)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=file.parent, suffix=".partial", delete=False) as new:
                try:
                    new.write(MAGIC + sha256(value).digest() + value)
                    new.close()
                    Path(new.name).replace(file)
                except BaseException:
                    Path(new.name).unlink(missing_ok=True)
                    raise
        except OSError:
            return False
        return True

    def runs(self) -> list[Mapping[str, str]]:
        """What the last builds used, the newest first, each key with a note on its use."""
        try:
            runs = json.loads((self.folder / "runs.json").read_text(encoding="utf-8"))
            return [{str(key): str(note) for key, note in run.items()} for run in runs]
        except (OSError, ValueError, AttributeError, TypeError):
            return []

    def size(self) -> int:
        """How many bytes all entries have."""
        size = 0
        for file in self.folder.glob("??/*"):
            with suppress(OSError):  # another process has just removed it
                size += file.stat().st_size
        return size

    def used(self, keys: Mapping[str, str]) -> None:
        """Notes which keys a build used, and removes what none of the last builds did.

        Raises OSError when the folder cannot be written.
        """
        if not self._keeps:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            others = [run for run in self.runs() if run.keys() != keys.keys()]
            runs = [dict(sorted(keys.items())), *others][:RUNS]
            replace_file(self.folder / "runs.json", json.dumps(runs, separators=(",", ":")))
            wanted = {key for run in runs for key in run}
            for file in self.folder.glob("??/*"):
                # What another process is just writing is written again by the next run.
                if file.name not in wanted and file.is_file():
                    file.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / key
