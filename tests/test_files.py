"""Writing in one step: what is named is on the disk first, so that no rename overtakes it."""

import os
from pathlib import Path

import pytest

from flows.ground.files import rename_folder, replace_file


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is done, in its order: `sync PATH` by the names as they are then, `rename PATH`."""
    found: list[str] = []

    def fsync(descriptor: int) -> None:
        found.append(f"sync {Path(f'/proc/self/fd/{descriptor}').readlink()}")

    def renamed(name: str) -> None:
        move = getattr(Path, name)

        def noted(path: Path, to: Path) -> Path:
            found.append(f"rename {path}")
            there: Path = move(path, to)
            return there

        monkeypatch.setattr(Path, name, noted)

    monkeypatch.setattr(os, "fsync", fsync)
    renamed("rename")
    renamed("replace")
    return found


def test_a_folder_is_renamed_when_all_in_it_is_on_the_disk(tmp_path: Path, done: list[str]) -> None:
    folder = tmp_path / "build.partial"
    (folder / "parquet").mkdir(parents=True)
    for name in ("parquet/panels.parquet", "idm.duckdb"):
        (folder / name).write_text("rows")
    rename_folder(folder, tmp_path / "build")
    before, after = done[: done.index(f"rename {folder}")], done[done.index(f"rename {folder}") :]
    assert set(before) == {
        f"sync {path}"
        for path in (
            folder,
            folder / "parquet",
            folder / "parquet" / "panels.parquet",
            folder / "idm.duckdb",
        )
    }
    assert before.index(f"sync {folder / 'parquet' / 'panels.parquet'}") < before.index(
        f"sync {folder}"
    )
    assert after == [f"rename {folder}", f"sync {tmp_path}"]


def test_a_name_that_is_taken_is_left_alone(tmp_path: Path, done: list[str]) -> None:
    for name in ("build.partial", "build"):
        (tmp_path / name).mkdir()
    with pytest.raises(FileExistsError):
        rename_folder(tmp_path / "build.partial", tmp_path / "build")
    assert done == []


def test_a_file_takes_the_place_of_another_when_it_is_on_the_disk(
    tmp_path: Path, done: list[str]
) -> None:
    file, new = tmp_path / "catalog.json", tmp_path / ".catalog.json.new"
    file.write_text("old")
    replace_file(file, "new\n")
    assert done == [f"sync {new}", f"rename {new}", f"sync {tmp_path}"]
    assert file.read_bytes() == b"new\n"
    assert not new.exists()
