"""A release of the warehouse → the same release elsewhere.

<destination>/<version>/     its files, each read back; SHA256SUMS first
<destination>/catalog.json   all releases there; replaced last, if nobody else has in the meantime

SHA256SUMS says what the other files of a version are. Whoever has put theirs there first owns the
version: another publisher either brings the same files or is refused. So an upload that was
interrupted is gone on with, and two at once can do each other no harm.

A withdrawal goes the other way round: the catalogue first, from then on the version is withdrawn,
then the tombstone, and the data last.
"""

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from flows.ground.problems import Problem, Refused
from flows.publish.elsewhere.destination import BLOCK, Destination
from flows.publish.release.catalogue import (
    CATALOGUE,
    Entry,
    FileEntry,
    catalogue_of,
    entries_of,
    files_of,
)
from flows.publish.release.checksums import NAME, differing_files
from flows.publish.release.edition import MANIFEST
from flows.publish.release.number import number

ATTEMPTS = 50
"""How often a catalogue is merged anew because another publisher was faster."""

TOLD_EVERY = 64 << 20
"""Bytes of one file after which a person is told how far it is."""

Tell = Callable[[str], None]


def is_listed(entry: Entry, destination: Destination) -> bool:
    """Whether the catalogue at a destination has that very release. It is entered there last, when
    every file has been read back."""
    return entry in _listed(destination)[0]


def publish_elsewhere(entry: Entry, folder: Path, destination: Destination, tell: Tell) -> bool:
    """Publishes a release, or its withdrawal, at a destination.

    `entry` and `folder` are those of the release in its warehouse; `tell` is given a line per
    file. Returns False when all was there already. Raises Refused when the release is damaged,
    the destination has another one of that version, or cannot be written.
    """
    _check_whole(entry, folder)
    if entry["status"] == "withdrawn":
        return _put_tombstone(entry, folder, destination, tell)
    return _put_release(entry, folder, destination, tell)


def _put_release(entry: Entry, folder: Path, destination: Destination, tell: Tell) -> bool:
    version = entry["version"]
    _merged(entry, _listed(destination)[0], destination.name)  # refused before anything is sent
    place = destination.place(version)
    there = destination.files(place)
    expected = {file["path"]: file for file in entry["files"]}
    right = {
        path
        for path, size in there.items()
        if path in expected and _is(destination, f"{place}/{path}", size, expected[path])
    }
    wrong = there.keys() - right
    if wrong and place == version:
        owned = [NAME] if NAME in wrong else sorted(wrong)
        raise Refused([_other(destination, f"{place}/{path}") for path in owned])
    for path in wrong:
        destination.remove(f"{place}/{path}")
    # SHA256SUMS first: it claims the version.
    ordered = sorted(expected, key=lambda path: (path != NAME, path))
    for count, path in enumerate(ordered, 1):
        told = f"{count}/{len(ordered)} {path}"
        tell(f"{told} (there already)" if path in right else f"{told} {_size(expected[path])}")
        if path not in right:
            _send(folder, expected[path], place, destination, tell)
    destination.finish(version)
    entered = _enter(entry, destination)
    return entered or bool(expected.keys() - right)


def _put_tombstone(entry: Entry, folder: Path, destination: Destination, tell: Tell) -> bool:
    version = entry["version"]
    place = destination.place(version)
    there = destination.files(place)
    listed = any(e["version"] == version for e in _listed(destination)[0])
    if not there and not listed:
        what = f"was withdrawn ({entry['reason']}), and {destination.name} has nothing of it."
        raise Refused([Problem(version, None, what, "Nothing is left to do.")])
    expected = {file["path"]: file for file in entry["files"]}
    manifest = f"{place}/{MANIFEST}"
    if MANIFEST in there and not _is(destination, manifest, there[MANIFEST], expected[MANIFEST]):
        raise Refused([_other(destination, manifest)])
    changed = _enter(entry, destination)
    for path, file in expected.items():
        if path in there:
            if _is(destination, f"{place}/{path}", there[path], file):
                continue
            destination.remove(f"{place}/{path}")
        _send(folder, file, place, destination, tell)
        changed = True
    for path in sorted(there.keys() - expected.keys()):
        tell(f"{path} removed")
        destination.remove(f"{place}/{path}")
        changed = True
    destination.finish(version)
    return changed


def _check_whole(entry: Entry, folder: Path) -> None:
    """Refuses a release whose files are not those of the catalogue: nothing damaged goes out."""
    differing = differing_files(folder)
    if not differing and files_of(folder) != entry["files"]:
        differing = [NAME]
    if differing:
        what = "is missing, changed, or not as the catalogue says."
        remedy = "`idm verify` says more; nothing was published."
        raise Refused([Problem(str(folder / path), None, what, remedy) for path in differing])


def _send(folder: Path, file: FileEntry, place: str, destination: Destination, tell: Tell) -> None:
    """Writes one file and reads it back."""
    path = f"{place}/{file['path']}"
    content = _content(folder / file["path"], file, tell)
    created = destination.create(path, content, file["bytes"])
    if _is(destination, path, file["bytes"], file):
        return
    if not created:
        raise Refused([_other(destination, path)])
    destination.remove(path)
    what = "was stored otherwise than it was sent, and is removed again."
    raise Refused([Problem(f"{destination.name}/{path}", None, what, "Publish again.")])


def _content(source: Path, file: FileEntry, tell: Tell) -> Iterator[bytes]:
    """The content of a file of the release, which must be what it was when it was checked."""
    digest, sent, told = sha256(), 0, 0
    try:
        with source.open("rb") as content:
            while block := content.read(BLOCK):
                digest.update(block)
                sent += len(block)
                if sent - told >= TOLD_EVERY:
                    told = sent
                    tell(f"    {sent / 1e6:,.0f} of {_size(file)}")
                yield block
    except OSError as error:
        what = f"cannot be read any more: {error.strerror}."
        raise Refused([Problem(str(source), None, what, "Publish again.")]) from error
    if digest.hexdigest() != file["sha256"]:
        what = "has changed while it was sent."
        raise Refused([Problem(str(source), None, what, "`idm verify` says more.")])


def _is(destination: Destination, path: str, size: int, file: FileEntry) -> bool:
    """Whether what is stored at a path is that file, by its size and hash."""
    if size != file["bytes"]:
        return False
    digest = sha256()
    for block in destination.read(path, size):
        digest.update(block)
    return digest.hexdigest() == file["sha256"]


def _enter(entry: Entry, destination: Destination) -> bool:
    """Brings a release into the catalogue of a destination. False when it was there already."""
    for _ in range(ATTEMPTS):
        listed, seen = _listed(destination)
        merged = _merged(entry, listed, destination.name)
        if merged == listed:
            return False
        catalogue = catalogue_of(merged).encode()
        if not destination.replace_catalogue(catalogue, seen):
            continue
        if entry in _listed(destination)[0]:
            return True
    what = "is replaced by other publishers again and again."
    where = f"{destination.name}/{CATALOGUE}"
    raise Refused([Problem(where, None, what, "Publish again when they have ended.")])


def _listed(destination: Destination) -> tuple[list[Entry], object]:
    catalogue, seen = destination.read_catalogue()
    if catalogue is None:
        return [], seen
    return entries_of(catalogue, f"{destination.name}/{CATALOGUE}"), seen


def _merged(entry: Entry, listed: list[Entry], destination: str) -> list[Entry]:
    """The entries of a catalogue with a release among them, newest first.

    Raises Refused when the version is there with other content, or was withdrawn there.
    """
    others = [other for other in listed if other["version"] != entry["version"]]
    for same in listed:
        if same["version"] != entry["version"]:
            continue
        if same["status"] == "withdrawn" and entry["status"] != "withdrawn":
            what = f"was withdrawn from {destination}: {same['reason']}"
            remedy = "Its version is not used again."
            raise Refused([Problem(entry["version"], None, what, remedy)])
        withdrawing = same["status"] != entry["status"]
        mine, theirs = _hashes(entry), _hashes(same)
        if mine[MANIFEST] != theirs.get(MANIFEST) or (mine != theirs and not withdrawing):
            what = f"is at {destination} already, with other content."
            remedy = "A version is never overwritten; see what differs with `idm diff`."
            raise Refused([Problem(entry["version"], None, what, remedy)])
        if not withdrawing:
            return listed
    return sorted([*others, entry], key=lambda e: number(e["version"]), reverse=True)


def _hashes(entry: Entry) -> Mapping[str, str]:
    return {file["path"]: file["sha256"] for file in entry["files"]}


def _size(file: FileEntry) -> str:
    return f"{max(file['bytes'] / 1e6, 0.1):,.1f} MB"


def _other(destination: Destination, path: str) -> Problem:
    what = "is there already, and is not of this release."
    remedy = "A version is never overwritten. If nobody uses it, remove it there and publish again."
    return Problem(f"{destination.name}/{path}", None, what, remedy)
