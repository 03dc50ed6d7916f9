"""Bases of the actions on committees, mediators, studios, filings and agreements."""

from __future__ import annotations

from datetime import date
from typing import Any

from casemgr.actions import records
from casemgr.actions.records import take
from mediation.models import Committee, DockAgreement, Filing, Mediator, Studio
from mediation.organisations.permission import COMMITTEE, holds, reaches


class CreateAction(records.CreateAction):
    """Base: makes a record. The form offers only units within the person's reach."""

    roles = COMMITTEE

    def is_permitted(self, subject: None, actor, today: date) -> bool:
        return holds(actor, self.roles, today)


class RecordAction(records.RecordAction):
    """Base: on one record within the person's reach; each one makes a new version of it."""

    roles = COMMITTEE

    def is_permitted(self, subject: Any, actor, today: date) -> bool:
        return reaches(actor, self.roles, units_of(subject), today)


def units_of(subject: Any) -> list[int | None]:
    """The units by which a record is reached; a mediator by the committees they have now, the last if there is none."""
    if isinstance(subject, Committee):
        return [subject.unit_id]
    if isinstance(subject, Studio):
        return [subject.committee.unit_id, subject.town_id]
    if isinstance(subject, Filing):
        return [subject.committee.unit_id]
    if isinstance(subject, Mediator):
        running = subject.engagements.filter(ended_on__isnull=True).values_list("committee__unit_id", flat=True)
        return list(running) or list(subject.engagements.values_list("committee__unit_id", flat=True))
    if isinstance(subject, DockAgreement):
        return list(subject.roster.values_list("committee__unit_id", flat=True))
    return []


__all__ = ["CreateAction", "RecordAction", "take", "units_of"]
