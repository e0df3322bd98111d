"""The rules of the house, read off the code itself."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.__main__ import PROJECT
from flows.normalise.language.pack import packs
from flows.store.database import sql_files

ROOMS = {
    "flows": [
        "ground",
        "inputs",
        "withhold evaluate",
        # The stages: what passes between them passes through `build`.
        "ingest normalise store publish",
        "keep",
        "build",
        "progress",
        "pipeline",
        "command",
        "__main__",
    ],
    "flows.normalise": [
        "text",
        "language",
        "structure",
        "header",
        "panels",
        "people",
        "speech",
        "statements",
        "rows",
        "quality",
        "understood",
    ],
    "flows.publish": [
        "release",
        "compare",
        "describe",
        "formats elsewhere verify",
        "contents",
    ],
}
"""The rooms of a building, in the order in which they may import each other: those of one line do
not know each other."""

ORCHESTRATED = {"flows/pipeline.py", "flows/command/prefect_server.py"}
"""The only modules that know Prefect."""

OUTSIDE = {"flows/pipeline.py", "flows/progress.py", "flows/__main__.py", "flows/command"}
"""Where a run meets its machine: these may read the clock and the environment."""

MACHINE = {
    *("getpass", "http", "httpx", "locale", "platform", "random", "requests", "secrets"),
    *("socket", "time", "urllib", "uuid"),
}
"""Modules whose answers depend on when, where or by whom a program is run."""

CALLS_OF_MACHINE = {
    *("environ", "getenv", "getcwd", "cwd", "home", "now", "today", "utcnow", "urandom"),
}
LANGUAGES = {"ar", "de", "en", "es", "fr", "it", "pt", "ru", "zh"}
FUNCTION_WORDS = {
    *("aux", "avec", "dans", "des", "dont", "leur", "les", "ont", "par", "pour", "que", "qui"),
    *("sont", "sur", "como", "con", "del", "las", "los", "para", "por", "una"),
}
"""Words of a language's grammar that no identifier or column is named by."""


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (PROJECT / folder).rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def is_inside(path: Path) -> bool:
    return not any(f"{named(path)}/".startswith(f"{place}/") for place in OUTSIDE)


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(node: ast.AST) -> Iterator[str]:
    """Dotted names that a module imports, those that only a type checker sees among them."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (name.name for name in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.module is not None, "imports are absolute"
            yield child.module
            yield from (f"{child.module}.{name.name}" for name in child.names)
        else:
            yield from imports(child)


def of_package(dotted: str, package: str) -> bool:
    return dotted == package or dotted.startswith(f"{package}.")


CODE = python_files("flows", "schemas")
EACH = pytest.mark.parametrize("path", CODE, ids=named)
EACH_INSIDE = pytest.mark.parametrize("path", [p for p in CODE if is_inside(p)], ids=named)
EACH_OF_NORMALISE = pytest.mark.parametrize("path", python_files("flows/normalise"), ids=named)


@EACH
def test_only_the_pipeline_knows_prefect(path: Path) -> None:
    known = [name for name in imports(tree_of(path)) if of_package(name, "prefect")]
    assert not known or named(path) in ORCHESTRATED


@EACH_INSIDE
def test_nothing_inside_imports_what_is_outside(path: Path) -> None:
    for place in OUTSIDE:
        module = place.removesuffix(".py").replace("/", ".")
        assert not [name for name in imports(tree_of(path)) if of_package(name, module)]


@pytest.mark.parametrize("building", ROOMS)
def test_a_room_imports_only_those_before_it(building: str) -> None:
    """So there is no circle, and a room can be read when those before it are known."""
    rooms = ROOMS[building]
    before: set[str] = set()
    climbing = []
    for step in rooms:
        beside = step.split()
        for room in beside:
            known = before | {room}
            climbing += [
                f"{named(path)}: {name}"
                for path in files_of(f"{building}.{room}")
                for name in {n for n in imports(tree_of(path)) if of_package(n, building)}
                if (other := name.removeprefix(building).lstrip(".").partition(".")[0])
                and other not in known
                and other in {word for words in rooms for word in words.split()}
            ]
        before |= set(beside)
    assert climbing == []


@pytest.mark.parametrize("building", ROOMS)
def test_every_room_has_its_place(building: str) -> None:
    folder = PROJECT / building.replace(".", "/")
    there = {p.stem for p in folder.iterdir() if p.suffix == ".py" or (p / "__init__.py").is_file()}
    assert there - {"__init__"} == {room for step in ROOMS[building] for room in step.split()}


def files_of(dotted: str) -> list[Path]:
    place = PROJECT / dotted.replace(".", "/")
    return sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]


def test_schemas_import_nothing_of_flows() -> None:
    for path in python_files("schemas"):
        assert not [name for name in imports(tree_of(path)) if of_package(name, "flows")]


@EACH_INSIDE
def test_nothing_inside_reads_clock_environment_or_network(path: Path) -> None:
    tree = tree_of(path)
    assert not [name for name in imports(tree) if name.split(".")[0] in MACHINE - {"urllib"}]
    assert not [name for name in imports(tree) if of_package(name, "urllib.request")]
    asked = [
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in CALLS_OF_MACHINE
    ]
    assert asked == []


def strings(tree: ast.Module) -> Iterator[ast.Constant]:
    """String constants, without docstrings."""
    documented = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from [node] if id(node) not in documented else []


@EACH_OF_NORMALISE
def test_nothing_is_decided_by_the_name_of_a_language(path: Path) -> None:
    compared = [
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Compare)
        for side in (node.left, *node.comparators)
        for value in [
            side,
            *(side.elts if isinstance(side, ast.Tuple | ast.Set | ast.List) else []),
        ]
        if isinstance(value, ast.Constant) and value.value in LANGUAGES
    ]
    assert compared == []


@EACH_OF_NORMALISE
def test_no_words_of_a_language_are_in_the_rules(path: Path) -> None:
    """They belong in language/packs. Letters and alphabets are none."""
    found = [
        f"{node.lineno}: {word}"
        for node in strings(tree_of(path))
        for word in re.findall(r"[^\W\d_]{3,}", str(node.value))
        if word in FUNCTION_WORDS or (not word.isascii() and word.isalpha() and not word.isupper())
    ]
    assert found == []


@EACH_OF_NORMALISE
def test_no_document_is_named_in_the_rules(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"idm-20\d\d|Vitorino|Pope|Daniels|Bither|Isaacs|Fatima|Shahid", text)


def test_every_package_is_one_and_its_data_is_there() -> None:
    for folder in {path.parent for path in CODE}:
        assert (folder / "__init__.py").is_file(), named(folder)
    assert "fr" in {pack.language for pack in packs().values()}
    assert len(sql_files()) >= 7
    for path in (PROJECT / "flows" / "normalise" / "language" / "packs").iterdir():
        assert tomllib.loads(path.read_text(encoding="utf-8")), path.name
