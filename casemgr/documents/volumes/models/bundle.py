"""A bundle that can be checked without this software; it is made anew when wanted and kept for some days only."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models import Case


class Bundle(models.Model):
    case = models.ForeignKey(Case, models.PROTECT, related_name="bundles", verbose_name=_("case"))
    with_internal = models.BooleanField(_("with the internal volume"), default=False)
    purpose = models.CharField(_("for whom and why"), max_length=200)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    asked_on = models.DateField(_("on"))
    file = models.CharField(max_length=100, blank=True, editable=False)
    sha256 = models.CharField(_("digest (SHA-256)"), max_length=64, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0, editable=False)
    job_id = models.BigIntegerField(null=True, editable=False)
    removed_on = models.DateField(_("removed on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    history = history()

    class Meta:
        verbose_name = _("checkable bundle")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.case} {self.asked_on}"
