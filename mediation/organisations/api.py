"""Committees, mediators, studios, filings, agreements and frozen coverage through the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from casemgr.actions.resources import Resource
from mediation.models import (
    Committee,
    CoverageSnapshot,
    DockAgreement,
    Filing,
    Mediator,
    Studio,
    StudioPolicy,
)
from mediation.organisations.findings import findings, findings_with, members_on
from mediation.organisations.permission import may_look


def _demand_role(user, today: date) -> None:
    if not may_look(user, today):
        raise PermissionDenied(_("Your roles have nothing to do with people's mediation."))


def visible_rows(model):
    def rows(user, today: date) -> QuerySet:
        _demand_role(user, today)
        return model.objects.visible_to(user, today)

    return rows


def _everybodys(model):
    def rows(user, today: date) -> QuerySet:
        _demand_role(user, today)
        return model.objects.all()

    return rows


def _committees(user, today: date) -> QuerySet:
    """With what the findings of a whole page need: members are read once."""
    members = Prefetch("engagements", members_on(today), to_attr="members_today")
    return visible_rows(Committee)(user, today).select_related("unit").prefetch_related(members)


def _findings(committee: Committee, user: Any, today: date) -> list[str]:
    known = getattr(committee, "members_today", None)
    found = findings(committee, today) if known is None else findings_with(committee, known, today)
    return [str(finding) for finding in found]


COMMITTEES = Resource(
    "committees",
    Committee,
    _committees,
    columns=("unit", "kind", "trade", "founded_by", "founded_on", "term_from", "term_until", "state", "ended_on"),
    computed={"name": (str, lambda row, user, today: row.unit.name), "findings": (list[str], _findings)},
    creating=("committee.found",),
    filters=("kind", "state", "unit"),
)
MEDIATORS = Resource(
    "mediators",
    Mediator,
    visible_rows(Mediator),
    columns=("name", "specialities", "is_listed", "user"),
    creating=("mediator.register",),
)
STUDIOS = Resource(
    "studios",
    Studio,
    visible_rows(Studio),
    columns=(
        *("short_name", "full_name", "number", "state", "unit", "committee", "town", "name_giver"),
        *("applied_on", "approved_on", "started_on", "cancelled_on"),
    ),
    creating=("studio.draft",),
    filters=("state", "town", "committee"),
)
STUDIO_RULES = Resource(
    "studio-rules",
    StudioPolicy,
    _everybodys(StudioPolicy),
    columns=(
        *("effective_on", "source", "min_years", "min_cases_in_three_years", "min_success_rate", "needs_commendation"),
        *("full_name_formula", "short_name_formula", "approver", "filing_working_days"),
    ),
    creating=("studio_policy.set",),
)
FILINGS = Resource(
    "filings",
    Filing,
    visible_rows(Filing),
    columns=("committee", "studio", "matter", "happened_on", "due_on", "filed_on", "court_informed_on", "published_on"),
    filters=("committee", "studio"),
)
DOCK_AGREEMENTS = Resource(
    "dock-agreements",
    DockAgreement,
    visible_rows(DockAgreement),
    columns=("dock", "partner", "title", "document_number", "signed_on", "from_on", "until_on", "ended_on"),
    creating=("dock.register",),
    filters=("dock",),
)
COVERAGES = Resource(
    "coverages",
    CoverageSnapshot,
    _everybodys(CoverageSnapshot),
    columns=("on", "occasion", "universe", "reading", "covered", "total", "missing", "taken_on"),
    creating=("coverage.freeze",),
    filters=("on", "universe", "reading"),
)
RESOURCES = (COMMITTEES, MEDIATORS, STUDIOS, STUDIO_RULES, FILINGS, DOCK_AGREEMENTS, COVERAGES)
