"""Comparing two editions: every difference is found, and the rules say what it amounts to."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions import (
    CITIES,
    CITY,
    NAME,
    SIZE,
    TEXTS,
    VIEWS,
    YEAR,
    Spec,
    declaring,
    rows_written,
    written,
)
from flows.ground.problems import Refused
from flows.publish.compare.decision import losses
from flows.publish.compare.declarations import Change, structural_changes
from flows.publish.compare.rows import Difference, compare
from flows.publish.compare.versions import RULES, next_version, reasons_of, rules_as_markdown
from flows.publish.release.about import read_about
from flows.publish.release.edition import described, read_edition
from schemas import Column, Row, Table
from schemas.release import CHANGES

OLD = Spec()
BARE = replace(OLD, views={})
BERNE, VILLE = OLD.rows["cities"]
SPANNED = replace(
    CITIES,
    columns=(
        *CITIES.columns,
        Column("char_start", "integer", "Where.", 1),
        Column("char_end", "integer", "Where it ends.", 2),
    ),
)


def about(**facts: object) -> Spec:
    return replace(OLD, about={**described(read_about()), **facts})


def views(**changed: str) -> Spec:
    return replace(OLD, views={**VIEWS, **changed})


def without(name: str, **more: str) -> Spec:
    return replace(OLD, views={k: v for k, v in VIEWS.items() if k != name} | more)


def spanned(start: int, end: int) -> Spec:
    return OLD.with_rows("cities", [{**BERNE, "char_start": start, "char_end": end}]).with_table(
        SPANNED
    )


OTHER = replace(CITIES, name="places")

# Change → editions before and after, and the level it leads to. One or more for each rule.
CASES: list[tuple[str, Spec, Spec, str]] = [
    ("table_removed", BARE, replace(BARE, tables=(TEXTS,)), "major"),
    (
        "table_renamed",
        BARE,
        replace(BARE, tables=(OTHER, TEXTS), rows={"places": OLD.rows["cities"], **OLD.rows}),
        "major",
    ),
    (
        "column_removed",
        OLD,
        OLD.with_table(replace(CITIES, columns=(CITY, SIZE, YEAR))),
        "major",
    ),
    ("column_renamed", OLD, OLD.with_column(replace(NAME, name="title"), "name"), "major"),
    ("key_changed", OLD, OLD.with_table(replace(CITIES, key=("name",))), "major"),
    ("view_removed", OLD, without("large_cities"), "major"),
    ("view_removed", OLD, without("older"), "major"),
    (
        "view_renamed",
        OLD,
        without("large_cities", big=VIEWS["large_cities"].replace("large_cities", "big", 1)),
        "major",
    ),
    ("view_renamed", OLD, without("older", o=VIEWS["older"].replace("older", "aged")), "major"),
    (
        "view_column_removed",
        OLD,
        views(large_cities="create view large_cities as select city_id from cities"),
        "major",
    ),
    ("view_column_removed", OLD, views(older="create macro older(years, n) as years + n"), "major"),
    (
        "view_column_type_changed",
        OLD,
        views(
            large_cities="create view large_cities as select city_id, year::varchar as year"
            " from cities"
        ),
        "major",
    ),
    (
        "enumeration_value_removed",
        OLD,
        OLD.with_column(replace(SIZE, values={"large": "many people"})),
        "major",
    ),
    (
        "enumeration_value_renamed",
        OLD,
        OLD.with_column(replace(SIZE, values={"tiny": "few people", "large": "many people"})),
        "major",
    ),
    (
        "type_changed",
        BARE,
        BARE.with_column(replace(YEAR, type="number")),
        "major",
    ),
    ("constraint_tightened", OLD, OLD.with_column(replace(NAME, pattern="[A-Z].*")), "major"),
    ("constraint_tightened", OLD, OLD.with_column(replace(CITY, pattern="[a-z]+")), "major"),
    ("constraint_tightened", OLD, OLD.with_column(replace(YEAR, minimum=1)), "major"),
    ("constraint_tightened", OLD, OLD.with_column(replace(YEAR, maximum=2000)), "major"),
    ("constraint_tightened", OLD, OLD.with_column(replace(NAME, values={"Berne": "B."})), "major"),
    (
        "constraint_tightened",
        OLD.with_rows("cities", [BERNE]),
        OLD.with_rows("cities", [BERNE]).with_column(replace(SIZE, nullable=False)),
        "major",
    ),
    ("constraint_tightened", OLD, OLD.with_table(replace(CITIES, minimum_rows=1)), "major"),
    ("constraint_tightened", OLD, OLD.with_column(replace(NAME, references="documents")), "major"),
    (
        "required_column_added",
        OLD.with_rows("cities", []),
        OLD.with_rows("cities", []).with_table(
            replace(CITIES, columns=(*CITIES.columns, Column("mayor", "text", "Who.", "A")))
        ),
        "major",
    ),
    (
        "columns_moved",
        OLD,
        OLD.with_table(replace(CITIES, columns=(CITY, SIZE, NAME, YEAR))),
        "major",
    ),
    ("licence_changed", OLD, about(data={"id": "ODbL-1.0"}), "major"),
    ("licence_changed", OLD, about(sources={"holder": "Somebody"}), "major"),
    ("document_removed", OLD, OLD.with_rows("documents", []), "major"),
    ("table_added", replace(BARE, tables=(TEXTS,)), BARE, "minor"),
    (
        "column_added",
        OLD,
        OLD.with_table(
            replace(
                CITIES,
                columns=(
                    CITY,
                    Column("mayor", "text", "Who.", "A", nullable=True),
                    NAME,
                    SIZE,
                    YEAR,
                ),
            )
        ),
        "minor",
    ),
    ("view_added", without("older"), OLD, "minor"),
    (
        "view_column_added",
        OLD,
        views(large_cities="create view large_cities as select city_id, year, name from cities"),
        "minor",
    ),
    (
        "enumeration_value_added",
        OLD,
        OLD.with_column(replace(SIZE, values={**dict(SIZE.values or {}), "tiny": "hardly any"})),
        "minor",
    ),
    ("constraint_loosened", OLD, OLD.with_column(replace(YEAR, minimum=None)), "minor"),
    ("constraint_loosened", OLD, OLD.with_column(replace(YEAR, maximum=2200)), "minor"),
    ("constraint_loosened", OLD, OLD.with_column(replace(NAME, nullable=True)), "minor"),
    ("constraint_loosened", OLD, OLD.with_column(replace(CITY, pattern=None)), "minor"),
    ("constraint_loosened", OLD, OLD.with_column(replace(SIZE, values=None)), "minor"),
    ("constraint_loosened", OLD, OLD.with_column(replace(NAME, raw=True)), "minor"),
    (
        "document_added",
        OLD,
        OLD.with_rows(
            "documents", [*OLD.rows["documents"], {"document_id": "b", "name": "Second"}]
        ),
        "minor",
    ),
    ("value_changed", OLD, OLD.with_rows("cities", [BERNE, {**VILLE, "size": "small"}]), "patch"),
    ("span_changed", spanned(1, 2), spanned(1, 3), "patch"),
    (
        "row_added",
        OLD,
        OLD.with_rows("cities", [*OLD.rows["cities"], {**BERNE, "city_id": "berne-nouvelle"}]),
        "patch",
    ),
    ("row_removed", OLD, OLD.with_rows("cities", [BERNE]), "patch"),
    ("order_changed", OLD, OLD.with_table(replace(CITIES, order=("year", "city_id"))), "patch"),
    (
        "view_changed",
        OLD,
        views(large_cities="create view large_cities as select city_id, year from cities"),
        "patch",
    ),
    ("view_changed", OLD, views(older="create macro older(years) as years + 2"), "patch"),
    ("description_changed", OLD, OLD.with_column(replace(NAME, description="Name.")), "patch"),
    ("description_changed", OLD, OLD.with_table(replace(CITIES, title="Towns")), "patch"),
    (
        "description_changed",
        OLD,
        OLD.with_column(replace(SIZE, values={"small": "few", "large": "many people"})),
        "patch",
    ),
    ("description_changed", OLD, about(title="Another title"), "patch"),
    (
        "description_changed",
        OLD,
        views(older=f"{VIEWS['older']}; comment on macro older is 'Next year.'"),
        "patch",
    ),
    (
        "description_changed",
        OLD,
        views(large_cities=f"{VIEWS['large_cities']}; comment on view large_cities is 'Large.'"),
        "patch",
    ),
]


def difference(old: Spec, new: Spec, folder: Path) -> Difference:
    return compare(
        written(old, folder / "old"), written(new, folder / "new"), folder / "changes.parquet"
    )


def rows_in(folder: Path) -> list[Row]:
    return pq.read_table(folder / "changes.parquet").to_pylist()


@pytest.mark.parametrize(
    ("change", "old", "new", "level"), CASES, ids=[f"{n}-{c[0]}" for n, c in enumerate(CASES)]
)
def test_each_change_is_found_alone_and_has_its_level(
    change: str, old: Spec, new: Spec, level: str, tmp_path: Path
) -> None:
    reasons = reasons_of(difference(old, new, tmp_path))
    assert [row["change"] for row in rows_in(tmp_path)] == [change]
    (reason,) = reasons
    assert reason.level == level
    (rule,) = [rule for rule in RULES if change in rule.changes]
    assert (rule.level, rule.words) == (level, reason.rule)


def test_every_rule_is_tried_and_every_change_has_one_rule() -> None:
    explained = [change for rule in RULES for change in rule.changes]
    declared = CHANGES.column("change").values
    assert declared is not None
    assert sorted(explained) == sorted(declared)
    assert {case[0] for case in CASES} == set(explained) - {"history_withdrawn"}


def test_nothing_differs(tmp_path: Path) -> None:
    found = difference(OLD, OLD, tmp_path)
    assert reasons_of(found) == [] and losses(found) == []
    assert rows_in(tmp_path) == []
    assert pq.read_schema(tmp_path / "changes.parquet").names == [
        *("table", "key", "column", "change", "old", "new")
    ]


def test_all_reasons_are_given_the_weightiest_first(tmp_path: Path) -> None:
    new = replace(
        OLD.with_rows("cities", [{**BERNE, "name": "Bern", "year": 1192}]).with_column(
            replace(SIZE, values=None)
        ),
        views={},
    )
    reasons = reasons_of(difference(OLD, new, tmp_path))
    assert [(reason.level, reason.place, reason.what) for reason in reasons] == [
        ("major", "large_cities", "large_cities"),
        ("major", "older", "older"),
        ("minor", "cities.size", "values: large: many people; small: few people → values: None"),
        ("patch", "cities", "1 row"),
        ("patch", "cities.name", "1 value"),
        ("patch", "cities.year", "1 value"),
    ]
    assert next_version("1.2.3", reasons) == "2.0.0"
    assert next_version("1.2.3", reasons[2:]) == "1.3.0"
    assert next_version("1.2.9", reasons[3:]) == "1.2.10"
    assert next_version(None, reasons) == "1.0.0"


def test_what_no_rule_explains_is_refused(tmp_path: Path) -> None:
    odd = about(colour="green")
    with pytest.raises(Refused, match=r"colour: differs .* no rule explains: colour_changed"):
        reasons_of(difference(OLD, odd, tmp_path))
    twice = Difference([Change("a_changed", "t"), Change("b_changed", "t")], {}, {}, {}, [])
    with pytest.raises(Refused) as refused:
        reasons_of(twice)
    assert len(refused.value.problems) == 2


def test_the_old_declaration_is_read_from_the_old_files(tmp_path: Path) -> None:
    """A table that today's code has never heard of."""
    edition = written(OLD, tmp_path / "old")
    assert edition.tables["cities"]["columns"]["size"]["values"] == dict(SIZE.values or {})
    file = tmp_path / "old" / "parquet" / "cities.parquet"
    rows = pq.read_table(file)
    pq.write_table(rows.replace_schema_metadata({}), file)
    with pytest.raises(Refused, match="cannot be read as a build or release"):
        read_edition(tmp_path / "old", "old")


def test_rows_that_lose_their_key_are_not_compared(tmp_path: Path) -> None:
    renamed = OLD.with_table(replace(CITIES, key=("name",))).with_rows("cities", [VILLE])
    found = difference(OLD, renamed, tmp_path)
    assert [row["change"] for row in rows_in(tmp_path)] == ["key_changed"]
    assert losses(found) == ["cities has 1 rows, 1 fewer than 2"]


def test_a_key_of_several_columns_is_a_json_list(tmp_path: Path) -> None:
    pairs = replace(CITIES, key=("city_id", "year"))
    old = OLD.with_table(pairs)
    new = old.with_rows("cities", [{**BERNE, "name": 'B"e\nrne'}, VILLE])
    difference(old, new, tmp_path)
    (row,) = rows_in(tmp_path)
    assert json.loads(str(row.pop("key"))) == ["berne", "1191"]
    assert row == {
        "table": "cities",
        "column": "name",
        "change": "value_changed",
        "old": "Berne",
        "new": 'B"e\nrne',
    }


def scores(*f1: float | None) -> Spec:
    columns = [
        *(Column(name, "text", "What.", "a") for name in ("document_id", "table_name", "measure")),
        Column("f1", "number", "The score.", 1.0, nullable=True),
    ]
    table = Table(
        "evaluations",
        "Scores",
        "One row per score.",
        "Invented.",
        key=("document_id", "table_name", "measure"),
        order=("measure",),
        columns=tuple(columns),
    )
    rows: list[Row] = [
        {"document_id": "a", "table_name": "cities", "measure": f"m{n}", "f1": score}
        for n, score in enumerate(f1)
    ]
    return Spec((table,), {"evaluations": rows}, {})


def test_scores_that_fall_are_told_with_their_figures(tmp_path: Path) -> None:
    old, new = scores(0.5, 0.75, None, 0.25, 1.0), scores(0.5, 0.7, 0.1, None, 1.0)
    assert losses(difference(old, new, tmp_path)) == [
        "a: F1 of cities.m1 fell from 0.750 to 0.700",
        "a: F1 of cities.m3 fell from 0.250 to nothing scored",
    ]


def test_a_score_that_is_gone_has_fallen(tmp_path: Path) -> None:
    assert losses(difference(scores(0.5, 0.75), scores(0.5), tmp_path)) == [
        "evaluations has 1 rows, 1 fewer than 2",
        "a: F1 of cities.m1 fell from 0.750 to nothing scored",
    ]


def test_rows_of_withdrawn_people_are_not_lost(tmp_path: Path) -> None:
    old, new = (
        written(OLD, tmp_path / "old"),
        written(OLD.with_rows("cities", [BERNE]), tmp_path / "new"),
    )
    told = compare(old, replace(new, withdrawn={"cities": 1}), tmp_path / "changes.parquet")
    assert losses(told) == []
    both = compare(
        replace(old, withdrawn={"cities": 1}),
        replace(new, withdrawn={"cities": 1}),
        tmp_path / "changes.parquet",
    )
    assert losses(both) == ["cities has 2 rows, 1 fewer than 3"]


BOUND = st.one_of(st.none(), st.integers(0, 3))
COLUMNS = st.builds(
    Column,
    name=st.sampled_from("abcd"),
    type=st.sampled_from(["text", "integer"]),
    description=st.sampled_from(["One.", "Another."]),
    example=st.just("a"),
    nullable=st.booleans(),
    values=st.one_of(
        st.none(),
        st.dictionaries(st.sampled_from("xyz"), st.sampled_from(["first", "second"]), min_size=1),
    ),
    pattern=st.sampled_from([None, "a+", "b+"]),
    minimum=BOUND,
    maximum=BOUND,
    references=st.sampled_from([None, "b"]),
    raw=st.booleans(),
)
DECLARED = st.lists(
    st.builds(
        Table,
        name=st.sampled_from("tuv"),
        title=st.sampled_from(["One", "Another"]),
        description=st.just("Invented."),
        obtained=st.just("Invented."),
        key=st.sampled_from([("a",), ("b",), ("a", "b")]),
        order=st.sampled_from([("a",), ("b",)]),
        columns=st.lists(COLUMNS, max_size=4, unique_by=lambda column: column.name).map(tuple),
        numbered_within=st.sampled_from([(), ("a",), ("b",)]),
        minimum_rows=st.integers(0, 2),
    ),
    max_size=3,
    unique_by=lambda table: table.name,
)


@given(old=DECLARED, new=DECLARED)
def test_declarations_that_differ_are_never_taken_for_equal(
    old: list[Table], new: list[Table]
) -> None:
    before, after = declaring(old), declaring(new)
    changes = structural_changes(before, after)
    same = {table.name: table for table in old} == {table.name: table for table in new}
    assert bool(changes) == (not same)
    reasons = reasons_of(Difference(changes, {}, {}, {}, []))  # a rule explains each
    assert len(reasons) == len(changes)
    back = structural_changes(after, before)
    assert len(back) == len(changes)
    count = Counter(change.change for change in changes)
    assert count["table_added"] == sum(change.change == "table_removed" for change in back)
    assert count["constraint_loosened"] <= sum(
        change.change == "constraint_tightened" for change in back
    )


VALUES = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=6))
NUMBERS = st.one_of(st.none(), st.integers(-(2**31), 2**31 - 1))
TABLE = replace(
    CITIES,
    columns=(
        CITY,
        replace(NAME, nullable=True, raw=True),
        replace(YEAR, nullable=True),
        Column("char_start", "integer", "Where.", 1, nullable=True),
    ),
)
ROWS = st.dictionaries(
    st.text("ab'\"é[*", min_size=1, max_size=3),
    st.tuples(VALUES, NUMBERS, NUMBERS),
    max_size=8,
)
Cities = Mapping[str, tuple[str | None, int | None, int | None]]
NAMES = ("name", "year", "char_start")


def cities(rows: Cities) -> Spec:
    listed: list[Row] = [
        {"city_id": key, **dict(zip(NAMES, values, strict=True))}
        for key, values in sorted(rows.items())
    ]
    return Spec((TABLE,), {"cities": listed}, {})


@settings(max_examples=60, deadline=None)
@given(old=ROWS, new=ROWS)
def test_the_changes_of_rows_lead_from_the_old_to_the_new(old: Cities, new: Cities) -> None:
    """Exactly: what was removed and changed, applied to the old rows, gives the new ones."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        before, after = folder / "old", folder / "new"
        for rows, place in ((old, before), (new, after)):
            rows_written(cities(rows), place)
        found = compare(
            declaring([TABLE], before), declaring([TABLE], after), folder / "changes.parquet"
        )
        changes = rows_in(folder)
    texts = {
        key: {n: None if v is None else str(v) for n, v in zip(NAMES, values, strict=True)}
        for key, values in old.items()
    }
    for change in changes:
        key, column = str(change["key"]), str(change["column"])
        if change["change"] == "row_removed":
            del texts[key]
        elif change["change"] != "row_added":
            assert change["change"] == (
                "span_changed" if column == "char_start" else "value_changed"
            )
            assert texts[key][column] == change["old"] != change["new"]
            texts[key][column] = None if change["new"] is None else str(change["new"])
    added = {str(change["key"]) for change in changes if change["change"] == "row_added"}
    assert added == new.keys() - old.keys()
    assert texts == {
        key: {n: None if v is None else str(v) for n, v in zip(NAMES, values, strict=True)}
        for key, values in new.items()
        if key in old
    }
    assert sum(found.rows.values()) == len(changes)
    assert bool(reasons_of(found)) == (old != new)


def test_many_rows_are_written_in_batches(tmp_path: Path) -> None:
    many: Cities = {f"c{n:06}": (f"n{n}", n, None) for n in range(120_000)}
    fewer: Cities = {key: (name, year, 1) for key, (name, year, _) in list(many.items())[:-1]}
    found = difference(cities(many), cities(fewer), tmp_path)
    assert dict(found.rows) == {
        ("cities", "row_removed", None): 1,
        ("cities", "span_changed", "char_start"): 119_999,
    }
    assert pq.ParquetFile(tmp_path / "changes.parquet").metadata.num_row_groups > 1
    with duckdb.connect() as connection:
        ordered = connection.execute(
            "select bool_and(k is null or k <= key) from (select key, lag(key) over () as k"
            " from read_parquet($1))",
            [str(tmp_path / "changes.parquet")],
        ).fetchone()
    assert ordered == (True,)


def test_the_rules_as_a_table() -> None:
    lines = rules_as_markdown().splitlines()
    assert [line.split(" | ")[0] for line in lines[2:]] == [
        "| **major**",
        "| **minor**",
        "| **patch**",
    ]
    assert all(rule.words in rules_as_markdown() for rule in RULES)
