"""One question to the calculator, from the command line, a page's address or the API; and its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casemgr.calendar.current import current_calendar
from casemgr.calendar.workdays import WorkCalendar
from casemgr.timelimits import registry
from casemgr.timelimits.arithmetic import Computation, PeriodError, Suspension, compute
from casemgr.timelimits.explain import text_span
from casemgr.timelimits.rules import Rule
from casemgr.timelimits.wording import error_words


class Unanswerable(ValueError):
    """The question itself is wrong. `field` names the entry at fault; the message is one sentence for people."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


@dataclass(frozen=True)
class Answer:
    """`rule` is None when no version governs; `computation` is None when nothing is computed: `why_not` says why."""

    code: str
    start: date
    rule: Rule | None
    computation: Computation | None
    why_not: str = ""


def answer(
    code: str,
    start: date,
    *,
    law: str = "",
    suspensions: Sequence[Suspension] = (),
    extension_days: int = 0,
    calendar: WorkCalendar | None = None,
) -> Answer:
    """Compute one period of the law.

    :raises Unanswerable: unknown code, bad suspensions, an extension the rule does not allow.
    """
    try:
        rule = registry.rule(code, start, law or None)
    except registry.UnknownRule:
        raise Unanswerable("code", _("There is no rule %(code)s.") % {"code": code}) from None
    except registry.NotInForce:
        return Answer(code, start, None, None, why_no_version(code, start, law))
    _check_extension(rule, extension_days)
    if rule.period is None:
        return Answer(code, start, rule, None, str(rule.not_computed) or _("The law fixes no length of its own."))
    try:
        result = compute(
            rule.period,
            start,
            calendar or current_calendar(),
            suspensions=suspensions,
            extension_days=extension_days,
        )
    except PeriodError as error:
        field = "start" if error.code == "beyond_calendar" else "suspend"
        raise Unanswerable(field, error_words(error)) from error
    return Answer(code, start, rule, result)


def _check_extension(rule: Rule, days: int) -> None:
    if days == 0:
        return
    if days < 0:
        raise Unanswerable("extend", _("An extension has at least one day."))
    if rule.extension_cap is None:
        raise Unanswerable("extend", _("%(code)s cannot be extended.") % {"code": rule.code})
    if days > rule.extension_cap:
        message = _("%(code)s can be extended by %(cap)s days at most.") % {
            "code": rule.code,
            "cap": rule.extension_cap,
        }
        raise Unanswerable("extend", message)


def why_no_version(code: str, on: date, law: str = "") -> str:
    """Which texts know the code, and when they are in force."""
    texts = []
    for version in registry.versions(code):
        for source in version.sources:
            if (span := text_span(source)) not in texts:
                texts.append(span)
    asked = _("law version %(law)s") % {"law": law} if law else date_format(on)
    return _("No rule kept here governs %(code)s for %(asked)s: %(texts)s.") % {
        "code": code,
        "asked": asked,
        "texts": "; ".join(texts),
    }
