"""Agents and representatives before the court (Litigation Law, art. 28, 31; Interpretation 2018, art. 29, 31)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from casemgr.cases import events
from casemgr.cases.models import Case, Matter, Participation
from casemgr.cases.representation.law import ElectionRule, Limit, RepresentationLaw

Role = Participation.Role
NUMEROUS = 10
"""Interpretation 2018, art. 29(1): ten and more."""


def agents(case: Case, role: str, profession: str, day: date) -> Limit:
    """One or two (art. 31(1)), for either side."""
    return Limit(2, "31(1)")


def election(case: Case, side: str, members: int, day: date) -> ElectionRule | None:
    """Ten plaintiffs or more elect two to five; the court may name them (Interpretation 2018, art. 29)."""
    if side != Role.APPLICANT or members < NUMEROUS:
        return None
    return ElectionRule(2, 5, "《行诉解释》第29条", duty=True)


def consent(case: Case, day: date) -> Mapping[str, str]:
    """A representative changes or gives up claims, or admits the other side's, only with consent (art. 28)."""
    return dict.fromkeys((Matter.CHANGE_REQUESTS, Matter.ADMIT, Matter.WITHDRAW, Matter.SETTLE), "28")


def needs_staff(case: Case, role: str, day: date) -> str:
    """Where the head does not come, staff must; a lawyer alone never suffices (art. 3(3))."""
    return "3(3)" if role == Role.RESPONDENT else ""


REPRESENTATION = RepresentationLaw(
    agents=agents,
    authority=lambda case, day: "《行诉解释》第31条",
    election=election,
    consent=consent,
    applied_on=lambda case: events.day_of(case, "suit_filed", "case_filed", "registered"),
    statutory=lambda case: "30",
    needs_staff=needs_staff,
    groups=(Role.APPLICANT,),
)
