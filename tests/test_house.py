"""The rules of the house, read off the code itself."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from flows.__main__ import PROJECT
from flows.normalise.language.pack import packs
from flows.store.database import sql_files

ROOMS = {
    "flows": [
        "ground",
        "settings",
        "inputs",
        "withhold evaluate",
        # The stages: what passes between them passes through `build`.
        "ingest normalise store publish",
        "keep",
        "build",
        "progress",
        "runs",
        "pipeline",
        "schedule",
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

ORCHESTRATED = {
    "flows/pipeline.py",
    "flows/schedule.py",
    "flows/command/prefect_server.py",
}
"""The only modules that know Prefect."""

OUTSIDE = {
    *("flows/progress.py", "flows/runs", "flows/pipeline.py", "flows/schedule.py"),
    *("flows/__main__.py", "flows/command"),
}
"""Where a run meets its machine: these may read the clock and the environment."""

MACHINE = {
    *("getpass", "http", "httpx", "locale", "platform", "random", "requests", "secrets"),
    *("socket", "time", "urllib", "uuid"),
}
"""Modules whose answers depend on when, where or by whom a program is run."""

CALLS_OF_MACHINE = {
    *("environ", "getenv", "getcwd", "cwd", "home", "now", "today", "utcnow", "urandom"),
}
PACKS = PROJECT / "flows" / "normalise" / "language" / "packs"
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


@cache
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
INSIDE = [path for path in CODE if is_inside(path)]
NORMALISE = python_files("flows/normalise")


def imported(paths: list[Path], packages: set[str]) -> list[str]:
    """Where these modules import any of the packages: module and name."""
    return [
        f"{named(path)}: {name}"
        for path in paths
        for name in imports(tree_of(path))
        if any(of_package(name, package) for package in packages)
    ]


def test_only_the_pipeline_knows_prefect() -> None:
    others = [path for path in CODE if named(path) not in ORCHESTRATED]
    assert imported(others, {"prefect"}) == []


def test_nothing_inside_imports_what_is_outside() -> None:
    outside = {place.removesuffix(".py").replace("/", ".") for place in OUTSIDE}
    assert imported(INSIDE, outside) == []


def test_a_room_imports_only_those_before_it() -> None:
    """So there is no circle, and a room can be read when those before it are known."""
    climbing = []
    for building, steps in ROOMS.items():
        behind = {f"{building}.{room}" for step in steps for room in step.split()}
        for step in steps:
            beside = {f"{building}.{room}" for room in step.split()}
            for room in sorted(beside):
                climbing += imported(files_of(room), behind - {room})
            behind -= beside
    assert climbing == []


def test_every_room_has_its_place() -> None:
    for building, steps in ROOMS.items():
        folder = PROJECT / building.replace(".", "/")
        modules = {path.stem for path in folder.glob("*.py")}
        there = modules | {path.parent.name for path in folder.glob("*/__init__.py")}
        assert there - {"__init__"} == {room for step in steps for room in step.split()}, building


def files_of(dotted: str) -> list[Path]:
    place = PROJECT / dotted.replace(".", "/")
    return sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]


def test_schemas_import_nothing_of_flows() -> None:
    assert imported(python_files("schemas"), {"flows"}) == []


def test_nothing_inside_reads_clock_environment_or_network() -> None:
    assert imported(INSIDE, MACHINE - {"urllib"} | {"urllib.request"}) == []
    asked = [
        f"{named(path)}:{node.lineno}: {ast.unparse(node)}"
        for path in INSIDE
        for node in ast.walk(tree_of(path))
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


def test_nothing_is_decided_by_the_name_of_a_language() -> None:
    compared = [
        f"{named(path)}:{node.lineno}: {ast.unparse(node)}"
        for path in NORMALISE
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


def test_no_words_of_a_language_are_in_the_rules() -> None:
    """They belong in language/packs. Letters and alphabets are none."""
    found = [
        f"{named(path)}:{node.lineno}: {word}"
        for path in NORMALISE
        for node in strings(tree_of(path))
        for word in re.findall(r"[^\W\d_]{3,}", str(node.value))
        if word in FUNCTION_WORDS or (not word.isascii() and word.isalpha() and not word.isupper())
    ]
    assert found == []


def test_no_document_is_named_in_the_rules() -> None:
    names = r"idm-20\d\d|Vitorino|Pope|Daniels|Bither|Isaacs|Fatima|Shahid"
    found = [
        f"{named(path)}: {name}"
        for path in NORMALISE
        for name in re.findall(names, path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_every_package_is_one_and_its_data_is_there() -> None:
    for folder in {path.parent for path in CODE}:
        assert (folder / "__init__.py").is_file(), named(folder)
    assert "fr" in {pack.language for pack in packs().values()}
    assert len(sql_files()) >= 7
    for path in PACKS.glob("*/*.toml"):
        assert tomllib.loads(path.read_text(encoding="utf-8")), path.name


def test_lines_of_the_packs_can_be_read() -> None:
    """Wider than the code's lines: some patterns cannot be parted well."""
    long = [
        f"{path.relative_to(PROJECT)}:{number}"
        for path in [*PACKS.parent.rglob("*.toml"), *(PROJECT / "tests" / "packs").glob("*.toml")]
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
        if len(line) > 120
    ]
    assert long == []


def test_no_pack_says_that_its_language_has_none() -> None:
    """What a language does not have is left out."""
    never = re.compile(r"\'{3}\s*\(\?!\)")
    files = PACKS.glob("*/*.toml")
    assert [p.name for p in files if never.search(p.read_text(encoding="utf-8"))] == []
