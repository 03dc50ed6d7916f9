"""Role × state × action, read from the registry: an action added elsewhere is judged here without a further line."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.actions import registry
from casemgr.actions.topics import Topic
from casemgr.actions.transitions import is_possible
from casemgr.cases.actions import CaseAction
from casemgr.ledgers.take_back import TakeBackCase
from casemgr.organisation.roles import ROLES
from mediation.models import MediationCase
from mediation.procedure import MEDIATION
from mediation.states import STATES
from tests.support.mediation import COMMITTEE, TOWN, dispute
from tests.support.register import person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 1)
CODES = tuple(state.code for state in STATES)
OPEN = {"REGISTERED", "ACCEPTED", "MEDIATING", "PAUSED"}
AGREED = {"AGREED_W", "AGREED_O"}
WITHOUT = {"FAILED", "TERMINATED", "WITHDRAWN", "RETURNED", "NOT_ACCEPTED", "REFERRED_OUT"}
TABLE: dict[str, tuple[set[str], str]] = {
    "accept": ({"REGISTERED"}, "ACCEPTED"),
    "refuse": ({"REGISTERED"}, "NOT_ACCEPTED"),
    "refer_out": ({"REGISTERED", "ACCEPTED"}, "REFERRED_OUT"),
    "begin": ({"ACCEPTED"}, "MEDIATING"),
    "pause": ({"MEDIATING"}, "PAUSED"),
    "resume": ({"PAUSED"}, "MEDIATING"),
    "agree_in_writing": ({"MEDIATING"}, "AGREED_W"),
    "agree_orally": ({"MEDIATING"}, "AGREED_O"),
    "fail": ({"ACCEPTED", "MEDIATING", "PAUSED"}, "FAILED"),
    "terminate": (OPEN, "TERMINATED"),
    "withdraw": (OPEN, "WITHDRAWN"),
    "return_to_sender": ({"FAILED", "TERMINATED", "WITHDRAWN", "NOT_ACCEPTED"}, "RETURNED"),
    "track": (AGREED, "TRACKING"),
    "close": (AGREED | {"TRACKING"} | WITHOUT, "CLOSED"),
    "archive": ({"CLOSED"}, "ARCHIVED"),
    "begin_new_round": (AGREED | {"TRACKING", "CLOSED"}, "MEDIATING"),
    "void": (OPEN | AGREED | {"TRACKING"} | WITHOUT, "VOID"),
}
"""Dossier §1.4, T3–T20: sources and target of each transition."""
ROLES_OF: dict[str, set[str]] = {
    "mediation.begin": {"mediator", "committee", "town"},
    "mediation.record_session": {"mediator", "committee", "town"},
    "mediation.pause": {"mediator", "committee", "town"},
    "mediation.extend": {"mediator", "committee", "town"},
    "mediation.fail": {"mediator", "committee", "town"},
    "mediation.terminate": {"mediator", "committee", "town"},
    "mediation.approve_termination": {"committee", "town"},
    "mediation.decline_termination": {"committee", "town"},
    "mediation.hand_on": {"committee", "town"},
    "mediation.deem_failed": set(),
    "mediation.report_risk": {"mediator", "committee", "town"},
}
"""Whose hand it is, as the dossier names the actor."""
HANDS = {"mediator", "committee", "town"}
WATCHING = set(ROLES) - {*HANDS, "archive", "guidance"}
ACTIONS = {
    action.name: registry.get(action.name)
    for action in MEDIATION.actions
    if issubclass(action, CaseAction) and not action.creates and not issubclass(action, TakeBackCase)
}
"""Without the step by which the undoing of an import takes its own rows back: tests/ledgers/test_undoing.py."""


def in_state(code: str) -> MediationCase:
    case = MediationCase(procedure="mediation")
    case.__dict__["state"] = code
    return case


@pytest.mark.parametrize("transition", TABLE)
def test_each_transition_leaves_and_reaches_what_the_table_says(transition) -> None:
    sources, target = TABLE[transition]
    assert {code for code in CODES if is_possible(in_state(code), transition)} == sources
    found = {(one.source, one.target) for one in in_state("REGISTERED").get_all_state_transitions()
             if one.name == transition}  # fmt: skip
    assert found == {(source, target) for source in sources}


def test_the_table_knows_every_transition() -> None:
    assert {one.name for one in in_state("REGISTERED").get_all_state_transitions()} - {TakeBackCase.transition} == set(
        TABLE
    )


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_each_action_is_possible_in_its_states_and_for_its_roles_only(name) -> None:
    action = ACTIONS[name]
    if action.transition:
        assert {code for code in CODES if is_possible(in_state(code), action.transition, action.states)} == (
            TABLE[action.transition][0]
        )
    assert action.roles or action.system, "somebody must be able to do it"
    assert not set(action.roles) & WATCHING, "who only watches mediation changes nothing in it"
    assert set(action.roles) == ROLES_OF.get(name, set(action.roles))
    assert action.annullable or action.instead, "what cannot be annulled says how to put it right"


@pytest.mark.parametrize("name", sorted(set(ACTIONS) - {"mediation.archive"}))
def test_nothing_happens_to_an_archived_case_and_a_void_one_is_only_corrected(name) -> None:
    action = ACTIONS[name]
    corrects = action.topic in (None, Topic.CORRECTION)
    for code in ("ARCHIVED",) if corrects else ("ARCHIVED", "VOID"):
        states = action.states or CODES
        by_state = code in states if not action.transition else is_possible(in_state(code), action.transition)
        if by_state:  # an action without states refuses by itself
            case = in_state(code)
            case.pk = dispute(TODAY, TODAY).pk
            case.stage = case.state_info.stage
            assert action.state_refusal(case, TODAY) is not None


NAMED_ONLY = {("mediation.seal_agreement", "mediator")}
"""The role is not enough: the committee must have named this person."""


def test_roles_count_at_the_cases_committee_and_above_it_only() -> None:
    case = dispute(TODAY, TODAY)
    mine = {role: person(f"own-{role}", role, at=COMMITTEE) for role in sorted(ROLES)}
    town = person("above", "town", at=TOWN)
    others = person("aside", "mediator", "committee", "town", at="150621101")
    for name, action in ACTIONS.items():
        for role, user in mine.items():
            may = role in action.roles and (name, role) not in NAMED_ONLY
            assert action.is_permitted(case, user, TODAY) is may, (name, role)
        assert action.is_permitted(case, town, TODAY) is ("town" in action.roles), name
        assert not action.is_permitted(case, others, TODAY), name
