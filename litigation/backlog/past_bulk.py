"""`backlog.record_past_item` for many entries at once: the same forms and steps judge them, few statements write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from casemgr.actions import registry
from casemgr.actions.errors import Forbidden, InvalidInput
from casemgr.actions.unsaved import UnsavedSteps, Version, version_of
from casemgr.audit.bulk import CHANGED, CREATED, create_with_history, keep_versions_of
from casemgr.audit.context import audited
from casemgr.audit.inserting import insert
from casemgr.indicators.tables.keeping import refresh_rows
from casemgr.numbering.series import allocate_many
from casemgr.pages.judged_again import remember
from litigation.backlog.actions import SERIES
from litigation.backlog.past import PastItemForm, RecordPastItem, ToldItem, steps_of, told_by
from litigation.models import BacklogItem
from litigation.tables.base import BACKLOG

ACTION = RecordPastItem.name


class _FormOfBatch(PastItemForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("unit", "joint_units"):
            remember(self.fields[name])


class _Waiting(NamedTuple):
    """An item brought to its end, and how each step left it."""

    told: ToldItem
    versions: list[Version]


@dataclass
class PastItemLane:
    """One batch of entries, inside one transaction: `add` each, then `write`. Items of a ledger name no file of ours,
    so nothing but the backlog's own table counts them.

    :raises Forbidden: the actor may not enter items of a ledger.
    """

    actor: Any
    today: date
    waiting: list[_Waiting] = field(default_factory=list)

    def __post_init__(self) -> None:
        action = registry.get(ACTION)
        if not action.is_permitted(None, self.actor, self.today):
            raise Forbidden(str(action.label))
        self.form = _FormOfBatch({}, actor=self.actor, today=self.today)
        self.steps = UnsavedSteps(self.actor, self.today)

    def expect(self, entries: Iterable[Mapping[str, Any]]) -> None:
        """An entry asks for nothing but its units, and the form remembers them."""

    def add(self, entry: Mapping[str, Any]) -> None:
        """Judge an entry and every step on it. :raises ActionError: why it is refused; nothing of it is kept."""
        self.form.fill_again(entry)
        if not self.form.is_valid():
            raise InvalidInput(self.form)
        data = self.form.cleaned_data
        told = told_by(data, self.actor, self.today)
        versions = [version_of(told.item, ACTION)]
        for name, said in steps_of(told.item, data, self.today):
            versions.append(self.steps.take(name, told.item, said))
        self.waiting.append(_Waiting(told, versions))

    def write(self) -> list[BacklogItem]:
        """Write the items kept, in their order."""
        waiting, self.waiting = self.waiting, []
        if not waiting:
            return []
        items = [told.item for told, _versions in waiting]
        with audited(actor_id=self.actor.pk, actor_name=self.actor.full_name, action=ACTION, reason=""):
            for item, number in zip(items, allocate_many(SERIES.code, self.today, len(items)), strict=True):
                item.number = number
            insert(items)
            _keep_versions(waiting)
            create_with_history([row for told, _versions in waiting for row in told.joint_units])
            create_with_history([row for told, _versions in waiting for row in told.measures])
            refresh_rows(BACKLOG, [item.pk for item in items], self.today)
        return items


def _keep_versions(waiting: Iterable[_Waiting]) -> None:
    """Step by step of all items, each a moment after the one before; a step stands in the same place of each."""
    at = timezone.now()
    for place in range(max(len(versions) for _told, versions in waiting)):
        by_step: dict[tuple[str, str], list[tuple[BacklogItem, Mapping[str, Any]]]] = {}
        for told, versions in waiting:
            if place < len(versions):
                action, reason, columns = versions[place]
                columns = {**columns, "number_id": told.item.number_id}
                by_step.setdefault((action, reason), []).append((told.item, columns))
        for (action, reason), found in by_step.items():
            with audited(action=action, reason=reason):
                kind = CHANGED if place else CREATED
                keep_versions_of(found, kind, at + timedelta(microseconds=place))


__all__ = ["ACTION", "PastItemLane"]
