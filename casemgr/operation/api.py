"""What administrators keep, through the API: the office's particulars, number series, going live."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied

from casemgr.actions import registry
from casemgr.actions.resources import Resource
from casemgr.numbering.models import IssuedNumber, SeriesSetting
from casemgr.operation.models import Confirmation
from casemgr.organisation.models import OfficeParticulars


def _for_whoever_may(action: str, rows: Callable[[], Any]) -> Callable[[Any, date], Any]:
    """The rows, for those who may perform the action that makes one."""

    def visible(user: Any, today: date) -> Any:
        if not registry.get(action).is_permitted(None, user, today):
            raise PermissionDenied
        return rows()

    return visible


OFFICE = Resource(
    "office-particulars",
    OfficeParticulars,
    _for_whoever_may("organisation.set_office", OfficeParticulars.objects.all),
    columns=(
        *("effective_on", "name", "authority", "office", "counter", "address", "postal_code", "phone"),
        *("basic_court", "basic_court_address", "intermediate_court", "intermediate_court_address", "court_basis"),
    ),
    creating=("organisation.set_office",),
    order=("-effective_on", "-pk"),
)
SERIES = Resource(
    "series",
    SeriesSetting,
    _for_whoever_may("numbering.set_format", SeriesSetting.objects.all),
    columns=("series", "format"),
    creating=("numbering.set_format", "numbering.start"),
    order=("series", "pk"),
)
VOID_NUMBERS = Resource(
    "void-numbers",
    IssuedNumber,
    _for_whoever_may("numbering.void_next", lambda: IssuedNumber.objects.exclude(void_reason="")),
    columns=("series", "year", "owner", "number", "text", "issued_at"),
    creating=("numbering.void_next",),
)
CONFIRMATIONS = Resource(
    "confirmations",
    Confirmation,
    _for_whoever_may("operation.confirm_item", Confirmation.objects.all),
    columns=("item", "note", "by", "at"),
    creating=("operation.confirm_item",),
    order=("item", "pk"),
)
