"""Records that hang on a reconsideration case and are no steps of it: evidence, file reading, investigations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.records import RecordAction
from casemgr.actions.topics import Topic
from casemgr.cases import held_entries
from casemgr.cases.about_case import AboutCase
from casemgr.cases.actions import archived_refusal
from casemgr.cases.models import Case
from casemgr.cases.people.standing import has_case_role
from casemgr.organisation.roles import RECONSIDERATION, SYSTEM
from casemgr.organisation.scope import scope
from reconsideration.models import ReconsiderationCase
from reconsideration.states import UNDER_TRIAL

HANDS = ("officer", "head")
ON_TRIAL = (*UNDER_TRIAL, "SUSPENDED")


def demand_reconsideration(user: Any, today: date) -> None:
    """:raises PermissionDenied: none of the person's roles sees reconsideration cases."""
    if not getattr(user, "is_system", False) and RECONSIDERATION not in scope(user, today).procedures:
        raise PermissionDenied(_("Your roles have nothing to do with reconsideration."))


def seen_cases(user: Any, today: date) -> models.QuerySet:
    """Ids of the reconsideration cases the person may see, for a condition on their records."""
    return ReconsiderationCase.objects.visible_to(user, today).values("pk")


class DeskAction(AboutCase):
    """Makes a record of a case: the case's own state and version stay."""

    model: ClassVar = ReconsiderationCase
    roles = HANDS
    topic: ClassVar[Topic | None] = Topic.FACTS
    states: ClassVar[tuple[str, ...]] = ON_TRIAL
    """Where it is possible; empty: until the file is archived."""

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        if refusal := archived_refusal(subject):
            return refusal
        if not self.states or subject.state in self.states:
            return None
        message = _("“%(action)s” is not possible while the case is “%(state)s”.")
        return Refusal("wrong-state", message % {"action": self.label, "state": subject.state_info.label})


class CaseRecordAction(RecordAction):
    """A step on such a record; whoever handles its case may take it. A struck record stays as it is."""

    roles = HANDS

    def lock(self, subject: Any) -> Any:
        case = held_entries.locked(subject.case_id, ReconsiderationCase.objects.all())
        record = type(subject)._default_manager.select_for_update(of=("self",)).get(pk=subject.pk)
        record.case = case
        return record

    def is_permitted(self, subject: Any, actor: Any, today: date) -> bool:
        return SYSTEM not in actor.role_codes(today) and has_case_role(actor, self.roles, subject.case, today)

    def state_refusal(self, subject: Any, today: date) -> Refusal | None:
        if refusal := archived_refusal(subject.case):
            return refusal
        return Refusal("struck", _("This entry was struck.")) if subject.struck_on else None


class StrikeRecord(CaseRecordAction):
    """Base of what strikes a record that was entered by mistake."""

    label = gettext_lazy("Strike: entered by mistake")

    def change(self, subject: Any, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.struck_on, subject.strike_reason = context.today, data["reason"]


__all__ = ["CaseRecordAction", "DeskAction", "StrikeRecord", "demand_reconsideration", "seen_cases"]
