"""Who is told that two years end: on the work page, and by the night."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.outbox import NoticeKind, tell_all, telling_of
from casemgr.pages.dates import long_date
from litigation.court.notices import people_of
from litigation.models import LitigationFacts
from litigation.roles import BOTH
from litigation.two_years.reading import lines_of, near, running, visible

AHEAD = (90, 30, 7, 1)
"""Days before the end on which people are told; our own measure."""
MOST = 5


def _text(data: Any) -> str:
    words = {**data, "day": long_date(date.fromisoformat(data["day"]))}
    if data.get("is_ours"):
        return _("%(case)s: enforcement of “%(what)s” can be applied for until %(day)s. Apply to the court.") % words
    return (
        _("%(case)s: until %(day)s the other side can apply for enforcement of “%(what)s”. Perform it before.") % words
    )


NOTICES = (
    NoticeKind("two_years_end", gettext_lazy("Two years for enforcement end"), _text, is_urgent=True),
)  # fmt: skip


def waiting_context(user: Any, today: date) -> dict[str, Any]:
    """For the work page; no query for people who follow no suits."""
    if getattr(user, "pk", None) is None or not user.role_codes(today).intersection(BOTH):
        return {"lines": []}
    return {"lines": lines_of(near(visible(user, today), today).order_by("due_on", "pk")[:MOST], today)}


def remind_of_two_years(on: date) -> int:
    """Each period once per step, to the court liaison and to the responsible organ's. Returns how many were told."""
    lines = lines_of(near(running(), on).order_by("due_on", "pk"), on)
    liaisons = people_of((one.case.unit_id for one in lines), "liaison", on)
    facts = LitigationFacts.objects.filter(case__in={one.case.pk for one in lines})
    units = dict(facts.values_list("case_id", "responsible_unit_id"))
    own = people_of(units.values(), "department", on)
    tell_all(
        telling_of(
            "two_years_end",
            [*liaisons[one.case.unit_id], *own[units.get(one.case.pk) or 0]],
            subject=one.case,
            once=f"two-years:{one.deadline.root_event_id}:{one.deadline.due_on}:{_step(one.days_left)}",
            case=one.case.number,
            what=one.what,
            day=one.deadline.due_on.isoformat(),
            is_ours=one.is_ours,
        )
        for one in lines
    )
    return len(lines)


def _step(days_left: int) -> int:
    return min(days for days in AHEAD if days_left <= days)
