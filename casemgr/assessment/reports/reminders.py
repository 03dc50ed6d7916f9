"""Reports by their days (yearly, public, quarterly): heads are reminded until each is issued."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.outbox import NoticeKind, tell
from casemgr.assessment.models import Report
from casemgr.assessment.models.report import ReportKind, ReportState
from casemgr.assessment.plan.reminders import BEFORE, people_with, step_reached
from casemgr.pages.dates import long_date

DAYS = {ReportKind.YEARLY: (3, 1), ReportKind.PUBLIC: (4, 1)}
"""Month and day of the year after: the office's own calendar, as its task book sets it."""
QUARTERLY_DAY = 15
"""Of the month after the quarter; our own measure."""
QUARTERLY_BEFORE = (7, 1)
"""Days before it: no sooner, for the quarter is not over yet."""
HEADS = ("leader", "head")
REPORT_DUE = "report_due"


def _text(data: Mapping[str, Any]) -> str:
    words = {
        "report": ReportKind(data["report"]).label,
        "year": data["year"],
        "quarter": data.get("quarter"),
        "day": long_date(date.fromisoformat(data["due"])),
    }
    if words["quarter"]:
        return _("%(report)s, quarter %(quarter)s of %(year)s, is due on %(day)s and is not issued.") % words
    return _("%(report)s of %(year)s is due on %(day)s and is not issued.") % words


NOTICES = (NoticeKind(REPORT_DUE, gettext_lazy("Report due"), _text, concerns_work=True),)


@dataclass(frozen=True)
class Expected:
    """A report that somebody waits for. `quarter` 0: of the whole year."""

    kind: str
    year: int
    quarter: int
    due_on: date
    before: Iterable[int] = BEFORE

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.year}" + (f"-{self.quarter}" if self.quarter else "")

    @property
    def is_issued(self) -> bool:
        found = Report.objects.filter(kind=self.kind, year=self.year, quarter=self.quarter)
        return found.filter(state=ReportState.ISSUED).exists()


def expected_in(year: int) -> Iterator[Expected]:
    """Those whose day lies in the year."""
    for kind, (month, day) in DAYS.items():
        yield Expected(kind, year - 1, 0, date(year, month, day))
    for month, quarter in ((1, 4), (4, 1), (7, 2), (10, 3)):
        of = year - 1 if quarter == 4 else year
        yield Expected(ReportKind.QUARTERLY, of, quarter, date(year, month, QUARTERLY_DAY), QUARTERLY_BEFORE)


def remind_of_reports(on: date) -> int:
    """Tell the heads once per step of each report that is not issued; of how many they were told."""
    told = 0
    for one in expected_in(on.year):
        step = step_reached((on - one.due_on).days, one.before)
        if step is None or one.is_issued:
            continue
        tell(
            REPORT_DUE,
            people_with(HEADS, on),
            once=f"report:{one.key}:{step}",
            report=str(one.kind),
            year=one.year,
            quarter=one.quarter,
            due=one.due_on.isoformat(),
        )
        told += 1
    return told


__all__ = ["NOTICES", "Expected", "expected_in", "remind_of_reports"]
