"""The days of a dispute as its entries have them, kept for the figures."""

from __future__ import annotations

from django.db import models

from casemgr.cases.models import Case


class DisputeDays(models.Model):
    """What the entries of one dispute come to, corrections folded in (`mediation.tables.reading`), while it is one that
    people's mediation took on and kept.

    Derived, never edited: `mediation.indicators.days` writes it in the transaction that changed the case, so that the
    figures need not fold every dispute's entries anew. A day is empty where that has not happened.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="dispute_days")
    taken_on = models.DateField()
    closed_on = models.DateField(null=True)
    agreed_on = models.DateField(null=True)
    """Since when the agreement that stands is in effect."""
    success_on = models.DateField(null=True)
    """The same, or the day on which the parties had settled by themselves."""
    performed_on = models.DateField(null=True)
    filed_on = models.DateField(null=True)
    """When a court was asked to confirm the written agreement."""
    confirmed_on = models.DateField(null=True)
    sued_on = models.DateField(null=True)


__all__ = ["DisputeDays"]
