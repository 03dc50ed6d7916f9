"""What is done for quality: a checklist, a draw, reviews, repairs, the office's rules, model cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.errors import Refusal
from casemgr.actions.records import ByRole, CreateAction, EnterAction, RecordAction, take
from casemgr.cases.about_case import AboutCase
from casemgr.cases.people.standing import has_case_role
from casemgr.cases.procedure import ENDED_STAGES
from reconsideration.models import (
    FileReview,
    ModelCase,
    OfficeRule,
    ReconsiderationCase,
    ReviewChecklist,
    ReviewFinding,
    ReviewRound,
)
from reconsideration.quality.checklist import TOTAL
from reconsideration.quality.drawing import closed_in, draw
from reconsideration.quality.forms import (
    AssignForm,
    ChecklistForm,
    DrawForm,
    EndModelForm,
    EndRuleForm,
    MarkForm,
    RepairForm,
    ResultForm,
    ReviewForm,
    RuleForm,
)
from reconsideration.quality.masked import names_left

HEAD = ("head",)


class NewChecklist(ByRole, CreateAction):
    """A new version of the checklist; rounds that were drawn keep theirs."""

    name = "review.new_checklist"
    label = gettext_lazy("Enter a new version of the checklist")
    roles = HEAD
    form = ChecklistForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> ReviewChecklist:
        newest = ReviewChecklist.objects.first()
        made = ReviewChecklist(number=(newest.number if newest else 0) + 1, items=data["rows"])
        take(made, data, ("title", "from_on", "excellent_from", "passed_from"))
        made.save()
        return made


class Draw(ByRole, CreateAction):
    """Draw the year's sample among the files closed in it; the seed makes it repeatable."""

    name = "review.draw"
    label = gettext_lazy("Draw the sample of a year")
    roles = HEAD
    form = DrawForm
    guards = (
        Guard(
            "drawn-already",
            "",
            gettext_lazy("The sample of this year was drawn already. It is drawn once."),
            lambda subject, data, today: not ReviewRound.objects.filter(year=data["year"]).exists(),
            field="year",
            needs_data=True,
        ),
        Guard(
            "nothing-closed",
            "",
            gettext_lazy("No file was closed in this year: there is nothing to draw from."),
            lambda subject, data, today: bool(closed_in(data["year"])),
            field="year",
            needs_data=True,
        ),
    )

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> ReviewRound:
        population = closed_in(data["year"])
        found = draw(population, data["seed"], data["size"])
        made = ReviewRound(population=len(population), drawn_on=context.today, drawn_by=context.actor)
        take(made, data, ("year", "checklist", "seed", "size"))
        made.save()
        for order, pk in enumerate(found, 1):
            FileReview(round=made, case_id=pk, order=order).save()
        return made


class CloseRound(ByRole, RecordAction):
    """The result of the year is put down when every file of the sample was reviewed."""

    name = "review.close"
    label = gettext_lazy("Put down the result of the year")
    model: ClassVar = ReviewRound
    roles = HEAD
    form = ResultForm
    primary = 40

    def state_refusal(self, subject: ReviewRound, today: date) -> Refusal | None:
        if subject.closed_on:
            return Refusal("closed", _("The result of this year was put down already."))
        left = subject.reviews.filter(reviewed_on__isnull=True).count()
        if left:
            return Refusal("files-left", _("%(count)s files of the sample are not reviewed yet.") % {"count": left})
        return None

    def change(self, subject: ReviewRound, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.result, subject.closed_on = data["result"], context.today


def handled_by(case: Any) -> set[int]:
    """Ids of who handles the case, and of who led it before."""
    led = set(case.history.values_list("lead_handler_id", flat=True))
    return (led | {case.lead_handler_id, *case.further_handlers.values_list("pk", flat=True)}) - {None}


class _ReviewStep(RecordAction):
    model: ClassVar = FileReview

    def state_refusal(self, subject: FileReview, today: date) -> Refusal | None:
        if subject.round.closed_on:
            return Refusal("closed", _("The result of this year was put down already."))
        return Refusal("reviewed", _("This file has been reviewed.")) if subject.reviewed_on else None


class AssignReviewer(ByRole, _ReviewStep):
    """Who reviews the file: somebody who did not work on it."""

    name = "review.assign"
    label = gettext_lazy("Name the reviewer")
    roles = HEAD
    form = AssignForm
    primary = 30
    guards = (
        Guard(
            "reviewer-is-handler",
            "",
            gettext_lazy("Who handles or handled the case does not review it. Name somebody else."),
            lambda review, data, today: data["reviewer"].pk not in handled_by(review.case),
            field="reviewer",
            needs_data=True,
        ),
    )

    def change(self, subject: FileReview, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.reviewer = data["reviewer"]


class Review(_ReviewStep):
    """The file is reviewed item by item; what is in order is left empty."""

    name = "review.record"
    label = gettext_lazy("Record the review of the file")
    form = ReviewForm
    primary = 40

    def is_permitted(self, subject: FileReview, actor: Any, today: date) -> bool:
        return subject.reviewer_id is not None and subject.reviewer_id == actor.pk

    def change(self, subject: FileReview, data: Mapping[str, Any], context: ActionContext) -> None:
        for code, points, text in data["found"]:
            ReviewFinding(review=subject, item=code, points=points, text=text, repair_by=data["repair_by"]).save()
        subject.score = TOTAL - sum(points for _code, points, _text in data["found"])
        subject.reviewed_on, subject.remark = data["on"], data["remark"]


class Repair(RecordAction):
    """What was found is put right in the file, or noted where nothing can be changed any more."""

    name = "review.repair"
    label = gettext_lazy("Record that it was put right")
    model: ClassVar = ReviewFinding
    form = RepairForm
    primary = 30

    def is_permitted(self, subject: ReviewFinding, actor: Any, today: date) -> bool:
        return has_case_role(actor, ("officer", "head"), subject.review.case, today)

    def state_refusal(self, subject: ReviewFinding, today: date) -> Refusal | None:
        return Refusal("repaired", _("It was put right already.")) if subject.repaired_on else None

    def change(self, subject: ReviewFinding, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.repaired_on, subject.repair = data["on"], data["repair"]


RULE = ("kind", "title", "number", "text", "steps", "from_on")


class EnterRule(ByRole, EnterAction):
    """Enter a rule or form of the office, and which steps it governs."""

    name = "office_rule.enter"
    label = gettext_lazy("Enter a rule or form of the office")
    roles = HEAD
    form = RuleForm
    makes, columns = OfficeRule, RULE


class ReplaceRule(ByRole, RecordAction):
    """A new version: the old one ends the day before, if it has not ended yet, and stays readable."""

    name = "office_rule.replace"
    label = gettext_lazy("Enter a new version")
    model: ClassVar = OfficeRule
    roles = HEAD
    form = RuleForm
    primary = 20
    guards = (
        Guard(
            "version-order",
            "",
            gettext_lazy("A new version begins after the one it replaces. Check the date."),
            lambda rule, data, today: data["from_on"] > rule.from_on,
            field="from_on",
            needs_data=True,
        ),
    )

    def state_refusal(self, subject: OfficeRule, today: date) -> Refusal | None:
        if hasattr(subject, "replaced_by"):
            return Refusal("replaced", _("A newer version replaces this one: change that one."))
        return None

    def change(self, subject: OfficeRule, data: Mapping[str, Any], context: ActionContext) -> None:
        made = OfficeRule(replaces=subject, edition=subject.edition + 1)
        take(made, data, RULE)
        made.save()
        eve = data["from_on"] - timedelta(days=1)
        subject.until_on = min(eve, subject.until_on or eve)


class EndRule(ByRole, RecordAction):
    """The rule or form is no longer used."""

    name = "office_rule.end"
    label = gettext_lazy("End it")
    model: ClassVar = OfficeRule
    roles = HEAD
    form = EndRuleForm

    def state_refusal(self, subject: OfficeRule, today: date) -> Refusal | None:
        return Refusal("ended", _("It has ended already.")) if subject.until_on else None

    def change(self, subject: OfficeRule, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.until_on = data["until_on"]


class MarkModel(AboutCase):
    """Hold a closed case up as a model, told without names."""

    name = "model_case.mark"
    label = gettext_lazy("Mark as a model case")
    model: ClassVar = ReconsiderationCase
    roles = HEAD
    topic: ClassVar = None
    form = MarkForm
    guards = (
        Guard(
            "name-left",
            "",
            gettext_lazy("A model case names no people and no organisations but agencies. Still named:"),
            lambda case, data, today: not names_left(case, *(data[name] for name in MODEL)),
            needs_data=True,
            detail=lambda case, data, today: "、".join(names_left(case, *(data[name] for name in MODEL))),
        ),
    )

    def state_refusal(self, subject: ReconsiderationCase, today: date) -> Refusal | None:
        if subject.stage not in ENDED_STAGES or subject.state == "VOID":
            return Refusal("not-closed", _("Only a closed case can be a model."))
        return Refusal("marked", _("It is marked already.")) if hasattr(subject, "model_case") else None

    def execute(self, subject: Any, data: Mapping[str, Any], context: ActionContext) -> ModelCase:
        made = ModelCase(case_id=subject.pk, marked_on=context.today, marked_by=context.actor)
        take(made, data, MODEL)
        made.save()
        return made


MODEL = ("title", "facts", "reasoning", "meaning")


class EndModel(ByRole, RecordAction):
    """It is no model any more: the law changed, or a court saw it otherwise."""

    name = "model_case.end"
    label = gettext_lazy("No model any more")
    model: ClassVar = ModelCase
    roles = HEAD
    form = EndModelForm

    def state_refusal(self, subject: ModelCase, today: date) -> Refusal | None:
        return Refusal("ended", _("It has ended already.")) if subject.ended_on else None

    def change(self, subject: ModelCase, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.ended_on, subject.end_reason = context.today, data["end_reason"]


ACTIONS = (
    *(NewChecklist, Draw, CloseRound, AssignReviewer, Review, Repair),
    *(EnterRule, ReplaceRule, EndRule, MarkModel, EndModel),
)
