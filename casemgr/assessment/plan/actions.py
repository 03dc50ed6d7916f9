"""A plan is entered by the bureau or copied from the year before; units report, the bureau judges."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.outbox import tell
from casemgr.actions.perform import perform
from casemgr.actions.records import ByRole, EnterAction, RecordAction, take
from casemgr.assessment.models import ClauseReport, PlanClause, YearPlan
from casemgr.assessment.models.plan import ClauseState
from casemgr.assessment.plan import forms
from casemgr.assessment.plan.copying import copy_clauses, targets_to_copy
from casemgr.assessment.plan.files import keep_files
from casemgr.assessment.roles import OFFICE, answers_for, is_office
from casemgr.indicators.targets import SetTarget

S = ClauseState
CLAUSE = ("number", "text", "unit", "indicator", "measured", "due_on")


class EnterPlan(ByRole, EnterAction):
    """An empty plan of a year, to be filled clause by clause."""

    name = "plan.enter"
    label = gettext_lazy("Enter a plan")
    roles = OFFICE
    form = forms.NewPlanForm
    makes, columns = YearPlan, ("year", "title", "basis")


class _PlanStep(ByRole, RecordAction):
    model: ClassVar = YearPlan
    roles = OFFICE

    def is_visible(self, subject: YearPlan, actor: Any, today: date) -> bool:
        return True


class EditPlan(_PlanStep):
    """Another title, or the document that sets it now."""

    name = "plan.edit"
    label = gettext_lazy("Change the head of the plan")
    form = forms.EditPlanForm
    columns = ("title", "basis")


class CopyPlan(_PlanStep):
    """A plan of a later year with the same clauses, their days moved, and the targets that year has not set yet."""

    name = "plan.copy"
    label = gettext_lazy("Copy into the next year")
    consequence = gettext_lazy(
        "All clauses are copied and stand as under way, their days moved by the years between. Targets of their "
        "indicators are copied where the year has none yet."
    )
    form = forms.CopyPlanForm

    def form_values(self, subject: YearPlan, at: Any) -> Mapping[str, Any]:
        following = subject.year + 1
        return {
            "year": following,
            "title": subject.title.replace(str(subject.year), str(following)),
            "basis": subject.basis,
        }

    def execute(self, subject: YearPlan, data: Mapping[str, Any], context: ActionContext) -> YearPlan:
        plan = YearPlan(copied_from=subject)
        take(plan, data, ("year", "title", "basis"))
        plan.save()
        copy_clauses(subject, plan)
        for target in targets_to_copy(subject, plan):
            sent = {"indicator": target.indicator, "year": plan.year, "value": target.value, "reason": plan.basis}
            perform(SetTarget.name, None, sent, context.actor, context.today)
        return plan


class AddClause(_PlanStep):
    name = "plan.add_clause"
    label = gettext_lazy("Add a clause")
    form = forms.ClauseForm
    primary = 10

    def form_values(self, subject: YearPlan, at: Any) -> Mapping[str, Any]:
        return {}

    def change(self, plan: YearPlan, data: Mapping[str, Any], context: ActionContext) -> None:
        last = plan.clauses.aggregate(last=Max("order"))["last"] or 0
        clause = PlanClause(plan=plan, order=last + 1)
        take(clause, data, CLAUSE)
        clause.save()


class _ClauseStep(ByRole, RecordAction):
    model: ClassVar = PlanClause
    roles = OFFICE


class EditClause(_ClauseStep):
    name = "clause.edit"
    label = gettext_lazy("Change the clause")
    form = forms.ClauseForm
    states = (S.OPEN, S.REPORTED)
    columns = CLAUSE


class ReportClause(_ClauseStep):
    """The unit says what was done; the bureau may enter it for a unit without an account."""

    name = "clause.report"
    label = gettext_lazy("Report on the clause")
    form = forms.ReportForm
    primary, transition = 50, "report"

    def is_permitted(self, subject: PlanClause, actor: Any, today: date) -> bool:
        return is_office(actor, today) or answers_for(actor, subject.unit_id, today)

    def form_values(self, subject: PlanClause, at: Any) -> Mapping[str, Any]:
        return {}

    def change(self, clause: PlanClause, data: Mapping[str, Any], context: ActionContext) -> None:
        report = ClauseReport.objects.create(
            clause=clause, on=context.today, text=data["text"], reported_by=context.actor
        )
        keep_files(data["files"], context, report=report)


class JudgeClause(_ClauseStep):
    """Done, not done, or back to the unit; never by whoever reported it."""

    name = "clause.judge"
    label = pgettext_lazy("clause", "Judge")
    form = forms.JudgeForm
    states = (S.OPEN, S.REPORTED)

    def priority(self, subject: PlanClause) -> int:
        return 60 if subject.state == S.REPORTED else 0

    def form_values(self, subject: PlanClause, at: Any) -> Mapping[str, Any]:
        return {}

    def is_permitted(self, subject: PlanClause, actor: Any, today: date) -> bool:
        if not super().is_permitted(subject, actor, today):
            return False
        latest = subject.latest_report
        return subject.state != S.REPORTED or latest is None or latest.reported_by_id != actor.pk

    def guard_refusals(self, subject: PlanClause, data: Mapping | None, today: date) -> list[Refusal]:
        if subject.state == S.OPEN and not subject.indicator and today <= subject.due_on:
            return [Refusal("not-reported", _("The unit has not reported yet, and its day has not passed."))]
        return []

    def change(self, clause: PlanClause, data: Mapping[str, Any], context: ActionContext) -> None:
        moves = {"met": clause.accept, "unmet": clause.fail, "back": clause.give_back}
        moves[data["verdict"]]()
        clause.judged_by, clause.judged_on, clause.judgement = context.actor, context.today, data["judgement"]
        latest = clause.latest_report
        if latest is not None:
            told = {"clause": str(clause), "result": clause.state, "why": data["judgement"]}
            tell("clause_judged", [latest.reported_by_id], subject=clause, **told)


class DropClause(_ClauseStep):
    """The plan was changed: the clause asks nothing any more."""

    name = "clause.drop"
    label = gettext_lazy("Drop the clause")
    form = forms.ReasonForm
    transition = "drop"

    def change(self, clause: PlanClause, data: Mapping[str, Any], context: ActionContext) -> None:
        clause.judged_by, clause.judged_on, clause.judgement = context.actor, context.today, data["reason"]


class ReopenClause(_ClauseStep):
    """Judged or dropped too early."""

    name = "clause.reopen"
    label = gettext_lazy("Reopen the clause")
    form = forms.ReasonForm
    transition = "reopen"

    def change(self, clause: PlanClause, data: Mapping[str, Any], context: ActionContext) -> None:
        clause.judged_by, clause.judged_on, clause.judgement = None, None, ""


ACTIONS = (
    *(EnterPlan, EditPlan, CopyPlan, AddClause),
    *(EditClause, ReportClause, JudgeClause, DropClause, ReopenClause),
)
