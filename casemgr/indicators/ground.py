"""The indicators of the ground: they read the register alone and hold for every procedure."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.models import Case, Deadline
from casemgr.indicators.definition import FOREVER, Dimension, Indicator, Kind, Text
from casemgr.indicators.expressions import lead_handler_on
from casemgr.pages.dates import long_date

Status = Deadline.Status
JUDGED = (Status.OPEN, Status.PAUSED, Status.MET, Status.MET_LATE, Status.LAPSED)
"""A period that ended without being needed is neither in time nor late. A paused one has no last day, unless the pause
began after it: then it is late."""


def judged_deadlines() -> QuerySet[Deadline]:
    """Periods of our own side that were met or whose last day is known."""
    known = Q(due_on__isnull=False) | Q(status=Status.MET)
    return Deadline.objects.filter(known, is_ours=True, status__in=JUDGED)


def deadline_words(row: Deadline) -> Text:
    """Last day, and the day it was done."""
    due = long_date(row.due_on) if row.due_on else _("paused")
    if row.met_on is None or row.status == Status.LAPSED:
        return _("last day %(due)s, not done") % {"due": due}
    return _("last day %(due)s, done on %(met)s") % {"due": due, "met": long_date(row.met_on)}


ON_TIME = Indicator(
    code="on-time",
    name=gettext_lazy("On-time rate"),
    formula=gettext_lazy(
        "Statutory periods of our own side that were met on or before their last day, divided by those that were met "
        "or whose last day has passed. Each counts on the day it was met, a missed one on its last day. "
        "Suspension, excluded time and extension move the last day. Acceptance by silence counts as missed. Periods "
        "that ended without being needed do not count, nor do cases entered from the past: no clock ran on them here. "
        "A period belongs to whoever led the case on that day. Cases entered by mistake do not count."
    ),
    version=2,
    rows=judged_deadlines,
    hit=Q(status=Status.MET),
    # what was posted in time arrives later: it was met by its last day
    on=Least(Coalesce("met_on", "due_on"), Coalesce("due_on", "met_on")),
    officer=lead_handler_on("c_on"),
    rule="rule",
    dimensions=(Dimension.UNIT, Dimension.OFFICER, Dimension.RULE, Dimension.PROCEDURE),
    counted=gettext_lazy("met in time"),
    missed=gettext_lazy("missed"),
    row_words=deadline_words,
)


def countable_cases() -> QuerySet[Case]:
    """Cases but those of the past of which nobody knows whether or when they ended."""
    unknown = Q(is_past_record=True, closed_on__isnull=True)
    return Case.objects.filter(opened_on__isnull=False).exclude(unknown)


LOAD = Indicator(
    code="load",
    name=gettext_lazy("Load per handler"),
    formula=gettext_lazy(
        "Open cases with a handler, divided by the people who lead at least one. Open is a case that was opened on or "
        "before the day and is not closed on it. Beside it: cases opened and cases closed in the period. A case counts "
        "for whoever leads it now. Cases entered by mistake do not count."
    ),
    version=1,
    rows=countable_cases,
    case="",
    hit=Q(lead_handler__isnull=False),
    on=F("opened_on"),
    until=Coalesce("closed_on", Value(FOREVER)),
    dimensions=(Dimension.UNIT, Dimension.OFFICER, Dimension.PROCEDURE),
    kind=Kind.LOAD,
    counted=gettext_lazy("open"),
    missed=gettext_lazy("without a handler"),
    at_least=False,
    row_words=lambda row: row.state_info.label,
)
INDICATORS = (ON_TIME, LOAD)
