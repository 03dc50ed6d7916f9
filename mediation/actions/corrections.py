"""Correcting what was entered at registration: with a reason, both versions in history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.actions import archived_refusal
from casemgr.cases.models import Participation
from casemgr.cases.search import index_title
from casemgr.organisation.models import Unit
from casemgr.pages.forms import DateField, ModelForm, MoneyField, SeveralChoicesField
from mediation.actions.base import MediationAction
from mediation.models import MediationCase, MediationFacts
from mediation.registration.entering import SHANGHAI
from mediation.registration.form import COURT
from mediation.registration.people import SIDES
from mediation.terms import SUB_SOURCES, RiskFlag, Source, SubSource

CORRECTABLE: tuple[str, ...] = (
    *("source", "sub_source", "found_how", "dispute_type", "sub_type", "town", "place", "summary", "claims"),
    *("amount_yuan", "amount_is_approximate", "people", "risk_flags", "is_complex"),
)

TRACKS = {SubSource.COURT_DELEGATED: "delegated", SubSource.COURT_ENTRUSTED: "entrusted"}
"""Whether the court's clock that runs is of the kind."""


class CorrectFactsForm(ModelForm):
    """The facts as they stand; a reason for the change."""

    wants_context = True

    title = forms.CharField(label=gettext_lazy("Case title"), max_length=200)
    amount_yuan = MoneyField(label=gettext_lazy("Amount in yuan"), required=False)
    people = forms.IntegerField(label=gettext_lazy("People concerned"), min_value=1, max_value=100_000)
    risk_flags = SeveralChoicesField(label=gettext_lazy("Risks"), choices=RiskFlag.choices, required=False)
    applied_on = DateField(
        label=gettext_lazy("Mediation asked for on"),
        required=False,
        help_text=gettext_lazy("Only when the source becomes an application."),
    )
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
        self.case, self.today = subject, today
        self.has_applied = events.day_of(subject, "application_received") is not None
        if self.has_applied:
            del self.fields["applied_on"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("sub_source") and data["sub_source"] not in SUB_SOURCES.get(data.get("source", ""), ()):
            self.add_error("sub_source", _("This does not belong to the source chosen above."))
        if data.get("sub_type") and not data["sub_type"].startswith(data.get("dispute_type") or " "):
            self.add_error("sub_type", _("This sub-type belongs to another type. Choose one of the two again."))
        self._check_source(data)
        entered = Participation.objects.filter(case_id=self.case.pk, left_on__isnull=True, role__in=SIDES).count()
        if data.get("people") and data["people"] < entered:
            self.add_error(
                "people",
                _("%(entered)d are entered already: the number cannot be smaller.") % {"entered": entered},
            )
        return data

    def _check_source(self, data: dict[str, Any]) -> None:
        source, detail = data.get("source"), data.get("sub_source")
        if source == Source.APPLICATION and not self.has_applied and "applied_on" not in self.errors:
            if not data.get("applied_on"):
                self.add_error("applied_on", _("Enter the day on which the parties applied."))
            elif data["applied_on"] > self.today:
                message = _("The day lies in the future. Enter the day on which it really happened.")
                self.add_error("applied_on", message)
        if detail in COURT and TRACKS[detail] != self.instance.court_track.partition("_")[0]:
            self.add_error(
                "sub_source",
                _("The court's papers and their day are missing here. Void this case and register it as the court's."),
            )


class CorrectFacts(MediationAction):
    """Correct or complete the facts; the clock follows when the type or the source was wrong."""

    name = "mediation.correct_facts"
    label = gettext_lazy("Correct the facts of the dispute")
    topic = Topic.CORRECTION
    form = CorrectFactsForm

    def state_refusal(self, subject: MediationCase, today: date) -> Refusal | None:
        return archived_refusal(subject)

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        values = {name: data[name] for name in CORRECTABLE}
        detail = data["sub_source"]
        if data["source"] != Source.REFERRED or (detail and detail not in TRACKS):
            values |= {"court_track": "", "on_platform": False}
        if on := data.get("applied_on"):
            values["requested_at"] = datetime.combine(on, time(0), SHANGHAI)
            events.record(case, "application_received", on)
        self.set_facts(case, **values)
        if case.title != data["title"]:
            case.title = data["title"]
            index_title(case)


CORRECTIONS = (CorrectFacts,)
