"""What the counting says to people: each step, unit and refusal as a sentence in the reader's language."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casemgr.calendar.workdays import CalendarStatus
from casemgr.pages.dates import long_date
from casemgr.timelimits.arithmetic import Period, PeriodError, Step, Unit

CALENDAR_WORDS: dict[str, str | Promise] = {
    CalendarStatus.PUBLISHED: gettext_lazy("The calendar of these days is published."),
    CalendarStatus.ESTIMATED: gettext_lazy(
        "Estimated: the holiday notice of that year has not been published. The date may still move, and nothing is "
        "refused or deemed because of it."
    ),
    CalendarStatus.MISSING: gettext_lazy(
        "No calendar is kept for that year: only weekends were taken as rest days. Check the date by hand."
    ),
}


def period_words(period: Period) -> str:
    """5 working days, 60 days, 6 months, 5 working days before."""
    n = period.length
    match period.unit:
        case Unit.WORKING_DAYS:
            return ngettext("%(n)s working day", "%(n)s working days", n) % {"n": n}
        case Unit.CALENDAR_DAYS:
            return ngettext("%(n)s day", "%(n)s days", n) % {"n": n}
        case Unit.MONTHS:
            return ngettext("%(n)s month", "%(n)s months", n) % {"n": n}
        case Unit.YEARS:
            return ngettext("%(n)s year", "%(n)s years", n) % {"n": n}
        case Unit.WORKING_DAYS_BEFORE:
            return ngettext("%(n)s working day before", "%(n)s working days before", n) % {"n": n}
        case Unit.CALENDAR_DAYS_BEFORE:
            return ngettext("%(n)s day before", "%(n)s days before", n) % {"n": n}
        case _:
            return _("until %(day)s") % {"day": long_date(date.fromordinal(n))}


_STEPS: dict[str, str | Promise] = {
    "start": gettext_lazy("%(day)s: the day of the event is not counted"),
    "planned": gettext_lazy("%(day)s: the planned day; counted backwards from the day before"),
    "working_day": gettext_lazy("%(day)s: working day %(number)s"),
    "adjusted_working_day": gettext_lazy("%(day)s: working day %(number)s (a weekend worked in exchange)"),
    "rest_day": gettext_lazy("%(day)s: weekend, not counted"),
    "holiday": gettext_lazy("%(day)s: holiday, not counted"),
    "length_calendar_days": gettext_lazy("%(number)s days, holidays included, end on %(day)s"),
    "length_months": gettext_lazy("%(number)s months end on %(day)s"),
    "length_years": gettext_lazy("%(number)s years end on %(day)s"),
    "extended": gettext_lazy("Extended by %(number)s days, counted from the end before any postponement: %(day)s"),
    "extended_working_days": gettext_lazy("Extended by %(number)s working days"),
    "suspended": gettext_lazy(
        "Suspended from %(day)s, resumed on %(until)s: the end moves by %(number)s days "
        "(the day of suspension is not counted, the day of resumption is)"
    ),
    "suspended_open": gettext_lazy("Suspended since %(day)s and not resumed: there is no last day yet"),
    "suspended_after_end": gettext_lazy(
        "The suspension of %(day)s began after the period had ended and changes nothing"
    ),
    "nominal": gettext_lazy("Before any postponement the period ends on %(day)s"),
    "rolled": gettext_lazy("That is a rest day: the last day is the first working day after it, %(day)s"),
    "not_rolled": gettext_lazy("%(day)s is a working day: nothing is postponed"),
    "due": gettext_lazy("Last day: %(day)s"),
    "due_before": gettext_lazy("Latest day: %(day)s"),
    "fixed_day": gettext_lazy("The paper itself names the last day: %(day)s"),
}


def step_words(step: Step) -> str:
    """One line of the counting."""
    code = "extended_working_days" if step.code == "extended" and step.day is None else step.code
    return str(_STEPS[code]) % {
        "day": long_date(step.day) if step.day else "",
        "until": long_date(step.until) if step.until else "",
        "number": step.number if step.number is not None else "",
    }


_ERRORS: dict[str, str | Promise] = {
    "suspensions_overlap": gettext_lazy("The suspensions of %(first)s and %(second)s overlap."),
    "suspension_backwards": gettext_lazy("A suspension begins on %(first)s and ends before that, on %(second)s."),
    "suspension_too_early": gettext_lazy("The suspension of %(first)s begins before the period does."),
    "beyond_calendar": gettext_lazy("A period that begins on %(first)s ends beyond the year 9999."),
}


def error_words(error: PeriodError) -> str:
    """Why nothing could be computed."""
    days = [long_date(day) for day in error.days] + ["", ""]
    return str(_ERRORS[error.code]) % {"first": days[0], "second": days[1]}
