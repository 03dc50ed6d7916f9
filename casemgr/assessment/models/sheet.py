"""What one unit is told of its year: numbers with their rows, its objections, and the frozen sheet."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, FSMModelMixin, transition

from casemgr.assessment.models.plan import EARLIEST, LATEST
from casemgr.assessment.roles import is_office, units_seen
from casemgr.audit.history import history
from casemgr.cases.models import Case
from casemgr.documents.kept_papers import KeptPaper
from casemgr.indicators.definition import indicators
from casemgr.organisation.models import Unit
from casemgr.organisation.scope import ALL


class SheetState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("sheet", "Draft")
    SENT = "sent", pgettext_lazy("sheet", "Sent to the unit")
    FROZEN = "frozen", pgettext_lazy("sheet", "Frozen")


S = SheetState


class SheetQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> SheetQuerySet:
        """The bureau sees all; a unit its own, once sent."""
        units = units_seen(user, today)
        if units is ALL:
            shown = self
        else:
            shown = self.filter(unit_id__in=units)
        return shown if getattr(user, "is_system", False) or is_office(user, today) else shown.exclude(state=S.DRAFT)


class UnitSheet(FSMModelMixin, models.Model):
    """One unit's year. `as_of` is the day whose numbers it holds; frozen, it never changes."""

    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    state = FSMField(_("state"), max_length=8, choices=S.choices, default=S.DRAFT, protected=True)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    object_until = models.DateField(pgettext_lazy("sheet", "objections until"), null=True, blank=True)
    frozen_on = models.DateField(pgettext_lazy("sheet", "frozen on"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("sheet of a unit")
        ordering = ["-year", "unit__path"]
        constraints = [models.UniqueConstraint(fields=["year", "unit"], name="unit_sheet_once")]

    def __str__(self) -> str:
        return f"{self.unit.name} {self.year}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("sheet_detail", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("sheets are kept")

    @transition(field="state", source=[S.DRAFT], target=S.SENT)
    def send(self) -> None: ...

    @transition(field="state", source=[S.SENT], target=S.FROZEN)
    def freeze(self) -> None: ...


class SheetLine(models.Model):
    """One number of a sent sheet. `number` of `base`, as told; frozen, as it then stood (`told_…` keeps the first)."""

    sheet = models.ForeignKey(UnitSheet, models.PROTECT, related_name="lines", verbose_name=_("sheet of a unit"))
    order = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=80)
    indicator = models.CharField(_("indicator"), max_length=40)
    part = models.CharField(max_length=8)
    number = models.PositiveIntegerField()
    base = models.PositiveIntegerField()
    rate = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    target = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    told_number = models.PositiveIntegerField()
    told_base = models.PositiveIntegerField()
    history = history()

    class Meta:
        verbose_name = _("line of a sheet")
        ordering = ["sheet_id", "order"]
        constraints = [models.UniqueConstraint(fields=["sheet", "measure"], name="sheet_line_once")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.name}"

    @property
    def indicator_name(self) -> str:
        """Whose rate stands beside the number; the code of one that is gone."""
        found = indicators().get(self.indicator)
        return str(found.name) if found is not None else self.indicator

    @property
    def was_corrected(self) -> bool:
        return (self.number, self.base) != (self.told_number, self.told_base)


class SheetEntry(models.Model):
    """One register row behind a number, as it was counted; `is_named` when the number itself counts it."""

    line = models.ForeignKey(SheetLine, models.CASCADE, related_name="entries")
    row_id = models.BigIntegerField()
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=200)
    on = models.DateField()
    is_named = models.BooleanField()

    class Meta:
        verbose_name = _("row of a sheet")
        ordering = ["line_id", "-on", "-pk"]


class SheetObjection(models.Model):
    """A unit's objection to one number, and the bureau's answer."""

    line = models.ForeignKey(SheetLine, models.PROTECT, related_name="objections", verbose_name=_("line of a sheet"))
    text = models.TextField(_("reason"), max_length=2000)
    on = models.DateField(_("raised on"))
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_accepted = models.BooleanField(_("accepted"), null=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    history = history()

    class Meta:
        verbose_name = _("objection to a sheet")
        ordering = ["pk"]


class SheetPaper(KeptPaper):
    """The sheet as its unit was given it, when it was sent and when it was frozen: bytes that never change."""

    sheet = models.ForeignKey(UnitSheet, models.PROTECT, related_name="papers", verbose_name=_("sheet of a unit"))
    state = models.CharField(_("state"), max_length=8, choices=S.choices)
    on = models.DateField(_("made on"))
    history = history()

    class Meta:
        verbose_name = _("paper of a sheet")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["sheet", "state"], name="sheet_paper_once")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.get_state_display()}"

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("what a unit was given is kept")


__all__ = ["SheetEntry", "SheetLine", "SheetObjection", "SheetPaper", "SheetState", "UnitSheet"]
