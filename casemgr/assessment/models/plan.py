"""The plan of a year: clauses, each with a unit that answers for it and a day; what was reported, how it was judged."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, FSMModelMixin, transition

from casemgr.assessment.roles import units_seen
from casemgr.audit.history import history
from casemgr.organisation.models import Unit
from casemgr.organisation.scope import ALL

EARLIEST, LATEST = 2015, 2099


class YearPlan(models.Model):
    """What a year is to bring, as the document that sets it says."""

    year = models.PositiveSmallIntegerField(
        _("year"), unique=True, validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    )
    title = models.CharField(_("title"), max_length=120)
    basis = models.CharField(_("document that sets it"), max_length=200)
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("copied from")
    )
    version = models.PositiveIntegerField(default=1)
    history = history()

    class Meta:
        verbose_name = _("plan of a year")
        ordering = ["-year"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("plan_detail", args=[self.year])


class ClauseState(models.TextChoices):
    OPEN = "open", pgettext_lazy("clause", "Under way")
    REPORTED = "reported", pgettext_lazy("clause", "Reported, to be judged")
    MET = "met", pgettext_lazy("clause", "Done")
    UNMET = "unmet", pgettext_lazy("clause", "Not done")
    DROPPED = "dropped", pgettext_lazy("clause", "Dropped")


S = ClauseState
CLOSED = (S.MET, S.UNMET, S.DROPPED)


class ClauseQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> ClauseQuerySet:
        """The bureau sees all, a unit its own."""
        units = units_seen(user, today)
        return self if units is ALL else self.filter(unit_id__in=units)

    def waiting(self) -> ClauseQuerySet:
        """Whose unit still owes something."""
        return self.filter(state=S.OPEN)


class PlanClause(FSMModelMixin, models.Model):
    """One clause. With an indicator its figure is read; without one its unit reports."""

    class Measured(models.TextChoices):
        WHOLE = "whole", pgettext_lazy("clause", "the whole banner")
        UNIT = "unit", pgettext_lazy("clause", "the responsible unit alone")

    plan = models.ForeignKey(YearPlan, models.PROTECT, related_name="clauses", verbose_name=_("plan of a year"))
    order = models.PositiveSmallIntegerField(editable=False)
    number = models.CharField(pgettext_lazy("clause", "number"), max_length=12)
    text = models.TextField(pgettext_lazy("clause", "what is to be done"), max_length=1000)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("responsible unit"))
    indicator = models.CharField(_("indicator"), max_length=40, blank=True)
    measured = models.CharField(_("counted for"), max_length=5, choices=Measured.choices, default=Measured.WHOLE)
    due_on = models.DateField(_("to be done by"))
    state = FSMField(_("state"), max_length=8, choices=S.choices, default=S.OPEN, protected=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    judged_on = models.DateField(pgettext_lazy("clause", "judged on"), null=True, blank=True)
    judgement = models.CharField(pgettext_lazy("clause", "why judged so"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = ClauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("clause of a plan")
        ordering = ["plan_id", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_clause_once")]
        indexes = [models.Index(fields=["due_on", "id"], condition=models.Q(state="open"), name="plan_clause_open")]

    def __str__(self) -> str:
        return f"{self.plan.year} {self.number}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("plan_clause", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("clauses are dropped with a reason, never deleted")

    @property
    def latest_report(self) -> ClauseReport | None:
        """The newest, from what is prefetched where it is."""
        return max(self.reports.all(), key=lambda one: one.pk, default=None)

    @transition(field="state", source=[S.OPEN, S.REPORTED], target=S.REPORTED)
    def report(self) -> None: ...

    @transition(field="state", source=[S.REPORTED], target=S.OPEN)
    def give_back(self) -> None: ...

    @transition(field="state", source=[S.OPEN, S.REPORTED], target=S.MET)
    def accept(self) -> None: ...

    @transition(field="state", source=[S.OPEN, S.REPORTED], target=S.UNMET)
    def fail(self) -> None: ...

    @transition(field="state", source=[S.OPEN, S.REPORTED], target=S.DROPPED)
    def drop(self) -> None: ...

    @transition(field="state", source=list(CLOSED), target=S.OPEN)
    def reopen(self) -> None: ...


class ClauseReport(models.Model):
    """What a unit said of a clause on a day; another report never changes an earlier one."""

    clause = models.ForeignKey(PlanClause, models.PROTECT, related_name="reports", verbose_name=_("clause of a plan"))
    on = models.DateField(_("reported on"))
    text = models.TextField(_("what was done"), max_length=4000)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = history()

    class Meta:
        verbose_name = _("report on a clause")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.clause} {self.on}"


__all__ = ["CLOSED", "EARLIEST", "LATEST", "ClauseReport", "ClauseState", "PlanClause", "YearPlan"]
