"""Agents and representatives in reconsideration, by the text in force on the day (Law 2023, art. 14–17)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import prefetch_related_objects

from casemgr.cases import events
from casemgr.cases.models import Case, Mandate, Matter, Participation
from casemgr.cases.representation.law import ElectionRule, Limit, RepresentationLaw
from reconsideration.timelimits.laws import REGULATION_2026

Role = Participation.Role
LAW_2017 = "《行政复议法》（2017年修正）第10条"
OLD_REGULATION, NEW_REGULATION = "《行政复议法实施条例》（2007年）第{}条", "《行政复议法实施条例》（2026年修订）第{}条"
NUMEROUS_2007 = 5
NUMEROUS_2026 = 10


def _is_new(day: date) -> bool:
    return day >= REGULATION_2026.in_force[0]


def agents(case: Case, role: str, profession: str, day: date) -> Limit | None:
    """Law 2023, art. 17(1): one or two for an applicant or third party (2007: Regulation, art. 10).

    Regulation 2026, art. 18(2): the respondent names one or two of its staff; for its lawyers no text gives a number.
    """
    if role == Role.RESPONDENT:
        if profession == Mandate.Profession.STAFF and _is_new(day):
            return Limit(2, NEW_REGULATION.format("18") + "第2款", (Mandate.Profession.STAFF,))
        return None
    return Limit(2, OLD_REGULATION.format("10") if case.law_version == "2017" else "17(1)")


def authority(case: Case, day: date) -> str:
    """The paper names matter, powers and time: Law 2023, art. 17(2); 2007: Regulation, art. 10."""
    return OLD_REGULATION.format("10") if case.law_version == "2017" else "17(2)"


def election(case: Case, side: str, members: int, day: date) -> ElectionRule | None:
    """More than 10 elect 2 to 5 (Regulation 2026, art. 17); before 1 July 2026 more than 5 elected 1 to 5 (2007, 8).

    Six to ten since then: the law lets many applicants elect (art. 15(1)), and no text gives them a number.
    """
    if not _is_new(day):
        is_known = side == Role.APPLICANT and members > NUMEROUS_2007
        return ElectionRule(1, 5, OLD_REGULATION.format("8"), duty=True) if is_known else None
    if members > NUMEROUS_2026:
        paragraph = "" if side == Role.APPLICANT else "第3款"
        signed = NEW_REGULATION.format("17") + "第2款"
        return ElectionRule(2, 5, NEW_REGULATION.format("17") + paragraph, side == Role.APPLICANT, signed)
    if side == Role.APPLICANT and members > NUMEROUS_2007:
        return ElectionRule(1, 5, "15(1)")
    return None


def consent(case: Case, day: date) -> Mapping[str, str]:
    """Law 2023, art. 15(2). It does not name settlement: a mediation paper asks for each one's will and signature.

    The law of 2017 and its regulation say nothing of consent; withdrawing is the applicant's own will all the same.
    """
    if case.law_version == "2017":
        return {Matter.WITHDRAW: OLD_REGULATION.format("38")}
    named = (Matter.CHANGE_REQUESTS, Matter.WITHDRAW, Matter.ADMIT)
    return {**dict.fromkeys(named, "15(2)"), Matter.SETTLE: "73(1)"}


def applied_on(case: Case) -> date | None:
    """The day the application was sent or handed in, else the day it was received."""
    return case.facts.sent_on or events.day_of(case, "received")


def heard_through(case: Case, facts: Sequence[events.Fact]) -> set[int]:
    """Parties whose elected representative was heard: what it does has effect for those who elected it (15(2))."""
    parts = [part for part in case.participations.all() if part.group_id]
    prefetch_related_objects(parts, "group")
    heard: set[int] = set()
    for fact in facts:
        if fact.kind != "opinion_heard" or fact.occurred_on is None or fact.data.get("channel") == "not_heard":
            continue
        heard |= {
            part.group_id
            for part in parts
            if part.role == Role.REPRESENTATIVE and part.party_id == fact.party_id
            if part.group.elected_on <= fact.occurred_on and (part.left_on is None or fact.occurred_on <= part.left_on)
        }
    return {part.party_id for part in parts if part.group_id in heard}


REPRESENTATION = RepresentationLaw(
    agents=agents,
    authority=authority,
    election=election,
    consent=consent,
    applied_on=applied_on,
    statutory=lambda case: LAW_2017 + "第2款" if case.law_version == "2017" else "14(3)",
    needs_staff=lambda case, role, day: (
        NEW_REGULATION.format("18") + "第2款" if role == Role.RESPONDENT and _is_new(day) else ""
    ),
    groups=(Role.APPLICANT, Role.THIRD_PARTY),
)
