"""Who enters what of screening: workers patrols and leads, the town its returns, the bureau and the towns campaigns."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from casemgr.organisation.models import Unit
from casemgr.organisation.scope import ALL, scope
from mediation.models import Campaign
from mediation.organisations.permission import TOWN

WORKERS = ("mediator", "committee", "town")
"""Who goes on patrol and keeps leads."""
KEEPERS = ("committee", "town")
"""Who keeps the ledger of key disputes."""
SETTERS = TOWN
"""Who sets a campaign up: the town's judicial office for its own, the bureau for all."""
PLACES = (Unit.Kind.COMMITTEE, Unit.Kind.STUDIO, Unit.Kind.TOWN, Unit.Kind.STREET)
AREAS = (Unit.Kind.TOWN, Unit.Kind.STREET)


def units_within(actor, roles: tuple[str, ...], today: date) -> QuerySet[Unit]:
    """Units for which the person may enter something, in the order of the tree."""
    units = Unit.objects.filter(kind__in=PLACES, ended_on__isnull=True).order_by("path")
    reached = scope(actor, today).units_of_role(roles)
    return units if reached is ALL else units.filter(pk__in=reached)


def campaigns_of(actor, today: date) -> QuerySet[Campaign]:
    """Running campaigns in which the person's towns take part."""
    return Campaign.objects.visible_to(actor, today).running(today).order_by("-from_on", "-pk")
