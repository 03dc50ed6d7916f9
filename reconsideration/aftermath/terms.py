"""The coded words of what follows a decision."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DutyKind(models.TextChoices):
    """What the decision, the mediation paper or the opinion letter asks to be done."""

    PERFORM = "perform", _("Perform a duty of office, art. 66")
    REDO = "redo", _("Make the act anew, art. 64")
    PAY = "pay", _("Pay or compensate, art. 72(1)")
    RETURN = "return", _("Return money or things, art. 72(2)")
    RELEASE = "release", _("Lift sealing, seizure or freezing, art. 72(2)")
    PRICE = "price", _("Pay the price of what cannot be returned, art. 72(2)")
    AGREEMENT = "agreement", _("Perform or remedy an agreement, art. 71")
    OTHER = "other", pgettext_lazy("duty", "Something else")


EX_OFFICIO = (DutyKind.RETURN, DutyKind.RELEASE, DutyKind.PRICE)
"""Ordered with the annulment also where nobody asked for it (Reconsideration Law 2023, art. 72(2))."""


class Enforcer(models.TextChoices):
    """Who enforces against an applicant or third party (art. 78)."""

    ACTING_ORGAN = "acting_organ", _("The organ that made the act")
    AUTHORITY = "authority", _("The reconsideration authority")


class EnforcementWay(models.TextChoices):
    """By its own power, or through the court (art. 78)."""

    ITSELF = "itself", pgettext_lazy("enforcement", "By itself, as the law allows")
    COURT = "court", pgettext_lazy("enforcement", "Application to the court")


__all__ = ["EX_OFFICIO", "DutyKind", "EnforcementWay", "Enforcer"]
