"""The calendar in force, read once per process and again only after a change."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DatabaseError, connection, transaction
from django.db.models import F

from casemgr.calendar import source
from casemgr.calendar.models import CalendarDay, CalendarVersion, CalendarYear
from casemgr.calendar.workdays import CalendarStatus, WorkCalendar

RECHECK_SECONDS = 2.0

_lock = threading.Lock()
_cache: dict[str, tuple[int, float, WorkCalendar]] = {}
_uncommitted: dict[str, int] = {}
"""Version numbers written by transactions that may still roll back: until settled they are compared at every call."""
_drafted: ContextVar[WorkCalendar | None] = ContextVar("drafted_calendar", default=None)


@contextmanager
def drafted(calendar: WorkCalendar) -> Iterator[None]:
    """Inside, the calendar in force is this one: for previews of what a draft will change. Write nothing inside."""
    token = _drafted.set(calendar)
    try:
        yield
    finally:
        _drafted.reset(token)


def current_calendar() -> WorkCalendar:
    """The national calendar with the office's local days over it; the built-in one while the database has none.

    Costs no query within two seconds of the last look, one small query after that.
    """
    if (draft := _drafted.get()) is not None:
        return draft
    key = _key()
    known = _cache.get(key)
    if known is not None and key not in _uncommitted and time.monotonic() - known[1] < RECHECK_SECONDS:
        return known[2]
    try:
        version = CalendarVersion.objects.values_list("number", flat=True).first()
    except DatabaseError:
        return source.built_in()
    if version is None:
        return source.built_in()
    if _uncommitted.get(key, version) != version:
        del _uncommitted[key]  # rolled back
    with _lock:
        calendar = known[2] if known is not None and known[0] == version else _load()
        _cache[key] = (version, time.monotonic(), calendar)
    return calendar


def _key() -> str:
    return str(connection.settings_dict["NAME"] or "")


def changed() -> None:
    """Tell every process that the calendar changed; call it in the transaction of the change."""
    if not CalendarVersion.objects.update(number=F("number") + 1):
        CalendarVersion.objects.create(number=1)
    _cache.clear()
    if connection.in_atomic_block:
        _uncommitted[_key()] = CalendarVersion.objects.values_list("number", flat=True).get()
        key = _key()
        transaction.on_commit(lambda: _uncommitted.pop(key, None))


def forget() -> None:
    """Drop this process's copy."""
    _cache.clear()
    _uncommitted.clear()


def _load() -> WorkCalendar:
    kinds = CalendarDay.Kind
    rows = {kind: [] for kind in kinds.values}
    for day, kind in CalendarDay.objects.values_list("date", "kind"):
        rows[kind].append(day)
    years = {year: CalendarStatus(status) for year, status in CalendarYear.objects.values_list("year", "status")}
    national = WorkCalendar(
        years, (day for day in rows[kinds.HOLIDAY] if day.weekday() < 5), rows[kinds.WORKING_WEEKEND]
    )
    return national.overlay(off=rows[kinds.LOCAL_OFF], working=rows[kinds.LOCAL_WORKING])
