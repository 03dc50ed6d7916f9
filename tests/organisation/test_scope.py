"""A role reaches the subtree of the unit it is held at, while it is in force, for the procedures it names."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casemgr.organisation.models import RoleAssignment, Unit, User
from casemgr.organisation.roles import ROLES
from casemgr.organisation.scope import ALL, Scope, Tree, scope

TODAY = date(2026, 11, 25)
pytestmark = pytest.mark.django_db


def person(*held: tuple[str, str], username: str = "somebody") -> User:
    user = User.objects.create(username=username, full_name="云巴特尔")
    for role, code in held:
        RoleAssignment.objects.create(user=user, role=role, unit=Unit.objects.get(code=code))
    return user


def test_a_town_office_reaches_its_town_and_no_other() -> None:
    town = Unit.objects.get(code="150621100")
    committee = Unit.objects.create(code="150621100-TW", name="树林召镇人民调解委员会", kind="committee", parent=town)
    found = scope(person(("town", "150621100")), TODAY)
    assert found.procedures == {"mediation"}
    assert found.unit_ids("mediation") == {town.pk, committee.pk}
    assert found.unit_ids("reconsideration") == frozenset()


def test_a_leader_of_the_whole_banner_reaches_every_unit() -> None:
    found = scope(person(("leader", "150621")), TODAY)
    assert all(found.unit_ids(procedure) is ALL for procedure in ("mediation", "reconsideration", "litigation"))


def test_an_administrator_sees_no_cases() -> None:
    found = scope(person(("admin", "150621")), TODAY)
    assert not found.procedures
    assert not found.held_unit_ids
    assert found.has_role("admin")


@pytest.mark.parametrize(
    ("from_on", "until_on", "holds"),
    [
        (None, None, True),
        (TODAY, None, True),
        (date(2026, 11, 26), None, False),
        (None, TODAY, True),
        (None, date(2026, 11, 24), False),
    ],
)
def test_a_role_holds_from_its_first_to_its_last_day(from_on, until_on, holds) -> None:
    user = User.objects.create(username="dated", full_name="白志强")
    office = Unit.objects.get(code="150621-SFJ-FY")
    RoleAssignment.objects.create(user=user, role="officer", unit=office, from_on=from_on, until_on=until_on)
    assert scope(user, TODAY).has_role("officer") is holds
    assert (office.pk in scope(user, TODAY).unit_ids("reconsideration")) is holds


def test_a_closed_account_reaches_nothing() -> None:
    user = person(("leader", "150621"))
    user.is_active = False
    assert not scope(user, TODAY).procedures


def test_has_role_asks_for_procedure_and_unit() -> None:
    found = scope(person(("officer", "150621-SFJ-FY")), TODAY)
    office, bureau = Unit.objects.get(code="150621-SFJ-FY"), Unit.objects.get(code="150621-SFJ")
    assert found.has_role(["officer", "head"], "reconsideration", office)
    assert not found.has_role("officer", "mediation", office)
    assert not found.has_role("officer", unit=bureau)


def test_the_successor_reaches_what_its_predecessors_registered() -> None:
    energy, reform = Unit.objects.get(code="150621-NYJ"), Unit.objects.get(code="150621-FGW")
    section = Unit.objects.create(code="150621-NYJ-1", name="煤炭股", kind="office", parent=energy)
    older = Unit.objects.create(code="150621-MTJ", name="煤炭局", kind="department", successor=energy)
    energy.successor = reform
    energy.save()
    found = scope(person(("department", "150621-FGW")), TODAY)
    assert found.unit_ids("litigation") == {reform.pk, energy.pk, section.pk, older.pk}
    assert found.held_unit_ids == {reform.pk, energy.pk, older.pk}
    assert older.current() == reform


def test_scope_costs_two_queries_then_none(django_assert_num_queries) -> None:
    user = person(("leader", "150621"), ("town", "150621100"))
    with django_assert_num_queries(2):
        scope(user, TODAY).unit_ids("mediation")
    with django_assert_num_queries(0):
        scope(user, TODAY).unit_ids("litigation")
        scope(user, TODAY).has_role("town", unit=1)


@st.composite
def trees(draw) -> tuple[list[int | None], dict[int, int]]:
    """Parents of units 0…n-1 (each before its children) and a few successions."""
    parents: list[int | None] = [None]
    for number in range(1, draw(st.integers(2, 14))):
        parents.append(draw(st.one_of(st.none(), st.integers(0, number - 1))))
    size = len(parents)
    successors = draw(st.dictionaries(st.integers(0, size - 1), st.integers(0, size - 1), max_size=4))
    return parents, {old: new for old, new in successors.items() if old != new}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=trees(), held=st.data())
def test_reach_equals_a_slow_walk_over_parents_and_successions(tree, held) -> None:
    parents, successors = tree
    paths: dict[int, str] = {}
    for number, parent in enumerate(parents):
        paths[number] = f"{paths.get(parent, '') if parent is not None else ''}u{number}/"
    start = held.draw(st.integers(0, len(parents) - 1))
    slow = {start}
    while True:
        more = {n for n, parent in enumerate(parents) if parent in slow} | {
            o for o, n in successors.items() if n in slow
        }
        if more <= slow:
            break
        slow |= more
    assert Tree(paths, successors).reach(start) == slow
    role = held.draw(st.sampled_from([role for role in ROLES.values() if role.procedures]))
    found = Scope([RoleAssignment(role=role.code, unit_id=start, user_id=1)])
    found.__dict__["_tree"] = Tree(paths, successors)
    expected = ALL if len(slow) == len(paths) else slow
    assert found.unit_ids(role.procedures[0]) == expected


def test_reference_units_are_those_of_the_banner_and_loading_twice_changes_nothing() -> None:
    kinds = list(Unit.objects.values_list("kind", flat=True))
    assert [kinds.count(kind) for kind in ("town", "street", "zone")] == [9, 6, 2]
    Unit.objects.filter(code="150621-FL").update(name="达拉特旗妇女联合会（新）")
    before = list(Unit.objects.order_by("pk").values())
    call_command("load_reference", verbosity=0)
    assert list(Unit.objects.order_by("pk").values()) == before


def test_moving_a_unit_moves_everything_below_it() -> None:
    bureau, town = Unit.objects.get(code="150621-SFJ"), Unit.objects.get(code="150621100")
    bureau.parent = town
    bureau.save()
    assert Unit.objects.get(code="150621-SFJ-FY").path == "150621/150621-ZF/150621100/150621-SFJ/150621-SFJ-FY/"
