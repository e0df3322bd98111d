"""Writing so that whoever looks sees the old state or the new one, whole, whatever happens."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.ground.problems import MAY_PASS, Problem, Refused, Unavailable, Unwritable


@contextmanager
def staged(parent: Path, name: str) -> Iterator[Path]:
    """An empty folder `<parent>/<name>.partial` to write into, gone again unless it was renamed.

    `parent` is made if need be, and what killed runs left in it is removed.
    """
    parent.mkdir(exist_ok=True)
    for leftover in parent.glob("*.partial"):
        shutil.rmtree(leftover)
    folder = parent / f"{name}.partial"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def rename_folder(folder: Path, to: Path) -> None:
    """Gives a folder another name in the same place, once all that is in it is on the disk.

    Raises FileExistsError when the name is taken.
    """
    if to.exists():
        raise FileExistsError(f"{to} exists")
    for path in sorted(folder.rglob("*"), reverse=True):
        sync(path)
    sync(folder)
    folder.rename(to)
    sync(to.parent)


def replace_file(file: Path, text: str) -> None:
    """Writes a file, or puts another in its place, in one step."""
    new = file.with_name(f".{file.name}.new")
    try:
        new.write_text(text, encoding="utf-8", newline="\n")
        sync(new)
        new.replace(file)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    sync(file.parent)


def sync(path: Path) -> None:
    """Waits until a file or folder is on the disk: a rename must not overtake its contents."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def unwritable(folder: Path, error: Exception) -> Refused:
    """What to say to the owner of a folder when writing there failed with `error`: Unavailable
    when that may pass, else Unwritable."""
    reason = " ".join((getattr(error, "strerror", None) or str(error)).split())
    what = f"cannot be written: {reason}."
    remedy = "Check the folder's permissions and the space left, or name another folder."
    passing = getattr(error, "errno", None) in MAY_PASS
    return (Unavailable if passing else Unwritable)([Problem(str(folder), None, what, remedy)])
