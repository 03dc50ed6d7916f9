"""The legal conditions of each step, in the order of the articles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.cases import events
from casemgr.cases.day_guards import not_before as not_before
from casemgr.cases.deadline_rows import party_names, rule_name
from casemgr.cases.models import Deadline
from casemgr.pages.dates import long_date
from reconsideration.models import ReconsiderationCase
from reconsideration.terms import SimplifiedGround, Track

Data = Mapping[str, Any] | None


def _running(case: ReconsiderationCase, data: Data, *rules: str) -> list[Deadline]:
    """The running deadlines of the rules; only those of the party the form names, if it names one."""
    party = (data or {}).get("party")
    return [
        d
        for d in case.deadlines.all()
        if d.rule in rules and d.is_running and (party is None or d.party_id in (None, party.pk))
    ]


def expired(*rules: str, article: str, message, one_is_enough: bool = False) -> Guard:
    """The running period of the rules must have ended before the day entered (the last day still belongs to it).

    `one_is_enough`: where each party's period stands for itself, the step is offered when the first has ended.
    """

    def check(case: ReconsiderationCase, data: Data, today: date) -> bool:
        before = min((data or {}).get("on") or today, today)
        running = _running(case, data, *rules)
        ended = [d.due_on is not None and d.due_on < before for d in running]
        return any(ended) if one_is_enough else bool(ended) and all(ended)

    def detail(case: ReconsiderationCase, data: Data, today: date) -> str:
        due = max((d.due_on for d in _running(case, data, *rules) if d.due_on), default=None)
        return (
            _("It runs until the end of %(day)s.") % {"day": long_date(due)}
            if due
            else _("Its start is not recorded yet.")
        )

    return Guard("period-still-running", article, message, check, detail=detail)


REVIEW = ("R-ACC", "R-CORR-3")
REPLY = ("R-REPLY", "R-REPLY-S")


def _failed_tests(case: ReconsiderationCase) -> str:
    from reconsideration.models import ACCEPTANCE_TESTS

    open_items = [str(test.item) for test in ACCEPTANCE_TESTS if case.facts.test_result(test.item) is not True]
    return _("Not yet confirmed: item %(items)s.") % {"items": "、".join(open_items)}


# Reconsideration Law 2023, art. 30(1)
all_seven_tests_pass = Guard(
    "acceptance-tests",
    "30(1)",
    gettext_lazy(
        "All seven conditions of article 30 must be met before the case is accepted. Fill in the examination first."
    ),
    lambda case, data, today: case.facts.all_tests_pass,
    detail=lambda case, data, today: _failed_tests(case),
)


def review_due(case: ReconsiderationCase) -> date | None:
    """The day silence becomes acceptance: where a late correction notice did not stop the first review, its end."""
    running = [d.due_on for d in case.deadlines.all() if d.rule in REVIEW and d.is_running and d.due_on is not None]
    return min(running, default=None)


def _review_is_open(case: ReconsiderationCase, data: Data, today: date) -> bool:
    on = (data or {}).get("on") or today
    due = review_due(case)
    return due is None or on <= due


def _review_due(case: ReconsiderationCase, data: Data, today: date) -> str:
    return _("The review period ended on %(day)s; the application counts as accepted that day.") % {
        "day": long_date(review_due(case))
    }


# Reconsideration Law 2023, art. 30(3): silence is acceptance
within_review_period = Guard(
    "review-period-over",
    "30(3)",
    gettext_lazy("The application can no longer be refused or sent back for correction."),
    _review_is_open,
    detail=_review_due,
)


def on_published_calendar(*rules: str) -> Guard:
    """A date that leans on an estimated year deems nothing and closes nobody's period (dossier §3.4)."""
    return Guard(
        "calendar-estimated",
        "",
        gettext_lazy("The holidays of that year are not published yet: no period is treated as over before they are."),
        lambda case, data, today: all(d.calendar_status == "published" for d in _running(case, data, *rules)),
    )


calendar_is_published = on_published_calendar(*REVIEW)
correction_calendar_is_published = on_published_calendar("R-CORR-2")
reply_calendar_is_published = on_published_calendar(*REPLY)

review_period_is_over = expired(
    *REVIEW,
    article="30(3)",
    message=gettext_lazy("The review period is still running: the application is not accepted by silence yet."),
    one_is_enough=True,
)

correction_period_is_over = expired(
    "R-CORR-2",
    article="31(2)",
    message=gettext_lazy("The applicant may still correct the application."),
)


# Reconsideration Law 2023, art. 31(1): all items at once
def _only_correction(case: ReconsiderationCase, data: Data, today: date) -> bool:
    return events.last_of(events.facts_of(case), "correction_notice_issued") is None


one_correction_only = Guard(
    "second-correction",
    "31(1)",
    gettext_lazy(
        "A correction notice was already issued, and it had to list every item at once. Decide on acceptance, "
        "or make the next notice part of the trial."
    ),
    _only_correction,
)


# Reconsideration Law 2023, art. 53
def _simplified_is_allowed(case: ReconsiderationCase, data: Data, today: date) -> bool:
    if not data or data.get("track") != Track.SIMPLIFIED:
        return True
    ground = data.get("simplified_ground")
    if not ground:
        return False
    amount = case.facts.amount_yuan
    return ground != SimplifiedGround.SMALL_AMOUNT or (amount is not None and amount <= 3000)


simplified_ground_is_lawful = Guard(
    "simplified-ground",
    "53",
    gettext_lazy(
        "The simplified procedure needs a ground of article 53; for an amount it is at most 3,000 yuan. "
        "Choose the ground, or take the ordinary procedure."
    ),
    _simplified_is_allowed,
    field="simplified_ground",
    needs_data=True,
)


# Reconsideration Law 2023, art. 48, 54(1), 70
reply_period_is_over = expired(
    *REPLY,
    article="70",
    message=gettext_lazy("The respondent may still reply: article 70 applies only after the reply period."),
    one_is_enough=True,
)


# The time to sue ends by itself; every other period must be met, or its case stays open.
TIME_TO_SUE = ("R-SUE15", "R-SUE-OVER")


def _clocks_that_hold(case: ReconsiderationCase, today: date) -> list[Deadline]:
    return [
        d
        for d in case.deadlines.all()
        if d.is_running and not (d.rule in TIME_TO_SUE and d.due_on is not None and d.due_on < today)
    ]


def _running_clocks(case: ReconsiderationCase, data: Data, today: date) -> str:
    """Each clock with whom it binds and its last day."""
    known = party_names(case)
    found = []
    for clock in _clocks_that_hold(case, today):
        told = [known.get(clock.party_id, ""), long_date(clock.due_on) if clock.due_on else ""]
        found.append(f"{rule_name(clock.rule, clock.law)}（{' '.join(filter(None, told))}）")
    return "、".join(found)


no_running_clock = Guard(
    "clock-running",
    "",
    gettext_lazy(
        "The file can be archived when no period runs any more "
        "and the time to sue is over or the suit is recorded. Still running:"
    ),
    lambda case, data, today: not _clocks_that_hold(case, today),
    detail=_running_clocks,
)


def unmet_deadlines(case: ReconsiderationCase) -> list[Deadline]:
    """Running deadlines, soonest first; what cannot be computed comes last."""
    return sorted((d for d in case.deadlines.all() if d.is_running), key=lambda d: d.due_on or date.max)
