"""One file → one source, whatever the file turns out to be."""

import hashlib
import stat
from pathlib import Path

from flows.ground.problems import MAY_PASS, Problem, Refused, Unavailable
from flows.ground.source import Entry, Source
from flows.ingest.apart import Apart
from flows.ingest.damage import with_damage
from flows.ingest.readers import READERS, REMEDIES, SUFFIXES
from flows.ingest.text import NotText

MAX_BYTES = 5_000_000  # a hundred times a long summary


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file of at most MAX_BYTES. Raises Refused for anything else, and
    Unavailable when the disk does not answer now."""

    def refused(what: str, remedy: str) -> Refused:
        return Refused([Problem(str(path), None, what, remedy)])

    try:
        status = path.stat()
        # Opening a pipe would wait for ever: look at what it is first.
        if not stat.S_ISREG(status.st_mode):
            kind = "a folder" if stat.S_ISDIR(status.st_mode) else "a pipe, socket or device"
            raise refused(f"This is {kind}, not a file.", "Remove or rename it.")
        if status.st_size > MAX_BYTES:
            raise refused(
                f"The file has {status.st_size:,} bytes; the limit is {MAX_BYTES:,}.",
                "No document is that large: check that it is the right file.",
            )
        return path.read_bytes()
    except FileNotFoundError:
        what = "The link leads to no file." if path.is_symlink() else "There is no such file."
        raise refused(what, "Check the path.") from None
    except OSError as error:
        what = f"The file cannot be read: {error.strerror}."
        if error.errno in MAY_PASS:
            remedy = "Check the disk or mount that it is on."
            raise Unavailable([Problem(str(path), None, what, remedy)]) from None
        raise refused(what, "Check its permissions and the disk.") from None


def read_source(path: Path, file_name: str, entry: Entry, apart: Apart) -> Source:
    """Read one document; `file_name` says of what kind it is, `apart` is where files are read that
    might not end. Raises Refused if it is unusable."""

    def refused(line: int | None, what: str, remedy: str) -> Refused:
        return Refused([Problem(str(path), line, what, remedy)])

    if not file_name.isprintable():  # also: bytes that are no UTF-8, which no table can hold
        what = "The file's name holds characters that cannot be printed."
        raise refused(None, what, "Rename the file.")
    suffix = Path(file_name).suffix.lower()
    if path.is_file() and suffix not in READERS:
        what = f"Files of this kind are not read, only {SUFFIXES}."
        raise refused(None, what, REMEDIES.get(suffix, "Save the document as one of them."))
    data = read_bytes(path)
    reader = READERS[suffix]
    try:
        reading = with_damage(apart.read(suffix, data) if reader.apart else reader.read(data))
    except NotText as error:
        raise refused(error.line, error.what, error.remedy) from None
    return Source(
        file_name,
        str(path),
        reader.media_type,
        hashlib.sha256(data).hexdigest(),
        reading.text,
        entry,
        reading.pages,
        reading.notes,
    )
