"""Pandera schemas, and the single checks that they are made of."""

from collections.abc import Callable
from dataclasses import dataclass

import pandera.pyarrow as pandera
import pyarrow as pa
import pyarrow.compute as pc

from schemas import Column, Table
from schemas.arrow import ARROW_TYPES


@dataclass(frozen=True)
class Check:
    """`holds` takes a column and gives one boolean per row (true or NULL for NULL)."""

    what: str
    holds: Callable[[pa.ChunkedArray], pa.ChunkedArray]


def checks_of(column: Column) -> list[Check]:
    """What every value of a column that is not NULL must fulfil, besides its type."""
    checks: list[Check] = []
    if column.type == "text" and not column.raw:
        checks.append(Check("clean text: NFC, one line, no outer white space, not empty", _clean))
    if column.values is not None:
        values = pa.array(column.values)
        checks.append(
            Check(f"one of {', '.join(column.values)}", lambda array: _is_one_of(array, values))
        )
    if column.pattern is not None:
        pattern = f"^(?:{column.pattern})$"
        checks.append(
            Check(
                f"like {column.pattern}",
                lambda array: pc.match_substring_regex(array, pattern),
            )
        )
    if column.minimum is not None:
        minimum = column.minimum
        checks.append(Check(f"at least {minimum}", lambda array: pc.greater_equal(array, minimum)))
    if column.maximum is not None:
        maximum = column.maximum
        checks.append(Check(f"at most {maximum}", lambda array: pc.less_equal(array, maximum)))
    if column.type == "number":
        checks.append(Check("a finite number", pc.is_finite))
    return checks


def pandera_schema(table: Table) -> pandera.DataFrameSchema:
    """The Pandera schema of a table: strict and ordered, values are never converted."""
    return pandera.DataFrameSchema(
        {column.name: _pandera_column(column) for column in table.columns},
        strict=True,
        ordered=True,
        coerce=False,
        name=table.name,
        title=table.title,
        description=table.description,
    )


def _pandera_column(column: Column) -> pandera.Column:
    arrow_type = ARROW_TYPES[column.type]
    checks = [_native(check) for check in checks_of(column)]
    if column.type == "time":  # a type that Pandera's Arrow backend does not know
        checks.append(
            pandera.Check(
                lambda data: data.table[data.key].type == arrow_type,
                native=True,
                error=f"of type {arrow_type}",
            )
        )
    return pandera.Column(
        None if column.type == "time" else arrow_type,
        checks,
        nullable=column.may_be_null,
        title=column.name,
        description=column.description,
        metadata={"example": column.example},
    )


def _native(check: Check) -> pandera.Check:
    return pandera.Check(
        lambda data: check.holds(data.table[data.key]), native=True, error=check.what
    )


def _is_one_of(array: pa.ChunkedArray, values: pa.Array) -> pa.ChunkedArray:
    return pc.or_(pc.is_null(array), pc.is_in(array, values))


def _clean(array: pa.ChunkedArray) -> pa.ChunkedArray:
    normal = pc.equal(pc.utf8_normalize(pc.utf8_trim_whitespace(array), "NFC"), array)
    one_line = pc.invert(pc.match_substring_regex(array, r"[\r\n\t]"))
    return pc.and_(pc.and_(normal, one_line), pc.not_equal(array, ""))
