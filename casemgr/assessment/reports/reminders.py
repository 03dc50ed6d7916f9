"""The yearly report by 1 March, its public edition by 1 April: heads are reminded until each is issued."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.outbox import NoticeKind, tell
from casemgr.assessment.models import Report
from casemgr.assessment.models.report import ReportKind, ReportState
from casemgr.assessment.plan.reminders import people_with, step_reached
from casemgr.pages.dates import long_date

DAYS = {ReportKind.YEARLY: (3, 1), ReportKind.PUBLIC: (4, 1)}
"""Month and day of the year after: the office's own calendar, as its task book sets it."""
HEADS = ("leader", "head")
REPORT_DUE = "report_due"
NOTICES = (
    NoticeKind(
        REPORT_DUE,
        gettext_lazy("Yearly report due"),
        lambda data: (
            _("%(report)s of %(year)s is due on %(day)s and is not issued.")
            % {
                "report": ReportKind(data["report"]).label,
                "year": data["year"],
                "day": long_date(date.fromisoformat(data["due"])),
            }
        ),
        concerns_work=True,
    ),
)


def remind_of_reports(on: date) -> int:
    told = 0
    for kind, (month, day) in DAYS.items():
        year, due = on.year - 1, date(on.year, month, day)
        step = step_reached((on - due).days)
        if step is None or Report.objects.filter(kind=kind, year=year, state=ReportState.ISSUED).exists():
            continue
        once = f"report:{kind}:{year}:{step}"
        tell(REPORT_DUE, people_with(HEADS, on), once=once, report=str(kind), year=year, due=due.isoformat())
        told += 1
    return told


__all__ = ["NOTICES", "remind_of_reports"]
