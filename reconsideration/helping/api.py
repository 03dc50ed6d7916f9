"""Mediation sessions and helpers asked, through the API. What was conceded in a session is told nowhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

from casemgr.actions.resources import Resource
from reconsideration.models import MediationHelp, MediationSession, ReconsiderationCase
from reconsideration.normative.pages import demand_reader


def _of_seen_cases(model: type[Model]) -> Callable[[Any, date], QuerySet]:
    def visible(user: Any, today: date) -> QuerySet:
        demand_reader(user, today)
        return model._default_manager.filter(case__in=ReconsiderationCase.objects.visible_to(user, today).values("pk"))

    return visible


RESOURCES = (
    Resource(
        "mediation-sessions",
        MediationSession,
        _of_seen_cases(MediationSession),
        columns=("case", "order", "held_on", "place", "mediators", "present", "wishes", "proposals", "agreed", "result",
                 "signatures", "helped_by"),
        filters=("case", "result"),
    ),
    Resource(
        "mediation-helps",
        MediationHelp,
        _of_seen_cases(MediationHelp),
        columns=("case", "referral", "organisation", "asked_on", "consent_paper"),
        filters=("case",),
    ),
)  # fmt: skip
