"""What a sheet tells: `Procedure.extra["sheet_measures"]` names the indicators and which part of each is the number."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Deadline
from casemgr.cases.procedure import Text, procedures
from casemgr.indicators.definition import Dimension, Indicator
from casemgr.indicators.ground import JUDGED, deadline_words


@dataclass(frozen=True)
class Measure:
    """One number: the `hit` or `missed` of an indicator in the unit's own line. `order` places it on the sheet."""

    code: str
    name: Text
    indicator: str
    part: str
    order: int


def measures() -> list[Measure]:
    found = [one for procedure in procedures() for one in procedure.extra.get("sheet_measures", ())]
    return sorted(found, key=lambda one: one.order)


def agency_periods(code: str, name: Text, formula: Text, rules: tuple[str, ...], procedure: str) -> Indicator:
    """How far agencies of the banner kept statutory periods of these rules: each counts in the agency's own line."""

    def rows() -> QuerySet[Deadline]:
        found = Deadline.objects.filter(rule__in=rules, case__procedure=procedure, status__in=JUDGED)
        return found.filter(party__unit__isnull=False, due_on__isnull=False)

    return Indicator(
        code=code,
        name=name,
        formula=formula,
        version=2,
        rows=rows,
        hit=Q(status=Deadline.Status.MET),
        on=Least(Coalesce("met_on", "due_on"), F("due_on")),
        unit=F("party__unit_id"),
        rule="rule",
        dimensions=(Dimension.UNIT, Dimension.RULE),
        counted=_("met in time"),
        missed=_("missed"),
        procedures=(procedure,),
        row_words=deadline_words,
    )


__all__ = ["Measure", "agency_periods", "measures"]
