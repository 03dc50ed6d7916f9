"""Which papers are published, and which wait for it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, QuerySet

from casemgr.calendar.current import current_calendar
from casemgr.cases.models import Case
from casemgr.documents.models import Document
from casemgr.documents.states import DocumentState
from reconsideration.models import Publication
from reconsideration.openness.states import LIVING
from reconsideration.timelimits import RULES

LOOKED_BACK_DAYS = 366
ISSUED = (DocumentState.ISSUED, DocumentState.FILED)


def published_kinds() -> tuple[str, ...]:
    """Decisions; refusals and dismissals where the office publishes them too (`PUBLISHED_PAPERS`)."""
    return tuple(settings.PUBLISHED_PAPERS)


def publishable() -> QuerySet[Document]:
    """Issued papers of those kinds; a correction goes with the paper it corrects."""
    return Document.objects.filter(
        kind__in=published_kinds(), state__in=ISSUED, corrects__isnull=True, case__procedure="reconsideration"
    )


def visible_papers(user: Any, today: date) -> QuerySet[Document]:
    seen = Case.objects.visible_to(user, today).filter(procedure="reconsideration")
    return publishable().filter(case_id__in=seen.values("pk"))


def waiting_papers(user: Any, today: date) -> QuerySet[Document]:
    """Those that wait, as far as the person sees their cases."""
    seen = Case.objects.visible_to(user, today).filter(procedure="reconsideration")
    return waiting(today).filter(case_id__in=seen.values("pk"))


def waiting(today: date) -> QuerySet[Document]:
    """In effect for everybody, and nobody has proposed or declined to publish them; `effective_on` is annotated."""
    decided = Publication.objects.filter(document=OuterRef("pk"), state__in=LIVING)
    return (
        publishable()
        .filter(~Exists(decided), unserved_count=0, issued_on__gte=today - timedelta(days=LOOKED_BACK_DAYS))
        .annotate(effective_on=Max("services__effective_on"))
        .filter(effective_on__lte=today)
    )


def publish_by(effective_on: date) -> date:
    """The office's own target, R-PUB: the law names no number of days (art. 79(1))."""
    period = next(rule.period for rule in RULES if rule.code == "R-PUB" and rule.period is not None)
    return current_calendar().add_working_days(effective_on, period.length)


__all__ = ["publish_by", "publishable", "published_kinds", "visible_papers", "waiting", "waiting_papers"]
