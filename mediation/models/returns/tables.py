"""Monthly tables: the rule of their months, and what a town submitted: lines, the rows they count, corrections."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, FSMModelMixin, transition

from casemgr.audit.history import history
from casemgr.cases.models import Case
from casemgr.organisation.models import Unit
from mediation.models.organisations.reach import reached_units


class Basis(models.TextChoices):
    """Which day puts a dispute into a month."""

    CLOSED = "closed", _("by the day on which the case was closed")
    ACCEPTED = "accepted", _("by the day on which the dispute was taken on")


class TablePolicy(models.Model):
    """How months are cut and disputes put into them, from the month of `effective_on` on."""

    effective_on = models.DateField(_("in force from the month of"), unique=True)
    cut_off_day = models.PositiveSmallIntegerField(
        _("last day of the reporting month"),
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(31)],
        help_text=_("0: the natural month. 25: from the 26th of the month before to the 25th."),
    )
    basis = models.CharField(_("a dispute counts"), max_length=10, choices=Basis.choices, default=Basis.CLOSED)
    due_days = models.PositiveSmallIntegerField(_("days after the month to submit"), default=5)
    note = models.CharField(_("document it rests on"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    class Meta:
        verbose_name = _("rule of the monthly tables")
        ordering = ["-effective_on"]

    def __str__(self) -> str:
        return f"{self.effective_on:%Y-%m}"


class ReturnState(models.TextChoices):
    SUBMITTED = "SUBMITTED", pgettext_lazy("table", "Submitted")
    ACCEPTED = "ACCEPTED", pgettext_lazy("table", "Accepted")
    RETURNED = "RETURNED", pgettext_lazy("table", "Returned")


FROZEN = (ReturnState.SUBMITTED, ReturnState.ACCEPTED)
"""States in which the numbers stand as they were submitted."""


class TableReturnQuerySet(models.QuerySet):
    def visible_to(self, user, today: date) -> TableReturnQuerySet:
        units = reached_units(user, today)
        return self if units is None else self.filter(unit_id__in=units)

    def frozen(self) -> TableReturnQuerySet:
        return self.filter(state__in=FROZEN)


class TableReturn(FSMModelMixin, models.Model):
    """One month of one town, as it was submitted to the bureau."""

    table = models.CharField(_("table"), max_length=12, default="M-1")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("town or street"))
    year = models.PositiveSmallIntegerField(_("year"))
    month = models.PositiveSmallIntegerField(_("month"))
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    basis = models.CharField(_("a dispute counts"), max_length=10, choices=Basis.choices)
    counted_on = models.DateField(_("counted on"))
    is_zero = models.BooleanField(_("zero report"), default=False)
    warnings_noted = models.TextField(_("what was said to the warnings"), blank=True)
    state = FSMField(
        _("state"), max_length=10, choices=ReturnState.choices, default=ReturnState.SUBMITTED, protected=True
    )
    submitted_by = models.CharField(_("submitted by"), max_length=80)
    submitted_by_id = models.BigIntegerField(null=True)
    decided_by = models.CharField(_("accepted or returned by"), max_length=80, blank=True)
    decided_on = models.DateField(_("accepted or returned on"), null=True, blank=True)
    decision_note = models.CharField(_("remark"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = TableReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("monthly table")
        ordering = ["-year", "-month", "unit__path"]
        constraints = [models.UniqueConstraint(fields=["table", "unit", "year", "month"], name="table_once_a_month")]

    def __str__(self) -> str:
        return f"{self.table} {self.unit} {self.year}-{self.month:02d}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("table_return", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("submitted tables are returned, never deleted")

    @property
    def is_frozen(self) -> bool:
        return self.state in FROZEN

    @transition(field="state", source=[ReturnState.SUBMITTED], target=ReturnState.ACCEPTED)
    def accept(self) -> None: ...

    @transition(field="state", source=[ReturnState.SUBMITTED, ReturnState.ACCEPTED], target=ReturnState.RETURNED)
    def give_back(self) -> None: ...

    @transition(field="state", source=[ReturnState.RETURNED], target=ReturnState.SUBMITTED)
    def submit_again(self) -> None: ...


class ReturnLine(models.Model):
    """One committee's line. Values by the column's code: whole numbers, and money in yuan as text with two decimals."""

    table = models.ForeignKey(TableReturn, models.CASCADE, related_name="lines")
    committee = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    values = models.JSONField(default=dict)
    history = history()

    class Meta:
        verbose_name = _("line of a monthly table")
        constraints = [models.UniqueConstraint(fields=["table", "committee"], name="line_once")]


class ReturnRow(models.Model):
    """One thing that was counted, with what it added to each column: every number opens the rows behind it."""

    table = models.ForeignKey(TableReturn, models.CASCADE, related_name="rows")
    committee = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField(_("day"))
    words = models.CharField(max_length=200, blank=True)
    values = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("row of a monthly table")
        indexes = [models.Index(fields=["table", "committee"], name="table_row_committee")]


class Correction(models.Model):
    """What entries made later changed of a frozen month, told with the next open one. Never changed itself."""

    corrected = models.ForeignKey(TableReturn, models.PROTECT, related_name="corrections")
    committee = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    in_year = models.PositiveSmallIntegerField(_("told with the table of year"))
    in_month = models.PositiveSmallIntegerField(_("month"))
    differences = models.JSONField(default=dict)
    """Column → what is added to it, negative where it falls."""
    reason = models.CharField(_("reason"), max_length=300)
    by = models.CharField(_("by"), max_length=80)
    by_id = models.BigIntegerField(null=True)
    made_on = models.DateField(_("on"))
    history = history()

    class Meta:
        verbose_name = _("correction of a monthly table")
        ordering = ["made_on", "pk"]

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("a correction is corrected by another one")


__all__ = ["FROZEN", "Basis", "Correction", "ReturnLine", "ReturnRow", "ReturnState", "TablePolicy", "TableReturn"]
