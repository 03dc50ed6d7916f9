"""What a unit's yearly sheet tells of reconsiderations against it: late replies and corrected acts."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from casemgr.assessment.sheets.measures import Measure, agency_periods
from casemgr.cases.models import Participation
from casemgr.indicators.definition import Dimension, Indicator, Text
from reconsideration.models import PROCEDURE
from reconsideration.terms import CORRECTED, MERITS, Outcome

REPLIES = agency_periods(
    "agency-replies",
    _("Replies to reconsiderations in time"),
    # Reconsideration Law 2023, art. 48, 54
    _(
        "Periods of agencies of the banner for their written reply that were met on or before their last day, divided "
        "by those that were met or whose last day has passed. Each counts at the respondent. Cases entered by mistake "
        "do not count."
    ),
    ("R-REPLY", "R-REPLY-S"),
    PROCEDURE,
)


def respondents_judged() -> QuerySet[Participation]:
    """One a respondent of the banner and case decided on the merits, with the day of the decision."""
    found = Participation.objects.filter(
        role=Participation.Role.RESPONDENT, left_on__isnull=True, party__unit__isnull=False,
        case__procedure=PROCEDURE, case__outcome__in=MERITS,
    )  # fmt: skip
    return found.filter(case__closed_days__isnull=False)


def respondent_words(row: Participation) -> Text:
    return f"{row.name}　{dict(Outcome.choices).get(row.case.outcome, row.case.outcome)}"


ACTS_CORRECTED = Indicator(
    code="acts-corrected",
    name=_("Acts corrected, by the agency"),
    formula=_(
        "Of the decisions on the merits made in the period against an agency of the banner, those that annul the act "
        "in whole or in part, change it, confirm it illegal or void, or order performance. Each counts at the "
        "respondent; with two respondents at both."
    ),
    version=3,
    rows=respondents_judged,
    hit=Q(case__outcome__in=CORRECTED),
    on=F("case__closed_days__ended_on"),
    is_at_once=True,
    at_least=False,
    unit=F("party__unit_id"),
    dimensions=(Dimension.UNIT,),
    counted=_("corrected"),
    missed=_("not corrected"),
    procedures=(PROCEDURE,),
    row_words=respondent_words,
    joined=("case",),
)
INDICATORS = (REPLIES, ACTS_CORRECTED)
MEASURES = (
    Measure("late-replies", _("Late replies to reconsiderations"), REPLIES.code, "missed", 40),
    Measure("corrected", _("Acts corrected by reconsideration"), ACTS_CORRECTED.code, "hit", 60),
)

__all__ = ["INDICATORS", "MEASURES"]
