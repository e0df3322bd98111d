"""The command `idm`: what it takes, and how it ends.

Exit codes: 0 fine, 1 bad input or a failure, 2 wrong usage, 130 interrupted. What a command is
asked for goes to stdout; progress and problems go to stderr. Each command's work lives in
`flows.command` and is imported only when it is called, so that `--help` answers at once.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from flows.ground.problems import Refused

if TYPE_CHECKING:
    from flows.publish import Terms

PROJECT = Path(__file__).resolve().parent.parent
DOCUMENTS = PROJECT / "seeds" / "documents"
LABELS = PROJECT / "seeds" / "gold"
WAREHOUSE = PROJECT / "warehouse"


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command and return its exit code. Wrong usage raises SystemExit(2)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal may lack letters of the documents
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        status: int = options.carry_out(options)
        sys.stdout.flush()
    except Refused as refused:
        for problem in refused.problems:
            print(problem, file=sys.stderr)
        count = len(refused.problems)
        ending = f"{count} problem{'s'[: count > 1]}. {options.refusal}"
        print(ending.rstrip(), file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader (`| head`) has seen enough. Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        print(f"{place}{error.strerror or error}. No file is half-written.", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, RuntimeError) as error:
        if isinstance(error, RuntimeError) and str(error) != "Query interrupted":
            raise  # that is how DuckDB passes an interruption on
        print("Interrupted; no file is half-written.", file=sys.stderr)
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="idm",
        description="The conclusions of IOM's International Dialogue on Migration as open data: "
        "reads summaries of its sessions and builds validated tables from them.",
        epilog="`idm COMMAND --help` says more about a command.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    parser.set_defaults(refusal="")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, summary: str, more: str = "") -> argparse.ArgumentParser:
        return commands.add_parser(
            name, help=summary, description=f"{summary[0].upper()}{summary[1:]}. {more}"
        )

    run = command(
        "run",
        "build the tables from all documents, and a release",
        "Writes Parquet files, a DuckDB database and a release into the warehouse. "
        "One document that cannot be used stops the run before anything is written.",
    )
    run.set_defaults(carry_out=_run, refusal="What was there before is whole.")
    _add_documents(run)
    _add_warehouse(run)
    run.add_argument("--no-release", action="store_true", help="build only, publish nothing")
    run.add_argument(
        "--skip-invalid",
        action="store_true",
        help="go on without the documents that cannot be used, and list them",
    )
    _add_strict(run)
    run.add_argument(
        "--direct",
        action="store_true",
        help="the same stages without the orchestrator Prefect: faster, same files",
    )
    run.add_argument(
        "--full",
        action="store_true",
        help="work on every document anew, whatever was kept of earlier runs: same files",
    )

    _add_terms(run)

    release = command(
        "release",
        "publish the current build as the next release",
        "The version follows from what differs from the latest release; when nothing does, "
        "nothing is published.",
    )
    release.set_defaults(carry_out=_release, refusal="Nothing was published.")
    _add_warehouse(release)
    _add_terms(release)

    releases = command("releases", "list the releases, newest first")
    releases.set_defaults(carry_out=_releases)
    _add_warehouse(releases)

    diff = command(
        "diff",
        "show what differs between two releases, or a release and the build",
        "A and B are versions (1.2.0), aliases (latest, 1, 1.2), folders of releases, or `build`.",
    )
    diff.set_defaults(carry_out=_diff)
    diff.add_argument("before", metavar="A")
    diff.add_argument("after", metavar="B")
    diff.add_argument(
        "--output", type=Path, metavar="DIR", help="new folder for CHANGES.md and changes.parquet"
    )
    _add_warehouse(diff)

    verify = command(
        "verify",
        "check that a release is whole and says what it holds",
        "Hashes, schema, keys, spans, counts and descriptors, by what the release says of itself.",
    )
    verify.set_defaults(carry_out=_verify, refusal="Do not rely on it.")
    verify.add_argument(
        "release", metavar="VERSION|PATH|URL", help="version, alias, folder, or URL of a folder"
    )
    verify.add_argument(
        "--rebuild",
        action="store_true",
        help="also build it again from the recorded inputs, and compare",
    )
    _add_documents(verify)
    _add_warehouse(verify)

    withdraw = command(
        "withdraw",
        "take the data of a release back",
        "Its manifest and the reason stay, and its version is never used again.",
    )
    withdraw.set_defaults(carry_out=_withdraw)
    withdraw.add_argument("version", metavar="VERSION")
    withdraw.add_argument(
        "--why", type=_reason, required=True, metavar="WHY", help="what everybody will read"
    )
    _add_warehouse(withdraw)

    rehydrate = command(
        "rehydrate",
        "fill in the texts that a release does not carry",
        "Reads them from your own copies of the documents, which must be the very files that the "
        "release was made from, whatever they are called.",
    )
    rehydrate.set_defaults(carry_out=_rehydrate, refusal="Nothing was written.")
    rehydrate.add_argument("release", type=Path, metavar="RELEASE", help="folder of a release")
    rehydrate.add_argument(
        "documents", type=Path, metavar="DOCUMENTS", help="folder of your copies"
    )
    rehydrate.add_argument(
        "--output", type=Path, required=True, metavar="DIR", help="new folder for the tables"
    )

    publish = command(
        "publish",
        "copy a release to where others can get it",
        "Every file is read back, the catalogue there is merged last. Of a release that was "
        "withdrawn, the withdrawal is published: the data there is deleted. An upload that was "
        "interrupted is gone on with.",
    )
    publish.set_defaults(carry_out=_publish, refusal="No version there was overwritten.")
    publish.add_argument("version", metavar="VERSION", help="version or alias (latest, 1, 1.2)")
    publish.add_argument(
        "--to",
        required=True,
        metavar="DESTINATION",
        help="folder, or s3://bucket/prefix with endpoint, region and credentials in the usual "
        "variables AWS_…",
    )
    _add_warehouse(publish)

    check = command(
        "check",
        "show what is understood of a document, and what is not",
        "Writes nothing.",
    )
    check.set_defaults(carry_out=_check)
    _add_strict(check)
    check.add_argument("files", type=Path, nargs="+", metavar="FILE")

    evaluate = command(
        "evaluate",
        "score a folder of documents against hand-made labels",
        "Prints precision, recall and F1 per table and field, of each labelled document and "
        "overall. Writes nothing.",
    )
    evaluate.set_defaults(carry_out=_evaluate, refusal="The scores, if any, are of the others.")
    _add_documents(evaluate)
    evaluate.add_argument(
        "--labels",
        type=Path,
        default=LABELS,
        metavar="DIR",
        help="folder of label files, .json (default: %(default)s)",
    )
    evaluate.add_argument(
        "--details",
        action="store_true",
        help="first list what was missed, extra or different, with the text",
    )

    sql = command(
        "sql",
        "put a query to the built database",
        'For example: idm sql "SELECT session_id, title FROM sessions"',
    )
    sql.set_defaults(carry_out=_sql, parser=sql)
    sql.add_argument("query", metavar="QUERY", help="in DuckDB's SQL")
    sql.add_argument(
        "--format",
        choices=["table", "csv", "json", "parquet"],
        default="table",
        help="how to print the result (default: %(default)s)",
    )
    _add_warehouse(sql)
    return parser


def _add_documents(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--documents",
        type=Path,
        default=DOCUMENTS,
        metavar="DIR",
        help="folder of .txt and .md files, with or without a register documents.csv "
        "(default: %(default)s)",
    )


def _add_strict(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--strict",
        action="store_true",
        help="fail when anything in a document was not understood, and list it",
    )


def _add_warehouse(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--warehouse",
        type=Path,
        default=WAREHOUSE,
        metavar="DIR",
        help="folder of the built files (default: %(default)s)",
    )


def _add_terms(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--date",
        type=_date,
        metavar="DATE",
        help="date of the release (default: that of the newest document's entry in the register, "
        "else of the commit)",
    )
    parser.add_argument(
        "--texts",
        choices=["full", "quotes", "standoff"],
        help="what of the documents' words the release carries: all, what is quoted (titles, "
        "names, recommendations), none (default: as the latest release, else full)",
    )
    parser.add_argument(
        "--allow-major", type=_reason, metavar="WHY", help="publish what breaks users' work"
    )
    parser.add_argument(
        "--accept", type=_reason, metavar="WHY", help="publish less rows or lower scores than last"
    )


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date like 2030-09-01") from None


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if not reason:
        raise argparse.ArgumentTypeError("say why")
    return reason


class _Version(argparse.Action):
    """Like argparse's own, but looks the version up only when asked."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"idm-open-data {version('idm-open-data')}")
        parser.exit()


def _run(options: argparse.Namespace) -> int:
    from flows.command.run import run

    return run(
        options.documents,
        options.warehouse,
        release=not options.no_release,
        skip_invalid=options.skip_invalid,
        strict=options.strict,
        full=options.full,
        direct=options.direct,
        terms=_terms(options),
    )


def _terms(options: argparse.Namespace) -> "Terms":
    from flows.publish.release.terms import Terms

    return Terms(options.date, options.allow_major, options.accept, options.texts)


def _release(options: argparse.Namespace) -> int:
    from flows.command.release import release

    return release(options.warehouse, _terms(options))


def _releases(options: argparse.Namespace) -> int:
    from flows.command.releases import releases

    return releases(options.warehouse)


def _verify(options: argparse.Namespace) -> int:
    from flows.command.verify import verify

    documents = options.documents if options.rebuild else None
    return verify(options.release, options.warehouse, documents)


def _publish(options: argparse.Namespace) -> int:
    from flows.command.publish import publish

    return publish(options.version, options.warehouse, options.to)


def _withdraw(options: argparse.Namespace) -> int:
    from flows.command.withdraw import withdraw

    return withdraw(options.version, options.warehouse, options.why)


def _diff(options: argparse.Namespace) -> int:
    from flows.command.diff import diff

    return diff(options.before, options.after, options.warehouse, options.output)


def _rehydrate(options: argparse.Namespace) -> int:
    from flows.command.rehydrate import rehydrate

    return rehydrate(options.release, options.documents, options.output)


def _check(options: argparse.Namespace) -> int:
    from flows.command.check import check

    return check(options.files, strict=options.strict)


def _evaluate(options: argparse.Namespace) -> int:
    from flows.command.evaluate import evaluate

    return evaluate(options.documents, options.labels, with_details=options.details)


def _sql(options: argparse.Namespace) -> int:
    from flows.command.sql import sql

    if options.format == "parquet" and sys.stdout.isatty():
        options.parser.error("Parquet is no text for a terminal: send it to a file with > FILE")
    return sql(options.query, options.warehouse, options.format)


if __name__ == "__main__":
    sys.exit(main())
