"""Putting a finished build in the place of the last one, in one step.

<warehouse>/.builds/<id>.partial/   being written
<warehouse>/.builds/<id>/           finished
<warehouse>/current                 symlink to the build that counts: renaming it is the switch
<warehouse>/parquet, idm.duckdb, build.json    symlinks through `current`, made once
"""

import shutil
from pathlib import Path

from flows.ground.files import rename_folder, sync
from flows.ground.problems import Problem, Refused

PARTS = ("parquet", "idm.duckdb", "build.json")


def check_places(warehouse: Path) -> None:
    """Refuses a warehouse in which something else stands where the links belong."""
    problems = [
        Problem(
            str(warehouse / name),
            None,
            "is in the place of a link to the current build, and was not made by this program.",
            "Move it away.",
        )
        for name in ("current", *PARTS)
        if (warehouse / name).exists() and not (warehouse / name).is_symlink()
    ]
    if problems:
        raise Refused(problems)


def finish(partial: Path) -> Path:
    """Makes a staged folder a finished build and returns its place."""
    name = partial.name.removesuffix(".partial")
    copies = 1
    folder = partial.with_name(name)
    while folder.exists():  # a build of this name that was damaged, and may be in use
        copies += 1
        folder = partial.with_name(f"{name}-{copies}")
    rename_folder(partial, folder)
    return folder


def switch(warehouse: Path, folder: Path) -> None:
    """Makes a finished build the current one, if it is not, then removes the others."""
    link(warehouse)
    if (warehouse / "current").resolve() != folder.resolve():
        _replace_link(warehouse / "current", Path(".builds") / folder.name)
        sync(warehouse)
    remove_unused(warehouse)


def remove_unused(warehouse: Path) -> None:
    """Removes every build but the current one."""
    current = (warehouse / "current").resolve()
    for folder in (warehouse / ".builds").iterdir():
        if folder.resolve() != current:
            shutil.rmtree(folder, ignore_errors=True)


def link(warehouse: Path) -> None:
    """Makes the links through `current`, where they are missing or point elsewhere."""
    for name in PARTS:
        target = Path("current") / name
        if not (warehouse / name).is_symlink() or (warehouse / name).readlink() != target:
            _replace_link(warehouse / name, target)


def _replace_link(path: Path, target: Path) -> None:
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    new.replace(path)
