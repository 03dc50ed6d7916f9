"""Frozen counts of the towns that have a studio."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history


class CoverageSnapshot(models.Model):
    """The coverage as it was on a day, kept when it was reported: later entries do not change it."""

    class Occasion(models.TextChoices):
        YEAR_END = "year_end", _("End of the year")
        REPORT = "report", _("Reporting day")

    on = models.DateField(_("day"))
    occasion = models.CharField(_("occasion"), max_length=10, choices=Occasion.choices)
    universe = models.CharField(_("counted units"), max_length=10)
    reading = models.CharField(_("reading"), max_length=8)
    covered = models.PositiveSmallIntegerField(_("covered"))
    total = models.PositiveSmallIntegerField(_("of"))
    missing = models.JSONField(_("missing"), default=list)
    """Code and name of each unit without a studio."""
    towns = models.JSONField(default=list)
    """Every unit with the names of the studios that cover it."""
    taken_on = models.DateField(_("frozen on"))
    history = history()

    class Meta:
        verbose_name = _("frozen coverage")
        ordering = ["-on", "universe", "reading"]
        constraints = [
            models.UniqueConstraint(fields=["on", "universe", "reading"], name="coverage_frozen_once"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.covered}/{self.total}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise ValueError("a frozen coverage never changes")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("a frozen coverage is never deleted")
