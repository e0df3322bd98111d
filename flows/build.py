"""The stages in their order, as plain functions. Written here and nowhere else.

`build` is all that `idm run --direct` does. The Prefect flow calls the same function and only
says how each stage is carried out: as a task.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import ParamSpec, Protocol, TypeVar

import pyarrow.parquet as pq

from flows.evaluate import evaluate
from flows.ground.problems import Problem, Refused, printable
from flows.ground.record import Build
from flows.ground.rows import Kept
from flows.ground.source import Commit, Follow, Source, unfollowed
from flows.ingest import ingest
from flows.inputs.corrections import corrected, read_corrections
from flows.inputs.reference import read_reference
from flows.keep.current import Current, current, hash_of_inputs, note
from flows.keep.entries import Entries
from flows.keep.memory import Documents
from flows.keep.opened import Counts
from flows.keep.readings import Readings
from flows.normalise import Memory, normalise
from flows.normalise.quality.doubts import doubts
from flows.publish import Release, Terms, publish, texts_to_carry
from flows.publish.release.checksums import file_hash
from flows.store import faulty_documents, reduced, storing
from flows.withhold.people import read_withdrawals, unknown, withdraw
from schemas import Tables

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
REFERENCE = SEEDS / "reference"
LABELS = SEEDS / "gold"
CORRECTIONS = SEEDS / "corrections.csv"
WITHDRAWALS = SEEDS / "withdrawals.csv"
FILES = (CORRECTIONS, WITHDRAWALS, SEEDS / "release.toml")
KEPT = ".kept"
"""The folder of a warehouse with what was understood of each document."""
READ = ".kept/read"
"""The folder of a warehouse with what was read of files that are not plain text."""
TOOLS = ("idm-open-data", "duckdb", "pandera", "pyarrow", "rapidfuzz", "snowballstemmer")

P = ParamSpec("P")
T = TypeVar("T")


class Call(Protocol):
    """How a stage is carried out. Returns what the stage returns, raises what it raises."""

    def __call__(self, stage: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T: ...


def directly(stage: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Carry out a stage by calling it."""
    return stage(*args, **kwargs)


@dataclass(frozen=True)
class Outcome:
    """What a build came to: its tables, the refused inputs, the files, the release if asked for,
    and how much of it was known already. `inputs_sha256`: the hash of all that it was made from, as
    `hash_of_inputs` gives it."""

    tables: Tables
    refused: list[Problem]
    build: Build
    release: Release | None
    kept: Counts
    inputs_sha256: str | None

    @property
    def unchanged(self) -> bool:
        """Whether all was there already, and nothing was written."""
        return self.build.unchanged and (self.release is None or self.release.unchanged)


def build(
    documents: Path,
    warehouse: Path,
    *,
    release: bool = True,
    skip_invalid: bool = False,
    strict: bool = False,
    full: bool = False,
    terms: Terms | None = None,
    commit: Commit | None = None,
    call: Call = directly,
    follow: Follow = unfollowed,
) -> Outcome:
    """All documents of a folder → validated files in the warehouse, and a release of them.

    Documents that an earlier run has understood are not worked on again, and when no input at all
    has changed nothing is done, unless `full`: what comes out is the same.

    Raises Refused, with the problems of all inputs, when an input cannot be used (with
    `skip_invalid` only when none can), when, if `strict`, something in a document was not
    understood, or when the `terms` do not allow the release; Unavailable when the documents are on
    a disk that does not answer now. The warehouse then stays as it was: a build takes the old
    one's place when its release is there. `follow` is told how far normalising has come.
    """
    terms = terms or Terms()
    asked = [release, skip_invalid, strict, asdict(terms), commit and asdict(commit)]
    inputs = hash_of_inputs(documents, _seeds(), asked)
    there = None if full else current(warehouse, warehouse / KEPT, inputs)
    if there:
        return _as_it_is(there, warehouse, inputs)
    counts = Counts()
    readings = Readings(warehouse / READ, counts, forget=full)
    sources, unread = call(ingest, documents, readings)
    if not sources:
        raise Refused(unread)
    reference = read_reference(REFERENCE)
    memory = Documents(warehouse / KEPT, reference, forget=full, counts=counts)
    tables, not_taken = accepted(sources, reference, call, follow, memory)
    refused = [*unread, *not_taken]
    if refused and not (skip_invalid and tables["documents"]):
        raise Refused(refused)
    if strict and tables["warnings"]:
        raise Refused(doubts(tables, sources))
    withdrawn = read_withdrawals(WITHDRAWALS)
    if documents.resolve() == SEEDS / "documents":
        nobody = unknown(tables, withdrawn, WITHDRAWALS)
        if nobody:
            raise Refused(nobody)
    # Scores are those of the rules, before anyone corrects what they make.
    scores = call(evaluate, {**reference, **tables}, LABELS)
    tables = corrected(tables, read_corrections(CORRECTIONS), CORRECTIONS)
    tables = {**reference, **tables, "evaluations": scores}
    tables, gone = withdraw(tables, withdrawn)
    used = {row["file_name"] for row in tables["documents"]}
    made_from = [source for source in sources if source.file_name in used]
    record = {
        **_record(made_from, refused),
        "commit": commit and asdict(commit),
        "withdrawn": asdict(gone),
    }
    with ExitStack() as ending:

        def store() -> Build:
            return ending.enter_context(storing(tables, warehouse, record))

        built = call(store)
        released = None
        if release:
            texts = texts_to_carry(warehouse, terms)
            carried = ending.enter_context(reduced(built, texts, warehouse))
            released = call(publish, carried, warehouse, terms, withdrawn)
    readings.save()
    memory.save()
    memory.stored(tables)
    if inputs == hash_of_inputs(documents, _seeds(), asked):  # nothing was changed meanwhile
        version = released.version if released else None
        note(warehouse, warehouse / KEPT, Current(built, refused, version), inputs)
    return Outcome(tables, refused, built, released, counts, inputs)


def _as_it_is(there: Current, warehouse: Path, inputs: str | None) -> Outcome:
    """What is there already, as the outcome of a run that had nothing to do."""
    build = replace(there.build, unchanged=True)
    tables: Tables = {
        name: Kept(pq.read_table(build.parquet / f"{name}.parquet"), b"", is_checked=True)
        for name in build.rows
    }
    release = None
    if there.version is not None:
        release = Release(there.version, warehouse / "releases" / there.version, unchanged=True)
    size = sum(Entries(warehouse / folder).size() for folder in (KEPT, READ))
    counts = Counts(build.rows["documents"], size=size)
    return Outcome(tables, [*there.refused], build, release, counts, inputs)


def _seeds() -> list[Path]:
    """The files that people wrote by hand, but for the documents."""
    found = [path for folder in (REFERENCE, LABELS) for path in sorted(folder.rglob("*"))]
    return [*(path for path in found if path.is_file()), CORRECTIONS, WITHDRAWALS, *FILES]


def accepted(
    sources: Sequence[Source],
    reference: Tables,
    call: Call = directly,
    follow: Follow = unfollowed,
    memory: Memory | None = None,
) -> tuple[Tables, list[Problem]]:
    """The rows of the sources that can be read and whose rows pass their own checks, and what is
    wrong with the others.

    Without a source whose rows fail, the others are read again: it may be the reference document
    of its session, or have kept out another version of itself. What the `memory` recalls is not
    read again; `follow` is told of each document that is.
    """
    faulty: dict[str, list[Problem]] = {}
    while True:
        kept = [source for source in sources if source.file_name not in faulty]
        tables, unread = call(normalise, kept, reference, follow, memory)
        found = faulty_documents({**reference, **tables}, kept)
        if not found:
            return tables, [*unread, *(p for problems in faulty.values() for p in problems)]
        faulty |= found


def _record(sources: Sequence[Source], refused: list[Problem]) -> Mapping[str, object]:
    """What a build was made from and by: its files by name, whatever their order was, and those
    refused, named as in their folder, wherever that is; the other files of `seeds`; the packages
    that read and write. `date` is when the newest document was entered in its register."""
    return {
        "date": max((source.entry.date for source in sources if source.entry.date), default=None),
        "documents": [
            {"file": source.file_name, "sha256": source.sha256}
            for source in sorted(sources, key=lambda source: source.file_name)
        ],
        "inputs": [
            {"file": file.relative_to(SEEDS).as_posix(), "sha256": file_hash(file)}
            for file in [*sorted(REFERENCE.glob("*.csv")), *sorted(LABELS.glob("*.json")), *FILES]
        ],
        "tools": {name: version(name) for name in TOOLS},
        "refused": [
            {
                "file": printable(Path(problem.file).name),
                "line": problem.line,
                "what": problem.what,
                "remedy": problem.remedy,
            }
            for problem in sorted(refused, key=lambda problem: (problem.file, problem.line or 0))
        ],
    }
