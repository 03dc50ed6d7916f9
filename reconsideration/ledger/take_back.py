"""Undoing an import of the ledger, case by case."""

from __future__ import annotations

from typing import ClassVar

from casemgr.ledgers.take_back import CASES_OWN, TakeBackCase
from reconsideration.models import ReconsiderationCase


class TakeBack(TakeBackCase):
    name = "reconsideration.take_back"
    model: ClassVar = ReconsiderationCase
    own = CASES_OWN | {"reconsideration_facts", "closed_days"}


TAKING_BACK = (TakeBack,)
