"""What a unit's yearly sheet tells of its suits: heads absent, suits lost, late answers, backlog, suggestions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.assessment.sheets.measures import Measure, agency_periods
from litigation.models import PROCEDURE

ANSWERS = agency_periods(
    "agency-answers",
    _("Answers to suits in time"),
    # Litigation Law, art. 67(1); Interpretation 2018, art. 34
    _(
        "Fifteen-day periods of agencies of the banner for their answer to a suit that were met on or before their "
        "last day, divided by those that were met or whose last day has passed. Each counts at the sued agency. Cases "
        "entered by mistake do not count."
    ),
    ("L-ANSWER",),
    PROCEDURE,
)
SUGGESTIONS = agency_periods(
    "suggestions-on-time",
    _("Suggestions answered in time"),
    _(
        "Periods for the answer to judicial and procuratorial suggestions that were met on or before their last day, "
        "divided by those that were met or whose last day has passed. Each counts at the unit that was to answer. "
        "Cases entered by mistake do not count."
    ),
    ("J-NORM-ANSWER", "J-GOV", "J-EXEC", "P-PIL", "P-PIL-URGENT", "P-OTHER"),
    PROCEDURE,
)
INDICATORS = (ANSWERS, SUGGESTIONS)
MEASURES = (
    Measure("appearance", _("Sessions without the head"), "head-appearance", "missed", 10),
    Measure("losses", pgettext_lazy("sheet", "Suits lost"), "loss-rate", "hit", 20),
    Measure("late-answers", _("Late answers to suits"), ANSWERS.code, "missed", 30),
    Measure("backlog", _("Effective rulings not cleared"), "backlog-clearance", "missed", 50),
    Measure("suggestions", _("Suggestions not answered in time"), SUGGESTIONS.code, "missed", 70),
)

__all__ = ["INDICATORS", "MEASURES"]
