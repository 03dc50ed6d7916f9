"""When nothing is performed: order with a term, interview, public criticism; enforcement of citizens (art. 77, 78)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.cases import events
from casemgr.cases.day_forms import PartyDayForm
from casemgr.cases.models import Case, Event, Participation
from casemgr.pages.forms import DateField
from reconsideration import guards
from reconsideration.actions.base import ReconsiderationAction
from reconsideration.actions.papers import PaperAction, PaperDayForm
from reconsideration.aftermath.enforcement import AGAINST, route_of, silent_parties
from reconsideration.aftermath.pending import Pending, unperformed
from reconsideration.aftermath.terms import EnforcementWay, Enforcer

PRESSED = ("SERVED", "PERFORMING", "MEDIATED", "PERFORMED", "DISMISSED", "TERMINATED")
"""An opinion letter may stay unperformed in a case whose own decision asks for nothing."""


# Reconsideration Law 2023, art. 77(2): 不履行或者无正当理由拖延履行
something_is_unperformed = Guard(
    "nothing-unperformed",
    "77(2)",
    gettext_lazy(
        "Nothing is past its day: every duty is performed or its term still runs. "
        "Enter the duties under “Supervise performance” if they are missing."
    ),
    lambda case, data, today: bool(unperformed(case, today)),
)
MAY_PRESS = (something_is_unperformed, guards.not_before("decided", "mediated", "opinion_letter_served"))
"""Without which no order, interview or criticism is lawful."""


class OrderForm(PaperDayForm):
    """`what` is the subject of a duty, of the new act or of an opinion letter."""

    due_on = DateField(label=gettext_lazy("Performance due on"))
    what = forms.CharField(max_length=40)

    def clean_due_on(self) -> date:
        due = self.cleaned_data["due_on"]
        if due < self.today:
            raise forms.ValidationError(_("The term of an order lies ahead. Enter a day that is not past."))
        return due

    def clean_what(self) -> str:
        self.pending: Pending | None = next(
            (one for one in unperformed(self.subject, self.today) if one.subject == self.cleaned_data["what"]), None
        )
        if self.pending is None:
            raise forms.ValidationError(_("This is performed, or its own term still runs."))
        return self.pending.subject


class OrderPerformance(PaperAction):
    """The authority orders performance within a term it sets (art. 77(2)); that day takes the place of the first."""

    name = "reconsideration.order_performance"
    label = gettext_lazy("Order performance")
    form = OrderForm
    states = PRESSED
    event = "performance_ordered"
    guards = MAY_PRESS

    def record_event(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> Event:
        one = context.form.pending
        kept = self.event_data(case, data) | {"due_on": data["due_on"].isoformat(), "duty": one.text}
        return events.record(case, self.event, data["on"], party=one.party, subject=one.subject, **kept)


class InterviewForm(PartyDayForm):
    party_roles: ClassVar = (Participation.Role.RESPONDENT,)

    place = forms.CharField(label=gettext_lazy("Place"), max_length=100)
    interviewed = forms.CharField(label=gettext_lazy("Who was interviewed, with post"), max_length=100)
    interviewers = forms.CharField(label=gettext_lazy("Who held the interview, with post"), max_length=200)
    content = forms.CharField(
        label=gettext_lazy("What was held against it, and what it answered"),
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
    )
    undertaking = forms.CharField(
        label=gettext_lazy("What it undertook to do"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    until = DateField(label=gettext_lazy("Until"), required=False)

    field_order: ClassVar = ["party", "on", "place", "interviewed", "interviewers", "content", "undertaking", "until"]


class RecordInterview(ReconsiderationAction):
    """The respondent's responsible head was interviewed (约谈, art. 77(2)); its record is printed and signed."""

    name = "reconsideration.record_interview"
    label = gettext_lazy("Record an interview")
    form = InterviewForm
    states = PRESSED
    event = "interviewed"
    guards = MAY_PRESS

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        told = {name: data[name] for name in ("place", "interviewed", "interviewers", "content", "undertaking")}
        until = {"until": data["until"].isoformat()} if data.get("until") else {}
        return super().event_data(case, data) | told | until


class CriticismForm(PaperDayForm):
    organ = forms.CharField(max_length=120)


class Criticise(PaperAction):
    """Public criticism of a respondent that does not perform (通报批评, art. 77(2))."""

    name = "reconsideration.criticise"
    label = gettext_lazy("Criticise publicly")
    form = CriticismForm
    states = PRESSED
    event = "criticised"
    guards = MAY_PRESS

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().event_data(case, data) | {"organ": data["organ"]}


class EnforcementForm(PartyDayForm):
    """Against whom, by whom, on which way; proposed from the outcome."""

    party_roles: ClassVar = AGAINST

    enforcer = forms.ChoiceField(label=gettext_lazy("Who enforces"), choices=Enforcer.choices)
    way = forms.ChoiceField(
        label=pgettext_lazy("enforcement", "How"), choices=EnforcementWay.choices, initial=EnforcementWay.COURT
    )
    court = forms.CharField(label=gettext_lazy("Court"), required=False, max_length=60)
    court_number = forms.CharField(label=gettext_lazy("Court case number"), required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if route := route_of(self.subject):
            self.fields["enforcer"].initial = route.enforcer

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("way") == EnforcementWay.COURT and not data.get("court"):
            self.add_error("court", _("Enter the court that is applied to."))
        return data


def _the_route_is_lawful(case: Case, data: Mapping[str, Any] | None, today: date) -> bool:
    route = route_of(case)
    return route is None or bool(route.note) or data["enforcer"] == route.enforcer


class RecordEnforcement(ReconsiderationAction):
    """An applicant or third party neither sued in time nor performs (art. 78)."""

    name = "reconsideration.record_enforcement"
    label = gettext_lazy("Record the enforcement against a party")
    form = EnforcementForm
    states = ("SERVED", "PERFORMING", "PERFORMED", "MEDIATED")
    event = "enforcement_applied"
    guards = (
        Guard(
            "no-route",
            "78",
            gettext_lazy("With this outcome nothing is enforced against an applicant or third party."),
            lambda case, data, today: route_of(case) is not None,
        ),
        Guard(
            "may-still-sue",
            "78",
            gettext_lazy("The time to sue of this party is not over, or it has sued: nothing is enforced yet."),
            lambda case, data, today: data["party"].pk in {one.party_id for one in silent_parties(case, today)},
            field="party",
            needs_data=True,
        ),
        Guard(
            "other-route",
            "78",
            gettext_lazy("For this outcome the article names another organ."),
            _the_route_is_lawful,
            field="enforcer",
            needs_data=True,
        ),
        guards.not_before("decided", "mediated"),
    )

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        told = {name: data[name] for name in ("enforcer", "way", "court", "court_number") if data.get(name)}
        return super().event_data(case, data) | told


PRESSING = (OrderPerformance, RecordInterview, Criticise, RecordEnforcement)
