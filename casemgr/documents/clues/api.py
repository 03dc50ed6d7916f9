"""Handovers to supervision organs through the API: to those who see them on the pages, each look recorded."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from casemgr.actions.resources import Resource
from casemgr.audit.access import record_access
from casemgr.documents.clues.models import Transfer
from casemgr.documents.clues.pages import demand_part


def _visible(user: Any, today: date) -> QuerySet:
    demand_part(user, today)
    return Transfer.objects.visible_to(user, today).select_related("number")


CLUES = Resource(
    "clue-transfers",
    Transfer,
    _visible,
    columns=("source", "source_id", "about", "case", "unit", "organ", "people", "basis", "facts", "papers", "state",
             "drafted_by", "drafted_on", "released_by", "released_on", "handed_on", "way", "taken_by", "received_on",
             "receipt", "struck_on", "strike_reason"),
    computed={"number": (str, lambda row, user, today: row.number.text if row.number else "")},
    creating=("clues.draft",),
    filters=("state", "source"),
    opened=lambda user, found: record_access(user, "clue_opened", found, api=True),
)  # fmt: skip
