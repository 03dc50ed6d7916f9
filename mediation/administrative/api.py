"""Departments' mediations through the API."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casemgr.actions.resources import Resource
from mediation.administrative.permission import may_see_any
from mediation.models import AdministrativeMediation


def _visible(user, today: date) -> QuerySet:
    if not may_see_any(user, today):
        raise PermissionDenied(_("Your roles have nothing to do with mediation."))
    return AdministrativeMediation.objects.visible_to(user, today).select_related("number")


RECORDS = Resource(
    "administrative-mediations",
    AdministrativeMediation,
    _visible,
    columns=(
        *("organ", "matter", "subject", "parties", "people", "town", "amount_yuan", "begun_on", "result", "ended_on"),
        *("agreement_number", "agreed_on", "next_step", "note", "struck_on"),
    ),
    computed={
        "number": (str, lambda row, user, today: str(row)),
        "mediation_kind": (str, lambda row, user, today: str(row.mediation_kind)),
    },
    creating=("administrative.enter",),
    filters=("organ", "result"),
)
RESOURCES = (RECORDS,)
