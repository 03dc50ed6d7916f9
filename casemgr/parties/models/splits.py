"""One record that holds two people: what goes to a new record; proposed by one, approved by another, undone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from casemgr.audit.history import history
from casemgr.parties.models.party import Party
from casemgr.parties.models.proposals import Proposal


class SplitState(models.TextChoices):
    PROPOSED = "PROPOSED", _("Waiting for approval")
    APPROVED = "APPROVED", _("Split")
    REJECTED = "REJECTED", _("Rejected")
    UNDONE = "UNDONE", _("Undone")


class PartySplit(Proposal):
    """`particulars` names columns (and "number", "phone"), `other_names` and `files` hold ids of what goes over.

    `kept` is what the source said of its document before: no personal number stands in it.
    """

    source = models.ForeignKey(Party, models.PROTECT, related_name="splits", verbose_name=_("record that is split"))
    created = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="split_from", verbose_name=_("new record")
    )
    name = models.CharField(_("name of the new record"), max_length=200)
    state = FSMField(_("state"), max_length=10, choices=SplitState.choices, default="PROPOSED", protected=True)
    particulars = models.JSONField(default=list)
    other_names = models.JSONField(default=list)
    files = models.JSONField(default=list)
    kept = models.JSONField(default=dict)
    created_version = models.PositiveIntegerField(default=0)
    history = history()

    class Meta:
        verbose_name = _("split of a record")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["source"], condition=Q(state="PROPOSED"), name="split_one_open")]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.created_id or ''}"
