"""Who may act on an organisation of mediation: by role and by the units it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from casemgr.organisation.models import Unit
from casemgr.organisation.roles import MEDIATION, SYSTEM
from casemgr.organisation.scope import ALL, scope
from mediation.models.organisations.reach import BUREAU, is_over_bureau

SECTION = ("guidance", "leader")
"""The bureau: it guides people's mediation in the banner (People's Mediation Law, art. 5)."""
TOWN = ("town", *SECTION)
"""The town's judicial office, or the bureau over it."""
COMMITTEE = ("committee", *TOWN)
"""The committee's secretary, or who guides it."""


def reaches(actor, roles: tuple[str, ...], unit_ids: Iterable[int | None], today: date) -> bool:
    """Whether one of the roles reaches one of the units; the bureau's roles reach every one."""
    if SYSTEM in actor.role_codes(today):
        return True
    if is_over_bureau(actor, tuple(code for code in roles if code in BUREAU), today):
        return True
    local = tuple(code for code in roles if code not in SECTION)
    reach = scope(actor, today)
    return any(unit_id is not None and reach.has_role(local, unit=unit_id) for unit_id in unit_ids)


def holds(actor, roles: tuple[str, ...], today: date) -> bool:
    """Whether one of the roles is held somewhere; the bureau's only count over the bureau."""
    local = tuple(code for code in roles if code not in SECTION)
    return scope(actor, today).has_role(local) or is_over_bureau(
        actor, tuple(code for code in roles if code in BUREAU), today
    )


def areas_of(actor, roles: tuple[str, ...], today: date):
    """Towns, streets, zones and the banner in which the person may set up organisations."""
    kinds = (Unit.Kind.TOWN, Unit.Kind.STREET, Unit.Kind.ZONE, Unit.Kind.BANNER)
    units = Unit.objects.filter(kind__in=kinds, ended_on__isnull=True)
    if is_over_bureau(actor, tuple(code for code in roles if code in BUREAU), today):
        return units
    reached = scope(actor, today).units_of_role(tuple(code for code in roles if code not in SECTION))
    return units if reached is ALL else units.filter(pk__in=reached)


def may_look(actor, today: date) -> bool:
    """Whether the person's roles have anything to do with people's mediation."""
    return MEDIATION in scope(actor, today).procedures
