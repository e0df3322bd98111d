"""`idm diff`: what differs between two releases, or a release and a build."""

import argparse
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow.parquet as pq

from flows.build import WITHDRAWALS
from flows.command import report
from flows.command.arguments import add_warehouse
from flows.ground.problems import Problem, Refused
from flows.publish.compare.decision import losses
from flows.publish.compare.rows import compare
from flows.publish.compare.versions import reasons_of
from flows.publish.describe.changelog import CHANGELOG, TITLE, changes
from flows.publish.release.edition import CHANGES
from flows.publish.release.find import find_edition
from flows.withhold.people import mask_of, read_withdrawals

SHOWN = 50


def declare(parser: argparse.ArgumentParser) -> None:
    """What `idm diff` takes."""
    parser.add_argument("before", metavar="A")
    parser.add_argument("after", metavar="B")
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="new folder for CHANGES.md and changes.parquet"
    )
    add_warehouse(parser)
    parser.set_defaults(carry_out=_asked)


def _asked(options: argparse.Namespace) -> int:
    return diff(options.before, options.after, options.warehouse, options.output)


def diff(before: str, after: str, warehouse: Path, output: Path | None) -> int:
    """Print what differs between two editions, each a version, alias, folder or `build`.

    With an `output` folder, which must be new, all of it is written there too. Raises Refused
    when an edition cannot be read or no rule explains a difference.
    """
    old, new = find_edition(before, warehouse), find_edition(after, warehouse)
    with ExitStack() as ending:
        if output is None:
            folder = Path(ending.enter_context(TemporaryDirectory()))
        else:
            folder = output
            try:
                folder.mkdir(parents=True)
            except FileExistsError:
                remedy = "Name a folder that is not there yet."
                raise Refused([Problem(str(output), None, "is there already.", remedy)]) from None
        mask = mask_of(read_withdrawals(WITHDRAWALS), old.folder)
        try:
            difference = compare(old, new, folder / CHANGES, mask)
        except duckdb.Error as error:
            what = f"cannot be compared with {new.name}: {error}."
            raise Refused([Problem(old.name, None, what, "Check both with verify.")]) from error
        reasons = reasons_of(difference)
        print(report.difference(old.name, new.name, reasons, losses(difference)))
        if output is not None:
            page = f"{TITLE}\n## {new.name}\n\n{changes(old.name, reasons)}"
            (folder / CHANGELOG).write_text(page, encoding="utf-8", newline="\n")
            print(f"\nAll of it is in {output}.")
        else:
            changed = pq.ParquetFile(folder / CHANGES)
            batch = next(changed.iter_batches(SHOWN), None)
            if batch is not None and batch.num_rows:
                print(f"\n{report.changed_rows(batch.to_pylist(), changed.metadata.num_rows)}")
    return 0
