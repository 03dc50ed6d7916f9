"""Who is away, and who stands in."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history


class AbsenceQuerySet(models.QuerySet):
    def in_force(self, today: date) -> AbsenceQuerySet:
        """Those of the day: the span covers it, and nobody ended it before."""
        not_ended = Q(ended_on__isnull=True) | Q(ended_on__gt=today)
        return self.filter(not_ended, from_on__lte=today, until_on__gte=today)

    def standing(self) -> AbsenceQuerySet:
        """Without those that were taken back before they began."""
        return self.exclude(ended_on__lte=F("from_on"))

    def meeting(self, first: date, last: date) -> AbsenceQuerySet:
        """Those of which a day lies within the span."""
        not_ended = Q(ended_on__isnull=True) | Q(ended_on__gt=first)
        return self.standing().filter(not_ended, from_on__lte=last, until_on__gte=first)


class Absence(models.Model):
    """Somebody's absence, both days included, with the person who stands in for them. It ends by itself."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences", verbose_name=_("absent person")
    )
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="stands_in", verbose_name=_("stand-in")
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    ended_on = models.DateField(_("ended before its time, not in force from this day"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="absence_span"),
            models.CheckConstraint(condition=~Q(person=F("stand_in")), name="absence_by_another"),
        ]
        indexes = [
            models.Index(fields=["stand_in", "until_on"], name="absence_stand_in"),
            models.Index(fields=["person", "until_on"], name="absence_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.from_on}–{self.until_on}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("absence_list")

    def is_over(self, today: date) -> bool:
        return self.until_on < today or (self.ended_on is not None and self.ended_on <= today)
