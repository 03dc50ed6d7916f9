"""Undoing an import of the ledger, case by case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from casemgr.actions.action import ActionContext
from casemgr.ledgers.take_back import CASES_OWN, TakeBackCase
from mediation.models import MediationCase
from mediation.terms import Ending


class TakeBack(TakeBackCase):
    """Its agreement binds nobody in the register any more."""

    name = "mediation.take_back"
    model: ClassVar = MediationCase
    own = CASES_OWN | {"mediation_facts", "mediators", "agreements", "dispute_days"}

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        case.outcome = Ending.VOID


TAKING_BACK = (TakeBack,)
