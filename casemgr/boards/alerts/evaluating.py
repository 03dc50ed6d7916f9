"""Every night each rule is asked for each of its people: new alerts are told, lasting ones not again every day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions import outbox
from casemgr.boards.alerts.watching import measure_of, watched
from casemgr.boards.measures import Measure, concerns
from casemgr.boards.models import Alert, AlertRule, Condition
from casemgr.jobs.models import Job
from casemgr.jobs.runner import schedule_daily, work
from casemgr.organisation.models import RoleAssignment, User
from casemgr.pages.clock import today as clock_today

JOB = "alerts"
AT = time(6, 15)
"""After the sweep and the self-check of figures, before people come."""


def words_of(watched_code: str, condition: str, threshold: str, value: str) -> str:
    """Rate of cases in time: 81.53 % (alert when it is less than 98 %)."""
    measure = measure_of(watched_code)
    return _("%(what)s: %(value)s (alert when it %(condition)s %(threshold)s)") % {
        "what": measure.name,
        "value": f"{value}{measure.sign}",
        "condition": dict(Condition.choices).get(condition, condition),
        "threshold": f"{threshold}{measure.sign}",
    }


def _text(data: Mapping[str, Any]) -> str:
    return words_of(data["watched"], data["condition"], data["threshold"], data["value"])


NOTICE = outbox.NoticeKind("board_alert", gettext_lazy("Alert"), _text)


def evaluate(on: date) -> dict[str, int]:
    """Raise, tell and end alerts; idempotent on a day."""
    known, done = watched(), {"raised": 0, "told": 0, "over": 0}
    rules = {rule.pk: rule for rule in AlertRule.objects.filter(is_active=True)}
    reached: set[tuple[int, int]] = set()
    for rule in rules.values():
        measure = known.get(rule.watched)
        for user in _people(rule, on) if measure is not None else ():
            if concerns(measure, user, on):
                reached.add((rule.pk, user.pk))
                _evaluate_for(rule, measure, user, on, done)
    for alert in Alert.objects.lasting().order_by("pk"):
        if (alert.rule_id, alert.user_id) not in reached:
            _end(alert, on)
            done["over"] += 1
    return done


def _people(rule: AlertRule, on: date) -> list[User]:
    held = RoleAssignment.objects.in_force(on).filter(role__in=rule.roles)
    return list(User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("pk"))


def _evaluate_for(rule: AlertRule, measure: Measure, user: User, on: date, done: dict[str, int]) -> None:
    value = measure.number(user, on)
    with transaction.atomic():
        lasting = Alert.objects.lasting().select_for_update().filter(rule=rule, user=user).first()
        if not rule.holds(value):
            if lasting is not None:
                _end(lasting, on)
                done["over"] += 1
            return
        found = Decimal(value or 0)
        if lasting is None:
            lasting = Alert.objects.create(rule=rule, user=user, value=found, raised_on=on, told_on=on)
            done["raised"] += 1
            is_told = True
        else:
            is_told = _is_due_again(lasting, rule, on)
            if is_told or lasting.value != found:
                lasting.value, lasting.told_on = found, on if is_told else lasting.told_on
                lasting.save()
        if is_told:
            done["told"] += 1
            outbox.tell(NOTICE.code, [user.pk], subject=lasting, once=f"{NOTICE.code}:{lasting.pk}:{on}",
                        watched=rule.watched, condition=rule.condition, threshold=rule.threshold_words,
                        value=lasting.value_words)  # fmt: skip


def _is_due_again(alert: Alert, rule: AlertRule, on: date) -> bool:
    return alert.noted_on is None and bool(rule.every_days) and (on - alert.told_on).days >= rule.every_days


def _end(alert: Alert, on: date) -> None:
    alert.cleared_on = on
    alert.save()


@work(JOB, gettext_lazy("Alerts by rule"))
def run_alerts(job: Job) -> dict:
    """`on` is the local day it was queued for."""
    return evaluate(date.fromisoformat(job.arguments["on"]) if "on" in job.arguments else clock_today())


def connect() -> None:
    """Called from `BoardsConfig.ready()`."""
    outbox.declare(NOTICE)
    schedule_daily(JOB, AT)


__all__ = ["NOTICE", "connect", "evaluate", "words_of"]
