"""Do the language packs of this work tree say what those of an earlier commit said?

Both are read by their own program; of every attribute of a pack each word, flag and pattern, with
all lists and parts in their place, is compared. A change of how packs are written is right when
nothing differs; after a change of what they say, this shows all that it changed.

    python tests/same_packs.py [--against REVISION]
"""

import argparse
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
READ = """
import dataclasses, json, re, sys
from flows.normalise.language.pack import packs

def plain(value):
    if isinstance(value, re.Pattern):
        return value.pattern
    if dataclasses.is_dataclass(value):
        fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
        return {name: plain(field) for name, field in fields.items() if name != "mask"}
    if isinstance(value, dict):
        return {str(name): plain(entry) for name, entry in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(value)
    if isinstance(value, (list, tuple)) and value and hasattr(value[0], "rule"):
        return {v.rule: plain(v) for v in value} | {"order": " ".join(v.rule for v in value)}
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    return value if isinstance(value, (str, int, float, type(None))) else None

LEFT_OUT = ("file", "folder", "clues", "number_mask")
read = {
    name: {a: plain(v) for a, v in vars(pack).items() if a not in LEFT_OUT}
    for name, pack in packs().items()
}
json.dump(read, sys.stdout)
"""
OLD_NAMES = {
    "shapes.": "",
    "labels.theme": "theme_label",
    "labels.place": "place_label",
    "labels.date": "date_label",
    "labels.modality": "modality_label",
    "section_cues.sentence_start": "sentence_start",
    "section_cues.opening": "opening_cue",
    "section_cues.closing": "closing_cue",
    "section_cues.synthesis": "synthesis_cue",
    "section_cues.notes": "notes_cue",
    "importance.infinitive": "infinitive_behind",
    "importance.not_infinitive": "not_infinitive_behind",
    "importance.indefinite": "indefinite_behind",
    "importance.enumerated": "enumerated_behind",
    "importance.action_noun": "action_noun_behind",
    "importance.past": "past_behind",
    "addressee.strip.pattern": "before_addressee",
    "addressee.subject_stop.pattern": "subject_stop",
    "addressee.agent.": "acting_agent.",
    "addressee.": "",
}
"""How attributes were called when a pack was one file → what they are called now."""

NEVER = "(?!)"  # how such a pack said that a language has no such thing


def main() -> int:
    """Compare, and say what differs. Exit code 0 when nothing does."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--against", default="HEAD", metavar="REVISION", help="default: HEAD")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        archive = ["git", "archive", options.against, "flows", "schemas"]
        packed = subprocess.run(archive, cwd=PROJECT, check=True, capture_output=True).stdout
        with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
            tar.extractall(temporary, filter="data")
        old, new = said(Path(temporary)), said(PROJECT)
    names = sorted(set(old) | set(new))
    differing = [name for name in names if old.get(name) != new.get(name)]
    for name in differing:
        print(f"{name}\n  was {shown(old.get(name))}\n  is  {shown(new.get(name))}")
    print(f"{len(names)} entries compared with {options.against}: ", end="")
    print(f"{len(differing)} differ" if differing else "all the same")
    return 1 if differing else 0


def said(tree: Path) -> dict[str, object]:
    """What the packs of a work tree say: `fr.people.honorific` and the like → value."""
    read = subprocess.run(
        [sys.executable, "-c", READ], cwd=tree, check=True, capture_output=True, text=True
    )
    return dict(flat(json.loads(read.stdout), ""))


def flat(value: Any, path: str) -> list[tuple[str, object]]:
    """Path → value of all that is in a value."""
    if isinstance(value, dict | list):
        entries = value.items() if isinstance(value, dict) else enumerate(value)
        return [pair for name, entry in entries for pair in flat(entry, f"{path}{name}.")]
    if isinstance(value, str) and value.startswith(NEVER):
        value = NEVER
    return [(renamed(path.rstrip(".")), value)]


def renamed(path: str) -> str:
    """The path of an entry as it is called now."""
    language, _, rest = path.partition(".")
    for old, new in OLD_NAMES.items():
        if rest.startswith(old):
            return f"{language}.{new}{rest.removeprefix(old)}"
    return path


def shown(value: object) -> str:
    """A value, short enough to be read."""
    text = "not there" if value is None else repr(value)
    return text if len(text) <= 200 else f"{text[:190]} … ({len(text)} characters)"


if __name__ == "__main__":
    sys.exit(main())
