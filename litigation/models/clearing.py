"""Clearing rounds (集中化解): batches of backlog items that are taken on together, each with a target of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.audit.history import history
from casemgr.organisation.scope import ALL
from litigation.models.backlog import BacklogItem, BacklogYear, units_seen


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> RoundQuerySet:
        """A department sees the rounds that hold an item of its own."""
        if units_seen(user, today) is ALL:
            return self
        own = BacklogItem.objects.visible_to(user, today).values("pk")
        return self.filter(pk__in=RoundItem.objects.filter(item__in=own).values("clearing_round_id"))


class ClearingRound(models.Model):
    """One round: its days, its items, its own target, the meeting, funds asked and granted, and what came of it."""

    year = models.ForeignKey(BacklogYear, models.PROTECT, related_name="rounds", verbose_name=_("year of the backlog"))
    name = models.CharField(_("name"), max_length=100)
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    sub_target = models.PositiveIntegerField(_("items to be cleared"), validators=[MinValueValidator(1)])
    """In whole items of the batch, by the round's last day."""
    held_on = models.DateField(pgettext_lazy("meeting", "held on"), null=True, blank=True)
    decisions = models.TextField(_("decisions of the meeting"), blank=True)
    asked_yuan = models.DecimalField(
        _("funds asked for, in yuan"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    granted_yuan = models.DecimalField(
        _("funds granted, in yuan"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    funds_paper = models.CharField(_("paper on the funds"), max_length=200, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    result = models.TextField(_("result"), blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("clearing round")
        ordering = ["-first_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="clearing_round_days", condition=models.Q(last_on__gte=models.F("first_on")))
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("backlog_round", args=[self.pk])


class RoundItem(models.Model):
    """An item of a round. It may stand in several, one after the other."""

    clearing_round = models.ForeignKey(ClearingRound, models.CASCADE, related_name="members")
    item = models.ForeignKey(BacklogItem, models.PROTECT, related_name="rounds")
    history = history()

    class Meta:
        verbose_name = _("item of a clearing round")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["clearing_round", "item"], name="item_once_in_a_round")]


__all__ = ["ClearingRound", "RoundItem"]
