"""One TOML file of a language pack, read entry by entry, so that each mistake has its line.

Entries are named by their path: `role.closing.label` is `label` of `[role.closing]`. How patterns,
lists and parts are written stands in `packs/README.md`.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from flows.ground.problems import Problem, Refused

Value = TypeVar("Value")

_TABLE = re.compile(r"^\[+(?P<table>[^\]\n]+?)\]+ *$", re.MULTILINE)
_ADD = "Add it; the French pack shows how."
_REMOVE = "Correct its name or remove it; the French pack shows the names."
_KINDS = {str: "a text", list: "a list", dict: "a table", bool: "true or false"}


@dataclass(frozen=True)
class Item:
    """One table of an array such as `[[objective.1]]`; `path` names it, `offset` is its place."""

    path: str
    values: Mapping[str, Any]
    offset: int


@dataclass(frozen=True)
class Part:
    """A piece of patterns that has a name: `pattern` names others by `{name}`."""

    name: str
    pattern: str
    offset: int


class PackFile:
    """A parsed file. Remembers which entries were read: the others are unknown.

    `name` is the file as its owner knows it, `text` what it holds. All methods raise Refused for
    a mistake of the file.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._tables = list(_TABLE.finditer(text))
        self._read: set[str] = set()
        try:
            self.data: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"at line (\d+)", str(error))
            line = int(found[1]) if found else text.count("\n") + 1
            raise Refused([Problem(name, line, f"{error}.", "Correct the TOML.")]) from None

    # ------------------------------------------------------------ values

    def find(self, path: str) -> Any:
        """The value of an entry, None where the file has none."""
        self._read.add(path)
        value: Any = self.data
        for name in path.split("."):
            if not isinstance(value, dict) or name not in value:
                return None
            value = value[name]
        return value

    def entry(self, path: str, kind: type[Value]) -> Value:
        """The value of an entry, which must be there and of that kind (a type of TOML)."""
        value = self.find(path)
        if value is None:
            raise self.missing(path)
        if not isinstance(value, kind):
            what = f"the entry '{path}' is not {_KINDS[kind]}."
            raise self.refused(
                self.offset_of(path), what, "The French pack shows how it is written."
            )
        return value

    def optional(self, path: str, kind: type[Value], default: Value) -> Value:
        """The value of an entry of that kind, the default where there is none."""
        return default if self.find(path) is None else self.entry(path, kind)

    def items(
        self, path: str, required: Collection[str], optional: Collection[str] = ()
    ) -> list[Item]:
        """The tables of an array of tables; each has the required entries and no unknown ones."""
        starts = [found.start() for found in self._headers(path)]
        items = []
        for values, start in zip(self.entry(path, list), starts, strict=True):
            for name in required:
                if name not in values:
                    what = f"the entry '{name}' of [[{path}]] is missing."
                    raise self.refused(start, what, _ADD)
            for name in values:
                if name not in required and name not in optional:
                    what = f"[[{path}]] has an unknown entry '{name}'."
                    raise self.refused(self.line_start(name, start), what, _REMOVE)
            items.append(Item(path, values, start))
        return items

    @cached_property
    def parts(self) -> dict[str, Part]:
        """The lists and parts of the file by name; a list is the pattern of any of its words."""
        parts = {}
        for name in self.optional("lists", dict, {}):
            words = map(laid_out, self.entry(f"lists.{name}", list))
            parts[name] = Part(name, f"(?:{'|'.join(words)})", self.offset_of(f"lists.{name}"))
        for name in self.optional("parts", dict, {}):
            pattern = laid_out(self.entry(f"parts.{name}", str))
            parts[name] = Part(name, pattern, self.offset_of(f"parts.{name}"))
        return parts

    # ------------------------------------------------------------ mistakes

    def missing(self, path: str) -> Refused:
        """What to raise for an entry that the file lacks; the line is that of its table."""
        table = path.rpartition(".")[0]
        offset = self.offset_of(table) if table else None
        return self.refused(offset, f"the entry '{path}' is missing.", _ADD)

    def wrong(self, path: str, value: str, why: str) -> Refused:
        """What to raise for a value of an entry that cannot be used."""
        what = f"'{value}' of '{path}' cannot be used: {why}."
        place = self.place_of(value, self.offset_of(path))
        return self.refused(place, what, "Correct the entry.")

    def refused(self, offset: int | None, what: str, remedy: str) -> Refused:
        """What to raise for a mistake at an offset of the text."""
        return Refused([self._problem(offset, what, remedy)])

    def unknown(self) -> list[Problem]:
        """A problem for every table and entry that nothing has read."""
        return [
            self._problem(self.offset_of(path), f"the entry '{path}' is unknown.", _REMOVE)
            for path in self._unread(self.data, "")
        ]

    def _unread(self, table: Mapping[str, Any], prefix: str) -> Iterator[str]:
        for name, value in table.items():
            path = prefix + name
            if path in self._read and not isinstance(value, dict):
                continue
            inside = any(read.startswith(f"{path}.") for read in self._read)
            if isinstance(value, dict) and (inside or path in self._read):
                if inside:
                    yield from self._unread(value, f"{path}.")
            else:
                yield path

    def _problem(self, offset: int | None, what: str, remedy: str) -> Problem:
        line = None if offset is None else self.text.count("\n", 0, offset) + 1
        return Problem(self.name, line, what, remedy)

    # ------------------------------------------------------------ places

    def place_of(self, words: str, offset: int) -> int:
        """Where words stand from an offset on; the offset itself if they do not."""
        found = self.text.find(words, offset)
        return found if found >= 0 else offset

    def offset_of(self, path: str) -> int:
        """Where the entry or table starts in the file; 0 if that cannot be told."""
        names = path.split(".")
        for cut in range(len(names), 0, -1):
            for header in self._headers(".".join(names[:cut])):
                if cut == len(names):
                    return header.start()
                place = self.line_start(".".join(names[cut:]), header.end())
                return place if place is not None else header.start()
        return self.line_start(path, 0) or 0

    def line_start(self, name: str, offset: int) -> int | None:
        """Where the first line from `offset` on starts that gives `name` a value."""
        quoted = r"\.".join(rf"\"?{re.escape(part)}\"?" for part in name.split("."))
        found = re.compile(rf"^{quoted} *[.=]", re.MULTILINE).search(self.text, offset)
        return found.start() if found else None

    def _headers(self, table: str) -> list[re.Match[str]]:
        """The headers of a table or an array of tables."""
        return [header for header in self._tables if header["table"] == table]


def laid_out(text: str) -> str:
    """The pattern of a text: over several lines, line breaks, indentation and comments vanish."""
    if "\n" not in text:
        return text
    lines = (line.strip(" \t") for line in text.split("\n"))
    return "".join(line for line in lines if not line.startswith("#")).replace("[ ]", " ")
