"""The yearly review of access through the API."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casemgr.actions.resources import Resource
from casemgr.operation.access_review.models import AccessReview
from casemgr.operation.access_review.people import readable_units
from casemgr.organisation.scope import ALL


def readable_reviews(user, today: date) -> QuerySet[AccessReview]:
    """:raises PermissionDenied: reviews are none of the person's business."""
    units = readable_units(user, today)
    if not units:
        raise PermissionDenied(_("Reviews of access are for heads, administrators and auditors."))
    reviews = AccessReview.objects.select_related("unit", "signed_by")
    return reviews if units is ALL else reviews.filter(unit_id__in=units)


ACCESS_REVIEWS = Resource(
    "access-reviews",
    AccessReview,
    readable_reviews,
    columns=("unit", "status", "opened_on", "due_on", "signed_by", "signed_at", "statement", "digest", "next_on"),
    creating=("access_review.begin",),
)
