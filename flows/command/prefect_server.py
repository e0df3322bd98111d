"""A Prefect server for the time of one run, or of `idm serve`: started early, and gone with it.

Prefect would start such a server by itself, but only once it is imported, and it would leave the
server running for ever when the run is killed. Here the server boots while the run still imports
its own modules, and ends itself as soon as the pipe from the run closes, however the run ended.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from flows.ground.problems import Problem, Refused

PATIENCE = 180  # seconds for a first start under load; an idle machine needs 3 to 7

# What a run sets where the user has not: nothing asks the network, of the many lines that Prefect
# logs none comes between the run's own, and old runs are forgotten (their records in the warehouse
# stay). Read by Prefect when it is imported.
SETTINGS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(PATIENCE),
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT_SERVER_API_BLOCKS_REGISTER_ON_START": "false",  # none is used
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
}


@contextmanager
def prefect_server(home: Path, port: int | None = None) -> Iterator[Callable[[], str]]:
    """Let Prefect have a server inside this context, and its settings.

    Enter before Prefect is imported, and call what is handed out before the first flow: it waits
    until the server answers, and returns the server's address. `home` is where Prefect keeps its
    records unless PREFECT_HOME says otherwise. With a `port` the server also keeps schedules and
    shows Prefect's page, on that port or, when another has it, on any. A server that the user names
    in PREFECT_API_URL is used as it is. Raises Refused when there is no server to be had.
    """
    for name, value in {**SETTINGS, "PREFECT_HOME": str(home.absolute())}.items():
        os.environ.setdefault(name, value)
    if standing := os.environ.get("PREFECT_API_URL"):
        yield partial(_await_answer, standing, "Check PREFECT_API_URL, or unset it.")
        return

    home = Path(os.environ["PREFECT_HOME"])
    try:
        home.mkdir(parents=True, exist_ok=True)
        log = (home / "server.log").open("w")
    except OSError as error:
        what = f"Prefect cannot keep its records here: {error.strerror}."
        remedy = "Set PREFECT_HOME to a folder that can be written, or use --direct."
        raise Refused([Problem(str(home), None, what, remedy)]) from None

    # The socket is opened here, so that no other process can take the port in between and a
    # request waits until the server takes it up instead of being sent again and again.
    with log, _listening(port) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/api"
        more = {"PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "WARNING"}  # into the log
        if port is not None:
            more["PREFECT_SERVER_UI_ENABLED"] = "true"
            more["PREFECT_SERVER_UI_API_URL"] = address
            more["PREFECT_SERVER_UI_STATIC_DIRECTORY"] = str(home / "page")
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "flows.command.prefect_server"),
                *(str(listening.fileno()), "once" if port is None else "standing"),
            ],
            pass_fds=[listening.fileno()],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            env={**os.environ, **more},
            start_new_session=True,  # Ctrl-C is for the run, which then stops the server
        )
    os.environ["PREFECT_API_URL"] = address
    try:
        yield partial(_await_answer, address, f"See {log.name}, or use --direct.")
    finally:
        del os.environ["PREFECT_API_URL"]
        server.terminate()
        server.wait()


def _listening(port: int | None) -> socket.socket:
    if port is not None:
        with suppress(OSError):
            return socket.create_server(("127.0.0.1", port), backlog=128)
    return socket.create_server(("127.0.0.1", 0), backlog=128)


def _await_answer(address: str, remedy: str) -> str:
    """Waits until the server at an address answers and lets us in, and returns the address."""
    key, password = os.environ.get("PREFECT_API_KEY"), os.environ.get("PREFECT_API_AUTH_STRING")
    headers = {}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    elif password:
        headers["Authorization"] = f"Basic {b64encode(password.encode()).decode()}"
    try:
        # Not /health, which everybody may ask.
        request = urllib.request.Request(f"{address}/admin/version", headers=headers)
        with urllib.request.urlopen(request, timeout=PATIENCE):
            return address
    except urllib.error.HTTPError as error:
        if error.code in (401, 403):
            what = "The Prefect server wants other credentials."
            remedy = "Set PREFECT_API_AUTH_STRING (user:password) or PREFECT_API_KEY."
        else:
            what = f"This is no Prefect server: it answers {error.code}."
    except (OSError, ValueError) as error:  # no connection, no answer in time; no address at all
        what = f"The Prefect server does not answer: {getattr(error, 'reason', error)}."
    raise Refused([Problem(address, None, what, remedy)]) from None


def _serve(listening: socket.socket, *, standing: bool) -> None:
    """Be the server, on a socket that is already listening, until the run is gone."""

    def stop_with_the_run() -> None:
        sys.stdin.buffer.read()  # returns when the run's end of the pipe is closed
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=stop_with_the_run, daemon=True).start()

    import uvicorn
    from prefect.server.api.server import create_app

    app = create_app(ephemeral=not standing, final=True)
    uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listening])


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])), standing=sys.argv[2] == "standing")
