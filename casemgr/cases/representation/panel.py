"""The section of the case page on who speaks for whom."""

from __future__ import annotations

from datetime import date
from typing import Any

from casemgr.cases.models import Case, Group, Mandate, Matter, Participation
from casemgr.cases.representation.acting import members_of, without_consent
from casemgr.cases.representation.capacities import incapable
from casemgr.cases.representation.law import law_of

ORDER = 10
"""Directly behind the parties."""
Role = Participation.Role
SHOWN = 50


def context(case: Case, user: Any, today: date) -> dict[str, Any]:
    """A fixed number of queries; none beyond the powers' own where nobody speaks for anybody."""
    law = law_of(case)
    if law is None:
        return {"has_representation": False}
    parts = list(case.participations.all())
    speak = any(part.role in (Role.AGENT, Role.STATUTORY_AGENT) for part in parts)
    found = Mandate.objects.filter(principal__case_id=case.pk).select_related("agent", "principal")
    powers = list(found[:SHOWN]) if speak else []
    agents = [part for part in parts if part.role == Role.AGENT and not part.left_on]
    with_paper = {power.agent_id for power in powers}
    groups = _groups(case, parts, today)
    lacking = incapable(case)
    without_paper = [part for part in agents if part.pk not in with_paper]
    elections = _elections_due(case, parts, groups, today)
    return {
        "case": case,
        "powers": [(power, power.stands_on(today)) for power in powers],
        "without_paper": without_paper,
        "groups": groups,
        "elections": elections,
        "incapable": lacking,
        "bars_acceptance": law.bars_acceptance,
        "has_representation": bool(powers or without_paper or groups or elections or lacking),
    }


def _groups(case: Case, parts: list[Participation], today: date) -> list[dict[str, Any]]:
    if not any(part.group_id for part in parts):
        return []
    law = law_of(case)
    found = []
    for group in Group.objects.filter(case=case).order_by("-id")[:5]:
        mine = [part for part in parts if part.group_id == group.pk]
        members = [part for part in mine if part.role == group.side and not part.left_on]
        wanted = law.consent(case, today) if law else {}
        found.append(
            {
                "group": group,
                "side": Role(group.side).label,
                "members": len(members),
                "representatives": [part for part in mine if part.role == Role.REPRESENTATIVE],
                "consents": [
                    (Matter(code).label, article, len(members) - len(without_consent(group, code, today)))
                    for code, article in wanted.items()
                ],
            }
        )
    return found


def _elections_due(case: Case, parts: list[Participation], groups, today: date) -> list[tuple[str, int, Any]]:
    """Sides with so many participants that they are to elect representatives, and have not."""
    law = law_of(case)
    if law is None or case.is_past_record or case.closed_on:
        return []
    standing = {row["group"].side for row in groups if row["group"].ended_on is None}
    found = []
    for side in law.groups:
        count = sum(part.role == side and not part.left_on for part in parts)
        rule = law.election(case, side, count, today) if count > 1 else None
        if rule is not None and rule.duty and side not in standing:
            found.append((Role(side).label, count, rule))
    return found


__all__ = ["ORDER", "context", "members_of"]
