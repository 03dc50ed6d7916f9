"""Words of hearings."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MandatoryGround(models.TextChoices):
    """What makes a case grave, difficult or complex, so that a hearing must be held (art. 50(1); 听证办法, art. 3)."""

    PUBLIC_INTEREST = "public_interest", _("National interest or a major public interest is concerned")
    MASS = "mass", _("A mass dispute, or one that society watches closely")
    NEW_FIELD = "new_field", _("A new form of business or a new field, and a complex case")
    DOUBTS = "doubts", _("Many doubts in the evidence, or the parties differ much on the main facts")
    RELATIONS = "relations", _("Complex legal relations")
    OTHER = "other", _("Otherwise grave, difficult or complex")


class HearingGround(models.TextChoices):
    """Why this hearing is held (art. 50)."""

    MANDATORY = "mandatory", _("The case is grave, difficult or complex: a hearing must be held")
    NECESSARY = "necessary", _("The office finds a hearing necessary")
    REQUESTED = "requested", _("The applicant asks for a hearing")


class HearingState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("hearing", "Planned, notice not served on all")
    NOTIFIED = "notified", pgettext_lazy("hearing", "Everybody notified")
    HELD = "held", pgettext_lazy("hearing", "Held")
    FORGONE = "forgone", pgettext_lazy("hearing", "Not held: the applicant stayed away")
    ADJOURNED = "adjourned", pgettext_lazy("hearing", "Adjourned")
    CANCELLED = "cancelled", pgettext_lazy("hearing", "Cancelled")


OPEN_STATES = (HearingState.PLANNED, HearingState.NOTIFIED)


class Seat(models.TextChoices):
    """One presiding officer, at least two hearing officers, one recorder, all different people (art. 50(3))."""

    PRESIDING = "presiding", _("Presiding officer")
    OFFICER = "officer", _("Hearing officer")
    RECORDER = "recorder", pgettext_lazy("hearing", "Recorder")


SEAT_WORDS = {Seat.PRESIDING: "主持人", Seat.OFFICER: "听证员", Seat.RECORDER: "记录员"}
"""As papers say them."""
