"""Requests to read and copy the file while a case is tried (Reconsideration Law 2023, art. 47)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.audit.history import history
from casemgr.cases.models import Case, Participation
from casemgr.rooms.models import Room
from reconsideration.models.evidence import OfCaseQuerySet

PLACES = (Room.Kind.RECEPTION, Room.Kind.ARCHIVE)
"""Files are read nowhere else."""
MAY_READ = (
    Participation.Role.APPLICANT,
    Participation.Role.THIRD_PARTY,
    Participation.Role.AGENT,
    Participation.Role.REPRESENTATIVE,
    Participation.Role.STATUTORY_AGENT,
)
"""Applicants, third parties and who acts for them; a respondent has no such right (art. 47)."""


class ReadingRequest(models.Model):
    """Who asked for what, what was granted, and what was read and copied where and under whose eyes."""

    class Decision(models.TextChoices):
        OPEN = "", pgettext_lazy("reading", "Not decided yet")
        GRANTED = "granted", pgettext_lazy("reading", "Granted")
        PARTLY = "partly", pgettext_lazy("reading", "Granted in part")
        REFUSED = "refused", pgettext_lazy("reading", "Refused")

    class Ground(models.TextChoices):
        """Art. 47: there are no others."""

        STATE_SECRET = "state_secret", pgettext_lazy("reading", "State secret")
        TRADE_SECRET = "trade_secret", pgettext_lazy("reading", "Trade secret")
        PRIVACY = "privacy", pgettext_lazy("reading", "Personal privacy")
        SECURITY = "security", pgettext_lazy("reading", "May endanger state or public security or social stability")

    case = models.ForeignKey(Case, models.PROTECT, related_name="reading_requests")
    asked_by = models.ForeignKey(Participation, models.PROTECT, related_name="+", verbose_name=_("who asks"))
    asked_on = models.DateField(_("asked on"))
    wanted = models.CharField(_("what is asked to be read or copied"), max_length=500)
    decision = models.CharField(
        pgettext_lazy("reading", "decision"), max_length=8, choices=Decision.choices, blank=True
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    ground = models.CharField(_("ground of the refusal"), max_length=14, choices=Ground.choices, blank=True)
    withheld = models.CharField(_("what is withheld, and why"), max_length=500, blank=True)
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place of the reading")
    )
    read_on = models.DateField(_("read on"), null=True, blank=True)
    read = models.CharField(_("what was read"), max_length=500, blank=True)
    copied = models.CharField(_("what was copied"), max_length=500, blank=True)
    copied_pages = models.PositiveIntegerField(_("pages copied"), null=True, blank=True)
    reader = models.CharField(_("who read and copied"), max_length=80, blank=True)
    watched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("under whose eyes"),
    )  # fmt: skip
    struck_on = models.DateField(_("struck on"), null=True, blank=True)
    strike_reason = models.CharField(_("why struck"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to read the file")
        ordering = ["asked_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(read_on__isnull=True) | Q(room__isnull=False), name="reading_has_place"),
            models.CheckConstraint(
                condition=~Q(decision__in=("partly", "refused")) | ~Q(ground=""), name="reading_refused_with_ground"
            ),
        ]

    def __str__(self) -> str:
        return self.wanted

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("reading_detail", args=[self.pk])


__all__ = ["MAY_READ", "PLACES", "ReadingRequest"]
