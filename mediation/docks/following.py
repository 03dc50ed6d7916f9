"""Referral and case keep in step: a result sent ends the case's clock, an extension of the case moves the referral."""

from __future__ import annotations

from typing import Any

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.signals import recomputed
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.models import Deadline, Referral
from casemgr.cases.models.referrals import Dock
from mediation.docks.results import case_of
from mediation.timelimits import MAIN

WORKED_ON = ("ACCEPTED", "IN_PROGRESS")


def after_step(sender: Any, action: Action, subject: Any, context: ActionContext, **kwargs: Any) -> None:
    """Listens to `performed`."""
    if action.name in ("referral.send_result", "referral.return_late"):
        _tell_the_case(action, subject, context)
    elif action.name == "mediation.extend":
        _move_referral(subject)


def _tell_the_case(action: Action, referral: Referral, context: ActionContext) -> None:
    case = case_of(referral)
    if case is None:
        return
    organ = referral.organ or referral.unit.name
    late = {"late": True} if action.name == "referral.return_late" else {}
    events.record(case, "result_sent", referral.result_on, organ=organ, number=str(referral), **late)
    settle(case, context.today)
    recomputed.send(sender=type(case), case=case, today=context.today)


def _move_referral(case: Any) -> None:
    """What the parties agreed to in the case is the court's day, too (特邀调解规定 27; 在线调解规则 24).

    A day that another organ set, such as that of a petition's answer, is not the parties' to move.
    """
    rows = Referral.objects.filter(opened_case_id=case.pk, dock=Dock.COURT, state__in=WORKED_ON)
    referral = rows.order_by("-pk").first()
    due = Deadline.objects.filter(case_id=case.pk, rule__in=MAIN, status=Deadline.Status.OPEN).order_by("-pk").first()
    if referral is None or due is None or due.due_on is None or referral.result_due_on is None:
        return
    if due.due_on > referral.result_due_on:
        referral.extended_to = referral.result_due_on = due.due_on
        referral.extension_reason = case.number
        referral.version += 1
        referral.save()
