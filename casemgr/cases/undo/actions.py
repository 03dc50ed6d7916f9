"""Annulling a step that was taken wrongly: its entries are struck, the case becomes what the other steps make it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions import registry
from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.cases import events
from casemgr.cases.actions import CaseAction, archived_refusal, settle
from casemgr.cases.models import Case, CaseStep
from casemgr.cases.procedure import Stage
from casemgr.cases.undo import consequences
from casemgr.cases.undo.preview import broken_guard, effect_of
from casemgr.cases.undo.replay import Blocked, replay, replayed
from casemgr.pages.dates import long_date
from casemgr.pages.forms import ContextForm

ANNUL = "cases.annul"


def step_label(step: CaseStep) -> str:
    """The step as a person reads it: what, which day it was recorded, who."""
    action = registry.every().get(step.action)
    return "{}　{}　{}".format(
        action.label if action else step.action, long_date(step.on), step.actor_name or _("System")
    )


class AnnulForm(ContextForm):
    taken = forms.ModelChoiceField(CaseStep.objects.none(), label=gettext_lazy("Step"))
    reason = forms.CharField(
        label=gettext_lazy("Why the step was wrong, and the paper that proves it"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        steps = CaseStep.objects.filter(case_id=self.subject.pk, annulled_at__isnull=True).exclude(action=ANNUL)
        self.fields["taken"].queryset = steps.order_by("-sequence")
        self.fields["taken"].label_from_instance = step_label


class Annul(CaseAction):
    """Take back one step with a reason. Nothing is deleted: its entries stay readable, struck."""

    name = ANNUL
    label = gettext_lazy("Annul a step")
    topic = None  # beside each entry of the timeline
    consequence = gettext_lazy(
        "The step's entries are struck but stay readable; state, facts and deadlines become what the other steps "
        "make them."
    )
    binding = True
    roles = ("head", "committee", "town", "liaison")
    form = AnnulForm
    confirm_template = "cases/_annulment.html"
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Perform the step again.")

    def run(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Case:
        """An annulment is no step of its own: it marks the one it takes back."""
        return self.execute(subject, data, context)

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        return archived_refusal(subject)

    def guard_refusals(self, subject: Case, data: Mapping | None, today: date) -> list[Refusal]:
        return refusals_of(subject, data["taken"], today) if data is not None else []

    def confirmation(self, subject: Case, data: Mapping[str, Any], today: date) -> dict[str, Any]:
        return {"effect": effect_of(subject, data["taken"], today)}

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Case:
        step: CaseStep = data["taken"]
        outcome = replayed(subject, list(subject.steps_taken.all()), step)
        for consequence in consequences.every():
            consequence.undo(subject, step, data["reason"], context.today)
        for event in step.events.order_by("sequence"):
            events.record(subject, events.STRIKE, event.occurred_on, party=event.party, corrects=event,
                          reason=data["reason"], struck_kind=event.kind)  # fmt: skip
        step.annulled_at = timezone.now()
        step.annulled_by_id, step.annulled_by_name = context.actor.pk, context.actor.full_name
        step.annul_reason = data["reason"]
        step.save()
        replay(subject, outcome)
        case = type(subject).objects.get(pk=subject.pk)
        settle(case, context.today)
        return case


def refusals_of(case: Case, step: CaseStep, today: date) -> list[Refusal]:
    """Why the step cannot be taken back now."""
    action = registry.every().get(step.action)
    if action is not None and not getattr(action, "annullable", True):
        message = _("“%(step)s” cannot be annulled.") % {"step": action.label}
        return [Refusal("not-annullable", f"{message} {action.instead}", field="taken")]
    found = [refusal for known in consequences.every() for refusal in known.refuse(case, step, today)]
    if found:
        return found
    if (end := end_resting_on(case, step)) is not None:
        return [_depends(end)]
    try:
        replayed(case, list(case.steps_taken.all()), step)
    except Blocked as blocked:
        return [_depends(blocked.step)]
    broken = broken_guard(case, step, today)
    return [_depends(broken[0], str(broken[1].message))] if broken else []


def end_resting_on(case: Case, step: CaseStep) -> CaseStep | None:
    """The later step that decided or closed the case: what happened in the procedure before it is its ground.

    Notes and other entries common to all procedures are none; an end whose paper was served can be taken back no more.
    """
    procedure = case.definition
    if not any(event.kind in procedure.own_event_kinds for event in step.events.all()):
        return None
    return next(
        (
            later
            for later in case.steps_taken.all()
            if later.sequence > step.sequence
            and later.is_standing
            and later.moved
            and procedure.state(later.to_state).stage in (Stage.DECIDED, Stage.CLOSED)
        ),
        None,
    )


def _depends(later: CaseStep, why: str = "") -> Refusal:
    message = _("A later step rests on this one: “%(step)s”. Annul that one first.") % {"step": step_label(later)}
    return Refusal("later-step", f"{message} {why}".strip(), field="taken")
