"""The office's own rules that govern a step, for the page of that step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from casemgr.cases.models import Case
from casemgr.cases.panels import ActionNote
from reconsideration.models import PROCEDURE, OfficeRule


def in_force(on: date) -> list[OfficeRule]:
    rows = OfficeRule.objects.filter(Q(from_on__lte=on), Q(until_on__isnull=True) | Q(until_on__gte=on))
    return list(rows.defer("text"))


def notes(case: Case, action: str, today: date) -> Iterator[ActionNote]:
    """One query; the register of an office is short."""
    if case.procedure != PROCEDURE:
        return
    for rule in in_force(today):
        if action in rule.steps:
            yield ActionNote(f"{rule.get_kind_display()}：{rule.title}", rule.get_absolute_url())
