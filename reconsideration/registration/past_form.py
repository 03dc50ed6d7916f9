"""A case of the past as far as its source reaches: what is not known stays empty, and nothing is made up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.matters import Matter
from casemgr.cases.models import Event
from casemgr.cases.registration.past import HappenedForm as BaseHappenedForm
from casemgr.cases.registration.past import out_of_order
from casemgr.cases.same_act import act_number
from casemgr.organisation.models import Unit, User
from casemgr.organisation.scope import ALL, scope
from casemgr.pages.forms import ContextForm, DateField, MoneyField
from casemgr.pages.judged_again import FieldAnswers
from casemgr.pages.row_forms import Rows, flatten
from reconsideration.events import EVENT_KINDS, ORDER
from reconsideration.models import ManagementAreaRow
from reconsideration.registration.form import (
    PEOPLE,
    REGISTERING_ROLES,
    RESPONDENTS,
    AreaField,
    refuse_personal_number,
)
from reconsideration.registration.people import PersonForm, RespondentForm
from reconsideration.terms import ApplicationMethod, Outcome, Track

HAPPENED = "happened"
BEFORE_ACCEPTANCE = ("received", "correction_notice_issued", "correction_notice_served", "corrected")
IN_TRIAL = (
    *("accepted", "copy_sent", "copy_served", "reply_received", "reply_missing", "opinion_heard", "hearing_planned"),
    *("hearing_notified", "hearing_held", "hearing_cancelled", "extended", "suspended", "resumed", "excluded_from"),
    *("excluded_until", "converted_to_ordinary", "stop_asked", "stop_ordered", "stop_refused", "stop_ended"),
)
NEEDS = {"resumed": "suspended", "excluded_until": "excluded_from", "corrected": "correction_notice_issued",
         "correction_notice_served": "correction_notice_issued"}  # fmt: skip


class HappenedForm(BaseHappenedForm):
    """One thing that happened, with what the trial's periods need of it."""

    kinds = EVENT_KINDS

    days = forms.IntegerField(label=gettext_lazy("Days"), required=False, min_value=1, max_value=400)
    due_on = DateField(label=gettext_lazy("To be done by"), required=False)


class RecordPastCaseForm(ContextForm):
    """`happened` holds rows of kind, on, as_written, note, days, due_on; people and respondents as in registration.

    `is_open`: the case is undecided and its periods run, so that the days they start on must be known.
    """

    person_form: ClassVar[type[PersonForm]] = PersonForm
    respondent_form: ClassVar[type[RespondentForm]] = RespondentForm

    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=80,
        help_text=gettext_lazy("As the paper register or the source has it."),
    )
    title = forms.CharField(label=gettext_lazy("Case title"), required=False, max_length=200)
    act_title = forms.CharField(label=gettext_lazy("Name of the act"), required=False, max_length=120)
    act_number = forms.CharField(label=gettext_lazy("Document number of the act"), required=False, max_length=80)
    acted_on = DateField(label=gettext_lazy("Date of the act"), required=False)
    matter = forms.ChoiceField(
        label=gettext_lazy("Kind of matter"), choices=[("", "—"), *Matter.choices], required=False
    )
    area = AreaField(ManagementAreaRow.objects.none(), label=gettext_lazy("Field of administration"), required=False)
    amount_yuan = MoneyField(label=gettext_lazy("Amount in yuan"), required=False)
    application_method = forms.ChoiceField(
        label=gettext_lazy("How it was filed"), choices=[("", "—"), *ApplicationMethod.choices], required=False
    )
    sent_on = DateField(label=gettext_lazy("Sent or handed in on"), required=False)
    known_on = DateField(label=gettext_lazy("Knew or should have known of the act on"), required=False)
    requests = forms.CharField(label=gettext_lazy("Requests"), required=False, max_length=2000)
    reasons = forms.CharField(label=gettext_lazy("Facts and reasons"), required=False, max_length=8000)
    track = forms.ChoiceField(
        label=gettext_lazy("Trial procedure"), choices=[("", "—"), *Track.choices], required=False
    )
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), choices=[("", "—"), *Outcome.choices], required=False)
    law_version = forms.ChoiceField(
        label=gettext_lazy("Law version"),
        choices=[("", "—"), ("2017", "2017"), ("2023", "2023")],
        required=False,
        help_text=gettext_lazy("Empty: by the day of acceptance or receipt."),
    )
    is_open = forms.BooleanField(
        label=gettext_lazy("Still open: its periods run"),
        required=False,
        help_text=gettext_lazy("Leave this empty for a case that ended, or whose days are not known."),
    )
    source_note = forms.CharField(
        label=gettext_lazy("Note on the source"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Contradictions are kept in the source's own words."),
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit"), required=False)
    lead_handler = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Handler"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, files=None, **kwargs) -> None:
        data = flatten(data, PEOPLE, RESPONDENTS, HAPPENED) if data is not None else None
        super().__init__(data, files, **kwargs)
        context = {"actor": self.actor, "today": self.today}
        self.people = Rows(self.person_form, data, PEOPLE, shown=1, **context, **self.person_context())
        self.respondents = Rows(self.respondent_form, data, RESPONDENTS, shown=1, **context)
        self.happened = Rows(HappenedForm, data, HAPPENED, shown=3, **context)
        self.fields["area"].queryset = ManagementAreaRow.objects.all()
        reached = scope(self.actor, self.today).units_of_role(REGISTERING_ROLES)
        units = Unit.objects.all()
        self.fields["unit"].queryset = units if reached is ALL else units.filter(pk__in=reached)
        self.fields["unit"].error_messages["invalid_choice"] = _(
            "This unit is unknown, or your role does not reach it. Choose a unit of the list."
        )
        self.fields["lead_handler"].queryset = User.objects.filter(
            role_assignments__role__in=REGISTERING_ROLES
        ).distinct()
        held = [a.unit for a in self.actor.assignments(self.today) if a.role in REGISTERING_ROLES]
        self.default_unit = held[0] if held else None

    def person_context(self) -> dict[str, Any]:
        """What the rows of people are given beside actor and day."""
        return {}

    def fill_again(self, data: Mapping[str, Any], answers: FieldAnswers | None = None) -> None:
        super().fill_again(data, answers)
        for rows in (self.people, self.respondents, self.happened):
            rows.fill_again(data)

    def clean_act_title(self) -> str:
        refuse_personal_number(self.cleaned_data["act_title"])
        return self.cleaned_data["act_title"]

    def clean_title(self) -> str:
        refuse_personal_number(self.cleaned_data["title"])
        return self.cleaned_data["title"]

    def clean_act_number(self) -> str:
        return act_number(self.cleaned_data["act_number"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name in ("acted_on", "known_on", "sent_on"):
            if data.get(name) and data[name] > self.today:
                self.add_error(name, _("The day lies in the future. A case of the past has only past days."))
        for rows in (self.people, self.respondents, self.happened):
            rows.is_valid()
            for name, errors in rows.errors():
                self._errors[name] = errors
        if not self.errors:
            self._check_happened()
        return data

    def _check_happened(self) -> None:
        kinds = {row.cleaned_data["kind"] for row in self.happened.filled}
        if "received" not in kinds:
            self.add_error(None, _("Say at least that the application was received, with or without its day."))
        for row, message in out_of_order(self.happened.filled, ORDER):
            self._refuse(row, "on", message)
        if not self.errors and self.cleaned_data["is_open"]:
            self._check_running(kinds)

    def _check_running(self, kinds: set[str]) -> None:
        """What a case must show for its periods to be counted from its days."""
        for row in self.happened.filled:
            entry = row.cleaned_data
            kind, precision = entry["kind"], entry["on"][1]
            if kind not in (*BEFORE_ACCEPTANCE, *IN_TRIAL):
                message = _("This ended the case, or comes after its end. Enter it as a case of the past.")
                self._refuse(row, "kind", message)
            elif precision != Event.Precision.DAY:
                self._refuse(row, "on", _("Periods run from the day: enter it, or enter a case of the past."))
            elif kind in IN_TRIAL and "accepted" not in kinds:
                self._refuse(row, "kind", _("This comes after acceptance: enter the day of acceptance too."))
            elif NEEDS.get(kind, kind) not in kinds:
                self._refuse(row, "kind", _("Something that comes before this is missing: enter it too."))
            elif kind == "extended" and not entry["days"]:
                self._refuse(row, "days", _("Enter by how many days it was extended."))
        if self.cleaned_data["outcome"]:
            self.add_error("outcome", _("A case that is still open has no outcome yet."))

    def _refuse(self, row: HappenedForm, name: str, message: str) -> None:
        row.add_error(name, message)
        self._errors[f"{row.prefix}-{name}"] = row.errors[name]
