"""Does this work tree make what an earlier commit made? `make golden` asks it.

Both programs read the same corpus: the real documents, the invented ones, and each real one in
every layout and typography of `variants.py`, every variant as a session of its own. What they
make is compared byte for byte: Parquet files, every file of a release, what `idm check` prints;
of the database, whose bytes differ from run to run, the hash of every table and the text of
every view and macro. Both trees are exported without their history, so that no commit is named.

    python tests/golden.py [--against REVISION] [--every N] [--keep DIR]
"""

import argparse
import csv
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb

from variants import LAYOUTS, NOTES, PANEL_LINES, TYPOGRAPHIES, with_notes, with_panels

PROJECT = Path(__file__).resolve().parent.parent
DATE = "2031-02-03"
FIRST_YEAR = 2101
NOTE = "Voir le document C/106/12, paragraphe 4."


def main() -> int:
    """Compare, and say what differs. Exit code 0 when nothing does."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--against", default="HEAD", metavar="REVISION", help="default: HEAD")
    parser.add_argument(
        "--every", type=int, default=1, metavar="N", help="only every Nth variant: quicker"
    )
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep what was made, in DIR")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        place = options.keep or Path(temporary)
        place.mkdir(parents=True, exist_ok=True)
        documents = place / "documents"
        count = write_corpus(documents, options.every)
        files = tracked_files()
        export(["git", "archive", options.against], place / "old")
        export(["tar", "-c", "--null", "-T", "-"], place / "new", files)
        with ThreadPoolExecutor() as pool:
            list(pool.map(make, (place / "old", place / "new"), [documents] * 2))
        compared, differing = compare(place / "old.made", place / "new.made")
    for name in differing:
        print(f"differs: {name}")
    print(f"{count} documents, {compared} things compared with {options.against}: ", end="")
    print(f"{len(differing)} differ" if differing else "all the same")
    return 1 if differing else 0


def write_corpus(folder: Path, every: int = 1) -> int:
    """Documents and their register, which gives each variant a session; returns how many.

    Of the variants only every so many are taken.
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts: list[tuple[str, str, str]] = []  # file name, session, text
    for path in sorted((PROJECT / "seeds" / "gold" / "invented").glob("*.txt")):
        texts.append((path.name, "", path.read_text(encoding="utf-8")))
    year = FIRST_YEAR
    for path in sorted((PROJECT / "seeds" / "documents").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        texts.append((path.name, "", text))
        variants = {kind: change(text) for kind, change in (LAYOUTS | TYPOGRAPHIES).items()}
        variants |= {f"panels {k}": with_panels(text, form) for k, form in PANEL_LINES.items()}
        variants |= {
            f"notes {kind}": with_notes(text, mark, note, NOTE)
            for kind, (mark, note) in NOTES.items()
        }
        for variant in variants.values():
            if year % every == 0:
                texts.append((f"variant-{year}.txt", f"idm-{year}-1", variant))
            year += 1
    with (folder / "documents.csv").open("w", encoding="utf-8", newline="") as register:
        rows = csv.writer(register)
        rows.writerow(["file", "sha256", "session_id"])
        for name, session, text in texts:
            (folder / name).write_bytes(text.encode())
            rows.writerow([name, hashlib.sha256(text.encode()).hexdigest(), session])
    return len(texts)


def tracked_files() -> bytes:
    """The files of the work tree, as `git` sees them, each ended by a NUL."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True).stdout.split(
        b"\0"
    )
    return b"\0".join(name for name in names if name and (PROJECT / name.decode()).exists())


def export(command: list[str], folder: Path, names: bytes | None = None) -> None:
    """What a command writes as a tar archive, unpacked into a folder."""
    archive = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, input=names)
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as members:
        members.extractall(folder, filter="data")


def make(tree: Path, documents: Path) -> None:
    """Build and release the corpus with the program of a tree, and check its documents."""
    made = tree.with_suffix(".made")
    made.mkdir()

    def idm(*arguments: object) -> str:
        command = [sys.executable, "-m", "flows", *map(str, arguments)]
        done = subprocess.run(command, cwd=tree, capture_output=True, text=True)
        if done.returncode not in (0, 1) or "Traceback" in done.stderr:
            raise SystemExit(f"{tree.name}: {' '.join(command)}\n{done.stderr}")
        return done.stdout + done.stderr

    where = ("--documents", documents, "--warehouse", made / "warehouse")
    run = idm("run", "--direct", "--skip-invalid", "--date", DATE, *where)
    if not (made / "warehouse" / "releases").is_dir():
        raise SystemExit(f"{tree.name}: nothing was released\n{run}")
    for path in sorted(documents.glob("idm-*.txt")):
        (made / f"check.{path.name}").write_text(idm("check", path), encoding="utf-8")


def compare(old: Path, new: Path) -> tuple[int, list[str]]:
    """How many things were compared, and the names of those that differ."""
    before, after = things(old), things(new)
    names = sorted(before.keys() | after.keys())
    return len(names), [name for name in names if before.get(name) != after.get(name)]


def things(made: Path) -> dict[str, object]:
    """All that is compared, by name."""
    found: dict[str, object] = {path.name: path.read_bytes() for path in made.glob("check.*")}
    warehouse = made / "warehouse"
    folders = {"build": (warehouse / "current").resolve(), "releases": warehouse / "releases"}
    paths = {
        path: f"{kind}/{path.relative_to(folder).as_posix()}"
        for kind, folder in folders.items()
        for path in sorted(folder.rglob("*"))
    }
    # Hash and size of a database, and the hash of a list that has them, differ at every build.
    own = [path for path in paths if path.suffix == ".duckdb" or path.name == "SHA256SUMS"]
    varying = [hashlib.sha256(path.read_bytes()).hexdigest() for path in own]
    varying += [f'"bytes": {path.stat().st_size}' for path in own if path.suffix == ".duckdb"]
    for path, name in paths.items():
        if path.suffix == ".duckdb":
            found |= {f"{name}: {thing}": text for thing, text in database(path).items()}
        elif path.is_file():
            content = path.read_bytes()
            for digits in varying:
                content = content.replace(digits.encode(), b"")
            found[name] = content
    return found


def database(path: Path) -> dict[str, object]:
    """The rows of every table, in their order, and the text of every view and macro."""
    with duckdb.connect(path, read_only=True) as connection:
        names = connection.sql("select table_name from duckdb_tables() order by 1").fetchall()
        found: dict[str, object] = {
            name: hashlib.sha256(
                repr(connection.sql(f'select * from "{name}"').fetchall()).encode()
            ).hexdigest()
            for (name,) in names
        }
        for kind, column in (("views", "sql"), ("functions", "macro_definition")):
            query = f"select * exclude (database_oid) from duckdb_{kind}() where not internal"
            found[kind] = sorted(
                map(str, connection.sql(f"select {column} from ({query})").fetchall())
            )
    return found


if __name__ == "__main__":
    sys.exit(main())
