"""Two records of one person: found, proposed for a merge by one, approved by another, undone when it was wrong."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from casemgr.audit.history import history
from casemgr.parties.models.party import Party
from casemgr.parties.models.proposals import Proposal


class MergeState(models.TextChoices):
    PROPOSED = "PROPOSED", _("Waiting for approval")
    APPROVED = "APPROVED", _("Merged")
    REJECTED = "REJECTED", _("Rejected")
    UNDONE = "UNDONE", _("Undone")


class PartyMerge(Proposal):
    """One proposal. Cases keep their snapshots and their party; only the pointer of `merged` changes."""

    survivor = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("record that stays"))
    merged = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("record that is merged"))
    state = FSMField(_("state"), max_length=10, choices=MergeState.choices, default="PROPOSED", protected=True)
    conflicts = models.JSONField(default=list)
    history = history()

    class Meta:
        verbose_name = _("merge of two records")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["merged"], condition=Q(state="PROPOSED"), name="merge_one_open"),
            models.CheckConstraint(name="merge_two_records", condition=~Q(survivor=models.F("merged"))),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.survivor_id}"


class DuplicatePair(models.Model):
    """Two records that may be one person; settled once, it is not shown again."""

    first = models.ForeignKey(Party, models.CASCADE, related_name="+")
    second = models.ForeignKey(Party, models.CASCADE, related_name="+")
    level = models.CharField(max_length=10)
    why = models.CharField(max_length=200)
    found_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("possible duplicate")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="pair_once")]
        indexes = [models.Index(fields=["id"], condition=Q(settled_at__isnull=True), name="pair_open")]
