"""How good the decisions are (dossier §6, T11): corrected, settled, and whether the dispute ended here.

Publications divide by different things, so the formula under each figure names its denominator.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from casemgr.indicators.definition import Indicator, Text
from casemgr.indicators.expressions import lead_handler_on
from casemgr.indicators.going_on import sued_over
from reconsideration.indicators.closed import DIMENSIONS, SPLITS, case_words
from reconsideration.models import PROCEDURE, ClosedDays, MediationHelp
from reconsideration.terms import CORRECTED, MERITS, Outcome

CLOSED = ClosedDays.objects.all


def decided_on_the_merits() -> QuerySet[ClosedDays]:
    return ClosedDays.objects.filter(case__outcome__in=MERITS)


def closed_with_help() -> QuerySet[ClosedDays]:
    asked = MediationHelp.objects.filter(case_id=OuterRef("pk")).exclude(referral__state="CANCELLED")
    return ClosedDays.objects.annotate(was_helped=Exists(asked))


def _of_closed(code: str, name: Text, formula: Text, rows: Callable[[], QuerySet], **more: Any) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        formula=formula,
        version=3,
        rows=rows,
        on=F("ended_on"),
        officer=lead_handler_on("c_on"),
        is_at_once=True,
        dimensions=DIMENSIONS,
        splits=SPLITS,
        procedures=(PROCEDURE,),
        row_words=case_words,
        joined=("case",),
        **more,
    )


CORRECTION = _of_closed(
    "direct-correction",
    _("Direct correction rate"),
    _(
        "Decisions that annul the act in whole or in part, change it, confirm it illegal or void, or order "
        "performance, divided by all decisions on the merits (these, upheld, liability under an agreement, "
        "compensation and request rejected) made in the period. Mediated, terminated and dismissed cases are not in "
        "the denominator."
    ),
    decided_on_the_merits,
    hit=Q(case__outcome__in=CORRECTED),
    counted=_("corrected"),
    missed=_("not corrected"),
)
SETTLED = _of_closed(
    "mediated-or-withdrawn",
    _("Mediated or withdrawn"),
    _(
        "Cases closed by mediation, or terminated because the application was withdrawn, divided by all cases "
        "closed in "
        "the period. Closed are cases decided, dismissed, terminated or mediated, by the day of the paper; refused "
        "applications are not."
    ),
    CLOSED,
    hit=Q(case__outcome=Outcome.MEDIATED) | Q(is_withdrawn=True),
    counted=_("mediated or withdrawn"),
    missed=_("ended otherwise"),
)
SUED = _of_closed(
    "sued-after",
    _("Sued after reconsideration"),
    _(
        "Cases closed in the period over which a party has sued, whether the case says so or a file of the suit is "
        "linked to it, divided by all cases closed in the period (decided, dismissed, terminated or mediated, "
        "by the day "
        "of the paper). A suit counts whenever it was brought; for some cases the time to sue may still be running."
    ),
    CLOSED,
    hit=Q(sued_on__isnull=False),
    hit_on=F("sued_on"),
    later=sued_over,
    at_least=False,
    counted=_("sued"),
    missed=_("not sued"),
)
HELP_OFFERED = _of_closed(
    "help-offered",
    _("Cases with the help of a mediation organisation"),
    _(
        "Cases closed in the period for which a mediation organisation was asked for help, divided by all cases closed "
        "in the period (decided, dismissed, terminated or mediated, by the day of the paper). A request that was "
        "withdrawn before it was received does not count."
    ),
    closed_with_help,
    hit=Q(was_helped=True),
    counted=_("help was asked for"),
    missed=_("no help was asked for"),
)
QUALITY = (CORRECTION, SETTLED, SUED, HELP_OFFERED)

__all__ = ["CORRECTION", "QUALITY"]
