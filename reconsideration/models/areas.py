"""The office's own list of fields of administration."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history


class ManagementAreaRow(models.Model):
    """The office's own list of fields of administration, seeded from table T3."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    order = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    history = history()

    class Meta:
        ordering = ["order", "id"]
        verbose_name = _("field of administration")

    def __str__(self) -> str:
        return self.name
