"""What issuing or serving a paper does to the case. Documents perform these; no page offers them directly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from casemgr.cases.day_forms import DayForm, PartyDayForm
from casemgr.pages.forms import DateField, MoneyField
from reconsideration import decision_guards, guards
from reconsideration.actions.base import ReconsiderationAction, parties_to_serve, served_parties
from reconsideration.committee.guards import committee_is_heard
from reconsideration.hearings import guards as hearing_guards
from reconsideration.terms import Outcome, RefusalGround


class PaperDayForm(DayForm):
    """`document` is the id of the paper whose issue or service this is."""

    document = forms.IntegerField(required=False, widget=forms.HiddenInput)


class PaperServedForm(PartyDayForm):
    """`on` is the day service took effect for the party."""

    document = forms.IntegerField(required=False, widget=forms.HiddenInput)


class PaperAction(ReconsiderationAction):
    listed, nested_only = False, True
    form = PaperDayForm


class ServedAction(PaperAction):
    form = PaperServedForm


class CorrectionNoticeForm(PaperDayForm):
    """The items come from the notice's own form: every missing item at once (art. 31(1))."""

    items = forms.CharField(widget=forms.Textarea)
    term_days = forms.IntegerField(required=False, min_value=10, max_value=60)


class AskCorrection(PaperAction):
    """The correction notice is issued: within five working days, all items at once (art. 31(1))."""

    name = "reconsideration.ask_correction"
    label = gettext_lazy("Ask for correction")
    form = CorrectionNoticeForm
    transition, event = "ask_correction", "correction_notice_issued"
    guards = (guards.one_correction_only, guards.not_before("received"), guards.within_review_period)

    def record_facts(self, case, data, context) -> None:
        items = [line.strip() for line in data["items"].splitlines() if line.strip()]
        self.set_facts(case, correction_items=items, correction_term_days=data.get("term_days"))


class CorrectionServed(ServedAction):
    """Service on the applicant starts the ten working days (art. 31(2))."""

    name = "reconsideration.correction_served"
    label = gettext_lazy("Correction notice served")
    event = "correction_notice_served"
    guards = (guards.not_before("correction_notice_issued"),)


class RefusalForm(PaperDayForm):
    ground = forms.ChoiceField(choices=RefusalGround.choices)
    competent_organ = forms.CharField(required=False, max_length=80)


class Refuse(PaperAction):
    """The refusal is issued: inside the review period, with reasons (art. 30(2))."""

    name = "reconsideration.refuse"
    label = gettext_lazy("Refuse acceptance")
    form = RefusalForm
    transition, event = "refuse", "refused"
    guards = (guards.not_before("received", "corrected"), guards.within_review_period)

    def record_facts(self, case, data, context) -> None:
        case.outcome = Outcome.NOT_ACCEPTED
        self.set_facts(case, refusal_ground=data["ground"], competent_organ=data["competent_organ"])


class RefusalServed(ServedAction):
    """Each receipt starts that party's time to sue (art. 34; Administrative Litigation Law, art. 45)."""

    name = "reconsideration.refusal_served"
    label = gettext_lazy("Refusal served")
    event = "refusal_served"
    guards = (guards.not_before("refused"),)


class SendCopy(PaperAction):
    """The reply notice goes out with the copy: within seven, or three, working days of acceptance (art. 48, 54(1))."""

    name = "reconsideration.send_copy"
    label = gettext_lazy("Send the copy to the respondent")
    transition, event = "send_copy", "copy_sent"
    guards = (guards.not_before("accepted"),)


class CopyServed(ServedAction):
    """Receipt by the respondent starts the reply period (art. 48, 54(1))."""

    name = "reconsideration.copy_served"
    label = gettext_lazy("Reply notice served")
    event = "copy_served"
    guards = (guards.not_before("copy_sent"),)


class DecisionForm(PaperDayForm):
    """What the decision document's own form asked for."""

    outcome = forms.ChoiceField(choices=Outcome.choices)
    approval = forms.CharField(required=False, max_length=120)
    approved_on = DateField(required=False)
    is_not_worse = forms.BooleanField(required=False)
    third_party_evidence = forms.CharField(required=False, max_length=500)
    redo_is_ordered = forms.BooleanField(required=False)
    redo_term_days = forms.IntegerField(required=False, min_value=1, max_value=365)
    performance_duty = forms.CharField(required=False, max_length=1000)
    performance_due_on = DateField(required=False)
    compensation_yuan = MoneyField(required=False)


class Decide(PaperAction):
    """Issuing the decision decides the case (art. 61–72)."""

    name = "reconsideration.decide"
    label = gettext_lazy("Decide")
    form = DecisionForm
    transition, event = "decide", "decided"
    guards = (
        decision_guards.two_try_the_case,
        decision_guards.opinions_are_heard,
        committee_is_heard,
        hearing_guards.mandatory_hearing_is_held,
        hearing_guards.no_hearing_is_pending,
        decision_guards.consent_of_the_authority,
        decision_guards.approved_before_issue,
        decision_guards.not_worse_for_the_applicant,
        decision_guards.missing_reply_is_answered,
        guards.not_before(
            "accepted",
            "copy_sent",
            "opinion_heard",
            "hearing_held",
            "committee_advised",
            "reply_received",
            "reply_missing",
        ),
    )

    def record_facts(self, case, data, context) -> None:
        case.outcome = data["outcome"]
        self.set_facts(
            case,
            redo_is_ordered=data["redo_is_ordered"],
            redo_term_days=data["redo_term_days"],
            performance_duty=data["performance_duty"],
            performance_due_on=data["performance_due_on"],
        )

    def event_data(self, case, data: Mapping[str, Any]) -> dict[str, Any]:
        kept = super().event_data(case, data) | {"outcome": data["outcome"]}
        if data["redo_is_ordered"]:
            kept |= {"redo": True, "redo_term_days": data["redo_term_days"]}
        return kept


class DecisionServed(ServedAction):
    """The decision takes effect for each party on its own receipt (art. 75(2)); with the last one the case is."""

    name = "reconsideration.decision_served"
    label = gettext_lazy("Decision served")
    event = "decision_served"
    guards = (guards.not_before("decided"),)

    def record_event(self, case, data, context):
        event = super().record_event(case, data, context)
        if case.state == "DECIDED" and parties_to_serve(case) <= served_parties(case, self.event):
            case.take_effect()
        return event


PAPERS = (
    AskCorrection,
    CorrectionServed,
    Refuse,
    RefusalServed,
    SendCopy,
    CopyServed,
    Decide,
    DecisionServed,
)
