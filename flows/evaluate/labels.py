"""Label files: reading them and refusing those that cannot be used."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flows.problems import Problem, Refused

Label = dict[str, Any]
"""An object of a label file as JSON has it."""

# What an entry of each list must have to be compared at all; all else may be left out.
_REQUIRED = {
    "days": ("number", "date"),
    "panels": ("title",),
    "sections": ("heading",),
    "participants": ("kind", "name"),
    "mentioned": ("kind", "name"),
    "recommendations": ("unit", "text"),
    "disputed": ("text",),
    "references": ("name", "units"),
    "figures": ("value", "verbatim", "u"),
    "countries": ("country_code", "units"),
}
_UNIT = re.compile(r"L(\d+)(?:\.\d+)?")
_REMEDY = "See README.md beside the labels for the format."


def read_labels(folder: Path) -> list[Label]:
    """The label files of a folder, ordered by document.

    Raises Refused with every problem if the folder is missing or a file is not a label file.
    """
    if not folder.is_dir():
        raise Refused([Problem(str(folder), None, "There is no such folder.", "Name another.")])
    labels: list[Label] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.json")):
        try:
            label = json.loads(path.read_bytes())
        except json.JSONDecodeError as error:
            problems.append(Problem(str(path), error.lineno, f"Not JSON: {error.msg}.", _REMEDY))
        except UnicodeDecodeError as error:
            what = f"Not UTF-8 at byte {error.start}."
            problems.append(Problem(str(path), None, what, "Save the file as UTF-8."))
        else:
            faults = list(_faults(label))
            problems += (Problem(str(path), None, fault, _REMEDY) for fault in faults)
            if not faults:
                labels.append(label)
    if problems:
        raise Refused(problems)
    return sorted(labels, key=lambda label: str(label["document"]))


def unit_line(unit: str) -> int:
    """The line that a unit names: 60 of `L060.2`."""
    match = _UNIT.fullmatch(unit)
    if match is None:
        raise ValueError(unit)
    return int(match.group(1))


def _faults(label: object) -> Iterator[str]:
    if not isinstance(label, dict) or not isinstance(label.get("document"), str):
        yield "The file is not an object with a text `document`."
        return
    if not isinstance(label.get("session", {}), dict):
        yield "`session` is not an object."
    for part, required in _REQUIRED.items():
        entries = label.get(part, [])
        if not isinstance(entries, list):
            yield f"`{part}` is not a list."
            continue
        for number, entry in enumerate(entries, start=1):
            if not isinstance(entry, dict):
                yield f"Entry {number} of `{part}` is not an object."
                continue
            missing = [key for key in required if key not in entry]
            if missing:
                yield f"Entry {number} of `{part}` lacks `{'`, `'.join(missing)}`."
            # In figures `unit` is what is counted, so that `u` names the place.
            place = entry.get("u" if part == "figures" else "unit")
            units = entry.get("units", [])
            if not isinstance(units, list):
                yield f"Entry {number} of `{part}`: `units` is not a list."
                continue
            for unit in (place, *units):
                if unit is not None and not _UNIT.fullmatch(str(unit)):
                    yield f"Entry {number} of `{part}`: {unit!r} is not a unit such as `L060.2`."
