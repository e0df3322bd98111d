"""Which program is running, and by which data files: what all that it makes depends on."""

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from sys import version_info
from unicodedata import unidata_version

from flows.normalise.language import pack

PROJECT = Path(__file__).resolve().parents[2]
NORMALISING = ("flows/ground", "flows/normalise", "flows/keep", "flows/store/arrange.py", "schemas")
PROGRAM = ("flows", "schemas", "warehouse/sql", "warehouse/queries", "LICENSE", "pyproject.toml")
READING = ("flows/ground", "flows/ingest", "flows/keep")
TOOLS = (
    *("beautifulsoup4", "lxml", "mammoth", "markdownify", "pdfminer.six"),
    *("duckdb", "pandera", "pyarrow", "rapidfuzz", "snowballstemmer", "xlsxwriter"),
)


def hash_of_reading() -> str:
    """SHA-256 (hex) of all files that the text of a document depends on, and of the versions of
    Python and the libraries."""
    return hash_of_files(files_in(*READING))


def hash_of_normalising() -> str:
    """SHA-256 (hex) of all files that how a document is understood depends on, but for the
    reference tables, and of the versions of Python and the libraries."""
    return hash_of_files([*files_in(*NORMALISING), *_packs()])


def hash_of_program() -> str:
    """The same of all files of the program."""
    return hash_of_files([*files_in(*PROGRAM), *_packs()])


def hash_of_files(files: Iterable[Path]) -> str:
    """SHA-256 (hex) of names and contents of files, and of the versions of what reads them."""
    digest = sha256(repr([version_info[:3], unidata_version, *_versions()]).encode())
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.name}\n{path.parent.name}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()


@cache
def _versions() -> tuple[str, ...]:
    return tuple(version(tool) for tool in TOOLS)


def files_in(*places: str) -> list[Path]:
    """The files in folders of the project, and files of it, those that Python makes left out."""
    found = [PROJECT / place for place in places if (PROJECT / place).is_file()]
    for place in places:
        found += (path for path in (PROJECT / place).rglob("*") if path.is_file())
    return sorted(path for path in found if "__pycache__" not in path.parts)


def _packs() -> list[Path]:
    return sorted(path for path in pack.LANGUAGES.rglob("*") if path.is_file())


STARTED = hash_of_program()
"""The program as it was when this process was started: a change since then is not in it yet."""


def is_as_started() -> bool:
    """Whether the program's files still are what this process was started from."""
    return hash_of_program() == STARTED
