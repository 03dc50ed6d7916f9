"""The calendar as data: a year is published, estimated or missing; a day differs from its weekday."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.calendar.names import holiday_name
from casemgr.calendar.workdays import CalendarStatus


class CalendarYear(models.Model):
    """How far a year's days can be relied on."""

    class Status(models.TextChoices):
        PUBLISHED = CalendarStatus.PUBLISHED.value, _("Published")
        ESTIMATED = CalendarStatus.ESTIMATED.value, _("Estimated")
        MISSING = CalendarStatus.MISSING.value, _("Missing")

    year = models.PositiveSmallIntegerField(_("year"), primary_key=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices)
    notice_number = models.CharField(_("number of the notice"), max_length=60, blank=True)
    published_on = models.DateField(_("notice published on"), null=True, blank=True)
    checked_on = models.DateField(_("last checked on"), null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    history = history()

    class Meta:
        ordering = ["year"]
        verbose_name = _("calendar year")

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """One day that is not what its weekday says. Local rows stand over the national ones."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("Day off")
        WORKING_WEEKEND = "working_weekend", _("Working weekend day")
        LOCAL_OFF = "local_off", _("Local day off")
        LOCAL_WORKING = "local_working", _("Local working day")

    LOCAL_KINDS = (Kind.LOCAL_OFF, Kind.LOCAL_WORKING)

    date = models.DateField(_("date"))
    kind = models.CharField(_("kind of day"), max_length=16, choices=Kind.choices)
    name = models.CharField(_("name of the day"), max_length=60, blank=True)
    source = models.CharField(_("source"), max_length=120, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    history = history()

    class Meta:
        ordering = ["date"]
        verbose_name = _("calendar day")
        constraints = [models.UniqueConstraint(fields=["date", "kind"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.date} {self.get_kind_display()}"

    @property
    def label(self) -> str:
        """The day's name in the reader's language."""
        return holiday_name(self.name)


class CalendarVersion(models.Model):
    """One row, raised by every change, so that each process knows when to read the calendar again."""

    number = models.PositiveIntegerField(default=0)
