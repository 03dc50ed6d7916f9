"""Who may ask for pages of the backlog, and which year and items an address names."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from casemgr.organisation.scope import ALL, scope
from casemgr.pages.clock import today as clock_today
from casemgr.pages.requests import row_id
from litigation.models import BacklogItem, BacklogYear
from litigation.models.backlog import OVER_ALL, units_seen
from litigation.roles import DEPARTMENT

FORM = "litigation/backlog/form.html"


def demand_backlog(request: HttpRequest) -> date:
    """Today. :raises PermissionDenied: none of the person's roles sees backlog items."""
    today = clock_today()
    if not scope(request.user, today).has_role((*OVER_ALL, *DEPARTMENT)):
        raise PermissionDenied(_("Your roles have nothing to do with the backlog."))
    return today


def year_asked(request: HttpRequest, today: date) -> BacklogYear | None:
    """The year the address names, else the newest plan that has begun."""
    asked = row_id(request.GET.get("year"))
    years = BacklogYear.objects.all()
    if asked is not None:
        return years.filter(year=asked).first()
    return years.filter(year__lte=today.year).first() or years.last()


def items_seen(request: HttpRequest, today: date) -> Any:
    """Items within the person's reach."""
    return BacklogItem.objects.visible_to(request.user, today)


def sees_all(request: HttpRequest, today: date) -> bool:
    """Whether no unit's items are left out: such a person also reads what is said about all units together."""
    return units_seen(request.user, today) is ALL


__all__ = ["FORM", "demand_backlog", "items_seen", "sees_all", "year_asked"]
