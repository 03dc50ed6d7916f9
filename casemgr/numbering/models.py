"""Counters and the numbers handed out. A number is never reused; a voided one keeps its row and reason."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history


class SeriesSetting(models.Model):
    """What the office sets for a series: its own format over the declared one."""

    series = models.CharField(_("series"), max_length=60, unique=True)
    format = models.CharField(_("format"), max_length=80, blank=True)
    history = history()

    class Meta:
        verbose_name = _("number series")


class Counter(models.Model):
    """The last number of a series in a year for one owner; locked last of all rows of a transaction."""

    series = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    owner = models.CharField(max_length=24, blank=True, help_text="code of the unit that counts for itself, or empty")
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year", "owner"], name="counter_once")]


class SeriesStart(models.Model):
    """Numbers given elsewhere, mostly in the paper register before going live: those after `follows`, before `first`.

    The next number handed out here after `follows` was `first`.
    """

    series = models.CharField(_("series"), max_length=60)
    year = models.PositiveSmallIntegerField(_("year"))
    owner = models.CharField(max_length=24, blank=True)
    follows = models.PositiveIntegerField(_("last number before"), default=0)
    first = models.PositiveIntegerField(_("next number"))
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(auto_now=True)
    history = history()

    class Meta:
        verbose_name = _("start of a series")
        ordering = ["follows"]
        constraints = [models.UniqueConstraint(fields=["series", "year", "owner", "follows"], name="start_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.first}"

    @property
    def elsewhere(self) -> int:
        """How many numbers were given elsewhere."""
        return self.first - self.follows - 1


class IssuedNumber(models.Model):
    """One number handed out: the columns are the truth, the text is derived from them once."""

    series = models.CharField(_("series"), max_length=60)
    year = models.PositiveSmallIntegerField(_("year"))
    owner = models.CharField(max_length=24, blank=True)
    number = models.PositiveIntegerField(_("number"))
    text = models.CharField(_("text"), max_length=80)
    issued_at = models.DateTimeField(auto_now_add=True)
    void_reason = models.TextField(_("reason for voiding"), blank=True)
    history = history()

    class Meta:
        verbose_name = _("issued number")
        constraints = [models.UniqueConstraint(fields=["series", "year", "owner", "number"], name="number_once")]

    def __str__(self) -> str:
        return self.text
