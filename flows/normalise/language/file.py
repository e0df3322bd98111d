"""The file of one language, read entry by entry, so that each mistake is named with its line.

Entries are named by their path: `people.listing.unless` is `unless` of `[people.listing]`.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar

from flows.ground.problems import Problem, Refused
from flows.normalise.text.clues import Clues

Value = TypeVar("Value")

_TABLE = re.compile(r"^\[+(?P<table>[\w.-]+)", re.MULTILINE)
_MACRO = re.compile(r"\{([a-z_]+)\}")
_CORRECT = "Correct the regular expression."
_ADD = "Add it; fr.toml shows how."
_REMOVE = "Correct its name or remove it; fr.toml shows the names."
_KINDS = {str: "a text", list: "a list", dict: "a table", bool: "true or false"}


class Rule:
    """One table of an array such as `[[cues]]`. `offset` is where it starts in the file."""

    def __init__(self, file: "LanguageFile", values: Mapping[str, Any], offset: int) -> None:
        self._file, self._values, self._offset = file, values, offset

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def get(self, name: str, default: Any = None) -> Any:
        """The value of an entry, the default where the rule has none."""
        return self._values.get(name, default)

    def pattern(self, name: str, before: str = "", after: str = "") -> re.Pattern[str]:
        """The compiled pattern of an entry, between `before` and `after`."""
        return self._file.compile(self._values[name], self._offset, before, after)

    def optional(self, name: str, before: str = "", after: str = "") -> re.Pattern[str] | None:
        """The same; None where the rule has no such entry."""
        return self.pattern(name, before, after) if name in self._values else None


class LanguageFile:
    """A parsed language file. Remembers which entries were read: the others are unknown.

    `name` is the file as its owner knows it, `text` what it holds, `clues` are those that its
    patterns need. All methods raise Refused for a
    mistake of the file.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.clues = Clues()
        self._tables = list(_TABLE.finditer(text))
        self._read: set[str] = set()
        try:
            self.data: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"at line (\d+)", str(error))
            line = int(found[1]) if found else text.count("\n") + 1
            raise Refused([Problem(name, line, f"{error}.", "Correct the TOML.")]) from None

    # ------------------------------------------------------------ values

    def entry(self, path: str, kind: type[Value]) -> Value:
        """The value of an entry, which is of that kind (a type of TOML)."""
        self._read.add(path)
        value: Any = self.data
        for name in path.split("."):
            if not isinstance(value, dict) or name not in value:
                raise self.missing(path)
            value = value[name]
        if not isinstance(value, kind):
            what = f"the entry '{path}' is not {_KINDS[kind]}."
            raise self._refused(self.offset_of(path), what, "fr.toml shows how it is written.")
        return value

    def pattern(self, path: str, before: str = "", after: str = "") -> re.Pattern[str]:
        """The compiled pattern of an entry, between `before` and `after`."""
        return self.compile(self.entry(path, str), self.offset_of(path), before, after)

    def patterns(self, path: str, before: str = "", after: str = "") -> dict[str, re.Pattern[str]]:
        """Name → compiled pattern, for all entries of a table, in their order."""
        names = self.entry(path, dict)
        return {name: self.pattern(f"{path}.{name}", before, after) for name in names}

    def listed(self, path: str) -> Iterator[tuple[str, Any, int]]:
        """The items of a list of pairs, with the offset to blame in the file."""
        offset = self.offset_of(path)
        for first, second in self.entry(path, list):
            yield first, second, offset

    def rules(
        self, path: str, required: Collection[str], optional: Collection[str] = ()
    ) -> list[Rule]:
        """The tables of an array of tables; each has the required entries and no unknown ones."""
        starts = [found.start() for found in self._headers(path)]
        rules = []
        for values, start in zip(self.entry(path, list), starts, strict=True):
            for name in required:
                if name not in values:
                    what = f"the entry '{name}' of [[{path}]] is missing."
                    raise self._refused(start, what, _ADD)
            for name in values:
                if name not in required and name not in optional:
                    what = f"[[{path}]] has an unknown entry '{name}'."
                    raise self._refused(self._line_start(name, start), what, _REMOVE)
            rules.append(Rule(self, values, start))
        return rules

    def missing(self, path: str) -> Refused:
        """What to raise for an entry that the file lacks; the line is that of its table."""
        table = path.rpartition(".")[0]
        offset = self.offset_of(table) if table else None
        return self._refused(offset, f"the entry '{path}' is missing.", _ADD)

    def wrong(self, path: str, value: str, why: str) -> Refused:
        """What to raise for a value of an entry that cannot be used."""
        offset = self.offset_of(path)
        found = self.text.find(value, offset)
        what = f"'{value}' of '{path}' cannot be used: {why}."
        return self._refused(found if found >= 0 else offset, what, "Correct the entry.")

    # ------------------------------------------------------------ patterns

    def compile(
        self, pattern: str, offset: int, before: str = "", after: str = ""
    ) -> re.Pattern[str]:
        """The compiled pattern, macros expanded, between `before` and `after`.

        `offset` is where its entry starts in the file; a mistake is looked for from there on.
        """
        expanded = self._expanded(before + pattern + after, offset, self._macros)
        return self._compiled(expanded, pattern, offset)

    def _compiled(self, expanded: str, pattern: str, offset: int) -> re.Pattern[str]:
        """The compiled form of a pattern of the file, which stands there from `offset` on."""
        try:
            return re.compile(expanded)
        except re.error as error:
            found = self.text.find(pattern, offset)
            place = found if found >= 0 else offset
            what = f"the pattern cannot be read: {error}."
            raise self._refused(place, what, _CORRECT) from None

    @cached_property
    def _macros(self) -> dict[str, str]:
        """Name → pattern of each macro; one may name those before it."""
        macros: dict[str, str] = {}
        for name, pattern in self.entry("macros", dict).items():
            offset = self.offset_of(f"macros.{name}")
            macros[name] = self._expanded(pattern, offset, macros)
            self._compiled(macros[name], pattern, offset)
        return macros

    def _expanded(self, pattern: str, offset: int, macros: Mapping[str, str]) -> str:
        """The pattern with each {name} replaced by the macro of that name."""

        def macro(found: re.Match[str]) -> str:
            if found[1] not in macros:
                place = self.text.find(found[0], offset)
                what = f"the pattern names an unknown macro {found[0]}."
                raise self._refused(place if place >= 0 else offset, what, "Add it to [macros].")
            return macros[found[1]]

        return _MACRO.sub(macro, pattern)

    # ------------------------------------------------------------ checks

    def refuse_unknown(self) -> None:
        """Raises Refused with every table and entry that nothing has read."""
        problems = [
            self._problem(self.offset_of(path), f"the entry '{path}' is unknown.", _REMOVE)
            for path in self._unread(self.data, "")
        ]
        if problems:
            raise Refused(problems)

    def _unread(self, table: Mapping[str, Any], prefix: str) -> Iterator[str]:
        for name, value in table.items():
            path = prefix + name
            if path in self._read:
                continue
            if isinstance(value, dict) and any(r.startswith(f"{path}.") for r in self._read):
                yield from self._unread(value, f"{path}.")
            else:
                yield path

    def _refused(self, offset: int | None, what: str, remedy: str) -> Refused:
        return Refused([self._problem(offset, what, remedy)])

    def _problem(self, offset: int | None, what: str, remedy: str) -> Problem:
        line = None if offset is None else self.text.count("\n", 0, offset) + 1
        return Problem(self.name, line, what, remedy)

    # ------------------------------------------------------------ places

    def _headers(self, table: str) -> list[re.Match[str]]:
        return [h for h in self._tables if f"{h['table']}.".startswith(f"{table}.")]

    def offset_of(self, path: str) -> int:
        """Where the entry or table starts in the file; 0 if that cannot be told."""
        names = path.split(".")
        for cut in range(len(names), 0, -1):
            for header in self._headers(".".join(names[:cut])):
                if cut == len(names):
                    return header.start()
                place = self._line_start(".".join(names[cut:]), header.end())
                return place if place is not None else header.start()
        return self._line_start(path, 0) or 0

    def _line_start(self, name: str, offset: int) -> int | None:
        """Where the first line from `offset` on starts that gives `name` a value."""
        quoted = r"\.".join(rf"\"?{re.escape(part)}\"?" for part in name.split("."))
        found = re.compile(rf"^{quoted} *[.=]", re.MULTILINE).search(self.text, offset)
        return found.start() if found else None
