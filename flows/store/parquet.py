"""One Parquet file per table, the same bytes for the same rows."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.arrow import for_parquet

ROWS_PER_GROUP = 65_536


def write_parquet(tables: Mapping[str, pa.Table], folder: Path) -> None:
    """Writes `<folder>/<table>.parquet` for each table; the folder must exist."""
    for name, table in tables.items():
        pq.write_table(
            for_parquet(table),
            folder / f"{name}.parquet",
            row_group_size=ROWS_PER_GROUP,
            compression="zstd",
            write_page_index=True,
            write_page_checksum=True,
        )
