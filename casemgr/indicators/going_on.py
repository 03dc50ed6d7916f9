"""Whether a dispute went on: the first day on which a case of another procedure was opened out of a case."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import DateField, F, Min, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Least

from casemgr.cases.models import CaseLink, Referral
from casemgr.cases.void import void_cases
from casemgr.indicators.definition import FOREVER

UNDATED = Value(date(1900, 1, 1), DateField())
"""Of a later case whose day nobody knows."""


def went_on(column: str) -> Least:
    """The day on which the case in `column` went on to another procedure, by a link of the later case or by a referral
    that opened one; far in the future if it did not."""
    links = CaseLink.objects.filter(to_case_id=OuterRef(column)).exclude(void_cases("from_case__"))
    links = links.exclude(from_case__procedure=F("to_case__procedure"))
    sent = Referral.objects.filter(case_id=OuterRef(column), opened_case__isnull=False)
    sent = sent.exclude(void_cases("opened_case__")).exclude(opened_case__procedure=F("case__procedure"))
    return Least(_first(links, "to_case_id", "from_case__opened_on"), _first(sent, "case_id", "opened_case__opened_on"))


def sued_over(column: str) -> Coalesce:
    """The day on which a file was opened that is linked as a suit over the case in `column`."""
    links = CaseLink.objects.filter(to_case_id=OuterRef(column), kind=CaseLink.Kind.SUED_OVER)
    return _first(links.exclude(void_cases("from_case__")), "to_case_id", "from_case__opened_on")


def _first(rows: QuerySet, by: str, day: str) -> Coalesce:
    found: Any = rows.order_by().values(by).annotate(first=Min(Coalesce(F(day), UNDATED))).values("first")[:1]
    return Coalesce(Subquery(found, output_field=DateField()), Value(FOREVER, DateField()), output_field=DateField())


__all__ = ["sued_over", "went_on"]
