"""When answer and result of a referral are due: by the statutory rules its dock names, or the day it carries."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from casemgr.actions.outbox import tell
from casemgr.calendar.current import current_calendar
from casemgr.calendar.notice.publishing import Span
from casemgr.calendar.workdays import CalendarStatus
from casemgr.cases.models.events import Deadline
from casemgr.cases.models.referrals import Dock, Referral
from casemgr.cases.referrals.docks import info
from casemgr.cases.referrals.receivers import decision_rules
from casemgr.cases.referrals.states import OPEN
from casemgr.timelimits import registry
from casemgr.timelimits.arithmetic import Computation, compute

BEFORE_DECISION = timedelta(days=10)
"""Help asked by the reconsideration office ends so long before the decision (dossier §5.5(5), our own)."""
_WORST = (CalendarStatus.PUBLISHED, CalendarStatus.ESTIMATED, CalendarStatus.MISSING)


def set_due_days(referral: Referral) -> bool:
    """Compute both days anew; True when one moved. Does not save."""
    before = (referral.reply_due_on, referral.result_due_on, referral.calendar_status)
    clocks = info(referral.dock).clocks(referral)
    reply = _computed(clocks.reply, referral.received_on)
    result = _computed(clocks.result, getattr(referral, clocks.result_from))
    referral.reply_due_on = reply.due if reply else None
    days = [day for day in (result.due if result else None, _own_day(referral)) if day is not None]
    referral.result_due_on = referral.extended_to or (min(days) if days else None)
    referral.calendar_status = max(
        (found.calendar_status for found in (reply, result) if found),
        key=_WORST.index,
        default=CalendarStatus.PUBLISHED,
    )
    return before != (referral.reply_due_on, referral.result_due_on, referral.calendar_status)


def _computed(code: str, start: date | None) -> Computation | None:
    if not code or start is None:
        return None
    try:
        period = registry.rule(code, start).period
    except (registry.UnknownRule, LookupError):
        return None
    return compute(period, start, current_calendar()) if period else None


def _own_day(referral: Referral) -> date | None:
    """The day the sender set, the petition's own, or ten days before the decision of the case that asks for help."""
    days = [referral.given_due_on]
    if answer := referral.extra.get("answer_due"):
        days.append(date.fromisoformat(answer))
    if referral.dock == Dock.RECONSIDERATION and referral.case_id:
        days += [
            due - BEFORE_DECISION
            for due in Deadline.objects.filter(
                case_id=referral.case_id,
                rule__in=decision_rules(referral.case.procedure),
                status=Deadline.Status.OPEN,
                due_on__isnull=False,
            ).values_list("due_on", flat=True)
        ]
    return min((day for day in days if day), default=None)


def compute_again(leaning_on: Span | None = None, cases: Collection[int] = ()) -> int:
    """Compute the days of open referrals anew and tell who works on them; returns how many moved.

    All of them; or only those whose counting passes over the span, or that were sent from one of the cases.
    """
    rows = Referral.objects.open().filter(received_on__isnull=False)
    if leaning_on is not None:
        due = Q(reply_due_on__gte=leaning_on.first) | Q(result_due_on__gte=leaning_on.first)
        counted = Q(received_on__lte=leaning_on.last) & (due | ~Q(calendar_status=CalendarStatus.PUBLISHED))
        rows = rows.filter(counted | Q(case_id__in=cases))
    return sum(_compute_one(pk) for pk in list(rows.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def _compute_one(pk: int) -> bool:
    """The days alone are written: the version stays, so that nobody's open form is refused for them."""
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=pk)
    if referral.state not in OPEN or not set_due_days(referral):
        return False
    referral.save(update_fields=["reply_due_on", "result_due_on", "calendar_status"])
    working = referral.opened_case or referral.case
    if working is not None and working.lead_handler_id:
        tell("referral_moved", [working.lead_handler_id], subject=referral, number=str(referral))
    return True
