"""A letter of a referral: it belongs to the referral, so it can come before there is a case."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models import Referral
from casemgr.documents.uploads.models import FILE, KeptFile, KeptQuerySet

FOLDER = "referral-letters"
DESCRIPTION = ("title", "received_on", "withdrawn_on", "withdrawn_reason")
"""Columns beside the file that are evidence."""


class LetterQuerySet(KeptQuerySet):
    def visible_to(self, user: Any, today: date) -> LetterQuerySet:
        """Of the referrals the person may see, and of no others."""
        return self.filter(referral__in=Referral.objects.visible_to(user, today).order_by().values("pk"))


class ReferralLetter(KeptFile):
    """The scan or file of one letter."""

    SEALED: ClassVar[tuple[str, ...]] = ("referral_id", *FILE)

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="letters", verbose_name=_("referral"))
    history = history()

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter of a referral")
        ordering = ["id"]
        indexes = [models.Index(fields=["id"], name="referral_letter_to_scan", condition=Q(scan="waiting"))]

    def get_absolute_url(self) -> str:
        return self.referral.get_absolute_url()

    @property
    def about(self) -> models.Model:
        return self.referral
