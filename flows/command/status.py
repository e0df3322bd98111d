"""`idm status`: how the runs went, what is due, and what is wrong."""

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from flows.command.arguments import add_warehouse, settings

if TYPE_CHECKING:
    from flows.runs.status import Status
    from flows.settings import Settings

SHOWN = 10  # runs


def declare(parser: argparse.ArgumentParser) -> None:
    """What `idm status` takes."""
    parser.add_argument("--json", action="store_true", help="for programs")
    add_warehouse(parser)
    parser.set_defaults(carry_out=_asked)


def _asked(options: argparse.Namespace) -> int:
    return status(settings().but(warehouse=options.warehouse), as_json=options.json)


def status(settings: "Settings", *, as_json: bool) -> int:
    """Print the state of a warehouse; 1 when something is wrong with it."""
    from flows.runs.status import status_of
    from flows.runs.times import now

    found = status_of(settings, now())
    print(_as_json(found) if as_json else _as_text(found))
    return 1 if found.wrong else 0


def _as_json(found: "Status") -> str:
    latest = found.latest
    facts = {
        "wrong": [
            {"file": p.file, "line": p.line, "what": p.what, "remedy": p.remedy}
            for p in found.wrong
        ],
        "latest_release": latest
        and {"version": latest["version"], "date": latest["date"], "age_days": found.age_days},
        "next_run": found.due and found.due.isoformat(),
        "schedule": found.schedule and asdict(found.schedule),
        "writer": found.writer and asdict(found.writer),
        "runs": [{**asdict(run), "seconds": run.seconds} for run in found.runs[:SHOWN]],
    }
    return json.dumps(facts, ensure_ascii=False, indent=1)


def _as_text(found: "Status") -> str:
    from flows.command.report import columns

    heading = ("began (UTC)", "result", "release", "documents", "rows", "warnings", "seconds", "by")
    rows = [
        (
            run.started.replace("T", " ").removesuffix("Z"),
            run.result,
            run.version,
            run.inputs,
            sum(run.rows.values()) if run.rows else None,
            sum(run.warnings.values()) if run.rows else None,
            None if run.seconds is None else int(run.seconds),
            run.trigger,
        )
        for run in found.runs[:SHOWN]
    ]
    latest = found.latest
    age = "" if found.age_days is None else f", {found.age_days} days old"
    facts = [("Release", f"{latest['version']} of {latest['date']}{age}" if latest else "none yet")]
    if found.writer:
        facts.append(("Writing", str(found.writer)))
    if found.schedule:
        facts.append(("Schedule", str(found.schedule)))
        if found.schedule.page:
            facts.append(("Page", found.schedule.page))
    due = found.due and f"{found.due:%Y-%m-%d %H:%M:%S %Z}"
    facts.append(("Next run", due or "no time is known here"))
    parts = [columns([heading, *rows])] if rows else []
    parts.append(columns(facts))
    parts.append(
        "Wrong:\n" + "\n".join(f"  {problem}" for problem in found.wrong)
        if found.wrong
        else "All is well."
    )
    return "\n\n".join(parts)
