"""The types of kinds hold the very values that their columns declare."""

from typing import get_args

import pytest

from schemas import TABLES, kinds

COLUMNS = {
    "sentences.attribution": kinds.Attribution,
    "recommendations.attribution": kinds.Attribution,
    "recommendations.force": kinds.Force,
    "participants.kind": kinds.ParticipantKind,
    "interventions.role": kinds.RoleKind,
    "recommendation_codes.scheme": kinds.CodeScheme,
    "recommendation_codes.method": kinds.CodeMethod,
    "figures.measure": kinds.Measure,
    "figures.qualifier": kinds.Qualifier,
    "mentions.kind": kinds.MentionKind,
    "warnings.kind": kinds.WarningKind,
}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_kind_has_the_values_of_its_column(column: str) -> None:
    table, name = column.split(".")
    declared = next(c for c in TABLES[table].columns if c.name == name)
    assert list(get_args(COLUMNS[column])) == list(declared.values or ())


def test_every_kind_is_held_against_a_column() -> None:
    types = {name for name in vars(kinds) if name[0].isupper() and name != "Literal"}
    assert {vars(kinds)[name] for name in types} == set(COLUMNS.values())
