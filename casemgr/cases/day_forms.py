"""The forms of steps that happened on a day, for every procedure: the day, the postmark, the party."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.models import Case, Participation
from casemgr.pages.forms import DateField, Form, not_in_future
from casemgr.parties.models import Party


class DayForm(Form):
    """A form that says on which day something happened; the day cannot lie in the future."""

    wants_context = True

    on = DateField(label=gettext_lazy("Date"))
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=500, widget=forms.Textarea({"rows": 2})
    )

    field_order: ClassVar = ["party", "on"]

    def __init__(self, *args, subject: Case, actor, today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.subject, self.actor, self.today = subject, actor, today
        self.order_fields([*(name for name in self.fields if name != "note"), "note"])
        if not self.is_bound:
            self.fields["on"].initial = today

    def clean_on(self) -> date:
        return not_in_future(self.cleaned_data["on"], self.today)


class PostedDayForm(DayForm):
    """For what a party sends in: `on` is the day of receipt, the postmark decides whether it is in time."""

    sent_on = DateField(
        label=gettext_lazy("Postmark, if it came by post"),
        required=False,
        help_text=gettext_lazy("What was posted before the period ended is in time (Civil Procedure Law, article 85)."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        on, sent_on = data.get("on"), data.get("sent_on")
        if on and sent_on and sent_on > on:
            self.add_error("sent_on", _("It cannot have arrived before it was sent. Check both dates."))
        return data


def posted(data: Mapping[str, Any]) -> dict[str, str]:
    """The postmark as an event keeps it."""
    return {"sent_on": data["sent_on"].isoformat()} if data.get("sent_on") else {}


class PartyDayForm(DayForm):
    """The same for one party of the case: `party_roles` limits the choice."""

    party_roles: ClassVar[tuple[str, ...]] = tuple(Participation.Role.values)

    party = forms.ModelChoiceField(Party.objects.none(), label=gettext_lazy("Party"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        parts = self.subject.participations.filter(role__in=self.party_roles, left_on__isnull=True)
        offer_parties(self.fields["party"], {part.party_id: part.with_role for part in parts})


def offer_parties(field: forms.ModelChoiceField, names: Mapping[int, str]) -> None:
    """Let the field choose among these parties, by their names in the case; a single one is chosen already."""
    field.queryset = Party.objects.filter(pk__in=names)
    field.label_from_instance = lambda party: names[party.pk]
    if len(names) == 1:
        field.initial = next(iter(names))
