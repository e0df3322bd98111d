"""People who are left out: their rows and every trace of their names are gone, offsets stay."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from time import process_time

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import copy_project
from flows.ground.problems import Refused
from flows.publish import publish
from flows.store import storing, validated
from flows.withhold.people import Mask, read_withdrawals, unknown, withdraw
from schemas import TABLES, Tables
from small_build import SESSION, TEXT, small_build

JEANNE = frozenset({"jeanne-exemple"})

HIDDEN = [
    ("Jeanne Exemple", "Mme Jeanne Exemple a parlé.", "Mme ██████████████ a parlé."),
    ("Jeanne Exemple", "JEANNE EXEMPLE", "██████████████"),
    ("Jeanne Exemple", "Mme Exemple, puis M. Autre", "Mme ███████, puis M. Autre"),
    ("Jeanne Exemple", "EXEMPLE, Jeanne", "███████████████"),
    ("Jeanne Exemple", "Jeanne\nExemple", "██████\n███████"),
    ("Jeanne Exemple", "Jeanne Exem-\nple dit", "████████████\n███ dit"),
    ("Jeanne Exemple", "Jeanne\u00a0Exemple", "██████████████"),
    ("Jeanne Exemple", "Exemple's", "███████'s"),
    ("Éloïse Müller", "Eloise MULLER et M\u00fcller", "█████████████ et ██████"),
    ("Éloïse Müller", "Mu\u0308ller", "███████"),
    ("Anne-Marie Le Goff", "Anne‐Marie Le Goff", "██████████████████"),
    ("Ana de la Torre", "Sra. de la Torre y Ana de la Torre", "Sra. de la █████ y ███████████████"),
    ("Seán O'Neill", "M. O’Neill", "M. ███████"),
    ("Shakila", "Shakila a dit", "███████ a dit"),
    ("Carla d'Angelo", "Mme d’Angelo et Carla D'ANGELO", "Mme ████████ et ██████████████"),
    ("Omar al-Hassan", "M. al-Hassan, M. Al Hassan", "M. █████████, M. █████████"),
    ("odette bidonne", "odette bidonne a dit", "██████████████ a dit"),
]
LEFT = [
    ("Jeanne Exemple", "par exemple, Jeanne Autre et Exempleville"),
    ("Jeanne Exemple", "les exemples de Jeanne"),
    ("Ana de la Torre", "de la ville, Ana Pérez"),
]


@pytest.mark.parametrize(("name", "text", "masked"), HIDDEN)
def test_a_name_is_hidden_however_it_is_printed(name: str, text: str, masked: str) -> None:
    assert Mask([name]).text(text) == masked
    assert len(masked) == len(text)


@pytest.mark.parametrize(("name", "text"), LEFT)
def test_other_words_are_left(name: str, text: str) -> None:
    assert Mask([name]).text(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"{SESSION}-jeanne-exemple", f"{SESSION}-xxxxxx-xxxxxxx"),
        (f"{SESSION}-jeanne-exemple-2", f"{SESSION}-xxxxxx-xxxxxxx-2"),
        (f"{SESSION}.fr-s-allocution-de-exemple", f"{SESSION}.fr-s-allocution-de-xxxxxxx"),
        (f"{SESSION}-jeannette-exemplaire", f"{SESSION}-jeannette-exemplaire"),
        (f'["{SESSION}-jeanne-exemple", "gcm"]', f'["{SESSION}-xxxxxx-xxxxxxx", "gcm"]'),
    ],
)
def test_ids_are_masked_by_letters_of_ids(text: str, masked: str) -> None:
    assert Mask(["Jeanne Exemple"])(text) == masked


WORDS = st.text("abeéEx \n-.’", max_size=12)


@given(
    before=WORDS, after=WORDS, form=st.sampled_from(["Zoé Dubreuil", "DUBREUIL", "Zoe\nDubreuil"])
)
def test_a_mask_is_as_long_as_what_it_hides(before: str, after: str, form: str) -> None:
    text = f"{before} {form} {after}"
    masked = Mask(["Zoé Dubreuil"]).text(text)
    assert len(masked) == len(text)
    assert "dubreuil" not in masked.casefold()
    assert masked.count("\n") == text.count("\n")
    assert masked.startswith(before) and masked.endswith(after)


def test_a_mask_is_found_in_time_however_odd_the_text() -> None:
    mask = Mask(["Jeanne de la Exemple", "Anne-Marie O'Neill"])
    started = process_time()
    for odd in ("Jeanne ", "de la ", "Jeanne, ", "Anne-", "E\u0301", "Ex-\n", "- , "):
        assert len(mask.text(odd * 20_000)) == len(odd) * 20_000
    assert process_time() - started < 10


def test_rows_go_and_every_offset_stays_valid() -> None:
    tables = small_build()
    kept, withdrawn = withdraw(tables, JEANNE)
    assert tables == small_build()
    assert withdrawn.people == 1
    assert withdrawn.rows == {
        "participants": 1,
        "interventions": 1,
        "attributions": 1,
        "mentions": 1,
    }
    for name in TABLES:
        assert len(kept[name]) == len(tables[name]) - withdrawn.rows.get(name, 0)
    text = str(kept["documents"][0]["text"])
    assert text == TEXT.replace("Jeanne Exemple", "█" * 14)
    call = kept["recommendations"][0]
    assert call["participant_id"] is None and call["attributed_to"] == "█" * 14
    assert call["recommendation_id"] == tables["recommendations"][0]["recommendation_id"]
    validated(kept)


def test_nobody_is_withdrawn_without_a_row() -> None:
    tables = small_build()
    kept, withdrawn = withdraw(tables, {})
    assert kept == tables and (withdrawn.people, withdrawn.rows) == (0, {})
    kept, withdrawn = withdraw(tables, {"undp", "che"})  # not persons
    assert kept == tables and withdrawn.people == 0


def test_a_person_whom_no_document_knows_is_named_with_the_line(tmp_path: Path) -> None:
    file = tmp_path / "withdrawals.csv"
    file.write_text(
        "entity_id,reason,date\njeanne-exemple,Asked for it.,2030-09-01\n"
        "jeane-exemple,Asked for it.,2030-09-01\n"
    )
    withdrawn = read_withdrawals(file)
    assert withdrawn == {"jeanne-exemple": 2, "jeane-exemple": 3}
    (problem,) = unknown(small_build(), withdrawn, file)
    assert (problem.file, problem.line) == (str(file), 3)
    file.write_text("entity_id,reason,date\njeanne-exemple,,2030-09-01\n")
    with pytest.raises(Refused, match=r"withdrawals\.csv:2: reason is empty"):
        read_withdrawals(file)


def traces(release: Path, *words: str) -> list[str]:
    """Files of a release in which a word is: in their bytes, or in a value that they hold."""
    found = []
    for path in sorted(path for path in release.rglob("*") if path.is_file()):
        content = [path.read_bytes().decode("utf-8", "ignore")]
        if path.suffix == ".parquet":
            table = pq.read_table(path)
            content += [str(table.schema.metadata), *map(str, table.to_pylist())]
        elif path.suffix == ".duckdb":
            with duckdb.connect(path, read_only=True) as database:
                for (name,) in database.execute(
                    "select table_name from duckdb_tables()"
                ).fetchall():
                    content += map(str, database.execute(f"from {name}").fetchall())
        elif path.suffix in (".zip", ".xlsx"):
            with zipfile.ZipFile(path) as archive:
                content += [archive.read(name).decode() for name in archive.namelist()]
        folded = "\n".join(content).casefold()
        found += [path.name for word in words if word.casefold() in folded]
    return found


def renamed_build() -> Tables:
    """The small build with another name in it: its own is an example in the data dictionary."""

    def renamed(value: object) -> object:
        if not isinstance(value, str):
            return value
        named = value.replace("Jeanne Exemple", "Odette Bidonne")
        return named.replace("jeanne-exemple", "odette-bidonne")

    return {
        name: [{column: renamed(value) for column, value in row.items()} for row in rows]
        for name, rows in small_build().items()
    }


@pytest.mark.slow
def test_a_release_after_a_withdrawal_has_no_trace_of_the_name(tmp_path: Path) -> None:
    odette = frozenset({"odette-bidonne"})
    record: dict[str, object] = {"documents": []}
    with storing(renamed_build(), tmp_path, record) as build:
        first = publish(build, tmp_path)
    assert {"participants.parquet", "idm.duckdb", "csv.zip", "idm.xlsx"} <= set(
        traces(first.folder, "Odette Bidonne")
    )
    kept, withdrawn = withdraw(renamed_build(), odette)
    record["withdrawn"] = {"people": withdrawn.people, "rows": dict(withdrawn.rows)}
    with storing(kept, tmp_path, record) as build:
        second = publish(build, tmp_path, withdrawn=odette)
    assert second.version == "1.0.1"  # rows that were withdrawn are not lost
    assert traces(second.folder, "Odette", "Bidonne") == []
    told = (second.folder / "CHANGES.md").read_text(encoding="utf-8")
    assert "Withdrawn: 1 person is taken out" in told
    changes = pq.read_table(second.folder / "changes.parquet").to_pylist()
    assert {row["key"] for row in changes if row["table"] == "participants"} == {
        f"{SESSION}-xxxxxx-xxxxxxx"
    }
    (text,) = [row for row in changes if row["column"] == "text" and row["table"] == "documents"]
    assert len(text["old"]) == len(TEXT)


def test_corrections_and_withdrawals_by_the_command(tmp_path: Path, built: Path) -> None:
    """In a copy of the project, of a person whom its documents really name."""
    copy_project(tmp_path)
    with duckdb.connect(built / "idm.duckdb", read_only=True) as database:
        (person,) = database.execute(
            "select entity_id, name, participant_id, position from participants"
            " where kind = 'person' and name like '% %' and position is not null order by all"
        ).fetchmany(1)
    entity, name, participant, position = person

    def idm(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "flows", *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    corrections = tmp_path / "seeds" / "corrections.csv"
    header = corrections.read_text()
    row = f'participants,{participant},position,"{{}}","Essayeuse",A test.,Me,2030-09-01\n'
    corrections.write_text(header + row.format("Somebody else"))
    stale = idm("run", "--direct")
    assert stale.returncode == 1
    assert "corrections.csv:2: participants.position" in stale.stderr
    assert not (tmp_path / "warehouse" / "idm.duckdb").exists()

    corrections.write_text(header)
    assert idm("run", "--direct").returncode == 0
    releases = tmp_path / "warehouse" / "releases"
    assert traces(releases / "1.0.0", name)

    withdrawals = tmp_path / "seeds" / "withdrawals.csv"
    header = withdrawals.read_text()
    withdrawals.write_text(f"{header}nobody-at-all,A test.,2030-09-01\n")
    refused = idm("run", "--direct")
    assert refused.returncode == 1
    assert "withdrawals.csv:2: no person in the documents is nobody-at-all" in refused.stderr
    withdrawals.write_text(f"{header}{entity},A test.,2030-09-01\n")
    done = idm("run", "--direct")
    assert done.returncode == 0, done.stderr
    assert traces(releases / "1.0.1", name, entity, name.split()[-1]) == []
    verified = idm("verify", "latest", "--rebuild")
    assert verified.returncode == 0, verified.stderr
    manifest = json.loads((releases / "1.0.1" / "manifest.json").read_text())
    assert manifest["withdrawn"]["people"] == 1
    assert position
