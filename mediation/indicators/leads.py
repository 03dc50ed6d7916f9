"""How long it takes from a lead to the settlement."""

from __future__ import annotations

from django.db.models import F, QuerySet
from django.db.models.functions import Greatest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casemgr.indicators.definition import Kind
from casemgr.indicators.expressions import DaysBetween
from mediation.indicators.disputes import SUCCESS, WHICH, of_disputes
from mediation.models import DisputeDays

FOUND_ON = F("case__mediation_lead__found_on")


def found_and_settled() -> QuerySet[DisputeDays]:
    """Disputes that were registered out of a lead, and settled."""
    return DisputeDays.objects.filter(case__mediation_lead__isnull=False, success_on__isnull=False)


LEAD_TO_SETTLEMENT = of_disputes(
    "lead-to-settlement",
    _("Days from lead to settlement"),
    format_lazy(
        "{}\n{}\n{}",
        _(
            "Of the disputes settled in the period that were registered out of a lead found in screening: the "
            "days from "
            "the day the lead was found to the day of the settlement; the mean, and the median. Leads settled "
            "on the spot "
            "made no case and are not counted."
        ),
        SUCCESS,
        WHICH,
    ),
    found_and_settled,
    kind=Kind.DAYS,
    on=F("success_on"),
    days=DaysBetween(Greatest(F("success_on"), FOUND_ON), FOUND_ON),
    at_least=False,
    counted=_("settled out of a lead"),
    missed="",
)

__all__ = ["LEAD_TO_SETTLEMENT"]
