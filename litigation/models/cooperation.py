"""Courts and procuratorates: whom to ring there, joint meetings, and who does what they decided until when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.audit.history import history
from casemgr.organisation.models import Unit
from casemgr.organisation.scope import ALL, scope
from litigation.roles import BOTH, DEPARTMENT, LIAISON


class ContactQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> ContactQuerySet:
        """Whoever follows suits, at the justice bureau or in a department."""
        if getattr(user, "is_system", False) or scope(user, today).has_role(BOTH):
            return self
        return self.none()


class Contact(models.Model):
    """One person at a court or procuratorate, by post and office telephone."""

    class Organ(models.TextChoices):
        COURT = "court", pgettext_lazy("organ", "Court")
        PROCURATORATE = "procuratorate", pgettext_lazy("organ", "Procuratorate")

    organ_kind = models.CharField(_("kind of organ"), max_length=14, choices=Organ.choices)
    organ = models.CharField(_("organ"), max_length=80)
    name = models.CharField(_("name"), max_length=50)
    post = models.CharField(_("post"), max_length=80, blank=True)
    phone = models.CharField(_("office telephone"), max_length=40, blank=True)
    duties = models.CharField(_("what for"), max_length=200, blank=True)
    ended_on = models.DateField(_("contact until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact at a court or procuratorate")
        ordering = ["organ", "pk"]

    def __str__(self) -> str:
        return f"{self.organ} {self.name}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("contact_detail", args=[self.pk])


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> MeetingQuerySet:
        """The court liaison sees all; a department the meetings in which it was given something to do."""
        reach = scope(user, today)
        if getattr(user, "is_system", False) or reach.has_role(LIAISON):
            return self
        own = reach.units_of_role(DEPARTMENT)
        return self if own is ALL else self.filter(pk__in=Decision.objects.filter(owner__in=own).values("meeting_id"))


class JointMeeting(models.Model):
    """A meeting of the government's side with courts or procuratorates (府院、府检联席会议)."""

    held_on = models.DateField(pgettext_lazy("meeting", "held on"))
    topic = models.CharField(_("topic"), max_length=200)
    organs = models.CharField(pgettext_lazy("meeting", "who took part"), max_length=300)
    minutes = models.TextField(_("minutes"), blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    struck_on = models.DateField(_("struck on"), null=True, blank=True)
    strike_reason = models.CharField(_("why struck"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("joint meeting")
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return self.topic

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("meeting_detail", args=[self.pk])


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> DecisionQuerySet:
        """The court liaison sees all; a department its own."""
        reach = scope(user, today)
        if getattr(user, "is_system", False) or reach.has_role(LIAISON):
            return self
        own = reach.units_of_role(DEPARTMENT)
        return self if own is ALL else self.filter(owner__in=own)

    def open(self) -> DecisionQuerySet:
        """Not done, of meetings that were not struck."""
        return self.filter(done_on__isnull=True, meeting__struck_on__isnull=True)


class Decision(models.Model):
    """What a joint meeting decided: an owner and a last day, and what was done of it."""

    meeting = models.ForeignKey(JointMeeting, models.CASCADE, related_name="decisions")
    text = models.CharField(_("what was decided"), max_length=500)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("who does it"))
    due_on = models.DateField(_("to be done by"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done = models.CharField(_("what was done"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision of a joint meeting")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                fields=["due_on", "id"], condition=models.Q(done_on__isnull=True), name="litigation_decision_open"
            )
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return self.meeting.get_absolute_url()


__all__ = ["Contact", "Decision", "JointMeeting"]
