"""The register of normative documents and the reviews of cases through the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from casemgr.actions.resources import Resource
from casemgr.cases.models import Case
from reconsideration.models.normative import AnnexedReview, NormativeDocument, NormativeFinding
from reconsideration.normative.pages import demand_reader


def _documents(user: Any, today: date) -> QuerySet:
    demand_reader(user, today)
    return NormativeDocument.objects.visible_to(user, today)


def _findings(user: Any, today: date) -> QuerySet:
    demand_reader(user, today)
    return NormativeFinding.objects.filter(document__in=NormativeDocument.objects.visible_to(user, today))


def _reviews(user: Any, today: date) -> QuerySet:
    demand_reader(user, today)
    return AnnexedReview.objects.filter(case__in=Case.objects.visible_to(user, today).values("pk"))


RESOURCES = (
    Resource(
        "normative-documents",
        NormativeDocument,
        _documents,
        columns=("title", "number", "maker", "rank", "valid_from", "valid_to", "note", "struck_on", "strike_reason"),
        creating=("normative.enter",),
        filters=("number", "maker", "rank"),
    ),
    Resource(
        "normative-findings",
        NormativeFinding,
        _findings,
        columns=("document", "clauses", "result", "source", "found_on", "opinion", "corrected_on", "correction"),
        filters=("document", "result", "source"),
    ),
    Resource(
        "annexed-reviews",
        AnnexedReview,
        _reviews,
        columns=("case", "document", "clauses", "asked", "asked_on", "late_reason", "reasons", "is_competent", "organ",
                 "result", "concluded_on", "struck_on", "strike_reason"),
        filters=("case", "document", "asked"),
    ),
)  # fmt: skip
