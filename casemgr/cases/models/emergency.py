"""A case opened in an emergency by somebody who does not see it, and what an auditor said of it afterwards."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models.register import Case


class EmergencyAccess(models.Model):
    """One attempt. Without `case` it failed: `outcome` says why, as far as the person may know."""

    class Category(models.TextChoices):
        SAFETY = "safety", _("Danger to life or public safety")
        DEADLINE = "deadline", _("A statutory last day would be missed")
        ABSENCE = "absence", _("Handler and stand-in cannot be reached")
        ORDER = "order", _("Instruction of a superior organ")
        OTHER = "other", _("Another emergency")

    class Outcome(models.TextChoices):
        OPENED = "opened", _("Opened")
        NOTHING = "nothing", _("Nothing was opened")
        RECUSED = "recused", _("Refused: recused from the case")

    class Verdict(models.TextChoices):
        PENDING = "", _("No verdict yet")
        JUSTIFIED = "justified", _("Justified")
        UNJUSTIFIED = "unjustified", _("Not justified")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="emergencies", verbose_name=_("by"))
    number = models.CharField(_("case number as typed"), max_length=80)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="emergencies")
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices)
    category = models.CharField(_("kind of emergency"), max_length=8, choices=Category.choices)
    reason = models.TextField(_("reason"))
    opened_at = models.DateTimeField(_("at"))
    until_at = models.DateTimeField(_("until"), null=True, blank=True)
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict.choices, blank=True)
    verdict_note = models.TextField(_("reason of the verdict"), blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("judged by")
    )
    judged_at = models.DateTimeField(_("judged at"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    class Meta:
        verbose_name = _("emergency opening")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["user", "-opened_at"], name="emergency_person"),
            models.Index(fields=["verdict", "-id"], condition=Q(verdict=""), name="emergency_unjudged"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.opened_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("emergency_judge", args=[self.pk])

    def delete(self, *args, **kwargs):
        raise ValueError("emergency openings are never deleted")

    @property
    def is_open(self) -> bool:
        return self.until_at is not None and self.until_at > timezone.now()
