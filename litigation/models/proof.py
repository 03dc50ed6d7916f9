"""Proof that an item is performed: files brought for it, and papers of our own file that it points at."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.documents.uploads.models import FILE, KeptFile, KeptQuerySet, Material
from litigation.models.backlog import BacklogItem


class ProofQuerySet(KeptQuerySet):
    def visible_to(self, user: Any, today: date) -> ProofQuerySet:
        """Of the items the person may see, and of no others."""
        return self.filter(item__in=BacklogItem.objects.visible_to(user, today).values("pk"))


class BacklogProof(KeptFile):
    """A file of an item: a transfer slip, a receipt, the new act with its proof of service, the court's notice."""

    SEALED: ClassVar[tuple[str, ...]] = ("item_id", *FILE)

    item = models.ForeignKey(BacklogItem, models.PROTECT, related_name="proofs", verbose_name=_("backlog item"))
    history = history()

    objects = ProofQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof of a backlog item")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["id"], name="backlog_proof_to_scan", condition=models.Q(scan="waiting")),
        ]

    def get_absolute_url(self) -> str:
        return self.item.get_absolute_url()

    @property
    def about(self) -> models.Model:
        return self.item


class ProofPaper(models.Model):
    """A paper of our own file that proves it. Pointing at it opens it to nobody who may not see it there."""

    item = models.ForeignKey(BacklogItem, models.CASCADE, related_name="proof_papers")
    material = models.ForeignKey(Material, models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = history()

    class Meta:
        verbose_name = _("paper of our file as proof")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["item", "material"], name="proof_paper_once")]


__all__ = ["BacklogProof", "ProofPaper"]
