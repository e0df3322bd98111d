"""Label files: reading them and refusing those that cannot be used."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flows.ground.problems import Problem, Refused

Label = dict[str, Any]
"""An object of a label file as JSON has it."""

# How the values of an entry look; a key that starts with `!` must be there. Keys not named here
# are for readers.
_TEXT, _NUMBER, _CODES, _UNIT, _UNITS = "a text", "a number", "a list of codes", "a unit", "units"
_VALUE = "a text or a number"
_SESSION = {
    **dict.fromkeys(
        ("series", "title", "start_date", "end_date", "start_time", "end_time", "timezone"), _TEXT
    ),
    **dict.fromkeys(("venue", "city", "country_code", "modality"), _TEXT),
    **dict.fromkeys(("year", "ordinal"), _NUMBER),
}
_TOTAL = {"!what": _TEXT, "!value": _NUMBER}
_PARTS = {
    "days": {"!number": _NUMBER, "!date": _TEXT, "theme": _TEXT},
    "panels": {"!title": _TEXT, "day": _NUMBER, "number": _VALUE},
    "sections": {"!heading": _TEXT, "day": _NUMBER, "level": _NUMBER},
    "participants": {
        **dict.fromkeys(("!kind", "!name", "honorific", "position", "organisation"), _TEXT),
        **dict.fromkeys(("country_code", "sector"), _TEXT),
        **dict.fromkeys(("sectors_allowed", "roles", "panels"), _CODES),
        "unit": _UNIT,
    },
    "mentioned": {"!kind": _TEXT, "!name": _TEXT, "unit": _UNIT},
    "recommendations": {
        "!unit": _UNIT,
        **dict.fromkeys(("!text", "force", "attribution", "attributed_to", "addressee"), _TEXT),
        **dict.fromkeys(("groups", "gcm", "gcm_allowed", "gcm_explicit"), _CODES),
    },
    "disputed": {"!text": _TEXT, "unit": _UNIT},
    "references": {"!name": _TEXT, "!units": _UNITS, "symbol": _TEXT, "type": _TEXT},
    # `unit` is what is counted here, so that `u` names the place.
    "figures": {"!value": _VALUE, "!verbatim": _TEXT, "!u": _UNIT, "unit": _TEXT},
    "countries": {"!country_code": _TEXT, "!units": _UNITS},
}
_PLACE = re.compile(r"L([0-9]{1,9})(?:\.[0-9]+)?")
_REMEDY = "Correct it; the format is set out in README.md of the project's seeds/gold."


def read_labels(folder: Path) -> dict[Path, Label]:
    """The label files of a folder, ordered by document.

    Raises Refused with every problem if the folder cannot be read, a file is not a label file, or
    two label the same document.
    """
    if not folder.is_dir():
        what = "There is no such folder." if not folder.exists() else "This is not a folder."
        raise Refused([Problem(str(folder), None, what, "Give a folder of label files.")])
    labels: dict[Path, Label] = {}
    problems: list[Problem] = []
    first: dict[str, Path] = {}  # by document
    for path in sorted(folder.glob("*.json")):
        label, faults = _read(path)
        if not faults:
            other = first.setdefault(label["document"], path)
            if other is not path:
                what = f"It labels {label['document']}, and so does {other.name}."
                faults = [Problem(str(path), None, what, "Keep one of the two.")]
        labels[path] = label
        problems += faults
    if problems:
        raise Refused(problems)
    return dict(sorted(labels.items(), key=lambda item: str(item[1]["document"])))


def unit_line(unit: str) -> int:
    """The line that a unit names: 60 of `L060.2`."""
    match = _PLACE.fullmatch(unit)
    if match is None:
        raise ValueError(unit)
    return int(match.group(1))


def _read(path: Path) -> tuple[Label, list[Problem]]:
    """The object of a label file, and what is wrong with it."""
    try:
        label = json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        return {}, [Problem(str(path), error.lineno, f"Not JSON: {error.msg}.", _REMEDY)]
    except RecursionError:
        return {}, [Problem(str(path), None, "Lists or objects nest too deeply.", _REMEDY)]
    except UnicodeDecodeError as error:
        what = f"Not UTF-8 at byte {error.start}."
        return {}, [Problem(str(path), None, what, "Save the file as UTF-8.")]
    except OSError as error:
        what = f"It cannot be read: {error.strerror}."
        return {}, [Problem(str(path), None, what, "Give a file that can be read.")]
    if not isinstance(label, dict):
        label = {}
    return label, [Problem(str(path), None, fault, _REMEDY) for fault in _faults(label)]


def _faults(label: Label) -> Iterator[str]:
    if not isinstance(label.get("document"), str):
        yield "The file is not an object with a text `document`."
        return
    if not isinstance(label.get("sha256", ""), str):
        yield "`sha256` is not a text."
    session = label.get("session", {})
    if isinstance(session, dict):
        yield from _faults_of_entry("`session`", session, _SESSION)
        yield from _faults_of_list("totals", session.get("totals", []), _TOTAL)
    else:
        yield "`session` is not an object."
    for part, keys in _PARTS.items():
        yield from _faults_of_list(part, label.get(part, []), keys)
    for number, entry in enumerate(label.get("participants", []), start=1):
        if isinstance(entry, dict) and entry.get("kind") == "state" and "country_code" not in entry:
            yield f"Entry {number} of `participants` is a state and lacks `country_code`."


def _faults_of_list(part: str, entries: object, keys: dict[str, str]) -> Iterator[str]:
    if not isinstance(entries, list):
        yield f"`{part}` is not a list."
        return
    for number, entry in enumerate(entries, start=1):
        if isinstance(entry, dict):
            yield from _faults_of_entry(f"Entry {number} of `{part}`", entry, keys)
        else:
            yield f"Entry {number} of `{part}` is not an object."


def _faults_of_entry(name: str, entry: Label, keys: dict[str, str]) -> Iterator[str]:
    missing = [key[1:] for key in keys if key.startswith("!") and key[1:] not in entry]
    if missing:
        yield f"{name} lacks `{'`, `'.join(missing)}`."
    for key, form in keys.items():
        required, key = key.startswith("!"), key.removeprefix("!")
        value = entry.get(key)
        # None and "" say that the document does not state the thing; no list may be empty so.
        may_be_empty = not required and form not in (_CODES, _UNITS)
        if key not in entry or (may_be_empty and value in (None, "")):
            continue
        if not _has_form(value, form):
            like = " such as `L060.2`" if form in (_UNIT, _UNITS) else ""
            form = "a list of units" if form == _UNITS else form
            yield f"{name}: `{key}` is {value!r}, not {form}{like}."


def _has_form(value: object, form: str) -> bool:
    if form in (_CODES, _UNITS):
        part = _VALUE if form == _CODES else _UNIT
        return isinstance(value, list) and all(_has_form(item, part) for item in value)
    if form == _UNIT:
        return isinstance(value, str) and _PLACE.fullmatch(value) is not None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return (is_number and form != _TEXT) or (isinstance(value, str) and form != _NUMBER)
