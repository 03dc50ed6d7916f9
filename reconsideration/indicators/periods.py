"""How many cases are closed within the sixty days of the law, without extension."""

from __future__ import annotations

from django.db.models import Case, DateField, F, Q, QuerySet, When
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Deadline
from casemgr.indicators.definition import Indicator
from casemgr.indicators.expressions import DaysBefore, lead_handler_on
from casemgr.indicators.ground import deadline_words, judged_deadlines
from reconsideration.models import PROCEDURE

DECISION_PERIODS = ("R-DEC", "R-DEC-S")


def decision_periods() -> QuerySet[Deadline]:
    """One a case: the period for the decision, with its last day before any extension."""
    basic_end = Case(
        When(extension_days=0, then=F("due_on")),
        default=DaysBefore("nominal_on", "extension_days"),
        output_field=DateField(),
    )
    found = judged_deadlines().filter(rule__in=DECISION_PERIODS, case__procedure=PROCEDURE)
    return found.annotate(basic_end=basic_end)


SIXTY_DAYS = Indicator(
    code="sixty-days",
    name=_("60-day closing rate"),
    # Reconsideration Law 2023, art. 62; 2017, art. 31
    formula=_(
        "Accepted cases closed (decision, dismissal, termination or mediation) within the period of article 62 without "
        "any extension, divided by the cases so closed and those whose period without extension has passed. The period "
        "is 60 days from acceptance, 30 days in the simplified procedure, or the shorter one a law sets; suspension "
        "and excluded time move its end. A case that had to be extended is not closed within it. Cases refused or "
        "given up before acceptance, entered from the past, or entered by mistake do not count. A case belongs to "
        "whoever led it on that day."
    ),
    version=2,
    rows=decision_periods,
    hit=Q(status=Deadline.Status.MET) & (Q(extension_days=0) | Q(met_on__lte=F("basic_end"))),
    on=Case(
        When(c_hit=True, then=Least(F("met_on"), Coalesce("basic_end", "met_on"))),
        default=Coalesce("basic_end", "met_on"),
        output_field=DateField(),
    ),
    officer=lead_handler_on("c_on"),
    counted=_("closed in time"),
    missed=_("not closed in time"),
    procedures=(PROCEDURE,),
    row_words=deadline_words,
)
