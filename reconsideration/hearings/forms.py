"""What is asked when a hearing is weighed, planned, changed or brought to its end."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.cases.day_forms import PartyDayForm
from casemgr.organisation.models import User
from casemgr.pages.dates import moment
from casemgr.pages.forms import ClockField, ContextForm, DateField, SeveralChoicesField, SeveralRowsField, not_in_future
from casemgr.rooms.booking import Wanted
from casemgr.rooms.forms import unfit
from casemgr.rooms.models import Room
from reconsideration.hearings.people import may_sit
from reconsideration.hearings.reading import PARTIES, open_hearing, parties_in
from reconsideration.hearings.terms import HearingGround, MandatoryGround, Seat
from reconsideration.models import Hearing, PanelMember, ReconsiderationCase

TEXT = {"rows": 3}


class WeighForm(ContextForm):
    """Whether the case must be heard, and what the applicant asked for."""

    grounds = SeveralChoicesField(
        label=gettext_lazy("The case is grave, difficult or complex because"), required=False,
        choices=MandatoryGround.choices,
        help_text=gettext_lazy("With one ground a hearing must be held before the decision (article 50(1))."),
    )  # fmt: skip
    requested_on = DateField(label=gettext_lazy("The applicant asked for a hearing on"), required=False)
    answer = forms.CharField(
        label=gettext_lazy("How the request was answered, or why the ground is gone"), required=False, max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            facts = self.subject.facts
            self.initial |= {
                "grounds": facts.hearing_grounds,
                "requested_on": facts.hearing_requested_on,
                "answer": facts.hearing_answer,
            }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("requested_on"):
            try:
                not_in_future(data["requested_on"], self.today)
            except forms.ValidationError as error:
                self.add_error("requested_on", error)
        dropped = set(self.subject.facts.hearing_grounds) - set(data.get("grounds") or ())
        if dropped and not data.get("answer"):
            self.add_error("answer", _("Say why the ground does not hold any more."))
        return data


class PanelField(SeveralRowsField):
    """Several people; an address may name them as `3,7`."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) and "," in value:
            value = value.split(",")
        return super().prepare_value(value)


class TimeAndPanelForm(ContextForm):
    """When, where and before whom. A remote hearing has no room; every other one has a hearing room."""

    planned_on = DateField(label=gettext_lazy("Day of the hearing"))
    starts = ClockField(label=gettext_lazy("Begins at"))
    ends = ClockField(label=gettext_lazy("Ends at"))
    room = forms.ModelChoiceField(Room.objects.none(), label=pgettext_lazy("rooms", "Room"), required=False)
    is_remote = forms.BooleanField(label=gettext_lazy("Held remotely, without a room"), required=False)
    remote_note = forms.CharField(
        label=gettext_lazy("How to take part remotely"), max_length=200, required=False,
        help_text=gettext_lazy("The platform and how each party gets in; it stands in the notice."),
    )  # fmt: skip
    presiding = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Presiding officer"))
    officers = PanelField(queryset=User.objects.none(), label=gettext_lazy("Hearing officers (at least two)"))
    recorder = forms.ModelChoiceField(User.objects.none(), label=pgettext_lazy("hearing", "Recorder"))
    accept_short = forms.BooleanField(
        label=gettext_lazy("The notice cannot come five clear working days before: it will be waived in writing"),
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rooms = Room.objects.visible_to(self.actor, self.today).active().filter(kind=Room.Kind.HEARING)
        self.fields["room"].queryset = rooms
        people = may_sit(self.subject, self.today)
        for name in ("presiding", "officers", "recorder"):
            self.fields[name].queryset = people
            self.fields[name].label_from_instance = lambda one: one.full_name
        if not self.is_bound:
            self.propose()

    def propose(self) -> None:
        """The usual times, the only room, and the case's handler to preside."""
        self.initial.setdefault("starts", "09:00")
        self.initial.setdefault("ends", "11:30")
        first = self.fields["room"].queryset.first()
        self.initial.setdefault("room", first.pk if first else None)
        self.initial.setdefault("presiding", self.subject.lead_handler_id)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("planned_on") and data["planned_on"] < self.today:
            self.add_error("planned_on", _("The day lies in the past."))
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", _("It would end before it begins."))
        self._clean_place(data)
        self._clean_panel(data)
        return data

    def _clean_place(self, data: dict[str, Any]) -> None:
        room = data.get("room")
        if data.get("is_remote"):
            data["room"] = None
        elif room is None:
            self.add_error("room", _("Choose the hearing room, or say that the hearing is held remotely."))
        elif fault := unfit(room, "hearing"):
            self.add_error("room", fault)

    def _clean_panel(self, data: dict[str, Any]) -> None:
        """Reconsideration Law 2023, art. 50(3)."""
        officers = list(data.get("officers") or ())
        if "officers" in data and len(officers) < 2:
            self.add_error("officers", _("At least two hearing officers sit beside the presiding one (article 50(3))."))
        seats = [one for one in (data.get("presiding"), data.get("recorder"), *officers) if one is not None]
        twice = {one.full_name for one in seats if seats.count(one) > 1}
        if twice:
            message = _("Nobody has two seats at a hearing (article 50(3)): %(names)s.")
            self.add_error("officers", message % {"names": "、".join(sorted(twice))})

    def people(self) -> list[tuple[Any, str]]:
        data = self.cleaned_data
        return [
            (data["presiding"], Seat.PRESIDING),
            *((one, Seat.OFFICER) for one in data["officers"]),
            (data["recorder"], Seat.RECORDER),
        ]

    def times(self) -> tuple[datetime, datetime]:
        data = self.cleaned_data
        return moment(data["planned_on"], data["starts"]), moment(data["planned_on"], data["ends"])

    def wanted(self) -> Wanted:
        """The panel, the room if there is one, and the heads of the respondents."""
        starts_at, ends_at = self.times()
        heads = [part.party for part in parties_in(self.subject) if part.role == "respondent"]
        people = tuple(user for user, _seat in self.people())
        return Wanted(starts_at, ends_at, self.cleaned_data["room"], people, tuple(heads))


class PlanForm(TimeAndPanelForm):
    ground = forms.ChoiceField(
        label=gettext_lazy("Why it is held"), choices=HearingGround.choices, widget=forms.RadioSelect
    )
    grounds = SeveralChoicesField(
        label=gettext_lazy("The case is grave, difficult or complex because"), required=False,
        choices=MandatoryGround.choices,
    )  # fmt: skip
    matters = forms.CharField(
        label=gettext_lazy("Matters to be heard"), max_length=2000, widget=forms.Textarea(TEXT),
        help_text=gettext_lazy("As the notice says them: what is in dispute."),
    )  # fmt: skip

    field_order = ("ground", "grounds", "matters", "planned_on")

    def propose(self) -> None:
        super().propose()
        facts = self.subject.facts
        self.initial.setdefault("grounds", facts.hearing_grounds)
        ground = HearingGround.NECESSARY
        if facts.hearing_grounds:
            ground = HearingGround.MANDATORY
        elif facts.hearing_requested_on:
            ground = HearingGround.REQUESTED
        self.initial.setdefault("ground", ground)
        self.initial.setdefault("matters", _matters(self.subject))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("ground") == HearingGround.MANDATORY and not data.get("grounds"):
            self.add_error("grounds", _("Choose what makes the case grave, difficult or complex."))
        return data


def _matters(case: ReconsiderationCase) -> str:
    """What is usually in dispute, to be made precise by the officer."""
    return "被申请人作出的行政行为认定的事实、证据、适用依据和程序是否合法、适当；申请人的行政复议请求及其理由。"


class ChangeForm(TimeAndPanelForm):
    reason = forms.CharField(
        label=gettext_lazy("Why it is changed"), max_length=300, widget=forms.Textarea({"rows": 2})
    )

    field_order = ("reason", "planned_on")

    def propose(self) -> None:
        hearing = open_hearing(self.subject)
        if hearing is not None:
            self.initial = {**plan_of(hearing), **self.initial}
        super().propose()


class AdjournForm(ChangeForm):
    """The day on which it goes on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why it is adjourned")
        self.initial.pop("planned_on", None)


def plan_of(hearing: Hearing) -> dict[str, Any]:
    """The standing plan, as the form has it."""
    booking = hearing.booking
    seats = list(PanelMember.objects.filter(hearing=hearing).values_list("user_id", "seat"))
    one = {seat: user for user, seat in seats}
    return {
        "planned_on": hearing.on,
        "starts": timezone.localtime(booking.starts_at).time(),
        "ends": timezone.localtime(booking.ends_at).time(),
        "room": booking.room_id,
        "is_remote": hearing.is_remote,
        "remote_note": hearing.remote_note,
        "presiding": one.get(Seat.PRESIDING),
        "officers": [user for user, seat in seats if seat == Seat.OFFICER],
        "recorder": one.get(Seat.RECORDER),
    }


class CancelForm(ContextForm):
    reason = forms.CharField(
        label=gettext_lazy("Why it is cancelled"), max_length=300, widget=forms.Textarea({"rows": 2})
    )


class WaiverForm(PartyDayForm):
    """`on`: the day of the party's written waiver."""

    party_roles: ClassVar = PARTIES
