"""Forms of the risk machine (People's Mediation Law, art. 25)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.day_forms import DayForm
from casemgr.pages.dates import moment
from casemgr.pages.forms import ClockField
from mediation.course.people import TEXT
from mediation.models import Risk, RiskReport
from mediation.terms import THREATS

CHANNELS = (
    ("phone", gettext_lazy("Telephone")),
    ("visit", gettext_lazy("In person")),
    ("letter", gettext_lazy("In writing")),
    ("platform", gettext_lazy("Over a platform")),
)


class MomentForm(DayForm):
    """A day with its hour: what happens at once is dated to the minute."""

    at = ClockField(label=gettext_lazy("Time"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["note"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("on") and data.get("at") is not None:
            data["moment"] = moment(data["on"], data["at"])
        return data


class RiskField(forms.ModelChoiceField):
    def __init__(self, **kwargs) -> None:
        super().__init__(Risk.objects.none(), label=gettext_lazy("Risk"), **kwargs)

    def offer(self, case: Any) -> None:
        self.queryset = Risk.objects.filter(case_id=case.pk, ended_on__isnull=True)
        only = list(self.queryset[:2])
        if len(only) == 1:
            self.initial = only[0].pk

    def label_from_instance(self, risk: Risk) -> str:
        day = timezone.localtime(risk.noticed_at).date()
        return f"{risk.label}　{day.isoformat()}"


class NoticeForm(MomentForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("What threatens"),
        choices=list(THREATS.items()),
        widget=forms.RadioSelect,
    )
    people = forms.IntegerField(label=gettext_lazy("People concerned"), min_value=1, max_value=100000, initial=1)
    description = forms.CharField(label=gettext_lazy("What was noticed"), max_length=2000, widget=TEXT)
    measures = forms.CharField(label=gettext_lazy("Measures taken at once"), max_length=2000, widget=TEXT)


class MeasuresForm(MomentForm):
    risk = RiskField()
    measures = forms.CharField(label=gettext_lazy("Measures"), max_length=2000, widget=TEXT)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["risk"].offer(self.subject)
        self.order_fields(["risk", *self.fields])


class ReportForm(MomentForm):
    risk = RiskField()
    to_whom = forms.CharField(
        label=gettext_lazy("Reported to"),
        max_length=100,
        help_text=gettext_lazy(
            "The town's judicial office, and the police where a crime or a breach of order threatens."
        ),
    )
    channel = forms.ChoiceField(label=gettext_lazy("By"), choices=CHANNELS, widget=forms.RadioSelect)
    content = forms.CharField(label=gettext_lazy("Content of the report"), max_length=2000, widget=TEXT)
    received_by = forms.CharField(label=gettext_lazy("Received by"), max_length=60, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["risk"].offer(self.subject)
        self.order_fields(["risk", *self.fields])


class ReceiptForm(MomentForm):
    report = forms.ModelChoiceField(RiskReport.objects.none(), label=gettext_lazy("Report"))
    received_by = forms.CharField(label=gettext_lazy("Received by"), max_length=60)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["report"]
        field.queryset = RiskReport.objects.filter(risk__case_id=self.subject.pk, received_at__isnull=True)
        field.label_from_instance = lambda report: (
            f"{report.to_whom}　{timezone.localtime(report.reported_at):%Y-%m-%d %H:%M}"
        )
        self.order_fields(["report", *self.fields])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        report = data.get("report")
        if report is not None and data.get("moment") and data["moment"] < report.reported_at:
            self.add_error("at", _("A report cannot be received before it was made. Check day and time."))
        return data


class EndForm(DayForm):
    risk = RiskField()
    result = forms.ChoiceField(
        label=gettext_lazy("Result"),
        choices=[
            (Risk.State.RESOLVED, gettext_lazy("Resolved: it was prevented")),
            (Risk.State.CONVERTED, gettext_lazy("It has escalated in spite of everything")),
        ],
        widget=forms.RadioSelect,
    )
    people = forms.IntegerField(label=gettext_lazy("People concerned"), min_value=1, max_value=100000, required=False)
    end_note = forms.CharField(label=gettext_lazy("How it ended"), max_length=2000, widget=TEXT)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["note"]
        self.fields["risk"].offer(self.subject)
        self.order_fields(["risk", *self.fields])
