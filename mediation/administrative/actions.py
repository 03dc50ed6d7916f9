"""Entering what departments mediated, its result, and the case of the same dispute."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.topics import Topic
from casemgr.cases.about_case import AboutCase
from casemgr.cases.models import Case
from casemgr.numbering.series import Series, allocate, declare
from mediation.actions.base import MEDIATOR
from mediation.administrative.forms import LinkForm, NumberForm, RecordForm, ResultForm, StrikeForm
from mediation.administrative.permission import is_liaison, organs_of
from mediation.models import AdministrativeLink, AdministrativeMediation, MediationCase
from mediation.models.administrative import DEPARTMENT
from mediation.organisations.actions.base import CreateAction, RecordAction, take

SERIES = declare(
    Series("mediation.administrative", gettext_lazy("Administrative mediations"), "达行调〔{year}〕{number}号")
)
SAID = ("organ", "matter", "parties", "people", "town", "amount_yuan", "begun_on", "note")


class EnterRecord(CreateAction):
    """A department enters a dispute it mediates."""

    name = "administrative.enter"
    label = gettext_lazy("Enter an administrative mediation")
    roles = DEPARTMENT
    form = RecordForm

    def is_permitted(self, subject: None, actor, today: date) -> bool:
        return is_liaison(actor, today)

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> AdministrativeMediation:
        record = AdministrativeMediation(entered_by=context.actor, subject=data["subject_text"])
        take(record, data, SAID)
        record.number = allocate(SERIES.code, context.today)
        record.save()
        return record


class RecordStep(RecordAction):
    """Base: by the department's own liaison, on a record that was not struck."""

    model: ClassVar = AdministrativeMediation
    roles = DEPARTMENT
    ended: ClassVar[bool | None] = None
    """Only before (False) or after (True) the result is entered."""

    def is_permitted(self, subject: AdministrativeMediation, actor, today: date) -> bool:
        return organs_of(actor, today).filter(pk=subject.organ_id).exists()

    def state_refusal(self, subject: AdministrativeMediation, today: date) -> Refusal | None:
        if subject.struck_on is not None:
            return Refusal("struck", _("This entry was struck."))
        if self.ended is not None and self.ended != (subject.ended_on is not None):
            return Refusal("wrong-state", _("The result is entered already.") if subject.ended_on else
                           _("The result is not entered yet."))  # fmt: skip
        return None


class CorrectRecord(RecordStep):
    """Correct what was entered."""

    name = "administrative.correct"
    label = gettext_lazy("Correct the entry")
    form = RecordForm

    def form_values(self, subject: AdministrativeMediation, at) -> Mapping[str, Any]:
        return {**super().form_values(subject, at), "subject_text": subject.subject}

    def change(self, record: AdministrativeMediation, data: Mapping[str, Any], context: ActionContext) -> None:
        take(record, data, SAID)
        record.subject = data["subject_text"]


class EnterResult(RecordStep):
    """How it ended; an agreement with its number and date."""

    name = "administrative.enter_result"
    label = gettext_lazy("Enter the result")
    form = ResultForm
    primary, ended = 50, False

    def change(self, record: AdministrativeMediation, data: Mapping[str, Any], context: ActionContext) -> None:
        take(record, data, ("result", "agreed_on", "agreement_number", "next_step"))
        record.ended_on = data["on"]


class CorrectResult(EnterResult):
    """The result was entered wrongly; history keeps what stood there."""

    name = "administrative.correct_result"
    label = gettext_lazy("Correct the result")
    primary, ended = 0, True

    def form_values(self, subject: AdministrativeMediation, at) -> Mapping[str, Any]:
        return {**super().form_values(subject, at), "on": subject.ended_on}


class LinkRecord(RecordStep):
    """The same dispute is a case of the register."""

    name = "administrative.link"
    label = gettext_lazy("Link with a case of the same dispute")
    form = LinkForm

    def change(self, record: AdministrativeMediation, data: Mapping[str, Any], context: ActionContext) -> None:
        AdministrativeLink.objects.create(record=record, case=data["case"], note=data["note"])


class StrikeRecord(RecordStep):
    """Entered by mistake: it is not counted, and stays readable."""

    name = "administrative.strike"
    label = gettext_lazy("Strike: entered by mistake")
    form = StrikeForm

    def change(self, record: AdministrativeMediation, data: Mapping[str, Any], context: ActionContext) -> None:
        record.struck_on, record.strike_reason = data["on"], data["reason"]


class LinkCase(AboutCase):
    """A department mediated this dispute, too: its record joins the line of the case."""

    name = "mediation.link_administrative"
    label = gettext_lazy("Link a department's mediation")
    model: ClassVar = MediationCase
    topic: ClassVar = Topic.LINKS
    roles = MEDIATOR
    form = NumberForm

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Case:
        AdministrativeLink.objects.create(record=data["found"], case_id=subject.pk, note=data["note"])
        return subject


ACTIONS = (EnterRecord, CorrectRecord, EnterResult, CorrectResult, LinkRecord, StrikeRecord)
CASE_ACTIONS = (LinkCase,)
