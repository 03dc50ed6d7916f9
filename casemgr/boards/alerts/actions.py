"""Rules are set and changed; who was alerted takes note."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.records import ByRole, EnterAction, RecordAction
from casemgr.boards.alerts.watching import watched
from casemgr.boards.models import SETTING, Alert, AlertRule, Condition
from casemgr.organisation.roles import role_choices
from casemgr.pages.forms import ContextForm, SeveralChoicesField

COLUMNS = ("watched", "condition", "threshold", "roles", "every_days", "is_active")


class RuleForm(ContextForm):
    watched = forms.ChoiceField(label=gettext_lazy("What is watched"))
    condition = forms.ChoiceField(label=gettext_lazy("Alert when it"), choices=Condition.choices)
    threshold = forms.DecimalField(
        label=gettext_lazy("Threshold"), max_digits=9, decimal_places=2,
        help_text=gettext_lazy("A number of cases or, for a rate, per cent."),
    )  # fmt: skip
    roles = SeveralChoicesField(
        label=gettext_lazy("Whom to tell"),
        help_text=gettext_lazy("Everybody with such a role is told of the number of their own units."),
    )  # fmt: skip
    every_days = forms.IntegerField(
        label=gettext_lazy("Tell again after so many days"), min_value=0, max_value=366, initial=7,
        help_text=gettext_lazy("As long as it lasts and nobody has taken note. 0: never again."),
    )  # fmt: skip
    is_active = forms.BooleanField(label=gettext_lazy("In force"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["watched"].choices = [(code, one.name) for code, one in watched().items()]
        self.fields["roles"].choices = role_choices()


class SetRule(ByRole, EnterAction):
    """A further rule."""

    name = "alert_rule.set"
    label = gettext_lazy("Set a rule of alerts")
    roles = SETTING
    form = RuleForm
    model = makes = AlertRule
    columns = COLUMNS


class ChangeRule(ByRole, RecordAction):
    """Another threshold, other people, or no longer in force."""

    name = "alert_rule.change"
    label = pgettext_lazy("alert rule", "Change")
    roles = SETTING
    form = RuleForm
    model = AlertRule
    columns = COLUMNS

    def form_values(self, subject: AlertRule, at: Any) -> Mapping[str, Any]:
        return {name: getattr(subject, name) for name in COLUMNS}


class NoteForm(ContextForm):
    note = forms.CharField(
        label=gettext_lazy("What is done about it"), max_length=300, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip


class TakeNote(RecordAction):
    """Whoever was alerted knows, and is not told again as long as it lasts."""

    name = "alert.note"
    label = gettext_lazy("Take note of the alert")
    form = NoteForm
    model = Alert

    def is_permitted(self, subject: Alert | None, actor: Any, today: date) -> bool:
        return subject is not None and subject.user_id == actor.pk

    def state_refusal(self, subject: Alert, today: date) -> Refusal | None:
        if subject.noted_on is not None:
            return Refusal("noted-already", _("You have taken note of this alert already."))
        return None

    def change(self, alert: Alert, data: Mapping[str, Any], context: ActionContext) -> None:
        alert.noted_on, alert.note = context.today, data["note"]


ACTIONS = (SetRule, ChangeRule, TakeNote)
