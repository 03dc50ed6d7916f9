"""The nightly statement that every running period is somebody's, and what it found to be nobody's."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.timelimits import registry


class OwnershipStatement(models.Model):
    """What one night found. `running` = `handled` + `with_heads` + the gaps of the kinds that lack an owner."""

    on = models.DateField(_("day"), unique=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)
    running = models.PositiveIntegerField(_("running periods"))
    handled = models.PositiveIntegerField(help_text="a handler with a working account")
    with_heads = models.PositiveIntegerField(help_text="no handler yet, and somebody who leads the office")
    reminders = models.PositiveIntegerField(help_text="rungs reached since the statement before")
    told = models.PositiveIntegerField(help_text="of these, those that reached somebody")

    class Meta:
        verbose_name = _("statement of ownership")
        ordering = ["-on"]

    def __str__(self) -> str:
        return self.on.isoformat()

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("ownership", query={"on": self.on.isoformat()})

    @property
    def without_owner(self) -> int:
        return self.running - self.handled - self.with_heads

    @property
    def not_told(self) -> int:
        return self.reminders - self.told

    @property
    def is_sound(self) -> bool:
        return not (self.without_owner or self.not_told)


class OwnershipGap(models.Model):
    """One running period without an owner, or one reminder that reached nobody."""

    class Kind(models.TextChoices):
        NOBODY = "nobody", _("No handler, and nobody leads the office")
        GONE = "gone", _("No handler can work on it: account closed, role ended, recused, or no able stand-in")
        NOT_TOLD = "not_told", _("A reminder was due and nobody was told")
        NOT_DELIVERED = "not_delivered", _("A reminder was sent and reached nobody by mail or SMS")

    statement = models.ForeignKey(OwnershipStatement, models.CASCADE, related_name="gaps")
    kind = models.CharField(_("what is missing"), max_length=16, choices=Kind.choices)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    deadline = models.BigIntegerField(help_text="id of the period then; it may have been derived anew since")
    rule = models.CharField(_("rule"), max_length=40)
    due_on = models.DateField(_("due on"), null=True)

    class Meta:
        verbose_name = _("gap of ownership")
        ordering = ["due_on", "id"]

    @property
    def rule_name(self) -> str:
        return str(registry.versions(self.rule)[0].name) if self.rule in registry.codes() else self.rule

    def is_overdue(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today
