"""Where disputes are settled: in the village, or in the town."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F, Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casemgr.indicators.definition import Indicator, Text
from mediation.indicators.disputes import closed_disputes, of_disputes, with_success
from mediation.indicators.results import SUCCESS, WHICH
from mediation.models import Committee, MediationCase

Kind = Committee.Kind
VILLAGE = (Kind.VILLAGE, Kind.RESIDENT)
TOWN = (Kind.TOWN, Kind.STREET)


def settled() -> QuerySet[MediationCase]:
    return with_success(closed_disputes()).filter(success_on__isnull=False)


def _level(code: str, name: Text, formula: Text, kinds: Collection[str], counted: Text) -> Indicator:
    return of_disputes(
        code,
        name,
        format_lazy("{}\n{}\n{}", formula, SUCCESS, WHICH),
        settled,
        hit=Q(mediation_facts__committee__committee__kind__in=kinds),
        hit_on=F("ended_on"),
        counted=counted,
        missed=_("settled elsewhere"),
    )


IN_VILLAGE = _level(
    "settled-in-village",
    _("Settled in the village (of disputes mediated with success)"),
    _("Of the disputes closed in the period with success, those mediated by a village or residents' committee; what a "
      "studio settled counts at the level of its committee."),
    VILLAGE,
    _("settled in the village"),
)  # fmt: skip
IN_TOWN = _level(
    "settled-in-town",
    _("Settled in the town (of disputes mediated with success)"),
    _("Of the disputes closed in the period with success, those mediated by the committee of a town, sumu or street; "
      "what was settled in a village is not among them."),
    TOWN,
    _("settled in the town"),
)  # fmt: skip
LEVELS = (IN_VILLAGE, IN_TOWN)

__all__ = ["IN_TOWN", "IN_VILLAGE", "LEVELS"]
