"""Undoing an import of the backlog's ledger, item by item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.ledgers.take_back import MayLoad, TakeBackForm, Untouched
from litigation.backlog.base import ItemStep
from litigation.models import BacklogItem


class TakeBack(MayLoad, Untouched, ItemStep):
    """The import that entered it is undone."""

    name = "backlog.take_back"
    label = gettext_lazy("Taken back with its import")
    form = TakeBackForm
    listed = False
    transition = "take_back"
    own = frozenset({"joint_units", "measures"})

    def change(self, item: BacklogItem, data: Mapping[str, Any], context: ActionContext) -> None:
        item.finding = data["reason"]
