"""Which periods of a published case can be checked from what it shows, and with what answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.calendar.current import current_calendar
from casemgr.timelimits import registry
from casemgr.timelimits.arithmetic import calendar_days, compute
from reconsideration.application_period import PeriodFacts, assess
from reconsideration.past_source import closing_kind, matter_of

Text = str | Promise


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    OPEN = "open"
    STATED = "stated"


ANSWER_LABELS: dict[str, Text] = {
    Answer.YES: gettext_lazy("in time"),
    Answer.NO: gettext_lazy("late"),
    Answer.OPEN: gettext_lazy("cannot be computed"),
    Answer.STATED: gettext_lazy("as the source states"),
}


@dataclass(frozen=True)
class Check:
    """One question about the periods of a case, with the answer and its ground."""

    code: str
    question: Text
    answer: Answer
    why: Text


def checks(source: Mapping[str, Any]) -> list[Check]:
    """Application in time? Review in time? Reply in time? Decision in time? Each with the reason."""
    found = [_application(source), _review(source)]
    if closing_kind(source["kind"]) != "refused":
        found += [_reply(source), _decision(source)]
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None


def _filed(source: Mapping[str, Any]) -> tuple[date | None, bool]:
    """The day of filing, and whether it is the day of receipt itself (not one the paper states)."""
    received = _day(source["application_received"])
    return (received, True) if received else (_day(source["application_stated"]), False)


def _application(source: Mapping[str, Any]) -> Check:
    question = _("Applied within 60 days?")
    filed = _filed(source)[0]
    if filed is None:
        return Check("R-APPLY", question, Answer.OPEN, _("The day of the application is not shown."))
    facts = PeriodFacts(
        received_on=filed,
        acted_on=_day(source["act_date"]),
        known_on=_day(source["known_or_served"]),
        matter=matter_of(source),
        law_version=source["law"],
    )
    limit = next(item for item in assess(facts, current_calendar()).limits if item.code == "R-APPLY")
    answer = {"kept": Answer.YES, "broken": Answer.NO}.get(limit.result, Answer.OPEN)
    return Check("R-APPLY", question, answer, " ".join(str(line) for line in limit.lines))


def _review(source: Mapping[str, Any]) -> Check:
    question = _("Reviewed within five working days?")
    corrected = _day(source["correction_received"])
    start, is_exact = (corrected, True) if corrected else _filed(source)
    done = _day(source["accepted"]) or (
        _day(source["decision_date"]) if closing_kind(source["kind"]) == "refused" else None
    )
    if start is None:
        return Check("R-ACC", question, Answer.OPEN, _("The day of receipt is not shown."))
    if done is None:
        return Check("R-ACC", question, Answer.OPEN, _("The day of acceptance or refusal is not shown."))
    if source["correction_happened"] and not corrected:
        return Check("R-ACC", question, Answer.OPEN, _("The day on which the corrected material came is not shown."))
    code = "R-CORR-3" if corrected and source["law"] == "2023" else "R-ACC"
    due = compute(registry.rule(code, start, law=source["law"]).period, start, current_calendar()).due
    return _compared(code, question, start, due, done, is_exact)


def _reply(source: Mapping[str, Any]) -> Check:
    question = _("Replied in time?")
    asked, replied = _day(source["reply_request_received"]), _day(source["respondent_reply"])
    if asked and replied:
        rule = registry.rule("R-REPLY", asked, law=source["law"])
        due = compute(rule.period, asked, current_calendar()).due
        return _compared("R-REPLY", question, asked, due, replied, True)
    if source["respondent_reply_in_time"] is not None:
        said = _("in time") if source["respondent_reply_in_time"] else _("not in time")
        why = _("The source says: %(said)s; the days are not shown.") % {"said": said}
        return Check("R-REPLY", question, Answer.STATED, why)
    return Check("R-REPLY", question, Answer.OPEN, _("Neither the request for a reply nor the reply is dated."))


def _decision(source: Mapping[str, Any]) -> Check:
    """60 days (30 simplified) with the extension; under the 2017 text they run from receipt (art. 17(2), 31)."""
    question = _("Decided in time?")
    decided, published = _day(source["decision_date"]), _day(source["published"])
    accepted = _day(source["accepted"])
    start, is_exact = (accepted, True) if accepted and source["law"] == "2023" else _filed(source)
    if start is None and accepted:
        why = _("The day of receipt, from which the 2017 text counts, is not shown.")
        return Check("R-DEC", question, Answer.OPEN, why)
    if start is None:
        return Check("R-DEC", question, Answer.OPEN, _("The day on which the period began is not shown."))
    if source["suspended"] and not source["resumed"]:
        return Check("R-DEC", question, Answer.OPEN, _("Suspended; the day of resumption is not shown."))
    simplified = source["procedure"] == "简易"
    code = "R-DEC-S" if simplified else "R-DEC"
    period = calendar_days(30 if simplified else 60)
    due = compute(period, start, current_calendar(), extension_days=source["extension_days"] or 0).due
    if decided:
        return _compared(code, question, start, due, decided, is_exact)
    if published and published <= due:
        why = _("Published on %(day)s, so decided no later; the period ended on %(due)s at the earliest.")
        return Check(code, question, Answer.YES, why % {"day": published, "due": due})
    return Check(
        code,
        question,
        Answer.OPEN,
        _("The day of the decision is not shown; counted from %(start)s the period ended on %(due)s.")
        % {"start": start, "due": due},
    )


def _compared(code: str, question: Text, start: date, due: date, done: date, is_exact: bool) -> Check:
    """A start that is only the earliest possible one proves "in time", never "late"."""
    values = {"start": start, "due": due, "done": done}
    if done <= due:
        return Check(code, question, Answer.YES, _("From %(start)s until %(due)s; done on %(done)s.") % values)
    if is_exact:
        return Check(code, question, Answer.NO, _("From %(start)s until %(due)s; done on %(done)s.") % values)
    why = _("Counted from the stated day %(start)s it ended on %(due)s; the receipt may be later (done on %(done)s).")
    return Check(code, question, Answer.OPEN, why % values)
