"""What the entries of a pack declare (`on`, `at`) is what the rules do with them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import flows.normalise
from documents import documents_in, reference, source
from flows.ground.folding import lower, same_length_key
from flows.normalise import normalise
from flows.normalise.language.folder import Entry, LanguageFolder
from flows.normalise.language.pack import LANGUAGES, Pack, packs

_ALLOWED = {
    "anywhere": {"anywhere", "start", "whole"},
    "start": {"start", "whole"},
    "whole": {"whole"},
    "part": set[str](),
}
_AT = {"match": "start", "fullmatch": "whole"}  # all other ways look anywhere


class Watched:
    """A pattern that says when it is tried in another way than its entry declares."""

    def __init__(self, pattern: re.Pattern[str], entry: Entry, faults: set[str]) -> None:
        self._pattern, self._entry, self._faults = pattern, entry, faults

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._pattern, name)
        if not callable(found):
            return found

        def tried(*arguments: Any) -> Any:
            self._watch(arguments[1 if name == "sub" else 0], _AT.get(name, "anywhere"))
            return found(*arguments)

        return tried

    def _watch(self, text: str, at: str) -> None:
        entry = self._entry
        if at not in _ALLOWED[entry.at]:
            self._faults.add(f"{entry.id} declares at = '{entry.at}' and is tried {at}")
        forms = {"text": text, "lower": lower(text), "key": same_length_key(text)}
        if forms[entry.on] != text:
            self._faults.add(f"{entry.id} declares on = '{entry.on}' and sees “{text[:60]}”")


class WatchedFolder(LanguageFolder):
    """A folder of a language whose patterns are watched."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, folder.name)
        self.faults: set[str] = set()

    def _read(self, *arguments: Any) -> Any:
        return Watched(super()._read(*arguments), self.entries[-1], self.faults)


@pytest.fixture(params=sorted(packs()))
def watched(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pack]:
    """The pack of a language, by which documents are read while a test runs."""
    pack = Pack(WatchedFolder(LANGUAGES / request.param))
    monkeypatch.setattr(flows.normalise, "pack_of", lambda _: pack)
    yield pack


def test_entries_are_tried_as_they_declare(watched: Pack) -> None:
    for text in documents_in(watched.language):
        _, problems = normalise([source(text)], reference())
        assert not problems
    assert isinstance(watched.folder, WatchedFolder)
    assert sorted(watched.folder.faults) == []
