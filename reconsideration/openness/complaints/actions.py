"""From the complaint to its answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.outbox import NoticeKind, tell
from casemgr.actions.records import CreateAction, RecordAction, take
from casemgr.calendar.current import current_calendar
from casemgr.cases.models import Case
from casemgr.numbering.series import Series, allocate, declare
from casemgr.organisation.models import RoleAssignment, Unit
from casemgr.organisation.roles import SYSTEM
from casemgr.organisation.scope import scope
from reconsideration.models import HandlingComplaint
from reconsideration.openness.codes import secrets
from reconsideration.openness.complaints.forms import AnswerForm, GiveForm, LodgeForm, PassOnForm, StrikeForm
from reconsideration.openness.roles import holds

SERIES = declare(
    Series("reconsideration.complaint", gettext_lazy("Complaints about the office"), "达政复诉〔{year}〕{number}号")
)
TAKING = ("officer", "head", "leader")
GIVING = ("head", "leader")
NOTICES = (
    NoticeKind(
        "complaint_received",
        gettext_lazy("Complaint about the office"),
        lambda data: _("Complaint %(number)s about the office came in. Give it to somebody to look into.") % data,
    ),
    NoticeKind(
        "complaint_given",
        gettext_lazy("Complaint to look into"),
        lambda data: _("Complaint %(number)s was given to you. Answer it by %(day)s.") % data,
    ),
    NoticeKind(
        "complaint_due",
        gettext_lazy("Complaint to be answered"),
        lambda data: _("Complaint %(number)s is to be answered by %(day)s.") % data,
        is_urgent=True,
    ),
)


def answer_by(received_on: date) -> date:
    """The office's own promise; no statute names a number of days."""
    return current_calendar().add_working_days(received_on, settings.COMPLAINT_ANSWER_DAYS)


def heads_of(unit: Unit, today: date) -> list[int]:
    held = RoleAssignment.objects.in_force(today).filter(role="head", unit=unit)
    return list(held.values_list("user_id", flat=True).distinct())


class Lodge(CreateAction):
    """Taken from the public page (by SYSTEM), or entered by the office. The code for the answer is told once."""

    name = "complaint.lodge"
    label = gettext_lazy("Enter a complaint about the office")
    form = LodgeForm

    def is_permitted(self, subject: None, actor: Any, today: date) -> bool:
        return SYSTEM in actor.role_codes(today) or scope(actor, today).has_role(TAKING, "reconsideration")

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> HandlingComplaint:
        is_public, secret = context.actor.pk is None, secrets.make()
        complaint = HandlingComplaint(
            unit=data["unit"],
            source=HandlingComplaint.Source.PUBLIC if is_public else HandlingComplaint.Source.OFFICE,
            received_on=data["received_on"],
            due_on=answer_by(data["received_on"]),
            code_digest=secrets.code_digest("complaint", secret),
        )
        take(complaint, data, ("matter", "text", "told_number"))
        if not is_public and complaint.told_number:
            seen = Case.objects.visible_to(context.actor, context.today).filter(procedure="reconsideration")
            complaint.case = seen.filter(number=complaint.told_number).first()
        complaint.number = allocate(SERIES.code, context.today)
        complaint.save()
        complaint.secret = secret
        people = heads_of(complaint.unit, context.today)
        tell("complaint_received", people, subject=complaint, once=f"complaint:{complaint.pk}", number=str(complaint))
        return complaint


class _Step(RecordAction):
    model: ClassVar = HandlingComplaint
    roles = GIVING

    def is_permitted(self, subject: HandlingComplaint, actor: Any, today: date) -> bool:
        return holds(actor, self.roles, subject.unit_id, today)


def _handles(case: Case | None, person_id: int | None) -> bool:
    """Whether the person is among those who handle the case."""
    if case is None or person_id is None:
        return False
    return case.lead_handler_id == person_id or case.further_handlers.filter(pk=person_id).exists()


def _is_another(subject: HandlingComplaint, data: Mapping[str, Any] | None, today: date) -> bool:
    return not _handles((data or {}).get("found_case") or subject.case, (data or {})["handler"].pk)


not_the_handler = Guard(
    "handles-the-case",
    gettext_lazy("Reconsideration Law, art. 3"),
    gettext_lazy("This person handles the case the complaint is about. Choose somebody else."),
    _is_another,
    field="handler",
    needs_data=True,
)
still_another = Guard(
    "handles-the-case",
    gettext_lazy("Reconsideration Law, art. 3"),
    gettext_lazy("Whoever looks into it has become a handler of the case. Give the complaint to somebody else."),
    lambda subject, data, today: not _handles(subject.case, subject.handler_id),
)


class _GiveForm(GiveForm):
    """Hands the case that was found on to the guard."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "case_number" in data:
            data["found_case"] = self.found_case
        return data


class Give(_Step):
    """To somebody who does not handle the case."""

    name = "complaint.give"
    label = gettext_lazy("Give it to somebody to look into")
    form = _GiveForm
    primary, transition = 50, "give"
    guards = (not_the_handler,)

    def change(self, subject: HandlingComplaint, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.handler, subject.case = data["handler"], data["found_case"]
        tell(
            "complaint_given",
            [subject.handler_id],
            subject=subject,
            once=f"complaint:{subject.pk}:{subject.handler_id}",
            number=str(subject),
            day=subject.due_on.isoformat(),
        )


class AnswerComplaint(_Step):
    """By whoever looked into it."""

    name = "complaint.answer"
    label = gettext_lazy("Answer")
    form = AnswerForm
    primary, transition = 60, "answer"
    guards = (still_another,)

    def is_permitted(self, subject: HandlingComplaint, actor: Any, today: date) -> bool:
        return actor.pk is not None and actor.pk == subject.handler_id

    def change(self, subject: HandlingComplaint, data: Mapping[str, Any], context: ActionContext) -> None:
        take(subject, data, ("finding", "answer_text"))
        subject.answered_on = context.today


class PassOn(_Step):
    """It is another organ's matter; whoever has the code reads to whom it went."""

    name = "complaint.pass_on"
    label = gettext_lazy("Pass on to another organ")
    form = PassOnForm
    transition = "pass_on"

    def change(self, subject: HandlingComplaint, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.organ, subject.answered_on = data["organ"], context.today


class Strike(_Step):
    """Sent twice, or empty. Its number stays used."""

    name = "complaint.strike"
    label = gettext_lazy("Strike")
    form = StrikeForm
    transition = "strike"

    def change(self, subject: HandlingComplaint, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.strike_reason = data["reason"]


ACTIONS = (Lodge, Give, AnswerComplaint, PassOn, Strike)

__all__ = ["ACTIONS", "NOTICES", "answer_by", "heads_of"]
