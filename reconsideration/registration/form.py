"""The registration form: five blocks, from a page or as plain data (`{"people": […], "respondents": […], …}`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.matters import Matter
from casemgr.cases.models import Case
from casemgr.cases.registration.form import RegistrationForm
from casemgr.cases.same_act import act_number
from casemgr.organisation.models import RoleAssignment, Unit, User
from casemgr.organisation.scope import ALL, scope
from casemgr.pages.dates import long_date
from casemgr.pages.forms import DateField, MoneyField
from casemgr.pages.row_forms import Rows, flatten
from reconsideration.models import ManagementAreaRow
from reconsideration.registration.people import AGENTS_PER_PARTY, PersonForm, RespondentForm, Role
from reconsideration.terms import ApplicationMethod, KnowledgeGround

PEOPLE, RESPONDENTS = "people", "respondents"
REGISTERING_ROLES = ("officer", "head")
NO_HANDLER = gettext_lazy("This person handles no cases at this unit today. Choose an officer or head of the unit.")
_PERSONAL_NUMBER = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15}|1[3-9]\d{9})(?!\d)")


def refuse_personal_number(text: str) -> None:
    """Titles are searched, listed and printed: no card or telephone number may stand in them."""
    if _PERSONAL_NUMBER.search(text):
        raise forms.ValidationError(_("This looks like a document or telephone number: leave it out of the title."))


def _row_line(block: str, number: int, form: forms.Form) -> str:
    """Applicants and others, entry 2: Document number, Phone."""
    line = _("%(block)s, entry %(number)s") % {"block": block, "number": number}
    wrong = _(", ").join(str(form.fields[name].label) for name in form.errors if name in form.fields)
    return _("%(field)s: %(error)s") % {"field": line, "error": wrong} if wrong else line


class AreaField(forms.ModelChoiceField):
    """A field of administration by its id or its name."""

    def to_python(self, value: Any) -> ManagementAreaRow | None:
        if isinstance(value, str) and value and not value.isdecimal():
            value = ManagementAreaRow.objects.filter(name=value.strip()).values_list("pk", flat=True).first() or value
        return super().to_python(value)


class RegisterForm(RegistrationForm):
    """One application for reconsideration. `people` and `respondents` are rows of their own."""

    takes_numbers = frozenset({"act_number", "act_basis"})
    blocks = {PEOPLE: {"name": ""}, RESPONDENTS: {"name": ""}}

    # the act
    act_title = forms.CharField(
        label=gettext_lazy("Name of the act"),
        max_length=120,
        help_text=gettext_lazy("Its name without the agency, for instance 行政处罚决定."),
    )
    act_number = forms.CharField(label=gettext_lazy("Document number of the act"), required=False, max_length=80)
    acted_on = DateField(label=gettext_lazy("Date of the act"), required=False)
    acted_on_unknown = forms.BooleanField(
        label=gettext_lazy("The application does not state the date of the act"), required=False
    )
    matter = forms.ChoiceField(label=gettext_lazy("Kind of matter"), choices=[("", "—"), *Matter.choices])
    area = AreaField(ManagementAreaRow.objects.none(), label=gettext_lazy("Field of administration"), required=False)
    amount_yuan = MoneyField(label=gettext_lazy("Amount in yuan"), required=False)
    act_basis = forms.CharField(
        label=gettext_lazy("What the act names as its basis"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2, "class": "compact"}),
        help_text=gettext_lazy("Laws and documents with title and number: those that do not hold are pointed out."),
    )
    # the application
    application_method = forms.ChoiceField(
        label=gettext_lazy("How it was filed"),
        choices=ApplicationMethod.choices,
        initial=ApplicationMethod.IN_PERSON,
        widget=forms.RadioSelect,
    )
    received_on = DateField(label=gettext_lazy("Received on"))
    sent_on = DateField(
        label=gettext_lazy("Sent or handed in on"),
        required=False,
        help_text=gettext_lazy("By post: the postmark. Online: arrival in the system. Through the agency: handed in."),
    )
    requests = forms.CharField(
        label=gettext_lazy("Requests"), max_length=2000, widget=forms.Textarea({"rows": 3, "class": "compact"})
    )
    reasons = forms.CharField(
        label=gettext_lazy("Facts and reasons"), required=False, max_length=8000, widget=forms.Textarea({"rows": 5})
    )
    oral_record = forms.CharField(
        label=gettext_lazy("Record of the oral application"),
        required=False,
        max_length=8000,
        widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy(
            "Only for an oral application: what was said, the time, and that the applicant checked and signed it."
        ),
    )
    # application period
    known_on = DateField(label=gettext_lazy("Knew or should have known of the act on"), required=False)
    known_ground = forms.ChoiceField(
        label=gettext_lazy("How that day is fixed"), choices=[("", "—"), *KnowledgeGround.choices], required=False
    )
    was_told_remedies = forms.NullBooleanField(
        label=gettext_lazy("The act told the right, the authority and the period"), required=False
    )
    content_known_on = DateField(label=gettext_lazy("Knew the content of the act on"), required=False)
    duty_requested_on = DateField(
        label=gettext_lazy("Failure to act: the agency received the request on"), required=False
    )
    concerns_real_estate = forms.BooleanField(label=gettext_lazy("The act concerns real estate"), required=False)
    special_period_days = forms.IntegerField(
        label=gettext_lazy("Longer period set by a law, in days"), required=False, min_value=61, max_value=3650
    )
    obstacle_days = forms.IntegerField(
        label=gettext_lazy("Days that do not count"), required=False, min_value=0, max_value=3650
    )
    obstacle_reason = forms.CharField(
        label=gettext_lazy("Why they do not count"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Force majeure, another good reason, or excluded time."),
    )
    # the file
    is_mandatory_first = forms.ChoiceField(
        label=gettext_lazy("Reconsideration must come before a suit"),
        choices=[
            ("", gettext_lazy("As article 23 and the entries above say")),
            ("yes", gettext_lazy("Yes")),
            ("no", gettext_lazy("No")),
        ],
        required=False,
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit"), required=False)
    lead_handler = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Handler"), required=False)
    title = forms.CharField(
        label=gettext_lazy("Case title"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Empty: made from the respondent and the act."),
    )
    same_act_checked = forms.BooleanField(
        label=gettext_lazy("I have looked at these cases: this application is to be registered all the same"),
        required=False,
    )

    BLOCKS = {
        "act": (
            "act_title",
            "act_number",
            "acted_on",
            "acted_on_unknown",
            "matter",
            "area",
            "amount_yuan",
            "act_basis",
        ),
        "application": ("application_method", "received_on", "sent_on", "requests", "reasons", "oral_record"),
        "period": (
            "known_on",
            "known_ground",
            "was_told_remedies",
            "content_known_on",
            "duty_requested_on",
            "concerns_real_estate",
            "special_period_days",
            "obstacle_days",
            "obstacle_reason",
        ),
        "file": ("is_mandatory_first", "unit", "lead_handler", "title"),
    }

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files=None,
        *,
        people_shown: int = 1,
        respondents_shown: int = 1,
        **kwargs,
    ) -> None:
        data = flatten(data, PEOPLE, RESPONDENTS) if data is not None else None
        if data is not None:
            data.setdefault("application_method", ApplicationMethod.IN_PERSON)
            data["is_mandatory_first"] = {True: "yes", False: "no"}.get(
                data.get("is_mandatory_first"), data.get("is_mandatory_first", "")
            )
        super().__init__(data, files, **kwargs)
        context = {"actor": self.actor, "today": self.today}
        self.same_act_cases: list[Case] = []  # those the person may open, for the page's links
        self.people = Rows(PersonForm, data, PEOPLE, shown=people_shown, **context)
        self.respondents = Rows(RespondentForm, data, RESPONDENTS, shown=respondents_shown, **context)
        self.fields["area"].queryset = ManagementAreaRow.objects.filter(is_active=True)
        self._offer_units_and_handlers()
        if not self.is_bound:
            self.fields["received_on"].initial = self.today

    def _offer_units_and_handlers(self) -> None:
        held = [a.unit for a in self.actor.assignments(self.today) if a.role in REGISTERING_ROLES]
        reached = scope(self.actor, self.today).units_of_role(REGISTERING_ROLES)
        offices = Unit.objects.filter(ended_on__isnull=True)
        offices = offices if reached is ALL else offices.filter(pk__in=reached)
        self.fields["unit"].queryset = offices
        self.fields["unit"].error_messages["invalid_choice"] = _(
            "This unit is unknown, or your role does not reach it. Choose a unit of the list."
        )
        holders = RoleAssignment.objects.in_force(self.today).filter(role__in=REGISTERING_ROLES)
        self.fields["lead_handler"].queryset = User.objects.filter(is_active=True, pk__in=holders.values("user_id"))
        self.fields["lead_handler"].error_messages["invalid_choice"] = NO_HANDLER
        self.default_unit = held[0] if held else None
        self.fields["unit"].initial = self.default_unit
        self.fields["lead_handler"].initial = self.actor

    # reading

    def clean_act_title(self) -> str:
        refuse_personal_number(self.cleaned_data["act_title"])
        return self.cleaned_data["act_title"]

    def clean_title(self) -> str:
        refuse_personal_number(self.cleaned_data["title"])
        return self.cleaned_data["title"]

    def clean_act_number(self) -> str:
        return act_number(self.cleaned_data["act_number"])

    def clean_received_on(self) -> date:
        return self._not_future(self.cleaned_data["received_on"])

    def _not_future(self, day: date) -> date:
        if day > self.today:
            raise forms.ValidationError(
                _("The day lies in the future. Enter the day on which it really happened."), code="future"
            )
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._check_order_of_days(data)
        self._check_method(data)
        self._check_act(data)
        self._check_period(data)
        self._check_rows()
        self._check_handler(data)
        return data

    def _check_handler(self, data: Mapping[str, Any]) -> None:
        handler, unit = data.get("lead_handler"), data.get("unit") or self.default_unit
        if handler and not scope(handler, self.today).has_role(REGISTERING_ROLES, unit=unit):
            self.add_error("lead_handler", NO_HANDLER)

    def _check_order_of_days(self, data: Mapping[str, Any]) -> None:
        received = data.get("received_on")
        for name in ("acted_on", "known_on", "content_known_on", "duty_requested_on", "sent_on"):
            day = data.get(name)
            if day is None or name in self.errors:
                continue
            if day > self.today:
                self.add_error(name, _("The day lies in the future. Enter the day on which it really happened."))
            elif received is not None and day > received:
                self.add_error(
                    name,
                    _("This day lies after the day of receipt (%(day)s). Check both dates.")
                    % {"day": long_date(received)},
                )
        acted = data.get("acted_on")
        for name in ("known_on", "content_known_on"):
            day = data.get(name)
            if acted and day and day < acted and data.get("matter") != Matter.OMISSION:
                self.add_error(
                    name,
                    _("Nobody can know of the act before its date (%(day)s). Check both dates.")
                    % {"day": long_date(acted)},
                )

    def _check_method(self, data: Mapping[str, Any]) -> None:
        method = data.get("application_method")
        if method == ApplicationMethod.POST and not data.get("sent_on") and "sent_on" not in self.errors:
            self.add_error(
                "sent_on", _("Enter the day of the postmark: days in the post do not count against the applicant.")
            )
        # Reconsideration Law 2023, art. 22(3)
        if method == ApplicationMethod.ORAL and not data.get("oral_record"):
            self.add_error(
                "oral_record",
                _("Record what the applicant said: the law asks for a record made on the spot (article 22(3))."),
            )

    def _check_act(self, data: Mapping[str, Any]) -> None:
        is_missing = not data.get("acted_on") and "acted_on" not in self.errors
        if is_missing and data.get("matter") != Matter.OMISSION and not data.get("acted_on_unknown"):
            self.add_error(
                "acted_on",
                _(
                    "Enter the date of the act. If the application does not state it, tick the box beside it; "
                    "a failure to act needs no date."
                ),
            )

    def _check_period(self, data: Mapping[str, Any]) -> None:
        if data.get("obstacle_days") and not data.get("obstacle_reason"):
            self.add_error("obstacle_reason", _("Say why these days do not count."))
        if data.get("known_ground") and not data.get("known_on") and "known_on" not in self.errors:
            self.add_error("known_on", _("Enter the day, or leave empty how it is fixed."))

    def _check_rows(self) -> None:
        for rows in (self.people, self.respondents):
            rows.is_valid()
            for name, errors in rows.errors():
                self._errors[name] = errors
        roles = [form.data.get(form.add_prefix("role")) for form in self.people.filled]
        if Role.APPLICANT not in roles:
            self.add_error(None, _("Enter at least one applicant: an application needs a definite applicant."))
        if not self.respondents.filled:
            self.add_error(None, _("Choose the respondent: the agency that made the act."))
        sides = sum(role in (Role.APPLICANT, Role.THIRD_PARTY) for role in roles)
        if roles.count(Role.AGENT) > AGENTS_PER_PARTY * max(sides, 1):
            self.add_error(None, _("Each applicant or third party can have one or two agents (article 17(1))."))

    @property
    def has_open_period(self) -> bool:
        """Whether an entry of the folded part of the application period is filled or wrong."""
        return any(self[name].errors or self[name].value() for name in self.BLOCKS["period"][3:])

    @property
    def summary_lines(self) -> list[tuple[str, str]]:
        """One line for each row with errors."""
        labels = {PEOPLE: _("Applicants and others"), RESPONDENTS: _("Respondents")}
        return [
            (form.prefix, _row_line(str(labels[rows.prefix]), number, form))
            for rows in (self.people, self.respondents)
            for number, form in enumerate(rows, start=1)
            if form.errors
        ]
