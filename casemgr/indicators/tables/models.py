"""What the official tables keep: marks with the days on which they were known, the lists that make lines, locks."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.audit.history import history
from casemgr.cases.models import Case
from casemgr.indicators.definition import FOREVER
from casemgr.indicators.period import EARLIEST, LATEST
from casemgr.organisation.models import Unit


class KnownMark(models.Model):
    """One mark and the days at whose end the register knew it: `known_from` to the day before `known_until`.

    Derived, never edited: `keeping.refresh` ends a mark and begins another. So the tables of every past day can be
    counted again (docs/decisions/0069).
    """

    base = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    row_id = models.BigIntegerField()
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    until = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=2)
    dims = models.JSONField(default=dict)
    known_from = models.DateField()
    known_until = models.DateField(default=FOREVER)

    class Meta:
        verbose_name = _("mark of an official table")
        indexes = [
            models.Index(fields=["case", "base"], name="mark_of_case"),
            models.Index(fields=["base", "until", "on"], name="mark_in_period"),
        ]


class KnownBase(models.Model):
    """Since when a base is kept, up to which version, and through which day its knowledge is sealed by a lock."""

    base = models.CharField(max_length=20, unique=True)
    version = models.PositiveSmallIntegerField()
    kept_since = models.DateField()
    sealed_through = models.DateField(null=True)
    is_whole = models.BooleanField(default=False)
    """False while it is being read for the first time, or anew."""


class ListLine(models.Model):
    """One line of a table, as the office keeps its lists: which words of the register it gathers, and when it holds."""

    list_code = models.CharField(_("list"), max_length=20)
    code = models.CharField(_("code"), max_length=24)
    name = models.CharField(_("name"), max_length=60)
    order = models.PositiveSmallIntegerField(_("place"), default=0)
    gathers = models.JSONField(_("gathers"), default=list, blank=True)
    from_year = models.PositiveSmallIntegerField(
        _("from the year"), default=EARLIEST, validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    )
    until_year = models.PositiveSmallIntegerField(
        _("up to the year"), null=True, blank=True, validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    history = history()

    class Meta:
        verbose_name = _("line of a table")
        ordering = ["list_code", "order", "id"]
        constraints = [models.UniqueConstraint(fields=["list_code", "code"], name="table_line_once")]

    def __str__(self) -> str:
        return self.name


class Part(models.IntegerChoices):
    """Of a year."""

    YEAR = 0, pgettext_lazy("part of a year", "whole year")
    FIRST_HALF = 1, pgettext_lazy("part of a year", "first half")
    SECOND_HALF = 2, pgettext_lazy("part of a year", "second half")


class PeriodLock(models.Model):
    """A half-year or year of a book of tables that was sent off: its numbers stand, and so do the rows behind them.

    `lines`: by table and line, the values as they were locked. The rows are the marks known on `known_on`, which no
    later entry changes.
    """

    book = models.CharField(_("tables"), max_length=20)
    year = models.PositiveSmallIntegerField(_("year"))
    part = models.PositiveSmallIntegerField(_("period"), choices=Part.choices)
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("to"))
    known_on = models.DateField(_("as known on"))
    lines = models.JSONField(default=dict)
    note = models.CharField(_("note on late entries"), max_length=500, blank=True)
    filled_by = models.CharField(_("filled in by"), max_length=80)
    filled_by_id = models.BigIntegerField(null=True)
    checked_by = models.CharField(_("checked by"), max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = history()

    class Meta:
        verbose_name = _("locked period")
        ordering = ["-last_on", "part", "id"]
        constraints = [models.UniqueConstraint(fields=["book", "year", "part"], name="locked_once")]

    def __str__(self) -> str:
        return f"{self.year} {self.get_part_display()}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("official_lock", args=[self.pk])


class LateEntry(models.Model):
    """What was entered after a period was locked, told with the next one: differences by table and line."""

    concerns = models.ForeignKey(PeriodLock, models.PROTECT, related_name="told_later", verbose_name=_("concerns"))
    told_with = models.ForeignKey(PeriodLock, models.PROTECT, related_name="late_entries", verbose_name=_("told with"))
    differences = models.JSONField(default=dict)
    note = models.CharField(_("note"), max_length=500)
    history = history()

    class Meta:
        verbose_name = _("late entry")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["concerns", "told_with"], name="told_once")]
