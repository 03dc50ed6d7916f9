"""Grades and ratings of mediators and studios: named by their scheme and awarder, whatever they are called."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from mediation.models.organisations.people import Mediator
from mediation.models.organisations.studios import Studio


class GradeQuerySet(models.QuerySet):
    def in_force(self, day: date) -> GradeQuerySet:
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day)


class Grade(models.Model):
    """金牌, 首席, 一级, four stars … of one scheme, from a day to a day, of a mediator or of a studio."""

    mediator = models.ForeignKey(Mediator, models.PROTECT, null=True, blank=True, related_name="grades")
    studio = models.ForeignKey(Studio, models.PROTECT, null=True, blank=True, related_name="grades")
    scheme = models.CharField(_("scheme"), max_length=60)
    level = models.CharField(_("level"), max_length=40)
    awarder = models.CharField(_("awarded by"), max_length=80)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    history = history()

    objects = GradeQuerySet.as_manager()

    class Meta:
        verbose_name = _("grade")
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(mediator__isnull=False, studio__isnull=True)
                | Q(mediator__isnull=True, studio__isnull=False),
                name="grade_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.level}"
