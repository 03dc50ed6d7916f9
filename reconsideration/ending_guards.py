"""Conditions of the ends without a decision: withdrawal, termination, dismissal, mediation (art. 33, 41, 73, 74)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.cases import events
from casemgr.cases.models import Deadline, Participation
from reconsideration.models import ReconsiderationCase
from reconsideration.signatures import unsigned
from reconsideration.terms import TERMINABLE_AFTER_SIXTY_DAYS, DismissalGround, TerminationGround
from reconsideration.timelimits.laws import REGULATION_2026

Data = Mapping[str, Any] | None


def applicants_left(case: ReconsiderationCase) -> set[int]:
    rows = case.participations.filter(role=Participation.Role.APPLICANT, left_on__isnull=True)
    return set(rows.values_list("party_id", flat=True))


def withdrawals(case: ReconsiderationCase) -> dict[int, events.Fact]:
    """The last request of each party: its own, or its representatives' with its consent (art. 15(2))."""
    asked = [fact for fact in events.facts_of(case) if fact.kind == "withdrawn"]
    represented = {pk for fact in asked for pk in fact.data.get("represented", ())}
    members = dict(case.participations.filter(pk__in=represented).values_list("pk", "party_id")) if represented else {}
    found: dict[int, events.Fact] = {}
    for fact in asked:
        found |= {members[pk]: fact for pk in fact.data.get("represented", ()) if pk in members}
        if fact.party_id:
            found[fact.party_id] = fact
    return found


def withdrawn_parties(case: ReconsiderationCase) -> set[int]:
    """Each for itself, and all members for whom the representatives withdrew with their consent (art. 15(2))."""
    return set(withdrawals(case))


# Reconsideration Law 2023, art. 41(1), 74(2)
everybody_withdrew = Guard(
    "not-all-withdrew",
    "41(1)",
    gettext_lazy(
        "The case ends by withdrawal only when every applicant still in it has withdrawn: record each request."
    ),
    lambda case, data, today: (
        data["ground"] != TerminationGround.WITHDRAWN or applicants_left(case) <= withdrawn_parties(case)
    ),
    field="ground",
    needs_data=True,
)


def settled(case: ReconsiderationCase) -> bool:
    """Whether every applicant still in the case withdrew after a settlement with the respondent (art. 74(2))."""
    requests, left = withdrawals(case), applicants_left(case)
    return bool(left) and all(pk in requests and requests[pk].data.get("after_settlement") for pk in left)


def sixty_days_passed(case: ReconsiderationCase, on: date) -> Deadline | None:
    """The period of art. 41(5) of the running suspension, when it is over before `on`; on a published calendar only."""
    facts = events.facts_of(case)
    last = events.last_of(facts, "suspended", "resumed")
    if last is None or last.kind != "suspended" or last.data.get("ground") not in TERMINABLE_AFTER_SIXTY_DAYS:
        return None
    for row in case.deadlines.all():
        if row.rule == "R-SUSP60" and row.root_event_id == last.root.pk and row.calendar_status == "published":
            return row if row.due_on is not None and row.due_on < on else None
    return None


def _sixty_days(case: ReconsiderationCase, data: Data, today: date) -> bool:
    if data["ground"] != TerminationGround.SIXTY_DAYS:
        return True
    return case.state == "SUSPENDED" and sixty_days_passed(case, data.get("on") or today) is not None


# Reconsideration Law 2023, art. 41(5)
suspended_for_sixty_days = Guard(
    "sixty-days",
    "41(5)",
    gettext_lazy(
        "Termination needs a suspension under item 1, 2 or 4 of article 39(1) that has lasted sixty days "
        "with its cause still there; an applicant whose whereabouts are unknown is not among them."
    ),
    _sixty_days,
    field="ground",
    needs_data=True,
)


def _ground_in_force(case: ReconsiderationCase, data: Data, today: date) -> bool:
    on = (data or {}).get("on") or today
    return not str(data["ground"]).startswith("37") or on >= REGULATION_2026.in_force[0]


# Implementing Regulation 2026, art. 37(1), in force since 1 July 2026
dismissal_ground_in_force = Guard(
    "ground-not-in-force",
    "实施条例37(1)",
    gettext_lazy("This ground exists only since the regulation of 2026 is in force, 1 July 2026."),
    _ground_in_force,
    field="ground",
    needs_data=True,
)


# Reconsideration Law 2023, art. 73(1)
everybody_signed = Guard(
    "not-all-signed",
    "73(1)",
    gettext_lazy(
        "The mediation paper takes effect when all parties have signed it and the authority's seal is on it. "
        "Enter each party's signature before it is sealed. Missing:"
    ),
    lambda case, data, today: not unsigned(case, data.get("signatures") or "", data.get("on") or today),
    field="signatures",
    needs_data=True,
    detail=lambda case, data, today: "、".join(unsigned(case, data.get("signatures") or "", data.get("on") or today)),
)


DISMISSAL_ITEMS = {
    DismissalGround.BASELESS: "一",
    DismissalGround.BEYOND_POWER: "二",
    DismissalGround.CONFIRMED_BY_COURT: "三",
}
"""Items of art. 37(1) of the regulation of 2026."""
