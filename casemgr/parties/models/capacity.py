"""What is known of a person's capacity besides the age: a court's declaration, or living on one's own labour."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.parties.models.party import Party


class CapacityFact(models.Model):
    """One such fact with its paper and its time; it is ended, never deleted."""

    class Kind(models.TextChoices):
        DECLARED_NONE = "declared_none", _("Declared by a court to have no capacity")
        DECLARED_LIMITED = "declared_limited", _("Declared by a court to have limited capacity")
        OWN_LABOUR = "own_labour", _("From 16 on: lives mainly on the income of own labour")

    party = models.ForeignKey(Party, models.CASCADE, related_name="capacity_facts", verbose_name=_("party"))
    kind = models.CharField(_("what is known"), max_length=16, choices=Kind.choices)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    paper = models.CharField(_("paper"), max_length=200)
    history = history()

    class Meta:
        verbose_name = _("fact of capacity")
        ordering = ["party_id", "from_on", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.from_on}"
