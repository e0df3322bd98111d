"""`idm settings`: what is in force, and where from."""

import argparse
import json

from flows.command.arguments import settings as in_force
from flows.settings import DECLARED, DEFAULT, shown

WHAT = "--explain"


def declare(parser: argparse.ArgumentParser) -> None:
    """What `idm settings` takes."""
    parser.add_argument(WHAT, action="store_true", help="also say what each of them means")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.set_defaults(carry_out=_asked)


def _asked(options: argparse.Namespace) -> int:
    return settings(as_json=options.json, explain=options.explain)


def settings(*, as_json: bool, explain: bool) -> int:
    """Print every setting, its value and its origin; secrets in addresses are left out."""
    from flows.command.report import columns  # heavy

    now = in_force()
    rows = [(name, shown(now, name), now.origins.get(name, DEFAULT)) for name in DECLARED]
    if as_json:
        print(json.dumps({name: {"value": v, "origin": o} for name, v, o in rows}, indent=1))
    elif explain:
        told = [(*row, str(DECLARED[row[0]]["what"])) for row in rows]
        print(columns([("setting", "value", "from", "meaning"), *told]))
    else:
        print(columns([("setting", "value", "from"), *rows]))
    return 0
