"""Departments enter their own mediations; everybody else reads what hangs on their cases (dossier §5.4)."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from casemgr.organisation.models import Unit
from casemgr.organisation.scope import ALL, scope
from mediation.models.administrative import DEPARTMENT
from mediation.organisations.permission import may_look


def organs_of(actor, today: date) -> QuerySet[Unit]:
    """Units for which the person is the department's liaison."""
    reached = scope(actor, today).units_of_role(DEPARTMENT)
    units = Unit.objects.filter(ended_on__isnull=True).order_by("path")
    return units if reached is ALL else units.filter(pk__in=reached)


def is_liaison(actor, today: date) -> bool:
    return scope(actor, today).has_role(DEPARTMENT)


def may_see_any(actor, today: date) -> bool:
    """Liaisons of departments, and whose roles have to do with people's mediation."""
    return is_liaison(actor, today) or may_look(actor, today)
