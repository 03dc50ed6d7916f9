"""The page that proposes times: choose the panel, see when everybody and the room are free, go on to the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions import registry
from casemgr.organisation.models import User
from casemgr.pages.forms import Form, SeveralRowsField
from casemgr.rooms.models import Room
from reconsideration.hearings.people import may_sit
from reconsideration.hearings.reading import has_open_hearing
from reconsideration.hearings.slots import Slot, slots, window_of

LENGTHS = ((90, gettext_lazy("1.5 hours")), (150, gettext_lazy("2.5 hours")), (180, gettext_lazy("3 hours")))


class SlotForm(Form):
    """Whom the hearing needs. Without a panel only room and heads are looked at."""

    presiding = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Presiding officer"), required=False)
    officers = SeveralRowsField(queryset=User.objects.none(), label=gettext_lazy("Hearing officers"), required=False)
    recorder = forms.ModelChoiceField(User.objects.none(), label=pgettext_lazy("hearing", "Recorder"), required=False)
    minutes = forms.TypedChoiceField(
        label=pgettext_lazy("hearing", "Length"), choices=LENGTHS, coerce=int, required=False
    )
    is_remote = forms.BooleanField(label=gettext_lazy("Held remotely, without a room"), required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("presiding", "officers", "recorder"):
            self.fields[name].queryset = people
            self.fields[name].label_from_instance = lambda one: one.full_name


@dataclass(frozen=True)
class Proposal:
    slot: Slot
    url: str


def slot_page(request: HttpRequest, case: Any, today: date) -> HttpResponse:
    name = "reconsideration.change_hearing" if has_open_hearing(case) else "reconsideration.plan_hearing"
    action = registry.get(name)
    if not action.is_permitted(case, request.user, today):
        raise PermissionDenied(action.forbidden_message(case, request.user, today))
    initial = {"presiding": case.lead_handler_id, "minutes": 150}
    form = SlotForm(request.GET or None, people=may_sit(case, today), initial=initial)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    officers = list(chosen.get("officers") or ())
    presiding = chosen.get("presiding") if form.is_bound else case.lead_handler
    people = [one for one in (presiding, chosen.get("recorder"), *officers) if one is not None]
    is_remote = bool(chosen.get("is_remote"))
    rooms = Room.objects.visible_to(request.user, today).active().filter(kind=Room.Kind.HEARING).order_by("name")
    window = window_of(case, today)
    found = slots(case, window, [None] if is_remote else rooms, people, chosen.get("minutes") or 150)
    kept = {"presiding": getattr(presiding, "pk", ""), "recorder": getattr(chosen.get("recorder"), "pk", "")}
    kept["officers"] = ",".join(str(one.pk) for one in officers)
    context = {
        "case": case,
        "form": form,
        "window": window,
        "proposals": [Proposal(one, _address(case, name, one, kept)) for one in found],
        "plan_url": reverse("case_action", args=[case.pk, name]),
    }
    return render(request, "reconsideration/hearings/slots.html", context)


def _address(case: Any, name: str, slot: Slot, kept: dict[str, Any]) -> str:
    """The plan's form, filled."""
    times = {"planned_on": slot.on.isoformat(), "starts": f"{slot.starts:%H:%M}", "ends": f"{slot.ends:%H:%M}"}
    place = {"room": slot.room.pk} if slot.room is not None else {"is_remote": "on"}
    filled = {key: value for key, value in {**kept, **times, **place}.items() if value}
    return f"{reverse('case_action', args=[case.pk, name])}?{urlencode(filled)}"
