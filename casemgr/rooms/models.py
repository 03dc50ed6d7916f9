"""Rooms of the office, what they are booked for, and what each booking takes: a room, a person, an agency's head."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.audit.history import history
from casemgr.cases.models import Case
from casemgr.organisation.models import Unit
from casemgr.parties.models import Party
from casemgr.rooms.scope import RoomQuerySet


class Room(models.Model):
    """A room that serves one of the four purposes, and only that."""

    class Kind(models.TextChoices):
        OFFICE = "office", pgettext_lazy("room", "Office room")
        RECEPTION = "reception", pgettext_lazy("room", "Reception room")
        HEARING = "hearing", pgettext_lazy("room", "Hearing room")
        ARCHIVE = "archive", pgettext_lazy("room", "Archive room")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="rooms", verbose_name=_("unit"))
    kind = models.CharField(pgettext_lazy("room", "kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=40)
    place = models.CharField(_("building and door"), max_length=60)
    capacity = models.PositiveSmallIntegerField(_("seats"), default=0)
    equipment = models.CharField(_("equipment"), max_length=200, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("rooms", "room")
        ordering = ["unit__path", "kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], condition=Q(is_active=True), name="room_name_once"),
            # one door, one purpose: the four rooms are separate
            models.UniqueConstraint(fields=["unit", "place"], condition=Q(is_active=True), name="room_place_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("room_detail", args=[self.pk])


class BookingQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> BookingQuerySet:
        """Of the rooms the person sees, of the cases they see, and their own."""
        rooms = Room.objects.visible_to(user, today).order_by().values("pk")
        cases = Case.objects.visible_to(user, today).order_by().values("pk")
        own = Claim.objects.filter(user_id=user.pk).values("booking_id")
        return self.filter(Q(room__in=rooms) | Q(case__in=cases) | Q(pk__in=own))

    def standing(self) -> BookingQuerySet:
        return self.filter(cancelled_on=None)


class Booking(models.Model):
    """A time for which a room, people or both are taken; one held remotely takes no room."""

    class Purpose(models.TextChoices):
        HEARING = "hearing", pgettext_lazy("booking", "Hearing")
        MEDIATION = "mediation", pgettext_lazy("booking", "Mediation")
        RECEPTION = "reception", pgettext_lazy("booking", "Reception of visitors")
        READING = "reading", pgettext_lazy("booking", "Reading of files")
        MEETING = "meeting", pgettext_lazy("booking", "Meeting")
        OTHER = "other", pgettext_lazy("booking", "Other purpose")

    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="bookings")
    starts_at = models.DateTimeField(_("begins at"))
    ends_at = models.DateTimeField(_("ends at"))
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="bookings")
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    why_cancelled = models.CharField(_("why cancelled"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        ordering = ["starts_at", "pk"]
        constraints = [models.CheckConstraint(name="booking_ends_later", condition=Q(ends_at__gt=F("starts_at")))]
        indexes = [models.Index(fields=["starts_at"], name="booking_standing", condition=Q(cancelled_on__isnull=True))]

    def __str__(self) -> str:
        begins, ends = timezone.localtime(self.starts_at), timezone.localtime(self.ends_at)
        return f"{begins:%Y-%m-%d %H:%M}–{ends:%H:%M}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("booking_detail", args=[self.pk])

    @property
    def on(self) -> date:
        return timezone.localdate(self.starts_at)

    @property
    def begins(self) -> str:
        """09:30"""
        return f"{timezone.localtime(self.starts_at):%H:%M}"

    @property
    def ends(self) -> str:
        return f"{timezone.localtime(self.ends_at):%H:%M}"


class Claim(models.Model):
    """One thing that a standing booking takes. The database lets no two claims on one thing overlap.

    `what` names the thing (`room:3`, `user:17`, `head:5`); migration 0002 guards it: an exclusion constraint on
    PostgreSQL, triggers on SQLite (docs/decisions/0054).
    """

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="claims")
    what = models.CharField(max_length=30)
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    """Whose head is taken."""
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        verbose_name = pgettext_lazy("booking", "claim")
        ordering = ["what", "starts_at"]
        constraints = [models.UniqueConstraint(fields=["booking", "what"], name="claim_once_per_booking")]
        indexes = [models.Index(fields=["what", "ends_at"], name="claim_of_thing")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Who or what is taken, as a message says it."""
        if self.room is not None:
            return self.room.name
        if self.user is not None:
            return self.user.full_name
        return str(_("the head of %(agency)s") % {"agency": self.agency.name if self.agency else ""})
