"""The days on which cases were closed and sued over, kept for the figures."""

from __future__ import annotations

from django.db import models

from casemgr.cases.models import Case


class ClosedDays(models.Model):
    """What the entries of one closed case come to, corrections folded in: decided, dismissed, terminated or mediated.

    Derived, never edited: `reconsideration.indicators.closed` writes it in the transaction that changed the case, so
    that the figures need not fold every case's entries anew.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="closed_days")
    ended_on = models.DateField()
    """The day of the paper that closed it."""
    is_withdrawn = models.BooleanField(default=False)
    """Terminated because the application was withdrawn."""
    sued_on = models.DateField(null=True)


__all__ = ["ClosedDays"]
