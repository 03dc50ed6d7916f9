"""What the figures keep: the roll-up of counted rows, the targets, and what the nightly self-check found."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models import Case
from casemgr.organisation.models import Unit


class CountedRow(models.Model):
    """One register row as one indicator counts it, kept up to date inside the transaction that changed the row.

    Derived, never edited: `rollup.refresh` writes it by difference. It belongs to its case alone, so two actions on two
    cases never wait for each other here, as they would for a shared counter.
    """

    indicator = models.CharField(max_length=40)
    row_id = models.BigIntegerField()
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    procedure = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    rule = models.CharField(max_length=40, blank=True)
    on = models.DateField()
    until_on = models.DateField()
    hit = models.BooleanField()
    hit_on = models.DateField()
    days = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("counted row")
        constraints = [models.UniqueConstraint(fields=["indicator", "row_id"], name="counted_once")]
        indexes = [
            models.Index(fields=["indicator", "on", "id"], name="counted_on"),
            models.Index(fields=["indicator", "until_on", "id"], name="counted_until"),
        ]


class RollUp(models.Model):
    """Up to which version of its definition an indicator is rolled up; without a row it is counted directly."""

    indicator = models.CharField(max_length=40, unique=True)
    version = models.PositiveSmallIntegerField()
    built_at = models.DateTimeField(auto_now=True)


class Target(models.Model):
    """What an indicator is to reach in a year, by a day."""

    indicator = models.CharField(_("indicator"), max_length=40)
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(1990), MaxValueValidator(2099)])
    value = models.DecimalField(
        _("target"), max_digits=7, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    by_on = models.DateField(_("to be reached by"))
    version = models.PositiveIntegerField(default=1)
    history = history()

    class Meta:
        verbose_name = _("target")
        constraints = [models.UniqueConstraint(fields=["indicator", "year"], name="target_once_a_year")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}: {self.value}"


class SelfCheck(models.Model):
    """One comparison of a roll-up with a recount. `cases`: where they differed, a hundred at most."""

    at = models.DateTimeField(_("at"), auto_now_add=True)
    indicator = models.CharField(max_length=40)
    rows = models.PositiveBigIntegerField(_("rows compared"))
    missing = models.PositiveIntegerField(default=0, help_text="counted by the register, not by the roll-up")
    surplus = models.PositiveIntegerField(default=0, help_text="counted by the roll-up, not by the register")
    cases = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("self-check of a figure")
        ordering = ["-id"]

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("indicator_checks")

    @property
    def is_sound(self) -> bool:
        return not (self.missing or self.surplus)
