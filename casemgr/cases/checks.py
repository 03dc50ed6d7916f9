"""Refuses to start when a procedure contradicts itself: a rule, an action or a step that names what does not exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from django.core.checks import Error, register

from casemgr.actions import registry
from casemgr.cases.actions import CaseAction
from casemgr.cases.procedure import COMMON_EVENTS, Procedure, procedures
from casemgr.organisation.roles import ROLES
from casemgr.timelimits.rules import BOUND_PARTIES, ExpiryOf, Planned, Rule


@register()
def check_procedures(**kwargs) -> list[Error]:
    """Every registered procedure, read once at start."""
    return [error for procedure in procedures() for error in check_procedure(procedure)]


def check_procedure(procedure: Procedure) -> list[Error]:
    """What one procedure names and nobody declares."""
    kinds = {kind.code for kind in procedure.event_kinds} | set(COMMON_EVENTS)
    codes = {rule.code for rule in procedure.rules}
    found = chain(
        *(_rule_errors(rule, kinds, codes) for rule in procedure.rules),
        *(_action_errors(action, procedure, kinds) for action in procedure.actions),
        (
            f"the step “{step.label}” waits for an unknown event: {kind}"
            for step in procedure.steps
            for kind in _unknown(step.events, kinds)
        ),
        (
            f"the order of events names an unknown one: {kind}"
            for kind in _unknown(chain(*procedure.extra.get("order", ())), kinds)
        ),
    )
    return [Error(f"{procedure.code}: {message}", id="cases.E001") for message in found]


def _unknown(names: Iterable[str], known: set[str]) -> list[str]:
    return sorted(set(names) - known)


def _rule_errors(rule: Rule, kinds: set[str], codes: set[str]) -> Iterator[str]:
    starts = rule.starts_on
    if isinstance(starts, ExpiryOf):
        for code in _unknown(starts.codes, codes):
            yield f"rule {rule.code} begins with the expiry of an unknown rule: {code}"
        begins: tuple[str, ...] = ()
    elif isinstance(starts, Planned):
        begins = starts.kinds
    else:
        begins = (starts,) if isinstance(starts, str) else starts
    closes = (rule.met_by, rule.unmet_by, rule.ended_by, rule.reopened_by)
    named = chain(begins, *closes, rule.extended_by, *rule.pauses)
    for kind in _unknown(named, kinds):
        yield f"rule {rule.code} names an unknown event: {kind}"
    if rule.expiry_action and rule.expiry_action not in registry.every():
        yield f"rule {rule.code} performs an unknown action on expiry: {rule.expiry_action}"
    if rule.bound_party not in BOUND_PARTIES:
        yield f"rule {rule.code} binds an unknown party: {rule.bound_party}"
    if rule.period is None and rule.period_of is None and not rule.not_computed:
        yield f"rule {rule.code} has neither a length nor the reason why there is none"


def _action_errors(action: type, procedure: Procedure, kinds: set[str]) -> Iterator[str]:
    for role in _unknown(action.roles, set(ROLES)):
        yield f"action {action.name} is for an unknown role: {role}"
    if not issubclass(action, CaseAction):
        return
    if action.event and action.event not in kinds:
        yield f"action {action.name} records an unknown event: {action.event}"
    for state in _unknown(action.states, {state.code for state in procedure.states}):
        yield f"action {action.name} names an unknown state: {state}"
    if action.transition and not hasattr(procedure.case_model, action.transition):
        yield f"action {action.name} takes an unknown transition: {action.transition}"
