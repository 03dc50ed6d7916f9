"""Days in words, in the reader's language."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WEEKDAYS = (
    gettext_lazy("Mon"),
    gettext_lazy("Tue"),
    gettext_lazy("Wed"),
    gettext_lazy("Thu"),
    gettext_lazy("Fri"),
    gettext_lazy("Sat"),
    gettext_lazy("Sun"),
)


def moment(on: date, at: time | None = None) -> datetime:
    """The moment of a day in Asia/Shanghai; without a time, its beginning."""
    return timezone.make_aware(datetime.combine(on, at or time(0)))


def as_day(value: date | datetime) -> date:
    """The day in Asia/Shanghai."""
    return (
        timezone.localdate(value)
        if isinstance(value, datetime) and timezone.is_aware(value)
        else (value.date() if isinstance(value, datetime) else value)
    )


def long_date(value: date | datetime) -> str:
    """2026年11月25日 周三"""
    day = as_day(value)
    return f"{date_format(day, 'DATE_FORMAT')} {WEEKDAYS[day.weekday()]}"


def short_date(value: date | datetime, today: date) -> str:
    """11月25日 周三; with the year when it is another year than today's."""
    day = as_day(value)
    if day.year != today.year:
        return long_date(day)
    return f"{date_format(day, 'MONTH_DAY_FORMAT')} {WEEKDAYS[day.weekday()]}"


def days_left(due_on: date, today: date) -> str:
    """逾期 6 日, 今日到期, 剩 3 日"""
    days = (due_on - today).days
    if days < 0:
        return _("Overdue by %(days)s d") % {"days": -days}
    if days == 0:
        return _("Due today")
    return _("%(days)s d left") % {"days": days}
