"""`idm publish`: a release, or its withdrawal, to where others can get it."""

import argparse
import sys
from pathlib import Path

from flows.command.arguments import add_warehouse
from flows.ground.problems import Problem, Refused
from flows.publish.elsewhere.send import publish_elsewhere
from flows.publish.release.find import find_entry
from flows.runs.send import destination_of


def declare(parser: argparse.ArgumentParser) -> None:
    """What `idm publish` takes."""
    parser.add_argument("version", metavar="VERSION", help="version or alias (latest, 1, 1.2)")
    parser.add_argument(
        "--to",
        required=True,
        metavar="DESTINATION",
        help="folder, or s3://bucket/prefix with endpoint, region and credentials in the usual "
        "variables AWS_…",
    )
    add_warehouse(parser)
    parser.set_defaults(refusal="No version there was overwritten.")
    parser.set_defaults(carry_out=_asked)


def _asked(options: argparse.Namespace) -> int:
    return publish(options.version, options.warehouse, options.to)


def publish(name: str, warehouse: Path, to: str) -> int:
    """Publish the release of a version or alias to a folder or an `s3://` URL, with a line of
    progress per file. Raises Refused when there is no such release, or it cannot be published."""
    releases = warehouse / "releases"
    entry = find_entry(name, releases)
    if entry is None:
        what = f"There is no such release in {releases}."
        raise Refused([Problem(name, None, what, "`idm releases` lists them.")])
    version = entry["version"]
    with destination_of(to) as destination:
        changed = publish_elsewhere(entry, releases / version, destination, _tell)
        done = "withdrawn" if entry["status"] == "withdrawn" else "published"
        print(f"release {version} {done if changed else 'unchanged'}: {destination.name}/{version}")
    return 0


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
