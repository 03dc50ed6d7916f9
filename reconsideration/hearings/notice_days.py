"""Whether a notice came in time: five clear working days before the hearing (art. 51(1))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casemgr.calendar.current import current_calendar
from casemgr.calendar.workdays import CalendarStatus
from casemgr.timelimits.arithmetic import compute
from reconsideration.timelimits import RULES

RULE = "R-HEAR-NOTICE"


@dataclass(frozen=True)
class NoticeDays:
    """`strict`: the last day with five clear working days between; `loose`: the fifth working day before the hearing.

    Between the two lies the gap: read strictly the notice is late, read loosely it is not (dossier §3.1(10)).
    """

    strict: date
    loose: date
    calendar_status: str

    def judge(self, told_on: date | None) -> str:
        """`in_time`, `gap`, `late`, or `missing` while nobody told the party."""
        if told_on is None:
            return "missing"
        if told_on <= self.strict:
            return "in_time"
        return "gap" if told_on <= self.loose else "late"

    @property
    def is_estimated(self) -> bool:
        return self.calendar_status != CalendarStatus.PUBLISHED


def notice_days(planned_on: date, law: str = "2023") -> NoticeDays | None:
    """None where the case's law asks for no notice period: the law of 2017 knows none."""
    rule = next((one for one in RULES if one.code == RULE and one.in_force_for(law=law, on=planned_on)), None)
    if rule is None or rule.period is None:
        return None
    calendar = current_calendar()
    found = compute(rule.period, planned_on, calendar)
    return NoticeDays(found.due, calendar.add_working_days(planned_on, -rule.period.length), found.calendar_status)
