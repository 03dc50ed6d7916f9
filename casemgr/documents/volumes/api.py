"""Frozen volumes, appraisals and retention classes through the API. The internal volume (副卷) keeps its own reach."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from casemgr.actions.resources import Resource
from casemgr.documents.volumes.models import Appraisal, RetentionRule, Volume
from casemgr.documents.volumes.views.appraising import READERS


def _demand_reader(user, today: date) -> None:
    if not READERS & user.role_codes(today):
        raise PermissionDenied


def _volumes(user, today: date) -> QuerySet[Volume]:
    if not user.role_codes(today):
        raise PermissionDenied
    return Volume.objects.visible_to(user, today)


def _appraisals(user, today: date) -> QuerySet[Appraisal]:
    _demand_reader(user, today)
    return Appraisal.objects.filter(volume__in=Volume.objects.visible_to(user, today).order_by().values("pk"))


def _rules(user, today: date) -> QuerySet[RetentionRule]:
    _demand_reader(user, today)
    return RetentionRule.objects.all()


VOLUMES = Resource(
    "volumes",
    Volume,
    _volumes,
    columns=("case", "part", "number", "title", "archive_number", "first_page", "last_page", "sha256", "size", "pages"),
    filters=("case", "part"),
)
APPRAISALS = Resource(
    "appraisals",
    Appraisal,
    _appraisals,
    columns=("volume", "verdict", "term", "status", "proposed_by", "proposed_on", "first_by", "first_on", "second_by"),
    filters=("volume", "status"),
)
RETENTION_RULES = Resource(
    "retention-rules",
    RetentionRule,
    _rules,
    columns=("procedure", "outcome", "term", "source", "is_office_decision"),
)
