"""Language packs are checked when they are read: a mistake is named with its file and line."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.ground.problems import Problem, Refused
from flows.normalise.language import pack

FRENCH = (pack.LANGUAGES / "fr.toml").read_text(encoding="utf-8")

Change = Callable[[str], str]


@pytest.fixture
def languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder in place of the project's packs."""
    monkeypatch.setattr(pack, "LANGUAGES", tmp_path)
    for cached in (pack.language_files, pack.pack_of):
        cached.cache_clear()
    yield tmp_path
    for cached in (pack.language_files, pack.pack_of):
        cached.cache_clear()


def _problem(languages: Path, text: str) -> Problem:
    (languages / "fr.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        pack.packs()
    (problem,) = refused.value.problems
    assert problem.file.endswith("fr.toml")
    assert problem.remedy
    return problem


def _line_of(entry: str) -> int:
    """The line of the first entry that starts with these words."""
    found = re.search(rf"^{re.escape(entry)}", FRENCH, re.MULTILINE)
    assert found, entry
    return FRENCH.count("\n", 0, found.start()) + 1


def _broken(line: int) -> str:
    """The pack with an unclosed bracket at the start of the first pattern of a line."""
    lines = FRENCH.split("\n")
    lines[line - 1] = lines[line - 1].replace("'''", "'''(", 1)
    assert lines[line - 1] != FRENCH.split("\n")[line - 1]
    return "\n".join(lines)


def test_the_french_pack_is_whole() -> None:
    french = pack.pack_of("fr")
    assert (french.language, french.name) == ("fr", "French")
    rules = [cue.rule for cue in (*french.cues, *french.traps)]
    assert len(rules) == len(set(rules))
    assert {cue.force for cue in french.cues} == {"commitment", "call", "obligation", "importance"}


@pytest.mark.parametrize(
    "entry",
    [
        "unfinished =",
        "series =",
        "held_at =",
        "honorific =",
        "government =",
        "group_nouns =",
        "adverbial =",
        "passive =",
        "priority =",
        "infinitive =",
        "actors =",
        "asked =",
        "carried =",
        "explicit =",
        "percent =",
        "countable =",
        "symbol =",
        "17 =",
        "qualifiers =",
        "adverb =",
    ],
)
def test_a_broken_pattern(languages: Path, entry: str) -> None:
    line = _line_of(entry)
    problem = _problem(languages, _broken(line))
    assert "pattern" in problem.what
    assert problem.line == line


@pytest.mark.parametrize("block", ["[[cues]]", "[[traps]]", "[[groups]]", "[[sources.nouns]]"])
def test_a_broken_pattern_of_a_rule(languages: Path, block: str) -> None:
    start = _line_of(block)
    lines = FRENCH.split("\n")
    line = next(n for n in range(start, len(lines)) if lines[n - 1].startswith("pattern ="))
    assert _problem(languages, _broken(line)).line == line


@pytest.mark.parametrize(
    ("change", "line"),
    [
        pytest.param(lambda text: text + "\nhalf =", FRENCH.count("\n") + 2, id="no value"),
        pytest.param(
            lambda text: text.replace("\n[sentences]", "\n[sentences", 1),
            _line_of("[sentences]"),
            id="open bracket",
        ),
    ],
)
def test_broken_toml(languages: Path, change: Change, line: int) -> None:
    assert _problem(languages, change(FRENCH)).line == line


@pytest.mark.parametrize(
    "entry", ["language", "stop_words", "abbreviations", "held_at", "predicate", "actors", "symbol"]
)
def test_a_missing_entry_is_named(languages: Path, entry: str) -> None:
    start = re.search(rf"^{entry} = ", FRENCH, re.MULTILINE)
    assert start
    renamed = FRENCH[: start.start()] + "old_" + FRENCH[start.start() :]
    assert entry in _problem(languages, renamed).what


@pytest.mark.parametrize("entry", ["force", "pattern", "id"])
def test_a_rule_without_an_entry(languages: Path, entry: str) -> None:
    start = FRENCH.index("[[cues]]")
    place = FRENCH.index(f"\n{entry} = ", start) + 1
    renamed = FRENCH[:place] + "old_" + FRENCH[place:]
    assert entry in _problem(languages, renamed).what


def test_a_verb_without_endings_is_named(languages: Path) -> None:
    problem = _problem(languages, FRENCH.replace("\nverbs = []", '\nverbs = ["tousser"]', 1))
    assert "tousser" in problem.what
    assert problem.line == _line_of("verbs = []")


def test_forms_follow_from_the_ending_of_a_verb(languages: Path) -> None:
    text = FRENCH.replace("\nverbs = []", '\nverbs = ["tousser"]', 1)
    text = text.replace("\n[inflection.verbs]", '\n[inflection.verbs]\n"er" = ["é", "a"]', 1)
    (languages / "fr.toml").write_text(text, encoding="utf-8")
    forms = pack.packs()["fr"].reporting_forms
    assert {"toussé", "toussa"} <= forms
    assert not {"tousser", "touss"} & forms


def _with_line(line: int, text: str) -> str:
    """The pack with a further line in front of a line."""
    lines = FRENCH.split("\n")
    return "\n".join([*lines[: line - 1], text, *lines[line - 1 :]])


@pytest.mark.parametrize("entry", ["unfinished =", "series =", "passive =", "percent ="])
def test_an_unknown_macro(languages: Path, entry: str) -> None:
    line = _line_of(entry)
    lines = FRENCH.split("\n")
    lines[line - 1] = lines[line - 1].replace("'''", "'''{lighthouse}", 1)
    problem = _problem(languages, "\n".join(lines))
    assert "unknown macro {lighthouse}" in problem.what
    assert problem.line == line


@pytest.mark.parametrize(
    ("before", "path"),
    [
        ("unfinished =", "layout.lighthouse"),
        ('words = { "premier"', "ordinals.lighthouse"),
        ("speaker =", "people.listing.lighthouse"),
    ],
)
def test_an_unknown_entry(languages: Path, before: str, path: str) -> None:
    line = _line_of(before)
    problem = _problem(languages, _with_line(line, "lighthouse = 1"))
    assert f"'{path}' is unknown" in problem.what
    assert problem.line == line


def test_an_unknown_entry_of_a_rule(languages: Path) -> None:
    line = _line_of("[[traps]]") + 1
    problem = _problem(languages, _with_line(line, "lighthouse = 1"))
    assert "'lighthouse'" in problem.what
    assert problem.line == line


def test_an_unknown_table(languages: Path) -> None:
    problem = _problem(languages, FRENCH + "\n[lighthouse]\nheight = 38\n")
    assert "'lighthouse' is unknown" in problem.what
    assert problem.line == FRENCH.count("\n") + 2


def test_an_entry_of_another_kind(languages: Path) -> None:
    line = _line_of("unfinished =")
    lines = FRENCH.split("\n")
    lines[line - 1] = "unfinished = 38"
    problem = _problem(languages, "\n".join(lines))
    assert "'layout.unfinished' is not a text" in problem.what
    assert problem.line == line


def test_every_shape_that_the_rules_ask_for_is_there() -> None:
    """And the other way round: no shape of the pack is left that no rule asks for."""
    rules = "".join(p.read_text(encoding="utf-8") for p in pack.LANGUAGES.parents[1].rglob("*.py"))
    french = pack.pack_of("fr")
    shapes, importance = set(french.shapes), set(french.importance)
    assert set(re.findall(r"""shapes\[['"](\w+)['"]\]""", rules)) <= shapes | importance
    assert {name for name in shapes if not re.search(rf"""['".]{name}['"]""", rules)} == set()


def test_every_pack_is_whole() -> None:
    for language, read in pack.packs().items():
        assert read.language == language
        assert len(read.cues) > 10


def test_a_second_pack_is_read_beside_the_first(languages: Path) -> None:
    (languages / "fr.toml").write_text(FRENCH, encoding="utf-8")
    other = FRENCH.replace('language = "fr"', 'language = "xx"', 1)
    (languages / "xx.toml").write_text(other, encoding="utf-8")
    assert sorted(pack.packs()) == ["fr", "xx"]


def test_a_pack_is_read_only_for_a_document_of_its_language(languages: Path) -> None:
    (languages / "fr.toml").write_text(FRENCH, encoding="utf-8")
    broken = FRENCH.replace('language = "fr"', 'language = "xx"', 1).replace(
        "\n[layout]", "\n[lay]"
    )
    (languages / "xx.toml").write_text(broken, encoding="utf-8")
    assert pack.pack_of("fr").language == "fr"
    with pytest.raises(Refused) as refused:
        pack.packs()
    assert all(problem.file.endswith("xx.toml") for problem in refused.value.problems)


@pytest.mark.parametrize(
    ("word", "number"),
    [("2", 2), ("II", 2), ("iv", 4), ("IX", 9), ("trois", 3), ("Dix-sept", 17), ("phare", None)],
)
def test_numbers_of_panels(word: str, number: int | None) -> None:
    assert pack.number_of(pack.pack_of("fr"), word) == number


@pytest.mark.parametrize(
    ("word", "number"),
    [("Première", 1), ("seconde", 2), ("2e", 2), ("dixième", 10), ("dernière", None), ("an", None)],
)
def test_ordinals(word: str, number: int | None) -> None:
    assert pack.ordinal_of(pack.pack_of("fr"), word) == number
