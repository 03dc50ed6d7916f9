"""Which requests a person may see: those of the units in reach."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from casemgr.organisation.scope import ALL, scope
from casemgr.parties.models import DataRequest


def visible_requests(user, today: date) -> QuerySet[DataRequest]:
    """Of every unit that any of the person's roles reaches for its procedures."""
    reach = scope(user, today)
    ids: set[int] = set()
    for procedure in reach.procedures:
        units = reach.unit_ids(procedure)
        if units is ALL:
            return DataRequest.objects.all()
        ids |= units
    return DataRequest.objects.filter(unit_id__in=ids) if ids else DataRequest.objects.none()


def is_visible(request: DataRequest, user, today: date) -> bool:
    return visible_requests(user, today).filter(pk=request.pk).exists()
