"""What a step on a referral tells the people and the case it concerns."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.outbox import NoticeKind, tell
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.models import Referral
from casemgr.organisation.models import RoleAssignment
from casemgr.organisation.roles import HANDS

NOTICES = (
    NoticeKind(
        "referral_came",
        gettext_lazy("Referral received"),
        lambda data: _("Referral %(number)s has come in. Receive it and answer.") % {"number": data["number"]},
        is_urgent=True,
    ),
    NoticeKind(
        "referral_answered",
        gettext_lazy("Referral answered"),
        lambda data: _("Referral %(number)s: %(state)s.") % {"number": data["number"], "state": data["state"]},
    ),
    NoticeKind(
        "referral_due",
        gettext_lazy("Referral due"),
        lambda data: _("Referral %(number)s: the answer or result is wanted by %(day)s.") % data,
        concerns_work=True,
    ),
    NoticeKind(
        "referral_late",
        gettext_lazy("Referral overdue"),
        lambda data: _("Referral %(number)s: the answer or result was wanted by %(day)s.") % data,
        is_urgent=True,
        concerns_work=True,
    ),
    NoticeKind(
        "referral_returned",
        gettext_lazy("Referral returned without result"),
        lambda data: _("Referral %(number)s went back without result: its day, %(day)s, has passed.") % data,
        is_urgent=True,
        concerns_work=True,
    ),
    NoticeKind(
        "referral_moved",
        gettext_lazy("Last day of a referral moved"),
        lambda data: _("Referral %(number)s: its last days were computed anew and moved.") % {"number": data["number"]},
    ),
)


def tell_sender(referral: Referral) -> None:
    if referral.case_id and referral.case.lead_handler_id:
        data = {"number": str(referral), "state": str(referral.get_state_display())}
        tell("referral_answered", [referral.case.lead_handler_id], subject=referral, **data)


def tell_returned(referral: Referral, today: date) -> None:
    """Both sides hear that it went back by itself: who handles the cases, else the hands of the unit it came to."""
    handlers = [case.lead_handler_id for case in (referral.case, referral.opened_case) if case is not None]
    if referral.opened_case is None or referral.opened_case.lead_handler_id is None:
        unit = referral.to_unit_id or referral.unit_id
        held = RoleAssignment.objects.in_force(today).filter(unit_id=unit, role__in=HANDS)
        handlers += held.values_list("user_id", flat=True)
    people = dict.fromkeys(user for user in handlers if user)
    tell("referral_returned", people, subject=referral, number=str(referral), day=referral.result_due_on.isoformat())


def note_on_case(referral: Referral, kind: str, context: ActionContext, *, late: bool = False) -> None:
    """The case's timeline says what happened to its referral; `late`: it came back by itself, without result."""
    case = referral.case.typed()
    where = referral.to_unit.name if referral.to_unit_id else referral.organ
    data: dict[str, Any] = {"number": str(referral), "where": where}
    if referral.result:
        data["result"] = referral.result
    if late:
        data["late"] = True
    events.record(case, kind, referral.result_on or referral.answered_on or referral.sent_on or context.today, **data)
    settle(case, context.today)
