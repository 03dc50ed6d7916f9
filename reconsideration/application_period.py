"""Was the application in time? Every limit that applies is computed; a person decides (art. 20, 21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.calendar.workdays import CalendarStatus, WorkCalendar
from casemgr.cases.matters import Matter
from casemgr.pages.articles import article_in_words
from casemgr.pages.dates import long_date
from casemgr.timelimits import registry
from casemgr.timelimits.arithmetic import Computation, compute
from casemgr.timelimits.citations import cite
from casemgr.timelimits.rules import Rule
from reconsideration.terms import ApplicationMethod, KnowledgeGround
from reconsideration.timelimits.laws import REGULATION_2026

Text = str | Promise


class Result(StrEnum):
    KEPT = "kept"
    BROKEN = "broken"
    UNKNOWN = "unknown"


RESULT_LABELS: dict[str, Text] = {
    Result.KEPT: gettext_lazy("kept"),
    Result.BROKEN: gettext_lazy("exceeded"),
    Result.UNKNOWN: gettext_lazy("cannot be told yet"),
}


@dataclass(frozen=True)
class PeriodFacts:
    """All that the limits hang on; what is not known is None."""

    method: str = ""
    received_on: date | None = None
    sent_on: date | None = None
    acted_on: date | None = None
    known_on: date | None = None
    known_ground: str = ""
    content_known_on: date | None = None
    duty_requested_on: date | None = None
    was_told_remedies: bool | None = None
    concerns_real_estate: bool = False
    special_period_days: int | None = None
    obstacle_days: int = 0
    obstacle_reason: str = ""
    matter: str = ""
    law_version: str = "2023"

    @property
    def is_omission(self) -> bool:
        return self.matter == Matter.OMISSION

    def filed(self) -> tuple[date | None, Text]:
        """The day that counts for lateness, and why."""
        if self.method == ApplicationMethod.POST and self.sent_on:
            return self.sent_on, gettext_lazy("posted: the postmark counts, days in the post do not")
        if self.method == ApplicationMethod.ONLINE and self.sent_on:
            return self.sent_on, gettext_lazy("online: the day it reached the system counts")
        if self.method == ApplicationMethod.VIA_AGENCY and self.sent_on:
            return self.sent_on, gettext_lazy("handed to the acting agency: that day counts, art. 32(1)")
        return self.received_on, gettext_lazy("the day the office received it")


@dataclass(frozen=True)
class Limit:
    """One limit with its verdict. `lines` tell the reasoning step by step."""

    rule: Rule
    result: Result
    start: date | None = None
    computation: Computation | None = None
    lines: tuple[Text, ...] = ()

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def due(self) -> date | None:
        return self.computation.due if self.computation else None

    @property
    def citation(self) -> str:
        return cite(self.rule)

    @property
    def label(self) -> Text:
        return RESULT_LABELS[self.result]

    @property
    def is_estimated(self) -> bool:
        return self.computation is not None and self.computation.calendar_status != CalendarStatus.PUBLISHED

    @property
    def calendar_status(self) -> str:
        return self.computation.calendar_status if self.computation else CalendarStatus.PUBLISHED


@dataclass(frozen=True)
class Assessment:
    """The proposal. `open_questions` keep it from being settled; `advice` is what to ask before refusing."""

    filed_on: date | None
    filed_why: Text
    limits: tuple[Limit, ...]
    open_questions: tuple[Text, ...] = ()
    advice: tuple[Text, ...] = ()

    @property
    def is_in_time(self) -> bool | None:
        """None when facts are missing, a question is open, or only an estimated calendar makes it late."""
        results = {limit.result for limit in self.limits}
        if self.open_questions or not results:
            return None
        if Result.BROKEN in results:
            return False if any(x.result == Result.BROKEN and not x.is_estimated for x in self.limits) else None
        return None if Result.UNKNOWN in results else True

    @property
    def is_estimated(self) -> bool:
        return any(limit.is_estimated for limit in self.limits)


def assess(facts: PeriodFacts, calendar: WorkCalendar) -> Assessment:
    """Every applicable limit. Pure: the facts and the calendar come from the caller."""
    filed_on, filed_why = facts.filed()
    waiting = _waiting(facts, calendar, filed_on) if _waits(facts) else None
    ordinary = _ordinary(facts, calendar, filed_on, waiting)
    limits = [*([waiting] if waiting else []), ordinary]
    questions: list[Text] = []
    is_late = ordinary.result == Result.BROKEN
    if facts.law_version != "2017":
        if (cap := _one_year(facts, calendar, filed_on)) is not None:
            limits.append(cap)
        limits.append(_outer(facts, calendar, filed_on))
        if is_late and facts.was_told_remedies is None:
            questions.append(
                _(
                    "Check whether the act told the applicant the right, the authority and the period: "
                    "if not, the one-year limit applies instead (art. 20(3))."
                )
            )
    advice: list[Text] = []
    if is_late and not facts.obstacle_days:
        article = "9(2)" if facts.law_version == "2017" else "20(2)"
        advice.append(
            _("Ask for a reason of delay: force majeure or another good reason stops the period (%(article)s).")
            % {"article": article_in_words(article)}
        )
    return Assessment(filed_on, filed_why, tuple(limits), tuple(questions), tuple(advice))


def _rule(code: str, facts: PeriodFacts, on: date | None) -> Rule:
    """The version for the case's law; the implementing regulation follows the day of the event (TL07 or TL26)."""
    return registry.rule(code, on or facts.received_on or facts.acted_on or date(2026, 7, 1), law=facts.law_version)


def _judge(rule: Rule, computation: Computation, start: date, filed_on: date | None, *lines: Text) -> Limit:
    shown = [
        *lines,
        _("Counted from %(start)s; last day %(due)s.")
        % {
            "start": long_date(start),
            "due": long_date(computation.due),
        },
    ]
    if computation.calendar_status != CalendarStatus.PUBLISHED:
        shown.append(_("The calendar of that year is not published yet: the date is an estimate."))
    if filed_on is None:
        return Limit(rule, Result.UNKNOWN, start, computation, (*shown, _("The day of filing is not known.")))
    if filed_on <= computation.due:
        return Limit(rule, Result.KEPT, start, computation, tuple(shown))
    days = (filed_on - computation.due).days
    shown.append(
        _("Filed on %(day)s, %(count)s day(s) after the last day.") % {"day": long_date(filed_on), "count": days}
    )
    return Limit(rule, Result.BROKEN, start, computation, tuple(shown))


def _waits(facts: PeriodFacts) -> bool:
    """An omission without a fixed term: the agency has 60 days first (TL26 art. 24(1)(2), TL07 art. 16(1)(2))."""
    return facts.is_omission and facts.known_on is None and facts.duty_requested_on is not None


def _waiting(facts: PeriodFacts, calendar: WorkCalendar, filed_on: date | None) -> Limit:
    start = facts.duty_requested_on
    assert start is not None
    rule = _rule("R-APPLY-OMIT", facts, start)
    computation = compute(rule.period, start, calendar)
    lines = [
        _("The agency received the request on %(day)s and has 60 days to act, where no term is fixed.")
        % {"day": long_date(start)}
    ]
    if filed_on is None:
        return Limit(rule, Result.UNKNOWN, start, computation, (*lines, _("The day of filing is not known.")))
    if filed_on < start + timedelta(days=rule.period.length):
        lines.append(
            _(
                "Filed before these 60 days were over: too early, unless the request concerned "
                "the urgent protection of person or property."
            )
        )
        return Limit(rule, Result.UNKNOWN, start, computation, tuple(lines))
    return Limit(rule, Result.KEPT, start, computation, tuple(lines))


def _ordinary(facts: PeriodFacts, calendar: WorkCalendar, filed_on: date | None, waiting: Limit | None) -> Limit:
    """60 days from knowing the act, or a law's longer period; days of obstacle are added (art. 20(1), (2))."""
    start = facts.known_on or (waiting.due if waiting else None)
    rule = _rule("R-APPLY", facts, start)
    period = rule.period_for(None, facts, None)
    lines: list[Text] = []
    never_told = facts.was_told_remedies is False and facts.known_ground != KnowledgeGround.INFORMED_LATER
    if never_told and facts.law_version != "2017":
        lines.append(
            _(
                "The applicant was not told right, authority and period: the 60 days have not begun, "
                "only the one-year limit runs (art. 20(3))."
            )
        )
        return Limit(rule, Result.KEPT, None, None, tuple(lines))
    if facts.obstacle_days:
        reason = facts.obstacle_reason or _("no reason recorded")
        lines.append(_("%(days)s days do not count: %(reason)s.") % {"days": facts.obstacle_days, "reason": reason})
    if facts.special_period_days and facts.special_period_days > 60:
        lines.append(_("A law sets %(days)s days instead of 60.") % {"days": facts.special_period_days})
    if start is not None:
        lines += _first_day(facts, start)
        computation = compute(period, start, calendar, extension_days=facts.obstacle_days)
        return _judge(rule, computation, start, filed_on, *lines)
    if facts.acted_on is None or facts.is_omission:
        lines.append(_("Not known when the applicant learned of the act: enter that day and how it is fixed."))
        return Limit(rule, Result.UNKNOWN, None, None, tuple(lines))
    # Nobody knows of an act before it is made: the period ends no earlier than counted from its day.
    earliest = compute(period, facts.acted_on, calendar, extension_days=facts.obstacle_days)
    if filed_on is not None and filed_on <= earliest.due:
        lines.append(_("In time even if the applicant knew of the act on its own day."))
        return _judge(rule, earliest, facts.acted_on, filed_on, *lines)
    lines.append(
        _(
            "Counted from the act's own day the period ended on %(due)s; "
            "it ends later if the applicant learned of the act later. Enter that day."
        )
        % {"due": long_date(earliest.due)}
    )
    return Limit(rule, Result.UNKNOWN, None, earliest, tuple(lines))


def _first_day(facts: PeriodFacts, start: date) -> list[Text]:
    """How day 0 is fixed, by the regulation of that day (TL26 art. 23, TL07 art. 15; omissions TL26 24, TL07 16)."""
    if not facts.known_ground:
        return []
    code = "R-APPLY-OMIT" if facts.known_ground == KnowledgeGround.OMISSION else "R-APPLY-START"
    ground = KnowledgeGround(facts.known_ground).label
    try:
        article = cite(_rule(code, facts, start))
    except registry.NotInForce:
        return [_("First day: %(ground)s.") % {"ground": ground}]
    lines: list[Text] = [_("First day: %(ground)s (%(article)s).") % {"ground": ground, "article": article}]
    if facts.known_ground == KnowledgeGround.SIGNED and start < REGULATION_2026.in_force[0]:
        lines.append(_("Before 1 July 2026 the regulation named only signing: a refusal to sign needs a closer look."))
    return lines


def _one_year(facts: PeriodFacts, calendar: WorkCalendar, filed_on: date | None) -> Limit | None:
    """At most one year from knowing the content, where the remedies were not told (art. 20(3))."""
    if facts.was_told_remedies is not False:
        return None
    start = facts.content_known_on
    if start is None and facts.known_ground != KnowledgeGround.INFORMED_LATER:
        start = facts.known_on
    rule = _rule("R-APPLY-1Y", facts, start)
    if start is None:
        return Limit(rule, Result.UNKNOWN, lines=(_("Not known when the applicant learned the content of the act."),))
    return _judge(rule, compute(rule.period, start, calendar), start, filed_on)


def _outer(facts: PeriodFacts, calendar: WorkCalendar, filed_on: date | None) -> Limit:
    """Five years from the act, twenty for real estate; nothing stops it (art. 21)."""
    rule = _rule("R-APPLY-MAX", facts, facts.acted_on)
    if facts.acted_on is None:
        if facts.is_omission:
            return Limit(rule, Result.KEPT, lines=(_("No act was made: this limit does not begin."),))
        return Limit(rule, Result.UNKNOWN, lines=(_("The day of the act is not known."),))
    period = rule.period_for(None, facts, None)
    return _judge(rule, compute(period, facts.acted_on, calendar), facts.acted_on, filed_on)
