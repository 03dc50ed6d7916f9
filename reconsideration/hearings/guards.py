"""Conditions of a hearing, in the order of the articles (Reconsideration Law 2023, art. 50, 51, 61)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.actions.errors import Refusal
from casemgr.pages.dates import long_date
from reconsideration.hearings.lacks import lacks_of
from reconsideration.hearings.notice_days import notice_days
from reconsideration.hearings.reading import has_open_hearing, is_heard, must_be_heard, open_hearing
from reconsideration.models import ReconsiderationCase
from reconsideration.old_law import LAW_2017
from reconsideration.terms import Track

Data = Mapping[str, Any] | None


def _is_ordinary(case: ReconsiderationCase, data: Data, today: date) -> bool:
    return case.facts.procedure != Track.SIMPLIFIED or case.law_version == LAW_2017


ordinary_only = Guard(
    "hearing-ordinary-only",
    "50",
    gettext_lazy(
        "Hearings belong to the ordinary procedure. A case that must be heard does not fit the simplified one: "
        "convert it first (article 55)."
    ),
    _is_ordinary,
)

a_hearing_is_open = Guard(
    "no-hearing-planned",
    "",
    gettext_lazy("No hearing is planned. Plan one first."),
    lambda case, data, today: has_open_hearing(case),
)

no_hearing_is_open = Guard(
    "hearing-planned-already",
    "",
    gettext_lazy("A hearing is planned already: change, hold or cancel it."),
    lambda case, data, today: not has_open_hearing(case),
)


def _can_be_told(case: ReconsiderationCase, data: Data, today: date) -> bool:
    days = notice_days(data["planned_on"], case.law_version)
    return days is None or today <= days.loose or bool(data.get("accept_short"))


def _last_day(case: ReconsiderationCase, data: Data, today: date) -> str:
    days = notice_days(data["planned_on"], case.law_version)
    return _("The last day for the notice was %(day)s.") % {"day": long_date(days.strict)} if days else ""


# Reconsideration Law 2023, art. 51(1)
notice_is_possible = Guard(
    "hearing-notice-too-late",
    "51(1)",
    gettext_lazy(
        "No notice can reach the parties five working days before that day. Choose a later day, or state that they "
        "will waive the period in writing."
    ),
    _can_be_told,
    field="planned_on",
    needs_data=True,
    detail=_last_day,
)


class _NothingIsLacking(Guard):
    """Everything that a lawful hearing needs, each as a refusal of its own."""

    def refusal(self, subject: ReconsiderationCase, data: Data, today: date) -> Refusal | None:
        hearing = open_hearing(subject)
        if hearing is None:
            return None
        found = [one for one in lacks_of(hearing, today) if one.forbids_holding]
        if not found:
            return None
        return Refusal(found[0].code, " ".join(str(one.text) for one in found), found[0].article)


nothing_is_lacking = _NothingIsLacking(
    "hearing-incomplete", "50(3)", "", lambda case, data, today: True, needs_data=True
)


def _applicants_gave_up(case: ReconsiderationCase, data: Data, today: date) -> bool:
    hearing = open_hearing(case)
    rows = hearing.parties.select_related("participation") if hearing is not None else []
    applicants = [row for row in rows if row.is_applicant and row.participation.left_on is None]
    return bool(applicants) and all(row.gave_up for row in applicants)


# Reconsideration Law 2023, art. 51(2)
applicants_gave_up = Guard(
    "applicant-came",
    "51(2)",
    gettext_lazy(
        "Only when every applicant stayed away without good reason is the right to the hearing given up. "
        "Record who came, and why the others did not."
    ),
    _applicants_gave_up,
    needs_data=True,
)


def _its_day_has_come(case: ReconsiderationCase, data: Data, today: date) -> bool:
    hearing = open_hearing(case)
    return hearing is None or hearing.on <= today


its_day_has_come = Guard(
    "hearing-day-to-come",
    "",
    gettext_lazy("The day of the hearing has not come yet."),
    _its_day_has_come,
    needs_data=True,
)

# Reconsideration Law 2023, art. 50(1)
mandatory_hearing_is_held = Guard(
    "hearing-mandatory",
    "50(1)",
    gettext_lazy(
        "The case was found grave, difficult or complex: a hearing must be held before the decision. "
        "Plan and hold it, or record why the ground does not hold any more."
    ),
    lambda case, data, today: not must_be_heard(case) or case.facts.procedure == Track.SIMPLIFIED or is_heard(case),
)

no_hearing_is_pending = Guard(
    "hearing-pending",
    "61(2)",
    gettext_lazy("A hearing is planned: hold or cancel it before the decision is made."),
    lambda case, data, today: not has_open_hearing(case),
)
