"""Finding the same visitor again, by name or by number, without keeping the number."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from casemgr.parties.crypto import blind_index, blind_indexes
from casemgr.parties.names import name_key
from reconsideration.models import Visit

GROUP = "visit"
SHOWN = 20


def squeezed(number: str) -> str:
    """Digits and letters only, without the country code of a telephone."""
    found = re.sub(r"[^0-9A-Za-z]", "", number).upper()
    return found[2:] if re.fullmatch(r"861[3-9]\d{9}", found) else found


def index_of(number: str) -> str:
    return blind_index(GROUP, number)


def with_number(rows: QuerySet[Visit], number: str) -> QuerySet[Visit]:
    return rows.filter(number_index__in=blind_indexes(GROUP, squeezed(number)))


def with_name(rows: QuerySet[Visit], name: str) -> QuerySet[Visit]:
    """Whose name begins so."""
    return rows.filter(name_index__startswith=name_key(name)[:80])


def others_of(visit: Visit, user: Any, today: date) -> list[Visit]:
    """Other visits of the same number, or under the same name, the newest first."""
    same = Q(name_index=visit.name_index)
    if visit.number_index:
        same |= Q(number_index=visit.number_index)
    rows = Visit.objects.visible_to(user, today).standing().filter(same).exclude(pk=visit.pk)
    return list(rows.select_related("case")[:SHOWN])


__all__ = ["index_of", "others_of", "squeezed", "with_name", "with_number"]
