"""The section of the case page: duties, the new act, letters, what was done when nothing was, suits, enforcement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from casemgr.cases import events
from casemgr.cases.events import Fact
from casemgr.cases.models import Case
from casemgr.cases.procedure import Text
from reconsideration.aftermath.copies import copies_due
from reconsideration.aftermath.duties import duties_of, new_act_is_owed, restitution_is_due
from reconsideration.aftermath.enforcement import Route, route_of, silent_parties
from reconsideration.aftermath.letters import LetterStanding, letters_of
from reconsideration.aftermath.suits import suits_of
from reconsideration.aftermath.terms import EnforcementWay, Enforcer
from reconsideration.models import ReconsiderationCase

ENDED = ("decided", "mediated", "dismissed", "terminated", "refused")
PRESSED = ("performance_ordered", "interviewed", "criticised")
LETTER_CSS = {
    LetterStanding.SENT: "soon",
    LetterStanding.WAITS: "soon",
    LetterStanding.OVERDUE: "late",
    LetterStanding.REPORTED: "late",
    LetterStanding.DONE: "ok",
    LetterStanding.ANSWERED: "ok",
}


@dataclass(frozen=True)
class PressLine:
    """An order, an interview or a public criticism."""

    label: Text
    on: date | None
    text: str
    until: date | None
    document: int | None


def _press_line(case: Case, fact: Fact) -> PressLine:
    until = fact.data.get("due_on") or fact.data.get("until")
    told = fact.data.get("undertaking") or fact.data.get("duty") or fact.data.get("organ") or ""
    return PressLine(
        case.definition.event_kind(fact.kind).label,
        fact.occurred_on,
        told,
        date.fromisoformat(until) if until else None,
        fact.data.get("document"),
    )


@dataclass(frozen=True)
class EnforcementLine:
    on: date | None
    against: str
    enforcer: Text
    way: Text
    court: str


def _enforcements(case: Case, facts: Sequence[Fact]) -> list[EnforcementLine]:
    names = {part.party_id: part.name for part in case.participations.all()}
    return [
        EnforcementLine(
            fact.occurred_on,
            names.get(fact.party_id, ""),
            dict(Enforcer.choices).get(fact.data.get("enforcer", ""), ""),
            dict(EnforcementWay.choices).get(fact.data.get("way", ""), ""),
            "　".join(filter(None, (fact.data.get("court", ""), fact.data.get("court_number", "")))),
        )
        for fact in facts
        if fact.kind == "enforcement_applied"
    ]


def _route(case: Case, today: date) -> tuple[Route | None, list[str]]:
    """Shown only while somebody's time to sue is over."""
    route = route_of(case)
    silent = [part.name for part in silent_parties(case, today)] if route is not None else []
    return (route, silent) if silent else (None, [])


def _later_case(case: Case, act: Fact | None, user: Any, today: date) -> Case | None:
    """A later case against the new act, found by its number."""
    number = act.data.get("number") if act is not None else ""
    if not number:
        return None
    return Case.objects.visible_to(user, today).filter(act__number=number).exclude(pk=case.pk).order_by("pk").first()


def aftermath_section(case: ReconsiderationCase, user: Any, today: date) -> dict[str, Any]:
    """No query unless a suit or a numbered new act is recorded."""
    facts = events.facts_of(case)
    kinds = {fact.kind for fact in facts}
    letters = letters_of(case, facts)
    if case.is_past_record or not (kinds & set(ENDED) or letters):
        return {}
    acts = [fact for fact in facts if fact.kind in ("redone", "same_act_again")]
    route, silent = _route(case, today) if case.state != "ARCHIVED" else (None, [])
    duties = duties_of(case, facts)
    found = {
        "duties": [(one, one.is_late(today)) for one in duties],
        "acts": [(fact, _served(fact)) for fact in acts],
        "later_case": _later_case(case, acts[-1] if acts else None, user, today),
        "letters": [(one, standing, LETTER_CSS.get(standing, ""))
                    for one in letters for standing in (one.standing(today),)],
        "pressed": [_press_line(case, fact) for fact in facts if fact.kind in PRESSED],
        "copies": copies_due(case, facts),
        "copied": [fact for fact in facts if fact.kind == "copied_to_superior"],
        "restitution": restitution_is_due(case, facts) and case.state in ("SERVED", "PERFORMING"),
        "new_act_owed": new_act_is_owed(case, facts) and "decision_served" in kinds,
        "sued": [fact for fact in facts if fact.kind == "sued"],
        "suits": suits_of(case, user, today) if "sued" in kinds else [],
        "route": route,
        "silent": silent,
        "enforcements": _enforcements(case, facts),
    }  # fmt: skip
    return found | {"has_any": any(found[name] for name in found if name not in ("silent", "later_case"))}


def _served(fact: Fact) -> date | None:
    day = fact.data.get("served_on")
    return date.fromisoformat(day) if day else None


__all__ = ["aftermath_section"]
