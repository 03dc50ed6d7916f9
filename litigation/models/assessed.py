"""Which line of the appearance is assessed in a year: data, because the plan of each year says so."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history


class AppearanceLine(models.TextChoices):
    """Codes of the indicators (`litigation.indicators`)."""

    RAW = "head-appearance", _("by agency, every absence counts")
    JUSTIFIED = "head-appearance-justified", _("by agency, less absences with good reason")
    CASES = "head-appearance-cases", _("by case, every absence counts")


class AssessedLine(models.Model):
    """The line a year's plan assesses; without a row it is the raw one."""

    year = models.PositiveSmallIntegerField(
        _("year"), unique=True, validators=[MinValueValidator(2015), MaxValueValidator(2099)]
    )
    line = models.CharField(_("assessed line"), max_length=40, choices=AppearanceLine.choices)
    reason = models.CharField(_("document or decision that says so"), max_length=300)
    history = history()

    class Meta:
        verbose_name = _("assessed line of a year")

    def __str__(self) -> str:
        return f"{self.year} {self.get_line_display()}"


__all__ = ["AppearanceLine", "AssessedLine"]
