"""Which state of the code is running."""

import subprocess

from flows.ground.source import Commit
from flows.publish.release.about import PROJECT


def commit() -> Commit | None:
    """The commit that the project's folder is at; None when it is no repository of its own."""
    top = _git("rev-parse", "--show-toplevel")
    head = _git("log", "-1", "--format=%H %cs")
    if top != str(PROJECT) or not head:
        return None
    changed = "+" if _git("status", "--porcelain", "--untracked-files=no") else ""
    name, date = head.split()
    return Commit(name + changed, date)


def _git(*arguments: str) -> str | None:
    try:
        run = subprocess.run(
            ["git", "-C", str(PROJECT), *arguments], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return run.stdout.strip()
