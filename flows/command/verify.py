"""`idm verify`: is a release whole, does it hold what it says, does it come out again?"""

import argparse
import csv
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from flows.build import SEEDS, build
from flows.command.arguments import add_documents, add_warehouse
from flows.ground.problems import Problem, Refused
from flows.ingest.register import REGISTER_NAME
from flows.publish.release.catalogue import Entry
from flows.publish.release.checksums import NAME, file_hash, read_checksums
from flows.publish.release.edition import read_manifest
from flows.publish.release.find import find_entry
from flows.publish.verify.whole import faults_of
from flows.runs.commit import commit

PATIENCE = 60  # seconds without a byte
BLOCK = 1 << 20


def declare(parser: argparse.ArgumentParser) -> None:
    """What `idm verify` takes."""
    parser.add_argument(
        "release", metavar="VERSION|PATH|URL", help="version, alias, folder, or URL of a folder"
    )
    parser.add_argument(
        "--rebuild",
        action="store_true",
        help="also build it again from the recorded inputs, and compare",
    )
    add_documents(parser)
    add_warehouse(parser)
    parser.set_defaults(refusal="Do not rely on it.")
    parser.set_defaults(carry_out=_asked)


def _asked(options: argparse.Namespace) -> int:
    documents = options.documents if options.rebuild else None
    return verify(options.release, options.warehouse, documents)


def verify(name: str, warehouse: Path, documents: Path | None) -> int:
    """Check the release of a version, alias, folder or URL, and print what it came to.

    With `documents`, it is also built again from the recorded ones among them. Raises Refused
    with everything that is wrong.
    """
    with ExitStack() as ending:
        entry = None
        if name.startswith(("http://", "https://")):
            folder = Path(ending.enter_context(TemporaryDirectory()))
            _download(name, folder)
        else:
            folder, entry = _found(name, warehouse)
        faults = faults_of(folder, entry)
        if faults:
            raise Refused(faults)
        facts = read_manifest(folder)
        rows = sum(table["rows"] for table in facts["tables"])
        files = len(read_checksums(folder))
        print(
            f"release {facts['version']} is whole: {files} files, {len(facts['tables'])} tables,"
            f" {rows:,} rows"
        )
        if documents is not None:
            _rebuild(folder, documents)
    return 0


def _found(name: str, warehouse: Path) -> tuple[Path, Entry | None]:
    releases = warehouse / "releases"
    entry = find_entry(name, releases)
    if entry is None:
        if not Path(name).is_dir():
            what = "There is no such release or folder."
            raise Refused([Problem(name, None, what, "`idm releases` lists the releases.")])
        return Path(name), None
    if entry["status"] == "withdrawn":
        what = f"was withdrawn: {entry['reason']}"
        raise Refused([Problem(name, None, what, "Its data is not kept.")])
    return releases / entry["version"], entry


def _download(url: str, folder: Path) -> None:
    """The release at a URL, file by file and block by block."""
    _fetch(url, NAME, folder)
    for path in read_checksums(folder):
        parts = PurePosixPath(path)
        if parts.is_absolute() or ".." in parts.parts:
            what = f"{NAME} names a file outside of the release: {path}."
            raise Refused([Problem(url, None, what, "Do not use it.")])
        _fetch(url, path, folder)


def _fetch(url: str, path: str, folder: Path) -> None:
    address = f"{url.rstrip('/')}/{quote(path)}"
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with urlopen(address, timeout=PATIENCE) as answer, target.open("wb") as file:
            shutil.copyfileobj(answer, file, BLOCK)
    except (URLError, OSError, ValueError) as error:
        what = f"cannot be downloaded: {error}."
        remedy = "Give the URL of a release's folder."
        raise Refused([Problem(address, None, what, remedy)]) from error


def _rebuild(release: Path, documents: Path) -> None:
    """Builds a release again, and prints or raises what differs."""
    facts = read_manifest(release)
    for line in _other_inputs(facts):
        print(f"note: {line}", file=sys.stderr)
    with TemporaryDirectory() as folder:
        inputs, warehouse = Path(folder) / "documents", Path(folder) / "warehouse"
        inputs.mkdir()
        _copy_recorded(facts, documents, inputs)
        built = build(inputs, warehouse, release=False).build
        recorded = facts.get("full_logical_sha256") or {
            table["table"]: table["logical_sha256"] for table in facts["tables"]
        }
        differing = sorted(
            name
            for name in recorded.keys() | built.logical_sha256.keys()
            if recorded.get(name) != built.logical_sha256.get(name)
        )
    if differing:
        what = f"other rows come out of the same documents: {', '.join(differing)}."
        remedy = f"Build with the code of commit {(facts.get('commit') or {}).get('id')}."
        raise Refused([Problem(f"release {facts['version']}", None, what, remedy)])
    print("built again from its inputs: the same rows in every table")


def _other_inputs(facts: dict[str, Any]) -> Iterator[str]:
    """What is not as it was when the release was built, besides the documents."""
    for given in facts["inputs"]:
        file = SEEDS / given["file"]
        if not file.is_file() or file_hash(file) != given["sha256"]:
            yield f"seeds/{given['file']} is not what it was."
    for name, recorded in facts["tools"].items():
        if version(name) != recorded:
            yield f"{name} is {version(name)}, and was {recorded}."
    here = commit()
    if facts["commit"] is not None and (here is None or here.id != facts["commit"]["id"]):
        yield f"the code is {here.id if here else 'unknown'}, and was {facts['commit']['id']}."


def _copy_recorded(facts: dict[str, Any], documents: Path, inputs: Path) -> None:
    """Copies the documents that a release was built from, with their rows of the register."""
    recorded = {given["file"]: given["sha256"] for given in facts["documents"]}
    problems = []
    for name, digest in recorded.items():
        file = documents / name
        if file.is_file() and file_hash(file) == digest:
            shutil.copyfile(file, inputs / name)
        else:
            what = f"is not the document that was used, of SHA-256 {digest}."
            remedy = "Name the folder that has it: --documents DIR."
            problems.append(Problem(str(file), None, what, remedy))
    if problems:
        raise Refused(problems)
    register = documents / REGISTER_NAME
    if register.is_file():
        with register.open(encoding="utf-8-sig", newline="") as lines:
            header, *rows = csv.reader(lines)
        place = header.index("file")
        with (inputs / REGISTER_NAME).open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines).writerows([header, *(r for r in rows if r and r[place] in recorded)])
