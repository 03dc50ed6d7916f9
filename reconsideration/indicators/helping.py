"""How often mediation organisations are asked for help, how often they take it on, and how often it settles a case."""

from __future__ import annotations

from django.db.models import Case, DateField, F, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _

from casemgr.indicators.definition import Indicator
from casemgr.indicators.expressions import lead_handler_on
from reconsideration.models import PROCEDURE, MediationHelp


def _asked() -> QuerySet[MediationHelp]:
    return MediationHelp.objects.exclude(referral__state="CANCELLED")


def _finished() -> QuerySet[MediationHelp]:
    """Taken on, and over: with a result, or returned without one."""
    return _asked().filter(referral__answered_on__isnull=False, referral__decline_reason="",
                           referral__result_on__isnull=False)  # fmt: skip


TAKEN_ON = Q(referral__answered_on__isnull=False, referral__decline_reason="")
HELP_TAKEN_ON = Indicator(
    code="help-taken-on",
    name=_("Help of mediation organisations taken on"),
    formula=_(
        "Requests for help to mediation organisations that were taken on, divided by all requests sent. A request that "
        "was withdrawn before it was received does not count, nor do those in cases entered by mistake."
    ),
    version=2,
    rows=_asked,
    hit=TAKEN_ON,
    on=Case(When(c_hit=True, then=F("referral__answered_on")), default=F("asked_on"), output_field=DateField()),
    officer=lead_handler_on("c_on"),
    counted=_("taken on"),
    missed=_("declined or not answered"),
    procedures=(PROCEDURE,),
    joined=("referral__number",),
    row_words=lambda row: f"{row.organisation} {row.referral}",
)
HELP_SETTLED = Indicator(
    code="help-settled",
    name=_("Settled with the help of mediation organisations"),
    formula=_(
        "Requests for help that ended with a settlement, whole or in part, divided by those that were taken on and are "
        "over. The same dispute stands in the committee's table only if a case of its own was opened there. Cases "
        "entered by mistake do not count."
    ),
    version=2,
    rows=_finished,
    hit=Q(referral__result__in=("settled", "partly")),
    on=F("referral__result_on"),
    officer=lead_handler_on("c_on"),
    counted=_("settled with help"),
    missed=_("not settled with help"),
    procedures=(PROCEDURE,),
    joined=("referral__number",),
    row_words=lambda row: f"{row.organisation} {row.referral}",
)
HELP = (HELP_TAKEN_ON, HELP_SETTLED)
