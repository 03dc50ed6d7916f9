"""What openness adds to a case's steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casemgr.actions.topics import Topic
from casemgr.cases.models import Case
from casemgr.cases.panels import NextStep
from reconsideration.openness.publications.papers import published_kinds
from reconsideration.openness.roles import OFFICER, holds

IN_EFFECT = ("SERVED", "PERFORMING", "PERFORMED", "ARCHIVED")
CLOSED_WITH = {"NOT_ACCEPTED": "refusal", "DISMISSED": "dismissal"}


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


__all__ = ["openness_steps"]
