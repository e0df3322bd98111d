"""`idm withdraw`: take the data of a release back."""

import argparse
from pathlib import Path

from flows.command.arguments import add_warehouse, reason
from flows.ground.lock import only_writer
from flows.ground.problems import Problem, Refused
from flows.publish.release.withdraw import withdraw as withdraw_release


def declare(parser: argparse.ArgumentParser) -> None:
    """What `idm withdraw` takes."""
    parser.add_argument("version", metavar="VERSION")
    parser.add_argument(
        "--why", type=reason, required=True, metavar="WHY", help="what everybody will read"
    )
    add_warehouse(parser)
    parser.set_defaults(carry_out=_asked)


def _asked(options: argparse.Namespace) -> int:
    return withdraw(options.version, options.warehouse, options.why)


def withdraw(version: str, warehouse: Path, reason: str) -> int:
    """Withdraw a release for a reason, and print which is the latest now. Raises Refused when
    there is no such release."""
    if not (warehouse / "releases").is_dir():
        what = "There are no releases."
        raise Refused([Problem(str(warehouse), None, what, "Name their warehouse.")])
    with only_writer(warehouse):
        latest = withdraw_release(version, warehouse, reason)
    print(f"release {version} is withdrawn; the latest is {latest or 'none'}")
    return 0
