"""The calendar as data: a year is published, estimated or missing; a day differs from its weekday."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from casemgr.audit.history import history
from casemgr.calendar.names import holiday_name
from casemgr.calendar.notice.judging import judge
from casemgr.calendar.notice.reading import Finding, NoticeDay, read
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


class HolidayNotice(FSMModelMixin, models.Model):
    """The yearly notice as it was entered: a draft until a second person approves it. `withdraws`: takes a year back.

    `days`: what it orders, as [day, kind, name]; read from `text`, then corrected by hand where the reading was wrong.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        DISCARDED = "discarded", _("Discarded")

    year = models.PositiveSmallIntegerField(_("year"))
    withdraws = models.BooleanField(default=False)
    number = models.CharField(_("number of the notice"), max_length=60, blank=True)
    issued_on = models.DateField(_("notice published on"), null=True, blank=True)
    text = models.TextField(_("text of the notice"), blank=True)
    days = models.JSONField(default=list, blank=True)
    is_corrected_by_hand = models.BooleanField(default=False)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    state = FSMField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT, protected=True)
    version = models.PositiveIntegerField(default=1)
    entered_by_id = models.BigIntegerField(null=True)
    entered_by_name = models.CharField(max_length=80, blank=True)
    entered_at = models.DateTimeField(auto_now_add=True)
    approved_by_id = models.BigIntegerField(null=True)
    approved_by_name = models.CharField(max_length=80, blank=True)
    approved_at = models.DateTimeField(null=True)
    history = history()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("holiday notice")

    def __str__(self) -> str:
        words = (
            gettext("Withdrawal of the holiday notice of %(year)s")
            if self.withdraws
            else gettext("Holiday notice of %(year)s")
        )
        return words % {"year": self.year}

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("holiday_notice", args=[self.pk])

    @transition(state, source=State.DRAFT, target=State.PUBLISHED)
    def publish(self) -> None:
        """Its days are the calendar's."""

    @transition(state, source=State.DRAFT, target=State.DISCARDED)
    def discard(self) -> None:
        """Never to be published."""

    @property
    def ordered_days(self) -> list[NoticeDay]:
        return [NoticeDay(date.fromisoformat(day), kind, name) for day, kind, name in self.days]

    def findings(self) -> list[Finding]:
        """Contradictions and doubts. What the reading found is settled once the days were corrected by hand."""
        if self.withdraws:
            return []
        read_ones = [] if self.is_corrected_by_hand or not self.text else read(self.text, self.year).findings
        return list(dict.fromkeys([*read_ones, *judge(self.ordered_days, self.year)]))
