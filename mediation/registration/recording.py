"""Writing what a registration says: case, facts, participations, and what starts the clocks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from casemgr.cases.bulk.description import Part
from casemgr.cases.models import Participation
from casemgr.cases.registration.opening import next_number, open_case
from casemgr.organisation.models import Unit, User
from mediation.models import PROCEDURE, Committee, MediationCase, MediationFacts
from mediation.terms import DisputeSubType, DisputeType

SERIES = "mediation.case"
Role = Participation.Role


def committee_of(unit: Unit) -> Unit:
    """The committee whose seal a unit's agreements bear: of a studio the one above it, else the unit itself."""
    if unit.kind == Unit.Kind.STUDIO and unit.parent is not None:
        return unit.parent
    return unit


def body_of(unit: Unit) -> Unit:
    """Who mediates for a unit: of a town or street its own committee, where the register has one; else the unit.

    Only a committee's cases are numbered, sealed and counted (People's Mediation Law, art. 8(2), 29(2)).
    """
    if unit.kind not in (Unit.Kind.TOWN, Unit.Kind.STREET):
        return unit
    own = Committee.objects.standing().filter(unit__parent=unit, kind__in=(Committee.Kind.TOWN, Committee.Kind.STREET))
    found = own.select_related("unit").order_by("pk").first()
    return found.unit if found else unit


def default_title(parts: Iterable[Part], facts: MediationFacts) -> str:
    """王宝音与李志强邻里纠纷; with several on a side 王宝音等3人与…"""
    parts = list(parts)
    sides = []
    for role in (Role.APPLICANT, Role.RESPONDENT):
        names = [part.party.name for part in parts if part.role == role]
        if names:
            sides.append(names[0] if len(names) == 1 else f"{names[0]}等{len(names)}人")
    kind = ""
    if facts.dispute_type:
        kind = str(DisputeSubType(facts.sub_type).label if facts.sub_type else DisputeType(facts.dispute_type).label)
    return ("与".join(sides) + (kind if kind.endswith("纠纷") else f"{kind}纠纷"))[:200]


def create_case(
    *,
    parts: Iterable[Part],
    facts: MediationFacts,
    unit: Unit,
    lead_handler: User | None,
    opened_on: date,
    today: date,
    title: str = "",
    number: tuple[str, int, int] | None = None,
    **columns: Any,
) -> MediationCase:
    """The case row with facts and participations; the caller records what happened and settles.

    `number` is (text, year, sequence) of a paper register; None takes the committee's next one of today's year.
    """
    parts = list(parts)
    committee = facts.committee = committee_of(unit)
    return open_case(
        MediationCase,
        number or next_number(SERIES, today, committee.code, committee.short_name or committee.name),
        facts,
        parts,
        begins="REGISTERED",
        procedure=PROCEDURE,
        title=title or default_title(parts, facts),
        unit=unit,
        lead_handler=lead_handler,
        opened_on=opened_on,
        **columns,
    )
