"""A folder as a destination, also one of a mounted disk or share.

A version is prepared in `.<version>.partial` and gets its name by a rename, once all is there.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.ground.files import rename_folder, replace_file, sync, unwritable
from flows.ground.lock import only_writer
from flows.ground.problems import Problem, Unavailable
from flows.publish.elsewhere.destination import BLOCK
from flows.publish.release.catalogue import CATALOGUE

NEW = ".new"


@contextmanager
def folder_destination(folder: Path) -> Iterator["Folder"]:
    """A folder to publish to, with other publishers kept out; made if only it is missing.

    Raises Unavailable when what it is on is not mounted or another run is writing there, and
    Refused when it cannot be written.
    """
    if not folder.absolute().parent.is_dir():
        what = f"cannot be made: there is no folder {folder.absolute().parent}."
        remedy = "Make it, or mount what it is to be on."
        raise Unavailable([Problem(str(folder), None, what, remedy)])
    with only_writer(folder):
        try:
            yield Folder(folder)
        except OSError as error:
            raise unwritable(folder, error) from error


class Folder:
    """See `flows.publish.elsewhere.destination.Destination`. Raises OSError where that says
    Refused."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = str(folder)

    def place(self, version: str) -> str:
        return version if (self.folder / version).exists() else f".{version}.partial"

    def files(self, place: str) -> dict[str, int]:
        root = self.folder / place
        for leftover in root.rglob(f".*{NEW}"):
            leftover.unlink()
        files = [path for path in root.rglob("*") if path.is_file()]
        return {path.relative_to(root).as_posix(): path.stat().st_size for path in files}

    def read(self, path: str, size: int) -> Iterator[bytes]:
        with (self.folder / path).open("rb") as file:
            while block := file.read(BLOCK):
                yield block

    def create(self, path: str, content: Iterator[bytes], size: int) -> bool:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_name(f".{file.name}{NEW}")
        try:
            with new.open("wb") as target:
                target.writelines(content)
            sync(new)
            new.rename(file)
        finally:
            new.unlink(missing_ok=True)
        return True

    def remove(self, path: str) -> None:
        file = self.folder / path
        file.unlink()
        if not any(file.parent.iterdir()):
            file.parent.rmdir()

    def finish(self, version: str) -> None:
        prepared = self.folder / f".{version}.partial"
        if not (self.folder / version).exists():
            rename_folder(prepared, self.folder / version)
        elif prepared.exists():
            shutil.rmtree(prepared)

    def read_catalogue(self) -> tuple[bytes | None, object]:
        file = self.folder / CATALOGUE
        return (file.read_bytes() if file.exists() else None), None

    def replace_catalogue(self, catalogue: bytes, seen: object) -> bool:
        replace_file(self.folder / CATALOGUE, catalogue.decode())  # nobody else writes here
        return True
