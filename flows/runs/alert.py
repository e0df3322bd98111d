"""Reaching a person when a run went wrong: a command or a webhook, with a JSON of what happened."""

import json
import shlex
import subprocess
import urllib.error
import urllib.request
from dataclasses import asdict
from urllib.parse import urlsplit

from flows.runs.record import Run
from flows.settings import Settings

PATIENCE = 30  # seconds for a command to end, or a webhook to answer


def alert(run: Run, settings: Settings) -> str | None:
    """Tells whom the settings name of a run that went wrong. Returns why nobody could be told;
    None when all were, or nobody is named. No word of a document is in what is sent."""
    message = message_of(run, settings)
    failures = []
    if settings.alert_command:
        failures.append(_run(settings.alert_command, message))
    if settings.alert_webhook:
        failures.append(_post(settings.alert_webhook, message))
    return " ".join(filter(None, failures)) or None


def message_of(run: Run, settings: Settings) -> str:
    """The JSON that is sent: the record of the run, a line for a person, and where to look."""
    facts = {
        "subject": f"IDM Open Data: the run of {run.started} {verb(run.result)}",
        "warehouse": str(settings.warehouse),
        "look": "idm status",
        **asdict(run),
        "seconds": run.seconds,
    }
    return json.dumps(facts, ensure_ascii=False)


def verb(result: str) -> str:
    """What a run did, to end a sentence with."""
    return {"refused": "was refused", "failed": "failed", "crashed": "crashed"}.get(result, result)


def _run(command: str, message: str) -> str | None:
    try:
        subprocess.run(
            shlex.split(command),
            input=message.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=True,
        )
    except subprocess.TimeoutExpired:
        return f"alert_command did not end in {PATIENCE} s."
    except subprocess.CalledProcessError as error:
        return f"alert_command ended with {error.returncode}."
    except (OSError, ValueError) as error:
        return f"alert_command cannot be run: {getattr(error, 'strerror', None) or error}."
    return None


def _post(address: str, message: str) -> str | None:
    host = urlsplit(address).hostname  # the rest of the address may hold a secret
    request = urllib.request.Request(
        address, message.encode(), {"Content-Type": "application/json"}, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE):
            return None
    except urllib.error.HTTPError as error:
        return f"alert_webhook: {host} answers {error.code}."
    except (OSError, ValueError) as error:
        return f"alert_webhook: {host} does not answer: {getattr(error, 'reason', error)}."
