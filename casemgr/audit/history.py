"""The history convention: who, why and by which action, on every row of every business model."""

from __future__ import annotations

from functools import cache

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from casemgr.audit.context import current


class HistoryRow(models.Model):
    """What each history table adds to django-simple-history's columns. People are kept by value."""

    history_actor_name = models.CharField(_("by"), max_length=80, blank=True)
    history_action = models.CharField(_("action"), max_length=80, blank=True)

    class Meta:
        abstract = True


class RecordsManager(HistoryManager):
    """`row.history` asks for its class each time, and every saved row does: it is made once."""

    @classmethod
    @cache
    def from_queryset(
        cls, queryset_class: type[models.QuerySet], class_name: str | None = None
    ) -> type[models.Manager]:
        return super().from_queryset(queryset_class, class_name)


def _actor_id(instance: models.Model, request=None, **kwargs) -> int | None:
    return current().actor_id


def _read_actor(historical: models.Model) -> int | None:
    return historical.history_user_id


def _write_actor(historical: models.Model, actor_id: int | None) -> None:
    historical.history_user_id = actor_id


def history(**options) -> HistoricalRecords:
    """The `HistoricalRecords` of this project: `history = history()` on a model.

    The user is an integer, not a foreign key: history must outlive accounts and audit knows nobody.
    """
    return HistoricalRecords(
        bases=[HistoryRow],
        history_manager=RecordsManager,
        history_user_id_field=models.BigIntegerField(null=True, blank=True),
        history_user_getter=_read_actor,
        history_user_setter=_write_actor,
        get_user=_actor_id,
        history_change_reason_field=models.TextField(blank=True, null=True),
        **options,
    )


def fill_history_row(sender, history_instance: models.Model, **kwargs) -> None:
    """Receiver of `pre_create_historical_record`: stamps the running action on the row."""
    if not isinstance(history_instance, HistoryRow):
        return
    context = current()
    history_instance.history_user_id = context.actor_id
    history_instance.history_actor_name = context.actor_name
    history_instance.history_action = context.action
    if context.reason and not history_instance.history_change_reason:
        history_instance.history_change_reason = context.reason
