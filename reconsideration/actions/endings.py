"""Ends without a decision on the matter: termination, dismissal, mediation (art. 33, 41, 73, 74)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from casemgr.actions.topics import Topic
from casemgr.pages.forms import DateField
from reconsideration.actions.mediation import nobody_backed_out
from reconsideration.actions.papers import PaperAction, PaperDayForm, ServedAction
from reconsideration.decision_guards import two_try_the_case
from reconsideration.ending_guards import (
    dismissal_ground_in_force,
    everybody_signed,
    everybody_withdrew,
    nobody_else_applies,
    settled,
    suspended_for_sixty_days,
    the_one_concerned_is_named,
)
from reconsideration.guards import not_before
from reconsideration.old_law import (
    not_dismissed_under_the_old_law,
    not_mediated_under_the_old_law,
    not_terminated_under_the_old_law,
)
from reconsideration.states import UNDER_TRIAL
from reconsideration.suspension_grounds import concerned
from reconsideration.terms import DismissalGround, Outcome, TerminationGround

OPEN = (*UNDER_TRIAL, "SUSPENDED")


class TerminateForm(PaperDayForm):
    ground = forms.ChoiceField(choices=TerminationGround.choices)
    cause = forms.CharField(max_length=2000)
    concerns = forms.IntegerField(required=False)


class Terminate(PaperAction):
    """The termination decision is issued (art. 41)."""

    name = "reconsideration.terminate"
    label = gettext_lazy("Terminate")
    topic = Topic.ENDING
    form = TerminateForm
    transition, event = "terminate", "terminated"
    guards = (
        not_terminated_under_the_old_law,
        everybody_withdrew,
        the_one_concerned_is_named,
        suspended_for_sixty_days,
        nobody_else_applies,
        not_before("accepted", "withdrawn", "suspended"),
    )

    def record_facts(self, case, data, context) -> None:
        case.outcome = Outcome.TERMINATED

    def event_data(self, case, data: Mapping[str, Any]) -> dict[str, Any]:
        kept = super().event_data(case, data) | {"ground": data["ground"], "content": data["cause"]}
        if one := concerned(case, data["ground"], data["concerns"]):
            kept["concerns"] = one
        is_settled = data["ground"] == TerminationGround.WITHDRAWN and settled(case)
        return kept | ({"after_settlement": True} if is_settled else {})


class TerminationServed(ServedAction):
    """Each receipt starts that party's time to sue (Administrative Litigation Law, art. 45)."""

    name = "reconsideration.termination_served"
    label = gettext_lazy("Termination served")
    event = "termination_served"
    guards = (not_before("terminated"),)


class DismissForm(PaperDayForm):
    ground = forms.ChoiceField(choices=DismissalGround.choices)
    competent_organ = forms.CharField(required=False, max_length=80)


class Dismiss(PaperAction):
    """The dismissal is issued: a condition of acceptance fails after all (art. 33; Regulation 2026, art. 37(1))."""

    name = "reconsideration.dismiss"
    label = gettext_lazy("Dismiss the application")
    topic = Topic.ENDING
    form = DismissForm
    transition, event = "dismiss", "dismissed"
    guards = (not_dismissed_under_the_old_law, two_try_the_case, dismissal_ground_in_force, not_before("accepted"))

    def record_facts(self, case, data, context) -> None:
        case.outcome = Outcome.APPLICATION_DISMISSED
        self.set_facts(case, competent_organ=data["competent_organ"])

    def event_data(self, case, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().event_data(case, data) | {"ground": data["ground"]}


class DismissalServed(ServedAction):
    """Each receipt starts that party's time to sue (art. 34; Administrative Litigation Law, art. 45)."""

    name = "reconsideration.dismissal_served"
    label = gettext_lazy("Dismissal served")
    event = "dismissal_served"
    guards = (not_before("dismissed"),)


class MediateForm(PaperDayForm):
    signatures = forms.CharField(max_length=2000)
    performance_duty = forms.CharField(required=False, max_length=1000)
    performance_due_on = DateField(required=False)


class Mediate(PaperAction):
    """The signed mediation paper gets the authority's seal and takes effect with it (art. 73(1))."""

    name = "reconsideration.mediate"
    label = gettext_lazy("Close by mediation")
    topic = Topic.ENDING
    form = MediateForm
    transition, event = "mediate", "mediated"
    guards = (
        not_mediated_under_the_old_law,
        two_try_the_case,
        nobody_backed_out,
        everybody_signed,
        not_before("accepted", "suspended"),
    )

    def record_facts(self, case, data, context) -> None:
        case.outcome = Outcome.MEDIATED
        self.set_facts(case, performance_duty=data["performance_duty"], performance_due_on=data["performance_due_on"])

    def event_data(self, case, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().event_data(case, data) | {"content": data["signatures"]}


ENDINGS = (
    Terminate,
    TerminationServed,
    Dismiss,
    DismissalServed,
    Mediate,
)
