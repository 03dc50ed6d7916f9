"""What the operator needs to know of the system's own care."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class BackupRun(models.Model):
    """One backup, good or failed. The last good one is shown to administrators and to monitoring."""

    at = models.DateTimeField(_("at"), auto_now_add=True)
    folder = models.CharField(_("folder"), max_length=300)
    is_good = models.BooleanField(default=False)
    rows = models.PositiveBigIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("backup")
        ordering = ["-id"]
