"""The clearance of the backlog (dossier §4.4): of the base that was taken, and of it with what fell due since.

The register is counted each time: a year has some hundred items, many of no file, and what is counted depends on the
year's plan. The board of the backlog (`litigation.backlog.figures`) reads the same rows.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, DateField, F, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils.translation import gettext_lazy as _

from casemgr.indicators.definition import NEVER, Dimension, Indicator, Text
from casemgr.indicators.period import Period
from litigation.backlog.states import OPEN, BacklogState
from litigation.models import PROCEDURE, BacklogItem, BacklogYear, SnapshotEntry

NO_BACKLOG = _("No backlog")
_DAY = DateField()


def _within_year(day: Any, period: Period) -> Greatest:
    """A day as one of the year whose base it is."""
    first, last = (Value(one, _DAY) for one in (date(period.year, 1, 1), date(period.year, 12, 31)))
    return Greatest(Least(day, last, output_field=_DAY), first, output_field=_DAY)


def base_rows(period: Period) -> QuerySet[BacklogItem]:
    """The items that the base of the period's year took."""
    return _with_plan(BacklogItem.objects.filter(pk__in=_taken(period)), period)


def dynamic_rows(period: Period) -> QuerySet[BacklogItem]:
    """The base, and the items whose term ended after it was taken, up to the day of the target and the day asked."""
    plan = _plan(period)
    since = Q(
        Q(state__in=OPEN) | Q(state=BacklogState.CLEARED),
        perform_due_on__gt=Subquery(plan.values("snapshot_on")[:1]),
        perform_due_on__lte=Subquery(plan.values("target_on")[:1]),
    )
    return _with_plan(BacklogItem.objects.filter(Q(pk__in=_taken(period)) | since), period)


def _plan(period: Period) -> QuerySet[BacklogYear]:
    return BacklogYear.objects.filter(year=period.year, snapshot_on__isnull=False)


def _taken(period: Period) -> QuerySet:
    taken = SnapshotEntry.objects.filter(year__year=period.year, year__snapshot_on__isnull=False)
    return taken.values("item_id")


def _with_plan(items: QuerySet[BacklogItem], period: Period) -> QuerySet[BacklogItem]:
    plan = _plan(period)
    snapshot = Subquery(plan.values("snapshot_on")[:1], output_field=_DAY)
    counted_on = Case(
        When(pk__in=_taken(period), then=_within_year(snapshot, period)),
        default=_within_year(F("perform_due_on"), period),
        output_field=_DAY,
    )
    return items.annotate(counted_on=counted_on, target_on=Subquery(plan.values("target_on")[:1], output_field=_DAY))


def visible_items(user: Any, today: date) -> Q:
    """Items for which one of the person's units is liable, alone or jointly; or all (`BacklogItem.visible_to`)."""
    return Q(pk__in=BacklogItem.objects.visible_to(user, today).values("pk"))


def planned(year: int) -> tuple[Decimal, date] | None:
    """What the plan of the year says."""
    found = BacklogYear.objects.filter(year=year).first()
    return (found.target, found.target_on) if found is not None else None


def item_words(row: BacklogItem) -> Text:
    """（2024）内0621行初1号　Being cleared　达拉特旗…局"""
    return f"{row.court_number}　{row.get_state_display()}"


_BASE = _(
    "The base is what the year's snapshot took: verified items whose term of performance had ended by that "
    "day and that "
    "were not performed. What a court has taken away since is left out; items paused by a court stay in. Cleared is an "
    "item of which every obligation was performed in full, with proof, by the day of the target; a payment in part, a "
    "settlement not yet paid, and an execution round that ended clear nothing. It counts by the day of performance. An "
    "item for which several units are liable counts once, and once in the line of each of them."
)


def _clearance(code: str, name: Text, formula: Text, rows: Any, *, fixed: bool) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        formula=formula,
        version=1,
        rows=rows,
        is_kept=False,
        is_yearly=True,
        is_at_once=True,
        case=None,
        hit=Q(state=BacklogState.CLEARED, cleared_on__lte=F("target_on")),
        on=F("counted_on"),
        hit_on=F("cleared_on"),
        until=Case(
            When(state=BacklogState.WRITTEN_OFF, then=Coalesce("written_off_on", "counted_on")),
            default=NEVER,
            output_field=_DAY,
        ),
        unit=F("unit_id"),
        within=visible_items,
        further_units="joint_units__unit",
        dimensions=(Dimension.UNIT,),
        counted=_("cleared"),
        missed=_("not cleared"),
        base_is_fixed=fixed,
        plan=planned,
        is_planned_elsewhere=True,
        procedures=(PROCEDURE,),
        row_words=item_words,
        joined=("number",),
        link=lambda row: row.get_absolute_url(),
        nothing=NO_BACKLOG,
    )


CLEARANCE = _clearance("backlog-clearance", _("Clearance of the backlog"), _BASE, base_rows, fixed=True)
DYNAMIC = _clearance(
    "backlog-clearance-dynamic",
    _("Clearance of the backlog with what fell due since"),
    _(
        "As “Clearance of the backlog”, and in the denominator also the items whose term of performance ended "
        "after the "
        "snapshot, up to the day of the target."
    ),
    dynamic_rows,
    fixed=True,
)
BACKLOG = (CLEARANCE, DYNAMIC)

__all__ = ["BACKLOG", "CLEARANCE", "DYNAMIC", "planned"]
