"""The folder of one language: its files, the lists and parts that patterns name, the patterns.

How a pattern is written, and what `on` and `at` say, stands in `packs/README.md`.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from flows.ground.problems import Problem, Refused
from flows.normalise.language.file import Item, PackFile, Part, laid_out
from flows.normalise.text.clues import Clues

Form = Literal["text", "lower", "key"]
"""What a pattern sees: the text as printed, in lower case, or without accents as well."""

Place = Literal["start", "anywhere", "whole", "part"]
"""Where it is tried: a pattern that is a `part` only stands in others."""

_SHARED = "words"  # the file whose lists and parts all others may name
_NAMED = re.compile(r"\{([a-z_]+)\}")
_DECLARE = "Correct it; README.md beside the folders tells what it means."


@dataclass(frozen=True)
class Entry:
    """A pattern of a pack, with what it declares; `id` names it to people and in the data."""

    id: str
    on: Form
    at: Place
    pattern: re.Pattern[str]


class LanguageFolder:
    """The files of one language, each read when it is first asked for.

    Paths start with the name of a file: `people.role.closing.label`. `entries` are the patterns
    read so far, `clues` those that they need. All methods raise Refused for a mistake in a file.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.language = folder.name
        self.entries: list[Entry] = []
        self.clues = Clues()
        self._folder, self._name = folder, name
        self._files: dict[str, PackFile] = {}
        self._patterns: dict[tuple[str, str, str], re.Pattern[str]] = {}
        self._open: list[Part] = []  # those being put into a pattern just now
        self._used: set[tuple[str, str]] = set()  # lists and parts that some pattern names

    def file(self, name: str) -> PackFile:
        """The file with that name, without its ending."""
        if name not in self._files:
            path = self._folder / f"{name}.toml"
            shown = f"{self._name}/{path.name}"
            if not path.is_file():
                what = f"the language '{self.language}' has no file {path.name}."
                raise Refused([Problem(shown, None, what, "Add it; the French pack shows how.")])
            self._files[name] = PackFile(shown, path.read_text(encoding="utf-8"))
        return self._files[name]

    def split(self, path: str) -> tuple[PackFile, str]:
        """The file of a path and the path inside it."""
        name, _, inside = path.partition(".")
        return self.file(name), inside

    # ------------------------------------------------------------ values

    def entry(self, path: str, kind: type[Any]) -> Any:
        """The value of an entry, which must be of that kind (a type of TOML)."""
        file, inside = self.split(path)
        return file.entry(inside, kind)

    def has(self, path: str) -> bool:
        """Whether the language has such an entry."""
        file, inside = self.split(path)
        return file.find(inside) is not None

    def names(self, path: str) -> list[str]:
        """The entries of a table, `on` and `at` aside, in their order."""
        return [name for name in self.entry(path, dict) if name not in ("on", "at")]

    # ------------------------------------------------------------ patterns

    def pattern(
        self, path: str, before: str = "", after: str = "", name: str | None = None
    ) -> re.Pattern[str]:
        """The compiled pattern of an entry, between `before` and `after`.

        `name` is its id without the language, where that is not its path.
        """
        if (path, before, after) in self._patterns:
            return self._patterns[path, before, after]
        file, inside = self.split(path)
        if isinstance(file.find(inside), dict):
            inside += ".pattern"
        text, offset = file.entry(inside, str), file.offset_of(inside)
        text = before + laid_out(text) + after
        pattern = self._read(file, inside, text, offset, name or path)
        self._patterns[path, before, after] = pattern
        return pattern

    def patterns(self, path: str) -> list[re.Pattern[str]]:
        """The compiled patterns of an entry that has several, under `patterns`."""
        file, inside = self.split(path)
        inside += ".patterns"
        offset = file.offset_of(inside)
        listed = file.entry(inside, list)
        return [self._read(file, inside, laid_out(text), offset, path) for text in listed]

    def pattern_of(self, file: str, item: Item, name: str) -> re.Pattern[str]:
        """The compiled pattern of one table of an array; `name` is its id without the language."""
        owner = self.file(file)
        offset = owner.line_start("pattern", item.offset)
        text = laid_out(item.values["pattern"])
        return self._read(owner, f"{item.path}.pattern", text, offset or item.offset, name)

    def _read(
        self, file: PackFile, inside: str, text: str, offset: int, name: str
    ) -> re.Pattern[str]:
        on = self._declared(file, inside, "on", get_args(Form))
        at = self._declared(file, inside, "at", get_args(Place))
        used: list[tuple[PackFile, Part]] = []
        expanded = self._expanded(text, file, offset, used)
        try:
            pattern = re.compile(expanded)
        except re.error as error:
            raise self._unreadable(file, offset, error, used) from None
        self.entries.append(Entry(f"{self.language}.{name}", on, at, pattern))
        return pattern

    def _declared(self, file: PackFile, inside: str, name: str, known: Collection[str]) -> Any:
        """What a pattern declares, or the nearest table around it."""
        table = inside.rpartition(".")[0]
        while table:
            value = file.find(f"{table}.{name}")
            if value in known:
                return value
            if value is not None:
                what = f"'{name}' of [{table}] is '{value}': it is none of {', '.join(known)}."
                raise file.refused(file.offset_of(f"{table}.{name}"), what, _DECLARE)
            table = table.rpartition(".")[0]
        what = f"the entry '{inside}' does not declare '{name}'."
        raise file.refused(file.offset_of(inside), what, f"Add one of {', '.join(known)}.")

    def _expanded(
        self, text: str, file: PackFile, offset: int, used: list[tuple[PackFile, Part]]
    ) -> str:
        """The pattern with each {name} replaced by the list or part of that name.

        `used` takes these, innermost first.
        """

        def replaced(found: re.Match[str]) -> str:
            owner, part = self._part(file, found[1])
            if part is None or part in self._open:
                what = f"the pattern names an unknown list or part {found[0]}."
                remedy = "Add it to [lists] or [parts] of the file."
                raise file.refused(file.place_of(found[0], offset), what, remedy)
            self._open.append(part)
            pattern = self._expanded(part.pattern, owner, part.offset, used)
            self._open.pop()
            used.append((owner, part))
            self._used.add((owner.name, part.name))
            return pattern

        return _NAMED.sub(replaced, text)

    def _part(self, file: PackFile, name: str) -> tuple[PackFile, Part | None]:
        """A list or part of the file, else of the words that all files share."""
        if name in file.parts:
            return file, file.parts[name]
        shared = self.file(_SHARED)
        return shared, shared.parts.get(name)

    def _unreadable(
        self, file: PackFile, offset: int, error: re.error, used: list[tuple[PackFile, Part]]
    ) -> Refused:
        """What to raise for a pattern that cannot be read; the fault may be in a part of it."""
        for owner, part in used:
            try:
                re.compile(self._expanded(part.pattern, owner, part.offset, []))
            except re.error as inner:
                file, offset, error = owner, part.offset, inner
                break
        what = f"the pattern cannot be read: {error}."
        return file.refused(offset, what, "Correct the regular expression.")

    # ------------------------------------------------------------ checks

    def refuse_unknown(self) -> None:
        """Raises Refused with every table, entry, list and part that nothing reads or names."""
        problems = [problem for file in self._files.values() for problem in file.unknown()]
        for file in self._files.values():
            for part in file.parts.values():
                if (file.name, part.name) not in self._used:
                    what = f"no pattern names {{{part.name}}}."
                    unused = file.refused(part.offset, what, "Name it in a pattern, or remove it.")
                    problems += unused.problems
        if problems:
            raise Refused(problems)
