"""Long work has a row: progress, result, error, and a lease so that a dead worker's job is taken over."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """One piece of work. Arguments are ids and plain options, never personal data."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    kind = models.CharField(_("kind"), max_length=60)
    arguments = models.JSONField(default=dict)
    status = models.CharField(_("status"), max_length=10, choices=State.choices, default=State.QUEUED)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    checkpoint = models.JSONField(default=dict, blank=True, help_text="where to go on after a crash")
    result = models.JSONField(default=dict, blank=True)
    error = models.TextField(blank=True)
    requested_by = models.BigIntegerField(null=True)
    unique_key = models.CharField(max_length=80, null=True, unique=True)  # noqa: DJ001 - NULL: any number of them
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0, help_text="also the token that a revenant worker lacks")
    not_before = models.DateTimeField(null=True, help_text="after bad luck it waits before it is tried again")
    cancel_asked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("job")
        indexes = [models.Index(fields=["status", "leased_until", "id"], name="job_queue")]

    @property
    def is_over(self) -> bool:
        return self.status in (self.State.DONE, self.State.FAILED, self.State.CANCELLED)

    @property
    def percent(self) -> int:
        return 100 * self.progress_done // self.progress_total if self.progress_total else 0


class ScheduleRun(models.Model):
    """Heartbeat of the worker, shown to operators: the last time each scheduled kind was queued."""

    kind = models.CharField(max_length=60, unique=True)
    last_queued_at = models.DateTimeField(auto_now=True)
