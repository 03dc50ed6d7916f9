"""Which organisations of mediation a person's roles reach."""

from __future__ import annotations

from datetime import date

from casemgr.organisation.models import Unit
from casemgr.organisation.reference import JUSTICE_BUREAU
from casemgr.organisation.roles import MEDIATION
from casemgr.organisation.scope import ALL, scope

BUREAU = ("guidance", "leader", "auditor")
"""Roles that, held over the judicial bureau, reach every organisation of it (People's Mediation Law, art. 5)."""


def is_over_bureau(user, codes: tuple[str, ...], today: date) -> bool:
    """Whether one of the roles is held at the judicial bureau or above it."""
    reach = scope(user, today)
    if not reach.has_role(codes):
        return False
    bureau = Unit.objects.filter(code=JUSTICE_BUREAU).values_list("pk", flat=True).first()
    return bureau is not None and reach.has_role(codes, unit=bureau)


def reached_units(user, today: date) -> frozenset[int] | None:
    """Units whose organisations the person may see; None: every one."""
    if getattr(user, "is_system", False) or is_over_bureau(user, BUREAU, today):
        return None
    units = scope(user, today).unit_ids(MEDIATION)
    return None if units is ALL else units
