"""An answer as plain data for pages, papers and the API: everything a person needs to check the date by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casemgr.calendar.workdays import CalendarStatus
from casemgr.pages.dates import long_date
from casemgr.timelimits.arithmetic import Computation, Suspension
from casemgr.timelimits.citations import cite
from casemgr.timelimits.rules import BOUND_PARTIES, Law, Rule
from casemgr.timelimits.wording import CALENDAR_WORDS, period_words, step_words


@dataclass(frozen=True)
class Explanation:
    """`lines` is the counting, in order; `due` is None while a suspension is open."""

    title: str
    code: str
    article: str
    texts: tuple[str, ...]
    bound_party: str
    length: str
    start: date
    lines: tuple[str, ...]
    suspensions: tuple[str, ...]
    nominal: date | None
    due: date | None
    result: str
    calendar_status: CalendarStatus
    calendar_text: str
    on_expiry: str

    @property
    def is_estimated(self) -> bool:
        return self.calendar_status != CalendarStatus.PUBLISHED


def explain(rule: Rule, computation: Computation) -> Explanation:
    """Rule, article, text and its span, counting day by day, stops, calendar and result."""
    due = computation.due
    return Explanation(
        title=str(rule.name),
        code=rule.code,
        article=cite(rule),
        texts=tuple(text_span(source) for source in rule.sources),
        bound_party=str(BOUND_PARTIES.get(rule.bound_party, rule.bound_party)),
        length=period_words(computation.period),
        start=computation.start,
        lines=tuple(step_words(step) for step in computation.steps),
        suspensions=tuple(_stop(stop) for stop in computation.suspensions),
        nominal=computation.nominal,
        due=due,
        result=long_date(due) if due else _("None while the period is suspended"),
        calendar_status=computation.calendar_status,
        calendar_text=str(CALENDAR_WORDS[computation.calendar_status]),
        on_expiry=str(rule.on_expiry),
    )


def text_span(source: Law) -> str:
    """A text and the days it is in force."""
    first, end = source.in_force
    values = {"text": source.name, "first": date_format(first), "end": date_format(end) if end else ""}
    if end is None:
        return _("%(text)s is in force since %(first)s") % values
    return _("%(text)s was in force from %(first)s until %(end)s, that day not included") % values


def _stop(stop: Suspension) -> str:
    if stop.end is None:
        return _("from %(first)s, still open") % {"first": long_date(stop.start)}
    return _("from %(first)s to %(end)s") % {"first": long_date(stop.start), "end": long_date(stop.end)}
