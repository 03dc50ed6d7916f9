"""Who may see one case beside those whose roles reach it, and who may not."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models.register import Case
from casemgr.organisation.models import Unit


class CaseAccess(models.Model):
    """Adds a unit to those who may see one case, or with `user` one person until a moment. Written by actions only."""

    class Level(models.TextChoices):
        READ = "read", _("may read")
        WORK = "work", _("may work on it")

    case = models.ForeignKey(Case, models.CASCADE, related_name="access_grants")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    level = models.CharField(max_length=8, choices=Level.choices, default=Level.READ)
    until_on = models.DateField(null=True, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    """This person alone, not the unit; `unit` is then where the role is held that allowed it."""
    until_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    history = history()

    class Meta:
        verbose_name = _("access to a case")
        constraints = [
            models.UniqueConstraint(fields=["case", "unit"], condition=Q(user__isnull=True), name="access_once"),
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(user__isnull=False), name="access_person_once"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "case"], name="access_unit_case"),
            models.Index(fields=["user", "until_at"], condition=Q(user__isnull=False), name="access_person"),
        ]


class CaseRecusal(models.Model):
    """Takes one case away from one person, whatever their roles."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="recusals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recusals")
    reason = models.TextField()
    history = history()

    class Meta:
        verbose_name = _("recusal")
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="recusal_once")]
