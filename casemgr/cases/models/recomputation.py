"""Periods computed again because the calendar changed: how far it is, and which deadlines move."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casemgr.calendar.models import HolidayNotice
from casemgr.cases.models.events import Deadline
from casemgr.cases.models.register import Case


class Recomputation(models.Model):
    """One run over every case with a running period across the changed days, in the order of their ids.

    `cursor`: the last case that is done; written with that case's deadlines in one transaction. A preview runs the same
    way under the drafted calendar and writes nothing but its moves.
    """

    notice = models.ForeignKey(HolidayNotice, models.PROTECT, null=True, blank=True, related_name="recomputations")
    is_preview = models.BooleanField(default=False)
    first_day = models.DateField()
    last_day = models.DateField()
    on = models.DateField(_("as of"))
    job_id = models.BigIntegerField(null=True)
    cursor = models.BigIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    failed_cases = models.JSONField(default=list, blank=True, help_text="cases that could not be computed; tried again")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("recomputation")
        ordering = ["-id"]
        indexes = [models.Index(fields=["is_preview", "finished_at"], name="recomputation_pending")]

    def __str__(self) -> str:
        return gettext("Periods computed again for %(first)s to %(last)s") % {
            "first": self.first_day,
            "last": self.last_day,
        }

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("recomputation", args=[self.pk])

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 100


class DeadlineMove(models.Model):
    """A running deadline whose last day is, or is going to be, another one."""

    recomputation = models.ForeignKey(Recomputation, models.CASCADE, related_name="moves")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    deadline = models.ForeignKey(Deadline, models.SET_NULL, null=True, related_name="+")
    rule = models.CharField(_("rule"), max_length=40)
    old_on = models.DateField(_("old last day"))
    new_on = models.DateField(_("new last day"))
    is_ours = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("moved deadline")
        ordering = ["new_on", "id"]
        constraints = [models.UniqueConstraint(fields=["recomputation", "deadline"], name="deadline_moved_once")]
        indexes = [models.Index(fields=["recomputation", "new_on", "id"], name="deadline_move_page")]
