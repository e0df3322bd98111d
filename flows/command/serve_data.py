"""`idm serve-data`: a database as web pages and JSON, for people who have no DuckDB.

Why not Datasette: it serves SQLite, so views, macros and the search would have to be written a
second time and the query book would not run; a page that answers the same SQL as `idm sql`, behind
the same lock, needs two small modules and libraries that Prefect brings along anyway.
"""

import argparse
import ipaddress
import socket
import sys
from pathlib import Path

import uvicorn

from flows.command.arguments import add_warehouse
from flows.command.asking.database import find_database, opened
from flows.command.asking.pages import LIMITS, Site, application
from flows.ground.problems import Problem, Refused

LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")


def declare(parser: argparse.ArgumentParser) -> None:
    """What `idm serve-data` takes."""
    parser.add_argument(
        "--port", type=int, default=8765, metavar="PORT", help="0: any free (default: %(default)s)"
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="ADDRESS",
        help="where to listen: this machine alone (default: %(default)s), or 0.0.0.0 for all",
    )
    parser.add_argument("--release", metavar="VERSION", help="a release, not the build")
    add_warehouse(parser)
    parser.set_defaults(carry_out=_asked)


def _asked(options: argparse.Namespace) -> int:
    return serve_data(options.warehouse, options.host, options.port, options.release)


def serve_data(warehouse: Path, host: str, port: int, release: str | None = None) -> int:
    """Serves the database of the build or of a release until it is interrupted.

    `port` 0 takes one that is free. Raises Refused when there is no such database, or when the
    address cannot be taken.
    """
    database = find_database(warehouse, release)
    try:
        listening = socket.create_server((host, port), family=_family(host))
    except (OSError, UnicodeError) as error:
        what = f"cannot be listened at: {getattr(error, 'strerror', None) or error}."
        place = f"{host}:{port}"
        raise Refused([Problem(place, None, what, "Choose another --host or --port.")]) from error
    with listening, opened(database, limits=LIMITS) as connection:
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listening.getsockname()[1]}/"
        print(f"Serving {database} at {address} until Ctrl-C.", flush=True)
        if not _is_loopback(host):
            print("Anybody who reaches this machine can read it.", file=sys.stderr)
        hosts = list(LOOPBACK) if _is_loopback(host) else ["*"]
        config = uvicorn.Config(
            application(Site(connection), hosts), log_level="warning", access_log=False
        )
        uvicorn.Server(config).run(sockets=[listening])
    return 0


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
