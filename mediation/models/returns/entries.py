"""Funds spent on mediation, entered by hand."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.organisation.models import Unit
from mediation.models.organisations.reach import reached_units


class FundEntryQuerySet(models.QuerySet):
    def visible_to(self, user, today: date) -> FundEntryQuerySet:
        units = reached_units(user, today)
        return self if units is None else self.filter(unit_id__in=units)


class FundEntry(models.Model):
    """What a town or the bureau spent on people's mediation on a day (People's Mediation Law, art. 6)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("town or street"))
    on = models.DateField(_("day"))
    guidance_yuan = models.DecimalField(_("guidance of mediation, yuan"), max_digits=14, decimal_places=2, default=0)
    subsidy_yuan = models.DecimalField(_("subsidy of committees, yuan"), max_digits=14, decimal_places=2, default=0)
    insurance_yuan = models.DecimalField(_("insurance of mediators, yuan"), max_digits=14, decimal_places=2, default=0)
    note = models.CharField(_("remark"), max_length=200, blank=True)
    is_struck = models.BooleanField(_("struck"), default=False)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = FundEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of funds")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["on"], name="fund_entry_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.unit}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("table_entries")


__all__ = ["FundEntry"]
