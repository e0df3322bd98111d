"""A release of a warehouse → the folder or bucket that somebody names."""

import os
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from flows.ground.problems import Problem, Refused
from flows.publish.elsewhere.destination import Destination
from flows.publish.elsewhere.folder import folder_destination
from flows.publish.elsewhere.send import is_listed, publish_elsewhere
from flows.publish.release.find import find_entry


def send(version: str, warehouse: Path, to: str, tell: Callable[[str], None]) -> bool:
    """Publishes a release at a destination, unless the catalogue there has it. Returns whether
    anything was sent. Raises Refused when it cannot be published, Unavailable when it may be
    later."""
    releases = warehouse / "releases"
    entry = find_entry(version, releases)
    if entry is None:
        what = f"There is no such release in {releases}."
        raise Refused([Problem(version, None, what, "`idm releases` lists them.")])
    with destination_of(to) as destination:
        if is_listed(entry, destination):
            return False
        return publish_elsewhere(entry, releases / version, destination, tell)


def destination_of(to: str) -> AbstractContextManager[Destination]:
    """The folder, or bucket of an `s3://` URL, to publish to. Raises Refused for anything else."""
    scheme = re.match(r"([a-z][a-z0-9+.-]+)://", to, re.IGNORECASE)
    if scheme is None:
        return folder_destination(Path(to))
    if scheme[1] != "s3":
        what = f"{scheme[1]}:// is no destination."
        remedy = "Name a folder, or s3://bucket/prefix."
        raise Refused([Problem("--to", None, what, remedy)])  # not shown: it may hold a secret
    # Only now: a folder needs no client.
    from flows.publish.elsewhere.bucket import bucket_destination

    return bucket_destination(to, os.environ)
