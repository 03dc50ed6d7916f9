"""Where disputes are settled: in the village, or in the town."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from django.db.models import DateField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casemgr.indicators.definition import NEVER, Indicator, Text
from mediation.indicators.disputes import SUCCESS, WHICH, of_disputes, settled
from mediation.models import Committee, MediationFacts

Kind = Committee.Kind
VILLAGE = (Kind.VILLAGE, Kind.RESIDENT)
TOWN = (Kind.TOWN, Kind.STREET)


ALWAYS = Value(date(1900, 1, 1), DateField())


def _by_committees(kinds: Collection[str]) -> Callable[[str], Coalesce]:
    """Whether the committee is of one of the kinds: asked when the figure is read, for a correction of the register of
    committees is no step of their cases."""

    def found(column: str) -> Coalesce:
        facts = MediationFacts.objects.filter(case_id=OuterRef(column), committee__committee__kind__in=kinds)
        return Coalesce(Subquery(facts.values(day=ALWAYS)[:1], output_field=DateField()), NEVER)

    return found


def _level(code: str, name: Text, formula: Text, kinds: Collection[str], counted: Text) -> Indicator:
    return of_disputes(
        code,
        name,
        format_lazy("{}\n{}\n{}", formula, SUCCESS, WHICH),
        settled,
        hit=Q(pk__in=[]),
        later=_by_committees(kinds),
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
