"""Bases of the actions of screening."""

from __future__ import annotations

from datetime import date
from typing import Any

from mediation.campaigns.permission import WORKERS
from mediation.organisations.actions.base import CreateAction, RecordAction
from mediation.organisations.permission import reaches

__all__ = ["CreateAction", "UnitAction"]


class UnitAction(RecordAction):
    """Base: on a record that belongs to one unit."""

    roles = WORKERS

    def is_permitted(self, subject: Any, actor, today: date) -> bool:
        return reaches(actor, self.roles, [subject.unit_id], today)
