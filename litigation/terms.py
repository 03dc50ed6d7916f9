"""The words of litigation follow-up: what may be chosen, with the text a choice comes from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(models.TextChoices):
    """What a court number stands for (dossier §5.1)."""

    FIRST = "first", _("First instance")
    SECOND = "second", _("Second instance")
    RETRIAL_REVIEW = "retrial_review", _("Review of a retrial application")
    RETRIAL = "retrial", pgettext_lazy("court", "Retrial")
    REVIEW = "review", _("Non-litigation enforcement review")
    EXECUTION = "execution", pgettext_lazy("court", "Execution")
    RESUMED = "resumed", _("Resumed execution")


class AgencyRole(models.TextChoices):
    """What an agency is before the court."""

    DEFENDANT = "defendant", _("Defendant")
    CO_DEFENDANT = "co_defendant", _("Co-defendant")


class Deed(models.TextChoices):
    """What an agency did, from which its part before the court follows."""

    ACTED = "acted", _("Made the act")
    RECONSIDERED = "reconsidered", _("Decided the reconsideration")
