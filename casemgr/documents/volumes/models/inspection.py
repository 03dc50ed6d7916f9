"""A look of a party or agent into the file: who, what, what was withheld and why, and the copy that was made."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models import Case, Participation


class Inspection(models.Model):
    """`items` and `withheld` keep key, title and digest of what was shown, and the ground of what was not."""

    class Manner(models.TextChoices):
        LOOK = "look", _("Looked at")
        COPY = "copy", _("Copied")

    case = models.ForeignKey(Case, models.PROTECT, related_name="inspections", verbose_name=_("case"))
    reader = models.ForeignKey(Participation, models.PROTECT, related_name="+", verbose_name=_("who inspects"))
    identity_check = models.CharField(_("how identity and authority were checked"), max_length=200)
    manner = models.CharField(_("manner"), max_length=8, choices=Manner.choices)
    basis = models.CharField(_("legal basis"), max_length=120)
    on = models.DateField(_("on"))
    items = models.JSONField(default=list)
    withheld = models.JSONField(default=list)
    file = models.CharField(max_length=100, editable=False)
    sha256 = models.CharField(_("digest (SHA-256)"), max_length=64, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    pages = models.PositiveIntegerField(_("pages"), editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    created_at = models.DateTimeField(auto_now_add=True)
    history = history()

    class Meta:
        verbose_name = _("inspection of a file")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.case} {self.reader} {self.on}"
