"""Reviews of documents on the case page, and the warning about what the act leans on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases import events
from casemgr.cases.events import Fact
from casemgr.cases.procedure import Text
from reconsideration.models import AnnexedReview, ReconsiderationCase
from reconsideration.normative.matching import warnings_of

STAGES: dict[str, Text] = {
    "annex_notice_issued": gettext_lazy("the maker's notice is issued"),
    "annex_notified": gettext_lazy("the maker's answer is awaited"),
    "annex_answered": gettext_lazy("answered, to be reviewed"),
    "annex_forwarded": gettext_lazy("transferred"),
    "annex_forward_received": gettext_lazy("the competent organ's opinion is awaited"),
}


def annexed_section(case: ReconsiderationCase, user: Any, today: date) -> dict[str, Any]:
    """No query where neither a basis of the act nor a review is recorded."""
    facts = events.facts_of(case)
    has_reviews = any(fact.kind == "annex_opened" for fact in facts)
    rows = case.annexed_reviews.filter(struck_on__isnull=True).select_related("document") if has_reviews else ()
    return {"rows": [(row, stage_of(row, facts)) for row in rows], "warnings": warnings_of(case, today)}


def stage_of(review: AnnexedReview, facts: list[Fact]) -> Text:
    """How far the review has come, by the case's course."""
    if review.concluded_on:
        return _("concluded")
    if (last := events.last_of(facts, *STAGES)) is not None:
        return STAGES[last.kind]
    return _("waits for the suspension") if events.last_of(facts, "suspended") is None else _("to be reviewed")


__all__ = ["annexed_section"]
