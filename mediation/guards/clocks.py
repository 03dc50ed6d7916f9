"""Conditions that hang on the clock of the mediation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.cases import events
from casemgr.cases.models import Deadline
from casemgr.pages.dates import long_date
from mediation.agreements.standing import agreement_of, required_signers
from mediation.course.people import names, parties_of
from mediation.models import MediationCase
from mediation.timelimits import EXTENDABLE, MAIN

Data = Mapping[str, Any] | None


def main_clock(case: MediationCase) -> Deadline | None:
    """The running clock of the mediation itself, if one runs."""
    return next((row for row in case.deadlines.all() if row.rule in MAIN and row.is_running), None)


def has_expired(case: MediationCase, today: date) -> bool:
    """Whether it ended before today without extension, on holidays that are published."""
    clock = main_clock(case)
    return (
        clock is not None and clock.due_on is not None and clock.due_on < today and clock.calendar_status == "published"
    )


def is_stopped_by_appraisal(case: MediationCase) -> bool:
    """Medical disputes (art. 38 of their Regulation) and, on the court's platform only, delegation before filing."""
    clock = main_clock(case)
    return clock is not None and (clock.rule == "M-MED" or (clock.rule == "M-CRT" and case.facts.on_platform))


# Labour Dispute Mediation and Arbitration Law, art. 14(3)
not_labour = Guard(
    "labour-not-extended",
    gettext_lazy("Labour Dispute Mediation and Arbitration Law, article 14"),
    gettext_lazy(
        "The fifteen days of a labour dispute cannot be extended: after them each party may go to arbitration. "
        "Tell the parties so; the mediation may go on if both want it."
    ),
    lambda case, data, today: (clock := main_clock(case)) is None or clock.rule != "M-LAB",
)


def _is_in_time(case: MediationCase, data: Data, today: date) -> bool:
    clock = main_clock(case)
    if clock is None or clock.rule not in EXTENDABLE:
        return clock is not None
    on = (data or {}).get("on") or today
    return clock.due_on is None or on <= clock.due_on


def _due(case: MediationCase, data: Data, today: date) -> str:
    clock = main_clock(case)
    return _("It ended on %(day)s.") % {"day": long_date(clock.due_on)} if clock and clock.due_on else ""


# Provisions on invited mediation, art. 27; Regulation on medical disputes, art. 38: what runs is prolonged
extension_in_time = Guard(
    "period-over",
    "",
    gettext_lazy("A period is extended while it runs; no running period is left."),
    _is_in_time,
    detail=_due,
)


def _missing(case: MediationCase, data: Data) -> list[Any]:
    agreed = {part.pk for part in data["agreed_by"]}
    return [part for part in parties_of(case) if part.pk not in agreed]


everybody_agreed = Guard(
    "extension-not-agreed",
    gettext_lazy("Provisions on invited mediation, article 27; Regulation on medical disputes, article 38"),
    gettext_lazy("Only an agreement of all parties extends the period. Still to agree:"),
    lambda case, data, today: not _missing(case, data),
    field="agreed_by",
    needs_data=True,
    detail=lambda case, data, today: names(_missing(case, data)),
)


medical_period_is_over = Guard(
    "period-still-running",
    gettext_lazy("Regulation on medical disputes, article 38"),
    gettext_lazy("The thirty working days are still running, or the year's holidays are not published yet."),
    lambda case, data, today: (
        (clock := main_clock(case)) is not None and clock.rule == "M-MED" and has_expired(case, today)
    ),
)


def _is_signed_by_all(case: MediationCase) -> bool:
    agreement = agreement_of(case)
    if agreement is None:
        return False
    signed = set(agreement.signatures.values_list("participation_id", flat=True))
    signers = required_signers(case, agreement.obligations.all())
    return bool(signers) and all(part.pk in signed for part in signers)


# Regulation on medical disputes, art. 38, 39: an agreement was reached; only the mediator's signature or the seal lacks
nothing_is_signed = Guard(
    "agreement-signed",
    gettext_lazy("Regulation on medical disputes, articles 38 and 39"),
    gettext_lazy("All parties have signed an agreement: it does not count as failed. Complete signature and seal."),
    lambda case, data, today: not _is_signed_by_all(case),
)


def held_session(case: MediationCase, *results: str) -> bool:
    """Whether the last session of the round had one of the results."""
    last = case.mediation_sessions.filter(round=case.facts.round).last()
    return last is not None and last.result in results


def day_paused(case: MediationCase) -> events.Fact | None:
    """The pause that lasts, if the mediation rests."""
    fact = events.last_of(events.facts_of(case), "paused", "resumed")
    return fact if fact is not None and fact.kind == "paused" else None


def appraisal_runs(case: MediationCase) -> bool:
    fact = events.last_of(events.facts_of(case), "appraisal_from", "appraisal_until")
    return fact is not None and fact.kind == "appraisal_from"
