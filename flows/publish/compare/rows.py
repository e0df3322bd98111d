"""What differs between two editions: declarations, views, rights, and rows by their keys.

Rows are joined by DuckDB, which goes to the disk when memory is short, and written in batches:
two editions of any size can be compared.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from filecmp import cmp
from glob import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from flows.publish.compare.declarations import Change, structural_changes
from flows.publish.release.edition import Edition
from schemas.arrow import arrow_schema
from schemas.ddl import literal, quoted
from schemas.release import CHANGES

SPAN_COLUMNS = ("char_start", "char_end")
BATCH = 50_000

Mask = Callable[[str], str]


@dataclass(frozen=True)
class Fall:
    """A score that fell from `old` to `new`; that is None where there is no score any more."""

    document_id: str
    table: str
    measure: str
    old: float
    new: float | None


@dataclass(frozen=True)
class Difference:
    """How two editions differ.

    `rows` counts the differences of rows by table, change and column. `before` and `after` count
    the rows of each table, those that are left out because a person was withdrawn among them.
    """

    structure: list[Change]
    rows: Mapping[tuple[str, str, str | None], int]
    before: Mapping[str, int]
    after: Mapping[str, int]
    falls: list[Fall]


def compare(old: Edition | None, new: Edition, file: Path, mask: Mask | None = None) -> Difference:
    """Compares two editions, and writes every difference as a row of a new Parquet file.

    Without an old edition the file has no rows. `mask` takes a text that the file quotes and gives
    what it may quote. Raises duckdb.Error or OSError when an edition is damaged.
    """
    if old is None:
        structure: list[Change] = []
        with _writer(file, mask):
            return Difference(structure, {}, {}, _counts(new), [])
    structure = structural_changes(old, new)
    with TemporaryDirectory() as folder, duckdb.connect(Path(folder) / "compare") as connection:
        connection.execute(
            "create table differences (t varchar, n integer, k varchar,"
            " c varchar, change varchar, old varchar, new varchar)"
        )
        for name in comparable(old, new):
            if not cmp(old.parquet(name), new.parquet(name), shallow=False):
                _compare_rows(connection, name, old, new)
        with _writer(file, mask) as write:
            write(
                pa.Table.from_pylist(
                    [
                        {
                            "table": c.table,
                            "key": None,
                            "column": c.column,
                            "change": c.change,
                            "old": c.old,
                            "new": c.new,
                        }
                        for c in structure
                    ],
                    arrow_schema(CHANGES),
                )
            )
            ordered = connection.sql(
                'select t as "table", k as "key", c as "column", change, old, new'
                " from differences order by t, k, n, change"
            )
            for batch in ordered.to_arrow_reader(BATCH):
                write(pa.Table.from_batches([batch]))
        counted = connection.execute(
            "select t, change, c, count(*) from differences"
            " where change in ('value_changed', 'span_changed') or c is null"
            " group by all order by all"
        ).fetchall()
        falls = _falls(connection, old, new)
    rows = {(table, change, column): count for table, change, column, count in counted}
    return Difference(structure, rows, _counts(old), _counts(new), falls)


def comparable(old: Edition, new: Edition) -> list[str]:
    """The names of the tables that are in both editions with the same key."""
    names = []
    for name in sorted(old.tables.keys() & new.tables.keys()):
        before, after = old.tables[name], new.tables[name]
        if before["key"] == after["key"] and all(
            before["columns"][column]["type"] == after["columns"][column]["type"]
            for column in after["key"]
        ):
            names.append(name)
    return names


def _compare_rows(
    connection: duckdb.DuckDBPyConnection, name: str, old: Edition, new: Edition
) -> None:
    """Adds the differences of one table's rows to `differences`."""
    before, after = old.tables[name]["columns"], new.tables[name]["columns"]
    key: list[str] = new.tables[name]["key"]
    columns = [
        column
        for column in after
        if column in before
        and column not in key
        and before[column]["type"] == after[column]["type"]
        # What is withheld on one side must not be told by the other.
        and not (before[column].get("withheld") or after[column].get("withheld"))
    ]
    o, n = _rows(old, name), _rows(new, name)
    using = ", ".join(map(quoted, key))
    texts = [f"n.{quoted(column)}::varchar" for column in key]
    shown = texts[0] if len(key) == 1 else f"to_json([{', '.join(texts)}])::varchar"
    what = "document" if name == "documents" else "row"
    for change, here, there in (("removed", o, n), ("added", n, o)):
        connection.execute(
            f"insert into differences select {literal(name)}, 0, {shown}, null,"
            f" '{what}_{change}', null, null"
            f" from {here} as n anti join {there} as o using ({using})"
        )
    if not columns:
        return
    values = ", ".join(
        f"{{n: {number}, c: {literal(column)}, old: o.{quoted(column)}::varchar,"
        f" new: n.{quoted(column)}::varchar,"
        f" differs: o.{quoted(column)} is distinct from n.{quoted(column)}}}"
        for number, column in enumerate(columns, 1)
    )
    differs = " or ".join(f"o.{quoted(c)} is distinct from n.{quoted(c)}" for c in columns)
    spans = ", ".join(map(literal, SPAN_COLUMNS))
    connection.execute(
        f"insert into differences select {literal(name)}, d.n, k, d.c,"
        f" if(d.c in ({spans}), 'span_changed', 'value_changed'), d.old, d.new"
        f" from (select {shown} as k, unnest([{values}]) as d"
        f" from {o} as o join {n} as n using ({using}) where {differs}) where d.differs"
    )


def _rows(edition: Edition, table: str) -> str:
    """The rows of a table, for a FROM clause."""
    return f"read_parquet({literal(escape(str(edition.parquet(table))))})"


def _falls(connection: duckdb.DuckDBPyConnection, old: Edition, new: Edition) -> list[Fall]:
    """The scores (F1) that are lower in the new edition, or not to be had any more."""
    if "evaluations" not in comparable(old, new):
        return []
    o, n = _rows(old, "evaluations"), _rows(new, "evaluations")
    rows = connection.execute(
        f"select document_id, table_name, measure, o.f1, n.f1 from {o} as o"
        f" left join {n} as n using (document_id, table_name, measure)"
        " where o.f1 is not null and coalesce(n.f1, -1) < o.f1 order by all"
    ).fetchall()
    return [Fall(*row) for row in rows]


def _counts(edition: Edition) -> dict[str, int]:
    return {
        name: pq.read_metadata(edition.parquet(name)).num_rows + edition.withdrawn.get(name, 0)
        for name in edition.tables
    }


@contextmanager
def _writer(file: Path, mask: Mask | None) -> Iterator[Callable[[pa.Table], None]]:
    schema = arrow_schema(CHANGES)
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:

        def write(changes: pa.Table) -> None:
            if mask is not None:
                changes = _masked(changes, mask)
            writer.write_table(changes.cast(schema))

        yield write


def _masked(changes: pa.Table, mask: Mask) -> pa.Table:
    for name in ("key", "old", "new"):
        texts: Iterable[str | None] = changes[name].to_pylist()
        column = [text if text is None else mask(text) for text in texts]
        changes = changes.set_column(
            changes.schema.get_field_index(name), name, pa.array(column, pa.string())
        )
    return changes
