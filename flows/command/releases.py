"""`idm releases`: what has been published."""

import argparse
from pathlib import Path

from flows.command import report
from flows.command.arguments import add_warehouse
from flows.publish.release.catalogue import aliases, read_catalogue


def declare(parser: argparse.ArgumentParser) -> None:
    """What `idm releases` takes."""
    add_warehouse(parser)
    parser.set_defaults(carry_out=_asked)


def _asked(options: argparse.Namespace) -> int:
    return releases(options.warehouse)


def releases(warehouse: Path) -> int:
    """Print the releases of a warehouse, newest first. Raises Refused for a damaged catalogue."""
    entries = read_catalogue(warehouse / "releases")
    if not entries:
        print("No release yet.")
        return 0
    names: dict[str, list[str]] = {}
    for alias, version in aliases(entries).items():
        names.setdefault(version, []).append(alias)
    rows = [
        (
            entry["version"],
            entry["date"],
            entry["status"],
            sum(table["rows"] for table in entry["tables"]),
            sum(file["bytes"] for file in entry["files"]),
            ", ".join(names.get(entry["version"], [])) or entry["reason"] or "",
        )
        for entry in entries
    ]
    print(report.columns([("version", "date", "status", "rows", "bytes", "also"), *rows]))
    return 0
