"""Settlement in a suit: who negotiated with what mandate, what was offered, and what came of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.audit.history import history
from casemgr.cases.models import Case


class SuitSettlement(models.Model):
    """One attempt to settle. Withdrawal, mediation document and performance are the court's papers and obligations."""

    class Result(models.TextChoices):
        OPEN = "open", pgettext_lazy("settlement", "Being negotiated")
        AGREED = "agreed", pgettext_lazy("settlement", "Agreed")
        FAILED = "failed", pgettext_lazy("settlement", "Failed")

    case = models.ForeignKey(Case, models.CASCADE, related_name="suit_settlements")
    order = models.PositiveSmallIntegerField(_("order"))
    begun_on = models.DateField(_("begun on"))
    negotiators = models.CharField(_("who negotiated"), max_length=200)
    mandate = models.CharField(_("mandate, and who gave it"), max_length=300)
    offer = models.TextField(_("offer"))
    result = models.CharField(_("result"), max_length=8, choices=Result.choices, default=Result.OPEN)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    terms = models.TextField(_("terms, or why it failed"), blank=True)
    history = history()

    class Meta:
        verbose_name = _("settlement in a suit")
        ordering = ["case_id", "order"]
        constraints = [models.UniqueConstraint(fields=["case", "order"], name="suit_settlement_once")]

    def __str__(self) -> str:
        return f"{self.begun_on} {self.get_result_display()}"

    @property
    def subject(self) -> str:
        """Under which its entries stand in the case's course."""
        return f"settlement:{self.order}"


__all__ = ["SuitSettlement"]
