"""Openness through the API: what the pages show, to those who see it there."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from casemgr.actions.resources import Resource
from casemgr.organisation.roles import RECONSIDERATION
from casemgr.organisation.tokens.scopes import write_to
from reconsideration.models import HandlingComplaint, Publication, QueryCode, Redaction
from reconsideration.openness.complaints.pages import demand_part
from reconsideration.openness.roles import demand_reconsideration

WRITING = write_to(RECONSIDERATION)


def _publications(user: Any, today: date) -> QuerySet[Publication]:
    demand_reconsideration(user, today)
    return Publication.objects.visible_to(user, today).select_related("case", "document", "paper")


def _redactions(user: Any, today: date) -> QuerySet[Redaction]:
    seen = _publications(user, today).order_by().values("pk")
    return Redaction.objects.filter(publication__in=seen)


def _digest(row: Publication, user: Any, today: date) -> str:
    paper = getattr(row, "paper", None)
    return paper.sha256 if paper else ""


PUBLICATIONS = Resource(
    "publications",
    Publication,
    _publications,
    columns=("case", "document", "state", "proposed_by", "proposed_on", "approved_by", "approved_on", "published_by",
             "published_on", "withdrawn_on", "withdrawn_reason", "ground", "reason"),
    computed={"sha256": (str, _digest)},
    creating=("publication.propose", "publication.decline"),
    filters=("case", "document", "state"),
    writing=WRITING,
)  # fmt: skip
REDACTIONS = Resource(
    "redactions",
    Redaction,
    _redactions,
    columns=("publication", "kind", "source", "places", "replacement", "verdict", "judged_by", "judged_on", "reason"),
    filters=("publication", "verdict"),
    writing=WRITING,
)


def _codes(user: Any, today: date) -> QuerySet[QueryCode]:
    demand_reconsideration(user, today)
    return QueryCode.objects.visible_to(user, today).select_related("case")


def _complaints(user: Any, today: date) -> QuerySet[HandlingComplaint]:
    demand_part(user, today)
    return HandlingComplaint.objects.visible_to(user, today).select_related("number", "unit", "case")


def _secret(made: Any) -> dict[str, Any]:
    return {"secret": made.secret} if getattr(made, "secret", "") else {}


CODES = Resource(
    "query-codes",
    QueryCode,
    _codes,
    columns=("case", "participation", "issued_by", "issued_on", "revoked_on", "revoke_reason"),
    creating=("query_code.issue",),
    told_once=_secret,
    filters=("case",),
    writing=WRITING,
)
COMPLAINTS = Resource(
    "handling-complaints",
    HandlingComplaint,
    _complaints,
    columns=("unit", "source", "matter", "text", "told_number", "case", "received_on", "due_on", "state", "handler",
             "finding", "answer_text", "answered_on", "organ", "strike_reason"),
    computed={"number": (str, lambda row, user, today: str(row))},
    creating=("complaint.lodge",),
    told_once=_secret,
    filters=("state", "unit", "handler"),
    writing=WRITING,
)  # fmt: skip
RESOURCES = (PUBLICATIONS, REDACTIONS, CODES, COMPLAINTS)
