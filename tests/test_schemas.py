"""The declarations are whole, and what is derived from them says the same."""

import re
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import duckdb
import pandera.pyarrow as pandera
import pyarrow as pa
import pytest

from flows.store.arrange import arrange
from schemas import REFERENCE, TABLES, Column, Table, schema_hash
from schemas.arrow import ARROW_TYPES, arrow_schema
from schemas.ddl import create_table
from schemas.declare import SPAN
from schemas.dictionary import data_dictionary
from schemas.validation import checks_of, pandera_schema
from small_build import small_build

EACH_TABLE = pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
WITHOUT_SPAN = {table.name for table in REFERENCE} | {
    "documents",
    "reconciliations",
    "evaluations",
}

PEOPLE = Table(
    "people",
    "People",
    "One row per person; it's a test.",
    "By asking.",
    key=("name",),
    order=("name",),
    columns=(
        Column("name", "text", "The name.", "Ada", pattern="[A-Z][a-z]+"),
        Column(
            "colour", "text", "A | colour.", "red", True, values={"red": "warm", "blue": "cold"}
        ),
        Column("age", "integer", "Years.", 30, True, minimum=0, maximum=130, origin="register"),
        Column("from", "time", "Since when.", "09:00:00", True),
    ),
)


def people(**changes: list[object]) -> pa.Table:
    columns = {"name": ["Ada"], "colour": ["red"], "age": [30], "from": [time(9)], **changes}
    schema = arrow_schema(PEOPLE)
    return pa.table({f.name: pa.array(columns[f.name], f.type) for f in schema}, schema=schema)


@EACH_TABLE
def test_a_table_is_declared_whole(table: Table) -> None:
    names = table.column_names
    assert len(names) == len(set(names))
    assert set(table.key) | set(table.order) <= set(names)
    assert not any(column.nullable for column in table.columns if column.name in table.key)
    assert table.title and table.description.endswith(".") and table.obtained.endswith(".")


@EACH_TABLE
def test_a_table_comes_after_those_that_it_refers_to(table: Table) -> None:
    before = list(TABLES)[: list(TABLES).index(table.name)]
    assert set(table.references.values()) <= set(before)


@EACH_TABLE
def test_a_reference_repeats_a_key_of_one_column_and_the_same_type(table: Table) -> None:
    for column in table.columns:
        if column.references is not None:
            (key,) = TABLES[column.references].key
            assert column.type == TABLES[column.references].column(key).type


@EACH_TABLE
def test_every_extracted_row_has_a_span_and_a_rule(table: Table) -> None:
    last = [column.name for column in table.columns[-4:]]
    assert (last == [column.name for column in SPAN]) == (table.name not in WITHOUT_SPAN)


@EACH_TABLE
def test_columns_are_described_and_their_examples_valid(table: Table) -> None:
    for column in table.columns:
        assert column.description.endswith("."), column.name
        parse = {"date": date.fromisoformat, "time": time.fromisoformat}.get(column.type)
        value = parse(str(column.example)) if parse else column.example
        array = pa.chunked_array([pa.array([value], ARROW_TYPES[column.type])])
        failed = [check.what for check in checks_of(column) if not check.holds(array)[0].as_py()]
        assert failed == [], column.name


def test_the_schema_hash_is_of_the_declarations_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    first = schema_hash()
    schema_hash.cache_clear()
    assert schema_hash() == first
    changed = replace(TABLES["panels"], description="Something else.")
    monkeypatch.setitem(TABLES, "panels", changed)
    schema_hash.cache_clear()
    assert schema_hash() != first
    monkeypatch.undo()
    schema_hash.cache_clear()


def test_arrow_schema_carries_descriptions() -> None:
    schema = arrow_schema(PEOPLE)
    assert schema.field("age").type == pa.int32()
    assert schema.field("from").type == pa.time32("s")
    assert schema.field("age").metadata == {b"description": b"Years."}
    assert schema.metadata[b"description"] == b"One row per person; it's a test."
    assert not schema.field("name").nullable


def test_pandera_accepts_what_is_declared() -> None:
    pandera_schema(PEOPLE).validate(people(), lazy=True)
    pandera_schema(PEOPLE).validate(people(colour=[None], age=[None], **{"from": [None]}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ["ada"]},
        {"name": [" Ada"]},
        {"name": [None]},
        {"colour": ["green"]},
        {"colour": [""]},
        {"age": [-1]},
        {"age": [131]},
    ],
)
def test_pandera_refuses_what_is_not(wrong: dict[str, list[object]]) -> None:
    with pytest.raises(pandera.errors.SchemaErrors):
        pandera_schema(PEOPLE).validate(people(**wrong), lazy=True)


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.drop_columns("age"),
        lambda table: table.append_column("more", pa.array(["x"])),
        lambda table: table.select(["colour", "name", "age", "from"]),
        lambda table: table.set_column(2, "age", pa.array([30], pa.int64())),
        lambda table: table.set_column(3, "from", pa.array([9], pa.int32())),
    ],
    ids=["column missing", "column too many", "other order", "other type", "not a time"],
)
def test_pandera_refuses_other_columns(change: object) -> None:
    assert callable(change)
    with pytest.raises((pandera.errors.SchemaErrors, pandera.errors.SchemaError)):
        pandera_schema(PEOPLE).validate(change(people()), lazy=True)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("d’accord : oui", True),
        ("Noe\u0308l", False),
        ("two\nlines", False),
        ("no-break space at the end\u00a0", False),
        ("no-break\u00a0space inside", True),
        ("", False),
    ],
)
def test_clean_text(text: str, clean: bool) -> None:
    (check,) = checks_of(Column("text", "text", "A text.", "x"))
    assert check.holds(pa.chunked_array([[text]]))[0].as_py() is clean


def test_duckdb_enforces_keys_and_checks_and_has_comments() -> None:
    with duckdb.connect() as connection:
        connection.execute(create_table(PEOPLE))
        connection.execute("insert into people values ('Ada', null, 30, null)")
        for values in (
            "('Ada', null, null, null)",
            "(null, null, null, null)",
            "('ada', null, null, null)",
            "('Bea', 'green', null, null)",
            "('Bea', null, 131, null)",
        ):
            with pytest.raises(duckdb.ConstraintException):
                connection.execute(f"insert into people values {values}")
        assert connection.execute("select comment from duckdb_tables()").fetchall() == [
            ("One row per person; it's a test.",)
        ]
        assert connection.execute(
            "select comment from duckdb_columns() where not internal"
        ).fetchall() == [
            ("The name.",),
            ("A | colour.",),
            ("Years.",),
            ("Since when.",),
        ]


def test_duckdb_and_arrow_hold_the_same_types() -> None:
    with duckdb.connect() as connection:
        for name, data in arrange(small_build()).items():
            connection.execute(create_table(TABLES[name]))
            connection.execute(f'insert into "{name}" from data')
            assert connection.execute(f'from "{name}"').fetchall() == [
                tuple(row.values()) for row in data.to_pylist()
            ]


def test_the_dictionary_explains_columns_and_values() -> None:
    head, section = data_dictionary([PEOPLE]).split("## people\n\n")
    assert "- `register`: entered by hand in the register" in head
    assert section == (
        "**People.** One row per person; it's a test.\n\n"
        "How the rows were obtained: By asking.\n\n"
        "Key: `name`. Sorted by: `name`.\n\n"
        "| column | type | NULL | meaning | example | obtained |\n"
        "|---|---|---|---|---|---|\n"
        "| `name` | text | no | The name. Pattern: `[A-Z][a-z]+`. | `Ada` | `reading` |\n"
        "| `colour` | text | yes | A &#124; colour. | `red` | `reading` |\n"
        "| `age` | integer | yes | Years. Range: at least 0, at most 130. | `30` | `register` |\n"
        "| `from` | time | yes | Since when. | `09:00:00` | `reading` |\n\n"
        "Values of `colour`:\n\n"
        "- `red`: warm\n"
        "- `blue`: cold\n"
    )


def test_the_dictionary_has_every_column() -> None:
    sections = re.split(r"^## ", data_dictionary(), flags=re.MULTILINE)[1:]
    assert [section.split("\n")[0] for section in sections] == list(TABLES)
    for section, table in zip(sections, TABLES.values(), strict=True):
        assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == table.column_names


def test_declarations_import_nothing_heavy() -> None:
    folder = Path(__file__).parents[1] / "schemas"
    light = ("__init__", "declare", "core", "text", "quality", "reference", "ddl", "dictionary")
    heavy = re.compile(
        r"^\s*(?:import|from) (?:pyarrow|pandera|duckdb|schemas\.arrow)", re.MULTILINE
    )
    assert [name for name in light if heavy.search((folder / f"{name}.py").read_text())] == []
