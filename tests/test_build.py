"""The stages in their order, without the orchestrator."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest

from conftest import Snapshot
from flows.__main__ import DOCUMENTS, PROJECT
from flows.build import build
from flows.runs.commit import commit

pytestmark = pytest.mark.slow

P = ParamSpec("P")
T = TypeVar("T")


def test_each_stage_is_carried_out_once_in_order(tmp_path: Path) -> None:
    stages = []

    def noted(stage: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        stages.append(stage.__name__)
        return stage(*args, **kwargs)

    outcome = build(DOCUMENTS, tmp_path / "warehouse", call=noted)
    assert stages == ["ingest", "normalise", "evaluate", "store", "publish"]
    assert outcome.release is not None
    assert outcome.refused == []
    assert outcome.build.record["documents"] == [
        {"file": row["file_name"], "sha256": row["sha256"]} for row in outcome.tables["documents"]
    ]


def test_a_second_build_changes_nothing(built: Path, tmp_path: Path, snapshot: Snapshot) -> None:
    warehouse = shutil.copytree(built, tmp_path / "warehouse", symlinks=True)
    before = snapshot(warehouse)
    assert build(DOCUMENTS, warehouse, release=False, commit=commit()).build.unchanged
    assert snapshot(warehouse) == before


def test_no_prefect_below_the_pipeline(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "import flows.build, flows.progress, flows.command.report\n"
        "sys.exit('prefect' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False).returncode == 0


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, flows.__main__\n"
        "sys.exit(', '.join({'prefect', 'duckdb', 'pyarrow', 'pandera'} & set(sys.modules)))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, check=False
    )
    assert result.stderr == b"\n" or result.stderr == b""


def test_place_zone_locale_and_hash_seed_leave_no_trace(tmp_path: Path, built: Path) -> None:
    """Elsewhere, on another day of the clock, and with the files laid down in another order."""
    folder = tmp_path / "élsewhere"
    folder.mkdir()
    for path in sorted(DOCUMENTS.iterdir(), reverse=True):
        (folder / path.name).write_bytes(path.read_bytes())
    environment = {
        **os.environ,
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "C",
        "PYTHONHASHSEED": "271828",
    }
    subprocess.run(
        [
            *(sys.executable, "-m", "flows", "run", "--direct", "--no-release"),
            *("--documents", folder, "--warehouse", tmp_path / "warehouse"),
        ],
        cwd=PROJECT,
        env=environment,
        check=True,
        capture_output=True,
    )
    assert (tmp_path / "warehouse" / "build.json").read_bytes() == (
        built / "build.json"
    ).read_bytes()
    for path in (built / "parquet").iterdir():
        other = tmp_path / "warehouse" / "parquet" / path.name
        assert other.read_bytes() == path.read_bytes(), path.name
