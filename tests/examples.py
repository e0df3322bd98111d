"""Examples of the rules of a language: `packs/fr.toml` and the like, run one by one.

A rule is a pattern of a language pack; its id is what `rule` says in the data (`fr.call.exhorter`)
or else language, file and entry (`fr.header.series`). Each has sentences that it must find (`hit`)
and near misses that it must not (`miss`), written as a document prints them:

    ["fr.call.exhorter"]
    hit = ["Les délégués ont exhorté les États à rouvrir les ports."]
    miss = ["L'exhortation figure sur une plaque du port."]

A rule whose id stands in the data is tried by the whole program: the examples stand in a small
document (the entry `document` of the file), and the rule must have made a row of it. A trap is
right when it matches and the example makes no recommendation; what it must miss makes one. Any
other pattern is tried by itself, on the form of the text that it declares and where it declares.

    python tests/examples.py [fr] [word]      what fails, and which rules have no examples yet
"""

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from documents import reference, source
from flows.ground.folding import fold_typography, lower, same_length_key
from flows.normalise import normalise
from flows.normalise.language.folder import Entry
from flows.normalise.language.pack import FORCES, packs

FOLDER = Path(__file__).parent / "packs"
PUBLISHED = {*FORCES, "group", "objective"}
"""Families of rules whose ids stand in the data."""

_FORMS = {
    "text": fold_typography,
    "lower": lambda text: lower(fold_typography(text)),
    "key": lambda text: same_length_key(fold_typography(text)),
}


@dataclass(frozen=True)
class Example:
    """A sentence, or several, with the rule that must find it (`hit`) or must not."""

    rule: str
    text: str
    hit: bool
    place: str  # file and line


def rules(language: str) -> dict[str, list[Entry]]:
    """Id → patterns of each rule of a language: several for an objective, with its terms."""
    found: dict[str, list[Entry]] = {}
    for entry in packs()[language].folder.entries:
        found.setdefault(entry.id, []).append(entry)
    return found


def examples(language: str) -> list[Example]:
    """The examples of a language, in the order of its file."""
    return [
        Example(rule, text, kind == "hit", f"tests/packs/{language}.toml:{line}")
        for rule, kinds in _file(language).items()
        if isinstance(kinds, dict)
        for kind, texts in kinds.items()
        for text in texts
        for line in [_line_of(language, text)]
    ]


def without_examples(language: str) -> list[str]:
    """The rules that have no sentence to find, or no near miss."""
    written = _file(language)
    return [
        rule
        for rule in rules(language)
        if not all(written.get(rule, {}).get(kind) for kind in ("hit", "miss"))
    ]


def faults(language: str, word: str = "") -> Iterator[str]:
    """What is wrong with the examples, those of rules with `word` in their id: a line for each."""
    known = rules(language)
    for rule, kinds in _file(language).items():
        if not isinstance(kinds, dict):
            continue
        if rule not in known:
            yield f"{rule}: there is no such rule; {_near(rule, known)}"
        if set(kinds) - {"hit", "miss"}:
            yield f"{rule}: only `hit` and `miss` are read, not {sorted(set(kinds))}"
    for example in examples(language):
        if word in example.rule and example.rule in known:
            wrong = _fault(example, known[example.rule], language)
            if wrong:
                must = "must find" if example.hit else "must not find"
                yield f"{example.place}: {example.rule} {must} “{example.text}”\n    {wrong}"


def _fault(example: Example, entries: list[Entry], language: str) -> str | None:
    """What came out of an example instead of what it says; None where it is right."""
    family = example.rule.split(".")[1]
    if family in PUBLISHED:
        found = _read(example.text, language)
        if any(rule == example.rule for rule, _ in found) == example.hit:
            return None
        return f"what came out: {_told(found)}"
    matches = [found for entry in entries if (found := match(entry, example.text)) is not None]
    if family == "trap":
        if example.hit and not matches:
            return "the pattern does not match"
        made = [(rule, words) for rule, words in _read(example.text, language) if _is_cue(rule)]
        return None if bool(made) != example.hit else f"the recommendations made: {_told(made)}"
    if bool(matches) == example.hit:
        return None
    entry = entries[0]
    seen = f"“{_FORMS[entry.on](example.text)}”, tried {_TRIED[entry.at]}"
    return f"it finds “{matches[0]}” in {seen}" if matches else f"it finds nothing in {seen}"


_TRIED = {
    "start": "at the start",
    "anywhere": "anywhere",
    "whole": "on the whole of it",
    "part": "on the whole of it, as a part of other patterns",
}


def match(entry: Entry, text: str) -> str | None:
    """What a pattern finds in a text, in the form and at the place that it declares: the longest
    where there are several. Nothing at all, which a pattern of what may be left out finds in every
    text, is no find."""
    form = _FORMS[entry.on](text)
    if entry.at == "anywhere":
        return (
            max((found[0] for found in entry.pattern.finditer(form)), key=len, default="") or None
        )
    found = (entry.pattern.match if entry.at == "start" else entry.pattern.fullmatch)(form)
    return (found[0] or None) if found else None


@cache
def _file(language: str) -> dict[str, dict[str, list[str]]]:
    path = FOLDER / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


@cache
def _lines(language: str) -> list[str]:
    return (FOLDER / f"{language}.toml").read_text(encoding="utf-8").split("\n")


def _line_of(language: str, text: str) -> int:
    """The line of the file on which an example stands, 1 if that cannot be told."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return next((n for n, line in enumerate(_lines(language), 1) if quoted in line), 1)


@cache
def _read(text: str, language: str) -> list[tuple[str, str]]:
    """Rules of the pack, and the words they rest on, of all rows that a document with it gives."""
    document = str(_file(language)["document"]).replace("{example}", text)
    tables, problems = normalise([source(document)], reference())
    assert not problems, [str(problem) for problem in problems]
    cues = [(str(row["rule"]), str(row["cue"])) for row in tables["recommendations"]]
    codes = [
        (str(row["rule"]), document[int(str(row["char_start"])) : int(str(row["char_end"]))])
        for row in tables["recommendation_codes"]
    ]
    return cues + codes


def _is_cue(rule: str) -> bool:
    return rule.split(".")[1] in FORCES


def _told(found: list[tuple[str, str]]) -> str:
    return ", ".join(f"{rule} (“{words}”)" for rule, words in found) or "nothing"


def _near(rule: str, known: dict[str, list[Entry]]) -> str:
    """Rules that end as a misspelt one does, or start so."""
    parts = rule.split(".")
    near = [name for name in known if name.split(".")[-1] == parts[-1]]
    near += [name for name in known if name.startswith(".".join(parts[:2]) + ".")]
    return f"did you mean {', '.join(near[:4])}?" if near else "README.md of the packs tells how"


def main(language: str = "", word: str = "") -> int:
    """Print all faults of one language or all; exit code 0 when there are none."""
    wrong = 0
    for name in [language] if language else sorted(packs()):
        for fault in faults(name, word):
            wrong += 1
            print(fault)
        missing = [rule for rule in without_examples(name) if word in rule]
        print(f"{name}: {len(examples(name))} examples, {len(missing)} rules without:")
        print("".join(f"    {rule}\n" for rule in missing), end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
