"""`idm rehydrate`: a release without the words of the documents + a reader's own copies → all
tables."""

import argparse
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from flows.ground.files import rename_folder, staged, unwritable
from flows.ground.problems import Problem, Refused
from flows.ground.source import Entry
from flows.ingest.apart import Apart
from flows.ingest.files import read_source
from flows.publish.release.checksums import differing_files, file_hash
from flows.publish.release.edition import read_manifest
from flows.store import Invalid, plan, validated, written
from flows.store.reduce import row_key
from flows.withhold.quotations import Piece, value_of
from schemas import TABLES, Row, Tables, schema_hash
from schemas.arrow import from_parquet
from schemas.release import QUOTATIONS
from schemas.texts import tables_with, texts_of


def declare(parser: argparse.ArgumentParser) -> None:
    """What `idm rehydrate` takes."""
    parser.add_argument("release", type=Path, metavar="RELEASE", help="folder of a release")
    parser.add_argument("documents", type=Path, metavar="DOCUMENTS", help="folder of your copies")
    parser.add_argument(
        "--output", type=Path, required=True, metavar="DIR", help="new folder for the tables"
    )
    parser.set_defaults(refusal="Nothing was written.")
    parser.set_defaults(carry_out=_asked)


def _asked(options: argparse.Namespace) -> int:
    return rehydrate(options.release, options.documents, options.output)


def rehydrate(release: Path, documents: Path, output: Path) -> int:
    """Write the tables of a release with all texts, and print what they came to.

    Raises Refused when a document is missing or the tables do not come out as they were.
    """
    rows = rehydrated(release, documents, output)
    print(
        f"{output}: {len(rows)} tables, {sum(rows.values()):,} rows, equal to those that the"
        " release was made from"
    )
    return 0


def rehydrated(release: Path, documents: Path, output: Path) -> dict[str, int]:
    """Fills the withheld texts of a release in, and writes the tables as a build into a new
    folder: `parquet/`, `idm.duckdb`, `build.json`. Returns the rows by table.

    `documents` is a folder with the files that the release was read from, under any name: they
    are known by their hashes. Raises Refused when the release is not whole or not of this
    program's tables, when a file is missing, and when the tables do not come out as they were.
    """
    manifest = _manifest(release)
    rows = {
        name: from_parquet(
            pq.read_table(release / "parquet" / f"{name}.parquet"), table
        ).to_pylist()
        for name, table in tables_with(texts_of(manifest)).items()
    }
    texts = _texts(rows["documents"], documents)
    tables: Tables = dict(_filled(rows, texts))
    try:
        arranged = validated(tables)
    except Invalid as invalid:
        raise _otherwise(release, manifest, str(invalid)) from invalid
    given = ("texts", "full_logical_sha256")
    build = plan(arranged, {k: v for k, v in manifest.items() if k not in given})
    full = manifest["full_logical_sha256"]
    different = [name for name, digest in build.logical_sha256.items() if full[name] != digest]
    if different:
        raise _otherwise(release, manifest, f"{', '.join(different)} come out with other rows.")
    try:
        with staged(output.resolve().parent, f".{output.name}") as partial:
            written(arranged, build, partial)
            rename_folder(partial, output)
    except OSError as error:
        raise unwritable(output, error) from error
    return dict(build.rows)


def _manifest(release: Path) -> dict[str, Any]:
    """The manifest of a release that is whole and whose texts can be filled in."""
    manifest = read_manifest(release)
    differing = differing_files(release)
    if differing:
        what = f"is not whole: {', '.join(differing)} missing, changed or not in SHA256SUMS."
        raise Refused([Problem(str(release), None, what, "Get the release again.")])
    if texts_of(manifest) == "full":
        what = "has its texts: nothing is withheld."
        raise Refused([Problem(str(release), None, what, "Use it as it is.")])
    if manifest["schema_sha256"] != schema_hash():
        made_by = manifest.get("tools", {}).get("idm-open-data", "another version")
        what = "has other tables than this version of the program."
        remedy = f"Use the version that made it: idm-open-data {made_by}, see manifest.json."
        raise Refused([Problem(str(release), None, what, remedy)])
    return manifest


def _texts(rows: list[Row], documents: Path) -> dict[str, str]:
    """The text of each document, read from the file with its hash. Raises Refused for others."""
    try:
        files = [path for path in sorted(documents.iterdir()) if path.is_file()]
        by_hash = {file_hash(path): path for path in files}
    except OSError as error:
        what = f"cannot be read: {error.strerror}."
        raise Refused([Problem(str(documents), None, what, "Name a folder.")]) from error
    with Apart() as apart:
        return _read(rows, documents, by_hash, apart)


def _read(
    rows: list[Row], documents: Path, by_hash: Mapping[str, Path], apart: Apart
) -> dict[str, str]:
    texts, problems = {}, []
    for row in rows:
        path = by_hash.get(str(row["sha256"]))
        if path is None:
            name = str(row["file_name"])
            what = f"No file there has the SHA-256 {row['sha256']} of {name}."
            if (documents / name).is_file():
                what = f"The SHA-256 of this file is not {row['sha256']}."
            remedy = "Get the document as it was when the release was made."
            problems.append(Problem(str(documents / name), None, what, remedy))
            continue
        try:
            source = read_source(path, str(row["file_name"]), Entry(), apart)
            texts[str(row["document_id"])] = source.text
        except Refused as error:
            problems += error.problems
    if problems:
        raise Refused(problems)
    return texts


def _filled(rows: Tables, texts: Mapping[str, str]) -> Iterator[tuple[str, list[Row]]]:
    """Every table with the values that were withheld."""
    values: dict[tuple[str, str], dict[str, str]] = {}
    value = itemgetter("table_name", "row_key", "column_name")
    for (table, key, column), group in groupby(rows[QUOTATIONS.name], value):
        parts: list[dict[str, Any]] = list(group)
        pieces = [Piece(p["char_start"], p["char_end"], p["characters"]) for p in parts]
        text = texts[parts[0]["document_id"]]
        values.setdefault((table, key), {})[column] = value_of(pieces, text)
    for name, table in TABLES.items():
        yield name, [{**row, **values.get((name, row_key(table, row)), {})} for row in rows[name]]


def _otherwise(release: Path, manifest: Mapping[str, Any], what: str) -> Refused:
    tools = ", ".join(f"{name} {version}" for name, version in manifest.get("tools", {}).items())
    remedy = f"The documents are read by other versions of the tools than then: {tools}."
    return Refused([Problem(str(release), None, what, remedy)])
