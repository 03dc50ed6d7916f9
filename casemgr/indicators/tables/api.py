"""Locked periods, lines of tables and layouts of files through the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from casemgr.actions.resources import Resource
from casemgr.indicators.tables.models import KEEPING, Layout, ListLine, PeriodLock
from casemgr.organisation.tokens.scopes import FIGURES


def _kept(model: Any) -> Callable[[Any, date], QuerySet]:
    def visible(user: Any, today: date) -> QuerySet:
        if not KEEPING.intersection(user.role_codes(today)):
            raise PermissionDenied
        return model.objects.visible_to(user, today)

    return visible


LOCKS = Resource(
    "period-locks",
    PeriodLock,
    _kept(PeriodLock),
    columns=("book", "year", "part", "first_on", "last_on", "known_on", "lines", "note", "filled_by", "checked_by"),
    creating=("official_tables.lock",),
    filters=("book", "year"),
    reading=FIGURES,
)
LINES = Resource(
    "table-lines",
    ListLine,
    _kept(ListLine),
    columns=("list_code", "code", "name", "order", "gathers", "from_year", "until_year"),
    creating=("official_tables.add_line",),
    filters=("list_code",),
    order=("list_code", "order", "pk"),
    reading=FIGURES,
)
LAYOUTS = Resource(
    "file-layouts",
    Layout,
    _kept(Layout),
    columns=("name", "of", "form", "days", "columns", "codes", "note", "is_active"),
    creating=("official_tables.add_layout",),
    order=("name", "pk"),
    reading=FIGURES,
)
RESOURCES = (LOCKS, LINES, LAYOUTS)
