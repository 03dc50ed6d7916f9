"""Ways of service and the day each takes effect: by the Civil Procedure Law (Reconsideration Law, art. 88(1))."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from casemgr.actions.errors import Refusal
from casemgr.calendar.current import current_calendar
from casemgr.documents.models import Service
from casemgr.timelimits.arithmetic import Computation, calendar_days, compute

Method = Service.Method
Data = Mapping[str, Any]
PUBLIC_NOTICE_DAYS = 30  # Civil Procedure Law 2023, art. 95(1)


def _the_day_itself(entered: date) -> date:
    return entered


def notice_ends(published: date) -> Computation:
    """The end of a public notice: thirty days, rolled when the last is a rest day (art. 85(3), 95(1))."""
    return compute(calendar_days(PUBLIC_NOTICE_DAYS), published, current_calendar())


def _thirty_days_later(published: date) -> date:
    return notice_ends(published).due


@dataclass(frozen=True)
class MethodRule:
    """One way of service: its articles, what the entered day means, and when service takes effect."""

    method: str
    articles: tuple[str, ...]
    day_meaning: Any
    effective: Callable[[date], date] = _the_day_itself
    may_be_on_its_way: bool = False


# Civil Procedure Law 2023, art. 87–95
RULES: dict[str, MethodRule] = {
    rule.method: rule
    for rule in (
        MethodRule(Method.IN_PERSON, ("87", "88"), _("day of signing on the service receipt")),
        MethodRule(Method.LEFT_BEHIND, ("89",), _("day the paper was left at the recipient's home")),
        MethodRule(Method.ELECTRONIC, ("90",), _("day of arrival in the recipient's system"), may_be_on_its_way=True),
        MethodRule(Method.POST, ("91",), _("day of receipt noted on the return slip"), may_be_on_its_way=True),
        MethodRule(Method.ENTRUSTED, ("91",), _("day of signing on the service receipt"), may_be_on_its_way=True),
        MethodRule(
            Method.TRANSFERRED, ("92", "93", "94"), _("day of signing on the service receipt"), may_be_on_its_way=True
        ),
        MethodRule(Method.PUBLIC_NOTICE, ("95",), _("day the notice was published"), _thirty_days_later),
    )
}


def effective_day(method: str, entered: date | None) -> date | None:
    """When the service takes effect, from the day that was entered; None while that day is not known."""
    return RULES[method].effective(entered) if entered is not None else None


LAW = _("Civil Procedure Law, article %s")


def citation(method: str) -> str:
    return str(LAW) % pgettext("between two names", ", ").join(RULES[method].articles)


def of_day(field: str, day: date, issued_on: date, today: date, article: str = "") -> Iterator[Refusal]:
    """What is wrong with one day of a service or of a try: before the paper's issue, or not yet come."""
    if day < issued_on:
        sent = _("The paper was issued later: it cannot be sent before its day of issue.")
        served = _("The paper was issued later: it cannot be served before its day of issue.")
        yield Refusal("before-issue", sent if field == "sent_on" else served, article, field)
    yield from not_yet(field, day, today)


def not_yet(field: str, day: date, today: date) -> Iterator[Refusal]:
    """A day that has not come."""
    if day > today:
        message = _("The date lies in the future. Enter the day on which it really happened.")
        yield Refusal("future", message, "", field)


def of_days(data: Data, issued_on: date, today: date) -> Iterator[Refusal]:
    """What is wrong with the days of a service as entered."""
    article = citation(data["method"])
    for field in ("sent_on", "served_on"):
        if (day := data.get(field)) is not None:
            yield from of_day(field, day, issued_on, today, article)
    sent, served = data.get("sent_on"), data.get("served_on")
    if sent and served and served < sent:
        yield Refusal(
            "before-sending", _("It cannot have arrived before it was sent. Check both dates."), "", "served_on"
        )
    rule = RULES[data["method"]]
    if served is None and not rule.may_be_on_its_way:
        yield Refusal("day-missing", _("Enter the day: %s.") % rule.day_meaning, article, "served_on")
    if served is None and sent is None and rule.may_be_on_its_way:
        yield Refusal("day-missing", _("Enter the day it was sent, or the day it arrived."), article, "sent_on")
