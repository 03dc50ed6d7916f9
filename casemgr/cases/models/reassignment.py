"""Many cases given to handlers in one run: everything one handler has, or what somebody chose from the list."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models.register import Case


class Reassignment(models.Model):
    """One run. `officer` is whose cases are handed over; empty for cases chosen from the list."""

    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("whose cases")
    )
    reason = models.CharField(_("reason"), max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    asked_on = models.DateField(_("on"))
    job_id = models.BigIntegerField(null=True)
    total = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    history = history()

    class Meta:
        verbose_name = _("reassignment")
        ordering = ["-id"]
        indexes = [models.Index(fields=["asked_by", "-id"], name="reassignment_asked")]

    def __str__(self) -> str:
        return f"{self.asked_on} {self.total}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("reassignment", args=[self.pk])


class ReassignmentItem(models.Model):
    """One case of a run, with who handled it when the run was confirmed and who is to."""

    class Outcome(models.TextChoices):
        PLANNED = "planned", _("Not yet")
        DONE = "done", _("Given")
        REFUSED = "refused", _("Refused")

    run = models.ForeignKey(Reassignment, models.CASCADE, related_name="items")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    before = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_second = models.BooleanField(_("as second handler"), default=False)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices, default=Outcome.PLANNED)
    why = models.CharField(_("why it was refused"), max_length=300, blank=True)
    is_told = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("reassigned case")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["run", "case"], name="reassigned_once")]
        indexes = [models.Index(fields=["run", "outcome", "id"], name="reassigned_next")]
