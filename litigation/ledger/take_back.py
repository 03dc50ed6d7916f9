"""Undoing an import of the ledger, file by file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from casemgr.actions.action import ActionContext
from casemgr.ledgers.take_back import CASES_OWN, TakeBackCase
from litigation.models import LitigationCase


class TakeBack(TakeBackCase):
    """A court's number stands in the register once: the instances let go of theirs."""

    name = "litigation.take_back"
    model: ClassVar = LitigationCase
    own = CASES_OWN | {"litigation_facts", "instances", "steps_taken"}

    def record_facts(self, case: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        for instance in case.instances.all():
            instance.court_key = ""
            instance.save()


TAKING_BACK = (TakeBack,)
