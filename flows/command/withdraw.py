"""`idm withdraw`: take the data of a release back."""

from pathlib import Path

from flows.ground.files import only_writer
from flows.ground.problems import Problem, Refused
from flows.publish.release.withdraw import withdraw as withdraw_release


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
