"""What people are told about heads in court, and the night that reminds of sessions without one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.outbox import NoticeKind, Telling, tell_all, telling_of
from casemgr.cases.models import Case
from casemgr.organisation.models import RoleAssignment
from casemgr.pages.dates import moment
from litigation.court.docket import coming, open_everywhere, unrecorded, without_head
from litigation.court.lines import lines_of
from litigation.models import CourtSession, Standing
from litigation.terms import FAULTS

AHEAD = (15, 7, 3, 1)
"""Days before a session on which people are told that no head is named; our own measure. On the third day before it
the court's summons and its call are to be there (Interpretation 2018, art. 71; Appearance Provisions, art. 5(2))."""
UNRECORDED = (1, 7, 15)
"""Days after a session on which the liaison is told that nobody wrote how it went."""

NOTICES = (
    NoticeKind(
        "head_not_named",
        gettext_lazy("No head named for a session"),
        lambda data: (
            _("%(agency)s has named no head for the court session of %(day)s, %(court)s %(number)s. Name one, or "
              "hand in why no head can come.") % data
        ),
        is_urgent=True,
    ),
    NoticeKind(
        "session_not_recorded",
        gettext_lazy("Court session not recorded"),
        lambda data: _("Nobody has recorded how the court session of %(day)s went, %(court)s %(number)s.") % data,
    ),
    NoticeKind(
        "head_fault",
        gettext_lazy("Fault in an appearance before the court"),
        lambda data: (
            _("%(agency)s, court session of %(day)s, %(number)s: the court may tell the supervision organ (Appearance "
              "Provisions, article 12).") % data
        ),
        is_urgent=True,
    ),
)  # fmt: skip


def remind_of_sessions(on: date) -> int:
    """Sessions without a named head and sessions nobody recorded, each once per step. Returns how many were told."""
    tellings = [*_without_head(on), *_unrecorded(on)]
    tell_all(tellings)
    return len(tellings)


def people_of(unit_ids: Iterable[int | None], role: str, on: date) -> dict[int, list[int]]:
    """Who holds the role at each of the units."""
    found = defaultdict(list)
    held = RoleAssignment.objects.in_force(on).filter(unit_id__in={pk for pk in unit_ids if pk}, role=role)
    for unit_id, user_id in held.values_list("unit_id", "user_id"):
        found[unit_id].append(user_id)
    return found


def _without_head(on: date) -> Iterator[Telling]:
    """To the court liaison and to the agency's own."""
    until = moment(on + timedelta(days=max(AHEAD) + 1), None)
    sessions = without_head(coming(open_everywhere(), on)).filter(planned_at__lt=until).order_by("planned_at", "pk")
    missing = [(line.session, one.row.standing) for line in lines_of(sessions) for one in line.agencies
               if one.is_head_missing]  # fmt: skip
    liaisons = people_of((session.in_instance.case.unit_id for session, _standing in missing), "liaison", on)
    standings = Standing.objects.filter(pk__in=[standing.pk for _session, standing in missing])
    units = dict(standings.values_list("pk", "participation__party__unit_id"))
    own = people_of(units.values(), "department", on)
    for session, standing in missing:
        case, day = session.in_instance.case, timezone.localtime(session.planned_at).date()
        step = min(days for days in AHEAD if (day - on).days <= days)
        people = [*liaisons[case.unit_id], *own[units[standing.pk] or 0]]
        yield telling_of(
            "head_not_named", people, subject=case, once=f"head:{session.pk}:{standing.pk}:{day}:{step}",
            agency=standing.participation.name, **_told(session, day),
        )  # fmt: skip


def _unrecorded(on: date) -> Iterator[Telling]:
    since = moment(on - timedelta(days=60))
    sessions = list(unrecorded(open_everywhere(), on).filter(planned_at__gte=since).order_by("planned_at", "pk"))
    liaisons = people_of((one.in_instance.case.unit_id for one in sessions), "liaison", on)
    for session in sessions:
        case, day = session.in_instance.case, timezone.localtime(session.planned_at).date()
        step = max(days for days in UNRECORDED if (on - day).days >= days)
        yield telling_of(
            "session_not_recorded", liaisons[case.unit_id], subject=case,
            once=f"unrecorded:{session.pk}:{day}:{step}", **_told(session, day),
        )  # fmt: skip


def _told(session: CourtSession, day: date) -> dict[str, Any]:
    instance = session.in_instance
    return {"day": day.isoformat(), "court": instance.court, "number": instance.court_number or instance.case.number}


def tell_of_faults(case: Case, session: CourtSession, on: date) -> None:
    """The bureau's leaders hear at once of what the court may tell the supervision organ."""
    found = Standing.objects.filter(in_instance_id=session.in_instance_id).select_related("participation")
    guilty = [one for one in found if FAULTS.intersection(one.remarks)]
    leaders = people_of([case.unit_id], "leader", on)[case.unit_id] if guilty else []
    day = session.held_on or on
    tell_all(
        telling_of(
            "head_fault", leaders, subject=case, once=f"fault:{session.pk}:{one.pk}",
            agency=one.participation.name, **_told(session, day),
        )
        for one in guilty
    )  # fmt: skip
