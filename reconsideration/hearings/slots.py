"""Days and times at which a hearing can lawfully be held: told in time, decided in time, room and people free."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from casemgr.calendar.current import current_calendar
from casemgr.cases.models import Case
from casemgr.pages.dates import moment
from casemgr.rooms.booking import busy
from casemgr.rooms.models import Room
from reconsideration.hearings.notice_days import notice_days
from reconsideration.hearings.reading import parties_in

SERVICE_DAYS = 2
"""Working days the office gives itself to serve the notice."""
DECISION_MARGIN = 10
"""Working days left after the hearing for draft, examination and signature."""
BEGINNINGS = (time(9, 0), time(10, 0), time(14, 30), time(15, 30))
CLOSES = time(18, 0)
LUNCH = time(12, 0)
MOST = 12


@dataclass(frozen=True)
class Slot:
    on: date
    starts: time
    ends: time
    room: Room | None
    notice_until: date | None
    """The last day for the notice."""


@dataclass(frozen=True)
class Window:
    """The days that respect the running periods; `why_none` when there are none."""

    first: date
    last: date | None

    @property
    def is_closed(self) -> bool:
        return self.last is not None and self.last < self.first


def window_of(case: Case, today: date) -> Window:
    """From the first day that can be told in time to the last that leaves time to decide (art. 51(1), 62)."""
    calendar = current_calendar()
    ready = calendar.add_working_days(today, SERVICE_DAYS)
    first = calendar.add_working_days(today, 1)
    while (days := notice_days(first, case.law_version)) is not None and days.strict < ready:
        first = calendar.add_working_days(first, 1)
    due = min((row.due_on for row in case.deadlines.all() if _binds(row)), default=None)
    return Window(first, calendar.add_working_days(due, -DECISION_MARGIN) if due else None)


def _binds(row: Any) -> bool:
    return row.rule == "R-DEC" and row.is_running and row.due_on is not None


def slots(case: Case, window: Window, rooms: Iterable[Room | None], people: Iterable[Any], minutes: int) -> list[Slot]:
    """The first free ones in the window; `None` among the rooms is a remote hearing. One query."""
    calendar, rooms = current_calendar(), list(rooms)
    days, day = [], window.first
    while len(days) < 30 and (window.last is None or day <= window.last):
        days.append(day)
        day = calendar.add_working_days(day, 1)
    if not days or not rooms:
        return []
    fixed = [f"user:{one.pk}" for one in people]
    fixed += [f"head:{part.party_id}" for part in parties_in(case) if part.role == "respondent"]
    names = [*fixed, *(f"room:{room.pk}" for room in rooms if room is not None)]
    taken = busy(names, moment(days[0]), moment(days[-1] + timedelta(days=1)))
    found = []
    for on in days:
        for starts in BEGINNINGS:
            ends = _after(starts, minutes)
            if ends is None:
                continue
            begins, closes = moment(on, starts), moment(on, ends)
            if any(_overlaps(taken, name, begins, closes) for name in fixed):
                continue
            room = next((r for r in rooms if r is None or not _overlaps(taken, f"room:{r.pk}", begins, closes)), False)
            if room is False:
                continue
            days_told = notice_days(on, case.law_version)
            found.append(Slot(on, starts, ends, room, days_told.strict if days_told else None))
            if len(found) == MOST:
                return found
    return found


def _after(starts: time, minutes: int) -> time | None:
    """When it ends; None when that is past noon of a morning, or past the day."""
    ends = (datetime.combine(date.min, starts) + timedelta(minutes=minutes)).time()
    limit = LUNCH if starts < LUNCH and minutes <= 180 else CLOSES
    return ends if starts < ends <= limit else None


def _overlaps(taken: dict[str, list[tuple[datetime, datetime]]], name: str, begins: datetime, closes: datetime) -> bool:
    return any(start < closes and end > begins for start, end in taken.get(name, ()))
