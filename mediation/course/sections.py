"""What the course of a case adds to its page: who mediates, the sessions, the inquiries."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from casemgr.actions import registry
from casemgr.cases import events
from casemgr.cases.people.standing import has_case_role
from mediation.actions.base import MEDIATOR
from mediation.course.advice import is_complete, sentences
from mediation.course.minors import children_of
from mediation.course.people import parties_of, parties_told
from mediation.course.risk_forms import CHANNELS
from mediation.guards.clocks import has_expired, main_clock
from mediation.guards.endings import was_asked
from mediation.models import MediationCase, Session
from mediation.states import OPEN, WITHOUT_AGREEMENT
from mediation.terms import PauseGround, Route, TerminationGround

SHOWN = 50


def address(case: MediationCase, name: str, user: Any, today: date) -> str:
    """Of a step's form, where the person may take it now; else empty."""
    action = registry.get(name)
    if not action.is_permitted(case, user, today) or registry.refusals(action, case, user, today):
        return ""
    return reverse("case_action", args=[case.pk, name])


def children_section(case: MediationCase, user: Any, today: date) -> dict[str, Any]:
    """Parties below fourteen, and whether the guardian agreed; no query where there are none."""
    children = children_of(case)
    return {
        "children": children,
        "record": address(case, "mediation.record_guardian_consent", user, today) if children else "",
    }


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


def pauses_section(case: MediationCase, user: Any, today: date) -> dict[str, Any]:
    """When the mediation rested and why, what was agreed on time, and whether a rest stops the clock."""
    rows: list[dict[str, Any]] = []
    extensions = []
    grounds = dict(PauseGround.choices)
    for fact in events.facts_of(case):
        if fact.kind == "paused":
            rows.append({"since": fact.occurred_on, "until": None, "ground": grounds.get(fact.data.get("ground", "")),
                         "code": fact.data.get("ground"), "cause": fact.data.get("content", ""),
                         "reported_to": fact.data.get("reported_to", "")})  # fmt: skip
        elif fact.kind == "resumed" and rows:
            rows[-1]["until"] = fact.occurred_on
        elif fact.kind == "extended":
            extensions.append({"on": fact.occurred_on, **fact.data})
    clock = main_clock(case)
    return {
        "rows": rows,
        "extensions": extensions,
        "rests": case.state == "PAUSED",
        "is_stopped": clock is not None and clock.due_on is None,
        "due_on": clock.due_on if clock else None,
        "extend": address(case, "mediation.extend", user, today) if clock else "",
        "expired": has_expired(case, today),
        "is_labour": clock is not None and clock.rule == "M-LAB",
    }


def ending_section(case: MediationCase, user: Any, today: date) -> dict[str, Any]:
    """How it ended without agreement, what the parties were told, and what went back to the sender."""
    facts = events.facts_of(case)
    told = [fact for fact in facts if fact.kind == "advice_given"]
    end = events.last_of(facts, "failed", "terminated", "withdrawn")
    asked = was_asked(case) if case.state in OPEN else None
    return {
        "end": end,
        "settlement": end.data.get("settlement", "") if end else "",
        "told": told,
        "routes": [Route(code).label for code in case.facts.advice if code in Route.values],
        "sentences": sentences(case, set(case.facts.advice)),
        "advice_missing": case.state in WITHOUT_AGREEMENT and not is_complete(case),
        "returned": events.last_of(facts, "returned"),
        "asked": asked,
        "asked_ground": dict(TerminationGround.choices).get(asked.data.get("ground", "")) if asked else "",
        "decline": address(case, "mediation.decline_termination", user, today) if asked else "",
    }


def risks_section(case: MediationCase, user: Any, today: date) -> dict[str, Any]:
    """Each risk with its reports and what can be done about it."""
    risks = list(case.risks.prefetch_related("reports"))
    has_open = any(risk.ended_on is None for risk in risks)
    names = ("take_measures", "report_risk", "end_risk", "confirm_risk_receipt")
    links = {name: address(case, f"mediation.{name}", user, today) for name in names} if has_open or risks else {}
    return {"risks": risks, "links": links, "channels": dict(CHANNELS)}


SECTIONS = (
    ("mediation/_children.html", children_section),
    ("mediation/_risks.html", risks_section),
    ("mediation/_mediators.html", mediators_section),
    ("mediation/_sessions.html", sessions_section),
    ("mediation/_inquiries.html", inquiries_section),
    ("mediation/_pauses.html", pauses_section),
    ("mediation/_ending.html", ending_section),
)
