"""Every action of litigation, read from the registry: who may, in which states, and what an archived file allows."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.actions import registry
from casemgr.actions.topics import Topic
from casemgr.actions.transitions import is_possible
from casemgr.cases.actions import CaseAction
from casemgr.ledgers.take_back import TakeBackCase
from casemgr.organisation.roles import ROLES
from litigation.models import LitigationCase
from litigation.procedure import LITIGATION
from litigation.states import STATES
from tests.support.litigation import Suit, department
from tests.support.register import person

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 5)
CODES = tuple(state.code for state in STATES)
HANDS = {"liaison", "department", "archive"}
ACTIONS = {
    action.name: registry.get(action.name)
    for action in LITIGATION.actions
    if issubclass(action, CaseAction) and not action.creates and not issubclass(action, TakeBackCase)
}
"""Without the step by which the undoing of an import takes its own rows back: tests/ledgers/test_undoing.py."""


def in_state(code: str) -> LitigationCase:
    case = LitigationCase(procedure="litigation")
    case.__dict__["state"] = code
    return case


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_each_action_is_somebody_s_and_of_those_who_handle_suits_only(name) -> None:
    action = ACTIONS[name]
    assert action.roles or action.system, "somebody must be able to do it"
    assert set(action.roles) <= HANDS, "who only watches changes nothing"
    assert action.annullable or action.instead, "what cannot be annulled says how to put it right"
    if action.transition:
        assert [code for code in CODES if is_possible(in_state(code), action.transition, action.states)]


def test_nothing_leads_out_of_an_archived_file_and_everything_leads_somewhere() -> None:
    moves = list(in_state("RECEIVED").get_all_state_transitions())
    assert not [one for one in moves if one.source == "ARCHIVED" and one.name != TakeBackCase.transition]
    begun = {"RECEIVED", "SUGGESTED", "SUPERVISED"}  # a suit, a suggestion, a supervision
    reached = {one.target for one in moves} | begun
    assert set(CODES) - reached == set()


@pytest.mark.parametrize("name", sorted(set(ACTIONS) - {"litigation.archive"}))
def test_an_archived_file_is_left_alone(name) -> None:
    action = ACTIONS[name]
    if action.topic in (None, Topic.CORRECTION) or action.nested_only:
        return
    suit = Suit(DAY)
    case = suit.case
    case.__dict__["state"] = "ARCHIVED"
    case.stage = case.state_info.stage
    assert action.state_refusal(case, DAY) is not None


def test_roles_count_at_the_bureau_and_at_the_agencies_of_the_suit_only() -> None:
    case = Suit(DAY).case
    own, other = department(), department(at="150621-ZRJ")
    watching = {role: person(f"watching-{role}", role, at="150621-SFJ") for role in sorted(set(ROLES) - HANDS)}
    for name, action in ACTIONS.items():
        assert action.is_permitted(case, own, DAY) is ("department" in action.roles), name
        assert not action.is_permitted(case, other, DAY), name
        for role, user in watching.items():
            assert not action.is_permitted(case, user, DAY), (name, role)
