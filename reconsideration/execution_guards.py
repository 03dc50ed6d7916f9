"""Conditions of the stop of execution of the act (Reconsideration Law 2023, art. 42)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.cases import events
from casemgr.cases.models import Participation
from reconsideration.models import ReconsiderationCase
from reconsideration.terms import StopGround


def is_stopped(case: ReconsiderationCase) -> bool:
    """Whether execution of the act stands stopped (art. 42)."""
    last = events.last_of(events.facts_of(case), "stop_ordered", "stop_ended")
    return last is not None and last.kind == "stop_ordered"


stop_is_in_force = Guard(
    "not-stopped", "42", gettext_lazy("Execution is not stopped."), lambda case, data, today: is_stopped(case)
)
stop_is_not_in_force = Guard(
    "already-stopped",
    "42",
    gettext_lazy("Execution is stopped already."),
    lambda case, data, today: not is_stopped(case),
)


def _stop_askers(case: ReconsiderationCase) -> set[str]:
    """Roles of those who asked for the stop since execution last stood stopped or the request was refused."""
    roles = {part.party_id: part.role for part in case.participations.all()}
    found: set[str] = set()
    for fact in events.facts_of(case):
        if fact.kind in ("stop_ordered", "stop_refused", "stop_ended"):
            found = set()
        elif fact.kind == "stop_asked" and fact.party_id in roles:
            found.add(roles[fact.party_id])
    return found


def is_asked(case: ReconsiderationCase) -> bool:
    """Whether an application to stop execution waits for its answer."""
    return bool(_stop_askers(case))


stop_is_asked = Guard(
    "nothing-asked",
    "42③",
    gettext_lazy("Nobody has applied for the stop of execution: record the application first."),
    lambda case, data, today: is_asked(case),
)

ASKERS = {
    StopGround.RESPONDENT: {Participation.Role.RESPONDENT},
    StopGround.ON_APPLICATION: {Participation.Role.APPLICANT, Participation.Role.THIRD_PARTY},
}
"""On whose word a ground rests (art. 42, items 1 and 3)."""

stop_ground_is_on_record = Guard(
    "stop-not-asked",
    "42",
    gettext_lazy(
        "This ground rests on a request: record first who asked for the stop of execution, the respondent (item 1), "
        "or the applicant or a third party (item 3)."
    ),
    lambda case, data, today: (
        data["ground"] not in ASKERS or bool(ASKERS[StopGround(data["ground"])] & _stop_askers(case))
    ),
    field="ground",
    needs_data=True,
)
# Reconsideration Law 2023, art. 42(1): 被申请人认为需要停止执行的, 应当停止执行
refusal_is_open = Guard(
    "respondent-wants-it",
    "42①",
    gettext_lazy(
        "The respondent itself holds the stop of execution necessary: execution must then be stopped. "
        "Issue the stop order."
    ),
    lambda case, data, today: case.law_version == "2017" or Participation.Role.RESPONDENT not in _stop_askers(case),
)
