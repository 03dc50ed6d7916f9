"""Rules of alerts, and one's own alerts, through the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from casemgr.actions.resources import Resource
from casemgr.boards.models import SETTING, Alert, AlertRule
from casemgr.organisation.tokens.scopes import FIGURES


def _rules(user: Any, today: date) -> QuerySet[AlertRule]:
    if not user.role_codes(today).intersection(SETTING):
        raise PermissionDenied
    return AlertRule.objects.visible_to(user, today)


RULES = Resource(
    "alert-rules",
    AlertRule,
    _rules,
    columns=("watched", "condition", "threshold", "roles", "every_days", "is_active"),
    creating=("alert_rule.set",),
    reading=FIGURES,
)
ALERTS = Resource(
    "alerts",
    Alert,
    Alert.objects.visible_to,
    columns=("rule", "value", "raised_on", "told_on", "cleared_on", "noted_on", "note"),
    reading=FIGURES,
)
RESOURCES = (RULES, ALERTS)
