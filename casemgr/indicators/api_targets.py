"""Targets of indicators through the API, for those who set them."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from casemgr.actions import registry
from casemgr.actions.resources import Resource
from casemgr.indicators.models import Target
from casemgr.indicators.targets import SetTarget
from casemgr.organisation.tokens.scopes import FIGURES


def _visible(user, today: date) -> QuerySet[Target]:
    if not registry.get(SetTarget.name).is_permitted(None, user, today):
        raise PermissionDenied
    return Target.objects.all()


TARGETS = Resource(
    "targets",
    Target,
    _visible,
    columns=("indicator", "year", "value", "by_on"),
    creating=(SetTarget.name,),
    order=("-year", "indicator", "pk"),
    reading=FIGURES,
)
