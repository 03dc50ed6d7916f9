"""What the operator needs to know of the system's own care."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.operation.access_review.models import AccessReview, AccessReviewLine
from casemgr.operation.ownership.models import OwnershipGap, OwnershipStatement

__all__ = [
    "AccessReview",
    "AccessReviewLine",
    "BackupRun",
    "Confirmation",
    "FirstStartToken",
    "OwnershipGap",
    "OwnershipStatement",
    "SheetImport",
]


class BackupRun(models.Model):
    """One backup, good or failed. The last good one is shown to administrators and to monitoring."""

    at = models.DateTimeField(_("at"), auto_now_add=True)
    folder = models.CharField(_("folder"), max_length=300)
    is_good = models.BooleanField(default=False)
    rows = models.PositiveBigIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    verified_at = models.DateTimeField(_("read back at"), null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("backup")
        ordering = ["-id"]


class FirstStartToken(models.Model):
    """The one-time word that opens the first start's page; only its digest is kept."""

    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("one-time link of the first start")


class Confirmation(models.Model):
    """What a person vouches for on the go-live list; it holds as long as `mark` is what the system sees."""

    item = models.CharField(_("item"), max_length=20, unique=True)
    mark = models.CharField(max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=200)
    by = models.CharField(_("by"), max_length=80)
    at = models.DateTimeField(_("at"), auto_now=True)
    history = history()

    class Meta:
        verbose_name = _("confirmation")

    def __str__(self) -> str:
        return self.item


class SheetImport(models.Model):
    """One list of users or units that was read in from a page."""

    class Kind(models.TextChoices):
        USERS = "users", _("Users")
        UNITS = "units", _("Units")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    file_name = models.CharField(_("file"), max_length=120)
    rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    by = models.CharField(_("by"), max_length=80)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("list read in")
        ordering = ["-id"]
