"""Correcting what was entered at registration: with a reason, both versions in history."""

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
from casemgr.cases.models import Participation
from casemgr.cases.search import index_title
from casemgr.organisation.models import Unit
from casemgr.pages.forms import ModelForm, MoneyField, SeveralChoicesField
from mediation.actions.base import MediationAction
from mediation.models import MediationCase, MediationFacts
from mediation.registration.people import SIDES
from mediation.terms import SUB_SOURCES, RiskFlag

CORRECTABLE: tuple[str, ...] = (
    *("source", "sub_source", "found_how", "dispute_type", "sub_type", "town", "place", "summary", "claims"),
    *("amount_yuan", "amount_is_approximate", "people", "risk_flags", "is_complex"),
)


class CorrectFactsForm(ModelForm):
    """The facts as they stand; a reason for the change."""

    wants_context = True

    title = forms.CharField(label=gettext_lazy("Case title"), max_length=200)
    amount_yuan = MoneyField(label=gettext_lazy("Amount in yuan"), required=False)
    people = forms.IntegerField(label=gettext_lazy("People concerned"), min_value=1, max_value=100_000)
    risk_flags = SeveralChoicesField(label=gettext_lazy("Risks"), choices=RiskFlag.choices, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason and paper that proves it"), max_length=500, widget=forms.Textarea({"rows": 2})
    )
    field_order: ClassVar = ["title"]

    class Meta:
        model = MediationFacts
        fields = CORRECTABLE
        widgets: ClassVar = {"summary": forms.Textarea({"rows": 4}), "claims": forms.Textarea({"rows": 3})}

    def __init__(self, data=None, files=None, *, subject: MediationCase, actor: Any, today: date) -> None:
        facts = MediationFacts.objects.get(pk=subject.pk)
        super().__init__(data, files, instance=facts, initial={"title": subject.title})
        self.fields["town"].queryset = Unit.objects.filter(kind__in=(Unit.Kind.TOWN, Unit.Kind.STREET))
        self.fields["place"].required = True
        self.case = subject

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("sub_source") and data["sub_source"] not in SUB_SOURCES.get(data.get("source", ""), ()):
            self.add_error("sub_source", _("This does not belong to the source chosen above."))
        if data.get("sub_type") and not data["sub_type"].startswith(data.get("dispute_type") or " "):
            self.add_error("sub_type", _("This sub-type belongs to another type. Choose one of the two again."))
        entered = Participation.objects.filter(case_id=self.case.pk, left_on__isnull=True, role__in=SIDES).count()
        if data.get("people") and data["people"] < entered:
            self.add_error(
                "people",
                _("%(entered)d are entered already: the number cannot be smaller.") % {"entered": entered},
            )
        return data


class CorrectFacts(MediationAction):
    """Correct or complete the facts; the clock follows when the type or the source was wrong."""

    name = "mediation.correct_facts"
    label = gettext_lazy("Correct the facts of the dispute")
    topic = Topic.CORRECTION
    form = CorrectFactsForm

    def state_refusal(self, subject: MediationCase, today: date) -> Refusal | None:
        return archived_refusal(subject)

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        self.set_facts(case, **{name: data[name] for name in CORRECTABLE})
        if case.title != data["title"]:
            case.title = data["title"]
            index_title(case)


CORRECTIONS = (CorrectFacts,)
