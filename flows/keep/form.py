"""What is in an entry: the header as JSON, then the rows of each table as an Arrow batch."""

import json
import struct
from dataclasses import asdict

import pyarrow as pa

from flows.ground.problems import Problem
from flows.ground.rows import Kept
from flows.normalise import Understood
from flows.normalise.quality.claims import Claims
from flows.normalise.understood import OF_EVERY_DOCUMENT
from flows.store.arrange import kept
from schemas import TABLES
from schemas.arrow import arrow_schema

_LENGTHS = struct.Struct("<QI")  # of all when it is decompressed, of the header
_ALIGNMENT = 64
_CODEC = pa.Codec("zstd")
_SCHEMAS = {name: arrow_schema(table) for name, table in TABLES.items()}


def to_bytes(key: str, one: Understood | Problem) -> tuple[bytes, Understood | Problem]:
    """What was understood as bytes, and with its rows in the form that these bytes give.

    Raises `flows.store.Invalid` for rows that are not as declared.
    """
    header: dict[str, object] = {"key": key}
    parts: list[bytes] = []
    if isinstance(one, Problem):
        header["problem"] = asdict(one)
    else:
        tables = {name: kept(TABLES[name], rows) for name, rows in one.tables.items() if rows}
        header |= {"claims": asdict(one.claims), "tables": (sizes := {})}
        for name, rows in tables.items():
            [batch] = rows.data.combine_chunks().to_batches()
            data = batch.serialize().to_pybytes()
            sizes[name] = (len(data), len(rows.digests))
            parts += (data, rows.digests)
        one = Understood(one.claims, {**one.tables, **tables})
    text = json.dumps(header, ensure_ascii=False).encode()
    content = b"".join(map(_aligned, [text, *parts]))
    packed = _CODEC.compress(content, asbytes=True)
    return _LENGTHS.pack(len(content), len(text)) + packed, one


def from_bytes(
    key: str, value: bytes, is_checked: bool, was_reference: bool
) -> Understood | Problem:
    """What `to_bytes` was given; a problem without its file.

    `is_checked` and `was_reference` say whether the store has checked its rows, and whether those
    of a reference document. Raises ValueError or KeyError for an entry of another key or form.
    """
    size, length = _LENGTHS.unpack_from(value)
    content = _CODEC.decompress(value[_LENGTHS.size :], size)
    header = json.loads(content.slice(0, length).to_pybytes())
    if header["key"] != key:
        raise ValueError(f"it is the entry of {header['key']}")
    if "problem" in header:
        return Problem(**header["problem"])
    tables: dict[str, Kept] = {}
    place = _end(length)
    for name, (data, digests) in header["tables"].items():
        batch = pa.ipc.read_record_batch(content.slice(place, data), _SCHEMAS[name])
        place = _end(place + data)
        table = pa.Table.from_batches([batch])
        is_known = is_checked and (was_reference or name in OF_EVERY_DOCUMENT)
        tables[name] = Kept(table, content.slice(place, digests).to_pybytes(), is_known)
        place = _end(place + digests)
    return Understood(Claims(**header["claims"]), dict(tables))


def _aligned(part: bytes) -> bytes:
    """A part as long as Arrow wants those before another to be."""
    return part.ljust(_end(len(part)), b"\0")


def _end(length: int) -> int:
    return -(-length // _ALIGNMENT) * _ALIGNMENT
