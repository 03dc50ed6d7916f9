"""Conditions of what stops or ends the trial without a decision (art. 33, 39, 41, 42, 55, 62, 73, 74)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.cases import events
from casemgr.cases.models import Deadline, Participation
from casemgr.pages.dates import long_date
from reconsideration.models import ReconsiderationCase
from reconsideration.signatures import unsigned
from reconsideration.terms import (
    TERMINABLE_AFTER_SIXTY_DAYS,
    DismissalGround,
    SuspensionGround,
    TerminationGround,
    Track,
)
from reconsideration.timelimits.laws import REGULATION_2026

Data = Mapping[str, Any] | None
EXTENSION_CAP = 30  # Reconsideration Law 2023, art. 62(1)

law_of_2023 = Guard(
    "old-law",
    "",
    gettext_lazy(
        "The case is tried under the law of 2017, whose grounds and papers this form does not have. "
        "Issue the paper outside and record its time as time that does not count."
    ),
    lambda case, data, today: case.law_version != "2017",
)

# Reconsideration Law 2023, art. 39(1)(6)
agreed_by_both_sides = Guard(
    "both-sides-agree",
    "39(1)(6)",
    gettext_lazy("For mediation or settlement applicant and respondent must both agree to the suspension: say how."),
    lambda case, data, today: data["ground"] != SuspensionGround.MEDIATION or bool(data.get("agreed_by")),
    field="agreed_by",
    needs_data=True,
)


def decision_deadline(case: ReconsiderationCase) -> Deadline | None:
    """The running decision period."""
    return next((row for row in case.deadlines.all() if row.rule in ("R-DEC", "R-DEC-S") and row.is_running), None)


only_ordinary = Guard(
    "simplified-no-extension",
    "62(2)",
    gettext_lazy("The simplified procedure knows no extension: convert to the ordinary procedure instead (art. 55)."),
    lambda case, data, today: case.facts.procedure == Track.ORDINARY,
)
only_simplified = Guard(
    "already-ordinary",
    "55",
    gettext_lazy("The case is tried in the ordinary procedure already."),
    lambda case, data, today: case.facts.procedure == Track.SIMPLIFIED,
)
# Reconsideration Law 2023, art. 55, 62(1)
approved_by_the_head = Guard(
    "head-approves",
    "62(1)",
    gettext_lazy("The head of the reconsideration office must approve: enter who did."),
    lambda case, data, today: bool(data.get("approved_by")),
    field="approved_by",
    needs_data=True,
)


def _extension_in_time(case: ReconsiderationCase, data: Data, today: date) -> bool:
    running = decision_deadline(case)
    on = (data or {}).get("on") or today
    return running is not None and (running.due_on is None or on <= running.due_on)


extension_in_time = Guard(
    "decision-period-over",
    "62(1)",
    gettext_lazy("The decision period has ended: it can be extended only before its last day is over."),
    _extension_in_time,
)


def _granted(case: ReconsiderationCase) -> int:
    return sum(int(fact.data.get("days", 0)) for fact in events.facts_of(case) if fact.kind == "extended")


extension_within_cap = Guard(
    "extension-cap",
    "62(1)",
    gettext_lazy("All extensions together are at most 30 days."),
    lambda case, data, today: (
        _granted(case) + int((data or {}).get("days") or 0) <= EXTENSION_CAP
        and (data is not None or _granted(case) < EXTENSION_CAP)
    ),
    field="days",
    detail=lambda case, data, today: _("Granted already: %(days)s days.") % {"days": _granted(case)},
)


def _excluded_is_open(case: ReconsiderationCase, kind: str) -> bool:
    subject = f"excluded-{kind}"
    last = [fact for fact in events.facts_of(case) if fact.subject == subject]
    return bool(last) and last[-1].kind == "excluded_from"


no_excluded_time_of_this_kind = Guard(
    "already-running",
    "",
    gettext_lazy("Time of this kind is running already. End it first."),
    lambda case, data, today: not _excluded_is_open(case, data["kind"]),
    field="kind",
    needs_data=True,
)


def _end_follows(case: ReconsiderationCase, data: Data, today: date) -> bool:
    if data is None:
        return any(_excluded_is_open(case, kind) for kind in ("inspection", "appraisal", "superior"))
    if not _excluded_is_open(case, data["kind"]):
        return False
    began = [fact for fact in events.facts_of(case) if fact.subject == f"excluded-{data['kind']}"][-1]
    return data["on"] >= began.occurred_on


excluded_time_is_running = Guard(
    "not-running",
    "",
    gettext_lazy("No time of this kind is running on that day."),
    _end_follows,
    field="kind",
)


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


def applicants_left(case: ReconsiderationCase) -> set[int]:
    rows = case.participations.filter(role=Participation.Role.APPLICANT, left_on__isnull=True)
    return set(rows.values_list("party_id", flat=True))


def withdrawn_parties(case: ReconsiderationCase) -> set[int]:
    """Each for itself, and all members for whom the representatives withdrew with their consent (art. 15(2))."""
    withdrew = [fact for fact in events.facts_of(case) if fact.kind == "withdrawn"]
    represented = {pk for fact in withdrew for pk in fact.data.get("represented", ())}
    members = case.participations.filter(pk__in=represented) if represented else ()
    return {fact.party_id for fact in withdrew if fact.party_id} | {part.party_id for part in members}


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
    gettext_lazy("实施条例37(1)"),
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


def review_sentence(row: Deadline) -> str:
    return _("The sixty days ended on %(day)s.") % {"day": long_date(row.due_on)}


DISMISSAL_ITEMS = {
    DismissalGround.BASELESS: "一",
    DismissalGround.BEYOND_POWER: "二",
    DismissalGround.CONFIRMED_BY_COURT: "三",
}
"""Items of art. 37(1) of the regulation of 2026."""
