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
from reconsideration.models import ReconsiderationCase
from reconsideration.procedure import RECONSIDERATION
from reconsideration.states import STATES
from tests.support.flow import received
from tests.support.register import OFFICE, OTHER, person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 1)
CODES = tuple(state.code for state in STATES)
TRIAL = {"ACCEPTED", "AWAIT_REPLY", "IN_REVIEW"}
OPEN = TRIAL | {"SUSPENDED"}
FINAL = {"NOT_ACCEPTED", "ABANDONED", "NOT_HANDLED", "SERVED", "PERFORMED", "DISMISSED", "MEDIATED", "TERMINATED",
         "TAKEN_UP"}  # fmt: skip
TABLE: dict[str, tuple[set[str], set[str]]] = {
    "ask_correction": ({"RECEIVED"}, {"CORRECTING"}),
    "receive_correction": ({"CORRECTING"}, {"RECEIVED"}),
    "abandon": ({"CORRECTING"}, {"ABANDONED"}),
    "refuse": ({"RECEIVED"}, {"NOT_ACCEPTED"}),
    "tell_not_handled": ({"RECEIVED"}, {"NOT_HANDLED"}),
    "accept": ({"RECEIVED"}, {"ACCEPTED"}),
    "accept_by_silence": ({"RECEIVED", "CORRECTING"}, {"ACCEPTED"}),
    "send_copy": ({"ACCEPTED", "AWAIT_REPLY"}, {"AWAIT_REPLY"}),
    "begin_review": ({"AWAIT_REPLY"}, {"IN_REVIEW"}),
    "await_reply_again": ({"IN_REVIEW"}, {"AWAIT_REPLY"}),
    "decide": ({"IN_REVIEW"}, {"DECIDED"}),
    "suspend": (TRIAL, {"SUSPENDED"}),
    "resume": ({"SUSPENDED"}, TRIAL),
    "terminate": (OPEN, {"TERMINATED"}),
    "dismiss": (OPEN, {"DISMISSED"}),
    "mediate": (OPEN, {"MEDIATED"}),
    "hand_up": (OPEN, {"TAKEN_UP"}),
    "accept_by_order": ({"NOT_ACCEPTED"}, {"ACCEPTED"}),
    "review_directly": ({"ACCEPTED", "AWAIT_REPLY"}, {"IN_REVIEW"}),
    "withdraw_before_acceptance": ({"RECEIVED", "CORRECTING"}, {"ABANDONED"}),
    "take_effect": ({"DECIDED"}, {"SERVED"}),
    "open_performance": ({"SERVED", "MEDIATED", "DISMISSED"}, {"PERFORMING"}),
    "accept_proof": ({"PERFORMING"}, {"PERFORMED"}),
    "archive": (FINAL, {"ARCHIVED"}),
    "void": ({"RECEIVED"}, {"VOID"}),
}
"""Dossier §4.1, and docs/decisions/0059 for the superior's part: sources and targets of each transition."""
HANDS = {"officer", "head", "authority", "panel", "archive"}
"""Who acts in a case: the others only watch."""
HEAD_ONLY = {
    "separate_file",
    "accept",
    "accept_by_order",
    "decide_directly",
    "void",
    "permit_withdrawal",
    "end_part",
    "accept_proof",
}
"""What is left to the head of the office (J) and no paper signs."""
ACTIONS = {
    action.name: registry.get(action.name)
    for action in RECONSIDERATION.actions
    if issubclass(action, CaseAction) and not action.creates and not issubclass(action, TakeBackCase)
}
"""Without the step by which the undoing of an import takes its own rows back: tests/ledgers/test_undoing.py."""


def in_state(code: str) -> ReconsiderationCase:
    case = ReconsiderationCase(procedure="reconsideration")
    case.__dict__["state"] = code
    return case


@pytest.mark.parametrize("transition", TABLE)
def test_each_transition_leaves_and_reaches_what_the_table_says(transition) -> None:
    sources, _targets = TABLE[transition]
    assert {code for code in CODES if is_possible(in_state(code), transition)} == sources


def test_the_table_knows_every_transition() -> None:
    assert {one.name for one in in_state("RECEIVED").get_all_state_transitions()} - {TakeBackCase.transition} == set(
        TABLE
    )


def test_nothing_leads_out_of_the_end_and_everything_is_reached() -> None:
    assert not [name for name, (sources, _to) in TABLE.items() if sources & {"ARCHIVED", "VOID"}]
    reached = {target for _sources, targets in TABLE.values() for target in targets}
    assert set(CODES) - reached == set()


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_each_action_is_possible_in_its_states_and_for_its_roles_only(name) -> None:
    action = ACTIONS[name]
    if action.transition:
        possible = {code for code in CODES if is_possible(in_state(code), action.transition, action.states)}
        assert possible == TABLE[action.transition][0]
    assert action.roles or action.system, "somebody must be able to do it"
    assert set(action.roles) <= HANDS, "who only watches changes nothing"
    if name.split(".")[1] in HEAD_ONLY:
        assert action.roles == ("head",)
    assert action.annullable or action.instead, "what cannot be annulled says how to put it right"


def test_nothing_happens_to_an_archived_case() -> None:
    case = received(TODAY).case
    case.__dict__["state"] = "ARCHIVED"
    case.stage = case.state_info.stage
    for name, action in ACTIONS.items():
        if not action.nested_only and action.topic not in (None, Topic.CORRECTION):
            assert action.state_refusal(case, TODAY) is not None, name


def test_roles_count_at_the_office_of_the_case_only() -> None:
    case = received(TODAY).case
    mine = {role: person(f"own-{role}", role, at=OFFICE) for role in sorted(ROLES)}
    others = person("aside", "officer", "head", at=OTHER)
    for name, action in ACTIONS.items():
        for role, user in mine.items():
            assert action.is_permitted(case, user, TODAY) is (role in action.roles), (name, role)
        assert not action.is_permitted(case, others, TODAY), name
