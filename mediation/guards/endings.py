"""Conditions of ending a mediation without an agreement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.cases import events
from mediation.conditions import is_answer_awaited
from mediation.course.advice import advice_for, is_complete, told_routes
from mediation.guards.clocks import has_expired, held_session
from mediation.models import MediationCase
from mediation.states import WITHOUT_AGREEMENT
from mediation.terms import TERMINATED_AT_ONCE, FailureGround, Route, Source, TerminationGround

Data = Mapping[str, Any] | None
ON_PLATFORM_AT_ONCE = (*TERMINATED_AT_ONCE, TerminationGround.UNREACHABLE)
"""On the court's platform whoever cannot be reached ends it at once (Rules on online mediation, art. 15(2), 25(3))."""


def at_once(case: MediationCase) -> tuple[str, ...]:
    """Grounds on which no approval is waited for."""
    return ON_PLATFORM_AT_ONCE if case.facts.on_platform else TERMINATED_AT_ONCE


def _missing(case: MediationCase, data: Data) -> str:
    said = told_routes(case) | set((data or {}).get("routes") or ())
    return "、".join(str(Route(advice.route).label) for advice in advice_for(case) if advice.route not in said)


# People's Mediation Law, art. 26
advice_is_given = Guard(
    "advice-missing",
    "26",
    gettext_lazy("The parties must be told of the other ways open to them before the case goes on; still to tell:"),
    lambda case, data, today: is_complete(case, set((data or {}).get("routes") or ())),
    field="routes",
    needs_data=True,
    detail=lambda case, data, today: _missing(case, data),
)
advice_after_the_end = Guard(
    "advice-missing",
    "26",
    advice_is_given.message,
    lambda case, data, today: case.state not in WITHOUT_AGREEMENT or advice_is_given.check(case, data, today),
    field="routes",
    needs_data=True,
    detail=lambda case, data, today: _missing(case, data),
)
advice_is_recorded = Guard(
    "advice-missing",
    "26",
    gettext_lazy(
        "The mediation brought no agreement: the case is closed only after the parties were told of the other ways. "
        "Record that first; still to tell:"
    ),
    lambda case, data, today: case.outcome in ("", "agreed", "void") or is_complete(case),
    detail=lambda case, data, today: _missing(case, data),
)
"""For whoever closes a case: it needs no form and shows before anybody types."""


def _failure_is_shown(case: MediationCase, data: Data, today: date) -> bool:
    ground = data["ground"]
    if ground == FailureGround.NO_AGREEMENT:
        return held_session(case, "not_agreed")
    if ground == FailureGround.EXPIRED:
        return has_expired(case, today)
    return held_session(case, "agreed", "not_agreed")


failure_is_shown = Guard(
    "failure-not-shown",
    "26",
    gettext_lazy(
        "The file does not show this ground: no agreement needs the record of a session without one, "
        "an expired period needs one that is over and was not extended, "
        "a refusal to sign needs the session in which an agreement was ready."
    ),
    _failure_is_shown,
    field="ground",
    needs_data=True,
)


def _not_begun_only_expires(case: MediationCase, data: Data, today: date) -> bool:
    return case.state != "ACCEPTED" or data["ground"] == FailureGround.EXPIRED


not_begun_only_expires = Guard(
    "not-begun",
    "",
    gettext_lazy("The mediation has not begun: only the end of the period lets it fail."),
    _not_begun_only_expires,
    field="ground",
    needs_data=True,
)


def _is_own_motion(case: MediationCase) -> bool:
    return case.facts.source == Source.OWN_MOTION


# Dossier §1.4, T13: nobody applied, so nobody withdraws
somebody_applied = Guard(
    "own-motion",
    "17",
    gettext_lazy(
        "The committee began this case of its own motion: there is no application to withdraw. "
        "If the parties settled by themselves, terminate on that ground."
    ),
    lambda case, data, today: not _is_own_motion(case),
)


def _all_applicants_withdraw(case: MediationCase, data: Data, today: date) -> bool:
    who = {part.pk for part in data["applicants"]}
    return all(
        part.pk in who for part in case.participations.all() if part.role == "applicant" and part.left_on is None
    )


all_applicants_withdraw = Guard(
    "other-applicants",
    "17",
    gettext_lazy("Not every applicant withdraws: for the others the mediation goes on."),
    _all_applicants_withdraw,
    field="applicants",
    needs_data=True,
)


def _ground_fits_source(case: MediationCase, data: Data, today: date) -> bool:
    return data["ground"] != TerminationGround.SETTLED_ALONE or _is_own_motion(case)


ground_fits_source = Guard(
    "settled-alone",
    "",
    gettext_lazy("There was an application: parties who settled by themselves withdraw it."),
    _ground_fits_source,
    field="ground",
    needs_data=True,
)


def _sham_was_reported(case: MediationCase, data: Data, today: date) -> bool:
    if data["ground"] != TerminationGround.SHAM:
        return True
    return any(fact.kind == "paused" and fact.data.get("ground") == "sham" for fact in events.facts_of(case))


# Provisions on invited mediation, art. 18
sham_was_reported = Guard(
    "sham-not-reported",
    gettext_lazy("Provisions on invited mediation, article 18"),
    gettext_lazy("A sham is found on the review of a report: pause the mediation and report the suspicion first."),
    _sham_was_reported,
    field="ground",
    needs_data=True,
)


REPORTED = ("duty_report", "risk_reported")


def _crime_was_reported(case: MediationCase, data: Data, today: date) -> bool:
    if data["ground"] != TerminationGround.CRIME:
        return True
    return any(fact.kind in REPORTED for fact in events.facts_of(case))


# People's Mediation Law, art. 25; the notice to the parties says that it was reported
crime_was_reported = Guard(
    "crime-not-reported",
    "25",
    gettext_lazy("What may be a crime is reported to the police at once: record that report first."),
    _crime_was_reported,
    field="ground",
    needs_data=True,
)


def was_asked(case: MediationCase) -> events.Fact | None:
    """The proposal to terminate that waits for the committee."""
    fact = events.last_of(events.facts_of(case), "termination_asked", "termination_declined")
    return fact if fact is not None and fact.kind == "termination_asked" else None


is_referred = Guard(
    "not-referred",
    "",
    gettext_lazy("No organ referred this dispute: there is nobody to return it to."),
    lambda case, data, today: is_answer_awaited(case, case.facts, None),
)
