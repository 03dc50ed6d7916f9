"""Correcting what was entered at registration, and a party's consent to electronic service."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.topics import Topic
from casemgr.cases.actions import archived_refusal
from casemgr.cases.day_forms import PartyDayForm
from casemgr.cases.models import Participation
from casemgr.cases.search import index_title
from casemgr.pages.forms import DateField, ModelForm, MoneyField
from reconsideration.actions.base import ReconsiderationAction
from reconsideration.models import ReconsiderationCase, ReconsiderationFacts

CORRECTABLE: tuple[str, ...] = (
    "requests",
    "reasons",
    "matter",
    "area",
    "amount_yuan",
    "act_basis",
    "is_mandatory_first",
    "known_on",
    "known_ground",
    "content_known_on",
    "duty_requested_on",
    "was_told_remedies",
    "concerns_real_estate",
    "special_period_days",
    "obstacle_days",
    "obstacle_reason",
)


class CorrectFactsForm(ModelForm):
    """The facts of the application as they stand; a reason for the change."""

    wants_context = True

    title = forms.CharField(label=gettext_lazy("Case title"), max_length=200)
    amount_yuan = MoneyField(label=gettext_lazy("Amount in yuan"), required=False)
    known_on = DateField(label=gettext_lazy("Knew or should have known of the act on"), required=False)
    content_known_on = DateField(label=gettext_lazy("Knew the content of the act on"), required=False)
    duty_requested_on = DateField(
        label=gettext_lazy("Failure to act: the agency received the request on"), required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason and paper that proves it"), max_length=500, widget=forms.Textarea({"rows": 2})
    )
    field_order: ClassVar = ["title"]

    class Meta:
        model = ReconsiderationFacts
        fields = CORRECTABLE
        widgets: ClassVar = {
            "requests": forms.Textarea({"rows": 4}),
            "act_basis": forms.Textarea({"rows": 2}),
            "reasons": forms.Textarea({"rows": 5}),
        }

    def __init__(self, data=None, files=None, *, subject: ReconsiderationCase, actor, today: date) -> None:
        facts = ReconsiderationFacts.objects.get(pk=subject.pk)
        super().__init__(data, files, instance=facts, initial={"title": subject.title})
        self.today = today
        self.fields["requests"].required = True
        self.fields["obstacle_days"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in ("known_on", "content_known_on", "duty_requested_on"):
            if cleaned.get(name) and cleaned[name] > self.today:
                self.add_error(name, _("The date lies in the future. Enter the day on which it really happened."))
        if cleaned.get("obstacle_days") and not cleaned.get("obstacle_reason"):
            self.add_error("obstacle_reason", _("Say why those days do not count, and with which proof."))
        cleaned["obstacle_days"] = cleaned.get("obstacle_days") or 0
        return cleaned


class CorrectFacts(ReconsiderationAction):
    """Correct or complete the facts of the application; both versions stay in history with the reason."""

    name = "reconsideration.correct_facts"
    label = gettext_lazy("Correct the facts of the application")
    topic = Topic.CORRECTION
    form = CorrectFactsForm

    def state_refusal(self, subject: ReconsiderationCase, today: date) -> Refusal | None:
        return archived_refusal(subject)

    def record_facts(self, case: ReconsiderationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        self.set_facts(case, **{name: data[name] for name in CORRECTABLE})
        if case.title != data["title"]:
            case.title = data["title"]
            index_title(case)


class ElectronicServiceForm(PartyDayForm):
    """The day the party agreed, and where papers may be sent."""

    electronic_address = forms.CharField(
        label=gettext_lazy("Electronic service system or address"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Empty: the party takes its consent back."),
    )


class AgreeToElectronicService(ReconsiderationAction):
    """A party agrees to electronic service and names the system, or takes it back (Civil Procedure Law, art. 90)."""

    name = "reconsideration.electronic_service"
    label = gettext_lazy("Record consent to electronic service")
    topic = Topic.PARTIES
    form = ElectronicServiceForm
    annullable = False
    instead = gettext_lazy("Record the consent again as it is: the entry in force is the last one.")

    def state_refusal(self, subject: ReconsiderationCase, today: date) -> Refusal | None:
        return archived_refusal(subject)

    def record_facts(self, case: ReconsiderationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        for part in Participation.objects.filter(case_id=case.pk, party=data["party"]):
            part.electronic_address = data["electronic_address"]
            part.consents_to_electronic_service = bool(data["electronic_address"])
            part.save()


CORRECTIONS = (CorrectFacts, AgreeToElectronicService)
