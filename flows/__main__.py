"""The command `idm`: what it takes, and how it ends.

Exit codes: 0 fine, 1 bad input or a failure, 2 wrong usage, 130 interrupted. What a command is
asked for goes to stdout; progress and problems go to stderr. Each command is the module of
`flows.command` that has its name, and is imported only when it is called, so that `--help` answers
at once.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper

from flows.command.arguments import DOCUMENTS, LABELS, PROJECT, WAREHOUSE
from flows.ground.problems import Refused

__all__ = ["DOCUMENTS", "LABELS", "PROJECT", "WAREHOUSE", "main"]

# Command → what it does, in a line, and what else `--help` says of it.
COMMANDS = {
    "run": (
        "build the tables from all documents, and a release",
        "Writes Parquet files, a DuckDB database and a release into the warehouse. "
        "One document that cannot be used stops the run before anything is written.",
    ),
    "serve": (
        "run on a schedule, and when documents change",
        "Goes on until it is stopped (Ctrl-C, or SIGTERM), and shows Prefect's page meanwhile. "
        "What is not said here is as the settings say.",
    ),
    "status": (
        "show how the runs went, what is due, and what is wrong",
        "The exit code is 1 when something is wrong, so that a monitor can ask.",
    ),
    "settings": (
        "show the settings in force, and where each comes from",
        "They are read from idm.toml (or the file that IDM_SETTINGS names) and from variables "
        "IDM_<NAME>; options of a command come before both.",
    ),
    "release": (
        "publish the current build as the next release",
        "The version follows from what differs from the latest release; when nothing does, "
        "nothing is published.",
    ),
    "releases": ("list the releases, newest first", ""),
    "diff": (
        "show what differs between two releases, or a release and the build",
        "A and B are versions (1.2.0), aliases (latest, 1, 1.2), folders of releases, or `build`.",
    ),
    "verify": (
        "check that a release is whole and says what it holds",
        "Hashes, schema, keys, spans, counts and descriptors, by what the release says of itself.",
    ),
    "withdraw": (
        "take the data of a release back",
        "Its manifest and the reason stay, and its version is never used again.",
    ),
    "rehydrate": (
        "fill in the texts that a release does not carry",
        "Reads them from your own copies of the documents, which must be the very files that the "
        "release was made from, whatever they are called.",
    ),
    "publish": (
        "copy a release to where others can get it",
        "Every file is read back, the catalogue there is merged last. Of a release that was "
        "withdrawn, the withdrawal is published: the data there is deleted. An upload that was "
        "interrupted is gone on with.",
    ),
    "check": (
        "show how a document is read, what is understood of it, and what is not",
        "Writes nothing.",
    ),
    "evaluate": (
        "score a folder of documents against hand-made labels",
        "Prints precision, recall and F1 per table and field, of each labelled document and "
        "overall. Writes nothing.",
    ),
    "sql": (
        "put a query to the built database, or to that of a release",
        "Without QUERY: a prompt with history, completion and help. "
        'For example: idm sql "select session_id, title from sessions"; '
        "idm sql what-one-country-asked-for --set country=MEX",
    ),
    "serve-data": (
        "show the data as web pages and JSON",
        "For people who have neither DuckDB nor Python: tables, search, questions and queries, for "
        "reading only, until it is interrupted.",
    ),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command and return its exit code. Wrong usage raises SystemExit(2)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal may lack letters of the documents
            stream.reconfigure(errors="backslashreplace")
    given = sys.argv[1:] if arguments is None else arguments
    refusal = ""
    try:
        options = _parser(given).parse_args(given)
        refusal = options.refusal
        status: int = options.carry_out(options)
        sys.stdout.flush()
    except Refused as refused:
        for problem in refused.problems:
            print(problem, file=sys.stderr)
        count = len(refused.problems)
        ending = f"{count} problem{'s'[: count > 1]}. {refusal}"
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


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """The parser of a command line: of its commands, only the one that is called is declared."""
    parser = argparse.ArgumentParser(
        prog="idm",
        description="The conclusions of IOM's International Dialogue on Migration as open data: "
        "reads summaries of its sessions and builds validated tables from them.",
        epilog="`idm COMMAND --help` says more about a command.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    parser.set_defaults(refusal="")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    called = next((word for word in given if not word.startswith("-")), None)
    for name, (summary, more) in COMMANDS.items():
        description = f"{summary[0].upper()}{summary[1:]}. {more}"
        command = commands.add_parser(name, help=summary, description=description)
        if name == called:
            import_module(f"flows.command.{name.replace('-', '_')}").declare(command)
    return parser


class _Version(argparse.Action):
    """Like argparse's own, but looks the version up only when asked."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"idm-open-data {version('idm-open-data')}")
        parser.exit()


if __name__ == "__main__":
    sys.exit(main())
