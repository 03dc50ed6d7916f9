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
from reconsideration.suspension_grounds import concerned, grounds_in_force, is_fitting, not_concerned
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
    "41①",
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


def sixty_days_over(case: ReconsiderationCase, on: date) -> list[Deadline]:
    """The periods of art. 41(5) that are over before `on`, of the grounds of the running suspension; on a published
    calendar only. Each ground's sixty days run from the day the case was suspended on it."""
    began = {fact.root.pk for fact in grounds_in_force(case) if fact.data.get("ground") in TERMINABLE_AFTER_SIXTY_DAYS}
    return [
        row
        for row in case.deadlines.all()
        if row.rule == "R-SUSP60" and row.root_event_id in began and row.calendar_status == "published"
        if row.due_on is not None and row.due_on < on
    ]


def sixty_days_passed(case: ReconsiderationCase, on: date) -> Deadline | None:
    """The first of them."""
    return min(sixty_days_over(case, on), key=lambda row: row.due_on, default=None)


def ground_of_sixty_days(case: ReconsiderationCase, on: date) -> events.Fact | None:
    """What began the ground whose sixty days are over (art. 41(5)); while none is, the first that has such a period."""
    passed = sixty_days_passed(case, on)
    found = [fact for fact in grounds_in_force(case) if fact.data.get("ground") in TERMINABLE_AFTER_SIXTY_DAYS]
    if passed is not None:
        found = [fact for fact in found if fact.root.pk == passed.root_event_id]
    return found[0] if found else None


def _sixty_days(case: ReconsiderationCase, data: Data, today: date) -> bool:
    if data["ground"] != TerminationGround.SIXTY_DAYS:
        return True
    return case.state == "SUSPENDED" and sixty_days_passed(case, data.get("on") or today) is not None


# Reconsideration Law 2023, art. 41(5)
suspended_for_sixty_days = Guard(
    "sixty-days",
    "41⑤",
    gettext_lazy(
        "Termination needs a suspension under item 1, 2 or 4 of article 39(1) that has lasted sixty days "
        "with its cause still there; an applicant whose whereabouts are unknown is not among them."
    ),
    _sixty_days,
    field="ground",
    needs_data=True,
)


def _named(case: ReconsiderationCase, data: Data, today: date) -> bool:
    return not not_concerned(case, data["ground"], data.get("concerns"))


# Reconsideration Law 2023, art. 39(1), items 1 to 4; art. 41, items 2 and 3
the_one_concerned_is_named = Guard(
    "concerns",
    "39(1)、41",
    gettext_lazy("The ground lies in one applicant:"),
    _named,
    field="concerns",
    needs_data=True,
    detail=lambda case, data, today: not_concerned(case, data["ground"], data.get("concerns")),
)


def _gone(case: ReconsiderationCase, data: Data, today: date) -> set[int]:
    """The applicants in whom the ground of the termination lies."""
    ground = str(data["ground"])
    if ground == TerminationGround.SIXTY_DAYS:
        facts = [fact for fact in grounds_in_force(case) if fact.data.get("ground") in TERMINABLE_AFTER_SIXTY_DAYS]
        found = {concerned(case, fact.data["ground"], fact.data.get("concerns")) for fact in facts}
    else:
        found = {concerned(case, ground, data.get("concerns"))}
    return {pk for pk in found if pk}


def _nobody_else_applies(case: ReconsiderationCase, data: Data, today: date) -> bool:
    if data["ground"] in (TerminationGround.WITHDRAWN, TerminationGround.CRIMINAL_CASE):
        return True
    gone = _gone(case, data, today)
    rows = case.participations.filter(role=Participation.Role.APPLICANT, left_on__isnull=True)
    return not gone or not rows.exclude(pk__in=gone).exists()


# Reconsideration Law 2023, art. 41(2)(3)(5): what ends one applicant's application does not end the others'
nobody_else_applies = Guard(
    "others-apply",
    "41",
    gettext_lazy(
        "Only one of several applicants is gone: the case goes on for the others. "
        "Record that this applicant's part has ended instead."
    ),
    _nobody_else_applies,
    field="ground",
    needs_data=True,
)


others_stay = Guard(
    "sole-applicant",
    "41",
    gettext_lazy("Only one applicant is left in the case: issue the termination decision instead."),
    lambda case, data, today: len(applicants_left(case)) > 1,
)


def _part_may_end(case: ReconsiderationCase, data: Data, today: date) -> bool:
    """The ground fits the applicant; sixty days are those of a suspension for this very applicant."""
    part = case.participations.filter(party=data["party"], role=Participation.Role.APPLICANT).first()
    if part is None:
        return False
    if data["ground"] != TerminationGround.SIXTY_DAYS:
        return is_fitting(part, data["ground"])
    passed = {row.root_event_id for row in sixty_days_over(case, data["on"])}
    return any(fact.root.pk in passed and fact.data.get("concerns") == part.pk for fact in grounds_in_force(case))


the_part_may_end = Guard(
    "part-not-over",
    "41",
    gettext_lazy(
        "A natural person dies, an organisation ends; the sixty days are those of a suspension for this very "
        "applicant. Choose the ground that fits."
    ),
    _part_may_end,
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
