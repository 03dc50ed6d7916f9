"""Disputes as the figures count them: by the days that are kept of each (`mediation.models.DisputeDays`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from casemgr.indicators.definition import Dimension, Indicator, Split, Text
from casemgr.indicators.expressions import lead_handler_on
from casemgr.indicators.splits import of_choices, of_units
from mediation.models import PROCEDURE, DisputeDays
from mediation.terms import DisputeType

SPLITS: dict[str, Split] = {
    Dimension.CAUSE: of_choices("mediation_facts__dispute_type", DisputeType),
    Dimension.TOWN: of_units("mediation_facts__town_id"),
}
DIMENSIONS = (Dimension.UNIT, Dimension.OFFICER, Dimension.CAUSE, Dimension.TOWN)
WHICH = _(
    "Disputes that people's mediation took on; not those handed to another body, of administrative or judicial "
    "mediation, or entered by mistake."
)
SUCCESS = _("Success is an agreement in effect, or that the parties settled by themselves.")


def ended() -> QuerySet[DisputeDays]:
    """Disputes that came to an end."""
    return DisputeDays.objects.filter(closed_on__isnull=False)


def settled() -> QuerySet[DisputeDays]:
    """Those that ended with success."""
    return ended().filter(success_on__isnull=False)


def of_disputes(code: str, name: Text, formula: Text, rows: Callable[[], QuerySet], **more: Any) -> Indicator:
    """A figure of disputes, by default of those that came to an end in the period."""
    values: dict[str, Any] = {"on": F("closed_on"), "officer": lead_handler_on("c_on"), "is_at_once": True} | more
    return Indicator(
        code=code,
        name=name,
        formula=formula,
        version=2,
        rows=rows,
        dimensions=DIMENSIONS,
        splits=SPLITS,
        procedures=(PROCEDURE,),
        row_words=lambda row: str(row.case.state_info.label),
        joined=("case",),
        **values,
    )


__all__ = ["DIMENSIONS", "SPLITS", "SUCCESS", "WHICH", "ended", "of_disputes", "settled"]
