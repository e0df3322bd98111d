"""Ingest: a folder of documents → sources with their text, and what is wrong with the others.

A folder may have a register, `documents.csv`. It is the manifest: its order is the order of the
sources, so the first document that it names of a session is that session's reference document.
Files that the register does not name follow, in the order of their names. Without a register all
files do. Subfolders, hidden files, a README and files that are no documents are passed over;
documents of a kind that is not read (.doc, .odt …) are refused.
"""

from collections.abc import Iterable
from pathlib import Path

from flows.ground.problems import MAY_PASS, Problem, Refused, Unavailable
from flows.ground.source import Entry, Source
from flows.ingest.apart import Apart, Memory
from flows.ingest.files import read_source
from flows.ingest.readers import READERS, REMEDIES, SUFFIXES
from flows.ingest.register import REGISTER_NAME, RegisterRow, read_register
from flows.ingest.text import Reading

__all__ = ["Memory", "Reading", "ingest", "is_document", "read_files"]


def is_document(path: Path) -> bool:
    """Whether a file of a folder is a document, of a kind that is read or should have been."""
    name = path.name
    return (
        path.suffix.lower() in (*READERS, *REMEDIES)
        and not name.startswith((".", "~$"))  # the second: Word has another file open
        and path.stem.casefold() != "readme"
    )


def ingest(documents: Path, memory: Memory | None = None) -> tuple[list[Source], list[Problem]]:
    """Read every document of a folder.

    Returns the documents that can be used, in the order described above, and the problems of
    all others. Nothing is raised for bad input. A register that cannot be read as a whole leaves
    no source, since no file can then be checked against it. What the `memory` recalls of PDF files
    and the like is not read again. Raises Unavailable when the folder or
    a file in it is on a disk that does not answer now.
    """
    try:
        names = {path.name for path in documents.iterdir() if is_document(path)}
    except OSError as error:
        what = (
            "There is no such folder."
            if isinstance(error, FileNotFoundError)
            else "This is not a folder."
            if isinstance(error, NotADirectoryError)
            else f"This folder cannot be read: {error.strerror}."
        )
        if error.errno in MAY_PASS:
            remedy = "Check the disk or mount that it is on."
            raise Unavailable([Problem(str(documents), None, what, remedy)]) from None
        return [], [Problem(str(documents), None, what, "Give a folder of documents.")]

    register = documents / REGISTER_NAME
    rows: dict[str, RegisterRow] = {}
    refused: set[str] = set()
    problems: list[Problem] = []
    if register.exists() or register.is_symlink():
        try:
            rows, refused, problems = read_register(register)
        except Unavailable:
            raise
        except Refused as error:
            return [], error.problems

    sources = []
    with Apart(memory) as apart:
        for name in [*rows, *sorted(names - rows.keys() - refused)]:
            try:
                sources.append(_read(documents, name, rows.get(name), register, apart))
            except Unavailable:
                raise
            except Refused as error:
                problems += error.problems
    if not sources and not problems:
        what = f"No document in this folder: it has no {SUFFIXES} file."
        problems.append(Problem(str(documents), None, what, "Give a folder of documents."))
    return sources, problems


def read_files(paths: Iterable[Path]) -> tuple[list[Source], list[Problem]]:
    """Read single files, without any register. Returns what `ingest` does, in the order given."""
    sources = []
    problems = []
    with Apart() as apart:
        for path in paths:
            try:
                sources.append(read_source(path, path.name, Entry(), apart))
            except Refused as error:
                problems += error.problems
    return sources, problems


def _read(
    documents: Path, name: str, row: RegisterRow | None, register: Path, apart: Apart
) -> Source:
    """Read one document and hold it against its row of the register, if it has one."""
    path = documents / name
    if row is None:
        return read_source(path, name, Entry(), apart)
    if not path.exists() and not path.is_symlink():
        what = f"The register names {name}, but there is no such file."
        remedy = "Add the file or take the row out."
        raise Refused([Problem(str(register), row.line, what, remedy)])
    source = read_source(path, name, row.entry, apart)
    if source.sha256 != row.sha256:
        what = f"The SHA-256 of {name} is {source.sha256}, not {row.sha256}."
        remedy = "Restore the file, or enter the new value if the change is meant."
        raise Refused([Problem(str(register), row.line, what, remedy)])
    return source
