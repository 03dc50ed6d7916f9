"""A procedure that contradicts itself does not start."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casemgr.cases.checks import check_procedure
from casemgr.cases.procedure import Step, get_procedure
from casemgr.timelimits.arithmetic import working_days
from casemgr.timelimits.rules import Rule, expiry_of
from reconsideration.actions.intake import Accept


class ForNobody(Accept):
    roles = ("nobody",)


class UnknownTransition(Accept):
    transition = "fly"


class UnknownEvent(Accept):
    event = "flown"


class UnknownState(Accept):
    states = ("FLOWN",)


def _rule(**values):
    return Rule(
        **{"code": "X", "name": "X", "citation": "1", "bound_party": "office", "period": working_days(1), **values}
    )


def test_what_is_built_is_sound():
    assert check_procedure(get_procedure("reconsideration")) == []


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (_rule(starts_on="flown"), "unknown event: flown"),
        (_rule(met_by=("flown",)), "unknown event: flown"),
        (_rule(unmet_by=("flown",)), "unknown event: flown"),
        (_rule(reopened_by=("flown",)), "unknown event: flown"),
        (_rule(pauses=(("flown", "landed"),)), "unknown event: flown"),
        (_rule(starts_on=expiry_of("NO-RULE")), "unknown rule: NO-RULE"),
        (_rule(expiry_action="reconsideration.fly"), "unknown action"),
        (_rule(bound_party="the moon"), "unknown party"),
        (_rule(period=None), "neither a length nor the reason"),
    ],
)
def test_a_rule_that_names_what_does_not_exist(rule, message):
    procedure = replace(get_procedure("reconsideration"), rules=(rule,))
    assert any(message in error.msg for error in check_procedure(procedure))


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (ForNobody, "unknown role: nobody"),
        (UnknownTransition, "unknown transition: fly"),
        (UnknownEvent, "unknown event: flown"),
        (UnknownState, "unknown state: FLOWN"),
    ],
)
def test_an_action_that_names_what_does_not_exist(action, message):
    procedure = replace(get_procedure("reconsideration"), actions=(action,))
    assert any(message in error.msg for error in check_procedure(procedure))


def test_a_step_that_waits_for_what_never_happens():
    procedure = replace(get_procedure("reconsideration"), steps=(Step("X", ("flown",)),))
    assert any("step" in error.msg for error in check_procedure(procedure))
