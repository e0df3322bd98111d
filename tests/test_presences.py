"""Evidence that somebody takes part, merged: each role once, in the order in which it was found."""

from hypothesis import given
from hypothesis import strategies as st

from flows.normalise.panels.find import Panel
from flows.normalise.people.participants import Attendance, Participant, Presence
from flows.normalise.people.roles import RoleFound, with_role
from schemas.kinds import RoleKind

PANELS = [Panel(f"Title {n}", (n, n + 5), "panel.labelled", n) for n in range(2)]
PERSON = Participant("person", "Odile Marchetti", (0, 15), "person.honorific")
STATE = Participant("state", "Chile", (20, 25), "state.speaks", entity="chl")


def role(kind: RoleKind, panel: Panel | None = None, start: int = 0) -> RoleFound:
    return RoleFound(kind, (start, start + 1), f"role.{kind}.verb", panel)


def test_a_role_counts_once() -> None:
    once = with_role((), role("speaker"))
    assert with_role(once, role("speaker", start=7)) == once


def test_a_role_in_a_panel_takes_the_place_of_the_same_without_one() -> None:
    roles = with_role((role("moderator"), role("closing")), role("moderator", PANELS[0]))
    assert roles == (role("closing"), role("moderator", PANELS[0]))
    assert with_role(roles, role("moderator")) == roles
    assert with_role(roles, role("moderator", PANELS[0])) == roles
    assert with_role(roles, role("moderator", PANELS[1]))[-1].panel is PANELS[1]


def test_weak_evidence_counts_only_where_nothing_else_is_known() -> None:
    weak = Presence(PERSON, role("speaker"), weak=True)
    alone = Attendance().with_presences([weak])
    assert alone.participants == (PERSON,)
    assert alone.roles_of(PERSON) == (role("speaker"),)
    known = Attendance().with_presences([Presence(PERSON, role("closing")), weak])
    assert known.roles_of(PERSON) == (role("closing"),)


def test_who_is_absent_takes_part_by_a_message_alone() -> None:
    absent = Participant("person", "Rubén Salcedo", (0, 13), "person.honorific", absent=True)
    spoke = Attendance().with_presences([Presence(absent, role("speaker"))])
    assert spoke.taking_part() == []
    sent = spoke.with_presences([Presence(absent, role("video_message"))])
    assert sent.taking_part() == [absent]


def test_a_state_is_the_same_under_any_of_its_names() -> None:
    other = Participant("state", "the Republic of Chile", (80, 101), "state.listed", entity="chl")
    found = Attendance().with_presences(
        [Presence(STATE, role("participant")), Presence(other, role("speaker"))]
    )
    assert found.participants == (STATE,)
    assert [r.role for r in found.roles_of(other)] == ["participant", "speaker"]


PRESENCES = st.lists(
    st.builds(
        Presence,
        st.sampled_from([PERSON, STATE]),
        st.builds(
            role,
            st.sampled_from(["speaker", "moderator", "opening"]),
            st.sampled_from([None, *PANELS]),
            st.integers(0, 3),
        ),
        st.booleans(),
    ),
    max_size=8,
)


@given(PRESENCES, PRESENCES)
def test_evidence_may_come_at_once_or_in_turn(first: list[Presence], then: list[Presence]) -> None:
    before = Attendance().with_presences(first)
    kept = dict(before.roles)
    assert before.with_presences(then) == Attendance().with_presences([*first, *then])
    assert before.roles == kept  # what was known is a value: it stays as it was
