"""Who takes part, as rows: order within the role, the snapshot, and whom agents and representatives speak for."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from casemgr.audit.fresh import fresh
from casemgr.cases.bulk.description import Part
from casemgr.cases.models import Participation
from casemgr.parties.models import Party
from casemgr.parties.snapshots import snapshot_of

Role = Participation.Role
SPEAKERS = (Role.AGENT, Role.REPRESENTATIVE, Role.STATUTORY_AGENT)


def participations_of(parts: Iterable[Part], snapshot: Callable[[Party], bytes] = snapshot_of) -> list[Participation]:
    """Rows without their case, applicants first; who speaks for a single applicant `represents` that one."""
    parts = list(parts)
    applicants = [part for part in parts if part.role == Role.APPLICANT]
    orders: dict[str, int] = {}
    rows: list[Participation] = []
    spoken_for: Participation | None = None
    for part in sorted(parts, key=lambda part: part.role != Role.APPLICANT):
        orders[part.role] = orders.get(part.role, 0) + 1
        row = fresh(
            Participation,
            party=part.party,
            role=part.role,
            order=orders[part.role],
            name=part.party.name[:100],
            represents=spoken_for if part.role in SPEAKERS and len(applicants) == 1 else None,
            snapshot=snapshot(part.party),
            consents_to_electronic_service=part.consents_to_electronic_service,
            electronic_address=part.electronic_address,
        )
        if part.role == Role.APPLICANT:
            spoken_for = row
        rows.append(row)
    return rows
