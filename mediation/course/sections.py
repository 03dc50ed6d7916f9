"""What the course of a case adds to its page: who mediates, the sessions, the inquiries."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from casemgr.actions import registry
from casemgr.cases.people.standing import has_case_role
from mediation.actions.base import MEDIATOR
from mediation.course.people import parties_of, parties_told
from mediation.models import MediationCase, Session

SHOWN = 50


def address(case: MediationCase, name: str, user: Any, today: date) -> str:
    """Of a step's form, where the person may take it now; else empty."""
    action = registry.get(name)
    if not action.is_permitted(case, user, today) or registry.refusals(action, case, user, today):
        return ""
    return reverse("case_action", args=[case.pk, name])


def mediators_section(case: MediationCase, user: Any, today: date) -> dict[str, Any]:
    """Who mediates and who did, and which party has been told its rights."""
    told = parties_told(case)
    return {
        "mediators": list(case.mediators.all()),
        "parties": [(part, part.party_id in told) for part in parties_of(case)] if case.state != "REGISTERED" else [],
        "add": address(case, "mediation.add_mediator", user, today),
        "replace": address(case, "mediation.replace_mediator", user, today),
    }


def sessions_section(case: MediationCase, user: Any, today: date) -> dict[str, Any]:
    """Every session as it stands, with its earlier versions; what was said in confidence for its mediators only."""
    rows = Session.versions.filter(case_id=case.pk).prefetch_related("attendees").order_by("-round", "-number")
    versions: dict[tuple[int, int], list[Session]] = {}
    for row in rows[:SHOWN]:
        versions.setdefault((row.round, row.number), []).append(row)
    found = []
    for same in versions.values():
        same.sort(key=lambda row: -row.version)
        found.append({"session": same[0], "earlier": same[1:], "attendees": list(same[0].attendees.all())})
    return {
        "sessions": found,
        "is_insider": has_case_role(user, MEDIATOR, case, today),
        "correct": address(case, "mediation.correct_session", user, today) if found else "",
        "rounds": case.facts.round > 1,
    }


def inquiries_section(case: MediationCase, user: Any, today: date) -> dict[str, Any]:
    return {"inquiries": list(case.inquiries.all()[:SHOWN])}


SECTIONS = (
    ("mediation/_mediators.html", mediators_section),
    ("mediation/_sessions.html", sessions_section),
    ("mediation/_inquiries.html", inquiries_section),
)
