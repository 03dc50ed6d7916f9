"""What people leave each other and themselves on the way: instructions, reminders, saved conditions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models.register import Case


class Instruction(models.Model):
    """A leader's instruction on a case (批示): to its handlers, with an answer."""

    class State(models.TextChoices):
        OPEN = "open", _("To be answered")
        ANSWERED = "answered", _("Answered")

    case = models.ForeignKey(Case, models.CASCADE, related_name="instructions")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    text = models.TextField(_("instruction"))
    given_on = models.DateField(_("given on"))
    due_on = models.DateField(_("to be answered by (not statutory)"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True)
    history = history()

    class Meta:
        verbose_name = _("instruction")
        ordering = ["-id"]
        indexes = [models.Index(fields=["case"], condition=Q(answered_on__isnull=True), name="instruction_open")]

    @property
    def is_open(self) -> bool:
        return self.answered_on is None


class PersonalReminder(models.Model):
    """A day somebody set for themselves. It is not a statutory period and shows as such."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminders")
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="+")
    on = models.DateField(_("on"))
    text = models.CharField(_("text"), max_length=200)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("own reminder")
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["user", "on"], condition=Q(done_at__isnull=True), name="reminder_open")]


class SavedFilter(models.Model):
    """Conditions of the case list under a name."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters")
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("saved conditions")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="filter_name_once")]
