"""The ledger of key disputes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.models import Case
from casemgr.pages.forms import DateField, PastDayForm
from casemgr.pages.requests import row_id
from mediation.campaigns.forms.fields import TEXT, PlaceForm
from mediation.campaigns.permission import KEEPERS, units_within
from mediation.models import PROCEDURE, Lead


class KeyDisputeForm(PlaceForm):
    title = forms.CharField(label=gettext_lazy("Dispute"), max_length=120)
    why_key = forms.CharField(label=gettext_lazy("Why it is a key dispute"), max_length=300, widget=TEXT)
    responsible = forms.CharField(label=gettext_lazy("Who answers for it"), max_length=60)
    post = forms.CharField(label=gettext_lazy("Post"), required=False, max_length=60)
    due_on = DateField(label=gettext_lazy("To be resolved by"))
    lead = forms.ModelChoiceField(Lead.objects.none(), label=gettext_lazy("Lead"), required=False)
    case_number = forms.CharField(label=gettext_lazy("Number of the case"), required=False, max_length=80)
    field_order = ("title", "why_key", "responsible", "post", "due_on", "case_number", "lead", "campaign", "unit")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.actor is None:
            return
        self.fields["unit"].queryset = units_within(self.actor, KEEPERS, self.today)
        leads = Lead.objects.visible_to(self.actor, self.today).filter(key_dispute__isnull=True)
        own = getattr(self.subject, "lead_id", None)
        asked = self.data.get("lead") if self.is_bound else self.initial.get("lead")
        recent = list(leads.order_by("-pk").values_list("pk", flat=True)[:50])
        chosen = leads.filter(pk__in=[*recent, row_id(asked) or 0])
        self.fields["lead"].queryset = (chosen | Lead.objects.filter(pk=own)) if own else chosen
        if not self.is_bound and self.subject is not None and self.subject.case_id:
            self.fields["case_number"].initial = self.subject.case.number

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        number = (data.get("case_number") or "").strip()
        data["case"] = None
        if number:
            seen = Case.objects.visible_to(self.actor, self.today).filter(procedure=PROCEDURE, number=number)
            data["case"] = seen.first()
            if data["case"] is None:
                self.add_error("case_number", _("There is no mediation case with this number within your reach."))
        elif data.get("lead") is not None:
            data["case"] = data["lead"].case
        return data


class ProgressForm(PastDayForm):
    text = forms.CharField(label=gettext_lazy("Progress"), max_length=2000, widget=TEXT)

    def clean_on(self) -> date:
        on = super().clean_on()
        if on < self.subject.entered_on:
            raise forms.ValidationError(_("This lies before the day on which it was entered in the ledger."))
        return on


class ResolvedForm(ProgressForm):
    text = None
    result = forms.CharField(label=gettext_lazy("Result"), max_length=300, widget=TEXT)
