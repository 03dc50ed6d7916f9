"""A person vouches for what the system cannot see, for example that the field keys lie in the safe."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext
from casemgr.audit.access import record_access
from casemgr.operation.accounts.reach import ADMIN, administers
from casemgr.operation.golive.checklist import ITEMS, checklist
from casemgr.operation.models import Confirmation
from casemgr.organisation.models import User
from casemgr.pages.forms import ContextForm


class ConfirmForm(ContextForm):
    item = forms.ChoiceField(
        choices=[(code, label) for code, label, _look, _url in ITEMS], widget=forms.HiddenInput, required=True
    )
    note = forms.CharField(
        label=gettext_lazy("What you vouch for"),
        max_length=200,
        help_text=gettext_lazy("For example where the copy of the keys lies. Never the keys themselves."),
    )

    def clean_item(self) -> str:
        code = self.cleaned_data["item"]
        seen = next(item.seen for item in checklist(timezone.now(), self.today) if item.code == code)
        if not seen.mark:
            raise forms.ValidationError(_("The system sees this by itself; there is nothing to vouch for."))
        self.mark = seen.mark
        return code


class ConfirmItem(Action):
    """Confirm one item of the go-live list; it falls when what the system sees changes."""

    name, label, form, creates = "operation.confirm_item", gettext_lazy("Confirm"), ConfirmForm, True
    roles = (ADMIN,)
    model = Confirmation

    def is_permitted(self, subject: None, actor: User, today: date) -> bool:
        return super().is_permitted(subject, actor, today) and administers(actor, None, today)

    def execute(self, subject: None, data: Mapping, context: ActionContext) -> Confirmation:
        values = {"mark": context.form.mark, "note": data["note"], "by": context.actor.full_name}
        row, _is_new = Confirmation.objects.update_or_create(item=data["item"], defaults=values)
        record_access(context.actor, "golive_confirmed", row, item=data["item"])
        return row


ACTIONS = (ConfirmItem,)
