"""The built-in calendar: 2004–2026 as published (package chinesecalendar), 2027 estimated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from chinese_calendar.constants import holidays, workdays

from casemgr.calendar.workdays import CalendarStatus, WorkCalendar

FIRST_YEAR, LAST_PUBLISHED, ESTIMATED = 2004, 2026, 2027

NOTICES: dict[int, date] = {2026: date(2025, 11, 4)}
"""The day a year's notice appeared, where it is known."""

NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利七十周年纪念日",
}

# State Council order 795 (from 2025) fixes the festivals; lunar days from two lunar libraries; rest days made up on
# working days are a guess until the notice appears (dossier §3.4). Weekday days only matter.
ESTIMATED_2027: dict[date, str] = {
    date(2027, 1, 1): "元旦",
    date(2027, 2, 5): "春节",
    date(2027, 2, 6): "春节",
    date(2027, 2, 7): "春节",
    date(2027, 2, 8): "春节",
    date(2027, 2, 9): "春节",
    date(2027, 2, 10): "春节",
    date(2027, 4, 5): "清明节",
    date(2027, 5, 1): "劳动节",
    date(2027, 5, 2): "劳动节",
    date(2027, 5, 3): "劳动节",
    date(2027, 5, 4): "劳动节",
    date(2027, 6, 9): "端午节",
    date(2027, 9, 15): "中秋节",
    date(2027, 10, 1): "国庆节",
    date(2027, 10, 2): "国庆节",
    date(2027, 10, 3): "国庆节",
    date(2027, 10, 4): "国庆节",
    date(2027, 10, 5): "国庆节",
}


def years() -> dict[int, CalendarStatus]:
    """Each built-in year with its status."""
    published = dict.fromkeys(range(FIRST_YEAR, LAST_PUBLISHED + 1), CalendarStatus.PUBLISHED)
    return published | {ESTIMATED: CalendarStatus.ESTIMATED}


def days_off() -> Iterator[tuple[date, str]]:
    """Festival days and the rest days around them."""
    for day, name in holidays.items():
        yield day, NAMES.get(name, name)
    yield from ESTIMATED_2027.items()


def working_weekends() -> Iterator[tuple[date, str]]:
    """Saturdays and Sundays worked in exchange."""
    for day, name in workdays.items():
        if day.weekday() >= 5:
            yield day, NAMES.get(name, name)


@cache
def built_in() -> WorkCalendar:
    """The calendar without any database."""
    return WorkCalendar(
        years(),
        (day for day, _name in days_off() if day.weekday() < 5),
        (day for day, _name in working_weekends()),
    )
