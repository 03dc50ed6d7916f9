"""The reminder ladder: who is told before, on and after the last day of a statutory period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.outbox import NoticeKind, Telling, declare, tell_all, telling_of
from casemgr.calendar.current import current_calendar
from casemgr.cases.deadline_rows import about, named, rule_name
from casemgr.cases.models import Deadline
from casemgr.cases.procedure import ENDED_STAGES
from casemgr.notices.models import ReminderRun, ReminderStep
from casemgr.notices.recipients import Recipients
from casemgr.pages.dates import long_date

CATCH_UP = 7
"""Days without a sweep whose reminders are still sent; older ones are past use."""
HORIZON = 40
"""The longest rung of a ladder, in calendar days."""
REMINDER, SUMMARY = "deadline", "deadlines"
BATCH = 500

# The office's own ladder, edited on its page: (rule, days, unit, whom, urgent)
SEED: tuple[tuple[str, int, str, str, bool], ...] = (
    ("", -3, "working", "handler", False),
    ("", -1, "working", "handler", False),
    ("", 0, "working", "handler", True),
    ("", 1, "working", "handler", True),
    ("", 1, "working", "head", True),
    ("", 3, "working", "leader", True),
    ("R-ACC", -2, "working", "handler", False),
    ("R-ACC", 0, "working", "handler", True),
    ("R-ACC", 0, "working", "head", True),
    ("R-DEC", -15, "calendar", "handler", False),
    ("R-DEC", -5, "working", "handler", True),
    ("R-DEC", -5, "working", "head", False),
    ("R-DEC", -1, "working", "handler", True),
    ("R-DEC", -1, "working", "head", True),
    ("R-DEC", 1, "working", "head", True),
    ("R-DEC", 1, "working", "leader", True),
)


def _text(data) -> str:
    rule = named(rule_name(data["rule"], data.get("law", "")), data.get("about", ""))
    words = {"case": data["case"], "rule": rule, "day": _day(data)}
    if data["days"] < 0:
        text = _("%(case)s: “%(rule)s” is due on %(day)s.")
    elif data["days"] == 0:
        text = _("%(case)s: “%(rule)s” is due today, %(day)s.")
    else:
        text = _("%(case)s: “%(rule)s” was due on %(day)s and is not done.")
    return text % words


def _day(data) -> str:
    day = long_date(date.fromisoformat(data["due"]))
    return _("%(day)s (estimated, the holidays are not published yet)") % {"day": day} if data.get("estimated") else day


declare(
    NoticeKind(REMINDER, gettext_lazy("Statutory period"), _text),
    NoticeKind(
        SUMMARY,
        gettext_lazy("Statutory periods, summary"),
        lambda data: (
            _("%(count)s periods of your cases came due while no reminders were sent. See your work list.")
            % {"count": data["count"]}
        ),
        is_urgent=True,
        concerns_work=True,
    ),
)


def remind(today: date) -> int:
    """Tell whom the ladder names for today, and for the days since the last run; returns how many were told.

    Idempotent: a rung is told once per deadline and last day; when the last day moves, the ladder begins anew.
    The queries grow with the ladder and with every five hundred deadlines, not with each of them.
    """
    last = ReminderRun.objects.order_by("-on").first()
    since = max(last.on, today - timedelta(days=CATCH_UP)) if last and last.on < today else today - timedelta(days=1)
    missed = (today - since).days - 1
    told = 0
    late: dict[int, set[int]] = defaultdict(set)
    office = Recipients(today)
    for step, batch in reached(since, today):
        tellings = []
        for deadline, recipients in office.of_all(batch, step.whom):
            if missed > 1 and deadline.due_on < today and step.days > 0:
                for recipient in recipients:
                    late[recipient].add(deadline.pk)
                continue
            tellings.append(_telling(deadline, step, recipients))
            told += len(recipients)
        tell_all(tellings)
    tell_all(
        telling_of(SUMMARY, [recipient], once=summary_key(today), count=len(found)) for recipient, found in late.items()
    )
    ReminderRun.objects.update_or_create(pk=1, defaults={"on": today})
    return told + len(late)


def reached(since: date, today: date) -> Iterator[tuple[ReminderStep, list[Deadline]]]:
    """Each rung with the running deadlines that reached it after `since` and up to `today`, in batches."""
    ladder: dict[str, list[ReminderStep]] = defaultdict(list)
    for step in ReminderStep.objects.all():
        ladder[step.rule].append(step)
    special = [rule for rule in ladder if rule]
    for rule, steps in ladder.items():
        for step in steps:
            rows = _deadlines(due_days(step, since, today), rule, special)
            for batch in _batches(rows.iterator(chunk_size=BATCH)):
                yield step, batch


def reminder_key(deadline: Deadline, step: ReminderStep) -> str:
    """By which a rung is told once per deadline and last day."""
    key = f"due:{deadline.case_id}:{deadline.rule}:{deadline.root_event_id}:{deadline.party_id or 0}"
    return f"{key}:{deadline.due_on}:{step.days}{step.unit[0]}"


def summary_key(today: date) -> str:
    """By which the rungs of the days without a sweep are summed up once."""
    return f"summary:{today}"


def due_days(step: ReminderStep, since: date, today: date) -> list[date]:
    """The last days for which this rung is reached after `since` and up to `today`."""
    calendar = current_calendar()
    found = []
    for offset in range(-HORIZON, HORIZON + 1):
        due = today + timedelta(days=offset)
        if step.unit == ReminderStep.Unit.CALENDAR or step.days == 0:
            fires = due + timedelta(days=step.days)
        else:
            fires = calendar.add_working_days(due, step.days)
        if since < fires <= today:
            found.append(due)
    return found


def _deadlines(days: list[date], rule: str, special: list[str]):
    rows = Deadline.objects.filter(status=Deadline.Status.OPEN, due_on__in=days).exclude(case__stage__in=ENDED_STAGES)
    rows = rows.filter(rule=rule) if rule else rows.filter(is_ours=True).exclude(rule__in=special)
    return rows.select_related("case__unit", "root_event").order_by("pk")


def _batches(rows: Iterator[Deadline]) -> Iterator[list[Deadline]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _telling(deadline: Deadline, step: ReminderStep, recipients: Iterable[int]) -> Telling:
    return telling_of(
        REMINDER,
        recipients,
        subject=deadline.case,
        once=reminder_key(deadline, step),
        case=deadline.case.number,
        rule=deadline.rule,
        law=deadline.law,
        about=about(deadline.case.definition, deadline.root_event.kind, deadline.root_event.data, masked=True),
        due=deadline.due_on.isoformat(),
        days=step.days,
        urgent=step.is_urgent,
        estimated=deadline.calendar_status != "published",
    )
