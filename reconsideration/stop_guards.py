"""Conditions of what stops the clock of the trial or lengthens it (art. 39, 55, 62)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.cases import events
from casemgr.cases.models import Deadline
from reconsideration.models import ReconsiderationCase
from reconsideration.old_law import LAW_2017
from reconsideration.suspension_grounds import concerned, grounds_in_force, subject_of
from reconsideration.terms import (
    ExcludedTime,
    SuspensionGround,
    Track,
)
from reconsideration.timelimits.laws import EXTENSION_CAP, REGULATION_2026

Data = Mapping[str, Any] | None

# Reconsideration Law 2023, art. 39(1)(6)
agreed_by_both_sides = Guard(
    "both-sides-agree",
    "39(1)(6)",
    gettext_lazy("For mediation or settlement applicant and respondent must both agree to the suspension: say how."),
    lambda case, data, today: data["ground"] != SuspensionGround.MEDIATION or bool(data.get("agreed_by")),
    field="agreed_by",
    needs_data=True,
)


def annexed_suspension(case: ReconsiderationCase) -> events.Fact | None:
    """The suspension for the review of a normative document or basis that lasts (art. 39(1)(9)), or None."""
    annexed = SuspensionGround.ANNEXED_REVIEW
    return next((fact for fact in grounds_in_force(case) if fact.data.get("ground") == annexed), None)


def has_happened_since(case: ReconsiderationCase, since: events.Fact, *kinds: str) -> bool:
    return any(fact.kind in kinds and fact.order > since.order for fact in events.facts_of(case))


def _annexed_review_is_over(case: ReconsiderationCase, data: Data, today: date) -> bool:
    began = annexed_suspension(case)
    return began is None or has_happened_since(case, began, "annex_concluded")


# Reconsideration Law 2023, art. 39(2): resumed when the cause is gone
annexed_review_is_over = Guard(
    "annexed-review-open",
    "39(2)",
    gettext_lazy("The case waits for the review of the document or basis: record its result before resuming."),
    _annexed_review_is_over,
)


def _is_new_ground(case: ReconsiderationCase, data: Data, today: date) -> bool:
    subject = subject_of(data["ground"], concerned(case, data["ground"], data.get("concerns")))
    held = {subject_of(fact.data.get("ground", ""), fact.data.get("concerns")) for fact in grounds_in_force(case)}
    return subject not in held


ground_is_new = Guard(
    "ground-in-force",
    "39(1)",
    gettext_lazy("The case is suspended on this ground already."),
    _is_new_ground,
    field="ground",
    needs_data=True,
)


another_ground_lasts = Guard(
    "last-ground",
    "39(2)",
    gettext_lazy("This is the only ground of the suspension: when its cause is gone, resume the case by its notice."),
    lambda case, data, today: len(grounds_in_force(case)) > 1,
)


def _ended_ground(case: ReconsiderationCase, data: Data) -> events.Fact | None:
    return next((fact for fact in grounds_in_force(case) if str(fact.root.pk) == data["ground"]), None)


def _is_ripe(case: ReconsiderationCase, data: Data, today: date) -> bool:
    began = _ended_ground(case, data)
    if began is None or data["on"] < began.occurred_on:
        return False
    is_annexed = began.data.get("ground") == SuspensionGround.ANNEXED_REVIEW
    return not is_annexed or has_happened_since(case, began, "annex_concluded")


ended_ground_is_ripe = Guard(
    "ground-not-over",
    "39(2)",
    gettext_lazy(
        "A ground ends after it began, and the review of a document or basis only with its recorded result. "
        "Check the ground and the day."
    ),
    _is_ripe,
    field="ground",
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


# No text says until when art. 55 may be used; as in court (Interpretation of 2018, art. 105(1)) before the period ends,
# since from then on the applicant may sue over silence (art. 34).
conversion_in_time = Guard(
    "decision-period-over",
    "55",
    gettext_lazy(
        "The decision period has ended: a conversion can no longer lengthen it. The applicant may sue over the "
        "silence; decide without delay."
    ),
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


# Implementing Regulation 2026, art. 40(2); the regulation of 2007 does not know it
superior_time_exists = Guard(
    "ground-not-in-force",
    "实施条例40(2)",
    gettext_lazy("Asking the superior to take the case stops the period only since 1 July 2026."),
    lambda case, data, today: data["kind"] != ExcludedTime.SUPERIOR or data["on"] >= REGULATION_2026.in_force[0],
    field="kind",
    needs_data=True,
)


# Implementing Regulation 2007, art. 41: since the law of 2023 a suspension is issued here, by its notice
suspension_time_is_of_old_cases = Guard(
    "suspend-by-notice",
    "39",
    gettext_lazy("This case is suspended by the suspension notice. This kind is for cases under the law of 2017."),
    lambda case, data, today: data["kind"] != ExcludedTime.SUSPENSION_2017 or case.law_version == LAW_2017,
    field="kind",
    needs_data=True,
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
        return any(_excluded_is_open(case, kind) for kind in ExcludedTime.values)
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
