"""Hearings through the API; their legal steps are actions of the case."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from casemgr.actions.resources import Resource
from reconsideration.case_records import demand_reconsideration
from reconsideration.models import Hearing


def _visible(user: Any, today: date) -> QuerySet:
    demand_reconsideration(user, today)
    found = Hearing.objects.visible_to(user, today).select_related("case", "booking")
    return found.prefetch_related("panel__user", "parties__participation")


def _panel(row: Hearing, user: Any, today: date) -> list[dict[str, Any]]:
    return [
        {"member": one.pk, "user": one.user_id, "seat": one.seat, "declared_on": _day(one.declared_on),
         "interest": one.interest, "may_stay": one.may_stay, "signed_on": _day(one.signed_on)}
        for one in row.panel.all()
    ]  # fmt: skip


def _parties(row: Hearing, user: Any, today: date) -> list[dict[str, Any]]:
    return [
        {"id": one.pk, "participation": one.participation_id, "notified_on": _day(one.notified_on),
         "waived_on": _day(one.waived_on), "head_name": one.head_name, "head_absence": one.head_absence,
         "delegate": one.delegate, "came": one.came, "is_excused": one.is_excused, "absence": one.absence,
         "signed_on": _day(one.signed_on), "refused_to_sign": one.refused_to_sign}
        for one in row.parties.all()
    ]  # fmt: skip


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


HEARINGS = Resource(
    "hearings",
    Hearing,
    _visible,
    columns=("case", "number", "plan", "state", "ground", "matters", "booking", "is_remote", "remote_note", "is_open",
             "announced_on", "announcement", "seats", "seats_taken", "continues", "record", "closed_on",
             "close_reason"),
    computed={
        "on": (str, lambda row, user, today: row.on.isoformat()),
        "begins": (str, lambda row, user, today: row.booking.begins),
        "ends": (str, lambda row, user, today: row.booking.ends),
        "panel": (list[dict[str, Any]], _panel),
        "parties": (list[dict[str, Any]], _parties),
    },
    filters=("case", "state"),
)  # fmt: skip
