"""What happened to a case, and what is due because of it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models.register import Case
from casemgr.cases.queries import EventQuerySet
from casemgr.parties.models import Party


class Event(models.Model):
    """What happened. Append-only: a correction or a strike is a new event that names the one it concerns."""

    class Precision(models.TextChoices):
        DAY = "day", _("known to the day")
        MONTH = "month", _("known to the month")
        UNKNOWN = "unknown", _("date unknown")

    case = models.ForeignKey(Case, models.CASCADE, related_name="events")
    kind = models.CharField(_("kind"), max_length=40)
    occurred_on = models.DateField(_("date"), null=True, blank=True)
    precision = models.CharField(max_length=8, choices=Precision.choices, default=Precision.DAY)
    as_written = models.CharField(_("as the source writes it"), max_length=120, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=80, blank=True)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    subject = models.CharField(max_length=60, blank=True)
    sequence = models.PositiveIntegerField()
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    step = models.ForeignKey("CaseStep", models.PROTECT, null=True, blank=True, related_name="events")
    data = models.JSONField(default=dict, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        ordering = ["case_id", "sequence"]
        constraints = [models.UniqueConstraint(fields=["case", "sequence"], name="event_sequence")]
        indexes = [models.Index(fields=["kind", "occurred_on"], name="event_kind_date")]

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise ValueError("events are append-only: record a correction instead")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise ValueError("events are append-only: strike by a new event instead")


class Deadline(models.Model):
    """A statutory period of one case: derived from its events, never typed in."""

    class Status(models.TextChoices):
        OPEN = "open", _("Running")
        PAUSED = "paused", _("Paused")
        MET = "met", _("Met in time")
        MET_LATE = "met_late", _("Met late")
        LAPSED = "lapsed", _("Expired; the law's consequence took effect")
        ENDED = "ended", _("Ended without being needed")

    case = models.ForeignKey(Case, models.CASCADE, related_name="deadlines")
    rule = models.CharField(_("rule"), max_length=40)
    law = models.CharField(_("law"), max_length=40, blank=True)
    root_event = models.ForeignKey(Event, models.CASCADE, related_name="deadlines")
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    start_on = models.DateField(_("starts on"))
    nominal_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    calendar_status = models.CharField(max_length=10, default="published")
    extension_days = models.PositiveSmallIntegerField(default=0)
    suspensions = models.JSONField(default=list, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.OPEN)
    met_on = models.DateField(null=True, blank=True)
    met_by = models.ForeignKey(Event, models.SET_NULL, null=True, blank=True, related_name="+")
    bound_party = models.CharField(max_length=40)
    is_ours = models.BooleanField(default=True)
    history = history()

    class Meta:
        verbose_name = _("deadline")
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "root_event", "party"], name="deadline_once"),
            # both databases treat NULLs as different, so a period that binds no single party needs its own
            models.UniqueConstraint(
                fields=["rule", "root_event"], condition=models.Q(party__isnull=True), name="deadline_once_for_all"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "due_on"], name="deadline_due"),
            models.Index(fields=["case", "status"], name="deadline_case"),
        ]

    @property
    def is_running(self) -> bool:
        return self.status in (self.Status.OPEN, self.Status.PAUSED)

    def is_overdue(self, today: date) -> bool:
        """A deadline is the end of its day: overdue from the day after."""
        return self.status == self.Status.OPEN and self.due_on is not None and self.due_on < today
