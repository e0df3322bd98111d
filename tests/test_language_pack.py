"""Language packs are checked when they are read: a mistake is named with its file and line."""

import ast
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.ground.problems import Problem, Refused
from flows.normalise.language import pack
from flows.normalise.language.file import laid_out

FRENCH = pack.LANGUAGES / "fr"

Change = Callable[[str], str]


@pytest.fixture
def languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the French pack alone, in place of the project's packs."""
    shutil.copytree(FRENCH, tmp_path / "fr")
    monkeypatch.setattr(pack, "LANGUAGES", tmp_path)
    for cached in (pack.language_folders, pack.pack_of):
        cached.cache_clear()
    yield tmp_path
    for cached in (pack.language_folders, pack.pack_of):
        cached.cache_clear()


def _text(name: str) -> str:
    return (FRENCH / f"{name}.toml").read_text(encoding="utf-8")


def _line(text: str, words: str) -> int:
    """The line of a text on which these words stand first."""
    assert words in text, words
    return text.count("\n", 0, text.index(words)) + 1


def _problem(languages: Path, name: str, text: str) -> Problem:
    """What is wrong with the French pack when a file of it has this text."""
    (languages / "fr" / f"{name}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        pack.packs()
    (problem,) = refused.value.problems
    assert problem.file.endswith(f"packs/fr/{name}.toml")
    assert problem.remedy
    return problem


def _changed(name: str, old: str, new: str) -> str:
    """A file with the first of some words changed."""
    text = _text(name)
    assert old in text, old
    return text.replace(old, new, 1)


# ---------------------------------------------------------------- what a pack is


def test_the_french_pack_is_whole() -> None:
    french = pack.pack_of("fr")
    assert (french.language, french.name) == ("fr", "French")
    rules = [cue.rule for cue in (*french.cues, *french.traps)]
    assert len(rules) == len(set(rules))
    assert {cue.force for cue in french.cues} == set(pack.FORCES)


def test_every_pack_is_whole() -> None:
    for language, read in pack.packs().items():
        assert read.language == language
        assert len(read.cues) > 10


def test_languages_declare_their_entries_alike() -> None:
    """What a pattern sees, and where it is tried, is decided by the rules, not by the language."""
    declared: dict[str, set[tuple[str, str]]] = {}
    for read in pack.packs().values():
        for entry in read.folder.entries:
            name = entry.id.partition(".")[2]
            declared.setdefault(name, set()).add((entry.on, entry.at))
    assert {name: ways for name, ways in declared.items() if len(ways) > 1} == {}


def test_no_attribute_of_a_pack_is_left_that_no_rule_asks_for() -> None:
    rules = pack.LANGUAGES.parent.parent.rglob("*.py")
    asked = {
        node.attr
        for path in rules
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
    }
    own = {"common_word", "hours_before"}  # they make patterns of the pack itself
    assert {name for name in vars(pack.pack_of("fr")) if name not in asked | own} == set()


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("de la ", "de la "),
        ("\n  ports?\n| quais?\n", "ports?| quais?"),
        ("\n  le[ ]\n  (?:bac|port)\n", "le (?:bac|port)"),
        ("\n  bac\n  # boats of the river\n|barge\n", "bac|barge"),
        ("[ ]", "[ ]"),
    ],
)
def test_how_a_pattern_is_laid_out(text: str, pattern: str) -> None:
    assert laid_out(text) == pattern


# ---------------------------------------------------------------- mistakes


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("layout", "[unfinished]"),
        ("header", "[series]"),
        ("header", "[types]"),
        ("header", "[other_lines]"),
        ("people", "[honorific]"),
        ("people", "[role.opening.label]"),
        ("speech", "[reporting_passive]"),
        ("recommendations", "[call.exhorter]"),
        ("recommendations", "[trap.schedule]"),
        ("recommendations", "[asked]"),
        ("groups", "[group.girls]"),
        ("objectives", "[[objective.17]]"),
        ("figures", "[qualifiers]"),
        ("citations", "[symbol]"),
    ],
)
def test_a_broken_pattern(languages: Path, name: str, entry: str) -> None:
    text = _text(name)
    place = text.index("'''", text.index(f"\n{entry}\n"))
    problem = _problem(languages, name, f"{text[:place]}'''({text[place + 3 :]}")
    assert "the pattern cannot be read" in problem.what
    assert problem.line == text.count("\n", 0, place) + 1 or name == "header"


@pytest.mark.parametrize(
    ("name", "old", "line"),
    [
        ("people", 'trades = [\n  "', "trades = ["),
        ("words", "adverb = '''", "adverb = '''"),
    ],
)
def test_a_broken_list_or_part_is_named_itself(
    languages: Path, name: str, old: str, line: str
) -> None:
    problem = _problem(languages, name, _changed(name, old, f"{old}("))
    assert "the pattern cannot be read" in problem.what
    assert problem.line == _line(_text(name), line)


def test_broken_toml(languages: Path) -> None:
    text = _text("header") + "\nhalf ="
    assert _problem(languages, "header", text).line == text.count("\n") + 1
    broken = _changed("header", "\n[series]", "\n[series")
    assert _problem(languages, "header", broken).line == _line(_text("header"), "[series]")


def test_a_missing_file_is_named(languages: Path) -> None:
    (languages / "fr" / "groups.toml").unlink()
    with pytest.raises(Refused, match=r"packs/fr/groups\.toml.* has no file groups\.toml"):
        pack.packs()


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("words", "\nname = "),
        ("words", "\nstop_words = "),
        ("header", "\n[held_at]"),
        ("people", "\n[predicate]"),
        ("recommendations", "\n[actors]"),
        ("citations", "\n[symbol]"),
    ],
)
def test_a_missing_entry_is_named(languages: Path, name: str, entry: str) -> None:
    word = entry.strip("\n[]= ")
    problem = _problem(languages, name, _changed(name, entry, entry.replace(word, f"old_{word}")))
    assert f"'{word}' is missing" in problem.what


@pytest.mark.parametrize("entry", ["on", "at"])
def test_an_entry_that_declares_nothing(languages: Path, entry: str) -> None:
    text = _text("header")
    start = text.index(f"\n{entry} = ", text.index("\n[series]\n"))
    without = text[:start] + text[text.index("\n", start + 1) :]
    problem = _problem(languages, "header", without)
    assert f"does not declare '{entry}'" in problem.what
    assert problem.line == _line(without, "[series]") + 2


def test_a_declaration_that_is_none(languages: Path) -> None:
    text = _text("header")
    start = text.index("\n[series]\n")
    problem = _problem(
        languages, "header", text[:start] + text[start:].replace('on = "key"', 'on = "keys"', 1)
    )
    assert "'keys'" in problem.what
    assert problem.line == _line(text, "[series]") + 1


@pytest.mark.parametrize(
    ("name", "before", "path"),
    [
        ("header", "[series]\n", "series.lighthouse"),
        ("recommendations", "[trap.schedule]\n", "trap.schedule.lighthouse"),
        ("people", "[role.opening]\n", "role.opening.lighthouse"),
    ],
)
def test_an_unknown_entry(languages: Path, name: str, before: str, path: str) -> None:
    problem = _problem(languages, name, _changed(name, before, f"{before}lighthouse = 1\n"))
    assert f"'{path}' is unknown" in problem.what
    assert problem.line == _line(_text(name), before) + 1


def test_an_unknown_entry_of_an_item(languages: Path) -> None:
    text = _changed("objectives", "[[objective.1]]\n", "[[objective.1]]\nlighthouse = 1\n")
    problem = _problem(languages, "objectives", text)
    assert "'lighthouse'" in problem.what
    assert problem.line == _line(text, "lighthouse")


def test_an_unknown_table(languages: Path) -> None:
    text = _text("header") + "\n[lighthouse]\nheight = 38\n"
    problem = _problem(languages, "header", text)
    assert "'lighthouse' is unknown" in problem.what
    assert problem.line == _line(text, "[lighthouse]")


def test_an_entry_of_another_kind(languages: Path) -> None:
    text = _changed("people", "\nparticles = [", '\nparticles = "de"\nold_particles = [')
    problem = _problem(languages, "people", text)
    assert "'particles' is not a list" in problem.what
    assert problem.line == _line(text, 'particles = "de"')


def test_a_list_that_does_not_exist(languages: Path) -> None:
    text = _changed("people", "{trades}", "{trade}")
    problem = _problem(languages, "people", text)
    assert "unknown list or part {trade}" in problem.what
    assert problem.line == _line(text, "{trade}")


def test_a_part_that_names_itself(languages: Path) -> None:
    text = _changed("people", "\n[lists]\n", '\n[lists]\nlamps = ["{lamps}"]\n')
    problem = _problem(languages, "people", text.replace("{trades}", "{lamps}", 1))
    assert "{lamps}" in problem.what


def test_a_list_that_no_pattern_names(languages: Path) -> None:
    text = _changed("people", "\n[lists]\n", '\n[lists]\nlamps = ["phare"]\n')
    problem = _problem(languages, "people", text)
    assert problem.what == "no pattern names {lamps}."
    assert problem.line == _line(text, "lamps = ")


# ---------------------------------------------------------------- verbs


def test_a_verb_without_endings_is_named(languages: Path) -> None:
    text = _changed("speech", "\n[lists]\n", '\nreporting_verbs = ["tousser"]\n\n[lists]\n')
    problem = _problem(languages, "speech", text)
    assert "tousser" in problem.what
    assert problem.line == _line(text, "reporting_verbs")


def test_forms_follow_from_the_ending_of_a_verb(languages: Path) -> None:
    text = _changed("speech", "\n[lists]\n", '\nreporting_verbs = ["tousser"]\n\n[lists]\n')
    text += '\n[verb_endings]\n"er" = ["é", "a"]\n'
    (languages / "fr" / "speech.toml").write_text(text, encoding="utf-8")
    forms = pack.packs()["fr"].reporting_forms
    assert {"toussé", "toussa"} <= forms
    assert not {"tousser", "touss"} & forms


# ---------------------------------------------------------------- several packs


def test_a_second_pack_is_read_beside_the_first(languages: Path) -> None:
    shutil.copytree(FRENCH, languages / "xx")
    assert sorted(pack.packs()) == ["fr", "xx"]


def test_a_pack_is_read_only_for_a_document_of_its_language(languages: Path) -> None:
    shutil.copytree(FRENCH, languages / "xx")
    broken = _changed("layout", "\n[unfinished]", "\n[finished]")
    (languages / "xx" / "layout.toml").write_text(broken, encoding="utf-8")
    assert pack.pack_of("fr").language == "fr"
    with pytest.raises(Refused) as refused:
        pack.packs()
    assert all("/xx/" in problem.file for problem in refused.value.problems)


# ---------------------------------------------------------------- numbers


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
