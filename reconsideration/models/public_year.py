"""The figures of one year as the public reads them, counted by night."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicYear(models.Model):
    """A roll-up: kept so that no reader outside makes the register be counted."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    counted_on = models.DateField(_("counted on"))
    figures = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("figures of a year for the public")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)


__all__ = ["PublicYear"]
