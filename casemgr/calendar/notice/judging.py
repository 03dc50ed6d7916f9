"""Whether a year's days agree with themselves and with the regulation on holidays. Pure Python.

全国年节及纪念日放假办法 (State Council order 795 of 2024, art. 2): thirteen days for all from 2025: New Year 1,
Spring Festival 4 (New Year's Eve to the third), Tomb-sweeping 1, Labour Day 2, Dragon Boat 1, Mid-autumn 1, National
Day 3.
Before (orders 513 and 644): eleven, without New Year's Eve (2014 to 2024) and 2 May.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from casemgr.calendar.notice.reading import HOLIDAY, WORKING, Finding, NoticeDay

REVISED = 2025
SINCE_SEVEN = 2008
"""Tomb-sweeping, Dragon Boat and Mid-autumn have been days off since order 513."""


def judge(days: Iterable[NoticeDay], year: int) -> list[Finding]:
    """Contradictions of a table of days, and what the regulation lets one expect but is not there."""
    days = sorted(days)
    return [*_contradictions(days, year), *_missing(days, year)]


def belongs_to(day: date, name: str) -> int:
    """The year whose notice orders the day: the last days of December off for New Year belong to the next."""
    return day.year + 1 if name == "元旦" and day.month == 12 else day.year


def _contradictions(days: list[NoticeDay], year: int) -> Iterator[Finding]:
    off = {item.day for item in days if item.kind == HOLIDAY}
    worked = {item.day for item in days if item.kind == WORKING}
    for day in sorted(off & worked):
        yield Finding(True, _("A day is both off and worked:"), day.isoformat())
    for item in days:
        if belongs_to(item.day, item.name) != year:
            yield Finding(True, _("A day lies in another year than the notice:"), f"{item.day} {item.name}")
        if item.kind == WORKING and item.day.weekday() < 5:
            yield Finding(True, _("A day worked in exchange must be a Saturday or Sunday:"), item.day.isoformat())
    dates = [(item.day, item.kind) for item in days]
    for day, kind in sorted({pair for pair in dates if dates.count(pair) > 1}):
        yield Finding(True, _("A day is named twice:"), f"{day} {kind}")


def _missing(days: list[NoticeDay], year: int) -> Iterator[Finding]:
    off = {item.day for item in days if item.kind == HOLIDAY}
    for month, number, name in _fixed(year):
        day = date(year, month, number)
        if day not in off:
            yield Finding(False, _("A holiday of the regulation is missing:"), f"{name} {day}")
    wanted = {"春节": 4 if year >= REVISED else 3}
    if year >= SINCE_SEVEN:
        wanted |= {"清明节": 1, "端午节": 1}
    for name, count in wanted.items():
        there = [item for item in days if item.kind == HOLIDAY and item.name == name]
        if len(there) < count:
            yield Finding(False, _("Fewer days off than the regulation grants:"), f"{name} {len(there)} < {count}")
    if year >= SINCE_SEVEN and not any(item.day.month in (9, 10) and item.name == "中秋节" for item in days):
        spring = [item.day for item in days if item.name == "春节" and item.kind == HOLIDAY]
        if not spring or not _covers_mid_autumn(off, min(spring)):
            yield Finding(False, _("A holiday of the regulation is missing:"), "中秋节")


def _fixed(year: int) -> tuple[tuple[int, int, str], ...]:
    days = ((1, 1, "元旦"), (5, 1, "劳动节"), (10, 1, "国庆节"), (10, 2, "国庆节"), (10, 3, "国庆节"))
    return (*days, (5, 2, "劳动节")) if year >= REVISED else days


def _covers_mid_autumn(off: set[date], spring: date) -> bool:
    """Mid-autumn lies 215 to 250 days after the Spring Festival begins; a long October break holds it."""
    window = [day for day in off if timedelta(205) <= day - spring <= timedelta(255) and day.month in (9, 10)]
    return len(window) >= 8
