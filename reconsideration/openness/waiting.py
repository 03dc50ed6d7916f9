"""What openness adds to the work page and to a case's steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from casemgr.actions.topics import Topic
from casemgr.cases.models import Case
from casemgr.cases.panels import NextStep
from reconsideration.models import HandlingComplaint
from reconsideration.openness.complaints.actions import GIVING
from reconsideration.openness.complaints.forms import LOOKING
from reconsideration.openness.publications.papers import publish_by, published_kinds, waiting_papers
from reconsideration.openness.roles import OFFICER, holds
from reconsideration.openness.states import WAITING, ComplaintState

MOST = 5
IN_EFFECT = ("SERVED", "PERFORMING", "PERFORMED", "ARCHIVED")
CLOSED_WITH = {"NOT_ACCEPTED": "refusal", "DISMISSED": "dismissal"}


def waiting_context(user: Any, today: date) -> dict[str, Any]:
    """Papers in effect of which nobody has said whether they are published, and complaints that are the person's to
    give out or to answer; no query for whom it does not concern."""
    if getattr(user, "pk", None) is None:
        return {}
    codes = user.role_codes(today)
    return {"today": today, **_papers(user, today, codes), **_complaints(user, today, codes)}


def _complaints(user: Any, today: date, codes: frozenset[str]) -> dict[str, Any]:
    if not codes.intersection(LOOKING):
        return {}
    mine = Q(handler=user)
    if codes.intersection(GIVING):
        mine |= Q(state=ComplaintState.RECEIVED)
    rows = HandlingComplaint.objects.visible_to(user, today).filter(mine, state__in=WAITING)
    return {"complaints": list(rows.select_related("number").order_by("due_on", "pk")[:MOST])}


def _papers(user: Any, today: date, codes: frozenset[str]) -> dict[str, Any]:
    if not codes.intersection(OFFICER):
        return {}
    papers = list(waiting_papers(user, today).select_related("case").order_by("issued_on", "pk")[: MOST + 1])
    for paper in papers:
        paper.publish_by = publish_by(paper.effective_on)
    return {"papers": papers[:MOST], "more": len(papers) > MOST}


def openness_steps(case: Case, user: Any, today: date) -> Iterator[NextStep]:
    """On a case's page; costs no query: the form finds the paper."""
    if case.procedure != "reconsideration" or case.is_past_record or not holds(user, OFFICER, case.unit_id, today):
        return
    if case.state in IN_EFFECT or CLOSED_WITH.get(case.state) in published_kinds():
        url = f"{reverse('publication_new')}?case={case.pk}"
        yield NextStep(label=_("Publish the decision, or record why not"), url=url, topic=Topic.LINKS)
    if case.state not in ("ARCHIVED", "VOID"):
        url = f"{reverse('query_code_new')}?case={case.pk}"
        yield NextStep(label=_("Give a query code for the progress"), url=url, topic=Topic.LINKS)


__all__ = ["openness_steps", "waiting_context"]
