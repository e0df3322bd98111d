"""ZIP archives that have the same bytes for the same contents, on any machine."""

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple
from zipfile import ZipFile, ZipInfo

NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The first time that an archive can state, in place of the clock's."""


class Member(NamedTuple):
    """What was written into an archive."""

    bytes: int
    sha256: str


def add_member(archive: ZipFile, name: str, content: Iterable[bytes]) -> Member:
    """Writes a member piece by piece; stored, for builds of zlib deflate differently."""
    entry = ZipInfo(name, NO_TIME)
    entry.create_system = 3  # Unix, wherever it is made
    entry.external_attr = 0o644 << 16
    digest = sha256()
    size = 0
    with archive.open(entry, "w", force_zip64=True) as member:
        for piece in content:
            member.write(piece)
            digest.update(piece)
            size += len(piece)
    return Member(size, digest.hexdigest())
