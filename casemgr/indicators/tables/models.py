"""What the official tables keep: marks with the days on which they were known, the lists that make lines, locks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.audit.history import history
from casemgr.cases.models import Case
from casemgr.indicators.definition import FOREVER
from casemgr.indicators.period import EARLIEST, LATEST
from casemgr.organisation.models import Unit

KEEPERS = ("head", "liaison", "admin")
"""Who keeps the lists and the layouts of files."""
KEEPING = frozenset((*KEEPERS, "leader", "auditor", "authority"))
"""Who sees them, and which periods are locked."""


class Register(models.QuerySet):
    """Rows that whoever sees official tables may see."""

    def visible_to(self, user: Any, today: date) -> Register:
        codes = () if getattr(user, "is_system", False) else user.role_codes(today)
        return self if getattr(user, "is_system", False) or KEEPING.intersection(codes) else self.none()


class KnownMark(models.Model):
    """One mark and the days at whose end the register knew it: `known_from` to the day before `known_until`.

    Derived, never edited: `keeping.refresh` ends a mark and begins another. So the tables of every past day can be
    counted again (docs/decisions/0069).
    """

    base = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    row_id = models.BigIntegerField()
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="+", db_index=False)
    """None where the base reads rows that are no cases (`Base.rows`)."""
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
            models.Index(fields=["base", "row_id"], condition=models.Q(case__isnull=True), name="mark_of_row"),
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

    objects = Register.as_manager()

    class Meta:
        verbose_name = _("line of a table")
        ordering = ["list_code", "order", "id"]
        constraints = [models.UniqueConstraint(fields=["list_code", "code"], name="table_line_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('official_lines')}?list={self.list_code}"


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

    objects = Register.as_manager()

    class Meta:
        verbose_name = _("locked period")
        ordering = ["-last_on", "part", "id"]
        constraints = [models.UniqueConstraint(fields=["book", "year", "part"], name="locked_once")]

    def __str__(self) -> str:
        return f"{self.year} {self.get_part_display()}"

    def get_absolute_url(self) -> str:
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


class Layout(models.Model):
    """How a file for another platform is laid out: its columns in their order, and what its codes are called there.

    `columns`: pairs of heading and field. `codes`: by field, the platform's word for each of ours.
    """

    class Form(models.TextChoices):
        GB18030 = "gb18030", _("CSV, GB18030")
        UTF8 = "utf8", _("CSV, UTF-8")
        XLSX = "xlsx", _("Excel")

    class Days(models.TextChoices):
        ISO = "%Y-%m-%d", "2026-01-31"
        PLAIN = "%Y%m%d", "20260131"
        SLASHES = "%Y/%m/%d", "2026/01/31"

    name = models.CharField(_("name"), max_length=60, unique=True)
    of = models.CharField(_("rows"), max_length=40)
    """A table's code: its lines; or a base's code: its cases."""
    form = models.CharField(_("kind of file"), max_length=8, choices=Form.choices, default=Form.GB18030)
    days = models.CharField(_("days are written like"), max_length=12, choices=Days.choices, default=Days.ISO)
    columns = models.JSONField(_("columns"), default=list)
    codes = models.JSONField(_("codes"), default=dict, blank=True)
    note = models.CharField(_("document it rests on"), max_length=200, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = history()

    objects = Register.as_manager()

    class Meta:
        verbose_name = _("layout of a file")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("official_layouts")
