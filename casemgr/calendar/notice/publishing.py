"""What a notice makes of the calendar: beforehand as an overlay for previews, and for good when it is approved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from simple_history.utils import bulk_create_with_history

from casemgr.calendar.current import changed, current_calendar, forget
from casemgr.calendar.models import CalendarDay, CalendarYear, HolidayNotice
from casemgr.calendar.notice.judging import belongs_to
from casemgr.calendar.notice.reading import HOLIDAY, WORKING, NoticeDay, read
from casemgr.calendar.workdays import CalendarStatus, WorkCalendar


@dataclass(frozen=True)
class Span:
    """The first and last day on which two calendars differ, in what is worked or in how sure it is."""

    first: date
    last: date


def calendar_with(notice: HolidayNotice) -> WorkCalendar:
    """The calendar as it will be once the notice is published. Nothing is written."""
    rows = CalendarDay.objects.exclude(pk__in=[row.pk for row in _national(notice.year)])
    days: dict[str, list[date]] = {kind: [] for kind in CalendarDay.Kind.values}
    for day, kind in rows.values_list("date", "kind"):
        days[kind].append(day)
    for item in _ordered(notice):
        days[item.kind].append(item.date)
    years = {year: CalendarStatus(status) for year, status in CalendarYear.objects.values_list("year", "status")}
    years[notice.year] = CalendarStatus(_status(notice))
    national = WorkCalendar(years, [d for d in days[HOLIDAY] if d.weekday() < 5], days[WORKING])
    kinds = CalendarDay.Kind
    return national.overlay(off=days[kinds.LOCAL_OFF], working=days[kinds.LOCAL_WORKING])


def difference(old: WorkCalendar, new: WorkCalendar, year: int) -> Span | None:
    """Where the calendars differ around the year; None when they do not."""
    first = date(year - 1, 12, 1)
    around = (first + timedelta(step) for step in range((date(year, 12, 31) - first).days + 1))
    days = [
        day for day in around if old.is_working(day) != new.is_working(day) or old.status_of(day) != new.status_of(day)
    ]
    return Span(days[0], days[-1]) if days else None


def apply(notice: HolidayNotice) -> Span | None:
    """Write the notice's days over the year's national ones, in the caller's transaction; local days stay."""
    forget()
    before = current_calendar()
    after = calendar_with(notice)
    for row in _national(notice.year):
        row.delete()
    bulk_create_with_history(list(_ordered(notice)), CalendarDay, batch_size=500)
    year = CalendarYear.objects.filter(year=notice.year).first() or CalendarYear(year=notice.year)
    year.status = _status(notice)
    if not notice.withdraws:
        year.notice_number, year.published_on = notice.number, notice.issued_on
    year.save()
    changed()
    return difference(before, after, notice.year)


def _status(notice: HolidayNotice) -> str:
    return CalendarYear.Status.ESTIMATED if notice.withdraws else CalendarYear.Status.PUBLISHED


def as_kept(days: Iterable[NoticeDay]) -> list[list[str]]:
    """The days as `HolidayNotice.days` keeps them."""
    return [[item.day.isoformat(), item.kind, item.name] for item in sorted(days)]


def days_as_kept(text: str, year: int) -> list[list[str]]:
    """What a text orders, as `HolidayNotice.days` keeps it."""
    return as_kept(read(text, year).days)


def national_days(year: int) -> list[NoticeDay]:
    """What is kept as ordered nationally for the year."""
    return [NoticeDay(row.date, row.kind, row.name) for row in _national(year)]


def _national(year: int) -> list[CalendarDay]:
    rows = CalendarDay.objects.filter(date__range=(date(year - 1, 12, 1), date(year, 12, 31)))
    return [row for row in rows.exclude(kind__in=CalendarDay.LOCAL_KINDS) if belongs_to(row.date, row.name) == year]


def _ordered(notice: HolidayNotice) -> Iterable[CalendarDay]:
    for item in notice.ordered_days:
        yield CalendarDay(date=item.day, kind=item.kind, name=item.name, source=notice.number or str(notice))
