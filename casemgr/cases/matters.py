"""The kinds of administrative acts, one list for the act whatever procedure it is attacked in (dossier §6, T2)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Matter(models.TextChoices):
    """The kind of administrative act, as the ledgers name it."""

    PENALTY = "penalty", _("Administrative penalty")
    COERCIVE_MEASURE = "coercive_measure", _("Administrative coercive measure")
    COERCIVE_EXECUTION = "coercive_exec", _("Administrative compulsory execution")
    EXPROPRIATION = "expropriation", _("Administrative expropriation")
    LICENCE = "licence", _("Administrative licence")
    RIGHT_DETERMINATION = "right_determ", _("Determination of rights")
    CONFIRMATION = "confirmation", _("Administrative confirmation")
    OMISSION = "omission", _("Failure to act")
    DISCLOSURE = "disclosure", _("Government information disclosure")
    COMPLAINT_HANDLING = "complaint", _("Handling of a report or complaint")
    AGREEMENT = "agreement", _("Administrative agreement")
    STATE_COMPENSATION = "compensation", _("Administrative compensation for wrongs")
    INDEMNITY = "indemnity", _("Administrative indemnity")
    WORK_INJURY = "work_injury", _("Work injury recognition")
    OTHER = "other", _("Other")
