"""Reading a file's court sessions: which are open, which were held, and how one is called."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from casemgr.cases import events
from casemgr.cases.models import Case
from litigation.models import Appearance, CourtSession, Standing


def when(session: CourtSession) -> str:
    """2026-06-10 09:00; without the time where it is not known."""
    local = timezone.localtime(session.planned_at)
    return local.strftime("%Y-%m-%d %H:%M" if local.time() != time(0, 0) else "%Y-%m-%d")


def session_label(session: CourtSession) -> str:
    """（2026）内0621行初1号　Court session 1　2026-06-10 09:00"""
    day = session.day or when(session)
    return f"{session.in_instance}　{session.get_kind_display()} {session.number}　{day}"


def open_sessions(case: Case) -> Any:
    """Planned, neither held nor called off."""
    found = CourtSession.objects.filter(in_instance__case_id=case.pk, held_on=None, called_off_on=None)
    return found.select_related("in_instance").order_by("planned_at", "pk")


def held_sessions(case: Case) -> Any:
    found = CourtSession.objects.filter(in_instance__case_id=case.pk, held_on__isnull=False)
    return found.select_related("in_instance").order_by("in_instance__order", "number")


def explainable_sessions(case: Case) -> Any:
    """Sessions to come, then those held to which some head did not come and on which no court has answered.

    An accident on the way is explained afterwards: no text sets a time for the statement (CT20, art. 8, 9).
    """
    absent = Q(appearances__head_came=False, appearances__is_absence_accepted=None, held_on__isnull=False)
    found = CourtSession.objects.filter(absent | Q(held_on=None), in_instance__case_id=case.pk, called_off_on=None)
    found = found.select_related("in_instance").distinct()
    return found.order_by(F("held_on").desc(nulls_first=True), "planned_at", "pk")


def explained_absences(case: Case) -> Any:
    """Absences for which a statement was handed in."""
    rows = Appearance.objects.filter(session__in_instance__case_id=case.pk).exclude(absence_ground="")
    return rows.select_related("standing__participation", "session__in_instance").order_by("-pk")


def names_of(standings: Iterable[Standing]) -> list[str]:
    return [one.participation.name for one in standings]


def sessions_of(case: Case) -> Any:
    """Every session of the file, the latest first."""
    found = CourtSession.objects.filter(in_instance__case_id=case.pk).select_related("in_instance")
    return found.order_by("-planned_at", "-pk")


def has_explainable_session(case: Case) -> bool:
    """By the entries: a session to come, or one held without some head."""
    facts = events.facts_of(case)
    told = ("session_held", "session_corrected")
    return has_open_session(case) or any(fact.kind in told and fact.data.get("absent") for fact in facts)


def has_open_session(case: Case) -> bool:
    """By the entries, which a page has read already: planned, neither held nor called off."""
    facts = events.facts_of(case)
    over = {fact.subject for fact in facts if fact.kind in ("session_held", "session_called_off")}
    return any(fact.kind == "session_planned" and fact.subject not in over for fact in facts)
