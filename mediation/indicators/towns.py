"""Which towns have a studio, by both readings of the goal (dossier §3.5).

The register is counted each time: a handful of towns, on a day. What covers a town is said once, in
`mediation.organisations.coverage`, whose page shows the same.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, DateField, F, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from casemgr.indicators.definition import Dimension, Indicator, Text
from casemgr.indicators.period import Period
from casemgr.organisation.models import Unit
from mediation.models import PROCEDURE
from mediation.organisations.coverage import Reading, Universe, coverage


def _rows(reading: str) -> Any:
    def rows(period: Period) -> QuerySet[Unit]:
        day = min(period.last, period.as_of)
        found = coverage(day, Universe.TOWNS, reading)
        covered = [place.code for place in found.places if place.studios]
        return Unit.objects.filter(code__in=[place.code for place in found.places]).annotate(
            counted_on=Value(day, DateField()),
            is_covered=Case(When(code__in=covered, then=True), default=False, output_field=BooleanField()),
        )

    return rows


def everybody(user: Any, today: date) -> Q:
    """The goal is the banner's: whoever has to do with mediation sees how far all its towns are."""
    return Q()


def _coverage(code: str, name: Text, formula: Text, reading: str, counted: Text, missed: Text) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        formula=formula,
        version=1,
        rows=_rows(reading),
        is_kept=False,
        is_at_once=True,
        case=None,
        on=F("counted_on"),
        hit=Q(is_covered=True),
        unit=F("pk"),
        within=everybody,
        dimensions=(Dimension.UNIT,),
        counted=counted,
        missed=missed,
        base_is_fixed=True,
        procedures=(PROCEDURE,),
        row_words=lambda unit: unit.get_kind_display(),
    )


STANDING = _coverage(
    "town-coverage",
    _("Towns with a mediation studio"),
    _(
        "Towns and sumus of the banner, by the division table, in which at least one personal mediation studio is "
        "active on the last day of the period (or the day asked for, if it is earlier), divided by all of them. Towns "
        "are counted, not studios; a suspended studio is not active; a street's studio fills no town."
    ),
    Reading.STANDING,
    _("with a studio"),
    _("without a studio"),
)
NEW = _coverage(
    "town-coverage-new",
    _("Towns in which a studio was set up within the year"),
    _(
        "Towns and sumus of the banner, by the division table, in which a personal mediation studio began to work "
        "between 1 January of the year and the last day of the period (or the day asked for), whatever became of it "
        "since, divided by all of them. Towns are counted, not studios."
    ),
    Reading.NEW,
    _("studio set up in the year"),
    _("none set up in the year"),
)
COVERAGE = (STANDING, NEW)

__all__ = ["COVERAGE", "NEW", "STANDING"]
