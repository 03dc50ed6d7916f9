"""Uses of seals. A row is never deleted: a mistaken one is annulled with its reason and keeps its number."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models import Case
from casemgr.documents.models import Document
from casemgr.numbering.models import IssuedNumber
from casemgr.organisation.models import Unit
from casemgr.organisation.scope import ALL, scope

READERS = ("officer", "head", "authority", "committee", "archive", "leader", "auditor")
EVIDENCE = (
    "number_id", "number_text", "unit_id", "seal_name", "document_id", "title", "paper_number", "copies", "purpose",
    "note", "approved_by_id", "approved_on", "status", "sealed_by_id", "sealed_on", "reason",
)  # fmt: skip


class SealUseQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> SealUseQuerySet:
        """Uses for papers of visible cases, and other uses at the units that the person's roles reach."""
        cases = Case.objects.visible_to(user, today).order_by().values("pk")
        units = scope(user, today).units_of_role(READERS)
        outside = Q(case__isnull=True)
        if units is not ALL:
            outside &= Q(unit_id__in=units)
        return self.filter(Q(case__in=cases) | outside)

    def delete(self):
        raise ValueError("uses of a seal are annulled, never deleted")


class SealUse(models.Model):
    """One use of a seal: asked for when a paper is issued, numbered when the keeper confirms it."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("To be sealed")
        SEALED = "sealed", _("Sealed")
        ANNULLED = "annulled", _("Annulled")
        DROPPED = "dropped", _("No longer needed")

    class Purpose(models.TextChoices):
        PAPER = "paper", _("Paper of a case")
        CERTIFICATE = "certificate", _("Certificate")
        LETTER = "letter", _("Letter or reply")
        AUTHORISATION = "authorisation", _("Power of attorney or identity of a representative")
        OTHER = "other", _("Other complete paper")

    number = models.OneToOneField(IssuedNumber, models.PROTECT, null=True, blank=True, related_name="+")
    number_text = models.CharField(_("number of the entry"), max_length=80, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="seal_uses", verbose_name=_("unit"))
    seal_name = models.CharField(_("official seal"), max_length=80)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="seal_uses", verbose_name=_("document")
    )
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="seal_uses", verbose_name=_("case")
    )
    title = models.CharField(_("paper"), max_length=200)
    paper_number = models.CharField(_("number of the paper"), max_length=80, blank=True)
    copies = models.PositiveSmallIntegerField(_("copies"), default=1)
    purpose = models.CharField(_("purpose"), max_length=16, choices=Purpose.choices, default=Purpose.PAPER)
    note = models.CharField(_("remark"), max_length=200, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.WAITING)
    asked_on = models.DateField(_("asked for on"))
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sealed by")
    )
    sealed_on = models.DateField(_("sealed on"), null=True, blank=True)
    reason = models.CharField(_("why it was annulled"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    history = history()

    objects = SealUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a seal")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["asked_on", "id"], name="sealing_waiting", condition=Q(status="waiting")),
            models.Index(fields=["unit", "sealed_on"], name="sealing_register"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=Q(status__in=["waiting", "sealed"]), name="sealing_once_per_paper"
            ),
            models.CheckConstraint(
                name="sealing_sealed_has_number",
                condition=~Q(status="sealed") | (~Q(number_text="") & Q(sealed_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number_text} {self.title} {self.paper_number}".strip()

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("sealing_detail", args=[self.pk])

    def delete(self, *args, **kwargs):
        raise ValueError("uses of a seal are annulled, never deleted")
