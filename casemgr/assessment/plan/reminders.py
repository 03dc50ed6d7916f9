"""Clauses whose day comes near: the unit's people are told, and the bureau when a day has passed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.outbox import NoticeKind, tell_all, telling_of
from casemgr.assessment.models import PlanClause
from casemgr.assessment.models.plan import ClauseState
from casemgr.assessment.plan.reading import readings
from casemgr.assessment.roles import ANSWERING, LEADER
from casemgr.organisation.models import RoleAssignment
from casemgr.pages.dates import long_date

BEFORE, AFTER = (30, 7, 1), (1, 7, 15)
"""Days before and after a clause's day on which its unit is reminded; our own measure."""
CLAUSE_DUE, CLAUSE_JUDGED = "clause_due", "clause_judged"


def _due_text(data: Mapping[str, Any]) -> str:
    words = {"clause": data["clause"], "unit": data["unit"], "day": long_date(date.fromisoformat(data["due"]))}
    if data["is_measured"]:
        text = _("Plan %(clause)s (%(unit)s): the figure has not reached its target; the day is %(day)s.")
    elif data["days"] > 0:
        text = _("Plan %(clause)s (%(unit)s) was to be done by %(day)s and nothing was reported.")
    else:
        text = _("Plan %(clause)s (%(unit)s) is to be done by %(day)s. Report what was done.")
    return text % words


NOTICES = (
    NoticeKind(CLAUSE_DUE, gettext_lazy("Clause of the plan falls due"), _due_text, concerns_work=True),
    NoticeKind(
        CLAUSE_JUDGED,
        gettext_lazy("Clause of the plan judged"),
        lambda data: (
            _("Plan %(clause)s: %(result)s. %(why)s")
            % {**data, "result": dict(ClauseState.choices).get(data["result"], data["result"])}
        ),
        concerns_work=True,
    ),
)


def step_reached(days: int, before: Iterable[int] = BEFORE, after: Iterable[int] = AFTER) -> int | None:
    """The last step reached `days` after the day, negative before it; None before the first and long after the last."""
    steps = (*(-one for one in before), *after)
    reached = [step for step in steps if step <= days]
    return max(reached) if reached and days <= max(after) else None


def people_at(unit_ids: Iterable[int], roles: Iterable[str], on: date) -> dict[int, list[int]]:
    """Active people who hold one of the roles at each of the units."""
    found = defaultdict(list)
    held = RoleAssignment.objects.in_force(on).filter(
        unit_id__in=set(unit_ids), role__in=tuple(roles), user__is_active=True
    )
    for unit_id, user_id in held.order_by("pk").values_list("unit_id", "user_id"):
        found[unit_id].append(user_id)
    return found


def people_with(roles: Iterable[str], on: date) -> list[int]:
    """Active people who hold one of the roles anywhere."""
    held = RoleAssignment.objects.in_force(on).filter(role__in=tuple(roles), user__is_active=True)
    return list(held.order_by("user_id").values_list("user_id", flat=True).distinct())


def remind_of_clauses(on: date) -> int:
    """Tell of each open clause once per step; a unit without people, and what is late, goes to the leader as well.

    A clause whose figure has reached its target owes nothing. How many were told of.
    """
    near = (on - timedelta(days=max(AFTER)), on + timedelta(days=max(BEFORE)))
    rows = list(PlanClause.objects.waiting().filter(due_on__range=near).select_related("plan", "unit"))
    read = readings(rows, on)
    owing = [clause for clause in rows if clause.pk not in read or not read[clause.pk].reached]
    clauses = [(clause, step) for clause in owing if (step := step_reached((on - clause.due_on).days)) is not None]
    people, leaders = people_at((clause.unit_id for clause, _step in clauses), ANSWERING, on), people_with(LEADER, on)
    tellings = []
    for clause, step in clauses:
        told = people[clause.unit_id] + (leaders if step > 0 or not people[clause.unit_id] else [])
        tellings.append(
            telling_of(
                CLAUSE_DUE,
                told,
                subject=clause,
                once=f"clause:{clause.pk}:{clause.due_on}:{step}",
                clause=str(clause),
                unit=clause.unit.name,
                due=clause.due_on.isoformat(),
                days=step,
                is_measured=clause.pk in read,
            )
        )
    tell_all(tellings)
    return len(tellings)


__all__ = ["NOTICES", "people_at", "people_with", "remind_of_clauses", "step_reached"]
