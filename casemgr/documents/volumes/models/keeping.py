"""Loans of paper volumes and their return."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.documents.volumes.models.volume import Volume


class Loan(models.Model):
    volume = models.ForeignKey(Volume, models.PROTECT, related_name="loans", verbose_name=_("volume"))
    borrower = models.CharField(_("borrower"), max_length=60)
    borrower_unit = models.CharField(_("unit of the borrower"), max_length=80)
    borrower_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account of the borrower"),
    )
    purpose = models.CharField(_("purpose"), max_length=200)
    lent_on = models.DateField(_("lent on"))
    due_on = models.DateField(_("due back on"))
    lent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("lent by"))
    returned_on = models.DateField(_("returned on"), null=True, blank=True)
    return_note = models.CharField(_("state when it came back"), max_length=200, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken back by"),
    )
    version = models.PositiveIntegerField(default=1)
    history = history()

    class Meta:
        verbose_name = _("loan")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["volume"], condition=Q(returned_on__isnull=True), name="loan_open_once")
        ]
        indexes = [models.Index(fields=["due_on"], name="loan_due", condition=Q(returned_on__isnull=True))]

    def __str__(self) -> str:
        return f"{self.volume} {self.borrower}"

    def is_overdue(self, today: date) -> bool:
        return self.returned_on is None and self.due_on < today
