"""What a step on a referral tells the people and the case it concerns."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.outbox import NoticeKind, tell
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.models import Referral

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
        "referral_moved",
        gettext_lazy("Last day of a referral moved"),
        lambda data: _("Referral %(number)s: its last days were computed anew and moved.") % {"number": data["number"]},
    ),
)


def tell_sender(referral: Referral) -> None:
    if referral.case_id and referral.case.lead_handler_id:
        data = {"number": str(referral), "state": str(referral.get_state_display())}
        tell("referral_answered", [referral.case.lead_handler_id], subject=referral, **data)


def note_on_case(referral: Referral, kind: str, context: ActionContext) -> None:
    """The case's timeline says what happened to its referral."""
    case = referral.case.typed()
    where = referral.to_unit.name if referral.to_unit_id else referral.organ
    data = {"number": str(referral), "where": where}
    if referral.result:
        data["result"] = referral.result
    events.record(case, kind, referral.result_on or referral.sent_on or context.today, **data)
    settle(case, context.today)
