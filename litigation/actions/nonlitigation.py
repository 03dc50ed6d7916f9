"""Non-litigation enforcement of an act, step by step (Administrative Compulsion Law, art. 53–60)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.day_forms import DayForm, PostedDayForm, posted
from casemgr.cases.day_guards import not_before
from casemgr.cases.models import Case, Participation
from casemgr.pages.dates import long_date
from litigation.actions.base import LitigationAction
from litigation.actions.retrial import side_instance
from litigation.following import follow
from litigation.models import Instance, LitigationCase, Obligation, Ruling
from litigation.obligations import obligations_of
from litigation.registration.enforcement import EnforcementForm, register_enforcement
from litigation.registration.known import refuse_registered
from litigation.roles import BOTH, LIAISON
from litigation.states import PERFORMING
from litigation.terms import FileKind, Level, ObligationKind, Outcome, PaperKind, RulingMatter


class RegisterEnforcement(LitigationAction):
    """Open a file for the enforcement of an act: the three months to apply run from the end of the period to sue."""

    name = "litigation.register_enforcement"
    label = gettext_lazy("Register the enforcement of an act")
    creates = True
    roles = BOTH
    form = EnforcementForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        return register_enforcement(context.form, data, context.actor, context.today)


class EnforcementAction(LitigationAction):
    """A step in a file about the enforcement of an act; in a suit it is not offered."""

    states = PERFORMING
    file_kinds: ClassVar = (FileKind.ENFORCEMENT,)
    form = DayForm

    def subject_of(self, case: Case, data: Mapping[str, Any]) -> str:
        """The whole file: it has one application."""
        return ""


def _last(case: Case, *kinds: str) -> events.Fact | None:
    return events.last_of(events.facts_of(case), *kinds)


class PeriodOver(EnforcementAction):
    name = "litigation.suing_period_over"
    label = gettext_lazy("Record that the period to attack the act is over")
    event = "suing_period_expired"
    guards = (
        Guard(
            "period-known",
            "",
            gettext_lazy("It is recorded already: correct the date in the course of the case."),
            lambda case, data, today: _last(case, "suing_period_expired") is None,
        ),
        not_before("act_made"),
    )

    def record_event(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> Any:
        return events.record(case, self.event, data["on"], party=case.facts.responsible)


class DemandServed(EnforcementAction):
    """Ten working days after its service the agency may apply (art. 54, 69; trap 25)."""

    name = "litigation.demand_served"
    label = gettext_lazy("Record service of the demand letter")
    primary = 50
    event = "demand_served"
    guards = (not_before("act_made"),)

    def priority(self, subject: LitigationCase) -> int:
        return self.primary if _last(subject, "demand_served") is None else 0


def _waiting_until(case: Case) -> date | None:
    """The last of the ten working days after the demand letter."""
    days = [row.due_on for row in case.deadlines.all() if row.rule == "L-NONLIT-DEMAND" and row.due_on]
    return max(days, default=None)


class ApplyForm(PostedDayForm):
    court = forms.CharField(label=gettext_lazy("Court"), max_length=80)


class Apply(EnforcementAction):
    """The agency applies to the court: after the demand letter's ten working days, within three months."""

    name = "litigation.apply_nonlitigation"
    label = gettext_lazy("Record the application for enforcement of the act")
    primary = 48
    form = ApplyForm
    event = "nonlitigation_applied"
    guards = (
        Guard(
            "no-demand",
            gettext_lazy("Administrative Compulsion Law, article 54"),
            gettext_lazy("The party must be demanded in writing first: record service of the demand letter."),
            lambda case, data, today: _last(case, "demand_served") is not None,
        ),
        Guard(
            "demand-running",
            gettext_lazy("Administrative Compulsion Law, articles 54, 69"),
            gettext_lazy("The ten working days after the demand letter are not over. Their last day:"),
            lambda case, data, today: (due := _waiting_until(case)) is None or data["on"] > due,
            field="on",
            needs_data=True,
            detail=lambda case, data, today: long_date(_waiting_until(case)),
        ),
        Guard(
            "may-be-sued",
            gettext_lazy("Administrative Compulsion Law, article 53"),
            gettext_lazy("While the act can still be attacked nothing is enforced: record the end of that period."),
            lambda case, data, today: _last(case, "suing_period_expired") is not None,
        ),
        not_before("suing_period_expired"),
    )

    def priority(self, subject: LitigationCase) -> int:
        is_next = _last(subject, "demand_served") is not None and _last(subject, "nonlitigation_applied") is None
        return self.primary if is_next else 0

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().event_data(case, data), "court": data["court"]}


class CourtForm(DayForm):
    result = forms.ChoiceField(
        label=gettext_lazy("The court"),
        choices=[
            ("nonlitigation_accepted", gettext_lazy("accepts the application")),
            ("nonlitigation_refused", gettext_lazy("does not accept it")),
        ],
        widget=forms.RadioSelect,
    )
    court = forms.CharField(label=gettext_lazy("Court"), max_length=80, required=False)
    court_number = forms.CharField(label=gettext_lazy("Court's number"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("result") == "nonlitigation_accepted":
            for name in ("court", "court_number"):
                if not data.get(name):
                    self.add_error(name, _("Enter court and number under which it is reviewed."))
        refuse_registered(self, data.get("court_number"))
        return data


class CourtAnswer(EnforcementAction):
    """The court accepts or refuses within five working days (art. 56, 69); against a refusal fifteen days."""

    name = "litigation.nonlitigation_answer"
    label = gettext_lazy("Record whether the court accepts the application")
    form = CourtForm
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Correct the instance's number or court instead.")
    guards = (not_before("nonlitigation_applied"),)

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        events.record(subject, data["result"], data["on"])
        if data["result"] == "nonlitigation_accepted":
            instance = side_instance(subject, Level.REVIEW, data["court"], data["court_number"], None)
            kept = {"level": instance.level, "court": instance.court, "number": instance.court_number}
            events.record(subject, "instance_opened", data["on"], subject=instance.subject, **kept)
        settle(subject, context.today)
        return subject


class Object(EnforcementAction):
    """The agency turns to the court above within fifteen days: against not accepting, or against not enforcing."""

    name = "litigation.nonlitigation_object"
    label = gettext_lazy("Record an objection to the court above")
    form = PostedDayForm
    guards = (
        Guard(
            "nothing-refused",
            gettext_lazy("Administrative Compulsion Law, articles 56, 58"),
            gettext_lazy("The court has refused nothing."),
            lambda case, data, today: _last(case, "nonlitigation_refused", "nonlitigation_ruling_served") is not None,
        ),
        not_before("nonlitigation_refused", "nonlitigation_ruling_served"),
    )

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        refused = _last(case, "nonlitigation_refused", "nonlitigation_ruling_served")
        is_early = refused.kind == "nonlitigation_refused"
        kind = "nonlitigation_objected" if is_early else "nonlitigation_enforcement_objected"
        events.record(case, kind, data["on"], **posted(data))


class RuledForm(DayForm):
    result = forms.ChoiceField(
        label=gettext_lazy("The court"),
        choices=[("enforce", gettext_lazy("allows enforcement")), ("not_enforced", gettext_lazy("refuses it"))],
        widget=forms.RadioSelect,
    )
    number = forms.CharField(label=gettext_lazy("Number of the ruling"), required=False, max_length=80)
    text = forms.CharField(
        label=gettext_lazy("What it decides"), required=False, max_length=4000, widget=forms.Textarea({"rows": 3})
    )


def review_of(case: Case) -> Instance | None:
    """The instance in which the application is reviewed."""
    return case.instances.filter(level=Level.REVIEW).order_by("-order").first()


class CourtRuled(EnforcementAction):
    """The court allows enforcement, which makes the act's duty one that executions are about, or refuses it."""

    name = "litigation.nonlitigation_ruled"
    label = gettext_lazy("Record the court's ruling on enforcement of the act")
    form = RuledForm
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Correct the paper instead: every earlier version is kept.")
    guards = (
        Guard(
            "no-review",
            "",
            gettext_lazy("Record first that the court accepted the application."),
            lambda case, data, today: review_of(case) is not None,
        ),
        not_before("nonlitigation_accepted"),
    )

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        instance, is_allowed = review_of(subject), data["result"] == "enforce"
        outcome = Outcome.ENFORCEMENT_ALLOWED if is_allowed else Outcome.ENFORCEMENT_REFUSED
        ruling = Ruling.objects.create(
            in_instance=instance,
            order=instance.rulings.count() + 1,
            kind=PaperKind.RULING,
            matter=RulingMatter.ENFORCE if is_allowed else RulingMatter.NOT_ENFORCED,
            outcome=outcome,
            number=data["number"] or instance.court_number,
            made_on=data["on"],
            text=data["text"],
        )
        instance.outcome, instance.ended_on = outcome, data["on"]
        instance.save()
        subject.outcome = outcome
        events.record(subject, "nonlitigation_ruled", data["on"], result=data["result"], number=ruling.number)
        if is_allowed:
            _owe(subject, ruling)
        follow(subject, context.today)
        settle(subject, context.today)
        return subject


def _owe(case: Case, ruling: Ruling) -> None:
    """The act's duty: for the party that has to perform, to the agency."""
    parts = {part.role: part for part in case.participations.order_by("-order", "-id")}
    amount = case.facts.amount_yuan
    Obligation.objects.create(
        ruling=ruling,
        order=1,
        debtor=parts[Participation.Role.RESPONDENT],
        creditor=parts[Participation.Role.APPLICANT],
        kind=ObligationKind.PAY if amount else ObligationKind.PERFORM,
        text=case.facts.claims[:500],
        amount_yuan=amount,
    )


class RefusalServed(EnforcementAction):
    """The refusal reached the agency: fifteen days to object (art. 58(3))."""

    name = "litigation.nonlitigation_served"
    label = gettext_lazy("Record receipt of the ruling that refuses enforcement")
    event = "nonlitigation_ruling_served"
    guards = (
        Guard(
            "not-refused",
            gettext_lazy("Administrative Compulsion Law, article 58"),
            gettext_lazy("The court has not refused enforcement."),
            lambda case, data, today: (
                (ruled := _last(case, "nonlitigation_ruled")) is not None and ruled.data.get("result") == "not_enforced"
            ),
        ),
        not_before("nonlitigation_ruled"),
    )


class ProofForm(DayForm):
    proof = forms.CharField(label=pgettext_lazy("performance", "Proof"), max_length=300)


class Performed(EnforcementAction):
    """The party performed of its own accord, before the court ruled."""

    name = "litigation.act_performed"
    label = gettext_lazy("Record that the act was performed")
    form = ProofForm
    transition, event = "clear", "performed"
    guards = (
        Guard(
            "owed-by-ruling",
            "",
            gettext_lazy("The court has allowed enforcement: record the performance of what is owed."),
            lambda case, data, today: not obligations_of(case),
        ),
    )

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().event_data(case, data), "proof": data["proof"]}


class EndForm(DayForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}))


class EndEnforcement(EnforcementAction):
    """Nothing is enforced: the court refused for good, the agency withdrew, or the act was revoked."""

    name = "litigation.end_enforcement"
    label = gettext_lazy("End without enforcement")
    roles = LIAISON
    form = EndForm
    transition, event = "end_enforcement", "nothing_to_perform"


NONLITIGATION = (
    RegisterEnforcement,
    PeriodOver,
    DemandServed,
    Apply,
    CourtAnswer,
    Object,
    CourtRuled,
    RefusalServed,
    Performed,
    EndEnforcement,
)
