"""The office's table of retention: the keeper proposes a class, somebody else agrees, and only then it counts.

National Archives Order No. 8: an organ draws up its table and has it examined; nobody shortens a term alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.errors import Refusal
from casemgr.documents.volumes.access import KEEPERS, TABLE_APPROVERS
from casemgr.documents.volumes.models import RetentionRule, Term
from casemgr.documents.volumes.notices import tell_class_proposed
from casemgr.pages.forms import ContextForm

PROPOSABLE = ("term", "source", "is_office_decision")


class RetentionForm(ContextForm):
    term = forms.ChoiceField(label=gettext_lazy("Retention class"), choices=Term.choices)
    source = forms.CharField(
        label=gettext_lazy("Basis of the class"),
        max_length=300,
        help_text=gettext_lazy("The regulation with its article, or the office's own decision with date and number."),
        widget=forms.Textarea({"rows": 2}),
    )
    is_office_decision = forms.BooleanField(label=gettext_lazy("decided by the office itself"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            for name in self.fields:
                self.fields[name].initial = getattr(self.subject, name)


class RetentionAction(Action):
    """Base: the table belongs to the whole office, so a role counts wherever it is held."""

    model: ClassVar = RetentionRule

    def lock(self, subject: RetentionRule) -> RetentionRule:
        return RetentionRule.objects.select_for_update(of=("self",)).get(pk=subject.pk)

    def execute(self, subject: RetentionRule, data: Mapping[str, Any], context: ActionContext) -> RetentionRule:
        self.change(subject, data, context)
        subject.version += 1
        subject.save()
        return subject

    def change(self, rule: RetentionRule, data: Mapping[str, Any], context: ActionContext) -> None:
        """What the step writes."""


class ProposeRetention(RetentionAction):
    """The keeper's proposal for a line of the table; until it is approved the old class counts."""

    name, label = "retention.propose", gettext_lazy("Propose another retention class")
    roles = KEEPERS
    form = RetentionForm
    consequence = gettext_lazy(
        "The class counts when somebody else has approved it, for volumes frozen from then on. "
        "Those frozen before keep theirs until they are appraised."
    )

    def change(self, rule: RetentionRule, data: Mapping[str, Any], context: ActionContext) -> None:
        rule.proposal = {name: data[name] for name in PROPOSABLE}
        rule.proposed_by, rule.proposed_on = context.actor, context.today
        tell_class_proposed(rule, context.today)


class DecideRetention(RetentionAction):
    """Base of the two answers to a proposal."""

    roles = TABLE_APPROVERS

    def state_refusal(self, subject: RetentionRule, today: date) -> Refusal | None:
        if subject.proposal:
            return None
        return Refusal("nothing-proposed", _("No other class is proposed for this line."))

    def is_permitted(self, subject: RetentionRule, actor, today: date) -> bool:
        return super().is_permitted(subject, actor, today) and subject.proposed_by_id != actor.pk

    def forbidden_message(self, subject: RetentionRule, actor, today: date) -> str:
        if subject.proposed_by_id == actor.pk:
            return _("You proposed this class: somebody else approves it.")
        return super().forbidden_message(subject, actor, today)

    def change(self, rule: RetentionRule, data: Mapping[str, Any], context: ActionContext) -> None:
        rule.proposal, rule.proposed_by, rule.proposed_on = {}, None, None


class ApproveRetention(DecideRetention):
    """Somebody who did not propose it agrees; the class counts for volumes frozen from now on."""

    name, label = "retention.approve", gettext_lazy("Approve the retention class")
    binding, primary = True, 60

    def change(self, rule: RetentionRule, data: Mapping[str, Any], context: ActionContext) -> None:
        for name in PROPOSABLE:
            setattr(rule, name, rule.proposal[name])
        super().change(rule, data, context)


class RefuseRetention(DecideRetention):
    """The old class stays."""

    name, label = "retention.refuse", gettext_lazy("Refuse the retention class")


RETENTION = (ProposeRetention, ApproveRetention, RefuseRetention)
