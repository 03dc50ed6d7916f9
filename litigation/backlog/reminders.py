"""The self-check return of a quarter: which units owe it, and the nights on which their liaisons are reminded."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.outbox import NoticeKind, tell_all, telling_of
from casemgr.organisation.models import Unit
from litigation.court.notices import people_of
from litigation.models import BacklogYear, SelfCheckReturn

REPORTING = (
    *(Unit.Kind.GOVERNMENT, Unit.Kind.DEPARTMENT, Unit.Kind.TOWN, Unit.Kind.STREET, Unit.Kind.ZONE),
    *(Unit.Kind.PARTY_ORGAN, Unit.Kind.INSTITUTION),
)
"""Units that check themselves: party and government organs (the banner's plan)."""
BEFORE, AFTER = (10, 3), (1, 7, 15)
"""Days before and after a quarter's last day on which a unit without a return is reminded; our own measure."""

NOTICES = (
    NoticeKind(
        "return_missing",
        gettext_lazy("Self-check return not handed in"),
        lambda data: (
            _("%(unit)s has not handed in its self-check return of quarter %(quarter)s of %(year)s, to %(end)s. Hand "
              "it in also when there is nothing to report.") % data
        ),
        concerns_work=True,
    ),
)  # fmt: skip


def quarter_of(day: date) -> tuple[int, int]:
    """Year and quarter of a day."""
    return day.year, (day.month - 1) // 3 + 1


def last_day_of(year: int, quarter: int) -> date:
    following = date(year + 1, 1, 1) if quarter == 4 else date(year, quarter * 3 + 1, 1)
    return following - timedelta(days=1)


def missing_units(year: int, quarter: int) -> QuerySet[Unit]:
    """The units that owe a return of the quarter and have handed in none."""
    there = SelfCheckReturn.objects.filter(year=year, quarter=quarter).values("unit_id")
    return Unit.objects.filter(kind__in=REPORTING, ended_on__isnull=True).exclude(pk__in=there).order_by("path")


def remind_of_returns(on: date) -> int:
    """Remind the liaisons of units without a return, once per step, in years that have a plan. How many were told."""
    told = 0
    for day in (on, on - timedelta(days=max(AFTER))):
        year, quarter = quarter_of(day)
        step = _step((on - last_day_of(year, quarter)).days)
        if step is not None and BacklogYear.objects.filter(year=year).exists():
            told += _remind(year, quarter, step, on)
    return told


def _step(days: int) -> int | None:
    """The step reached `days` after the quarter's last day, negative before it; None while there is none."""
    reached = [step for step in (*(-before for before in BEFORE), *AFTER) if step <= days]
    return max(reached) if reached and days <= max(AFTER) else None


def _remind(year: int, quarter: int, step: int, on: date) -> int:
    units = list(missing_units(year, quarter))
    liaisons = people_of((unit.pk for unit in units), "department", on)
    told = {"year": year, "quarter": quarter, "end": last_day_of(year, quarter).isoformat()}
    tellings = [
        telling_of("return_missing", liaisons[unit.pk], once=f"return:{unit.pk}:{year}-{quarter}:{step}",
                   unit=unit.name, **told)
        for unit in units if liaisons[unit.pk]
    ]  # fmt: skip
    tell_all(tellings)
    return len(tellings)
