"""What is done at the reception desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.records import ByRole, CreateAction, RecordAction, take
from casemgr.cases.drafts import keeping
from casemgr.organisation.scope import scope
from casemgr.pages.masking import mask
from casemgr.parties.names import name_key
from reconsideration.models import Visit
from reconsideration.reception.finding import index_of
from reconsideration.reception.forms import LinkForm, StrikeForm, VisitForm

HANDS = ("officer", "head")
REGISTER = "reconsideration.register"
VISIT = ("unit", "visited_on", "way", "name", "companions", "purpose", "matter", "advice", "result", "sent_to")
METHODS = {Visit.Way.IN_PERSON: "in_person", Visit.Way.PHONE: "oral", Visit.Way.INTERNET: "online"}


def _write(visit: Visit, data: Mapping[str, Any]) -> None:
    take(visit, data, VISIT)
    visit.name_index = name_key(data["name"])[:80]
    if data["number"]:
        visit.number_index, visit.number_masked = index_of(data["number"]), mask(data["number"])


class EnterVisit(ByRole, CreateAction):
    """Somebody came, rang or wrote: enter it in the reception register."""

    name = "visit.enter"
    label = gettext_lazy("Enter a visit")
    roles = HANDS
    form = VisitForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> Visit:
        visit = Visit(received_by=context.actor)
        _write(visit, data)
        visit.save()
        return visit


class _VisitStep(RecordAction):
    model: ClassVar = Visit
    roles = HANDS

    def is_permitted(self, subject: Visit, actor: Any, today: date) -> bool:
        return scope(actor, today).has_role(self.roles, unit=subject.unit_id)

    def state_refusal(self, subject: Visit, today: date) -> Refusal | None:
        return Refusal("struck", _("This entry was struck.")) if subject.struck_on else None


class CorrectVisit(_VisitStep):
    """Put right what was entered; an empty number keeps the one that was entered before."""

    name = "visit.correct"
    label = gettext_lazy("Correct the entry")
    form = VisitForm

    def change(self, subject: Visit, data: Mapping[str, Any], context: ActionContext) -> None:
        _write(subject, data)


class BeginRegistration(_VisitStep):
    """The application is taken: a draft of its registration is begun with what the visit already says."""

    name = "visit.begin_registration"
    label = gettext_lazy("Take the application: begin its registration")
    primary = 30

    def state_refusal(self, subject: Visit, today: date) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        if subject.case_id or subject.draft_key:
            return Refusal("begun", _("The registration was begun already, or the visit belongs to a case."))
        return None

    def change(self, subject: Visit, data: Mapping[str, Any], context: ActionContext) -> None:
        key = uuid4().hex
        entries = {
            "application_method": METHODS[subject.way],
            "received_on": subject.visited_on.isoformat(),
            "reasons": subject.matter,
            "people-0-role": "applicant",
            "people-0-kind": "person",
            "people-0-name": subject.name,
        }
        keeping.save(context.actor, REGISTER, key, entries)
        subject.draft_key, subject.result = key, Visit.Result.TAKEN
        subject.received_by = context.actor


class LinkVisit(_VisitStep):
    """The visit is about this case."""

    name = "visit.link_case"
    label = gettext_lazy("Link to a case")
    form = LinkForm

    def change(self, subject: Visit, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.case = data["case"]


class StrikeVisit(_VisitStep):
    """Entered by mistake: it stays readable and counts for nothing."""

    name = "visit.strike"
    label = gettext_lazy("Strike: entered by mistake")
    form = StrikeForm

    def change(self, subject: Visit, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.struck_on, subject.strike_reason = context.today, data["reason"]


def after_registration(sender: Any, action: Any, subject: Any, context: ActionContext, **more: Any) -> None:
    """A case that was registered with a visit's key belongs to the visit."""
    if action.name == REGISTER and context.key:
        for visit in Visit.objects.filter(draft_key=context.key, case__isnull=True):
            visit.case_id = subject.pk
            visit.version += 1
            visit.save()


ACTIONS = (EnterVisit, CorrectVisit, BeginRegistration, LinkVisit, StrikeVisit)
