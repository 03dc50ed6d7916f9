"""The task of publishing, told by night: what came into effect, and what comes near the office's own target."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.outbox import NoticeKind, tell_all, telling_of
from reconsideration.openness.publications.papers import publish_by, waiting

AHEAD_DAYS = 7
TOLD_DAYS = 60
"""What has been in effect for longer stays on the list and is told no more."""
NOTICES = (
    NoticeKind(
        "publication_waiting",
        gettext_lazy("Decision to be published"),
        lambda data: _("%(case)s: the decision is in effect. Publish it by %(day)s, or record why not.") % data,
        concerns_work=True,
    ),
)


def remind_to_publish(on: date) -> int:
    """Whoever leads the case: once when it is in effect, once more a week before the target. How many were told."""
    papers = waiting(on).filter(case__lead_handler__isnull=False, case__is_past_record=False).select_related("case")
    found = [
        (paper, publish_by(paper.effective_on)) for paper in papers if paper.effective_on > on - timedelta(TOLD_DAYS)
    ]
    tell_all(
        telling_of(
            "publication_waiting",
            [paper.case.lead_handler_id],
            subject=paper.case,
            once=f"publish:{paper.pk}:{'near' if day <= on + timedelta(AHEAD_DAYS) else 'begun'}",
            case=paper.case.number,
            day=day.isoformat(),
        )
        for paper, day in found
    )
    return len(found)


__all__ = ["NOTICES", "remind_to_publish"]
