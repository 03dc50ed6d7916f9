"""Execution by the court, in both directions (Litigation Law, art. 95–97; Interpretation 2018, art. 152–154)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.computed_days import strike
from casemgr.cases.day_forms import DayForm
from casemgr.cases.models import Case, Participation
from casemgr.pages.forms import DateField, Form, MoneyField, SeveralRowsField
from litigation.actions.base import LitigationAction
from litigation.actions.performance import OPEN, PerformanceAction, enter_performance
from litigation.actions.performance_forms import obligation_label
from litigation.actions.retrial import side_instance
from litigation.court_numbers import parse
from litigation.executing import FINE_FROM, FINE_TO, MONEY, executions_of
from litigation.file_kinds import ONLY_SUITS
from litigation.following import SIDES, follow
from litigation.models import Execution, ExecutionStep, LitigationCase, Obligation
from litigation.obligations import is_enforceable, obligations_of, open_amount, owed
from litigation.registration.known import refuse_registered
from litigation.roles import BOTH, LIAISON
from litigation.terms import Direction, Level, Measure, RulingMatter


def enforceable(case: Case) -> list[Obligation]:
    """What is owed by a paper that a court enforces."""
    return [one for one in owed(case) if is_enforceable(one.ruling)]


class OwedForm(DayForm):
    """About some of the obligations that are owed: all of them unless said otherwise."""

    obligations = SeveralRowsField(Obligation.objects.none(), label=gettext_lazy("For what"))
    applicant = forms.ModelChoiceField(Participation.objects.none(), label=gettext_lazy("Who applied"), required=False)
    court = forms.CharField(label=gettext_lazy("Court"), max_length=80)
    claimed_yuan = MoneyField(label=gettext_lazy("Claimed, in yuan"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {one.pk: one for one in enforceable(self.subject)}
        field = self.fields["obligations"]
        field.queryset = Obligation.objects.filter(pk__in=self.rows)
        field.label_from_instance = lambda one: obligation_label(self.rows[one.pk])
        parts = self.subject.participations.filter(left_on__isnull=True, role__in=SIDES).select_related("party")
        self.fields["applicant"].queryset = parts
        self.fields["applicant"].label_from_instance = lambda part: part.with_role
        if not self.is_bound:
            field.initial = list(self.rows)
            creditors = {one.creditor_id for one in self.rows.values() if one.creditor_id}
            self.fields["applicant"].initial = creditors.pop() if len(creditors) == 1 else None

    def clean_obligations(self) -> list[Obligation]:
        """The rows with their names."""
        return [self.rows[one.pk] for one in self.cleaned_data["obligations"]]


class OpenExecutionForm(OwedForm):
    court_number = forms.CharField(
        label=gettext_lazy("Execution number"),
        max_length=80,
        help_text=gettext_lazy("As the court writes it."),
    )
    direction = forms.ChoiceField(label=gettext_lazy("Direction"), choices=Direction.choices, required=False)
    applied_on = DateField(label=gettext_lazy("Applied for on, if before"), required=False)
    interest_yuan = MoneyField(
        label=gettext_lazy("Interest for delay claimed, in yuan"),
        required=False,
        help_text=gettext_lazy("As the court or the applicant counts it (Civil Procedure Law, article 264)."),
    )
    resumes = forms.ModelChoiceField(
        Execution.objects.none(), label=gettext_lazy("Resumes the execution"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Filed by the court on")
        ended = [one.pk for one in executions_of(self.subject) if not one.is_open]
        self.fields["resumes"].queryset = Execution.objects.filter(pk__in=ended).select_related("in_instance")
        if not ended:
            del self.fields["resumes"]
        self.fields["direction"].choices = [("", _("As the obligations say")), *Direction.choices]
        self.order_fields(["court_number", "court", "on", "applied_on", "applicant", "direction", "obligations"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        written = data.get("court_number") or ""
        number = parse(written)
        if not refuse_registered(self, written) and (
            number is not None and number.level not in (Level.EXECUTION, Level.RESUMED)
        ):
            self.add_error("court_number", _("This is not the number of an execution (执, 执恢)."))
        is_resumed = number is not None and number.level == Level.RESUMED
        data["level"] = Level.RESUMED if is_resumed or data.get("resumes") else Level.EXECUTION
        if data.get("applied_on") and data.get("on") and data["applied_on"] > data["on"]:
            self.add_error("applied_on", _("It cannot be after the court filed it. Check both dates."))
        rows = data.get("obligations") or []
        is_act = any(one.ruling.matter == RulingMatter.ENFORCE for one in rows)
        by_agency = any(one.creditor is not None and one.creditor.party.kind == "agency" for one in rows)
        proposed = Direction.AGENCY_APPLIES if by_agency else Direction.AGENCY_OWES
        if is_act:
            proposed = Direction.NON_LITIGATION
        data["direction"] = data.get("direction") or (proposed)
        return data


class StepForm(DayForm):
    execution = forms.ModelChoiceField(Execution.objects.none(), label=gettext_lazy("Execution"))
    kind = forms.ChoiceField(label=gettext_lazy("What happened"), choices=Measure.choices)
    amount_yuan = MoneyField(label=gettext_lazy("Amount in yuan"), required=False)
    interest_yuan = MoneyField(label=gettext_lazy("Of it interest, in yuan"), required=False)
    daily_yuan = MoneyField(label=gettext_lazy("Fine: yuan a day"), required=False)
    days = forms.IntegerField(label=gettext_lazy("Fine: days"), min_value=1, max_value=3650, required=False)
    person = forms.CharField(label=gettext_lazy("Whom it concerns"), max_length=60, required=False)
    text = forms.CharField(
        label=gettext_lazy("Terms, number of the paper, reasons"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    is_performed = forms.BooleanField(
        label=gettext_lazy("The notice says that all was carried out: the obligations are performed"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = executions_of(self.subject)
        self.fields["execution"].queryset = Execution.objects.filter(pk__in=[one.pk for one in found]).select_related(
            "in_instance"
        )
        if found and not self.is_bound:
            self.fields["execution"].initial = found[-1].pk
        self.order_fields(["execution", "kind", "on"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        kind, amount, interest = data.get("kind"), data.get("amount_yuan"), data.get("interest_yuan")
        if kind in MONEY and not amount and "amount_yuan" not in self.errors:
            self.add_error("amount_yuan", _("Enter the amount that came in."))
        if amount is not None and interest is not None and interest > amount:
            self.add_error("interest_yuan", _("The interest is part of the amount and cannot be more."))
        if kind == Measure.DAILY_FINE:
            self._check_fine(data)
        if kind in (Measure.SETTLEMENT, Measure.CLOSED, Measure.ENDED_ROUND) and not data.get("text"):
            self.add_error("text", _("Enter the terms, or the number of the court's paper."))
        if data.get("is_performed") and kind != Measure.CLOSED:
            self.add_error("is_performed", _("Only the notice that closes the execution says so."))
        return data

    def _check_fine(self, data: dict[str, Any]) -> None:
        daily = data.get("daily_yuan")
        if daily is None or not FINE_FROM <= daily <= FINE_TO:
            self.add_error("daily_yuan", _("The fine is 50 to 100 yuan a day (Litigation Law, article 96)."))
        if not data.get("person"):
            self.add_error("person", _("The fine is on the head: enter the name."))
        if daily is not None and data.get("days"):
            data["amount_yuan"] = daily * data["days"]


something_is_enforceable = Guard(
    "nothing-enforceable",
    "95",
    gettext_lazy("Nothing is owed by a paper that a court enforces."),
    lambda case, data, today: bool(enforceable(case)),
)
execution_is_known = Guard(
    "no-execution",
    "",
    gettext_lazy("No execution is recorded."),
    lambda case, data, today: bool(executions_of(case)),
)


class ApplyEnforcement(PerformanceAction):
    """The creditor applied to the court; the number comes later."""

    name = "litigation.apply_enforcement"
    file_kinds: ClassVar = ONLY_SUITS
    label = gettext_lazy("Record that enforcement was applied for")
    form = OwedForm
    guards = (something_is_enforceable,)

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        _applied(case, data["obligations"], data["on"], data)


def _applied(case: Case, rows: list[Obligation], on: date, data: Mapping[str, Any]) -> None:
    """One entry for each obligation: each has two years of its own."""
    applicant = data["applicant"].name if data.get("applicant") else ""
    for one in rows:
        events.record(case, "enforcement_applied", on, subject=one.subject, what=one.text, applicant=applicant,
                      court=data["court"])  # fmt: skip


class OpenExecution(PerformanceAction):
    """The court filed an execution under a number of its own, or resumed one."""

    name = "litigation.open_execution"
    label = gettext_lazy("Open an execution")
    roles = BOTH
    form = OpenExecutionForm
    guards = (something_is_enforceable,)
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Remove the execution, as long as nothing is recorded in it.")

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        rows = data["obligations"]
        earlier = rows[0].ruling.in_instance
        instance = side_instance(case, data["level"], data["court"], data["court_number"], earlier)
        execution = Execution.objects.create(
            in_instance=instance,
            direction=data["direction"],
            applicant=data["applicant"],
            resumes=data.get("resumes"),
            claimed_yuan=data["claimed_yuan"],
            interest_yuan=data["interest_yuan"],
        )
        execution.obligations.set(rows)
        known = {fact.subject for fact in events.facts_of(case) if fact.kind == "enforcement_applied"}
        _applied(case, [one for one in rows if one.subject not in known], data.get("applied_on") or data["on"], data)
        events.record(case, "execution_opened", data["on"], subject=instance.subject, number=data["court_number"],
                      court=data["court"], direction=data["direction"])  # fmt: skip


class RecordStep(LitigationAction):
    """A measure, payment, settlement or end of an execution. Only what came in, or a closing notice that says so,
    performs anything; that a round of execution ended never does."""

    name = "litigation.execution_step"
    label = gettext_lazy("Record a step of an execution")
    primary = 42
    states = OPEN
    form = StepForm
    guards = (execution_is_known,)

    def priority(self, subject: LitigationCase) -> int:
        return self.primary if subject.state == "ENFORCED" else 0

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        execution: Execution = data["execution"]
        names = ("kind", "on", "amount_yuan", "interest_yuan", "daily_yuan", "days", "person", "text")
        step = ExecutionStep.objects.create(execution=execution, **{name: data[name] for name in names})
        amount = {"amount": f"{step.amount_yuan:.2f}"} if step.amount_yuan is not None else {}
        told = " ".join(filter(None, (step.person, step.text)))
        kept = {"step": step.pk, "measure": step.kind, "told": told, **amount}
        events.record(subject, "execution_step", step.on, subject=execution.subject, **kept)
        self._perform(subject, execution, step, is_performed=data["is_performed"])
        follow(subject, context.today)
        settle(subject, context.today)
        return subject

    @staticmethod
    def _perform(case: Case, execution: Execution, step: ExecutionStep, *, is_performed: bool) -> None:
        """What came in pays the obligations in their order; a notice that all was carried out performs the rest."""
        ids = set(execution.obligations.values_list("pk", flat=True))
        rows = [one for one in obligations_of(case) if one.pk in ids and not one.is_settled]
        proof = f"{execution} {step.get_kind_display()} {step.text}"[:300]
        if step.kind in MONEY:
            left = step.amount_yuan - (step.interest_yuan or Decimal(0))
            for one in rows:
                part = min(left, open_amount(one))
                if part > 0:
                    enter_performance(case, one, step.on, part, proof=proof)
                    left -= part
        elif is_performed:
            for one in rows:
                amount = open_amount(one) if one.amount_yuan is not None else None
                enter_performance(case, one, step.on, amount, proof=proof)


class RemovalForm(Form):
    wants_context = True

    execution = forms.ModelChoiceField(Execution.objects.none(), label=gettext_lazy("Execution"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, subject: Case, actor: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["execution"].queryset = Execution.objects.filter(
            in_instance__case_id=subject.pk, steps=None, resumed_by=None
        ).select_related("in_instance")


class RemoveExecution(PerformanceAction):
    """An execution entered by mistake, in which nothing happened: its number is free again."""

    name = "litigation.remove_execution"
    label = gettext_lazy("Remove an execution entered by mistake")
    topic = Topic.CORRECTION
    roles = LIAISON
    form = RemovalForm
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Open the execution again.")
    guards = (execution_is_known,)

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        execution = data["execution"]
        opened = [f for f in events.facts_of(case) if f.subject == execution.subject and f.kind == "execution_opened"]
        steps = {fact.root.step_id for fact in opened}
        for fact in events.facts_of(case):
            if fact in opened or (fact.kind == "enforcement_applied" and fact.root.step_id in steps):
                strike(case, fact, data["reason"])
        instance = execution.in_instance
        execution.delete()
        instance.delete()
        if case.state == "ENFORCED" and not any(one.is_open for one in executions_of(case)):
            case.leave_execution()


ENFORCEMENT = (ApplyEnforcement, OpenExecution, RecordStep, RemoveExecution)
