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
    """Raises Refused when something else stands where a link of the warehouse belongs."""
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
    """Renames the folder `NAME.partial` of a build that is written, and returns its new path."""
    name = partial.name.removesuffix(".partial")
    copies = 1
    folder = partial.with_name(name)
    while folder.exists():  # a build of this name that was damaged, and may be in use
        copies += 1
        folder = partial.with_name(f"{name}-{copies}")
    rename_folder(partial, folder)
    return folder


def switch(warehouse: Path, folder: Path) -> None:
    """Makes a finished build the current one, in one step, then removes all other builds."""
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
    """Makes the links of a warehouse to the files of its current build, where they are missing."""
    for name in PARTS:
        target = Path("current") / name
        if not (warehouse / name).is_symlink() or (warehouse / name).readlink() != target:
            _replace_link(warehouse / name, target)


def _replace_link(path: Path, target: Path) -> None:
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    new.replace(path)
