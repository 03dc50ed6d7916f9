"""Merges, splits and data requests through the API: by ids; who a party is, `/parties/{id}` tells within scope."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied

from casemgr.actions.resources import Resource
from casemgr.audit.access import record_access
from casemgr.organisation.tokens.scopes import PARTIES_READ, PARTIES_WRITE
from casemgr.parties.data_requests.scope import visible_requests
from casemgr.parties.merge_views import within_reach
from casemgr.parties.models import DataRequest, PartyMerge, PartySplit
from casemgr.parties.rows import party_row
from casemgr.parties.scope import is_in_scope, may_handle

PROPOSAL = ("state", "reason", "proposed_by", "proposed_on", "decided_by", "decided_on", "decision")


def _proposals(model: Any, record: str) -> dict[str, Callable]:
    """Those waiting in the person's reach, and any one whose record they handle, as the pages have it."""

    def visible(user, today: date) -> list:
        _require_role(user, today)
        return within_reach(user, model.objects.select_related(record).order_by("-pk"), record, today)

    def find(user, pk: int, today: date) -> Any:
        found = model.objects.select_related(record).filter(pk=pk).first()
        if found is None:
            return None
        return found if may_handle(user, getattr(found, record), today) or "admin" in user.role_codes(today) else None

    return {"visible": visible, "find": find}


def _new_name(split: PartySplit, user, today: date) -> str:
    """As the page has it: as proposed while it waits; of the record that was made, within scope only."""
    if split.created is None or is_in_scope(user, split.source, today):
        return split.name
    return party_row(split.created, False, today).name


def _require_role(user, today: date) -> None:
    if not user.role_codes(today):
        raise PermissionDenied


def _requests(user, today: date):
    _require_role(user, today)
    return visible_requests(user, today)


MERGES = Resource(
    "merges",
    PartyMerge,
    **_proposals(PartyMerge, "survivor"),
    columns=("survivor", "merged", *PROPOSAL),
    reading=PARTIES_READ,
    writing=PARTIES_WRITE,
)
SPLITS = Resource(
    "splits",
    PartySplit,
    **_proposals(PartySplit, "source"),
    columns=("source", "created", *PROPOSAL),
    computed={"name": (str, _new_name)},
    reading=PARTIES_READ,
    writing=PARTIES_WRITE,
)
DATA_REQUESTS = Resource(
    "data-requests",
    DataRequest,
    _requests,
    columns=(
        "party",
        "kind",
        "state",
        "requester",
        "channel",
        "received_on",
        "due_on",
        "unit",
        "answer",
        "answered_on",
    ),
    opened=lambda user, found: record_access(user, "data_request_opened", found, api=True),
    reading=PARTIES_READ,
    writing=PARTIES_WRITE,
)
