"""What is asked of a room and of a booking."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.cases.models import Case
from casemgr.organisation.models import RoleAssignment, Unit, User
from casemgr.pages.dates import moment
from casemgr.pages.forms import CHOOSE, ClockField, ContextForm, DateField, SeveralRowsField
from casemgr.rooms.booking import Wanted
from casemgr.rooms.models import Booking, Room
from casemgr.rooms.scope import READERS, units_to_keep


class RoomForm(ContextForm):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=pgettext_lazy("rooms", "Unit"))
    kind = forms.ChoiceField(
        label=pgettext_lazy("room", "What it is for"), choices=[CHOOSE, *Room.Kind.choices],
        help_text=gettext_lazy("One purpose only: office, reception, hearings and archive are four separate rooms."),
    )  # fmt: skip
    name = forms.CharField(label=gettext_lazy("Name"), max_length=40)
    place = forms.CharField(
        label=gettext_lazy("Building and door"), max_length=60, help_text=gettext_lazy("As visitors find it.")
    )
    capacity = forms.IntegerField(label=gettext_lazy("Seats"), min_value=0, max_value=2000)
    equipment = forms.CharField(label=gettext_lazy("Equipment"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_to_keep(self.actor, self.today)
        if self.fields["unit"].queryset.count() == 1:
            self.fields["unit"].initial = self.fields["unit"].queryset.first()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        others = Room.objects.active().filter(unit=data.get("unit"))
        if self.subject is not None:
            others = others.exclude(pk=self.subject.pk)
        if data.get("name") and others.filter(name=data["name"]).exists():
            self.add_error("name", _("The unit already has a room of this name."))
        if data.get("place") and (same := others.filter(place=data["place"]).first()):
            message = _("This is the door of “%(room)s” already. A room serves one purpose only.")
            self.add_error("place", message % {"room": same.name})
        return data


class ChangeRoomForm(RoomForm):
    is_active = forms.BooleanField(label=gettext_lazy("In use"), required=False)


class TimeForm(ContextForm):
    """A day with two times of the clock. The booking may not lie in the past."""

    on = DateField(label=gettext_lazy("Day"))
    starts = ClockField(label=gettext_lazy("Begins at"))
    ends = ClockField(label=gettext_lazy("Ends at"))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("on") and data["on"] < self.today:
            self.add_error("on", _("The day lies in the past."))
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", _("It would end before it begins."))
        return data

    def times(self) -> tuple[datetime, datetime]:
        data = self.cleaned_data
        return moment(data["on"], data["starts"]), moment(data["on"], data["ends"])


def colleagues(actor: Any, today: date) -> Any:
    """People who hold a role of the office at a unit the person holds one at, or below."""
    paths = [row.unit for row in actor.assignments(today)]
    units = Unit.objects.none()
    for unit in paths:
        units = units | unit.subtree()
    held = RoleAssignment.objects.in_force(today).filter(role__in=READERS, unit__in=units.values("pk"))
    return User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("full_name", "pk")


class BookingForm(TimeForm):
    """Either a room or people, or both."""

    room = forms.ModelChoiceField(
        Room.objects.none(),
        label=pgettext_lazy("rooms", "Room"),
        required=False,
        empty_label=gettext_lazy("No room (remote)"),
    )
    purpose = forms.ChoiceField(label=gettext_lazy("Purpose"), choices=[CHOOSE, *Booking.Purpose.choices])
    people = SeveralRowsField(queryset=User.objects.none(), label=gettext_lazy("People taken"), required=False)
    case = forms.ModelChoiceField(
        Case.objects.none(), label=gettext_lazy("Case"), required=False, widget=forms.HiddenInput
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)

    field_order = ("room", "on", "starts", "ends", "purpose", "people", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = Room.objects.visible_to(self.actor, self.today).active()
        self.fields["people"].queryset = colleagues(self.actor, self.today)
        self.fields["case"].queryset = Case.objects.visible_to(self.actor, self.today)
        self._fill_times()

    def _fill_times(self) -> None:
        booking = self.subject
        if booking is None or self.is_bound:
            return
        local = timezone.localtime(booking.starts_at), timezone.localtime(booking.ends_at)
        self.initial |= {"on": booking.on, "starts": local[0].time(), "ends": local[1].time(), "room": booking.room_id}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        room, purpose = data.get("room"), data.get("purpose")
        if room is None and not data.get("people"):
            self.add_error("room", _("Choose a room, or the people who are taken without one."))
        if room is not None and purpose and (fault := unfit(room, purpose)):
            self.add_error("room", fault)
        return data

    def wanted(self) -> Wanted:
        starts_at, ends_at = self.times()
        people = tuple(self.cleaned_data.get("people") or ())
        return Wanted(starts_at, ends_at, self.cleaned_data.get("room"), people)


FITTING = {
    Booking.Purpose.HEARING: (Room.Kind.HEARING,),
    Booking.Purpose.READING: (Room.Kind.RECEPTION, Room.Kind.ARCHIVE),
    Booking.Purpose.RECEPTION: (Room.Kind.RECEPTION,),
}
"""Hearings are held in hearing rooms, files read in the reception or archive room (dossier §7)."""


def unfit(room: Room, purpose: str) -> str:
    """Why the room is none for this purpose; empty when it is."""
    kinds = FITTING.get(Booking.Purpose(purpose))
    if kinds is None or room.kind in kinds:
        return ""
    fitting = "、".join(str(Room.Kind(kind).label) for kind in kinds)
    return _("“%(room)s” is not the room for this. Choose: %(kinds)s.") % {"room": room.name, "kinds": fitting}


class MoveBookingForm(BookingForm):
    """Another time or room."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("purpose", "case", "note"):
            del self.fields[name]
        if not self.is_bound and self.subject is not None:
            self.initial["people"] = [row.user_id for row in self.subject.claims.all() if row.user_id]


class ReasonForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200, widget=forms.Textarea({"rows": 2}))
