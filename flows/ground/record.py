"""A build: what is stored, and the facts that tell it from any other."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from schemas.texts import Texts, tables_with, texts_of


@dataclass(frozen=True)
class Build:
    """One build of the warehouse.

    `folder` holds `parquet/<table>.parquet`, `idm.duckdb` and `build.json`. `rows`,
    `logical_sha256` and `parquet_sha256` are by table, in the order of `TABLES`. `build_id`: 16
    hex digits, the same for the same rows, declarations, views and record. `unchanged`: it was
    there already and nothing was written.
    """

    record: Mapping[str, object]
    schema_sha256: str
    sql_sha256: str
    rows: Mapping[str, int]
    logical_sha256: Mapping[str, str]
    parquet_sha256: Mapping[str, str] = field(default_factory=dict)
    folder: Path = Path()
    unchanged: bool = False

    @property
    def build_id(self) -> str:
        facts = [self.record, self.schema_sha256, self.sql_sha256, self.logical_sha256]
        canonical = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return sha256(canonical.encode()).hexdigest()[:16]

    @property
    def texts(self) -> Texts:
        """How much of the documents it carries."""
        return texts_of(self.record)

    @property
    def parquet(self) -> Path:
        return self.folder / "parquet"

    @property
    def database(self) -> Path:
        return self.folder / "idm.duckdb"

    def facts(self) -> dict[str, object]:
        """What the build was made from: the record, and the hashes of declarations and views."""
        return {
            **self.record,
            "build_id": self.build_id,
            "schema_sha256": self.schema_sha256,
            "sql_sha256": self.sql_sha256,
        }

    def as_json(self) -> str:
        """The text of build.json: no clock, host or path."""
        facts = {
            "build_id": self.build_id,
            "record": self.record,
            "schema_sha256": self.schema_sha256,
            "sql_sha256": self.sql_sha256,
            "tables": {
                name: {
                    "rows": self.rows[name],
                    "logical_sha256": self.logical_sha256[name],
                    "parquet_sha256": self.parquet_sha256[name],
                }
                for name in self.rows
            },
        }
        return json.dumps(facts, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def read_build(folder: Path) -> Build:
    """The build in a folder, as its build.json describes it.

    Raises OSError, ValueError or KeyError when there is none that can be read.
    """
    facts = json.loads((folder / "build.json").read_text(encoding="utf-8"))
    tables = {name: facts["tables"][name] for name in tables_with(texts_of(facts["record"]))}
    return Build(
        record=facts["record"],
        schema_sha256=facts["schema_sha256"],
        sql_sha256=facts["sql_sha256"],
        rows={name: table["rows"] for name, table in tables.items()},
        logical_sha256={name: table["logical_sha256"] for name, table in tables.items()},
        parquet_sha256={name: table["parquet_sha256"] for name, table in tables.items()},
        folder=folder,
    )
