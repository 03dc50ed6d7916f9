"""What the banner asks of a studio: conditions, names, approver, periods. Local rules differ, so they are data."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history


class StudioPolicyQuerySet(models.QuerySet):
    def on(self, day: date) -> StudioPolicy:
        """The policy in force; before the first one, the first. :raises StudioPolicy.DoesNotExist: none is kept."""
        return self.filter(effective_on__lte=day).order_by("-effective_on").first() or self.earliest("effective_on")


class StudioPolicy(models.Model):
    """The rules for studios from a day on. An empty number asks nothing. `source` names the text they come from."""

    class Approver(models.TextChoices):
        LEADER = "leader", _("Bureau leader")
        GUIDANCE = "guidance", _("Mediation guidance of the bureau")

    effective_on = models.DateField(_("in force from"), unique=True)
    min_years = models.PositiveSmallIntegerField(_("fewest years of mediation"), null=True, blank=True)
    min_cases_in_three_years = models.PositiveIntegerField(_("fewest cases in three years"), null=True, blank=True)
    min_success_rate = models.DecimalField(
        _("lowest success rate (%)"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    needs_commendation = models.BooleanField(_("asks for a commendation at county level or above"), default=False)
    full_name_formula = models.CharField(_("formula of the full name"), max_length=80)
    short_name_formula = models.CharField(_("formula of the short name"), max_length=80)
    approver = models.CharField(_("approved by"), max_length=10, choices=Approver.choices)
    filing_working_days = models.PositiveSmallIntegerField(_("working days for filing"), null=True, blank=True)
    grace_months = models.PositiveSmallIntegerField(_("months to rename after the name-giver's death"), default=6)
    floor_cases_a_year = models.PositiveIntegerField(_("fewest cases a year"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = StudioPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("rules for studios")
        ordering = ["-effective_on"]

    def __str__(self) -> str:
        return f"{self.effective_on}"

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("rules for studios are followed by others, never deleted")
