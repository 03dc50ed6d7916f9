"""What is entered of evidence and investigations."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.cases import events
from casemgr.cases.models import Case, Event, Participation
from casemgr.organisation.models import RoleAssignment, User
from casemgr.pages.dates import long_date
from casemgr.pages.forms import CHOOSE, ContextForm, DateField, PastDayForm, not_in_future
from reconsideration.models import Evidence, Investigation
from reconsideration.terms import ExcludedTime

GIVERS = (Participation.Role.APPLICANT, Participation.Role.RESPONDENT, Participation.Role.THIRD_PARTY)


def _text(
    label: Any, rows: int = 3, *, required: bool = True, most: int = 4000, help_text: Any = ""
) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=help_text, widget=forms.Textarea({"rows": rows})
    )


class CaseRecordForm(ContextForm):
    """`subject` is the case when the record is made, afterwards the record."""

    @property
    def case(self) -> Case:
        return getattr(self.subject, "case", self.subject)


class EvidenceForm(CaseRecordForm):
    given_by = forms.ModelChoiceField(
        Participation.objects.none(),
        label=pgettext_lazy("evidence", "Given by"),
        required=False,
        empty_label=gettext_lazy("Obtained by the office itself"),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of evidence, art. 43"), choices=[CHOOSE, *Evidence.Kind.choices])
    title = forms.CharField(label=gettext_lazy("Name of the evidence"), max_length=200)
    origin = forms.CharField(label=gettext_lazy("Where it comes from"), max_length=200, required=False)
    purpose = _text(gettext_lazy("What it is to prove"), 2, most=500)
    pages = forms.CharField(label=pgettext_lazy("evidence", "Pages"), max_length=20, required=False)
    is_original_seen = forms.BooleanField(label=gettext_lazy("Compared with the original"), required=False)
    received_on = DateField(label=pgettext_lazy("evidence", "Handed in on"))
    collected_on = DateField(
        label=gettext_lazy("Made or collected on"), required=False,
        help_text=gettext_lazy("What a respondent collects by itself after the application is no basis (article 46)."),
    )  # fmt: skip
    burden = forms.ChoiceField(
        label=gettext_lazy("Burden of the applicant, art. 44(2)"), choices=Evidence.Burden.choices, required=False
    )
    was_withheld = forms.BooleanField(
        label=gettext_lazy("The agency had asked for it lawfully, and it was withheld without good reason"),
        required=False,
        help_text=gettext_lazy("Of applicants and third parties; the respondent proves it (Regulation 2026, art. 47)."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.subject is not None:
            parts = self.case.participations.filter(role__in=GIVERS)
            self.fields["given_by"].queryset = parts
            self.fields["given_by"].label_from_instance = lambda part: part.with_role
        if not self.is_bound and not isinstance(self.subject, Evidence):
            self.fields["received_on"].initial = self.today

    def clean_received_on(self) -> date:
        return not_in_future(self.cleaned_data["received_on"], self.today)

    def clean_collected_on(self) -> date | None:
        on = self.cleaned_data["collected_on"]
        return not_in_future(on, self.today) if on else None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        received, collected = data.get("received_on"), data.get("collected_on")
        if received and collected and collected > received:
            self.add_error("collected_on", _("It cannot have been handed in before it was made. Check both dates."))
        part = data.get("given_by")
        if data.get("burden") and (part is None or part.role != Participation.Role.APPLICANT):
            self.add_error("burden", _("Only an applicant has this burden."))
        if data.get("was_withheld") and (part is None or part.role == Participation.Role.RESPONDENT):
            self.add_error("was_withheld", _("Only what an applicant or third party gives can have been withheld."))
        return data


class OpinionForm(CaseRecordForm):
    opinion = _text(
        gettext_lazy("Opinion of the other side"),
        help_text=gettext_lazy("On authenticity, lawfulness and relevance; say who said it."),
    )


class _DayForm(CaseRecordForm, PastDayForm):
    """A step on the record that happened on a day."""


class LeaveForm(_DayForm):
    leave = forms.ChoiceField(
        label=gettext_lazy("Leave to supplement"),
        choices=[(one.value, one.label) for one in (Evidence.Leave.GIVEN, Evidence.Leave.REFUSED)],
        widget=forms.RadioSelect,
    )
    leave_reason = _text(
        gettext_lazy("Reason or evidence the other side raised only now"), 2, most=300, required=False,
        help_text=gettext_lazy("Leave can only be given against what was not raised when the act was made."),
    )  # fmt: skip


class FindingForm(_DayForm):
    finding = forms.ChoiceField(
        label=pgettext_lazy("evidence", "Finding"),
        choices=[(one.value, one.label) for one in Evidence.Finding if one.value],
        widget=forms.RadioSelect,
    )
    finding_reason = _text(gettext_lazy("Reason of the finding"), 2, most=500, required=False)


class StrikeForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))


class InvestigationForm(CaseRecordForm):
    """By at least two officers of the office, who showed their work cards (art. 45(2))."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of investigation"), choices=[CHOOSE, *Investigation.Kind.choices])
    held_on = DateField(label=pgettext_lazy("investigation", "Held on"))
    hours = forms.CharField(label=gettext_lazy("Time, from until"), max_length=40, required=False)
    place = forms.CharField(label=pgettext_lazy("investigation", "Place"), max_length=200)
    officer = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Investigating officer"))
    second_officer = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Second investigating officer"))
    further_officers = forms.CharField(label=gettext_lazy("Further officers"), max_length=100, required=False)
    cards_shown = forms.BooleanField(label=gettext_lazy("Work cards were shown"), required=False)
    recorder = forms.CharField(label=gettext_lazy("Recorder"), max_length=50, required=False)
    asked = forms.CharField(
        label=gettext_lazy("Who was asked, unit and post"), max_length=300,
        help_text=gettext_lazy("At an inspection also who was present; of an appraisal, the institution."),
    )  # fmt: skip
    content = _text(gettext_lazy("What was asked, said and found"), 8, most=20_000)
    obstruction = forms.CharField(label=gettext_lazy("Refusal or obstruction"), max_length=300, required=False)
    unsigned = forms.CharField(label=gettext_lazy("Why somebody did not sign"), max_length=200, required=False)
    excluded = forms.ModelChoiceField(
        Event.objects.none(), label=gettext_lazy("Time that does not count"), required=False,
        help_text=gettext_lazy("Inspection and appraisal: the time begun under “Begin time that does not count”."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.subject is None:
            return
        people = officers_of(self.case, self.today)
        for name in ("officer", "second_officer"):
            self.fields[name].queryset = people
        begun = [fact for fact in events.facts_of(self.case) if fact.kind == "excluded_from"]
        kinds = dict(ExcludedTime.choices)
        names = {
            fact.root.pk: f"{kinds.get(fact.data.get('excluded', ''), '')}　{long_date(fact.occurred_on)}"
            for fact in begun
        }
        self.fields["excluded"].queryset = Event.objects.filter(pk__in=names)
        self.fields["excluded"].label_from_instance = lambda event: names[event.pk]

    def clean_held_on(self) -> date:
        return not_in_future(self.cleaned_data["held_on"], self.today)


def officers_of(case: Case, today: date) -> Any:
    """Reconsideration officers at the case's unit."""
    held = RoleAssignment.objects.in_force(today).filter(unit=case.unit_id, role__in=("officer", "head"))
    return User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("full_name", "pk")
