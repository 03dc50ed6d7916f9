"""A change of the registry that two people make: one proposes, another approves, and it can be undone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMModelMixin, transition


class Proposal(FSMModelMixin, models.Model):
    """Base of merges and splits; the heir declares its `state` with its own words."""

    reason = models.TextField(_("reason"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    decision = models.TextField(_("reason of the decision"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    @transition(field="state", source="PROPOSED", target="APPROVED")
    def approve(self) -> None: ...

    @transition(field="state", source="PROPOSED", target="REJECTED")
    def reject(self) -> None: ...

    @transition(field="state", source="APPROVED", target="UNDONE")
    def undo(self) -> None: ...
